"""Headlines with a colon: "Kremlin: talks will go on", "Talks will go on: Kremlin"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.statement import Statement, pieces

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

LONGEST_NAME = 6
"""Words before or after the colon that may name the speaker."""
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def heading(span: Span, base: int) -> Statement | None:
    """Return what a headline lets a speaker say; ``None`` when it has no such colon.

    Args:
        span: the headline's parse.
        base: offset of its Doc in the report.
    """
    colon = next((t for t in span if t.text == ":"), None)
    if colon is None:
        return None
    before = [t for t in span if t.i < colon.i and not t.is_punct]
    after = [t for t in span if t.i > colon.i]
    if _names(before) and _tells(after):
        speaker, said = before, after
    elif _names(after) and _tells(before):
        speaker, said = after, before
    else:
        return None
    return Statement(colon, _head(speaker), pieces(said, base), "claim", "heading", base)


def _names(tokens: list[Token]) -> bool:
    """Whether words may name a speaker: few, with a name, without a verb."""
    few = 0 < len(tokens) <= LONGEST_NAME
    return few and any(t.pos_ == "PROPN" for t in tokens) and not any(t.tag_ in FINITE for t in tokens)


def _tells(tokens: list[Token]) -> bool:
    """Whether words may be what is said: a clause."""
    return len(tokens) > 2 and any(t.tag_ in FINITE or t.pos_ in ("VERB", "AUX") for t in tokens)


def _head(tokens: list[Token]) -> Token:
    """Return the head of words that stand together."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])
