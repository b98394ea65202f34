"""Cut a report into its parts: dateline, headline, body, commentary, captions, links.

Nothing is removed and nothing is moved: every part is a pair of offsets into the
report's text. Boilerplate is kept and marked, so that no later room codes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Segment

HEADLINE_WORDS = 18
"""A first line with more words than this is a paragraph, not a headline."""
LINK_WORDS = 20
"""A line under "Related news:" with more words than this is text again."""
TERMINAL = re.compile(r"[.!?…:;][\"'”’)\]]*$")


@dataclass(frozen=True)
class Dateline:
    """Where, when and by whom a report was filed."""

    place: str
    start: int
    end: int
    date: str | None = None


@dataclass(frozen=True)
class Block:
    """A paragraph of the report: its kind and its offsets, labels left out."""

    kind: Segment
    start: int
    end: int


@dataclass
class Layout:
    """The parts of one report."""

    blocks: list[Block] = field(default_factory=list)
    dateline: Dateline | None = None


@cache
def _patterns(kind: str) -> re.Pattern[str]:
    """Compile the patterns of one kind."""
    sources = read_data("segments.yaml")[kind]
    flags = re.NOFLAG if kind == "dateline" else re.IGNORECASE
    if kind == "dateline":
        return re.compile(sources[0], flags)
    return re.compile("|".join(f"(?:{source})" for source in sources), flags)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Compile the dateline patterns, the surer first."""
    return tuple(re.compile(source) for source in read_data("segments.yaml")["dateline"])


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each paragraph, white space trimmed.

    A line that goes on in lower case after a line without closing punctuation
    belongs to the same paragraph: hard-wrapped text stays whole.
    """
    start = end = -1
    for match in re.finditer(r"[^\r\n]+", text):
        line = match.group()
        stripped = line.strip()
        if not stripped:
            continue
        first = match.start() + len(line) - len(line.lstrip())
        last = first + len(stripped)
        if start >= 0 and _continues(text, start, end, first):
            end = last
            continue
        if start >= 0:
            yield start, end
        start, end = first, last
    if start >= 0:
        yield start, end


def _continues(text: str, start: int, end: int, following: int) -> bool:
    """Whether the line at ``following`` carries on the paragraph before it."""
    gap = text[end:following]
    wrapped = gap.count("\n") == 1 and not TERMINAL.search(text[start:end])
    return wrapped and text[following].islower()


def lay_out(text: str, title: str | None = None) -> Layout:
    """Name every paragraph of a report's text."""
    layout = Layout()
    after_link = False
    for number, (start, end) in enumerate(paragraphs(text)):
        line = text[start:end]
        kind, skip, after_link = _kind(line, number, title, after_link=after_link)
        if kind in ("body", "commentary") and layout.dateline is None and number < 3:
            skip = max(skip, _take_dateline(layout, line, start))
        layout.blocks.append(Block(kind, start + skip, end))
    return layout


def _kind(  # noqa: PLR0911
    line: str, number: int, title: str | None, *, after_link: bool
) -> tuple[Segment, int, bool]:
    """Return a paragraph's kind, the length of its label, and whether links follow."""
    related = _patterns("related").match(line)
    if related:
        return "related", 0, len(line) - related.end() < 4
    if after_link and _is_link(line):
        return "related", 0, True
    if _patterns("boilerplate").match(line):
        return "related", 0, False
    if _patterns("caption").match(line):
        return "caption", 0, False
    commentary = _patterns("commentary").match(line)
    if commentary:
        return "commentary", _after(line, commentary.end()), False
    if number == 0 and _is_headline(line, title):
        return "headline", 0, False
    label = _patterns("label").match(line)
    return "body", _after(line, label.end()) if label else 0, False


def _after(line: str, offset: int) -> int:
    """Return the offset of the first letter at or after ``offset``."""
    return offset + len(line[offset:]) - len(line[offset:].lstrip())


def _is_link(line: str) -> bool:
    """Whether a line under a label such as "Related news:" is a link's title."""
    return len(line.split()) <= LINK_WORDS and not TERMINAL.search(line)


def _is_headline(line: str, title: str | None) -> bool:
    """Whether the first line of a text is its headline."""
    if title and line.strip() == title.strip():
        return True
    return len(line.split()) <= HEADLINE_WORDS and not TERMINAL.search(line)


def _take_dateline(layout: Layout, line: str, start: int) -> int:
    """Store the dateline a paragraph opens with; return its length."""
    for pattern in _datelines():
        match = pattern.match(line)
        if match:
            place = match["place"]
            at = start + match.start("place")
            layout.dateline = Dateline(place, at, at + len(place), match["date"])
            layout.blocks.append(Block("dateline", start, start + len(match[0].rstrip())))
            return match.end()
    return 0


QUOTE = re.compile(r"[\"“”]")


def quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the offsets of quoted matter in a paragraph, marks left out.

    A quotation that is not closed runs to the end of its paragraph, as news
    writes quotations of several paragraphs.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in QUOTE.finditer(text, start, end):
        mark = match.group()
        if opened is None and mark != "”":
            opened = match.end()
        elif opened is not None and mark != "“":
            spans.append((opened, match.start()))
            opened = None
    if opened is not None:
        spans.append((opened, end))
    return spans
