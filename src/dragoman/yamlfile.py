"""Read a YAML file as plain text values, mappings and lists, quickly and strictly.

The loaders of PyYAML build the same tree three times slower, turn "NO" into a truth
value unless told otherwise, and let the second of two equal keys win in silence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from yaml.events import (
    AliasEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_STARTS = {SequenceStartEvent: list, MappingStartEvent: dict}
_ENDS = frozenset({SequenceEndEvent, MappingEndEvent})


def read_yaml(path: Path) -> Any:
    """Return a file's content; every scalar is text.

    Raises:
        OSError: the file cannot be opened.
        ValueError: it is not UTF-8, or holds an alias or the same key twice.
        yaml.YAMLError: it is not YAML.
    """
    return _tree(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader))


def _tree(events: Iterable[Event]) -> Any:
    """Build the tree of a parser's events; boxes still open wait with their pending key."""
    root: list[Any] = []
    stack: list[tuple[Any, Any]] = [(root, None)]
    for event in events:
        kind = type(event)
        if isinstance(event, ScalarEvent):
            _put(stack, event.value, event)
        elif kind in _STARTS:
            stack.append((_STARTS[kind](), None))
        elif kind in _ENDS:
            _put(stack, stack.pop()[0], event)
        elif kind is AliasEvent:
            raise ValueError(f"{_line(event)}: aliases are not read; write the values out")
    return root[0] if root else None


def _put(stack: list[tuple[Any, Any]], item: Any, event: Event) -> None:
    """Put an item into the innermost open list or mapping."""
    box, key = stack[-1]
    if type(box) is list:
        box.append(item)
    elif key is not None:
        box[key] = item
        stack[-1] = (box, None)
    elif not isinstance(item, str) or item in box:
        raise ValueError(f"{_line(event)}: key {item!r} stands twice or is no text")
    else:
        stack[-1] = (box, item)


def _line(event: Event) -> str:
    """Name the line an event began on."""
    mark = event.start_mark
    return f"line {mark.line + 1}" if mark else "somewhere"
