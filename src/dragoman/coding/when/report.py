"""Every time expression of a report, with its days and its TIMEX3 value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.coder import find_sentences
from dragoman.coding.when.dates import DateExpression, find_times, meant
from dragoman.coding.when.patterns import present
from dragoman.coding.when.tense import tense_of
from dragoman.coding.when.timex import TimexType, timex
from dragoman.language.segments import lay_out
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from spacy.language import Language

    from dragoman.coding.coder import Sentence
    from dragoman.coding.when.values import Days
    from dragoman.language.tree import Doc, Span
    from dragoman.record import Report


@dataclass(frozen=True, slots=True)
class Told:
    """A time expression of a report as TIMEX3 would mark it."""

    start: int
    """First code point in the report."""
    end: int
    """One past its last code point."""
    text: str
    """Its words, exactly."""
    type: TimexType
    value: str
    """``1998-08-07``, ``1998-W32``, ``P3D``, ``PRESENT_REF`` ...; ``XXXX`` without an anchor."""


def parse_timed(report: Report, nlp: Language) -> list[tuple[Sentence, Doc]]:
    """Parse the sentences of a report that hold a word of time, boilerplate included."""
    layout = lay_out(report.text, report.title)
    chosen = [
        s for s in find_sentences(report.text, layout) if present(report.text[s.start : s.end])
    ]
    docs = trees(nlp, (report.text[s.start : s.end] for s in chosen))
    return list(zip(chosen, docs, strict=True))


def times_of(parsed: Iterable[tuple[Sentence, Doc]], anchor: date | None) -> list[Told]:
    """Return the time expressions of parsed sentences, in the order of the text.

    Args:
        parsed: what ``parse_timed`` gives.
        anchor: the day the report is of.
    """
    told: list[Told] = []
    reference = anchor
    for sentence, doc in parsed:
        for span in doc.sents:
            dated, reference = _dated(span, sentence.start, anchor, reference)
            for expression, days in dated:
                told += _told(expression, days or _day_beside(expression, dated, anchor))
    return told


Dated = tuple[DateExpression, "Days | None"]


def _dated(
    span: Span, base: int, anchor: date | None, reference: date | None
) -> tuple[list[Dated], date | None]:
    """Return a sentence's expressions with their days, and the day it speaks of last."""
    dated: list[Dated] = []
    for expression in find_times(span, base):
        tense = tense_of(expression, span.doc)
        days = meant(expression, anchor, tense, reference=reference)
        dated.append((expression, days))
        if days and days[0] == days[1]:
            reference = days[0]
    return dated, reference


def _day_beside(
    expression: DateExpression, dated: Iterable[Dated], anchor: date | None
) -> Days | None:
    """Return the day of a bare time of day: the nearest one of the sentence, else the report's."""
    if expression.reading.kind != "clock":
        return None
    beside = [(abs(e.start - expression.start), d) for e, d in dated if d and d[0] == d[1]]
    if beside:
        return min(beside)[1]
    return (anchor, anchor) if anchor is not None else None


def _told(expression: DateExpression, days: Days | None) -> Iterator[Told]:
    """Yield an expression as TIMEX3 marks it: a range as its two ends."""
    start, end, reading = expression.start, expression.end, expression.reading
    if expression.cut is None or reading.upper is None:
        yield Told(start, end, expression.text, *timex(reading, days))
        return
    near, far = expression.cut
    one, other = ((d, d) for d in days) if days is not None else (None, None)
    for first, last, day in ((start, near, one), (far, end, other)):
        text = expression.text[first - start : last - start]
        yield Told(first, last, text, *timex(reading.upper, day))
