"""The knowledge base of actors: names to entries, role words to sectors, codes to numbers.

Facts live in ``data/*.yaml``; a user's own file or folder in the same form is read
after them and its entries come first in every answer.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from dragoman.actors.entries import Day, Entry, Words, entries, fold, iso
from dragoman.actors.roles import RUN, Role, RoleTable, role_table
from dragoman.actors.schema import ActorsFile, Body, Dated, Historical, Person, Region, StateEntry
from dragoman.errors import DataError
from dragoman.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

DATA = Path(__file__).parent / "data"
SECTIONS = (
    "states",
    "historical",
    "regions",
    "organisations",
    "groups",
    "people",
    "actors",
)
"""The sections of a file that hold actors."""


@dataclass(frozen=True)
class Knowledge:
    """Everything known of actors; read-only, and safe to share between coders."""

    phrases: Mapping[str, tuple[Entry, ...]]
    """Every name, in lower case (as it is and without accents), to what it may stand for."""
    roles: RoleTable
    """Role words and what they imply; ``roles.words`` holds every form."""
    states: Mapping[str, StateEntry]
    """Code to state."""
    codes: Mapping[str, str]
    """Codes that are no state (UNO, IGO, ...) to what they mean."""
    sectors: Mapping[str, str]
    """Sector codes to what they mean."""
    territories: Mapping[str, str]
    """ISO alpha-2 codes, and alpha-3 codes of dependencies, to the code of their state."""

    @classmethod
    def load(cls, extra: Path | None = None) -> Knowledge:
        """Read the shipped files and, if given, the user's own.

        Args:
            extra: a YAML file, or a folder of ``*.yaml`` files, with the same sections.

        Raises:
            DataError: with every fault of every file.
        """
        faults: list[str] = []
        own = _read_all(_files(extra, faults), faults)
        shipped = _read_all(sorted(DATA.glob("*.yaml")), faults)
        files = {**own, **shipped}
        roles = role_table(own.values(), shipped.values(), faults)
        known = cls(
            _index(files.values()),
            roles,
            {s.code: s for f in reversed(files.values()) for s in f.states},
            {k: v for f in files.values() for k, v in f.codes.items()},
            {k: v for f in files.values() for k, v in f.sectors.items()},
            _territories(s for f in files.values() for s in f.states),
        )
        for path, file in own.items():  # a test looks through the shipped ones
            faults += [f"{path.name}: {fault}" for fault in faults_of(file, known)]
        if faults:
            raise DataError(faults)
        return known

    def lookup(self, phrase: str, on: Day = None) -> list[Entry]:
        """Return what a name may stand for, best first; case and accents do not matter.

        Ask ``Entry.matches`` with the words of the text to tell "Turkey" from "turkey".

        Args:
            phrase: the name.
            on: a day; readings that held on it come first, then those nearest to it. Among
                equals a user's own come first. ``None``: a user's own first.
        """
        key = phrase.lower()
        found = self.phrases.get(key)
        if found is None and (plain := fold(phrase)) != key:
            found = self.phrases.get(plain)
        if found is None:
            return []
        if on is None or len(found) < 2:
            return list(found)
        day = date.fromisoformat(str(on))
        return sorted(found, key=lambda entry: entry.away(day))

    @cached_property
    def openings(self) -> Mapping[str, int]:
        """Return the first letters or digits in a row of every name, and how long such names get.

        What opens no name need not be looked up; nor what is longer, in code points.
        """
        found: dict[str, int] = {}
        for name in self.phrases:
            opening = RUN.search(name)
            if opening is not None:
                run = opening.group()
                found[run] = max(found.get(run, 0), len(name))
        return found

    def role(self, word: str) -> Role | None:
        """Return what a role word implies, singular or plural, or ``None``."""
        return self.roles.find(word)

    def name(self, code: str) -> str | None:
        """Return the English name of a state or the meaning of another code."""
        state = self.states.get(code)
        return state.name if state else self.codes.get(code)

    def names(self, code: str) -> tuple[str, ...]:
        """Return every English name of a state, the canonical one first."""
        state = self.states.get(code)
        return (state.name, *state.names) if state else ()

    def iso(self, code: str) -> str | None:
        """Return the ISO alpha-2 code of a state (XK for Kosovo)."""
        state = self.states.get(code)
        return state.iso2 if state else None

    def cow(self, code: str) -> int | None:
        """Return the Correlates of War number of a state."""
        state = self.states.get(code)
        return state.cow if state else None

    def gw(self, code: str) -> int | None:
        """Return the Gleditsch and Ward number of a state."""
        state = self.states.get(code)
        return state.gw if state else None

    def state_of(self, code: str) -> str | None:
        """Return PLOVER's state for an ISO alpha-2 or alpha-3 code: USA for "PR" and "PRI"."""
        return code if code in self.states else self.territories.get(code)


def _files(extra: Path | None, faults: list[str]) -> list[Path]:
    """Return the user's files."""
    if extra is None:
        return []
    if extra.is_dir():
        return sorted(extra.glob("*.yaml"))
    if not extra.is_file():
        faults.append(f"{extra}: no such file or folder; expected a YAML file of actors")
        return []
    return [extra]


def _read_all(paths: Iterable[Path], faults: list[str]) -> dict[Path, ActorsFile]:
    """Read some files; those with faults are left out."""
    return {path: file for path in paths if (file := read_file(path, faults))}


def read_file(path: Path, faults: list[str]) -> ActorsFile | None:
    """Read one file; note its faults instead of raising."""
    loaded: Any = None
    try:
        loaded = read_yaml(path)
        return ActorsFile.model_validate(loaded)
    except ValidationError as error:  # a ValueError too, so it comes first
        faults += [f"{path.name}: {_place(loaded, e['loc'])}: {e['msg']}" for e in error.errors()]
    except (OSError, ValueError, yaml.YAMLError) as error:
        faults.append(f"{path.name}: cannot be read as YAML: {' '.join(str(error).split())}")
    return None


def _place(loaded: Any, loc: tuple[int | str, ...]) -> str:
    """Name the entry a schema fault stands in by its name, where it has one."""
    parts = [str(part) for part in loc]
    if len(loc) > 1 and isinstance(loc[1], int) and isinstance(loaded, dict):
        entry = loaded[loc[0]][loc[1]]
        name = entry.get("name") or entry.get("code") if isinstance(entry, dict) else None
        parts[1] = str(name or f"entry {loc[1] + 1}")
    return ".".join(parts) or "whole file"


def _index(files: Iterable[ActorsFile]) -> dict[str, tuple[Entry, ...]]:
    """Index every name of some files by its lower-cased and its folded form."""
    files = list(files)
    words = Words(
        frozenset(fold(word) for file in files for word in file.homographs),
        frozenset(fold(word) for file in files for word in file.generic),
    )
    index: dict[str, list[Entry]] = defaultdict(list)
    for file in files:
        for entry in entries(file, words):
            key, plain = entry.form.lower(), fold(entry.form)
            index[key].append(entry)
            if plain != key:
                index[plain].append(entry)
    return {key: _distinct(found) for key, found in index.items()}


def _distinct(found: list[Entry]) -> tuple[Entry, ...]:
    """Drop a spelling that only repeats another of the same actor ("Brasília", "Brasilia")."""
    if len(found) == 1:
        return (found[0],)
    first: dict[tuple[object, ...], Entry] = {}
    for entry in found:
        first.setdefault((entry.kind, entry.code, entry.sector, _alike(entry)), entry)
    return tuple(first.values())


def _alike(entry: Entry) -> tuple[object, ...]:
    """Return what makes two spellings one."""
    return entry.name, entry.cased, entry.since, entry.until


def _territories(states: Iterable[StateEntry]) -> dict[str, str]:
    """Map alpha-2 codes and the codes of dependencies to states."""
    found: dict[str, str] = {}
    for state in states:
        found.update(dict.fromkeys(state.territories, state.code))
        if state.iso2:
            found[state.iso2] = state.code
    return found


def faults_of(file: ActorsFile, known: Knowledge) -> list[str]:
    """List what the schema alone cannot see: unknown codes and sectors, turned-round dates."""
    return [*_repeated(file), *_unknown(file, known), *_backwards(file)]


def _repeated(file: ActorsFile) -> list[str]:
    """List actors that stand twice in one file."""
    seen: set[tuple[str, str]] = set()
    faults = []
    for section in SECTIONS:
        for item in getattr(file, section):
            key = (item.name, getattr(item, "code", None) or "")
            if key in seen:
                faults.append(
                    f"{section}.{item.name}: stands twice for {key[1] or 'one name'};"
                    " join the entries"
                )
            seen.add(key)
    return faults


def _unknown(file: ActorsFile, known: Knowledge) -> list[str]:
    """List country codes and sectors that nothing defines."""
    faults = [
        f"{name}: code {code} is neither a state's nor one of {', '.join(known.codes)}"
        for name, code in _codes(file)
        if code and code not in known.states and code not in known.codes
    ]
    faults += [
        f"{where}: sector {sector} is unknown; expected one of {', '.join(known.sectors)}"
        for where, sector in _sectors(file)
        if known.sectors and sector not in known.sectors
    ]
    return faults


def _codes(file: ActorsFile) -> Iterable[tuple[str, str | None]]:
    """Yield the code of every actor of a file but the states, with the actor's name."""
    actors: list[Historical | Region | Body | Person] = [*file.historical, *file.regions]
    for item in (*actors, *file.organisations, *file.groups, *file.people):
        yield item.name, item.code
    for actor in file.actors:
        yield from ((actor.name, reading.code) for reading in actor.codes)


def _sectors(file: ActorsFile) -> Iterable[tuple[str, str]]:
    """Yield every sector a file uses, with the entry that uses it."""
    for state in file.states:
        yield from ((f"states.{state.name}", seat.sector) for seat in state.seats)
    actors: list[Region | Body | Person] = [*file.regions, *file.organisations, *file.groups]
    for item in (*actors, *file.people):
        yield from ((item.name, sector) for sector in item.sector)
    for group in file.roles:
        yield from (("roles", sector) for sector in group.sector)
    for person in file.people:
        for role in person.roles:
            yield from ((f"{person.name}.{role.office}", sector) for sector in role.sector or ())
    for actor in file.actors:
        yield from ((actor.name, sector) for reading in actor.codes for sector in reading.sector)


def _backwards(file: ActorsFile) -> list[str]:
    """List spans whose end comes before their beginning."""
    dated: list[Historical | Body] = [*file.historical, *file.organisations, *file.groups]
    spans: list[tuple[str, Dated]] = [(item.name, item) for item in dated]
    spans += [(f"{p.name}.{role.office}", role) for p in file.people for role in p.roles]
    spans += [(actor.name, reading) for actor in file.actors for reading in actor.codes]
    return [
        f"{where}: ends ({span.until}) before it begins ({span.since}); mend the dates"
        for where, span in spans
        if (iso(span.since) or "") > (iso(span.until, last=True) or "9999")
    ]
