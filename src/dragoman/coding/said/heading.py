"""Headlines with a colon: "Kremlin: talks will go on", "Talks will go on: Kremlin"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.said.reach import has_finite
from dragoman.coding.said.statement import Statement, pieces
from dragoman.coding.what.clauses import VERBAL

if TYPE_CHECKING:
    from dragoman.coding.said.statement import Piece
    from dragoman.language.tree import Span, Token

LONGEST_NAME = 6
"""Words before or after the colon that may name the speaker."""


def heading(span: Span, base: int) -> Statement | None:
    """Return what a headline lets a speaker say; ``None`` when it has no such colon.

    Args:
        span: the headline's parse.
        base: offset of its Doc in the report.
    """
    colon = _colon(span)
    if colon is None:
        return None
    before = [t for t in span if t.i < colon.i and not t.is_punct]
    after = [t for t in span if t.i > colon.i and not t.is_punct]
    if _names(before):
        speaker, said = before, after
    elif _names(after):
        speaker, said = after, before
    else:
        return None
    return _statement(colon, speaker, pieces(said, base), base)


def label(span: Span, base: int, end: int) -> Statement | None:
    """Return what a name with a colon opens: "SMITH: ..." up to the end of the paragraph.

    Args:
        span: the paragraph's first sentence.
        base: offset of its Doc in the report.
        end: where the paragraph ends in the report.
    """
    colon = _colon(span)
    if colon is None:
        return None
    before = [t for t in span if t.i < colon.i and not t.is_punct]
    if len(before) > LONGEST_NAME or not before or any(t.pos_ != "PROPN" for t in before):
        return None
    if not has_finite(t for t in span if t.i > colon.i):
        return None
    start = base + colon.idx + 1
    return _statement(colon, before, ((start, end),), base) if start < end else None


def _statement(
    colon: Token, speaker: list[Token], said: tuple[Piece, ...], base: int
) -> Statement | None:
    """Put a statement together."""
    return Statement(colon, _head(speaker), said, "claim", "heading", base) if said else None


def _colon(span: Span) -> Token | None:
    """Return the first colon between words."""
    return next((t for t in span if t.text == ":" and span.start < t.i < span.end - 1), None)


def _names(tokens: list[Token]) -> bool:
    """Whether words may name a speaker: few, with a name, without a verb."""
    few = 0 < len(tokens) <= LONGEST_NAME
    named = any(t.pos_ == "PROPN" for t in tokens)
    return few and named and not any(t.pos_ in VERBAL or t.text == "n't" for t in tokens)


def _head(tokens: list[Token]) -> Token:
    """Return the head of words that stand together."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])
