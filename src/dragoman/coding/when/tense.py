"""In which tense a date is meant: "met Friday" lies behind, "will meet Friday" ahead.

Read from the tree: the verb that a date hangs on, its auxiliaries, and what governs it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.when.patterns import tables

if TYPE_CHECKING:
    from dragoman.coding.when.dates import DateExpression
    from dragoman.coding.when.values import Tense
    from dragoman.language.tree import Doc, Token

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PARTICIPLES = frozenset({"VBN", "VBD"})
AUXILIARY = frozenset({"aux", "aux:pass", "cop"})
TOLD = frozenset({"ccomp", "csubj"})
"""Clauses that are what somebody says."""
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
    naming = False
    for _ in range(MAX_CLIMB):
        token = side_of_that(token, expression)
        found = _tells(token, naming=naming)
        if found is not None:
            return found
        if token.head == token or (naming and token.pos_ == "VERB"):
            break
        naming = naming or _names(token)
        token = token.head
    return "past"


def _names(token: Token) -> bool:
    """Whether a date stands before a noun that it names: "Friday's verdict"."""
    return token.head.pos_ in ("NOUN", "PROPN") and token.i < token.head.i


def head_of(expression: DateExpression, doc: Doc) -> Token:
    """Return the token of an expression that hangs on a word outside it."""
    inside = range(expression.first, expression.last + 1)
    tokens = [doc[i] for i in inside]
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def side_of_that(verb: Token, expression: DateExpression) -> Token:
    """Return the verb on a date's own side of "that", where the tree has put it on the other.

    "Said on Tuesday that they met" has Tuesday with "said", "said that on Tuesday they met" with
    "met"; any other word is returned as it is.
    """
    following = verb.doc[expression.last + 1 : expression.last + 2].text
    if verb.dep_ in TOLD and verb.head.i < expression.first and following.lower() == "that":
        return verb.head
    for child in verb.children:
        marks = [c.i for c in child.children if c.dep_ == "mark" and c.lower_ == "that"]
        if child.dep_ in TOLD and marks and marks[0] < expression.first < child.i:
            return child
        if child.dep_ in TOLD and child.i < expression.first < verb.i and _comma(expression, verb):
            return child  # "they met on Tuesday, officials said"
    return verb


def _comma(expression: DateExpression, verb: Token) -> bool:
    """Whether a comma stands right after a date, before the verb."""
    following = expression.last + 1
    return following < verb.i and verb.doc[following].text in (",", "''", "”", '"')


def _tells(token: Token, *, naming: bool) -> Tense | None:
    """Return the tense that a word gives to what it governs; ``None``: ask what governs it.

    A date that only names what the verb is about ("dodge Friday's verdict") takes the
    future from a finite verb alone.
    """
    words = tables().tense
    if token.pos_ not in ("VERB", "AUX", "ADJ"):
        return "future" if token.lower_ in words.coming and token.pos_ == "NOUN" else None
    helpers = [c for c in token.children if c.dep_ in AUXILIARY]
    if any(c.lower_ in words.future for c in helpers):
        return "past" if any(c.lower_ == "have" for c in helpers) else "future"
    if token.lower_ in words.coming and not _finite(token, helpers):
        return None if naming else "future"
    if _infinitive(token):
        return "future" if token.head.lower_ in words.coming and not naming else None
    if token.tag_ in PARTICIPLES or any(
        c.tag_ in PARTICIPLES or c.lower_ in ("has", "have") for c in helpers
    ):
        return "past"
    return "present" if token.tag_ in FINITE or helpers else None


def _finite(token: Token, helpers: list[Token]) -> bool:
    """Whether a verb tells what was done: "they agreed Friday", not "was expected Friday"."""
    subject = any(c.dep_ == "nsubj" for c in token.children)
    return token.tag_ == "VBD" or (token.tag_ == "VBN" and subject and not helpers)


def _infinitive(token: Token) -> bool:
    """Whether a verb stands after "to"."""
    return any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
