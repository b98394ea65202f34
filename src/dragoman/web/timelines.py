"""The timeline's periods: how long they are, and what stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis import periods
from dragoman.web import queries
from dragoman.web.contexts import Period, Timeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from dragoman.analysis.periods import By
    from dragoman.web.filters import View
    from dragoman.web.room import Index

MOST = 130
"""Periods that a timeline should not exceed; coarser ones are taken when it would."""
LIMIT = 800
"""Periods of a timeline at most, whatever was asked for: the last ones are shown."""


def timeline(index: Index, view: View, first: dt.date | None, last: dt.date | None) -> Timeline:
    """Return the timeline of the wanted events.

    Args:
        index: what to ask.
        view: which events, and the period.
        first: day of the first of them; ``None`` when none has a date.
        last: day of the last of them.
    """
    if first is None or last is None:
        return Timeline(by="month", measure=view.measure, periods=())
    first, last = max(first, view.since or first), min(last, view.until or last)
    by = _by(view, first, max(first, last))
    return Timeline(
        by=by, measure=view.measure, periods=tuple(_periods(index, view, by, first, last))
    )


def _by(view: View, first: dt.date, last: dt.date) -> By:
    """Return the period: the one asked for, else the finest that is not too many."""
    if view.by != "auto":
        return view.by
    finer: tuple[By, ...] = ("day", "week", "month")
    return next((by for by in finer if periods.count(first, last, by) <= MOST), "year")


def _periods(index: Index, view: View, by: By, first: dt.date, last: dt.date) -> Iterator[Period]:
    """Yield every period."""
    counted: dict[dt.date, tuple[list[int], float]] = {}
    for row in queries.timeline(index, view, by):
        events, scale = counted.get(row["start"], ([0, 0, 0, 0], 0.0))
        events[row["quad"] - 1] = row["events"]
        counted[row["start"]] = (events, scale + row["scale"])
    read = queries.reading(index, view.outlet, by)
    start, end = periods.first_day(first, by), periods.first_day(last, by)
    if periods.count(start, end, by) > LIMIT:
        start = periods.step(end, by, 1 - LIMIT)
    while start <= end:
        events, scale = counted.get(start, ([0, 0, 0, 0], 0.0))
        last_day = periods.last_day(start, by)
        yield Period(
            start=start,
            label=periods.label(start, by),
            events=(events[0], events[1], events[2], events[3]),
            scale=round(scale / sum(events), 3) if sum(events) else None,
            reports=read.get(start, 0),
            address=f"/{view.having(since=start, until=last_day).query()}",
        )
        start = periods.step(start, by)
