"""Reckon with dates: what a reading of an English time expression means on a calendar.

All functions are plain arithmetic over ``datetime.date``; both ends of a result
are inclusive. What a reading holds is explained at ``Reading``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from dragoman.coding.when_values import (
    CENTURY,
    DAY,
    DECADE,
    FORTNIGHT,
    HOUR,
    MONTH,
    MONTHS,
    WEEK,
    YEAR,
    Days,
    Reading,
    Tense,
    easter,
    month_days,
    part_of,
    week_days,
    year_days,
)

if TYPE_CHECKING:
    from collections.abc import Callable

FAR_BACK: Final = 280
"""Days; what lies further back is not named without a year."""
SOON: Final = 75
"""Days."""
LENGTHS: Final = MappingProxyType(
    {DAY: 1, WEEK: 7, MONTH: 30, YEAR: 365, DECADE: 3652, FORTNIGHT: 14, CENTURY: 36524}
)
"""Unit -> days; what is shorter than a day takes one."""


def reckon(reading: Reading, anchor: date | None, tense: Tense) -> Days | None:
    """Return first and last day; ``None`` without a needed anchor and for what is no date."""
    if anchor is None:
        if not reading.absolute:
            return None
        anchor = date(_last_year(reading), MONTHS, 31)
    reckoner = _RECKONERS.get(reading.kind)
    try:
        return reckoner(reading, anchor, tense) if reckoner else None
    except (OverflowError, ValueError):
        return None  # a day before year 1 or after 9999, or 29 February in a common year


def _last_year(reading: Reading) -> int:
    """Return the year an absolute expression ends in."""
    year = reading.year if reading.upper is None else reading.upper.year
    return 1 if year is None else year


def _pick(options: list[Days], anchor: date, tense: Tense, direction: int | None) -> Days:
    """Return the one of several recurring stretches that tense or "last"/"next" asks for."""
    if direction == -1:
        return [o for o in options if o[1] < anchor][-1]
    if direction == 1:
        return next(o for o in options if o[0] > anchor)
    if tense == "past":
        return [o for o in options if o[0] <= anchor][-1]
    if tense == "future":
        return next(o for o in options if o[1] >= anchor)
    return min(options, key=lambda o: (abs((o[0] - anchor).days), o[0]))


def _yearly(
    make: Callable[[int], Days | None], anchor: date, tense: Tense, direction: int | None
) -> Days:
    """Return a stretch that comes once a year, nearest as tense asks for.

    A day or month nearly a year back is written with "last" or its year, so that a bare
    one soon to come is the coming one even beside a verb in the past tense ("put off until").
    """
    made = [make(year) for year in range(anchor.year - 4, anchor.year + 5)]
    options = [days for days in made if days is not None]
    found = _pick(options, anchor, tense, direction)
    if direction is None and (anchor - found[1]).days > FAR_BACK:
        ahead = _pick(options, anchor, "future", None)
        return ahead if (ahead[0] - anchor).days < SOON else found
    return found


def _recurring(
    reading: Reading, anchor: date, tense: Tense, make: Callable[[int], Days | None]
) -> Days:
    """Return a stretch of a named year, of this one, or of the one that tense asks for."""
    year = anchor.year if reading.direction == 0 else reading.year
    found = make(year) if year is not None else None
    return found or _yearly(make, anchor, tense, reading.direction)


def _day(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a day of the month."""
    month, day = reading.month or 1, reading.day or 1

    def make(year: int) -> Days | None:
        exists = day <= month_days(year, month)[1].day
        return (date(year, month, day),) * 2 if exists else None

    if reading.year is not None:
        found = date(reading.year, month, day)
        return found, found
    return _yearly(make, anchor, tense, reading.direction)


def _monthday(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon "the 12th", "the 12th of last month"."""
    day = reading.day or 1
    if reading.direction is not None:
        first = month_days(anchor.year, anchor.month + reading.direction)[0]
        return (first.replace(day=day),) * 2
    firsts = [month_days(anchor.year, anchor.month + shift) for shift in range(-2, 3)]
    options = [(d.replace(day=day),) * 2 for d, last in firsts if day <= last.day]
    return _pick(options, anchor, tense, None)


def _month(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a month, or its early, middle or late part."""
    month = reading.month or 1
    days = _recurring(reading, anchor, tense, lambda year: month_days(year, month))
    return part_of(days, reading.part)


def _ofyear(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon "April next year", "3 March last year"."""
    dated = replace(reading, year=anchor.year + (reading.direction or 0), direction=None)
    return (_month if reading.day is None else _day)(dated, anchor, tense)


def _year(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon a year or a part of it."""
    return part_of(year_days(reading.year or anchor.year), reading.part)


def _decade(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon a decade or a part of it."""
    return part_of(year_days(reading.year or anchor.year, 10), reading.part)


def _century(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon a century or a part of it, counted as people count: the 20th from 1900."""
    number = reading.amount or anchor.year // 100 + 1
    return part_of(year_days(100 * (number - 1) or 1, 100), reading.part)


def _season(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a season: three months from the named one, northern half of the world."""
    first = reading.month or 6

    def make(year: int) -> Days:
        return month_days(year, first)[0], month_days(year, first + 2)[1]

    return part_of(_recurring(reading, anchor, tense, make), reading.part)


def _piece(months: int) -> Callable[[Reading, date, Tense], Days]:
    """Return how to reckon a quarter or half of a year, of so many months."""

    def reckoned(reading: Reading, anchor: date, tense: Tense) -> Days:
        first = months * ((reading.amount or 1) - 1) + 1
        shift = reading.direction
        dated = reading if shift is None else replace(reading, year=anchor.year + shift)

        def make(year: int) -> Days:
            return month_days(year, first)[0], month_days(year, first + months - 1)[1]

        return _recurring(replace(dated, direction=None), anchor, tense, make)

    return reckoned


def _weekday(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a weekday: at or before the anchor in the past tense, after it in the future."""
    monday = anchor - timedelta(days=anchor.weekday())
    days = [monday + timedelta(days=(reading.weekday or 0) + 7 * week) for week in range(-2, 3)]
    return _pick([(day, day) for day in days], anchor, tense, reading.direction)


def _ofweek(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "Tuesday of last week"."""
    monday = anchor - timedelta(days=anchor.weekday())
    day = monday + timedelta(days=(reading.weekday or 0) + 7 * (reading.direction or 0))
    return day, day


def _weekend(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon Saturday and Sunday."""
    monday = anchor - timedelta(days=anchor.weekday())
    starts = [monday + timedelta(days=5 + 7 * week) for week in range(-2, 3)]
    options = [(start, start + timedelta(days=1)) for start in starts]
    return _pick(options, anchor, tense, reading.direction)


def _relative(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon today, yesterday, tomorrow."""
    day = anchor + timedelta(days=reading.amount or 0)
    return day, day


def shifted(anchor: date, unit: int, amount: int) -> Days:
    """Return the day, week, month, year ... that lies ``amount`` units from the anchor."""
    if unit >= HOUR:
        return anchor, anchor
    if unit == DAY:
        day = anchor + timedelta(days=amount)
        return day, day
    if unit in (WEEK, FORTNIGHT):
        weeks = amount * 2 if unit == FORTNIGHT else amount
        return week_days(anchor + timedelta(weeks=weeks))
    if unit == MONTH:
        return month_days(anchor.year, anchor.month + amount)
    return year_days(anchor.year + amount * {YEAR: 1, DECADE: 10, CENTURY: 100}[unit])


def _unit(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "last week", "this year"."""
    unit, direction = reading.unit or WEEK, reading.direction or 0
    if unit not in (DECADE, CENTURY):
        return part_of(shifted(anchor, unit, direction), reading.part)
    years = 10 if unit == DECADE else 100
    days = year_days(anchor.year - anchor.year % years + years * direction, years)
    return part_of(days, reading.part)


def _ago(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "two days ago"."""
    amount = 1 if reading.amount is None else reading.amount
    return shifted(anchor, reading.unit or DAY, (reading.direction or 0) * amount)


def _window(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "the past two weeks": the stretch that ends or starts at the anchor."""
    some = 3 if reading.unit == DAY else 1  # "recent days" are about three
    amount = some if reading.amount is None else reading.amount
    length = timedelta(days=LENGTHS.get(reading.unit or DAY, 1) * amount)
    return (anchor - length, anchor) if reading.direction == -1 else (anchor, anchor + length)


def _ahead(reading: Reading, anchor: date, tense: Tense) -> Days | None:
    """Reckon "in two weeks": a day to come under a coming event, else only a duration."""
    if tense != "future":
        return None
    return shifted(anchor, reading.unit or DAY, reading.amount or 1)


def _floating(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon the nth weekday of a month."""

    def make(year: int) -> Days:
        first = date(year, reading.month or 1, 1)
        ahead = ((reading.weekday or 0) - first.weekday()) % 7 + 7 * ((reading.amount or 1) - 1)
        return (first + timedelta(days=ahead),) * 2

    return _recurring(reading, anchor, tense, make)


def _easter(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a feast that moves with Easter."""

    def make(year: int) -> Days:
        return (easter(year) + timedelta(days=reading.amount or 0),) * 2

    return _recurring(reading, anchor, tense, make)


def _span(reading: Reading, anchor: date, tense: Tense) -> Days | None:
    """Reckon a range: the far end as tense asks for, the near end the last one before it."""
    upper = reading.upper
    assert upper is not None  # noqa: S101
    last = _end(upper, anchor, tense)[1]
    lower = replace(reading, upper=None, kind=upper.kind)
    if lower.year is None and upper.year is not None and upper.weekday is None:
        same = _end(replace(lower, year=upper.year), anchor, tense)
        if same[0] <= last:
            return same[0], last
    first = _end(lower, last, "past")[0]
    return min(first, last), max(first, last)


def _end(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon one end of a range."""
    return {"day": _day, "month": _month, "year": _year, "weekday": _weekday}[reading.kind](
        reading, anchor, tense
    )


_RECKONERS: Final = MappingProxyType(
    {
        "day": _day, "holiday": _day, "month": _month, "year": _year, "decade": _decade,
        "season": _season, "weekday": _weekday, "weekend": _weekend, "relative": _relative,
        "unit": _unit, "ago": _ago, "earlier": _ago, "anaphor": _ago, "window": _window,
        "floating": _floating, "easter": _easter, "ofyear": _ofyear, "span": _span,
        "monthday": _monthday, "ofweek": _ofweek, "century": _century, "ahead": _ahead,
        "quarter": _piece(3), "halfyear": _piece(6),
    }
)  # fmt: skip
