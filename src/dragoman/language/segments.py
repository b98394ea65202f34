"""Cut a report into its parts: dateline, headline, body, commentary, captions, links.

Nothing is removed and nothing is moved: every part is a pair of offsets into the
report's text. Boilerplate is kept and marked, so that no later room codes it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.record import Segment

HEADLINE_WORDS = 18
"""A first line with more words than this is a paragraph, not a headline."""
LINK_WORDS = 20
"""A line under "Related news:" with more words than this is text again."""
LONGEST_WORD = 60
"""Code points of a line that are looked at for its first word."""
LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
PART = re.compile(r"%(\w+)%")
"""A part of a dateline pattern, named."""
CODED = ("headline", "body", "commentary")
"""What may open with a dateline."""
DATELINE_WITHIN = 3
"""A dateline opens one of the first paragraphs: a headline and a byline may stand above it."""
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
    return re.compile("|".join(f"(?:{source})" for source in sources), re.IGNORECASE)


@cache
def _datelines() -> tuple[re.Pattern[str], ...]:
    """Compile the dateline patterns, the surer first."""
    data = read_data("segments.yaml")
    parts = data["dateline_parts"]
    return tuple(re.compile(_expand(source, parts)) for source in data["dateline"])


def _expand(source: str, parts: Mapping[str, str]) -> str:
    """Put the named parts of a pattern in their places; a part may name others."""
    while found := PART.search(source):
        source = source.replace(found.group(), parts[found[1]])
    return source


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each paragraph, white space trimmed.

    Hard-wrapped text stays whole: a line without closing punctuation goes on in the next
    line when that begins in lower case, or when its first word had no room left.
    """
    lines = [match.span() for match in LINE.finditer(text)]
    width = _wrap_width(text, lines)
    start = 0
    previous: tuple[int, int] | None = None
    for line in lines:
        if previous is None or not _continues(text, previous, line[0], width):
            if previous is not None:
                yield start, previous[1]
            start = line[0]
        previous = line
    if previous is not None:
        yield start, previous[1]


def _wrap_width(text: str, lines: list[tuple[int, int]]) -> int:
    """Return the width a text is wrapped to, in code points; 0 when it is not hard-wrapped."""
    broken = any(
        text[after[0]].islower() and _open(text, before, after[0])
        for before, after in pairwise(lines)
    )
    return max(last - first for first, last in lines) if broken else 0


def _open(text: str, line: tuple[int, int], following: int) -> bool:
    """Whether a line ends without closing punctuation right above the line at ``following``."""
    return text.count("\n", line[1], following) == 1 and not TERMINAL.search(text[slice(*line)])


def _continues(text: str, line: tuple[int, int], following: int, width: int) -> bool:
    """Whether the line at ``following`` carries on the paragraph whose last line is ``line``."""
    if not _open(text, line, following):
        return False
    word = text[following : following + LONGEST_WORD].split(maxsplit=1)[0]
    return word[0].islower() or line[1] - line[0] + 1 + len(word) > width > 0


def lay_out(text: str, title: str | None = None) -> Layout:
    """Name every paragraph of a report's text."""
    layout = Layout()
    after_link = False
    for number, (start, end) in enumerate(paragraphs(text)):
        line = text[start:end]
        kind, skip, after_link = _kind(line, number, title, after_link=after_link)
        begin = start + skip
        if kind in CODED and layout.dateline is None and number < DATELINE_WITHIN:
            taken = _take_dateline(layout, text[begin:end], begin, sure=kind == "headline")
            begin, kind = begin + taken, "body" if taken and kind == "headline" else kind
        if begin < end:
            layout.blocks.append(Block(kind, begin, end))
    return layout


def _kind(
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
    label = _patterns("label").match(line)
    skip = _after(line, label.end()) if label else 0
    return "headline" if number == 0 and _is_headline(line, title) else "body", skip, False


def _after(line: str, offset: int) -> int:
    """Return the offset of the first letter at or after a label's end; 0 when none is left."""
    rest = line[offset:].lstrip()
    return len(line) - len(rest) if rest else 0


def _is_link(line: str) -> bool:
    """Whether a line under a label such as "Related news:" is a link's title."""
    return len(line.split()) <= LINK_WORDS and not TERMINAL.search(line)


def _is_headline(line: str, title: str | None) -> bool:
    """Whether the first line of a text is its headline."""
    if title and line.strip() == title.strip():
        return True
    return len(line.split()) <= HEADLINE_WORDS and not TERMINAL.search(line)


def _take_dateline(layout: Layout, line: str, start: int, *, sure: bool) -> int:
    """Store the dateline a paragraph opens with, only one with its agency if ``sure``.

    Returns:
        its length in code points; 0 when there is none.
    """
    for pattern in _datelines()[: 1 if sure else None]:
        match = pattern.match(line)
        if match:
            place = match["place"]
            at = start + match.start("place")
            layout.dateline = Dateline(place, at, at + len(place), match["date"])
            layout.blocks.append(Block("dateline", start, start + len(match[0].rstrip())))
            return match.end()
    return 0


QUOTE = re.compile(r"[\"“”«»]|''|``")
"""A quotation mark; two apostrophes or two back quotes stand for one in wire copy."""

OPENS = ("“", "«", "``")
CLOSES = ("”", "»")


def _sides(text: str, match: re.Match[str], start: int, end: int) -> tuple[bool, bool]:
    """Return whether a mark may open and whether it may close, by itself and what is beside it."""
    mark = match.group()
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end()] if match.end() < end else " "
    opens = mark not in CLOSES and not (after.isspace() and not before.isspace())
    closes = mark not in OPENS and not (before.isspace() and not after.isspace())
    return opens, closes


def quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the offsets of quoted matter in a paragraph, marks left out.

    A quotation that is not closed runs to the end of its paragraph, as news
    writes quotations of several paragraphs.
    """
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in QUOTE.finditer(text, start, end):
        opens, closes = _sides(text, match, start, end)
        if opened is not None and closes:
            spans.append((opened, match.start()))
            opened = None
        elif opens:
            if opened is not None:  # the writer forgot to close the one before
                spans.append((opened, match.start()))
            opened = match.end()
    if opened is not None:
        spans.append((opened, end))
    return spans
