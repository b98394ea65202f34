"""One name of one actor, and how the sections of the actor files become such names."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.actors.schema import (
        Actor,
        ActorsFile,
        Body,
        Historical,
        Person,
        Region,
        StateEntry,
        Tenure,
        When,
    )

Kind = Literal[
    "state", "capital", "seat", "adjective", "region", "organisation", "group", "person", "nobody"
]
"""``nobody``: waters, valleys and the like that bear a state's name: "the Gulf of Mexico"."""
Day = date | str | None
"""A day as ``date`` or ``YYYY-MM-DD``; ``None`` when it is not known."""
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a text in lower case, without accents, with plain apostrophes and single spaces."""
    if not text.isascii():
        text = _bare(text.translate(_APOSTROPHES))
    return " ".join(text.lower().split())


class Office(msgspec.Struct, frozen=True):
    """An office and the days it was held, both ends included (``YYYY-MM-DD``)."""

    title: str
    since: str | None
    until: str | None
    sector: tuple[str, ...] = ()

    def held_on(self, day: Day) -> bool:
        """Tell whether the office was held on a day; with no day, whether it still is."""
        return _within(day, self.since, self.until)


class Entry(msgspec.Struct, frozen=True):
    """What one name stands for."""

    kind: Kind
    code: str | None
    """ISO alpha-3 or PLOVER's own; ``None`` for a people that has no single state."""
    sector: tuple[str, ...]
    """Primary first; empty when the name alone implies none."""
    name: str
    """Canonical name of the actor ("Russia" for "Moscow" and "Russian")."""
    form: str
    """This name, in its own spelling."""
    cased: bool = False
    """True when the name in lower case is a common word or nothing at all."""
    generic: bool = False
    """True when others bear the name too; a state named beside it decides."""
    since: str | None = None
    """First day it held, ``YYYY-MM-DD``."""
    until: str | None = None
    """Last day it held."""
    offices: tuple[Office, ...] = ()
    """A person's offices, in the order of the file."""
    wikidata: str | None = None

    def matches(self, text: str) -> bool:
        """Tell whether words found by ``lookup`` can be this name: "US" is, "us" is not."""
        if not self.cased:
            return True
        plain = text.translate(_APOSTROPHES)
        return plain in {self.form, self.form.upper()} or _bare(plain) == _bare(self.form)

    def holds_on(self, day: Day) -> bool:
        """Tell whether the name held on a day; without a day always true."""
        return day is None or _within(day, self.since, self.until)

    @property
    def spans(self) -> tuple[tuple[str | None, str | None], ...]:
        """First and last days it held: of every office, else of the name itself."""
        offices = tuple((office.since, office.until) for office in self.offices)
        return offices or ((self.since, self.until),)

    def away(self, day: date) -> int:
        """Return the days between a day and the nearest one it held; 0 on such a day."""
        return min(_away(day, since, until) for since, until in self.spans)

    def office_on(self, day: Day) -> str | None:
        """Return a person's office on a day; with no day, the latest one they held."""
        if day is None:
            latest = max(self.offices, key=_end, default=None)
            return latest.title if latest else None
        return next((office.title for office in self.offices if office.held_on(day)), None)

    def sector_on(self, day: Day) -> tuple[str, ...]:
        """Return a person's sector on a day: ELI after an office, until the next one.

        Only officials become ELI; a rebel or cleric without office keeps the sector.
        """
        held = next((o for o in self.offices if day is not None and o.held_on(day)), None)
        if held is not None:
            return held.sector or self.sector
        had = day is not None and any(o.until and o.until < str(day) for o in self.offices)
        return ("ELI",) if had and self.sector[:1] == ("GOV",) else self.sector


def _within(day: Day, since: str | None, until: str | None) -> bool:
    """Tell whether a day lies between two others; ISO dates compare as text."""
    if day is None:
        return until is None
    return (since is None or since <= str(day)) and (until is None or str(day) <= until)


def _away(day: date, since: str | None, until: str | None) -> int:
    """Return the days between a day and a span; 0 within it."""
    if since is not None and day.isoformat() < since:
        return date.fromisoformat(since).toordinal() - day.toordinal()
    if until is not None and day.isoformat() > until:
        return day.toordinal() - date.fromisoformat(until).toordinal()
    return 0


def _end(office: Office) -> str:
    """Return the last day of an office; one still held comes last."""
    return office.until or "9999-12-31"


def _bare(text: str) -> str:
    """Return a text without accents, its case kept."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def iso(when: When | None, *, last: bool = False) -> str | None:
    """Return a year or day as ``YYYY-MM-DD``: the first or the last day of a year."""
    if when is None or "-" in when:
        return when
    return f"{when}-12-31" if last else f"{when}-01-01"


@dataclass(frozen=True, slots=True)
class Words:
    """Names that need care, folded."""

    homographs: frozenset[str] = frozenset()
    """Common words in lower case: they need their own case."""
    generic: frozenset[str] = frozenset()
    """Borne by others too."""

    def flags(self, form: str) -> tuple[bool, bool]:
        """Return ``cased`` and ``generic`` for a name; acronyms are always cased."""
        key = fold(form)
        return form.isupper() or key in self.homographs, key in self.generic


def entries(file: ActorsFile, words: Words) -> Iterator[Entry]:
    """Yield every name of one file.

    Args:
        file: a validated actor file.
        words: the names that need care.
    """
    for state in file.states:
        yield from _state(state, words)
    for item in file.historical:
        yield from _historical(item, words)
    for region in file.regions:
        yield from _region(region, words)
    for body in file.organisations:
        yield from _body("organisation", body, words)
    for body in file.groups:
        yield from _body("group", body, words)
    for person in file.people:
        yield from _person(person, words)
    for actor in file.actors:
        yield from _actor(actor, words)
    for name in file.nobody:
        yield Entry("nobody", None, (), name, name)


def _unique(forms: Iterable[str]) -> Iterator[str]:
    """Yield each spelling once, in order."""
    return iter(dict.fromkeys(forms))


def _state(state: StateEntry, words: Words) -> Iterator[Entry]:
    """Yield a state's names, its capitals and seats, and its adjectives."""

    def entry(kind: Kind, form: str, *sector: str) -> Entry:
        return Entry(kind, state.code, sector, state.name, form, *words.flags(form))

    for form in _unique([state.name, *state.names]):
        yield entry("state", form)
    for form in _unique([*([state.capital] if state.capital else []), *state.capitals]):
        yield entry("capital", form)
    for seat in state.seats:
        yield entry("seat", seat.name, seat.sector)
    for form in _unique(state.adjectives):
        yield entry("adjective", form)


def _historical(item: Historical, words: Words) -> Iterator[Entry]:
    """Yield a former state's names and adjectives, with the days it existed."""
    since, until = iso(item.since), iso(item.until, last=True)
    kinds: list[tuple[Kind, list[str]]] = [
        ("state", [item.name, *item.names]),
        ("adjective", item.adjectives),
    ]
    for kind, forms in kinds:
        for form in _unique(forms):
            yield Entry(kind, item.code, (), item.name, form, *words.flags(form), since, until)


def _region(region: Region, words: Words) -> Iterator[Entry]:
    """Yield a region's names and adjectives."""
    sector = tuple(region.sector)
    kinds: list[tuple[Kind, list[str]]] = [
        ("region", [region.name, *region.names]),
        ("adjective", region.adjectives),
    ]
    for kind, forms in kinds:
        for form in _unique(forms):
            yield Entry(kind, region.code, sector, region.name, form, *words.flags(form))


def _body(kind: Kind, body: Body, words: Words) -> Iterator[Entry]:
    """Yield the names of an organisation or group."""
    for form in _unique([body.name, *body.names, *body.adjectives]):
        yield Entry(
            kind,
            body.code,
            tuple(body.sector),
            body.name,
            form,
            *words.flags(form),
            iso(body.since),
            iso(body.until, last=True),
            wikidata=body.wikidata,
        )


def _person(person: Person, words: Words) -> Iterator[Entry]:
    """Yield a person's names; a lone surname always needs its capital."""
    offices = tuple(_office(role) for role in person.roles)
    since, until = _span(offices)
    for form in _unique([person.name, *person.names]):
        cased, generic = words.flags(form)
        yield Entry(
            "person",
            person.code,
            tuple(person.sector),
            person.name,
            form,
            cased or " " not in form,
            generic,
            since,
            until,
            offices,
            person.wikidata,
        )


def _actor(actor: Actor, words: Words) -> Iterator[Entry]:
    """Yield an actor's names, each once a reading, in the order of the readings."""
    for form in _unique([actor.name, *actor.names]):
        cased, generic = words.flags(form)
        for reading in actor.codes:
            yield Entry(
                actor.kind,
                reading.code,
                tuple(reading.sector),
                actor.name,
                form,
                cased,
                generic,
                iso(reading.since),
                iso(reading.until, last=True),
                wikidata=actor.wikidata,
            )


def _office(role: Tenure) -> Office:
    """Turn a role of the file into an office."""
    sector = tuple(role.sector or ())
    return Office(role.office, iso(role.since), iso(role.until, last=True), sector)


def _span(offices: tuple[Office, ...]) -> tuple[str | None, str | None]:
    """Return the first and last day of somebody's offices; open ends stay open."""
    starts, ends = [o.since for o in offices], [o.until for o in offices]
    since = None if None in starts else min((s for s in starts if s), default=None)
    until = None if None in ends else max((e for e in ends if e), default=None)
    return since, until
