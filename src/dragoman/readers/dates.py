"""Printed publication dates to ``YYYY-MM-DD``, or nothing where they are ambiguous.

The patterns stand in ``data/dates.yaml``. The date is taken as printed: time of
day and time zone are ignored, and nothing is ever guessed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

_LONGEST = 200
"""Characters of a printed date that are looked at; longer values are no dates."""


class _Forms(NamedTuple):
    """What ``data/dates.yaml`` holds, compiled."""

    months: dict[str, int]
    patterns: tuple[re.Pattern[str], ...]


@cache
def _forms() -> _Forms:
    """Load and compile the printed forms once."""
    source = files("dragoman.readers").joinpath("data/dates.yaml").read_text("utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    months = {name: number for number, names in data["months"].items() for name in names}
    names = "|".join(sorted(months, key=len, reverse=True))
    return _Forms(
        months,
        tuple(
            re.compile(p.replace("{month}", names), re.IGNORECASE | re.ASCII)
            for p in data["patterns"]
        ),
    )


def parse_date(printed: object) -> str | None:
    """Return ``YYYY-MM-DD`` for a publication date as it was printed.

    Args:
        printed: text such as ``"Monday, December 19, 2016"``, or a ``date`` or
            ``datetime`` from a typed table.

    Returns:
        The date, or ``None`` where there is none, where day and month cannot be
        told apart, or where two different dates stand in the text.
    """
    if isinstance(printed, dt.date):
        return printed.isoformat()[:10]
    if not isinstance(printed, str) or len(printed) > _LONGEST:
        return None
    forms = _forms()
    found = {
        _reading(match, forms.months)
        for pattern in forms.patterns
        for match in pattern.finditer(printed)
    }
    return found.pop() if len(found) == 1 else None


def _reading(match: re.Match[str], months: dict[str, int]) -> str | None:
    """Return the one calendar date a match can mean, else ``None``."""
    groups = match.groupdict()
    if "first" in groups:
        first, second = int(groups["first"]), int(groups["second"])
        pairs = {(first, second), (second, first)}
    else:
        month = groups["month"].lower()
        pairs = {(int(groups["day"]), months[month] if month in months else int(month))}
    dates = {_iso(int(groups["year"]), month, day) for day, month in pairs} - {None}
    return dates.pop() if len(dates) == 1 else None


def _iso(year: int, month: int, day: int) -> str | None:
    """Return the ISO date, or ``None`` when the calendar has no such day."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
