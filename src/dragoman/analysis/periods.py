"""Days, weeks, months and years: where they begin and end, and what they are called."""

from __future__ import annotations

import datetime as dt
import re
from types import MappingProxyType
from typing import Literal

from dragoman.errors import InputError

By = Literal["day", "week", "month", "year"]
LONGEST = MappingProxyType({"day": 1, "week": 7, "month": 31, "year": 366})
"""Most days that an event may span to enter a panel of such periods."""
_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def first_day(day: dt.date, by: By) -> dt.date:
    """Return the first day of the period that holds a day; weeks begin on Monday (ISO 8601)."""
    if by == "week":
        return day - dt.timedelta(days=day.weekday())
    if by == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if by == "year" else day


def step(start: dt.date, by: By, count: int = 1) -> dt.date:
    """Return the first day of the period ``count`` periods later (earlier when negative).

    Args:
        start: the first day of a period.
        by: the kind of period.
        count: how many periods to go.

    Raises:
        InputError: the calendar ends (years 1 to 9999) before that period.
    """
    try:
        if by in {"day", "week"}:
            return start + dt.timedelta(days=count * LONGEST[by])
        months = start.year * 12 + start.month - 1 + count * (12 if by == "year" else 1)
        return dt.date(months // 12, months % 12 + 1, 1)
    except (OverflowError, ValueError) as error:
        raise InputError(
            f"{count} periods from {start}: beyond the calendar; expected years 1 to 9999, ask for"
            " fewer periods or other days"
        ) from error


def last_day(start: dt.date, by: By) -> dt.date:
    """Return the last day of the period that begins on ``start``."""
    return step(start, by) - dt.timedelta(days=1)


def count(first: dt.date, last: dt.date, by: By) -> int:
    """Return how many periods lie from the one that begins on ``first`` to ``last``'s."""
    if by in {"day", "week"}:
        return (last - first).days // LONGEST[by] + 1
    months = (last.year - first.year) * 12 + last.month - first.month
    return months // (12 if by == "year" else 1) + 1


def label(start: dt.date, by: By) -> str:
    """Return a period's name: ``2024-03-05``, ``2024-W10``, ``2024-03`` or ``2024``."""
    if by == "week":
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}"
    return start.isoformat()[: {"day": 10, "month": 7, "year": 4}[by]]


def read_day(given: str | None, option: str, *, last: bool = False) -> dt.date | None:
    """Return the first (or last) day that a date of the command line means.

    Args:
        given: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.
        option: the option's name, for the message.
        last: whether the last day of a month or year is meant.

    Raises:
        InputError: it is no such date.
    """
    if given is None:
        return None
    try:
        year, month, day = (_FORM.fullmatch(given) or _none(given)).groups()
        start = dt.date(int(year), int(month or 1), int(day or 1))
        if not last or day:
            return start
        return last_day(start, "month" if month else "year")
    except (ValueError, InputError) as error:
        raise InputError(
            f"{option} {given!r}: no date; expected YYYY-MM-DD, YYYY-MM or YYYY, as in 2024-03-05"
        ) from error


def _none(given: str) -> re.Match[str]:
    """Raise for a text without the form of a date."""
    raise ValueError(given)
