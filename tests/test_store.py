"""Stores: the same bytes after any interruption, and tables that match their page."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import msgspec
import pyarrow.parquet as pq
import pytest
from fakes import code, stored

from dragoman.record import Attribution, Event, Mention, Report
from dragoman.store import OutputError, open_sink
from dragoman.store import parquet as parquet_store
from dragoman.store.columns import TABLES, columns, from_row, report_from_row, to_row
from dragoman.store.page import record_page

ROOT = Path(__file__).parent.parent
CODED = [
    code(Report(id=f"r{n}", text=f"Envoy {n} said =1+1 in \u2028é\0.", published="2022-07-04"))
    for n in range(20)
]
CASES = ("out.jsonl", "out.parquet", "folder/", "out.duckdb")


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet_store, "REPORTS", 6)


def write(path: str, level: str = "event", stop: int | None = None) -> set[str]:
    """Write what is missing in batches of four; stop as Ctrl-C does after some reports."""
    sink = open_sink(path, level, "m")  # type: ignore[arg-type]
    done = sink.done()
    rest = [c for c in CODED[:stop] if c.report.id not in done]
    for start in range(0, len(rest), 4):
        sink.write(rest[start : start + 4])
    sink.close(complete=stop is None)
    return done


@pytest.mark.parametrize("level", ["event", "mention"])
@pytest.mark.parametrize("name", CASES)
def test_interrupted_is_the_same_as_whole(tmp_path: Path, name: str, level: str) -> None:
    (tmp_path / "whole").mkdir()
    write(f"{tmp_path}/whole/{name}", level)
    assert write(f"{tmp_path}/{name}", level, stop=9) == set()
    assert not (tmp_path / name).is_file() or name == "out.duckdb"
    assert len(write(f"{tmp_path}/{name}", level, stop=15)) >= 6
    assert len(write(f"{tmp_path}/{name}", level)) >= 12
    assert stored(tmp_path / name) == stored(tmp_path / "whole" / name)
    assert not list(tmp_path.glob("*.part*"))


@pytest.mark.parametrize("name", CASES)
def test_killed_is_the_same_as_whole(tmp_path: Path, name: str) -> None:
    (tmp_path / "whole").mkdir()
    write(f"{tmp_path}/whole/{name}")
    script = (
        "import os, signal, sys; import test_store as t\n"
        "from dragoman.store import parquet, open_sink; parquet.REPORTS = 6\n"
        "sink = open_sink(sys.argv[1], 'event', 'm'); sink.done()\n"
        "sink.write(t.CODED[:8]); os.kill(os.getpid(), signal.SIGKILL)"
    )
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    killed = subprocess.run(
        [sys.executable, "-c", script, f"{tmp_path}/{name}"], env=environment, check=False
    )
    assert killed.returncode == -signal.SIGKILL
    assert len(write(f"{tmp_path}/{name}")) >= 6
    assert stored(tmp_path / name) == stored(tmp_path / "whole" / name)


@pytest.mark.parametrize("lost", [1, 40, 700])
@pytest.mark.parametrize("victim", ["out.jsonl.part", "out.jsonl.part.done"])
def test_torn_jsonl_is_cut_to_whole_records(tmp_path: Path, victim: str, lost: int) -> None:
    write(f"{tmp_path}/whole.jsonl")
    write(f"{tmp_path}/out.jsonl", stop=9)
    torn = tmp_path / victim
    torn.write_bytes(torn.read_bytes()[:-lost])
    assert len(write(f"{tmp_path}/out.jsonl")) < 9
    assert stored(tmp_path / "out.jsonl") == stored(tmp_path / "whole.jsonl")


def test_part_left_while_tidying_up_does_not_count(tmp_path: Path) -> None:
    write(f"{tmp_path}/out.parquet", stop=12)
    (tmp_path / "out.parquet.part" / "run.json").unlink()
    (tmp_path / "out.parquet.part" / "00000000.events").unlink()
    assert write(f"{tmp_path}/out.parquet") == set()
    assert pq.read_table(tmp_path / "out.parquet").num_rows == 20


def test_second_run_is_idempotent(tmp_path: Path) -> None:
    for name in CASES:
        write(f"{tmp_path}/{name}")
        before = stored(tmp_path / name)
        write(f"{tmp_path}/{name}")
        assert stored(tmp_path / name) == before


def test_unfinished_output_of_another_run_is_kept(tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.parquet"):
        write(f"{tmp_path}/{name}", stop=9)
        with pytest.raises(OutputError, match="left by a run with level 'event'"):
            open_sink(f"{tmp_path}/{name}", "mention", "m")
        assert len(write(f"{tmp_path}/{name}")) >= 6


def test_duckdb_tells_a_new_text_under_an_old_id(tmp_path: Path) -> None:
    write(f"{tmp_path}/out.duckdb")
    sink = open_sink(f"{tmp_path}/out.duckdb")
    sink.done()
    assert not sink.clashes(CODED[0].report)
    assert sink.clashes(Report(id="r0", text="Another day's text."))
    sink.close()


def test_jsonl_lines_are_the_record(tmp_path: Path) -> None:
    write(f"{tmp_path}/out.jsonl")
    lines = (tmp_path / "out.jsonl").read_bytes().split(b"\n")[:-1]
    assert len(lines) == 20
    assert list(json.loads(lines[0])) == list(Event.__struct_fields__)


def test_an_opinion_of_nobody_named_comes_back() -> None:
    opinion = Attribution(source=None, cue="barbaric", kind="opinion", start=0, end=8)
    mention = msgspec.structs.replace(CODED[0].mentions[0], attribution=opinion)
    assert from_row("mentions", to_row("mentions", mention)) == mention


def test_tables_give_the_record_back(tmp_path: Path) -> None:
    write(f"{tmp_path}/folder/")
    write(f"{tmp_path}/out.duckdb")
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        for table in set(TABLES) - {"events"}:  # which stand across reports in DuckDB alone
            rows = pq.read_table(tmp_path / "folder" / f"{table}.parquet").to_pylist()
            found = connection.execute(f'FROM "{table}"')
            names = [d[0] for d in found.description or ()]
            assert [dict(zip(names, r, strict=True)) for r in found.fetchall()] == rows
            if table == "events":
                assert [from_row("events", r) for r in rows] == [c.events[0] for c in CODED]
            if table == "mentions":
                assert [from_row("mentions", r) for r in rows] == [c.mentions[0] for c in CODED]
            if table == "reports":
                assert [report_from_row(r) for r in rows] == [c.report for c in CODED]


def test_bare_mention_survives_its_row() -> None:
    bare = Mention(
        id="m", report="r", sentence=0, segment="body", text="t", start=0, end=1, frame="f",
        event="AID", confidence=1.0, evidence=CODED[0].mentions[0].evidence,
    )  # fmt: skip
    assert from_row("mentions", to_row("mentions", bare)) == bare


def test_view_of_dyads(tmp_path: Path) -> None:
    write(f"{tmp_path}/out.duckdb")
    with duckdb.connect(f"{tmp_path}/out.duckdb", read_only=True) as connection:
        pairs = connection.execute("SELECT DISTINCT source, target FROM dyads").fetchall()
    assert pairs == [("IRN", None)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.xlsx", "unknown kind of output"),
        ("out", "no ending"),
        ("nowhere/out.jsonl", "no folder"),
        ("broken.duckdb", "cannot be opened as a DuckDB file"),
        ("other.duckdb", "other columns"),
    ],
)
def test_bad_outputs_are_one_line(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"no database" * 1000)
    with duckdb.connect(f"{tmp_path}/other.duckdb") as connection:
        connection.execute("CREATE TABLE events (x INTEGER)")
    with pytest.raises(OutputError, match=message) as caught:
        open_sink(f"{tmp_path}/{name}")
    assert "\n" not in str(caught.value)


def test_every_column_is_documented() -> None:
    for table in TABLES:
        names = [column.name for column in columns(table)]
        assert len(names) == len(set(names))
        assert all(column.doc for column in columns(table))


def test_page_of_the_record_is_current() -> None:
    page = (ROOT / "docs" / "record.md").read_text("utf-8")
    assert page == record_page(), "run: python -m dragoman.store.columns"
