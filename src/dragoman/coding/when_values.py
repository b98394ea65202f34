"""Reckon with dates: what a reading of an English date expression means on a calendar.

All functions are plain arithmetic over ``datetime.date``; both ends of a result
are inclusive. What a reading holds is explained at ``Reading``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.record import Granularity

Tense = Literal["past", "present", "future"]
Days = tuple[date, date]
DAY, WEEK, MONTH, YEAR, DECADE, FORTNIGHT = 1, 2, 3, 4, 5, 6
"""Units, numbered as in ``dates.yaml``."""
MONTHS: Final = 12
FAR_BACK: Final = 280
"""Days; what lies further back is not named without a year."""
SOON: Final = 75
"""Days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a date expression says, before it meets an anchor.

    ``kind`` names the pattern family of ``dates.yaml``; the other fields hold what was
    written, ``None`` where nothing was. ``direction`` is -1 for "last" or "ago", 0 for
    "this", 1 for "next". ``part`` is 1 early, 2 mid, 3 late. ``upper`` is the far end of a range.
    """

    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    direction: int | None = None
    amount: int | None = None
    unit: int | None = None
    part: int | None = None
    upper: Reading | None = None

    @property
    def absolute(self) -> bool:
        """Whether the expression needs no anchor."""
        return (self.year if self.upper is None else self.upper.year) is not None

    @property
    def granularity(self) -> Granularity:
        """How exact the expression is."""
        if self.unit is not None:
            names: tuple[Granularity, ...] = ("day", "week", "month", "year", "year", "week")
            coarse = self.kind == "window" and self.unit == DAY
            return "week" if coarse else names[self.unit - 1]
        by_kind: dict[str, Granularity] = {
            "month": "month", "season": "month", "year": "year", "decade": "year",
            "weekend": "week",
        }  # fmt: skip
        if self.kind == "ofyear" and self.day is None:
            return "month"
        if self.kind == "span" and self.upper is not None:
            return self.upper.granularity
        return by_kind.get(self.kind, "day")


def valid(reading: Reading) -> bool:
    """Whether the day exists in its month ("31 June" does not)."""
    if reading.upper is not None and not valid(reading.upper):
        return False
    if reading.month is None or reading.day is None:
        return True
    return reading.day <= month_days(reading.year or 2000, reading.month)[1].day


def reckon(reading: Reading, anchor: date | None, tense: Tense) -> Days | None:
    """Return first and last day, or ``None`` when the anchor that is needed is missing."""
    if anchor is None:
        if not reading.absolute:
            return None
        anchor = date(_last_year(reading), MONTHS, 31)
    try:
        return _RECKONERS[reading.kind](reading, anchor, tense)
    except (OverflowError, ValueError):
        return None  # a day before year 1 or after 9999, or 29 February in a common year


def _last_year(reading: Reading) -> int:
    """Return the year an absolute expression ends in."""
    year = reading.year if reading.upper is None else reading.upper.year
    return 1 if year is None else year


def month_days(year: int, month: int) -> Days:
    """Return the first and last day of a month; months beyond 1 to 12 carry over."""
    year, month = year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    first = date(year, month, 1)
    following = date(year + month // MONTHS, month % MONTHS + 1, 1) if year < 9999 else None
    return first, following - timedelta(days=1) if following else date(9999, 12, 31)


def week_days(day: date) -> Days:
    """Return Monday and Sunday of the week that holds a day (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def year_days(year: int) -> Days:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, MONTHS, 31)


def _slice(days: Days, part: int | None) -> Days:
    """Return the early, middle or late third of a stretch of days."""
    if part is None:
        return days
    length = (days[1] - days[0]).days + 1
    first = days[0] + timedelta(days=length * (part - 1) // 3)
    last = days[0] + timedelta(days=length * part // 3 - 1)
    return first, last


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


def _month(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a month, or its early, middle or late part."""
    month = reading.month or 1
    if reading.year is not None:
        return _slice(month_days(reading.year, month), reading.part)
    if reading.direction == 0:
        return month_days(anchor.year, month)
    days = _yearly(lambda year: month_days(year, month), anchor, tense, reading.direction)
    return _slice(days, reading.part)


def _ofyear(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon "April next year", "3 March last year"."""
    dated = replace(reading, year=anchor.year + (reading.direction or 0), direction=None)
    return (_month if reading.day is None else _day)(dated, anchor, tense)


def _year(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon a year or a part of it."""
    return _slice(year_days(reading.year or anchor.year), reading.part)


def _decade(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon a decade or a part of it."""
    year = reading.year or anchor.year
    return _slice((date(year, 1, 1), date(year + 9, MONTHS, 31)), reading.part)


def _season(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a season: three months from the named one, northern half of the world."""
    first = reading.month or 6

    def make(year: int) -> Days:
        return month_days(year, first)[0], month_days(year, first + 2)[1]

    if reading.year is not None:
        return _slice(make(reading.year), reading.part)
    if reading.direction == 0:
        return make(anchor.year)
    return _yearly(make, anchor, tense, reading.direction)


def _weekday(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a weekday: at or before the anchor in the past tense, after it in the future."""
    weekday = reading.weekday or 0
    monday = anchor - timedelta(days=anchor.weekday())
    days = [monday + timedelta(days=weekday + 7 * week) for week in (-2, -1, 0, 1, 2)]
    return _pick([(day, day) for day in days], anchor, tense, reading.direction)


def _weekend(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon Saturday and Sunday."""
    monday = anchor - timedelta(days=anchor.weekday())
    starts = [monday + timedelta(days=5 + 7 * week) for week in (-2, -1, 0, 1, 2)]
    options = [(start, start + timedelta(days=1)) for start in starts]
    return _pick(options, anchor, tense, reading.direction)


def _relative(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon today, yesterday, tomorrow."""
    day = anchor + timedelta(days=reading.amount or 0)
    return day, day


def shifted(anchor: date, unit: int, amount: int) -> Days:
    """Return the day, week, month, year or decade that lies ``amount`` units from the anchor."""
    if unit == DAY:
        day = anchor + timedelta(days=amount)
        return day, day
    if unit in (WEEK, FORTNIGHT):
        weeks = amount * 2 if unit == FORTNIGHT else amount
        return week_days(anchor + timedelta(weeks=weeks))
    if unit == MONTH:
        return month_days(anchor.year, anchor.month + amount)
    if unit == YEAR:
        return year_days(anchor.year + amount)
    return year_days(anchor.year + 10 * amount)


def _unit(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "last week", "this year"."""
    unit, direction = reading.unit or WEEK, reading.direction or 0
    if unit != DECADE:
        return shifted(anchor, unit, direction)
    first = anchor.year - anchor.year % 10 + 10 * direction
    return date(first, 1, 1), date(first + 9, MONTHS, 31)


def _ago(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "two days ago"."""
    return shifted(anchor, reading.unit or DAY, (reading.direction or 0) * (reading.amount or 1))


def _window(reading: Reading, anchor: date, _: Tense) -> Days:
    """Reckon "the past two weeks": the stretch that ends or starts at the anchor."""
    unit, amount = reading.unit or DAY, reading.amount or 1
    per_unit = {DAY: 1, WEEK: 7, MONTH: 30, YEAR: 365, DECADE: 3652, FORTNIGHT: 14}[unit]
    length = timedelta(days=per_unit * amount)
    return (anchor - length, anchor) if reading.direction == -1 else (anchor, anchor + length)


def _floating(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon the nth weekday of a month."""

    def make(year: int) -> Days:
        first = date(year, reading.month or 1, 1)
        ahead = ((reading.weekday or 0) - first.weekday()) % 7 + 7 * ((reading.amount or 1) - 1)
        return (first + timedelta(days=ahead),) * 2

    if reading.year is not None:
        return make(reading.year)
    return _yearly(make, anchor, tense, reading.direction)


def _span(reading: Reading, anchor: date, tense: Tense) -> Days:
    """Reckon a range: the far end as tense asks for, the near end the last one before it."""
    upper = reading.upper
    assert upper is not None  # noqa: S101
    last = _RECKONERS[upper.kind](upper, anchor, tense)[1]
    lower = replace(reading, upper=None, kind=upper.kind)
    if lower.year is None and upper.year is not None and upper.weekday is None:
        same = _RECKONERS[lower.kind](replace(lower, year=upper.year), anchor, tense)
        if same[0] <= last:
            return same[0], last
    first = _RECKONERS[lower.kind](lower, last, "past")[0]
    return min(first, last), max(first, last)


_RECKONERS: Final = MappingProxyType(
    {
        "day": _day, "holiday": _day, "month": _month, "year": _year, "decade": _decade,
        "season": _season, "weekday": _weekday, "weekend": _weekend, "relative": _relative,
        "unit": _unit, "ago": _ago, "anaphor": _ago, "window": _window, "floating": _floating,
        "ofyear": _ofyear, "span": _span,
    }
)  # fmt: skip
