"""A frame as a person reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from dragoman.cli.colours import PARTS, type_style
from dragoman.cli.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.lexicon import Compiled
    from dragoman.lexicon.schema import Frame

_WIDE = 11
"""Width of a line's label."""


def frame_text(compiled: Compiled, *, own: bool) -> Text:
    """Return a frame: its type and id, its words, what it asks for, its first example."""
    frame = compiled.frame
    head = Text(plain(compiled.event), style=f"bold {type_style(compiled.event)}")
    head.append(f"{'/' + ','.join(frame.mode) if frame.mode else ''}", style="default")
    head.append(f"  {frame.id}{'  (your own)' if own else ''}", style="default")
    lines = (Text(f"  {label:<{_WIDE}} ").append(text) for label, text in _lines(frame))
    return Text("\n").join([head, *lines, Text()])


def _lines(frame: Frame) -> Iterator[tuple[str, Text]]:
    """Yield the lines that say something."""
    said = {
        "verbs": ", ".join(frame.verbs),
        "nouns": ", ".join(frame.nouns),
        "adjectives": ", ".join(frame.adjectives),
        "when": _conditions(frame.when),
        "unless": _conditions(frame.unless),
        "actor": " or ".join(frame.actor),
        "recipient": " or ".join(frame.recipient),
        "needs": frame.needs if frame.needs != "actor" else "",
        "cameo": frame.cameo or "",
        "example": frame.examples[0].text,
    }
    for label, text in said.items():
        if text:
            yield label, Text(plain(text), style=PARTS.get(label, ""))


def _conditions(lines: dict[str, list[str]]) -> str:
    """Return conditions on one line: ``obj: $forces or <none>; to: <country>``."""
    return "; ".join(f"{slot}: {' or '.join(items)}" for slot, items in lines.items())
