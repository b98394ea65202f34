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
    names: Several = Field(default_factory=list)
    adjectives: Several = Field(min_length=1)
    capital: Text | None = None
    capitals: Several = Field(default_factory=list)
    """Other spellings, and other cities that stand for the government."""
    seats: list[Seat] = Field(default_factory=list)
    iso2: Alpha2 | None = None
    cow: int | None = None
    """Correlates of War number."""
    gw: int | None = None
    """Gleditsch and Ward number."""
    territories: Sectors = Field(default_factory=list)
    """ISO alpha-3 codes of dependencies, which PLOVER folds into the state."""


class Historical(Dated):
    """A state that is no more, under the code of its successor."""

    code: Code
    name: Text
    names: Several = Field(default_factory=list)
    adjectives: Several = Field(default_factory=list)


class Region(Strict):
    """A part of a state, a dependency, or a breakaway entity (sector PRE)."""

    code: Code
    name: Text
    names: Several = Field(default_factory=list)
    adjectives: Several = Field(default_factory=list)
    sector: Sectors = Field(default_factory=list)


def _in_short(value: Any, rest: str) -> Any:
    """Take the short form of an actor apart: ``CODE SECTORS Q | NAME; OTHER NAMES | REST``.

    Args:
        value: a text, or anything else, which stays as it is.
        rest: what the third part holds; it may be left out.
    """
    if not isinstance(value, str):
        return value
    who, *parts = value.split("|")
    code, *sector = who.split()
    if not 0 < len(parts) < 3:
        raise ValueError(f"expected CODE SECTORS | NAME; OTHER NAMES | {rest.upper()}")
    name, *names = _split(parts[0])
    found = {"name": name, "names": names, "sector": sector}
    if code != "---":
        found["code"] = code
    if sector and sector[-1][1:].isdigit():
        found["wikidata"] = sector.pop()
    if len(parts) > 1:
        found[rest] = parts[1].strip()
    return found


class Body(Dated):
    """An organisation or a group.

    Written as a mapping, or shorter as ``CODE SECTORS | NAME; OTHER NAMES | FROM..UNTIL``, with
    ``---`` for no code, a Wikidata number after the sectors, the last part optional:
    ``IGO MIL Q7184 | NATO; Nato | 1949-04-04..``.
    """

    code: Code | None = None
    name: Text
    names: Several = Field(default_factory=list)
    adjectives: Several = Field(default_factory=list)
    sector: Sectors = Field(default_factory=list)
    wikidata: Wikidata | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Take the short form apart."""
        found = _in_short(value, "days")
        if isinstance(value, str) and "days" in found:
            since, dots, until = found.pop("days").partition("..")
            if not dots:
                raise ValueError("expected days as FROM..UNTIL")
            return {**found, "from": since or None, "until": until or None}
        return found


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
    """Somebody in the news.

    Written as a mapping, or shorter as ``CODE SECTORS | NAME; OTHER NAMES | OFFICES``, the
    offices optional: ``NOR GOV | Kari Nordmann; Nordmann | Mayor of Oslo 2019..2023-06-30``.
    """

    code: Code
    name: Text
    names: Several = Field(default_factory=list)
    sector: Sectors = Field(min_length=1)
    roles: Annotated[list[Tenure], BeforeValidator(_split)] = Field(default_factory=list)
    wikidata: Wikidata | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Take the short form apart."""
        return _in_short(value, "roles")


class Reading(Dated):
    """What an actor was for a time.

    Written as a mapping, or shorter as ``CODE [SECTORS] FROM..UNTIL``, each part optional:
    ``IRQ [GOV MIL] 1979-07-16..2003-04-09``.
    """

    code: Code | None = None
    sector: Sectors = Field(default_factory=list)

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
    stands last. Written as a mapping, or shorter as ``KIND | NAME; OTHER NAMES | READINGS``.
    """

    name: Text
    names: Several = Field(default_factory=list)
    kind: ActorKind = "organisation"
    codes: Annotated[list[Reading], BeforeValidator(_split)] = Field(min_length=1)
    wikidata: Wikidata | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """Take the short form apart."""
        if not isinstance(value, str):
            return value
        parts = value.split("|")
        if len(parts) != 3:
            raise ValueError("expected KIND | NAME; OTHER NAMES | READINGS")
        name, *names = _split(parts[1])
        return {"kind": parts[0].strip(), "name": name, "names": names, "codes": parts[2].strip()}


class RoleGroup(Strict):
    """Words for the offices and people of one sector; see ``roles.yaml``."""

    sector: Sectors
    titles: Several = Field(default_factory=list)
    agents: Several = Field(default_factory=list)
    collective: Several = Field(default_factory=list)
    sends: Several = Field(default_factory=list)


class ActorsFile(Strict):
    """One data file, with any of these sections."""

    sectors: dict[Code, Text] = Field(default_factory=dict)
    codes: dict[Code, Text] = Field(default_factory=dict)
    states: list[StateEntry] = Field(default_factory=list)
    historical: list[Historical] = Field(default_factory=list)
    regions: list[Region] = Field(default_factory=list)
    organisations: list[Body] = Field(default_factory=list)
    groups: list[Body] = Field(default_factory=list)
    people: list[Person] = Field(default_factory=list)
    actors: list[Actor] = Field(default_factory=list)
    roles: list[RoleGroup] = Field(default_factory=list)
    former: Several = Field(default_factory=list)
    former_of: Sectors = Field(default_factory=list)
    plain: Several = Field(default_factory=list)
    honorifics: Several = Field(default_factory=list)
    abbreviations: dict[Text, Text] = Field(default_factory=dict)
    homographs: Several = Field(default_factory=list)
    nobody: Several = Field(default_factory=list)
    generic: Several = Field(default_factory=list)
    shared: Several = Field(default_factory=list)
    """Names that two actors of the base bear at the same time, on purpose."""
