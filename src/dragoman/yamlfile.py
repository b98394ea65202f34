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
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from pydantic_core import ErrorDetails

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


def schema_fault(file: str, entry: str, error: ErrorDetails) -> str:
    """Return one fault that a schema found: file, entry, what was found, what to do."""
    where = ": ".join(part for part in (file, entry) if part)
    if error["type"] == "missing":
        return f"{where}: is missing; add it"
    if error["type"] == "extra_forbidden":
        return f"{where}: no such field here; correct its name or remove it"
    return f"{where}: {error['msg']}, found {error['input']!r:.80}; correct it"


def entry_of(data: Any, loc: Sequence[int | str]) -> str:
    """Return the entry that a schema's fault stands in; one of a list by its id or its place."""
    parts: list[str] = []
    for step in loc:
        box = data[step] if _holds(data, step) else None
        named = box.get("id") if isinstance(step, int) and isinstance(box, dict) else None
        parts.append(str(named or (step + 1 if isinstance(step, int) else step)))
        data = box
    return ": ".join(part for part in parts if part != "[key]")


def _holds(data: Any, step: int | str) -> bool:
    """Tell whether a list or mapping has an item under a number or name."""
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


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
