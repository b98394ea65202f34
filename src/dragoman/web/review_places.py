"""Coordinates for a place that a reviewer names: those of the gazetteer, where it has only one."""

from __future__ import annotations

from functools import cache
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from dragoman.coding.where.gazetteer import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.where.gazetteer_data import Candidate
    from dragoman.review.values import Value

NEAR = 25.0
"""Kilometres within which places of one name are taken for the same."""
LARGER = 10
"""How many times more inhabitants the meant place of a name has than the others."""
DEGREE = 111.2
"""Kilometres of a degree of latitude."""


def located(spot: Value) -> Value:
    """Return a place with coordinates where none are given and one place of the name is meant."""
    if not spot or not spot["country"] or not spot["name"] or "lat" in spot:
        return spot
    named = (c for c in gazetteer().lookup(spot["name"]) if c.iso3 == spot["country"])
    found = _meant(sorted(named, key=lambda c: -c.population))
    if found is None or found.lat is None or found.lon is None:
        return spot
    return spot | {"lat": round(found.lat, 4), "lon": round(found.lon, 4)}


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer that ships; it reads nothing before the first question."""
    return Gazetteer()


def _meant(found: Sequence[Candidate]) -> Candidate | None:
    """Return the place that is meant: the only one, or one by far the largest, else none."""
    known = [c for c in found if c.lat is not None and c.lon is not None]
    if not known:
        return None
    first, *others = known
    far = [
        c for c in others if _apart(first, c) > NEAR and c.population * LARGER > first.population
    ]
    return None if far else first


def _apart(one: Candidate, other: Candidate) -> float:
    """Return about how many kilometres lie between two places."""
    lat, lon = one.lat or 0.0, one.lon or 0.0
    east = ((other.lon or 0.0) - lon) * cos(radians(lat))
    return DEGREE * hypot((other.lat or 0.0) - lat, east)
