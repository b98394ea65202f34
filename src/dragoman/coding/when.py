"""When: find the date expressions of a sentence, reckon them, choose the one of an event.

The patterns are data (``data/dates.yaml``); this module joins them to tokens and to
the dependency tree. Nothing is invented: an expression that needs an anchor has no
dates without one. Durations ("for three days") and ages are not dates.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding import when_patterns
from dragoman.coding.when_values import Reading, Tense, reckon

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from spacy.tokens import Doc, Span, Token

    from dragoman.record import Granularity

__all__ = ["DateExpression", "Tense", "choose_date", "find_dates", "resolve"]

EVENT_RELATIONS = frozenset({"on", "by"})
"""Relations that place the event itself; "since 2003" or "after Friday" do not."""
VERBAL = frozenset({"VERB", "AUX"})
SHARED = frozenset({"conj", "aux", "aux:pass", "cop", "xcomp"})
"""Dependencies over which a verb shares the date of the verb that governs it."""
OWN_CLAUSE = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj"})
MAX_CLIMB = 40


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression in a sentence."""

    first: int
    """Index of its first token in the Doc."""
    last: int
    """Index of its last token in the Doc."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point in the report."""
    text: str
    """Its words, exactly."""
    reading: Reading
    """What it says; ``resolve`` turns it into dates."""
    relation: str = "on"
    """``on since until before after by for every``, or ``of`` when the date only names a thing."""

    @property
    def granularity(self) -> Granularity:
        """How exact it is."""
        return self.reading.granularity

    @property
    def absolute(self) -> bool:
        """Whether it needs no anchor."""
        return self.reading.absolute

    @property
    def anaphoric(self) -> bool:
        """Whether it counts from a time the text speaks of ("the following day")."""
        return self.reading.kind == "anaphor"

    @property
    def event_date(self) -> bool:
        """Whether it can be the date of an event, not the bound of a stretch of time."""
        return self.relation in EVENT_RELATIONS


def find_dates(sentence: Span, base: int, anchor: date | None = None) -> list[DateExpression]:  # noqa: ARG001
    """Return the date expressions of a sentence, left to right, none inside another.

    Args:
        sentence: the sentence.
        base: code point of the report at which the Doc's text starts.
        anchor: publication date; taken for symmetry with ``resolve``, not needed to find.
    """
    if not _promising(sentence):
        return []
    matches = when_patterns.find(sentence.text)
    found = (_expression(sentence, match, base) for match in matches)
    return [expression for expression in found if expression is not None]


def _promising(sentence: Span) -> bool:
    """Whether a sentence holds a word or number without which there is no date."""
    signs = when_patterns.tables().signs
    return any(token.lower_ in signs or token.shape_.count("d") for token in sentence)


def _expression(sentence: Span, match: when_patterns.Match, base: int) -> DateExpression | None:
    """Join a match to the tokens it covers; ``None`` for what only looks like a date."""
    start, end = sentence.start_char + match.start, sentence.start_char + match.end
    covered = [t.i for t in sentence if t.idx < end and t.idx + len(t) > start]
    before = sentence.text[: match.start]
    if not covered or _is_name(before):
        return None
    return DateExpression(
        first=covered[0],
        last=covered[-1],
        start=base + start,
        end=base + end,
        text=sentence.text[match.start : match.end],
        reading=match.reading,
        relation="of" if match.named else _relation(before, match.reading),
    )


def _is_name(before: str) -> bool:
    """Whether the word before makes a name of a weekday ("Bloody Sunday")."""
    words = before.rsplit(maxsplit=1)
    return bool(words) and words[-1].capitalize() in when_patterns.tables().named_days


@cache
def _relation_regex() -> re.Pattern[str]:
    """Return the pattern of a relation word right before an expression."""
    words = "|".join(when_patterns.tables().relations)
    return re.compile(rf"\b({words})\s+(?:(?:at|the|about|around|early|late)\s+)*$", re.IGNORECASE)


def _relation(before: str, reading: Reading) -> str:
    """Return how the event stands to the expression, by the word before it."""
    found = _relation_regex().search(before)
    relation = when_patterns.tables().relations[found[1].lower()] if found else "on"
    # "scheduled for Friday" is a date, "held for the past week" a duration
    return "on" if relation == "for" and reading.kind != "window" else relation


def resolve(
    expression: DateExpression,
    anchor: date | None,
    tense: Tense = "past",
    *,
    reference: date | None = None,
) -> tuple[date | None, date | None]:
    """Return the first and last day an expression means, both inclusive.

    Args:
        expression: what ``find_dates`` found.
        anchor: publication date; without it only absolute expressions have dates.
        tense: tense of the event's clause. A bare weekday, day or month is the last one
            at or before the anchor in the past, the next one at or after it in the
            future, the nearest one in the present.
        reference: the time the text speaks of, for "the following day"; such expressions
            have no dates without it.

    Returns:
        ``(start, end)``; ``(start, None)`` for "since X" and ``(None, end)`` for "until X";
        ``(None, None)`` when it cannot be told.
    """
    days = reckon(expression.reading, reference if expression.anaphoric else anchor, tense)
    if days is None or expression.relation == "every":
        return None, None
    if expression.relation == "since":
        return days[0], None
    if expression.relation == "until":
        return None, days[1]
    return days


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
