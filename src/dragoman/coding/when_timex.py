"""Say a time expression as TIMEX3 does: a type and a value such as ``1998-08-07`` or ``P3D``.

TIMEX3 is the notation of TimeML; gold sets of dates are written in it.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from dragoman.coding.when_values import (
    CENTURY,
    DAY,
    DECADE,
    FORTNIGHT,
    HOUR,
    MONTH,
    WEEK,
    YEAR,
    Days,
    Reading,
)

if TYPE_CHECKING:
    from datetime import date

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
UNKNOWN: Final = "XXXX"
"""Value of a date that cannot be told."""
SEASONS: Final = MappingProxyType({3: "SP", 6: "SU", 9: "FA", 12: "WI"})
_PERIODS: Final = MappingProxyType(
    {
        DAY: (1, "D"), WEEK: (1, "W"), MONTH: (1, "M"), YEAR: (1, "Y"), DECADE: (10, "Y"),
        FORTNIGHT: (2, "W"), CENTURY: (100, "Y"), HOUR: (1, "H"), 12: (1, "M"), 13: (1, "S"),
    }
)  # fmt: skip
"""Unit -> how many of which letter."""
_BY_KIND: Final = MappingProxyType(
    {
        "month": MONTH, "year": YEAR, "decade": DECADE, "century": CENTURY,
    }
)  # fmt: skip


def timex(reading: Reading, days: Days | None) -> tuple[TimexType, str]:
    """Return type and value of an expression.

    A part of the day ("Friday night") does not show: it is a day, as everywhere in the program.

    Args:
        reading: what it says.
        days: its first and last day as reckoned; for a time of day the day it is of. Without
            them a date's value is ``XXXX``.
    """
    if reading.kind in ("now", "future"):
        return "DATE", "PRESENT_REF" if reading.kind == "now" else "FUTURE_REF"
    if reading.kind == "set":
        return "SET", _repeated(reading)
    if reading.kind in ("duration", "window") or (reading.kind == "ahead" and days is None):
        return "DURATION", period(reading)
    if days is None:
        return "DATE", UNKNOWN
    if reading.time is not None and ":" in reading.time:
        return "TIME", f"{days[0].isoformat()}T{reading.time}"
    return "DATE", _dated(reading, days[0])


def period(reading: Reading) -> str:
    """Return a length of time: ``P3D``, ``PT3H30M``, ``PXY`` where no number was written."""
    unit = reading.unit or DAY
    times, letter = _PERIODS[unit]
    prefix = "PT" if unit >= HOUR else "P"
    if reading.vague or reading.amount is None:
        return f"{prefix}X{letter}"
    amount = reading.amount * times
    if reading.half:
        return f"PT{amount}H30M" if unit == HOUR else f"{prefix}{amount}.5{letter}"
    return f"{prefix}{amount}{letter}"


def _repeated(reading: Reading) -> str:
    """Return what comes again and again: ``P1D``, ``XXXX-WXX-5``, ``XXXX-08``, ``XXXX-SU``."""
    if reading.weekday is not None:
        return f"XXXX-WXX-{reading.weekday + 1}"
    if reading.month is not None:
        return f"XXXX-{reading.month:02}"
    return period(reading)


def _dated(reading: Reading, first: date) -> str:
    """Return a date as exact as the expression is."""
    if reading.kind == "season":
        return f"{first.year}-{SEASONS[first.month]}"
    if reading.kind in ("quarter", "halfyear"):
        return f"{first.year}-{'Q' if reading.kind == 'quarter' else 'H'}{reading.amount}"
    if reading.kind == "weekend":
        return f"{_week(first)}-WE"
    if reading.kind == "ofyear":
        return _by_unit(MONTH if reading.day is None else DAY, first)
    return _by_unit(_BY_KIND.get(reading.kind, reading.unit or DAY), first)


def _by_unit(unit: int, first: date) -> str:
    """Return a day, week, month, year, decade or century by its first day."""
    if unit in (WEEK, FORTNIGHT):
        return _week(first)
    digits = {MONTH: 7, YEAR: 4, DECADE: 3, CENTURY: 2}.get(unit, 10)
    return first.isoformat()[:digits]


def _week(day: date) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"
