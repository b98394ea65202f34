"""What is out of the ordinary: this period against the last four and the last fifty-two.

The rule is that of ``dragoman compare``: rates by reports read, a difference only where chance and
the pair's own bursts do not explain it, all looks of a table corrected together.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.analysis import periods, statistics
from dragoman.analysis.statistics import Counts, Judgement
from dragoman.web import queries
from dragoman.web.contexts import Change, ChangesPage
from dragoman.web.pages import chips
from dragoman.web.state import record_state

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from dragoman.analysis.periods import By
    from dragoman.web.filters import View
    from dragoman.web.index import Index
    from dragoman.web.labels import Labels
    from dragoman.web.room import Room

WINDOW, BASELINE, PAIRS = 4, 52, 40


class Span(NamedTuple):
    """The periods that are compared."""

    by: By
    starts: tuple[dt.date, ...]
    """First days, the last one that of the period in question."""
    reports: tuple[int, ...]
    """Reports read in each."""

    @property
    def days(self) -> tuple[dt.date, dt.date]:
        """First and last day of all of them."""
        return self.starts[0], periods.last_day(self.starts[-1], self.by)


def changes_page(room: Room, labels: Labels, view: View) -> ChangesPage:
    """Return the page of changes among the wanted events, whatever their days."""
    span = _span(room.index, view)
    found = sorted(_compared(room.index, view, labels, span), key=_clearest) if span else []
    return ChangesPage(
        record=record_state(room),
        title="Change",
        by=span.by if span else "week",
        period=periods.label(span.starts[-1], span.by) if span else None,
        reports=span.reports[-1] if span else 0,
        pairs=len({change.dyad for change in found}),
        chips=tuple(chips(view, labels)),
        changes=tuple(found),
    )


def finding(room: Room, view: View, labels: Labels) -> str | None:
    """Return what the last week says of one pair, in one line; ``None`` without any dates."""
    week = view.having(by="week")
    span = _span(room.index, week)
    wanted = set(view.dyad)
    found = (
        [c for c in _compared(room.index, week, labels, span) if c.dyad in wanted] if span else []
    )
    if span is None or not found:
        return None
    best = min(found, key=_clearest)
    this = periods.label(span.starts[-1], span.by)
    said = f"{this} against the 4 weeks before: {_said(best, best.against_window)}"
    return f"{said}; against the last 52: {_said(best, best.against_baseline)}."


def _said(change: Change, verdict: str) -> str:
    """Return a verdict with what it is of."""
    return f"{verdict} {change.measure}" if verdict in {"more", "fewer"} else verdict


def _clearest(change: Change) -> tuple[int, float]:
    """Return the place of a change in the table: clear ones first, of those the larger ones."""
    clear = {"more", "fewer"} & {change.against_window, change.against_baseline}
    return (0, -abs(change.now - (change.baseline or 0.0))) if clear else (1, 0.0)


def _span(index: Index, view: View) -> Span | None:
    """Return the periods: the last one that is over, and up to fifty-two before it."""
    by: By = "week" if view.by == "auto" else view.by
    read = queries.reading(index, view, by)
    days = queries.reading(index, view, "day")
    if not days:
        return None
    last = min(max(days), view.until or max(days))
    this, first = periods.first_day(last, by), periods.first_day(min(days), by)
    if view.until is None and periods.last_day(this, by) > last:
        this = max(periods.step(this, by, -1), first)
    size = min(BASELINE, periods.count(first, this, by) - 1)
    if size < 1:
        return None
    starts = tuple(periods.step(this, by, -back) for back in range(size, -1, -1))
    return Span(by, starts, tuple(read.get(start, 0) for start in starts))


def _compared(index: Index, view: View, labels: Labels, span: Span) -> Iterator[Change]:
    """Yield every comparison of the busiest pairs."""
    wanted = view.having(since=None, until=None)
    rows = queries.changes(index, wanted, span.by, span.days, PAIRS)
    asked: list[tuple[str, str, Counts]] = []
    for dyad, many in groupby(rows, key=lambda row: str(row["dyad"])):
        held = {row["start"]: row for row in many}
        for measure in ("events", "conflict"):
            counts = tuple(int(held[s][measure]) if s in held else 0 for s in span.starts)
            asked.append((dyad, measure, Counts(counts, span.reports)))
    judged = [pair for _, _, whole in asked for pair in _judged(whole)]
    said = statistics.verdicts(judged)
    for number, (dyad, measure, whole) in enumerate(asked):
        near, far = (judged[2 * number + k][1].expected for k in (0, 1))
        yield Change(
            dyad=dyad,
            label=labels.value("dyad", dyad),
            measure=measure,
            now=whole.events[-1],
            window=None if near is None else round(near, 1),
            baseline=None if far is None else round(far, 1),
            against_window=said[2 * number],
            against_baseline=said[2 * number + 1],
        )


def _judged(whole: Counts) -> Sequence[tuple[Counts, Judgement]]:
    """Return this period against the window and against the baseline."""
    last = len(whole.events) - 1
    now, past = whole.part(last, last + 1), whole.part(0, last)
    enough = past.periods_read >= statistics.FEWEST_PERIODS
    bursts = statistics.dispersion(past)
    made: list[Any] = []
    for begin in (max(0, last - WINDOW), 0):
        found = statistics.judge(now, whole.part(begin, last), bursts)
        made.append((now, found if enough else Judgement(found.expected, None)))
    return made
