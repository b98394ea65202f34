"""Read who says what from brat's files: texts beside annotations of sources, cues and contents.

A folder holds ``NAME.txt`` and one or more ``NAME_ANNOTATOR.ann``. Lines that begin with ``T``
mark characters, lines that begin with ``E`` join them to attributions; others are notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Spans = tuple[tuple[int, int], ...]
"""Pieces of a text in code points, end exclusive."""


@dataclass(frozen=True, slots=True)
class GoldSaying:
    """One annotated attribution."""

    source: Spans
    """Who says it; empty when nobody is named."""
    cue: Spans
    """The words that report."""
    content: Spans
    """What is said."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """One annotated text."""

    id: str
    """Name of its file without the ending."""
    text: str
    """As it stands in the file."""
    sayings: tuple[GoldSaying, ...]
    """By the first annotator in the order of file names."""


def read_brat(folder: Path) -> Iterator[GoldText]:
    """Yield the annotated texts of a folder, in the order of their names.

    A text that several people annotated counts once, as the first of them by file name did it.

    Raises:
        InputError: there is none, or a text has no annotations.
    """
    texts = sorted(folder.glob("*.txt"))
    if not texts:
        raise InputError(f"{folder}: no .txt beside .ann in it; give a folder of brat's files")
    for path in texts:
        annotated = sorted(folder.glob(f"{path.stem}_*.ann"))
        if not annotated:
            raise InputError(f"{path}: no {path.stem}_*.ann beside it; add it or remove the text")
        text = path.read_bytes().decode("utf-8")
        yield GoldText(path.stem, text, tuple(read_sayings(annotated[0])))


def read_sayings(path: Path) -> Iterator[GoldSaying]:
    """Yield the attributions of one annotator that have a content."""
    lines = path.read_bytes().decode("utf-8").split("\n")
    marked = {name: spans for line in lines if (found := _mark(line)) for name, spans in [found]}
    for line in lines:
        parts = line.split("\t")
        if line.startswith("E") and len(parts) > 1:
            saying = _saying(parts[1], marked)
            if saying.content:
                yield saying


def _mark(line: str) -> tuple[str, Spans] | None:
    """Return the name and the spans of a line "T1<tab>Cue 3 7;9 12<tab>words"."""
    parts = line.split("\t")
    if not line.startswith("T") or len(parts) < 3:
        return None
    _, _, offsets = parts[1].partition(" ")
    pairs = (piece.split() for piece in offsets.split(";"))
    return parts[0], tuple((int(start), int(end)) for start, end in pairs)


def _saying(roles: str, marked: dict[str, Spans]) -> GoldSaying:
    """Return the attribution of "Attribution:T3 Source:T1 Cue:T2 Content:T4 Content2:T5"."""
    found: dict[str, Spans] = {"Source": (), "Cue": (), "Content": ()}
    for part in roles.split():
        role, _, name = part.partition(":")
        key = role.rstrip("0123456789")
        if key in found:
            found[key] += marked.get(name, ())
    return GoldSaying(found["Source"], found["Cue"], found["Content"])
