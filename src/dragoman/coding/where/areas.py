"""Places that are no cities, by name: states, provinces, counties, regions, waters, airports."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.where.gazetteer_data import (
    BELOW,
    DATA,
    DISTRICT,
    PROVINCE,
    Candidate,
    City,
    County,
    fold,
    places,
    read_bytes_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.where.world import World

COUNTIES = DATA.parent / "counties.json"


def areas(world: World) -> dict[str, tuple[Candidate, ...]]:
    """Return folded name -> the places of it that are no cities."""
    table: dict[str, tuple[Candidate, ...]] = {}
    for source in (_regions, _states, _counties, _airports, _province_places, _country_names):
        for name, candidate in source(world):
            key = fold(name)
            known = table.get(key, ())
            if not any((c.kind, c.iso3) == ("region", candidate.iso3) for c in known):
                table[key] = (*known, candidate)
    return table


def _country_names(world: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the countries under their English names."""
    return ((c.name, c) for c in world.by_code.values())


def _regions(world: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the regions and waters of the data file."""
    for name, (lat, lon) in places()["seas"].items():
        yield name, Candidate(name=name, kind="region", level=None, lat=lat, lon=lon)
    codes = {
        (world.codes[iso2], name): code
        for iso2, table in places()["provinces"].items()
        for code, name in table.items()
    }
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
                admin1=codes.get((iso3, name)),
            ),
        )


def _states(_: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the US states under their names and abbreviations."""
    states = msgspec.json.decode(read_bytes_of("us_states.json"))
    for code, (lat, lon, *forms) in places()["states"].items():
        name, geonameid = states[code]["name"], states[code]["geonameid"]
        state = Candidate(
            name=name, kind="state", level=PROVINCE, iso3="USA", lat=lat, lon=lon,
            geonameid=geonameid, province=name, admin1=code,
        )  # fmt: skip
        yield from ((form, state) for form in dict.fromkeys((name, *forms)))


def _counties(_: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the US counties, parishes and boroughs under their whole names."""
    middles = msgspec.json.decode(COUNTIES.read_bytes(), type=dict[str, tuple[float, float]])
    states = msgspec.json.decode(read_bytes_of("us_states.json"))
    counties = msgspec.json.decode(read_bytes_of("us_counties.json"), type=list[County])
    for county in counties:
        if county.state in states and county.fips in middles:
            lat, lon = middles[county.fips]
            yield (
                county.name,
                Candidate(
                    name=county.name, kind="county", level=DISTRICT, iso3="USA",
                    lat=lat, lon=lon, province=states[county.state]["name"],
                    admin1=county.state,
                ),
            )  # fmt: skip


def _airports(world: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the airports, each as the city it serves: PLOVER's record has no finer level.

    One whose city is not known stands at its own coordinates, below a city.
    """
    for name, (city, iso3, lat, lon) in places()["airports"].items():
        alias = fold(world.aliases.get(fold(city), city))
        served = [world.candidate(world.cities[i], alias) for i in world.positions(alias)]
        inside = [c for c in served if c.iso3 == iso3]
        own = Candidate(
            name=name, kind="airport", level=BELOW, iso3=iso3, lat=lat, lon=lon, city=city
        )
        best = max(inside, key=lambda c: c.population, default=own)
        yield name, replace(best, kind="airport")


def _province_places(world: World) -> Iterator[tuple[str, Candidate]]:
    """Yield the provinces, placed at their largest city."""
    largest: dict[tuple[str, str], City] = {}
    for city in world.cities:
        key = (city.countrycode, city.admin1code)
        if key not in largest or city.population > largest[key].population:
            largest[key] = city
    for iso2, table in places()["provinces"].items():
        for code, name in table.items():
            seat = largest.get((iso2, code))
            yield name, Candidate(
                name=name, kind="province", level=PROVINCE, iso3=world.codes[iso2],
                province=name, admin1=code,
                lat=seat.latitude if seat else None, lon=seat.longitude if seat else None,
            )  # fmt: skip
