"""The dates of the events of one report, sentence by sentence.

A ``ReportDates`` knows the day the report is of, the day its text spoke of last ("the following
day"), and whether a paragraph is telling of the past.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.when import patterns
from dragoman.coding.when.choice import around, choose_date, governor_of, is_open, offset_of
from dragoman.coding.when.dates import DateExpression, find_times, meant
from dragoman.coding.when.reckon import reckon
from dragoman.coding.when.tense import head_of, tense_of
from dragoman.stories.settings import joining

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from dragoman.coding.coder import Sentence
    from dragoman.coding.when.values import Days, Tense
    from dragoman.language.segments import Dateline
    from dragoman.language.tree import Span, Token

FILED_WITHIN = 7
"""Days before its publication that a report may have been filed."""


@dataclass(frozen=True, slots=True)
class EventDate:
    """When an event happened, as far as the report tells."""

    first: date | None = None
    """First day."""
    last: date | None = None
    """Last day, the same as the first for a single day."""
    words: DateExpression | None = None
    """The words that say so; ``None`` for a day that is only assumed: the report's, or that on
    which somebody told of it."""


def day_of(published: date | None, dateline: Dateline | None) -> date | None:
    """Return the day that a report speaks from: its dateline's, else that of its publication.

    Args:
        published: publication date.
        dateline: where and when the report was filed; its date counts when it is the day of
            publication or up to a week before, or, without a publication date, names its year.
    """
    matches = patterns.find(dateline.date) if dateline is not None and dateline.date else []
    if not matches or matches[0].reading.kind not in ("day", "weekday"):
        return published
    days = reckon(matches[0].reading, published, "past")
    if days is None or (published and (published - days[0]).days not in range(FILED_WITHIN + 1)):
        return published
    return days[0]


class ReportDates:
    """Dates the events of a report; sentences are read in the order of the text."""

    def __init__(self, anchor: date | None) -> None:
        """Take the day the report is of."""
        self.anchor = anchor
        self._last: SentenceDates | None = None

    def read(self, span: Span, sentence: Sentence) -> SentenceDates:
        """Take a sentence; its time expressions are found when an event asks for its date."""
        last = self._last
        goes_on = last is not None and sentence.number - last.sentence.number <= 1
        self._last = SentenceDates(self, span, sentence, last if goes_on else None)
        return self._last

    def is_history(self, found: EventDate) -> bool:
        """Whether a date lies years before the report's day (``history_days``)."""
        return self.days_past(found) >= patterns.tables().history_days

    def is_recalled(self, found: EventDate) -> bool:
        """Whether a date lies further back than what a sentence without a date may tell of."""
        return self.days_past(found) > joining().recall_days

    def days_past(self, found: EventDate) -> int:
        """Return how many days a date lies before the report's own; 0 when that is not known."""
        if found.last is None or self.anchor is None:
            return 0
        return (self.anchor - found.last).days


class SentenceDates:
    """Dates the events of one sentence."""

    def __init__(
        self, report: ReportDates, span: Span, sentence: Sentence, before: SentenceDates | None
    ) -> None:
        """Take a sentence.

        Args:
            report: the report's dates.
            span: the sentence's parse.
            sentence: where it stands.
            before: the dates of the sentence right before it, where that was read.
        """
        self.report, self.span, self.sentence = report, span, sentence
        self.before = before
        self.known = False
        """Whether the days have been reckoned."""
        self._days: dict[DateExpression, Days | None] = {}
        self.times: Sequence[DateExpression] = ()
        self.datable: list[DateExpression] = []
        """Of the times those that can date; a duration under "in" dates only what is to come."""
        self.remembered: EventDate | None = None
        """The past that the sentence before, in the same paragraph, was telling of."""
        self.spoken: date | None = None
        """The day spoken of last, in this sentence or those right before it."""
        self.past: EventDate | None = None
        """The past that this sentence tells of, for what its paragraph goes on to tell."""

    @property
    def days(self) -> dict[DateExpression, Days | None]:
        """Return the sentence's time expressions with the days they mean."""
        if not self.known:
            unread, one = [self], self.before
            while one is not None and not one.known:
                unread.append(one)
                one = one.before
            for each in reversed(unread):
                each.reckon_all()
        return self._days

    def reckon_all(self) -> None:
        """Reckon every expression; the sentence before has done so."""
        before, self.before = self.before, None
        if before is not None:
            self.spoken = before.spoken
            if before.sentence.block.start == self.sentence.block.start:
                self.remembered = before.past
        self.known = True
        self.times = find_times(self.span, self.sentence.start)
        for e in self.times:
            days = self._days[e] = self._meant(e, tense_of(e, self.span.doc), self.spoken)
            self.spoken = days[0] if days and days[0] == days[1] else self.spoken
        self.datable = [e for e in self.times if self._days[e] or e.reading.kind != "ahead"]
        self.past = self._telling()

    def of(self, trigger: Token, *, ahead: bool, happened: bool) -> EventDate:
        """Return the date of a trigger's event.

        Args:
            trigger: the word that reports the event.
            ahead: whether the event is still to come.
            happened: whether it has taken place, so that without a date it is of the report's day.
        """
        dated = self._dated()
        stated = self._stated(trigger, ahead=ahead)
        if stated is not None and not (happened and self._lies_ahead(stated)):
            return stated
        shared = self._shared(trigger, happened=happened, plan=stated)
        if shared is not None:
            return shared
        if not happened or is_open(self.times, trigger):
            return EventDate()
        if self.remembered is not None and not dated and _simple_past(trigger):
            return self.remembered
        return EventDate(self.report.anchor, self.report.anchor)

    def _stated(self, trigger: Token, *, ahead: bool = False) -> EventDate | None:
        """Return the date that the sentence itself gives, ``None`` without one."""
        offset = offset_of(self.times, trigger)
        if offset is not None:
            return self._shifted(*offset)
        chosen = choose_date(self.datable, trigger)
        if chosen is None:
            return None
        coming = ahead and head_of(chosen, self.span.doc).head == trigger
        return self._event_date(chosen, "future" if coming else None)

    def _lies_ahead(self, found: EventDate) -> bool:
        """Whether a date is still to come: of a plan, not of the promise that makes it an event."""
        anchor, words = self.report.anchor, found.words
        if anchor is None or words is None or found.first is None or found.first <= anchor:
            return False
        return tense_of(words, self.span.doc) == "future"

    def _shared(
        self, trigger: Token, *, happened: bool, plan: EventDate | None
    ) -> EventDate | None:
        """Return the date of the clause around: "killed Friday when troops fired", "said Friday".

        What is told on Friday was done by then; Friday is nearer to it than the report's own day,
        but not stated as its day, unless the telling is the event.
        """
        if not self.datable or not self.span.doc.has_annotation("DEP"):
            return None
        for verb, own in around(trigger, told=happened):
            chosen = choose_date(self.datable, verb)
            if chosen is None:
                continue
            found = self._event_date(chosen, None)
            if plan is not None or own or self.report.is_recalled(found):
                return found
            return replace(found, words=None) if happened else None
        return None

    def _shifted(self, duration: DateExpression, outside: Token | None) -> EventDate:
        """Return a date that lies so long before or after that of another word."""
        chosen = choose_date(self.datable, outside) if outside is not None else None
        base = self.days[chosen] if chosen is not None else None
        start = base[0] if base else self.report.anchor
        days = reckon(duration.reading, start, "past") if start else None
        first, last = days or (None, None)
        return EventDate(first, last, duration)

    def _event_date(self, chosen: DateExpression, tense: Tense | None) -> EventDate:
        """Return an expression as the date of an event."""
        days = self.days[chosen] if tense is None else self._meant(chosen, tense, None)
        first, last = days or (None, None)
        return EventDate(first, last, chosen)

    def _meant(self, e: DateExpression, tense: Tense, spoken: date | None) -> Days | None:
        """Return the days an expression means."""
        return meant(e, self.report.anchor, tense, reference=spoken)

    def _telling(self) -> EventDate | None:
        """Return the past that this sentence tells of, for those that follow."""
        if not self.span.doc.has_annotation("DEP"):
            return None
        if not self._dated():
            return self.remembered if _simple_past(self.span.root) else None
        found = self._stated(self.span.root)
        return found if found is not None and self.report.is_recalled(found) else None

    def _dated(self) -> bool:
        """Whether the sentence states a date."""
        return any(days is not None for days in self.days.values())


def _simple_past(trigger: Token) -> bool:
    """Whether a trigger's verb tells what happened then: "seized", not "has seized" or "seizes"."""
    if not trigger.doc.has_annotation("DEP"):
        return False
    verb = governor_of(trigger)
    return verb.tag_ == "VBD" or (
        verb.tag_ == "VBN" and any(c.tag_ == "VBD" for c in verb.children if c.dep_ == "aux:pass")
    )
