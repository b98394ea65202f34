"""The timeline's periods: how long they are, and what stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.analysis import periods
from dragoman.web import queries
from dragoman.web.contexts import Period, Timeline

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.analysis.periods import By
    from dragoman.web.filters import View
    from dragoman.web.index import Index

MOST = 130
"""Periods that a timeline should not exceed; coarser ones are taken when it would."""
LIMIT = 800
"""Periods of a timeline at most, whatever was asked for: the last ones are shown."""


def timeline(index: Index, view: View) -> Timeline:
    """Return the timeline of the wanted events."""
    totals = queries.totals(index, view)
    by = period(view, totals)
    return drawn_from(index, view, totals, by, queries.timeline(index, view, by))


def drawn_from(
    index: Index, view: View, totals: Mapping[str, Any], by: By, rows: Sequence[Mapping[str, Any]]
) -> Timeline:
    """Return the timeline of events that are counted.

    Args:
        index: what to ask for the reports read.
        view: which events.
        totals: the days of the first and last of them.
        by: the period.
        rows: events by period and quad class.
    """
    first, last = totals["first"], totals["last"]
    if first is None or last is None:
        return Timeline(by=by, measure=view.measure, periods=())
    first, last = max(first, view.since or first), min(last, view.until or last)
    found = tuple(_periods(index, view, by, (first, last), rows))
    return Timeline(by=by, measure=view.measure, periods=found)


def period(view: View, totals: Mapping[str, Any]) -> By:
    """Return the period: the one asked for, else the finest that does not make too many."""
    if view.by != "auto":
        return view.by
    first, last = totals["first"], totals["last"]
    if first is None or last is None:
        return "month"
    first, last = max(first, view.since or first), min(last, view.until or last)
    finer: tuple[By, ...] = ("day", "week", "month")
    fitting = (by for by in finer if periods.count(first, max(first, last), by) <= MOST)
    return next(fitting, "year")


def _periods(
    index: Index,
    view: View,
    by: By,
    days: tuple[dt.date, dt.date],
    rows: Sequence[Mapping[str, Any]],
) -> Iterator[Period]:
    """Yield every period from the first day to the last."""
    first, last = days
    counted: dict[dt.date, tuple[list[int], float]] = {}
    for row in rows:
        events, scale = counted.get(row["start"], ([0, 0, 0, 0], 0.0))
        events[row["quad"] - 1] = row["events"]
        counted[row["start"]] = (events, scale + row["scale"])
    read = queries.reading(index, view, by)
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
