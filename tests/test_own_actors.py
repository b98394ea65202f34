"""Users' own dictionaries: readers, merging, conflicts, and the commands over them."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from dragoman.actors import Knowledge
from dragoman.actors.codes import Codes
from dragoman.actors.conflicts import conflicts
from dragoman.actors.converted import Converted
from dragoman.actors.knowledge import DATA
from dragoman.actors.own import Options, convert, merge, read_own, write
from dragoman.actors.restrictions import day, reading
from dragoman.actors.schema import Actor, ActorsFile
from dragoman.actors.tabari import looks_like, read_dictionary
from dragoman.actors.wikidata import read_result
from dragoman.actors.written import as_yaml
from dragoman.cli.actors import actors as app
from dragoman.errors import DataError, InputError
from dragoman.yamlfile import read_yaml

OLD = """\
<!-- a dictionary of the northern council,
     kept since 1994 -->
KARI_NORDMANN_ [NORGOV 850101-941231][NORELI >941231]  ; mayor, then nothing
+FRU_NORDMANN_
+K._NORDMANN
FJORD_GUARD   # once an army
\t[NORMIL <900101]
\t[NORREB 900101-20030409]
\t[NORCVL]
"""
AGENTS = """\
!PERSON! = MAN, WOMAN
OAR!PERSON! [~LAB]
LAMPLIGHTER [~LAB]
FISHERFOLK {} [~AGR]
HERDSGOOSE {HERDSGEESE} [~AGR]
SOLDIER [~MIL]
HEALER [~HLH]
"""


@pytest.fixture(scope="module")
def base() -> Knowledge:
    return Knowledge.load()


@pytest.fixture(scope="module")
def codes(base: Knowledge) -> Codes:
    return Codes(base)


def spans(actor: Actor) -> list[tuple[str | None, list[str], str | None, str | None]]:
    return [(r.code, r.sector, r.since, r.until) for r in actor.codes]


# -- codes and days ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "sector"),
    [
        ("NOR", "NOR", ()),
        ("IRQGOVMIL", "IRQ", ("GOV", "MIL")),
        ("GRLGOV", "DNK", ("GOV",)),
        ("ROMGOV", "ROU", ("GOV",)),
        ("IGOUNO", "UNO", ()),
        ("IGOEUREEC", "EUR", ()),
        ("NGOHRI", "NGO", ("SOC",)),
        ("MNCBUS", "MNC", ("BUS",)),
        ("IMGSEP", "IMG", ("REB",)),
        ("USAMNC", "USA", ("BUS",)),
        ("SOMINS", "SOM", ("REB",)),
        ("DEUMED", "DEU", ("JRN",)),
        ("DEUHLH", "DEU", ("MED",)),
        ("PSEREBRAD", "PSE", ("REB",)),
        ("---COP", None, ("COP",)),
        ("~GOV", None, ("GOV",)),
        ("UAF", None, ("UAF",)),
    ],
)
def test_compound_codes(codes: Codes, text: str, code: str | None, sector: tuple[str, ...]) -> None:
    found = codes.split(text)
    assert (found.code, found.sector, found.unknown) == (code, sector, ())


def test_role_codes_of_plover(base: Knowledge) -> None:
    assert Codes(base, "plover").split("DEUMED").sector == ("MED",)


def test_every_sector_has_a_role_code(base: Knowledge, codes: Codes) -> None:
    assert set(codes.roles.values()) <= set(base.sectors)
    assert set(Codes(base, "plover").roles.values()) == set(base.sectors)
    assert set(codes.table.countries.values()) <= set(base.states)
    assert {w.code for w in codes.table.world.values()} <= set(base.codes)


def test_unknown_part_is_said(codes: Codes) -> None:
    assert codes.split("NORQQQ").unknown == ("QQQ",)
    for wrong in ("NO", "NORGO", "norgov", "QQQ", "---", ""):
        with pytest.raises(ValueError, match="code"):
            codes.split(wrong)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("NORGOV", None, None),
        ("NORGOV 930101-010120", "1993-01-01", "2001-01-20"),
        ("NORGOV 930101 - 010120", "1993-01-01", "2001-01-20"),
        ("NORGOV <900101", None, "1989-12-31"),
        ("NORGOV >010120", "2001-01-21", None),
        ("NORGOV>010120", "2001-01-21", None),
        ("NORGOV (<900101)", None, "1989-12-31"),
        ("NORGOV 19930101-20010120", "1993-01-01", "2001-01-20"),
        ("NORGOV 1993-2001", "1993-01-01", "2001-12-31"),
        ("NORGOV 930000-960200", "1993-01-01", "1996-02-29"),
    ],
)
def test_restrictions(codes: Codes, text: str, since: str | None, until: str | None) -> None:
    found, unknown = reading(text, codes)
    assert (found.since, found.until, unknown) == (since, until, ())


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---", "passed over"),
        ("NOR/SWE", "one entry for each"),
        ("NORGOV 990231-000101", "no such day"),
        ("NORGOV 010101-990101", "before it begins"),
        ("NORGOV 9901-0001-2", "expected"),
        ("NORGOV <99", "no day"),
    ],
)
def test_restriction_that_cannot_be_read(codes: Codes, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        reading(text, codes)


def test_years_of_two_digits() -> None:
    assert str(day("291231")) == "2029-12-31"
    assert str(day("300101")) == "1930-01-01"


# -- dictionaries --------------------------------------------------------------------------


def test_actors_are_read(codes: Codes) -> None:
    assert looks_like(OLD)
    found = read_dictionary(OLD, codes)
    kari, guard = found.actors
    assert not found.skipped
    assert (kari.name, kari.names, kari.kind) == (
        "Kari Nordmann",
        ["Fru Nordmann", "K. Nordmann"],
        "person",
    )
    assert spans(kari) == [
        ("NOR", ["GOV"], "1985-01-01", "1994-12-31"),
        ("NOR", ["ELI"], "1995-01-01", None),
    ]
    assert spans(guard) == [
        ("NOR", ["MIL"], None, "1989-12-31"),
        ("NOR", ["REB"], "1990-01-01", "2003-04-09"),
        ("NOR", ["CVL"], None, None),
    ]


def test_code_without_days_comes_last(codes: Codes) -> None:
    (actor,) = read_dictionary("FJORD_GUARD [NORCVL][NORMIL <900101]\n", codes).actors
    assert [r.sector for r in actor.codes] == [["MIL"], ["CVL"]]


def test_bare_country_known_alike_is_left_out(codes: Codes) -> None:
    found = read_dictionary("NORWAY_ [NOR]\n+NORWEGIAN_\nNORTHLAND [NOR]\n", codes)
    assert (found.read, found.known) == (2, 1)
    assert [(a.name, a.kind) for a in found.actors] == [("Northland", "state")]


def test_spelling_of_the_base_is_kept(codes: Codes) -> None:
    found = read_dictionary("UNHCR_ [NORGOV]\nOLA_NORDMANN-BERG [NORGOV]\n", codes)
    assert [a.name for a in found.actors] == ["UNHCR", "Ola Nordmann-Berg"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("A_NAME [NOR\n", 1, "close every bracket"),
        ("\n+A_SYNONYM\n", 2, "no entry above"),
        ("NO_CODE\n", 1, "has no code"),
        ("A_NAME [NORGOV]\n+OTHER [SWE]\n", 2, "codes of its own"),
        ("A_NAME [NORGOV]\n[NORQ]\n", 2, "three capital letters"),
        ("A_NAME [NORQQQ]\n", 1, "QQQ is unknown"),
        ("A*NAME [NORGOV]\n", 1, "no plain name"),
        ("!X!_NAME [NORGOV]\n", 1, "is no set"),
        ("<!-- two\nlines -->\nNOBODY_ [###]\n", 3, "passed over"),
    ],
)
def test_line_that_is_left_out_is_said(codes: Codes, text: str, line: int, said: str) -> None:
    (skipped,) = read_dictionary(text, codes).skipped
    assert skipped.line == line
    assert said in skipped.reason


def test_agents_are_role_words(codes: Codes) -> None:
    found = read_dictionary(AGENTS, codes)
    words = {tuple(g.sector): g for g in found.roles}
    assert words["LAB",].agents == ["lamplighter"]
    assert words["LAB",].collective == ["oarman", "oarwoman"]
    assert words["AGR",].collective == ["fisherfolk", "herdsgoose", "herdsgeese"]
    assert words["MED",].agents == ["healer"]
    assert found.known == 1  # soldiers are MIL already


def test_plurals_are_made_where_none_is_given(codes: Codes, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    write(own, read_dictionary(AGENTS, codes).file)
    known = Knowledge.load(own)
    for word in ("lamplighters", "herdsgeese", "fisherfolk", "oarwoman", "healers"):
        assert known.role(word), word
    for word in ("fisherfolks", "herdsgooses", "oarmans"):
        assert not known.role(word), word


@given(st.text(alphabet="AB_+[]{}<>-!~#;:= 0179GOVNR\n", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_the_reader(text: str) -> None:
    found = read_dictionary(text, Codes(_BASE))
    assert ActorsFile.model_validate(read_back(found.file)) is not None


_BASE = Knowledge.load()


def read_back(file: ActorsFile) -> object:
    """Return a file as YAML would give it."""
    return json.loads(json.dumps(file.model_dump(by_alias=True)))


# -- Wikidata ------------------------------------------------------------------------------

ROWS = [
    {
        "item": "http://www.wikidata.org/entity/Q999990001",
        "itemLabel": "Kari Nordmann",
        "itemAltLabel": "Kari N. Nordmann, Frau Nordmann",
        "countryLabel": "Norway",
        "positionLabel": "Minister of Foreign Affairs",
        "start": "2013-10-16T00:00:00Z",
        "end": "2017-10-20T00:00:00Z",
    },
    {
        "item": "http://www.wikidata.org/entity/Q999990001",
        "itemLabel": "Kari Nordmann",
        "itemAltLabel": "",
        "countryLabel": "Norway",
        "positionLabel": "member of the Storting",
        "start": "2017-10-21T00:00:00Z",
        "end": "",
    },
]


def as_csv() -> str:
    rows = [list(ROWS[0]), *(list(row.values()) for row in ROWS)]
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)


def as_results() -> str:
    bindings = [
        {k: {"type": "uri" if k == "item" else "literal", "value": v} for k, v in r.items() if v}
        for r in ROWS
    ]
    return json.dumps({"head": {"vars": list(ROWS[0])}, "results": {"bindings": bindings}})


def as_tsv() -> str:
    head = "\t".join(f"?{name}" for name in ROWS[0])
    rows = [
        "\t".join(
            f"<{v}>" if v.startswith("http") else f'"{v}"@en' if v else "" for v in r.values()
        )
        for r in ROWS
    ]
    return "\n".join([head, *rows])


@pytest.mark.parametrize("text", [as_csv(), json.dumps(ROWS), as_results(), as_tsv()])
def test_results_of_a_query(base: Knowledge, text: str) -> None:
    found = read_result(text, base)
    (person,) = found.people
    assert (person.code, person.sector, person.wikidata) == ("NOR", ["GOV"], "Q999990001")
    assert person.names == ["Kari N. Nordmann", "Frau Nordmann"]
    assert [(r.office, r.since, r.until) for r in person.roles] == [
        ("Minister of Foreign Affairs", "2013-10-16", "2017-10-20"),
        ("member of the Storting", "2017-10-21", None),
    ]


def test_bodies_of_a_query(base: Knowledge) -> None:
    text = "item,itemLabel,countryCode,sector,start\nQ999990002,Fjord Watch,NO,SOC,1999-02-01\n"
    (actor,) = read_result(text, base).actors
    assert (actor.name, actor.kind, actor.wikidata) == ("Fjord Watch", "organisation", "Q999990002")
    assert spans(actor) == [("NOR", ["SOC"], "1999-02-01", None)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nothing,Ola,Norway,mayor,,", "Q number"),
        ("Q5000001,Q5000001,Norway,mayor,,", "no name"),
        ("Q5000001,Ola,Nowhere,mayor,,", "countryCode"),
        ("Q5000001,Ola,Norway,keeper of lamps,,", "--sector"),
        ("Q5000001,Ola,Norway,mayor,2001-01-01,1999-01-01", "before it begins"),
        ("Q5000001,Ola,Norway,mayor,yesterday,", "YYYY-MM-DD"),
    ],
)
def test_row_that_is_left_out_is_said(base: Knowledge, row: str, said: str) -> None:
    text = f"item,itemLabel,countryLabel,positionLabel,start,end\n{row}\n"
    (skipped,) = read_result(text, base).skipped
    assert skipped.line == 2
    assert said in skipped.reason


CELLS = st.text(alphabet='Q12,;"\t\r\n?<>{}[]:-T NORaé\x00', max_size=40)


@given(st.lists(CELLS, max_size=4), CELLS)
@settings(max_examples=150, deadline=None)
def test_no_table_breaks_the_reader(cells: list[str], rest: str) -> None:
    for text in (",".join(cells) + rest, "item,itemLabel,iso3,start\n" + ",".join(cells) + rest):
        try:
            found = read_result(text, _BASE, sector=("GOV",))
        except InputError:
            continue
        assert ActorsFile.model_validate(read_back(found.file)) is not None


def test_cell_that_is_too_large_is_said(base: Knowledge) -> None:
    text = f"item,itemLabel,iso3,positionLabel\nQ5000001,Ola,NOR,mayor{'r' * 200_000}\n"
    before = csv.field_size_limit(131_072)  # other readers raise this limit of the whole process
    try:
        with pytest.raises(InputError, match="line 2: field larger"):
            read_result(text, base)
    finally:
        csv.field_size_limit(before)


def test_sector_can_be_given(base: Knowledge) -> None:
    text = "item,itemLabel,iso3,positionLabel\nQ5000001,Ola,NOR,keeper of lamps\n"
    (person,) = read_result(text, base, sector=("LAB",)).people
    assert person.sector == ["LAB"]


def test_table_without_items_is_no_result(base: Knowledge) -> None:
    for text in ("name,office\nOla,mayor\n", '{"a": 1}', "[1]", ""):
        with pytest.raises(InputError):
            read_result(text, base)


# -- the user's own file -------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_written_file_reads_the_same(path: Path, tmp_path: Path) -> None:
    file = ActorsFile.model_validate(read_yaml(path))
    copy = tmp_path / "copy.yaml"
    copy.write_text(as_yaml(file), encoding="utf-8")
    assert ActorsFile.model_validate(read_yaml(copy)) == file


def test_merging_replaces_what_has_the_same_name(codes: Codes) -> None:
    first = merge(ActorsFile(), read_dictionary(OLD, codes))
    assert (first.added, first.replaced) == (2, ())
    again = merge(first.file, read_dictionary(OLD, codes))
    assert (again.added, again.replaced, again.file) == (0, (), first.file)
    other = merge(first.file, read_dictionary("FJORD_GUARD [SWEMIL]\n", codes))
    assert (other.added, other.replaced) == (0, ("Fjord Guard",))
    assert [spans(a) for a in other.file.actors if a.name == "Fjord Guard"] == [
        [("SWE", ["MIL"], None, None)]
    ]


def test_role_words_of_two_dictionaries(codes: Codes, tmp_path: Path) -> None:
    own = ActorsFile()
    for text in (AGENTS, "LAMPLIGHTER [~CVL]\n"):
        own = merge(own, read_dictionary(text, codes)).file
    write(tmp_path / "own.yaml", own)
    role = Knowledge.load(tmp_path / "own.yaml").role("lamplighters")
    assert role is not None
    assert role.sector == ("CVL",)


def test_conflicts_are_those_of_the_same_days(base: Knowledge, codes: Codes) -> None:
    def found(code: str) -> list[str]:
        file = read_dictionary(f"TONY_BLAIR_ [{code}]\n", codes).file
        return [c.name for c in conflicts(file, base)]

    assert found("GBRREB 980101-990101") == ["Tony Blair"]
    assert found("FRAGOV") == ["Tony Blair"]
    assert found("GBRGOV 980101-990101") == []
    assert found("GBROPP 950101-970101") == []
    assert found("GBROPP 900101-920101") == []


def test_own_reading_comes_first_on_its_days(tmp_path: Path, codes: Codes) -> None:
    own = tmp_path / "own.yaml"
    write(own, read_dictionary("TONY_BLAIR_ [GBROPP 940721-970501]\n", codes).file)
    known = Knowledge.load(own)
    assert known.lookup("Tony Blair", "1995-01-01")[0].sector == ("OPP",)
    assert known.lookup("Tony Blair", "2000-01-01")[0].sector == ("GOV",)


def test_comments_at_the_top_stay(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("# mine\n\nactors:\n- {name: Fjord Guard, codes: 'NOR [MIL]'}\n", "utf-8")
    write(own, read_own(own))
    assert own.read_text("utf-8").startswith("# mine\n\nactors:")


def test_old_encodings(tmp_path: Path, base: Knowledge) -> None:
    old = tmp_path / "old.actors"
    old.write_bytes("JØRGEN_ÅS [NORGOV]\n".encode("cp1252"))
    assert [a.name for a in convert(old, base, Options()).actors] == ["Jørgen Ås"]


# -- commands ------------------------------------------------------------------------------


def run(*arguments: str) -> str:
    """Run a command and return what it printed."""
    result = CliRunner().invoke(app, list(arguments))
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_add_then_show(tmp_path: Path) -> None:
    old, own = tmp_path / "old.actors", tmp_path / "own.yaml"
    old.write_text(OLD + "NOBODY [---]\nTONY_BLAIR_ [FRAGOV]\n", "utf-8")
    said = run("add", str(old), "--to", str(own), "--dry-run")
    assert "3 actors" in said
    assert "line 10" in said
    assert "conflict: Tony Blair" in said
    assert not own.exists()
    run("add", str(old), "--to", str(own))
    shown = run("show", "fru nordmann", "--actors", str(own), "--on", "1990-05-01")
    assert "NOR GOV" in shown.splitlines()[0]
    assert "yours" in shown
    listed = run("list", "--actors", str(own), "--code", "NOR", "--on", "1996-01-01")
    assert "Fjord Guard: NOR REB" in listed
    assert "no faults" in run("check", str(own))


def test_check_reports_every_fault(tmp_path: Path) -> None:
    old, own = tmp_path / "old.actors", tmp_path / "own.yaml"
    old.write_text("NOBODY [---]\nA_B [NORGOV 990231-000101]\n", "utf-8")
    own.write_text("actors:\n- {name: A B, codes: '[GOV] 2001..1999'}\n- {nmae: C}\n", "utf-8")
    with pytest.raises(DataError) as caught:
        run("check", str(old), str(own))
    for part in ("line 1", "line 2", "nmae"):
        assert part in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "nothing.txt", "--to", "own.yaml"), "cannot be read"),
        (("add", "nothing.txt", "--to", "own.db"), "expected a .yaml file"),
        (("show", "Nobody At All"), "not in the base"),
        (("show", "Kabila", "--on", "yesterday"), "--on"),
    ],
)
def test_commands_say_what_is_wrong(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said):
        run(*arguments)


def test_file_of_no_known_kind(tmp_path: Path, base: Knowledge) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("some notes\n", "utf-8")
    with pytest.raises(InputError, match="TABARI"):
        convert(path, base, Options())


def test_sections_that_are_not_merged_are_said(tmp_path: Path, base: Knowledge) -> None:
    path = tmp_path / "bodies.yaml"
    path.write_text("groups:\n- {name: Fjord Guard, code: NOR, sector: REB}\n", "utf-8")
    with pytest.raises(DataError, match="groups"):
        convert(path, base, Options())


def test_counts_are_printed() -> None:
    assert "person" in run("counts")


def test_nothing_read_is_nothing_added() -> None:
    assert merge(ActorsFile(), Converted()) == (ActorsFile(), 0, ())


# -- the page ------------------------------------------------------------------------------

PAGE = (Path(__file__).parent.parent / "docs" / "actors.md").read_text("utf-8")


def block(heading: str, number: int = 0) -> str:
    """Return a block of code below a heading of the page."""
    found = re.findall(r"```(?:yaml)?\n(.*?)```", PAGE.split(f"### {heading}\n")[1], re.DOTALL)
    return str(found[number])


def test_own_form_of_the_page_loads(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(block("Our own form"), "utf-8")
    known = Knowledge.load(own)
    assert known.lookup("Kari Nordmann", "2024-01-01")[0].sector_on("2024-01-01") == ("LEG",)
    assert [e.sector for e in known.lookup("Night Watch", "2005-01-01")] == [("REB",), ("MIL",)]
    assert known.lookup("Fjord people")[0].code is None


def test_dictionaries_of_the_page_are_read(codes: Codes) -> None:
    actors = read_dictionary(block("TABARI and PETRARCH"), codes)
    assert [a.name for a in actors.actors] == ["Kari Nordmann", "Fjord Guard"]
    agents = read_dictionary(block("TABARI and PETRARCH", 1), codes)
    assert [g.sector for g in agents.roles] == [["LAB"], ["AGR"]]
    assert not [*actors.skipped, *agents.skipped]


@pytest.mark.parametrize("text", ["NOR GOV", "NOR GOV | A | B | C", "NOR GOV | A | soon"])
def test_short_form_that_cannot_be_read_is_said(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.yaml"
    own.write_text(f"groups:\n- {text}\n", "utf-8")
    with pytest.raises(DataError, match="expected"):
        Knowledge.load(own)
