"""Which date is an event's, and in which tense a date is meant: read from the dependency tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.coding.when import DateExpression

VERBAL = frozenset({"VERB", "AUX"})
SHARED = frozenset({"conj", "aux", "aux:pass", "cop", "xcomp"})
"""Dependencies over which a verb shares the date of the verb that governs it."""
OWN_CLAUSE = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj"})
MAX_CLIMB = 40


def choose_date(expressions: Sequence[DateExpression], trigger: Token) -> DateExpression | None:
    """Return the expression that dates the event of a trigger, or ``None``.

    First one attached to the trigger or to the verb that governs it, then the nearest
    in the same clause. In a Doc without a parse, the nearest of the sentence.
    """
    doc = trigger.doc
    usable = [e for e in expressions if e.event_date or _names(e, trigger)]
    if not doc.has_annotation("DEP"):
        return _nearest(usable, trigger)
    governor = _governor(trigger)
    hosts = {e: _host(_head(e, doc), trigger) for e in usable}
    for wanted in (trigger, governor):
        attached = _nearest([e for e in usable if hosts[e] == wanted], trigger)
        if attached is not None:
            return attached
    clause = _clause(trigger)
    return _nearest([e for e in usable if _clause(_head(e, doc)) == clause], trigger)


def _names(expression: DateExpression, trigger: Token) -> bool:
    """Whether a date that names a thing names the trigger ("the 2006 attack")."""
    if expression.relation != "of":
        return False
    if trigger.doc.has_annotation("DEP"):
        return trigger.doc[expression.last].head == trigger
    return trigger.i == expression.last + 1


def _nearest(expressions: Sequence[DateExpression], trigger: Token) -> DateExpression | None:
    """Return the expression with the fewest tokens between it and the trigger."""

    def distance(e: DateExpression) -> tuple[int, int]:
        return max(e.first - trigger.i, trigger.i - e.last), e.first

    return min(expressions, key=distance, default=None)


def _head(expression: DateExpression, doc: Doc) -> Token:
    """Return the token of an expression that hangs on a word outside it."""
    inside = range(expression.first, expression.last + 1)
    tokens = [doc[i] for i in inside]
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _host(token: Token, trigger: Token) -> Token:
    """Return what a date is attached to: the trigger or the first verb above the date."""
    for _ in range(MAX_CLIMB):
        if token.head == token:
            return token
        token = token.head
        if token == trigger or (
            token.pos_ in VERBAL and token.dep_ not in ("aux", "aux:pass", "cop")
        ):
            return token
    return token


def _governor(trigger: Token) -> Token:
    """Return the verb whose date the trigger shares: "held talks", "arrived and attacked"."""
    token = trigger
    for _ in range(MAX_CLIMB):
        if token.head == token:
            return token
        shares = token.dep_ in SHARED or (token.dep_ == "advcl" and token.tag_ == "VBG")
        if token.pos_ in VERBAL and not shares:
            return token
        governed = token.pos_ in VERBAL
        token = token.head
        if token.pos_ in VERBAL and not governed:
            return token
    return token


def _clause(token: Token) -> Token:
    """Return the head of the smallest clause a word stands in."""
    for _ in range(MAX_CLIMB):
        verbal = token.pos_ in VERBAL and token.dep_ not in ("aux", "aux:pass", "cop")
        if token.head == token or (verbal and token.dep_ in OWN_CLAUSE):
            return token
        token = token.head
    return token
