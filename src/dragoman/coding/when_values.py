"""What an English time expression says, before it meets a calendar; and calendar arithmetic.

Both ends of a stretch of days are inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from dragoman.record import Granularity

Tense = Literal["past", "present", "future"]
Kind = Literal[
    "day", "monthday", "holiday", "floating", "easter", "weekday", "ofweek", "weekend",
    "relative", "month", "ofyear", "season", "quarter", "halfyear", "year", "decade",
    "century", "unit", "ago", "earlier", "anaphor", "window", "ahead", "span", "clock",
    "duration", "set", "now", "future",
]  # fmt: skip
Days = tuple[date, date]
DAY, WEEK, MONTH, YEAR, DECADE, FORTNIGHT, CENTURY = 1, 2, 3, 4, 5, 6, 7
HOUR: Final = 11
"""Units, numbered as in ``dates.yaml``; from ``HOUR`` on they are shorter than a day."""
MONTHS: Final = 12
UNDATED: Final = frozenset({"duration", "set", "now", "future", "clock"})
"""Kinds that no event takes its date from."""
ANAPHORIC: Final = frozenset({"anaphor", "earlier"})
"""Kinds that count from the day the text speaks of."""
_BY_KIND: Final[dict[str, Granularity]] = {
    "month": "month", "season": "month", "quarter": "month", "halfyear": "month", "year": "year",
    "decade": "year", "century": "year", "weekend": "week",
}  # fmt: skip
_BY_UNIT: Final[dict[int, Granularity]] = {
    DAY: "day", WEEK: "week", MONTH: "month", YEAR: "year", DECADE: "year", FORTNIGHT: "week",
    CENTURY: "year",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a time expression says; fields are ``None`` where nothing was written."""

    kind: Kind
    """Which pattern family of ``dates.yaml`` it is of; decides how it is reckoned."""
    year: int | None = None
    month: int | None = None
    """1 to 12; of a season, its first month; of a quarter or half, its number."""
    day: int | None = None
    weekday: int | None = None
    """Monday is 0."""
    direction: int | None = None
    """-1 "last" or "ago", 0 "this", 1 "next" or "later"."""
    amount: int | None = None
    """How many units, or which one."""
    unit: int | None = None
    part: int | None = None
    """1 early, 2 middle, 3 late."""
    vague: bool = False
    """Whether the amount was only estimated: "a few", "recent"."""
    half: bool = False
    """Whether half a unit comes on top."""
    time: str | None = None
    """``hh:mm``, or ``MO AF EV NI`` for a part of the day."""
    upper: Reading | None = None
    """The far end of a range."""

    @property
    def absolute(self) -> bool:
        """Whether the expression needs no anchor."""
        if self.kind == "century":
            return self.amount is not None
        return (self.year if self.upper is None else self.upper.year) is not None

    @property
    def granularity(self) -> Granularity:
        """How exact the expression is."""
        if self.kind == "span" and self.upper is not None:
            return self.upper.granularity
        if self.kind == "window" and self.unit == DAY:
            return "week"
        if self.unit is not None:
            return _BY_UNIT.get(self.unit, "day")
        if self.kind == "ofyear":
            return "day" if self.day else "month"
        return _BY_KIND.get(self.kind, "day")


def valid(reading: Reading) -> bool:
    """Whether the day exists in its month ("31 June" does not)."""
    if reading.upper is not None and not valid(reading.upper):
        return False
    if reading.month is None or reading.day is None:
        return True
    return reading.day <= month_days(reading.year or 2000, reading.month)[1].day


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


def year_days(year: int, years: int = 1) -> Days:
    """Return the first and last day of a stretch of years."""
    return date(year, 1, 1), date(year + years - 1, MONTHS, 31)


def easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian reckoning (Butcher's rule)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, skipped = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    four, left = divmod(rest, 4)
    weekday = (32 + 2 * skipped + 2 * four - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def part_of(days: Days, part: int | None) -> Days:
    """Return the early, middle or late third of a stretch of days."""
    if part is None:
        return days
    length = (days[1] - days[0]).days + 1
    first = days[0] + timedelta(days=length * (part - 1) // 3)
    last = days[0] + timedelta(days=length * part // 3 - 1)
    return first, last
