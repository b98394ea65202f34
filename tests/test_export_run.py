"""An export's choices, its numbers, its files and its codebook; the command and its faults."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from record_files import IRAN, MINISTER, NATIONS, REBELS, event, mention, report, write_record

from dragoman import ontology
from dragoman.actors.knowledge import Knowledge
from dragoman.errors import DataError, InputError
from dragoman.export import ids, run, source
from dragoman.export.choice import Choice
from dragoman.export.ids import Numbers
from dragoman.export.load import cameo_names, layout, maps
from dragoman.export.run import Done, Job, export
from dragoman.export.story import Press, story
from dragoman.export.world import World
from dragoman.record import Entity, Location
from dragoman.store import record as stored
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from pathlib import Path

WORLD = World.load()


def do(tmp_path: Path, events: list[Any], **fields: Any) -> Done:
    """Export some events."""
    record = tmp_path / "r.duckdb"
    if not record.exists():
        write_record(record, events)
    given = {"record": record, "out": tmp_path / "out", "name": "csv"}
    return export(Job(**{**given, **fields}), world=WORLD)


def lines(path: Path) -> list[str]:
    """Return the lines of a file."""
    return path.read_text("utf-8").splitlines()


# -- which events go in ----------------------------------------------------------------


@pytest.mark.parametrize("name", ["polecat", "icews", "gdelt", "gdelt-mentions", "phoenix"])
def test_formats_without_auxiliary_modes_take_plain_dated_events(tmp_path: Path, name: str) -> None:
    events = [event("a1"), event("a2", aux=("negated",)), event("a3", date=None)]
    done = do(tmp_path, events, name=name)
    assert done.tally.events == 1
    assert done.tally.left_out == {
        "future, hypothetical, negated or historical": 1,
        "without a date": 1,
    }
    assert do(tmp_path, events, name=name, aux=True).tally.events == 2


@pytest.mark.parametrize("name", ["plover", "csv", "parquet"])
def test_the_other_formats_take_every_event(tmp_path: Path, name: str) -> None:
    events = [event("a1"), event("a2", aux=("negated",)), event("a3", date=None)]
    assert do(tmp_path, events, name=name).tally.events == 3
    assert do(tmp_path, events, name=name, choice=Choice(plain=True)).tally.events == 2


@pytest.mark.parametrize(
    ("choice", "kept"),
    [
        (Choice(since="2024-03-04"), {"a2", "a3"}),
        (Choice(until="2024-03-04"), {"a1", "a2"}),
        (Choice(since="2024-03-04", until="2024-03-04"), {"a2"}),
        (Choice(min_confidence=0.5), {"a1", "a2", "a4"}),
    ],
)
def test_days_and_confidence(tmp_path: Path, choice: Choice, kept: set[str]) -> None:
    events = [
        event("a1", date="2024-03-03"),
        event("a2", date="2024-03-04"),
        event("a3", date="2024-03-05", confidence=0.4),
        event("a4", date=None),
    ]
    do(tmp_path, events, choice=choice)
    assert {line.split(",")[0] for line in lines(tmp_path / "out")[1:]} == kept


# -- pairs and numbers -------------------------------------------------------------------


def pairs(**fields: Any) -> list[tuple[str | None, str | None]]:
    """Return the codes of an event's pairs."""
    made = story(event("a1", **fields), {}, WORLD.maps.reciprocal)
    return [(p.source and p.source.code, p.target and p.target.code) for p in made.pairs]


def test_every_actor_meets_every_recipient() -> None:
    found = pairs(actor=(IRAN, MINISTER), recipient=(REBELS, NATIONS))
    assert found == [("IRN", "YEM"), ("IRN", "UNO"), ("RUS", "YEM"), ("RUS", "UNO")]


def test_participants_of_a_meeting_are_pairs_both_ways() -> None:
    assert pairs(event=("CONSULT",), actor=(IRAN, MINISTER), recipient=()) == [
        ("IRN", "RUS"),
        ("RUS", "IRN"),
    ]


def test_attackers_without_a_target_do_not_attack_each_other() -> None:
    found = pairs(event=("ASSAULT",), actor=(IRAN, MINISTER), recipient=())
    assert found == [("IRN", None), ("RUS", None)]


def test_an_event_of_nobody_is_one_row() -> None:
    assert pairs(actor=(), recipient=()) == [(None, None)]


def test_numbers_are_distinct_and_the_same_again(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ids.hashed
    monkeypatch.setattr(ids, "hashed", lambda key: plain(key) % 200)  # they meet all the time
    keys = [f"{number:016x}" for number in range(150)]
    first, again = Numbers(), Numbers()
    found = [first.number(key) for key in keys]
    assert len(set(found)) == 150
    assert all(0 < number < 200 for number in found)
    assert found == [again.number(key) for key in keys]
    shorter = Numbers()
    assert [shorter.number(key) for key in keys[:40]] == found[:40]  # what comes later is no matter


def test_numbers_fit_32_bits_with_a_sign() -> None:
    many = Numbers()
    found = {many.number(str(number)) for number in range(20_000)}
    assert len(found) == 20_000
    assert max(found) < 2**31
    assert min(found) > 0


def test_filters_change_no_number(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ids.hashed
    monkeypatch.setattr(ids, "hashed", lambda key: plain(key) % 64)
    events = [event(f"{n:04x}", date=f"2024-03-{n % 28 + 1:02}") for n in range(40)]
    do(tmp_path, events, name="gdelt", out=tmp_path / "all")
    choice = Choice(since="2024-03-15")
    do(tmp_path, events, name="gdelt", choice=choice, out=tmp_path / "late")
    listed = set(lines(tmp_path / "all.ids.csv"))
    late = lines(tmp_path / "late.ids.csv")
    assert 1 < len(late) < len(listed)
    assert set(late) <= listed


# -- what the formats call things ----------------------------------------------------------


def test_maps_cover_every_sector_and_every_cameo_code() -> None:
    known = ontology.load()
    assert set(maps().sectors) == set(known.sectors)
    assert set(maps().groups) == set(Knowledge.load().codes)
    codes = {code if len(code) > 2 else f"{code}0" for code in known.cameo.codes}
    assert set(cameo_names()) == codes
    for quads in maps().quad_of_root.values():
        assert set(quads) == {code[:2] for code in codes}


def test_quad_classes_of_gdelt_and_phoenix_are_their_own() -> None:
    quads = maps().quad_of_root
    assert [quads["gdelt"][root] for root in ("09", "14", "16")] == [2, 3, 4]
    assert [quads["phoenix"][root] for root in ("09", "14", "16")] == [3, 4, 3]


@pytest.mark.parametrize(
    ("code", "fips"),
    [
        ("AUS", "AS"),
        ("AUT", "AU"),
        ("CHN", "CH"),
        ("CHE", "SZ"),
        ("DEU", "GM"),
        ("GBR", "UK"),
        ("RUS", "RS"),
        ("SRB", "RI"),
        ("UKR", "UP"),
        ("ISR", "IS"),
        ("IRQ", "IZ"),
        ("KOS", "KV"),
        ("UNO", None),
        (None, None),
    ],
)
def test_fips_codes(code: str | None, fips: str | None) -> None:
    assert WORLD.fips(code) == fips


def test_every_state_has_a_fips_code() -> None:
    assert {code for code in WORLD.knowledge.states if not WORLD.fips(code)} == set()


@pytest.mark.parametrize(
    ("entity", "code"),
    [
        (IRAN, "IRNGOVMIL"),
        (NATIONS, "IGOUNO"),
        (Entity(code="EUR", sector=("GOV",), entity_text="the bloc"), "IGOEECGOV"),
        (Entity(code="ROU", sector=("JRN",), entity_text="paper"), "ROMMED"),
        (Entity(code="FRA", sector=("MED",), entity_text="doctors"), "FRAHLH"),
        (Entity(code=None, sector=("UNK",), entity_text="men"), ""),
        (None, ""),
    ],
)
def test_cameo_actor_codes(entity: Entity | None, code: str) -> None:
    assert WORLD.actor_code(entity) == code


def test_event_without_a_code_takes_its_types() -> None:
    assert WORLD.cameo(event(cameo=None, mode=("aerial",))).code == "195"
    assert WORLD.cameo(event(cameo=None, event=("AID",), mode=())).code == "070"


def test_us_states_and_countries_without_fips_levels() -> None:
    ohio = Location(extracted_place="Ohio", province="Ohio", country_code="USA", resolution=2)
    bern = Location(extracted_place="Bern", geonameid=2661552, country_code="CHE", resolution=4)
    assert (WORLD.adm1(ohio), WORLD.adm1(bern)) == ("USOH", "SZ")


def test_reports_come_in_the_order_of_publication() -> None:
    press = {
        "r1": Press(id="r1", published="2024-03-06", outlet="B", url="http://x/a;b"),
        "r2": Press(id="r2", published="2024-03-05", outlet="A"),
    }
    made = story(event(mentions=(mention("r1"), mention("r2"), mention("r3"))), press, [])
    assert [each.id for each in made.reports] == ["r2", "r1", "r3"]
    assert made.outlets == ("A", "B")
    assert made.urls == ("http://x/a%3Bb",)
    assert made.published() == ("2024-03-05", "2024-03-06")


# -- reading the record ----------------------------------------------------------------------


def test_pages_are_whole_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PAGE", 3)
    events = [
        event(f"{n:02x}", date=None if n % 5 == 0 else f"2024-01-{n % 7 + 1:02}") for n in range(20)
    ]
    path = write_record(tmp_path / "r.duckdb", events)
    with source.open_source(path) as opened:
        pages = list(opened.pages())
        assert opened.count() == 20
    assert [len(page) for page in pages] == [3] * 6 + [2]
    found = [each for page in pages for each in page]
    keys = [(each.date or "~", each.id) for each in found]
    assert all(one < other for one, other in pairwise(keys))
    by_id = {each.id: each for each in events}
    assert all(each.mentions == by_id[each.id].mentions for each in found)


def test_progress_is_told(tmp_path: Path) -> None:
    path = write_record(tmp_path / "r.duckdb", [event("a1"), event("a2")])
    told: list[tuple[int, int]] = []
    export(Job(record=path, out=tmp_path / "x", name="csv"), lambda *seen: told.append(seen))
    assert told == [(2, 2)]


# -- files ------------------------------------------------------------------------------------


def test_a_failure_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").write_text("the last release", "utf-8")

    def broken(*_: Any) -> list[Any]:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "codebook", broken)
    with pytest.raises(KeyboardInterrupt):
        do(tmp_path, [event()])
    assert (tmp_path / "out").read_text("utf-8") == "the last release"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "r.duckdb"]


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("csv", "gdelt", "parquet"):
        do(tmp_path, [event("a1"), event("a2")], name=name, out=tmp_path / "one")
        do(tmp_path, [], name=name, out=tmp_path / "two")
        assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
        books = [(tmp_path / f"{n}.codebook.md").read_text("utf-8") for n in ("one", "two")]
        assert books[0].replace("one", "two") == books[1].replace("one", "two")


def test_an_empty_record_is_a_header(tmp_path: Path) -> None:
    assert do(tmp_path, [], name="icews").tally.rows == 0
    assert lines(tmp_path / "out") == ["\t".join(c.name for c in layout("icews").columns)]


def test_no_codebook(tmp_path: Path) -> None:
    do(tmp_path, [event()], documented=False)
    assert not (tmp_path / "out.codebook.md").exists()


@pytest.mark.parametrize("out", ["r.duckdb", "no/such/folder/x", "."])
def test_bad_outputs_are_one_line(tmp_path: Path, out: str) -> None:
    with pytest.raises(OutputError) as caught:
        do(tmp_path, [event()], out=tmp_path / out)
    assert len(str(caught.value).splitlines()) == 1
    assert (tmp_path / "r.duckdb").stat().st_size > 0


# -- the codebook -----------------------------------------------------------------------------


def test_codebook_explains_every_column_and_code(tmp_path: Path) -> None:
    events = [event("a1"), event("a2", aux=("future",), actor=(MINISTER, NATIONS))]
    do(tmp_path, events)
    text = (tmp_path / "out.codebook.md").read_text("utf-8")
    for column in layout("csv").columns:
        assert f"| `{column.name}` | {column.type} |" in text
    assert "| `ASSAULT` | deliberate physical violence | 2 |" in text
    assert "| `ASSAULT.aerial` | manned aircraft | 2 |" in text
    assert "| `future` | expected, planned or announced | 1 |" in text
    assert "| `RUS` | Russia | 365 | 365 | 1 | 0 | 0 |" in text
    assert "| `YEM` | Yemen | 679 | 678 | 0 | 2 | 2 |" in text
    assert "| `UNO` | United Nations |  |  | 1 | 0 | 0 |" in text
    assert "| `Herald` | 2 |" in text
    assert "sha256:abc" in text
    assert str(tmp_path) not in text
    assert str(date.today().year) not in text.replace("2024", "")  # noqa: DTZ011


def test_codebook_alone_as_a_web_page_escapes_names(tmp_path: Path) -> None:
    record = tmp_path / "r.duckdb"
    write_record(record, [event()], [report("r1", outlet="<script>alert(1)</script>|`x`")])
    done = do(tmp_path, [], out=tmp_path / "book.html", data=False, name=None)
    text = (tmp_path / "book.html").read_text("utf-8")
    assert done.written == (tmp_path / "book.html",)
    assert text.startswith("<!doctype html>")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    do(tmp_path, [], out=tmp_path / "book.md", data=False, name="polecat")
    assert "`<script>alert(1)</script>\\|'x'`" in (tmp_path / "book.md").read_text("utf-8")


# -- data files and the command -------------------------------------------------------------


def test_faults_of_a_layout_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dragoman.export import load  # noqa: PLC0415

    (tmp_path / "icews.yaml").write_text("title: x\ncolour: red\n", "utf-8")
    monkeypatch.setattr(load, "DATA", tmp_path)
    load.layout.cache_clear()
    try:
        with pytest.raises(DataError) as caught:
            load.layout("icews")
    finally:
        load.layout.cache_clear()
    assert any("colour" in fault for fault in caught.value.faults)
    assert len(caught.value.faults) > 3


def command(*given: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    start = "from dragoman.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", start, "export", *given], capture_output=True, text=True, check=False
    )


def test_command_says_what_it_wrote(tmp_path: Path) -> None:
    record = write_record(tmp_path / "r.duckdb", [event("a1"), event("a2", aux=("future",))])
    done = command(str(record), "--format", "icews", "--out", str(tmp_path / "x.tab"))
    assert done.returncode == 0
    assert "1 events, 1 rows; left out 1 future" in done.stderr
    assert "x.tab.codebook.md" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["--out", "x"], "no --format"),
        (["--out", "x", "--codebook", "--no-codebook"], "leave one out"),
        (["--out", "x", "--format", "csv", "--aux"], "holds auxiliary modes"),
        (["--out", "x", "--format", "icews", "--aux", "--plain-only"], "leave one out"),
        (["--out", "x", "--format", "icews", "--since", "May"], "--since 'May': no date"),
        (["--out", "x", "--format", "icews"], "no such file"),
    ],
)
def test_command_faults_are_one_line(tmp_path: Path, given: list[str], said: str) -> None:
    done = command(str(tmp_path / "none.duckdb"), *given)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_other_files_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text("{}\n", "utf-8")
    with pytest.raises(InputError, match=r"\.duckdb expected"):
        export(Job(record=tmp_path / "r.jsonl", out=tmp_path / "x", name="csv"))
    import duckdb  # noqa: PLC0415

    with duckdb.connect(str(tmp_path / "old.duckdb")) as connection:
        connection.execute("CREATE TABLE other (a INTEGER)")
    with pytest.raises(InputError, match="no record of this version"):
        export(Job(record=tmp_path / "old.duckdb", out=tmp_path / "x", name="csv"))
    assert not (tmp_path / "x").exists()
