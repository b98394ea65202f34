"""The standing record: one event however many reports tell of it, in whatever order they come."""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import duckdb
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.record import (
    Attribution,
    Coded,
    DateInfo,
    Entity,
    Evidence,
    Location,
    Mention,
    Report,
    Size,
    Span,
    to_json,
)
from dragoman.store import OutputError, RunNote, check
from dragoman.store.columns import TABLES, columns, to_row
from dragoman.store.duck import DuckSink, connect
from dragoman.store.lookup import look_up
from dragoman.store.record import read_events, read_reports
from dragoman.stories.join import join
from dragoman.stories.settings import joining

ONTOLOGY = ontology.load()
KHARKIV = Location(
    extracted_place="Kharkiv", resolved_place="Kharkiv", lat=50.0, lon=36.2,
    country_code="UKR", city="Kharkiv", resolution=4,
)  # fmt: skip
ODESA = Location(
    extracted_place="Odesa", resolved_place="Odesa", lat=46.5, lon=30.7,
    country_code="UKR", city="Odesa", resolution=4,
)  # fmt: skip
STRIKE = "Russian missiles hit a block of flats in the Saltivka district of Kharkiv"
DRONES = "Drones struck the grain port before dawn"


def told(name: str, published: str, text: str = STRIKE, **changes: Any) -> Coded:
    """Return a report that tells of one event, coded."""
    given: dict[str, Any] = {
        "event": "ASSAULT",
        "actor": (Entity(code="RUS", entity_text="Russia"),),
        "recipient": (Entity(code="UKR", entity_text="Ukraine"),),
        "event_loc": KHARKIV,
        "date": published,
        "outlet": f"Outlet of {name}",
        **changes,
    }
    outlet = given.pop("outlet")
    report = Report(id=name, text=text, published=published, outlet=outlet)
    place = (Span(0, 7, text[:7]),) if given["event_loc"] else ()
    mention = Mention(
        id=f"{name}:0",
        report=name,
        sentence=0,
        segment="body",
        text=text,
        start=0,
        end=len(text),
        frame="assault.strike",
        confidence=0.8,
        evidence=Evidence(trigger=(Span(17, 20, text[17:20]),), event_loc=place),
        **given,
    )
    events = join([mention], [report], ONTOLOGY, "sha256:test")
    return Coded(report=report, sentences=1, parsed=1, words=9, mentions=(mention,), events=events)


def on(day: str) -> dict[str, Any]:
    """Return the fields of a stated date."""
    return {"date": day, "date_info": DateInfo(text="then", start=0, end=4)}


def write(path: Path, *batches: list[Coded]) -> Path:
    """Write batches of reports, a run each."""
    for batch in batches:
        sink = DuckSink(path)
        sink.begin(RunNote(command="code", inputs=("x",)))
        sink.write(batch)
        sink.close(complete=True, counts="{}")
    return path


def lines(path: Path) -> list[bytes]:
    """Return every event of a record as its line of JSON."""
    with connect(path, read_only=True) as connection:
        return [to_json(event) for event in read_events(connection)]


def groups(path: Path) -> set[frozenset[str]]:
    """Return the reports of every event."""
    with connect(path, read_only=True) as connection:
        return {frozenset(m.report for m in e.mentions) for e in read_events(connection)}


MONDAY, TUESDAY, THURSDAY = "2024-02-05", "2024-02-06", "2024-02-08"


def test_two_outlets_tell_of_one_event(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", [told("a", TUESDAY, **on(TUESDAY)), told("b", TUESDAY)])
    assert groups(path) == {frozenset({"a", "b"})}


@pytest.mark.parametrize(
    "other",
    [
        told("b", THURSDAY, "Bombs fell on a printing works in the north", **on(THURSDAY)),
        told("b", TUESDAY, DRONES, event_loc=ODESA, **on(TUESDAY)),
        told("b", TUESDAY, event="ACCUSE", **on(TUESDAY)),
        told("b", TUESDAY, aux=("hypothetical",), **on(TUESDAY)),
        told("b", TUESDAY, **on(TUESDAY) | {
            "actor": (Entity(code="UKR", entity_text="Kyiv"),),
            "recipient": (Entity(code="RUS", entity_text="Moscow"),),
        }),
    ],
    ids=["another day", "another town", "another type", "did not happen", "the other way round"],
)  # fmt: skip
def test_look_alikes_stay_apart(tmp_path: Path, other: Coded) -> None:
    path = write(tmp_path / "r.duckdb", [told("a", TUESDAY, **on(TUESDAY)), other])
    assert groups(path) == {frozenset({"a"}), frozenset({"b"})}


def test_undirected_joins_both_ways_round(tmp_path: Path) -> None:
    turned = {
        "actor": (Entity(code="UKR", entity_text="Kyiv"),),
        "recipient": (Entity(code="RUS", entity_text="Moscow"),),
    }
    reports = [told("a", TUESDAY, **on(TUESDAY)), told("b", TUESDAY, **on(TUESDAY) | turned)]
    path = write(tmp_path / "r.duckdb", reports)
    changed = check.rejoin(path, joining().model_copy(update={"directed": False}))
    assert changed
    assert groups(path) == {frozenset({"a", "b"})}
    assert not check.settings_of(path).directed


def test_report_that_leaves_a_side_open_joins(tmp_path: Path) -> None:
    reports = [told("a", TUESDAY, **on(TUESDAY)), told("b", TUESDAY, actor=(), **on(TUESDAY))]
    assert len(groups(write(tmp_path / "r.duckdb", reports))) == 1


def test_numbers_of_rivals_stand_side_by_side(tmp_path: Path) -> None:
    denied = Attribution(
        source=Entity(code="RUS", entity_text="Moscow"), cue="denied", kind="denial", start=0, end=3
    )
    reports = [
        told("a", TUESDAY, size=Size(dead=7), **on(TUESDAY)),
        told("b", TUESDAY, size=Size(dead=9), **on(TUESDAY)),
        told("c", TUESDAY, aux=("negated",), attribution=denied, **on(TUESDAY)),
    ]
    path = write(tmp_path / "r.duckdb", reports)
    with connect(path, read_only=True) as connection:
        (event,) = read_events(connection)
        versions = connection.execute("SELECT outlet, size_dead_low, kind FROM versions ORDER BY 1")
        assert versions.fetchall() == [
            ("Outlet of a", 7, "fact"), ("Outlet of b", 9, "fact"), ("Outlet of c", None, "denial"),
        ]  # fmt: skip
        query = "SELECT dead_low, dead_high, dead_differ, denied, denied_by FROM disputes"
        assert connection.execute(query).fetchall() == [(7, 9, True, True, ["Moscow"])]
    assert event.size.dead == (7, 9)
    assert event.aux == ()


POOL = [
    told(f"r{n}", day, text, event_loc=place, **(on(stated) if stated else {"date": day}))
    for n, (day, stated, text, place) in enumerate(
        (day, stated, text, place)
        for day in (MONDAY, TUESDAY, THURSDAY)
        for stated in (day, None)
        for text in (STRIKE, DRONES)
        for place in (KHARKIV, ODESA)
    )
]
"""Reports that hang together in every way, so that a step that looks at the order would show."""


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(order=st.permutations(POOL), cuts=st.sets(st.integers(1, len(POOL) - 1), max_size=3))
def test_order_and_batches_decide_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[Coded], cuts: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    edges = [0, *sorted(cuts), len(order)]
    batches = [order[a:b] for a, b in itertools.pairwise(edges)]
    whole, parts = write(folder / "whole.duckdb", POOL), write(folder / "parts.duckdb", *batches)
    assert lines(whole) == lines(parts)
    assert check.faults(parts) == []


def test_a_run_that_was_broken_off_is_joined_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "r.duckdb"
    sink = DuckSink(path)
    sink.write(POOL[:10])
    sink.close(complete=False)
    assert check.state(path).unjoined == 10
    write(path, POOL[10:])
    assert check.state(path).unjoined == 0
    assert lines(path) == lines(write(tmp_path / "whole.duckdb", POOL))


def test_revisions_say_what_was_added_changed_withdrawn(tmp_path: Path) -> None:
    late = told("b", TUESDAY, **on(TUESDAY))
    early = told("a", MONDAY, **on(TUESDAY))
    path = write(tmp_path / "r.duckdb", [late], [told("c", TUESDAY, **on(TUESDAY))], [early])
    found = [(r["run"], r["change"], r["event"], r["became"]) for r in check.revisions(path)]
    first, second = late.events[0].id, early.events[0].id
    assert found == [
        (1, "added", first, None),
        (2, "changed", first, None),
        (3, "added", second, None),
        (3, "withdrawn", first, second),
    ]
    before = json.loads(check.revisions(path, 2)[1]["before"])
    assert before["accounts"] == 2
    assert check.revisions(path, 3) == []


def test_runs_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:2], POOL[2:5])
    found = check.runs(path)
    assert [(r["run"], r["command"], r["reports"]) for r in found] == [
        (1, "code", 2),
        (2, "code", 3),
    ]
    assert all(r["finished"] >= r["started"] for r in found)


def test_reports_come_back_whole(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:3])
    with connect(path, read_only=True) as connection:
        found = read_reports(connection, ["r1", "nowhere"])
    assert found == {"r1": POOL[1].report}


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        ("DELETE FROM events WHERE id = (SELECT min(id) FROM events)", "event that is not there"),
        ("INSERT INTO mentions FROM mentions LIMIT 1", "mention that stands twice"),
        ("DELETE FROM accounts WHERE id = (SELECT min(id) FROM accounts)", "mention in no account"),
        ("UPDATE mentions SET start = start + 1", "not the text at its offsets"),
        ("DELETE FROM reports WHERE id = 'r0'", "mention of no report"),
        ("UPDATE events SET accounts = accounts + 1", "counts its reports wrongly"),
    ],
)
def test_check_finds_damage(tmp_path: Path, damage: str, fault: str) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:6])
    assert check.faults(path) == []
    with connect(path) as connection:
        connection.execute(damage)
    assert any(fault in found.fault for found in check.faults(path))


def test_file_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = write(tmp_path / "old.duckdb", POOL[:8])
    fresh = lines(path)
    with connect(path) as connection:  # back to what version 1 wrote: events of one report each
        connection.execute("CREATE TEMP TABLE kept AS FROM reports")
        for name in ("versions", "disputes", "dyads"):
            connection.execute(f"DROP VIEW {name}")
        for table in (
            "accounts",
            "links",
            "runs",
            "run_reports",
            "revisions",
            "joined_with",
            "record_version",
        ):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("DELETE FROM events")
        for column in ("accounts", "outlets", "first_published", "last_published"):
            connection.execute(f"ALTER TABLE events DROP COLUMN {column}")
        _insert_old(connection, POOL[:8])
    hit = look_up(path, POOL[0].events[0].id)  # an old file is read as it is
    assert hit.whole
    assert check.rejoin(path)
    assert lines(path) == fresh
    assert check.faults(path) == []


def _insert_old(connection: duckdb.DuckDBPyConnection, coded: list[Coded]) -> None:
    """Write events as version 1 did."""
    for event in (event for c in coded for event in c.events):
        row = to_row("events", event)
        names = [c.name for c in columns("events") if c.name in row][:-4]
        marks = ", ".join("?" for _ in names)
        cells = [row[n] for n in names]
        connection.execute(f"INSERT INTO events ({', '.join(names)}) VALUES ({marks})", cells)  # noqa: S608


def test_newer_file_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:2])
    with connect(path) as connection:
        connection.execute("UPDATE record_version SET version = 99")
    with pytest.raises(OutputError, match="version 99"):
        DuckSink(path)


def test_readers_read_together(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:4])
    with connect(path, read_only=True) as one, connect(path, read_only=True) as other:
        assert len(list(read_events(one))) == len(list(read_events(other)))


CHILD = """
import pickle, sys
from pathlib import Path
sys.path.insert(0, {tests!r})
import test_standing as t
from dragoman.store import RunNote
from dragoman.store.duck import DuckSink
sink = DuckSink(Path({path!r}))
sink.begin(RunNote(command="code"))
done = sink.done()
print("open", flush=True)
rest = [c for c in t.POOL if c.report.id not in done]
for start in range(0, len(rest), 2):
    sink.write(rest[start : start + 2])
sink.close(complete=True, counts="{{}}")
print("closed", flush=True)
"""


def test_killed_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path, chance = tmp_path / "killed.duckdb", random.Random(20)  # noqa: S311 - no secret
    code = CHILD.format(tests=str(Path(__file__).parent), path=str(path))
    kills = 0
    for _ in range(20):
        child = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
        assert child.stdout
        assert child.stdout.readline() == "open\n"
        time.sleep(chance.random() * 0.4)
        if child.poll() is None:
            os.kill(child.pid, signal.SIGKILL)
            kills += 1
        child.communicate()
        assert check.faults(path) == []
        if kills and check.state(path).reports == len(POOL):
            path.unlink() if chance.random() < 0.5 else None
    assert kills >= 5
    write(path, [c for c in POOL if c.report.id not in _present(path)])
    whole = write(tmp_path / "whole.duckdb", POOL)
    assert lines(path) == lines(whole)
    assert tables(path) == tables(whole)


def _present(path: Path) -> set[str]:
    """Return the ids of the reports of a record that may not be there."""
    if not path.exists():
        return set()
    with connect(path, read_only=True) as connection:
        return {name for (name,) in connection.execute("SELECT id FROM reports").fetchall()}


def tables(path: Path) -> dict[str, list[Any]]:
    """Return every row of the record's tables, in a fixed order."""
    with connect(path, read_only=True) as connection:
        return {t: connection.execute(f'FROM "{t}" ORDER BY ALL').fetchall() for t in TABLES}


def test_nobody_disagrees_where_nobody_does(tmp_path: Path) -> None:
    putin = (Entity(code="RUS", entity_text="Putin"), Entity(code="RUS", entity_text="Russia"))
    reports = [
        told("a", TUESDAY, size=Size(dead=(3, 5)), **on(TUESDAY)),
        told("b", TUESDAY, actor=putin, **on(TUESDAY)),
    ]
    path = write(tmp_path / "r.duckdb", reports)
    with connect(path, read_only=True) as connection:
        assert connection.execute("FROM disputes").fetchall() == []


def test_first_day_of_all_is_a_day(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", [told("a", "0001-01-01")])
    assert check.state(path).events == 1


def test_a_failed_write_leaves_nothing_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dragoman.store import duck  # noqa: PLC0415

    path, real = tmp_path / "r.duckdb", duck.insert
    sink = DuckSink(path)

    def full(connection: Any, table: str, rows: Any) -> None:
        if table == "events":
            raise duckdb.IOException("no space left")
        real(connection, table, rows)

    monkeypatch.setattr(duck, "insert", full)
    with pytest.raises(OutputError, match="no space left"):
        sink.write(POOL[:2])
    monkeypatch.setattr(duck, "insert", real)
    sink.write(POOL[:2])
    sink.close()
    assert check.faults(path) == []


def test_join_leaves_other_files_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with connect(path) as connection:
        connection.execute("CREATE TABLE mine (x INTEGER)")
    with pytest.raises(InputError, match="no record in it"):
        check.rejoin(path)
    with connect(path) as connection:
        assert [name for (name,) in connection.execute("SHOW TABLES").fetchall()] == ["mine"]


def test_settings_of_writing_cannot_be_changed_later(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:3])
    with pytest.raises(InputError, match="assumed_days"):
        check.rejoin(path, joining().model_copy(update={"assumed_days": 9}))


def test_runs_keep_the_settings_of_a_join(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:3])
    check.rejoin(path, joining().model_copy(update={"window_days": 3}))
    assert json.loads(check.runs(path)[-1]["settings"])["window_days"] == "3"
    assert check.settings_of(path).window_days == 3


def test_settings_are_kept_and_checked(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:4])
    kept = check.settings_of(path)
    assert kept == joining()
    assert msgspec.json.decode(kept.model_dump_json())["window_days"] == kept.window_days
