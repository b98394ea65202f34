"""When: find the time expressions of a sentence and reckon them.

The patterns are data (``data/dates.yaml``); this module joins them to tokens. Nothing is
invented: an expression that needs an anchor has no dates without one. Durations ("for
three days"), repetitions and "now" are found too, but date no event.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding.when import patterns
from dragoman.coding.when.reckon import reckon
from dragoman.coding.when.values import ANAPHORIC, UNDATED, Reading, Tense

if TYPE_CHECKING:
    from datetime import date

    from dragoman.coding.when.values import Days
    from dragoman.language.tree import Span
    from dragoman.record import Granularity

__all__ = ["DateExpression", "Tense", "find_dates", "find_times", "meant", "resolve"]

EVENT_RELATIONS = frozenset({"on", "by"})
"""Relations that place the event itself; "since 2003" or "after Friday" do not."""


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
    cut: tuple[int, int] | None = None
    """Code points of the report where the near end of a range stops and its far end begins."""

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
        return self.reading.kind in ANAPHORIC

    @property
    def event_date(self) -> bool:
        """Whether it can be the date of an event, not the bound of a stretch of time."""
        return self.relation in EVENT_RELATIONS and self.reading.kind not in UNDATED


def find_dates(sentence: Span, base: int) -> list[DateExpression]:
    """Return the date expressions of a sentence, left to right, none inside another.

    Args:
        sentence: the sentence.
        base: code point of the report at which the Doc's text starts.
    """
    return [e for e in find_times(sentence, base) if e.reading.kind not in UNDATED]


def find_times(sentence: Span, base: int) -> list[DateExpression]:
    """Return every time expression: dates, times of day, durations, repetitions, "now".

    Args:
        sentence: the sentence.
        base: code point of the report at which the Doc's text starts.
    """
    found = (_expression(sentence, match, base) for match in patterns.find(sentence.text))
    return [expression for expression in found if expression is not None]


def _expression(sentence: Span, match: patterns.Match, base: int) -> DateExpression | None:
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
        cut=match.cut
        and (base + sentence.start_char + match.cut[0], base + sentence.start_char + match.cut[1]),
    )


def _is_name(before: str) -> bool:
    """Whether the word before makes a name of a weekday ("Bloody Sunday")."""
    words = before.rsplit(maxsplit=1)
    return bool(words) and words[-1].capitalize() in patterns.tables().named_days


@cache
def _relation_regex() -> re.Pattern[str]:
    """Return the pattern of a relation word right before an expression."""
    words = "|".join(patterns.tables().relations)
    return re.compile(rf"\b({words})\s+(?:(?:at|the|about|around|early|late)\s+)*$", re.IGNORECASE)


def _relation(before: str, reading: Reading) -> str:
    """Return how the event stands to the expression, by the word before it."""
    found = _relation_regex().search(before)
    relation = patterns.tables().relations[found[1].lower()] if found else "on"
    # "scheduled for Friday" is a date, "held for the past week" a duration
    return "on" if relation == "for" and reading.kind != "window" else relation


def meant(
    expression: DateExpression,
    anchor: date | None,
    tense: Tense = "past",
    *,
    reference: date | None = None,
) -> Days | None:
    """Return the first and last day that the words themselves mean, both inclusive.

    Args:
        expression: what ``find_times`` found.
        anchor: publication date; without it only absolute expressions have dates.
        tense: tense of the event's clause. A bare weekday, day or month is the last one
            at or before the anchor in the past, the next one at or after it in the
            future, the nearest one in the present.
        reference: the day the text speaks of, for "the following day"; such expressions
            have no dates without it. "A week earlier" then counts from the anchor.

    Returns:
        The days; ``None`` when it cannot be told.
    """
    if expression.relation == "every":
        return None
    since = reference if expression.anaphoric else anchor
    if expression.reading.kind == "earlier":
        since = reference or anchor
    return reckon(expression.reading, since, tense)


def resolve(
    expression: DateExpression,
    anchor: date | None,
    tense: Tense = "past",
    *,
    reference: date | None = None,
) -> tuple[date | None, date | None]:
    """Return the first and last day that an expression leaves for what it dates.

    Args:
        expression: as for ``meant``.
        anchor: as for ``meant``.
        tense: as for ``meant``.
        reference: as for ``meant``.

    Returns:
        ``(start, end)``; ``(start, None)`` for "since X" and ``(None, end)`` for "until X";
        ``(None, None)`` when it cannot be told.
    """
    days = meant(expression, anchor, tense, reference=reference)
    if days is None:
        return None, None
    if expression.relation == "since":
        return days[0], None
    if expression.relation == "until":
        return None, days[1]
    return days
