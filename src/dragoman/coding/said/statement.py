"""A statement: who says what, by which word. The words of it are tokens and offsets of a report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.language.tree import Token
    from dragoman.record import AttributionKind

Way = Literal[
    "quote",
    "clause",
    "tail",
    "phrase",
    "view",
    "heading",
    "noun",
    "adverb",
    "event",
    "object",
    "infinitive",
    "predicate",
    "adjective",
]
"""How it is said; ``docs/said-by.md`` has an example of each."""
REPORTING: frozenset[Way] = frozenset(
    {"quote", "clause", "tail", "phrase", "view", "heading", "noun", "adverb", "event"}
)
"""Ways that tell what happened; in the others somebody only has a mind about it."""
Piece = tuple[int, int]
"""Code points of a report, end exclusive."""
CELL = 1_000
"""Code points of a cell in which statements are looked up."""
TRIMMED = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "!", "?"})
"""Marks that are left out at both ends of what is said."""


@dataclass(frozen=True, eq=False)
class Statement:
    """Who says what."""

    cue: Token
    """The word that reports: "said", "according"."""
    speaker: Token | None
    """Head of the words that name the source; ``None`` when nobody is named."""
    content: tuple[Piece, ...]
    """What is said, in the order of the text."""
    kind: AttributionKind
    """Whether the source states, claims, denies or judges."""
    way: Way
    """How it is said."""
    base: int
    """Offset in the report of the Doc that holds cue and speaker."""
    negated: bool = False
    """Whether it is said that it was not said: "did not say that"."""
    cue_words: int = 1
    """Words of the cue: 2 for "according to"."""
    parent: Statement | None = None
    """The statement whose content holds this one's cue."""

    def holds(self, offset: int) -> bool:
        """Whether a code point of the report lies in what is said."""
        return any(start <= offset < end for start, end in self.content)

    @property
    def size(self) -> int:
        """Return the length of what is said, in code points."""
        return sum(end - start for start, end in self.content)

    @property
    def cue_span(self) -> Piece:
        """Return the offsets of the cue in the report."""
        last = self.cue.nbor(self.cue_words - 1)
        return self.base + self.cue.idx, self.base + last.idx + len(last)

    @property
    def source_span(self) -> Piece | None:
        """Return the offsets of the words that name the source, apposition included."""
        if self.speaker is None:
            return None
        left, right = extent(self.speaker, self.cue.nbor(self.cue_words - 1))
        doc = self.cue.doc
        return self.base + doc[left].idx, self.base + doc[right].idx + len(doc[right])


class Holders:
    """Finds the statements whose content holds a code point, without a look at all of them."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Lay the statements out over cells of the text."""
        self._cells: dict[int, list[Statement]] = defaultdict(list)
        for one in statements:
            spots = (range(start // CELL, end // CELL + 1) for start, end in one.content)
            for cell in sorted({cell for spot in spots for cell in spot}):
                self._cells[cell].append(one)

    def at(self, offset: int) -> list[Statement]:
        """Return the statements that hold a code point, in the order they were given."""
        return [s for s in self._cells.get(offset // CELL, ()) if s.holds(offset)]


def overlapping(ordered: Sequence[Piece], start: int, end: int) -> Sequence[Piece]:
    """Return those of some pieces that share characters with ``start`` to ``end``.

    Args:
        ordered: pieces in the order of the text, none inside another.
        start: first code point.
        end: one past the last.
    """
    first = bisect_right(ordered, start, key=itemgetter(1))
    return ordered[first : bisect_left(ordered, end, first, key=itemgetter(0))]


def extent(head: Token, without: Token) -> tuple[int, int]:
    """Return the first and last token index around a phrase's head, one word not crossed."""
    left, right = head.left_edge.i, head.right_edge.i
    if without.i < head.i:
        left = max(left, without.i + 1)
    elif without.i > head.i:
        right = min(right, without.i - 1)
    while right > head.i and _is_edge(head.doc[right]):
        right -= 1
    while left < head.i and _is_edge(head.doc[left]):
        left += 1
    return left, right


def _is_edge(token: Token) -> bool:
    """Whether a token at the end of a phrase is none of its words: a mark, a preposition, "'s"."""
    return token.is_punct or token.is_space or token.dep_ == "case"


def pieces(tokens: Iterable[Token], base: int) -> tuple[Piece, ...]:
    """Return the offsets of runs of tokens; marks at the ends of a run are left out."""
    ordered = sorted(tokens, key=_index)
    runs: list[list[Token]] = []
    for token in ordered:
        if runs and token.i <= runs[-1][-1].i + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return tuple(piece for run in runs if (piece := _trimmed(run, base)) is not None)


def _trimmed(run: list[Token], base: int) -> Piece | None:
    """Return the offsets of a run without the marks at its ends; ``None`` when nothing is left."""
    while run and run[-1].text in TRIMMED:
        run.pop()
    while run and run[0].text in TRIMMED:
        run.pop(0)
    return (base + run[0].idx, base + run[-1].idx + len(run[-1])) if run else None


def _index(token: Token) -> int:
    """Return where a token stands."""
    return token.i
