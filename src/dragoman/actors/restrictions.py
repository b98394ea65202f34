"""Codes with days in older dictionaries: ``USAGOV 930120-010120``, ``<900101``, ``>010120``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.actors.schema import Reading

if TYPE_CHECKING:
    from dragoman.actors.codes import Codes

PIVOT = 30
"""Years of two digits below it are of this century."""
VOID = frozenset({"---", "###", "+++", ""})
"""Codes of a name that is to be passed over."""
_RESTRICTED = re.compile(
    r"(?P<code>[^<>\d()]*?)\s*\(?\s*"
    r"(?:(?P<sign>[<>])\s*(?P<one>\d+)|(?P<first>\d+)\s*-\s*(?P<last>\d+))?\s*\)?"
)


def reading(text: str, codes: Codes) -> tuple[Reading, tuple[str, ...]]:
    """Return what one pair of brackets holds, and the parts of its code that nothing explains.

    Args:
        text: a code with or without days, the brackets left out.
        codes: takes codes apart.

    Raises:
        ValueError: it cannot be read; the message says what was expected.
    """
    found = _RESTRICTED.fullmatch(text.strip())
    if found is None:
        raise ValueError(
            f"[{text}]: expected a code, then nothing, <YYMMDD, >YYMMDD or YYMMDD-YYMMDD"
        )
    code = found["code"].strip()
    if code in VOID:
        raise ValueError(f"[{text}]: a name to be passed over; Dragoman knows no such names")
    if "/" in code:
        raise ValueError(f"[{text}]: two actors under one name; write one entry for each")
    since, until = _span(found)
    if since and until and since > until:
        raise ValueError(f"[{text}]: ends before it begins; mend the days")
    parts = codes.split(code)
    made = {"code": parts.code, "sector": list(parts.sector), "from": since, "until": until}
    return Reading.model_validate(made), parts.unknown


def _span(found: re.Match[str]) -> tuple[str | None, str | None]:
    """Return the first and the last day of a restriction, both included."""
    if found["first"]:
        return str(day(found["first"])), str(day(found["last"], last=True))
    if found["sign"] == "<":
        return None, str(day(found["one"]) - timedelta(days=1))
    if found["sign"] == ">":
        return str(day(found["one"], last=True) + timedelta(days=1)), None
    return None, None


def day(digits: str, *, last: bool = False) -> date:
    """Return a day of two, four or no digits for the century; 00 leaves month or day open.

    Args:
        digits: ``YYMMDD``, ``YYYYMMDD`` or ``YYYY``.
        last: take the last day of what is left open, not the first.

    Raises:
        ValueError: there is no such day.
    """
    if len(digits) not in {4, 6, 8}:
        raise ValueError(f"{digits}: no day; expected YYMMDD, YYYYMMDD or YYYY")
    year = int(digits[:4] if len(digits) != 6 else digits[:2])
    if len(digits) == 6:
        year += 2000 if year < PIVOT else 1900
    rest = digits[-4:] if len(digits) > 4 else "0000"
    month, number = int(rest[:2]), int(rest[2:])
    try:
        month = month or (12 if last else 1)
        number = number or (monthrange(year, month)[1] if last else 1)
        return date(year, month, number)
    except ValueError as error:
        raise ValueError(f"{digits}: no such day ({error})") from error
