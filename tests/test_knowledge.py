"""The knowledge base of actors: its data, its look-ups, and its faults."""

from __future__ import annotations

import gc
import time
from datetime import date
from typing import TYPE_CHECKING

import pycountry
import pytest

from dragoman.actors import Entry, Knowledge, fold
from dragoman.actors.roles import plurals
from dragoman.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return Knowledge.load()


def readings(known: Knowledge, text: str) -> list[Entry]:
    """Return what a text may stand for, its case respected."""
    return [entry for entry in known.lookup(text) if entry.matches(text)]


def test_every_state_of_iso_is_a_state_or_folded_into_one(known: Knowledge) -> None:
    left_out = {c.alpha_3 for c in pycountry.countries if not known.state_of(c.alpha_3)}
    assert left_out == {"ATA"}
    assert {"KOS", "PSE", "HKG", "TWN"} <= set(known.states)
    assert known.state_of("PR") is None
    assert known.state_of("PRI") == "USA"
    assert known.state_of("XK") == "KOS"


def test_every_state_has_adjectives_and_nearly_every_one_a_capital(known: Knowledge) -> None:
    assert all(state.adjectives for state in known.states.values())
    without = {code for code, state in known.states.items() if not state.capital}
    assert without == {"HKG", "SGP", "SMR", "VAT"}


def test_numbers_are_unique(known: Knowledge) -> None:
    for system in ("cow", "gw", "iso2"):
        numbers = [n for s in known.states.values() if (n := getattr(s, system)) is not None]
        assert len(numbers) == len(set(numbers)), system
    assert (known.cow("YEM"), known.gw("YEM")) == (679, 678)
    assert known.iso("FRA") == "FR"
    assert known.names("GBR")[0] == "United Kingdom"
    assert known.name("UNO") == "United Nations"


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("Russia", "state", "RUS"),
        ("U.S.", "state", "USA"),
        ("DPRK", "state", "PRK"),
        ("Burma", "state", "MMR"),
        ("Côte d’Ivoire", "state", "CIV"),
        ("Soviet Union", "state", "RUS"),
        ("Moscow", "capital", "RUS"),
        ("Kremlin", "seat", "RUS"),
        ("Frenchmen", "adjective", "FRA"),
        ("Palestinians", "adjective", "PSE"),
        ("Transnistria", "region", "MDA"),
        ("Falkland Islands", "region", "GBR"),
        ("Gaza Strip", "region", "PSE"),
        ("UNHCR", "organisation", "UNO"),
        ("European Union", "organisation", "EUR"),
        ("Reuters", "organisation", "GBR"),
        ("Hezbollah", "group", "LBN"),
        ("al-Qaeda", "group", "IMG"),
        ("Wagner Group", "group", "RUS"),
        ("Mohammad Bagheri", "person", "IRN"),
        ("Erdoğan", "person", "TUR"),
        ("Erdogan", "person", "TUR"),
    ],
)
def test_name_is_found(known: Knowledge, text: str, kind: str, code: str) -> None:
    first = readings(known, text)[0]
    assert (first.kind, first.code) == (kind, code)


@pytest.mark.parametrize(
    "word", ["us", "turkey", "polish", "china", "is", "who", "pole", "begin", "diet", "solidarity"]
)
def test_common_word_is_no_name(known: Knowledge, word: str) -> None:
    assert known.lookup(word)
    assert not readings(known, word)


def test_capitals_of_a_headline_still_match(known: Knowledge) -> None:
    assert readings(known, "TURKEY")[0].code == "TUR"


def test_shared_name_has_every_reading(known: Knowledge) -> None:
    assert [entry.code for entry in readings(known, "Georgia")] == ["GEO", "USA"]
    assert [entry.code for entry in readings(known, "Congolese")] == ["COD", "COG"]
    assert readings(known, "Labour Party")[0].generic


def test_breakaway_entities_are_marked(known: Knowledge) -> None:
    claimed = {e.code for found in known.phrases.values() for e in found if "PRE" in e.sector}
    assert claimed == {"GEO", "UKR", "AZE", "CYP", "MDA", "SOM", "MAR"}


def test_office_depends_on_the_day(known: Knowledge) -> None:
    putin = known.lookup("Vladimir Putin")[0]
    assert putin.office_on("2010-06-01") == "Prime Minister of Russia"
    assert putin.office_on(date(2015, 1, 1)) == "President of Russia"
    assert putin.office_on(None) == "President of Russia"
    assert putin.office_on("1990-01-01") is None


def test_sector_follows_the_office(known: Knowledge) -> None:
    gorbachev = known.lookup("Gorbachev")[0]
    assert gorbachev.sector_on("1990-06-01") == ("GOV",)
    assert gorbachev.sector_on("1995-06-01") == ("ELI",)
    assert gorbachev.sector_on(None) == ("GOV",)
    lula = known.lookup("Lula da Silva")[0]
    assert lula.sector_on("2015-06-01") == ("ELI",)
    assert lula.sector_on("2024-06-01") == ("GOV",)
    assert known.lookup("Robert Mugabe")[0].holds_on("2001-01-01")


def test_day_tells_namesakes_apart(known: Knowledge) -> None:
    names = [e.name for e in known.lookup("Bush") if e.holds_on("2003-03-20")]
    assert names == ["George W. Bush"]


@pytest.mark.parametrize(
    ("word", "sector", "title"),
    [
        ("foreign minister", "GOV", True),
        ("prime ministers", "GOV", True),
        ("secretaries-general", "GOV", True),
        ("attorneys general", "GOV", True),
        ("officials", "GOV", False),
        ("senior officials", "GOV", False),
        ("Maj. Gen.", "MIL", True),
        ("chiefs of staff", "MIL", True),
        ("troops", "MIL", False),
        ("warships", "MIL", False),
        ("policemen", "COP", False),
        ("judges", "JUD", True),
        ("senators", "LEG", True),
        ("rebels", "REB", False),
        ("gunmen", "UAF", False),
        ("militiamen", "PRM", False),
        ("farmers", "AGR", False),
        ("clergymen", "REL", True),
        ("villagers", "CVL", False),
        ("refugees", "REF", False),
        ("former president", "ELI", True),
        ("ousted prime minister", "ELI", True),
        ("ex-generals", "ELI", True),
    ],
)
def test_role(known: Knowledge, word: str, sector: str, *, title: bool) -> None:
    role = known.role(word)
    assert role is not None
    assert (role.sector[0], role.is_title) == (sector, title)


def test_role_that_implies_no_sector(known: Knowledge) -> None:
    for word in ("Mr.", "countries"):
        role = known.role(word)
        assert role is not None
        assert role.sector == ()
    assert known.role("table") is None


def test_diplomats_belong_to_the_sender(known: Knowledge) -> None:
    for word in ("ambassador", "special envoys", "consuls general", "delegation"):
        role = known.role(word)
        assert role is not None
        assert role.sends


def test_every_sector_of_the_manual_has_words(known: Knowledge) -> None:
    used = {sector for role in known.roles.words.values() for sector in role.sector}
    assert used == set(known.sectors) - {"PRE"}


def test_plurals() -> None:
    assert "chiefs of staff" in plurals("chief of staff")
    assert "commanders-in-chief" in plurals("commander-in-chief")
    assert plurals("gunman") >= {"gunmen"}
    assert "brigadier generals" in plurals("brigadier general")


def test_fold() -> None:
    assert fold("  Côte  d’Ivoire ") == "cote d'ivoire"


def test_enough_of_everything(known: Knowledge) -> None:
    names = {(e.kind, e.name) for found in known.phrases.values() for e in found}
    counts = {kind: sum(1 for k, _ in names if k == kind) for kind, _ in names}
    assert counts["group"] >= 150
    assert counts["person"] >= 250


def test_loads_quickly() -> None:
    times = []
    gc.disable()  # as a start does
    try:
        for _ in range(5):
            start = time.process_time()
            Knowledge.load()
            times.append(time.process_time() - start)
    finally:
        gc.enable()
    assert min(times) < 0.3


def test_own_file_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(
        "people:\n"
        "- {code: NOR, name: Kari Nordmann, names: [Putin], sector: [GOV],\n"
        "   roles: [Mayor of Oslo 2019..2023-06-30]}\n",
        encoding="utf-8",
    )
    for extra in (own, tmp_path):
        found = Knowledge.load(extra).lookup("Putin")
        assert [entry.code for entry in found] == ["NOR", "RUS"]
        assert (found[0].since, found[0].until) == ("2019-01-01", "2023-06-30")


def test_own_role_word_comes_first(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("roles:\n- {sector: [PRM], agents: [soldier]}\n", encoding="utf-8")
    role = Knowledge.load(own).role("soldiers")
    assert role is not None
    assert role.sector == ("PRM",)


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        "groups:\n"
        "- {code: XXX, name: Nowhere Front, sector: [REB]}\n"
        "- {code: NOR, name: Odd Front, sector: [ODD], from: 2001, until: 1999}\n"
        "roles:\n"
        "- {sector: [GOV], agents: [oarsman]}\n"
        "- {sector: [LAB], agents: [oarsman]}\n",
        encoding="utf-8",
    )
    (tmp_path / "b.yaml").write_text("states:\n- {code: NO, nmae: Norway}\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text("people: []\npeople: []\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        Knowledge.load(tmp_path)
    text = str(caught.value)
    for part in ("XXX", "ODD", "1999", "oarsman", "nmae", "adjectives", "c.yaml", "twice"):
        assert part in text
    assert len(caught.value.faults) == len(text.splitlines())


def test_impossible_day_is_a_fault(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("groups:\n- {name: Some Front, from: 2001-13-40}\n", encoding="utf-8")
    with pytest.raises(DataError, match="Some Front"):
        Knowledge.load(own)


def test_missing_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such file"):
        Knowledge.load(tmp_path / "none.yaml")
