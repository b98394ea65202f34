"""Strict schemas of the actor files: states, organisations, groups, people, roles.

Every file is an ``ActorsFile`` and may hold any of its sections, so a user's own
file is written like a shipped one. Unknown keys and wrong types are faults; the
loader gathers every fault of every file before it reports. A list of names may be
written ``[a, b]`` or, quicker to read for man and machine, ``a; b``.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

Text = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Alpha2 = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Wikidata = Annotated[str, StringConstraints(pattern=r"^Q[1-9]\d*$")]
_TENURE = re.compile(
    r"(?P<office>\S.*?)(?: \[(?P<sector>[A-Z ]+)\])?"
    r"(?: (?P<since>\d[-\d]*)?\.\.(?P<until>\d[-\d]*)?)?"
)
_READING = re.compile(
    r"(?P<code>[A-Z]{3})?(?: ?\[(?P<sector>[A-Z ]+)\])?"
    r"(?: (?P<since>\d[-\d]*)?\.\.(?P<until>\d[-\d]*)?)?"
)


def _is_day(text: str) -> str:
    """Check that a full date exists."""
    if "-" in text:
        date.fromisoformat(text)
    return text


When = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d-\d\d)?$"), AfterValidator(_is_day)]
"""``YYYY`` or ``YYYY-MM-DD``; a year means its first day in ``from``, its last in ``until``."""


def _split(value: Any) -> Any:
    """Take the short form of a list apart."""
    return [part.strip() for part in value.split(";")] if isinstance(value, str) else value


Several = Annotated[list[Text], BeforeValidator(_split)]
Sectors = Annotated[list[Code], BeforeValidator(_split)]


class Strict(BaseModel):
    """A mapping that takes no keys but its own; the loader hands every scalar over as text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Strict):
    """Something that held for a time; an open end is left out."""

    since: When | None = Field(default=None, alias="from")
    until: When | None = None


class Seat(Strict):
    """A place or body that stands for a state's government, parliament, army, ..."""

    name: Text
    sector: Code


class StateEntry(Strict):
    """One state."""

    code: Code
    name: Text
    names: Several = []
    adjectives: Several = Field(min_length=1)
    capital: Text | None = None
    capitals: Several = []
    """Other spellings, and other cities that stand for the government."""
    seats: list[Seat] = []
    iso2: Alpha2 | None = None
    cow: int | None = None
    """Correlates of War number."""
    gw: int | None = None
    """Gleditsch and Ward number."""
    territories: Sectors = []
    """ISO alpha-3 codes of dependencies, which PLOVER folds into the state."""


class Historical(Dated):
    """A state that is no more, under the code of its successor."""

    code: Code
    name: Text
    names: Several = []
    adjectives: Several = []


class Region(Strict):
    """A part of a state, a dependency, or a breakaway entity (sector PRE)."""

    code: Code
    name: Text
    names: Several = []
    adjectives: Several = []
    sector: Sectors = []


class Body(Dated):
    """An organisation or a group."""

    code: Code | None = None
    name: Text
    names: Several = []
    adjectives: Several = []
    sector: Sectors = []
    wikidata: Wikidata | None = None


class Tenure(Dated):
    """An office somebody held.

    Written as a mapping, or shorter as ``OFFICE [SECTOR] FROM..UNTIL`` with sector and ends
    optional: ``Prime Minister 1999-08-09..2000-05-07``.
    """

    office: Text
    sector: Sectors | None = None
    """Where it differs from the person's own."""

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Take the short form apart."""
        found = _TENURE.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            return value
        parts = {"office": found["office"], "from": found["since"], "until": found["until"]}
        return {**parts, "sector": found["sector"].split() if found["sector"] else None}


class Person(Strict):
    """Somebody in the news."""

    code: Code
    name: Text
    names: Several = []
    sector: Sectors = Field(min_length=1)
    roles: Annotated[list[Tenure], BeforeValidator(_split)] = []
    wikidata: Wikidata | None = None


class Reading(Dated):
    """What an actor was for a time.

    Written as a mapping, or shorter as ``CODE [SECTORS] FROM..UNTIL``, each part optional:
    ``IRQ [GOV MIL] 1979-07-16..2003-04-09``.
    """

    code: Code | None = None
    sector: Sectors = []

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Take the short form apart."""
        found = _READING.fullmatch(value) if isinstance(value, str) and value else None
        if found is None:
            return value
        parts = {"code": found["code"], "from": found["since"], "until": found["until"]}
        return {**parts, "sector": found["sector"].split() if found["sector"] else []}

    @model_validator(mode="after")
    def _says_something(self) -> Reading:
        """Check that a reading has a code or a sector."""
        if self.code is None and not self.sector:
            raise ValueError("has neither a code nor a sector; write IRQ [GOV] or [REB]")
        return self


ActorKind = Literal["state", "organisation", "group", "person"]


class Actor(Strict):
    """Anyone whose code changed with time, as older dictionaries write actors.

    The first reading that holds on a report's day counts; one without days holds always, so it
    stands last.
    """

    name: Text
    names: Several = []
    kind: ActorKind = "organisation"
    codes: Annotated[list[Reading], BeforeValidator(_split)] = Field(min_length=1)
    wikidata: Wikidata | None = None


class RoleGroup(Strict):
    """Words for the offices and people of one sector; see ``roles.yaml``."""

    sector: Sectors
    titles: Several = []
    agents: Several = []
    collective: Several = []
    sends: Several = []


class ActorsFile(Strict):
    """One data file, with any of these sections."""

    sectors: dict[Code, Text] = {}
    codes: dict[Code, Text] = {}
    states: list[StateEntry] = []
    historical: list[Historical] = []
    regions: list[Region] = []
    organisations: list[Body] = []
    groups: list[Body] = []
    people: list[Person] = []
    actors: list[Actor] = []
    roles: list[RoleGroup] = []
    former: Several = []
    former_of: Sectors = []
    plain: Several = []
    honorifics: Several = []
    abbreviations: dict[Text, Text] = {}
    homographs: Several = []
    generic: Several = []
    shared: Several = []
    """Names that two actors of the base bear at the same time, on purpose."""
