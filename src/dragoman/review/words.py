"""Values of fields as lines of text, which people read and write in a form.

=========  ==========================================
field      line
=========  ==========================================
event      ``ASSAULT``
mode       ``aerial, drones``; so are context and aux
actor      ``IRN GOV MIL: Iran; -: gunmen``
date       ``2024-03-05`` or ``2024-03-01 to 2024-03-31``
place      ``UKR: Kharkiv``; ``UKR: Kharkiv @ 49.99, 36.23``
size       ``dead=3, injured=5-7``
source     ``IRN GOV: Iran, denial``
=========  ==========================================

An empty line is a field that is not stated; of ``source``: the outlet itself says so.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from dragoman.review.values import KINDS, checked

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.review.values import Value

NOBODY = "-"
"""Stands for a party or place without a country."""


_POINT = re.compile(r"@\s*[-+0-9]")
"""Where coordinates begin."""


def text_of(field: str, value: Value) -> str:
    """Return a value as a person writes it; ``parsed`` reads it again."""
    return "" if value is None else _WRITERS.get(field, ", ".join)(value)


def _party_text(party: Value) -> str:
    """Return a party: country, sectors, a colon, a name."""
    codes = " ".join([party["code"] or NOBODY, *party["sector"]])
    return f"{codes}: {_plain(party['name'])}" if party["name"] else codes


def _plain(name: str) -> str:
    """Return a name without the mark that stands between parties."""
    return " ".join(name.replace(";", ",").split())


def _spot_text(spot: Value) -> str:
    """Return a place: country, a colon, a name, coordinates where they are stated."""
    named = f"{spot['country'] or NOBODY}: {_plain(spot['name'])}"
    return f"{named} @ {spot['lat']:.10g}, {spot['lon']:.10g}" if "lat" in spot else named


def _size_text(numbers: Value) -> str:
    """Return numbers and ranges."""
    ends = {n: v if isinstance(v, (list, tuple)) else [v] for n, v in numbers.items()}
    return ", ".join(f"{name}={'-'.join(map(str, some))}" for name, some in ends.items())


_WRITERS: MappingProxyType[str, Callable[[Value], str]] = MappingProxyType(
    {
        "event": str,
        "actor": lambda parties: "; ".join(map(_party_text, parties)),
        "recipient": lambda parties: "; ".join(map(_party_text, parties)),
        "date": lambda days: " to ".join(filter(None, days)),
        "place": _spot_text,
        "size": _size_text,
        "source": lambda source: f"{_party_text(source)}, {source['kind']}",
    }
)


def parsed(field: str, text: str) -> Value:
    """Return the value that a line of text means.

    Raises:
        ValueError: with what is wrong and what was expected (a pydantic error among them).
        KeyError: there is no such field.
    """
    return checked(field, _READERS.get(field, _listed)(text.strip()))


def _listed(line: str) -> Value:
    """Return words between commas."""
    return [part.strip() for part in line.split(",") if part.strip()]


def _party_of(text: str) -> dict[str, Value]:
    """Return a party."""
    codes, _, name = text.partition(":")
    first, *sectors = codes.upper().split() or [NOBODY]
    code = None if first == NOBODY else first
    return {"code": code, "sector": sectors, "name": name.strip()}


def _parties_of(line: str) -> Value:
    """Return parties between semicolons."""
    return [_party_of(part) for part in line.split(";") if part.strip()]


def _days_of(line: str) -> Value:
    """Return a day or a span of days."""
    if not line:
        return None
    first, _, last = re.sub(r"\s+to\s+", "\n", line).partition("\n")
    return [first, last or None]


def _spot_of(line: str) -> Value:
    """Return a place."""
    if not line:
        return None
    named, mark, point = line.rpartition("@") if _POINT.search(line) else (line, "", "")
    party = _party_of(named)
    if party["sector"]:
        raise ValueError(f"{line!r}: expected a country code, a colon and a name")
    spot = {"country": party["code"], "name": party["name"]}
    return {**spot, **_point_of(point)} if mark else spot


def _point_of(text: str) -> dict[str, Value]:
    """Return coordinates: latitude, a comma, longitude."""
    try:
        lat, lon = (float(part) for part in text.split(","))
    except ValueError as error:
        raise ValueError(
            f"{text.strip()!r}: expected latitude and longitude in degrees: 49.99, 36.23"
        ) from error
    return {"lat": lat, "lon": lon}


def _size_of(line: str) -> Value:
    """Return numbers and ranges."""
    found: dict[str, Value] = {}
    for part in filter(None, (p.strip() for p in line.split(","))):
        name, _, number = part.partition("=")
        ends = [int(end) for end in re.findall(r"[0-9]{1,12}", number)]
        if len(ends) not in {1, 2}:
            raise ValueError(f"{part!r}: expected a name, = and a number or two: dead=3-5")
        found[name.strip().lower()] = ends[0] if len(ends) == 1 else ends
    return found


def _source_of(line: str) -> Value:
    """Return who says so: a party, a comma, the kind."""
    if not line:
        return None
    party, _, kind = line.rpartition(",")
    if kind.strip().lower() not in KINDS:
        raise ValueError(f"{line!r}: expected a party, a comma and one of {', '.join(KINDS)}")
    return {**_party_of(party), "kind": kind.strip().lower()}


_READERS: MappingProxyType[str, Callable[[str], Value]] = MappingProxyType(
    {
        "event": str.upper,
        "actor": _parties_of,
        "recipient": _parties_of,
        "date": _days_of,
        "place": _spot_of,
        "size": _size_of,
        "source": _source_of,
    }
)
