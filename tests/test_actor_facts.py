"""The facts of the shipped base agree with each other, and with lists kept by others."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import pycountry
import pytest

from dragoman.actors import Entry, Knowledge, fold
from dragoman.actors.knowledge import DATA, faults_of, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.actors.schema import ActorsFile

RIVALS = {
    "President of Ivory Coast",  # both took the oath in December 2010
    "President of Madagascar",  # both claimed to have won in 2002
    "President of the Gambia",  # one left two days after the other was sworn in
}
"""Offices that two people held against each other."""
SINGLE = re.compile(
    r"(President|Prime Minister|Chancellor|King|Queen|Emperor|Emir) of .+"
    r"|(Foreign|Defence|Interior|Finance) Minister|Secretary of (State|Defense)"
    r"|(Foreign|Defence|Home) Secretary|Attorney General|Crown Prince"
)
"""Offices that one person holds at a time."""
END = "9999-12-31"


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def files() -> list[ActorsFile]:
    faults: list[str] = []
    found = [file for path in sorted(DATA.glob("*.yaml")) if (file := read_file(path, faults))]
    assert not faults
    return found


def test_shipped_files_have_no_faults(known: Knowledge, files: list[ActorsFile]) -> None:
    assert not [fault for file in files for fault in faults_of(file, known)]


def together(one: Entry, other: Entry) -> bool:
    """Tell whether two readings held for longer than the day of a handover."""
    return any(
        max(since or "", start or "") < min(until or END, end or END)
        for since, until in one.spans
        for start, end in other.spans
    )


def shared_names(known: Knowledge) -> Iterator[str]:
    """Yield names that two actors bear at the same time; one human in two posts is one actor."""
    forms: dict[str, dict[Entry, None]] = defaultdict(dict)
    for found in known.phrases.values():
        for entry in found:
            forms[fold(entry.form)][entry] = None
    for form, entries in forms.items():
        for one, other in combinations(entries, 2):
            same = one.name == other.name and (
                one.code == other.code or one.kind == other.kind == "person"
            )
            if not same and together(one, other):
                yield form
                break


def test_no_two_actors_share_a_name_unless_declared(
    known: Knowledge, files: list[ActorsFile]
) -> None:
    declared = {fold(name) for file in files for name in file.shared}
    assert set(shared_names(known)) == declared


def test_no_two_people_hold_one_office(files: list[ActorsFile]) -> None:
    held: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for file in files:
        for person in file.people:
            for role in person.roles:
                if SINGLE.fullmatch(role.office) and role.office not in RIVALS:
                    span = (role.since or "", role.until or END)
                    held[person.code, role.office].append((*span, person.name))
    for office, spans in held.items():
        for (_, until, one), (since, _, other) in combinations(sorted(spans), 2):
            size = min(len(since), len(until)) if since and until != END else 10  # whole years
            assert until[:size] <= since[:size] or one == other, (office, one, other)


def test_offices_of_a_person_stand_in_the_order_of_time(files: list[ActorsFile]) -> None:
    for file in files:
        for person in file.people:
            days = [role.since or "" for role in person.roles]
            assert days == sorted(days), person.name


def test_readings_of_an_actor_do_not_overlap(files: list[ActorsFile]) -> None:
    for file in files:
        for actor in file.actors:
            spans = sorted((r.since or "", r.until or END) for r in actor.codes)
            assert all(one[1] < other[0] for one, other in combinations(spans, 2)), actor.name


def test_codes_are_those_of_iso(known: Knowledge) -> None:
    for code, state in known.states.items():
        country = pycountry.countries.get(alpha_3=code)
        assert code == "KOS" or (country is not None and country.alpha_2 == state.iso2), code
        assert all(pycountry.countries.get(alpha_3=t) for t in state.territories), code


def test_every_state_has_numbers_but_four(known: Knowledge) -> None:
    without = {code for code, s in known.states.items() if s.cow is None or s.gw is None}
    assert without == {"HKG", "PSE", "VAT"}


def test_no_name_stands_twice_in_an_entry(files: list[ActorsFile]) -> None:
    for file in files:
        for item in (*file.organisations, *file.groups, *file.people, *file.actors):
            names = [item.name, *item.names]
            assert len(names) == len(set(names)), item.name


def test_every_listed_homograph_and_generic_name_is_a_name(
    known: Knowledge, files: list[ActorsFile]
) -> None:
    for file in files:
        names = {fold(n) for n in (*file.homographs, *file.generic)}
        assert not {n for n in names if n not in known.phrases}, "no actor bears these"


@pytest.mark.parametrize(
    ("name", "day", "code", "sector"),
    [
        ("Taliban", "1999-03-01", "AFG", "GOV"),
        ("Taliban", "2010-03-01", "AFG", "REB"),
        ("Taliban", "2023-03-01", "AFG", "GOV"),
        ("RSF", "2024-06-01", "SDN", "REB"),
        ("SPLM", "1995-06-01", "SDN", "REB"),
        ("SPLM", "2015-06-01", "SSD", "PTY"),
        ("Michel Barnier", "2018-06-01", "EUR", "GOV"),
        ("Michel Barnier", "2024-10-01", "FRA", "GOV"),
        ("Ban Ki-moon", "2005-06-01", "KOR", "GOV"),
        ("Ban Ki-moon", "2010-06-01", "UNO", "GOV"),
        ("Hun Manet", "2024-06-01", "KHM", "GOV"),
        ("Keir Starmer", "2022-06-01", "GBR", "OPP"),
    ],
)
def test_a_reading_follows_the_day(
    known: Knowledge, name: str, day: str, code: str, sector: str
) -> None:
    first = next(e for e in known.lookup(name, day) if e.matches(name))
    assert (first.code, first.sector_on(day)[0]) == (code, sector)


def test_party_in_and_out_of_government(known: Knowledge) -> None:
    def sector(day: str) -> tuple[str, ...]:
        return known.lookup("Labour Party", day)[0].sector

    assert sector("1990-01-01") == ("PTY", "OPP")
    assert sector("2000-01-01") == ("PTY", "GOV")
    assert sector("2015-01-01") == ("PTY", "OPP")


def test_wikidata_numbers_are_given_once(known: Knowledge) -> None:
    named = {(e.wikidata, e.name) for found in known.phrases.values() for e in found if e.wikidata}
    assert ("Q7184", "NATO") in named
    assert len(named) == len({number for number, _ in named})
