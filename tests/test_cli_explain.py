"""``dragoman explain`` as it is run, on sentences and on rows of records."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dragoman
from dragoman import cli
from dragoman.errors import InputError
from dragoman.runs import Job, run_code
from dragoman.store.lookup import look_up

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

EXPELLED = "Turkey expelled three Greek diplomats on Friday."
TWO = (
    "Turkish President Ali Demir arrived in Athens on Monday. He met the Greek prime minister."
    " [red]He[/red] threatened Greece \x1b[31mwith war."
)


@pytest.fixture(autouse=True)
def _coder(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dragoman, "load", lambda **_: coder)
    monkeypatch.setenv("COLUMNS", "140")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["dragoman", "explain", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    code = left.value.code
    return code if isinstance(code, int) else 0


@pytest.fixture
def record(tmp_path: Path, coder: Coder, request: pytest.FixtureRequest) -> Path:
    """A record of one report, of the kind and level that the test names."""
    ending, level = request.param
    source = tmp_path / "news.jsonl"
    row = {"id": "r", "text": TWO, "published": "2024-03-05"}
    source.write_text(json.dumps(row) + "\n", "utf-8")
    out = tmp_path / f"out.{ending}"
    run_code(Job(inputs=(str(source),), out=str(out), level=level), lambda _: coder)
    return out


def test_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(monkeypatch, EXPELLED, "--published", "2024-03-05") == 0
    shown = capsys.readouterr().out
    for part in (
        "├ diplomats",
        "nummod",
        "of diplomats",
        "SANCTION/expel",
        "[GRC GOV]",
        "'Greek' stands in the phrase",
        "subj = Turkey",
        "2024-03-01, from 'Friday' against 2024-03-05 (day)",
        "confidence",
        "Nearly",
    ):
        assert part in shown


def test_sentence_without_event(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "It rained.") == 0
    shown = capsys.readouterr().out
    assert "no publication date" in shown
    assert "the gate" in shown or "none: no frame fired" in shown


def test_hostile_text_is_shown_as_text(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert run(monkeypatch, TWO) == 0
    shown = capsys.readouterr().out
    assert "[red]" in shown
    assert "\ufffd[31mwith" in shown
    assert "\x1b[31mwith" not in shown


@pytest.mark.parametrize(
    "record", [("duckdb", "event"), ("jsonl", "event"), ("jsonl", "mention")], indirect=True
)
def test_row_of_a_record(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hit = look_up(record, "r:2")
    assert hit.whole == (record.suffix == ".duckdb")
    assert run(monkeypatch, "r:2", "--record", str(record)) == 0
    shown = capsys.readouterr().out
    assert "prime minister" in shown
    assert "published 2024-03-05" in shown
    if hit.whole:  # who "He" is stands in the sentence before
        assert "Ali Demir" in shown
        assert "← asked for" in shown
    else:
        assert "sentences alone" in shown


@pytest.mark.parametrize("record", [("duckdb", "event"), ("jsonl", "event")], indirect=True)
def test_event_of_a_record(
    record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    item = look_up(record, "r:1")
    events = [item.item.id] if record.suffix == ".jsonl" else _events(record)
    for wanted in events:
        assert run(monkeypatch, wanted, "--record", str(record)) == 0
    assert "Parse" in capsys.readouterr().out


def _events(record: Path) -> list[str]:
    import duckdb  # noqa: PLC0415

    with duckdb.connect(str(record), read_only=True) as connection:
        return [name for (name,) in connection.execute("SELECT id FROM events").fetchall()]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([""], "nothing to explain"),
        ([EXPELLED, "--published", "Friday"], "expected YYYY-MM-DD"),
        ([str(Path(__file__))], "is a file, a sentence was expected"),
        (["r:1", "--record", "missing.duckdb"], "no such file"),
        (["r:1", "--record", "events.parquet"], ".duckdb or .jsonl expected"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(monkeypatch, *arguments) == cli.BAD_INPUT
    told = capsys.readouterr().err
    assert message in told
    assert told.count("\n") == 1


@pytest.mark.parametrize(
    "record", [("duckdb", "event"), ("jsonl", "event"), ("jsonl", "mention")], indirect=True
)
def test_unknown_id(record: Path) -> None:
    with pytest.raises(InputError, match="no event or mention 'nope'"):
        look_up(record, "nope")


def test_line_that_is_no_record(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for line in ('{"id": "nope"}', '["nope"]', '"nope" {', '{"mentions": ["nope"]}'):
        path.write_text(f"{line}\n", "utf-8")
        with pytest.raises(InputError, match="line 1: neither an event nor a mention"):
            look_up(path, "nope")


def test_duckdb_file_of_another_program(tmp_path: Path) -> None:
    import duckdb  # noqa: PLC0415

    path = tmp_path / "x.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE events (name VARCHAR)")
    with pytest.raises(InputError, match="not a record of dragoman code"):
        look_up(path, "nope")
