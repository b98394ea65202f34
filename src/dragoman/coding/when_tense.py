"""In which tense a date is meant: "met Friday" lies behind, "will meet Friday" ahead.

Read from the tree: the verb that a date hangs on, its auxiliaries, and what governs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.when_patterns import tables

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dragoman.coding.when import DateExpression
    from dragoman.coding.when_values import Tense

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PARTICIPLES = frozenset({"VBN", "VBD"})
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
BOUNDS = frozenset({"until", "by"})
"""Relations of a time that is still to come when the bound is set."""
MAX_CLIMB = 12


def tense_of(expression: DateExpression, doc: Doc) -> Tense:
    """Return the tense a date is meant in; past in a Doc without a parse.

    Args:
        expression: a date expression of the Doc.
        doc: the parsed sentence.
    """
    if expression.relation in BOUNDS:
        return "future"
    if not doc.has_annotation("DEP"):
        return "past"
    token = head_of(expression, doc)
    for _ in range(MAX_CLIMB):
        if (found := _tells(token)) is not None:
            return found
        if token.head == token:
            break
        token = token.head
    return "past"


def head_of(expression: DateExpression, doc: Doc) -> Token:
    """Return the token of an expression that hangs on a word outside it."""
    inside = range(expression.first, expression.last + 1)
    tokens = [doc[i] for i in inside]
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _tells(token: Token) -> Tense | None:
    """Return the tense that a word gives to what it governs; ``None``: ask what governs it."""
    words = tables().tense
    if token.pos_ not in ("VERB", "AUX", "ADJ"):
        return "future" if token.lower_ in words.coming and token.pos_ == "NOUN" else None
    helpers = [c for c in token.children if c.dep_ in AUXILIARY]
    if any(c.lower_ in words.future for c in helpers):
        return "past" if any(c.lower_ == "have" for c in helpers) else "future"
    if token.lower_ in words.coming and not _finite_past(token):
        return "future"
    if _infinitive(token):
        return "future" if token.head.lower_ in words.coming else None
    if token.tag_ in PARTICIPLES or any(c.tag_ in PARTICIPLES or c.lower_ in ("has", "have") for c in helpers):
        return "past"
    return "present" if token.tag_ in FINITE or helpers else None


def _finite_past(token: Token) -> bool:
    """Whether a verb itself tells what has been done: "agreed Friday", not "was expected Friday"."""
    return token.tag_ == "VBD"


def _infinitive(token: Token) -> bool:
    """Whether a verb stands after "to"."""
    return any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
