"""``dragoman store``: what a person is told of a record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from test_standing import POOL, write
from typer.testing import CliRunner

from dragoman.cli import make_app
from dragoman.errors import InputError
from dragoman.store.duck import connect

if TYPE_CHECKING:
    from pathlib import Path

RUN = CliRunner()


def run(*words: str | Path) -> str:
    """Return what a command prints."""
    result = RUN.invoke(make_app(), [str(word) for word in words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_check_says_what_is_there(tmp_path: Path) -> None:
    said = run("store", "check", write(tmp_path / "r.duckdb", POOL[:5]))
    assert "version 3: 5 reports, 5 mentions, 5 accounts" in said
    assert said.endswith("whole\n")


def test_check_of_a_damaged_record_fails(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:5])
    with connect(path) as connection:
        connection.execute("DELETE FROM events")
    result = RUN.invoke(make_app(), ["store", "check", str(path)])
    assert result.exit_code == 1
    assert "event that is not there: 5" in result.output


def test_join_keeps_its_settings(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL)
    joined = run("store", "check", path)
    assert "events made, changed or withdrawn" in run("store", "join", path, "--threshold", "99999")
    apart = run("store", "check", path)
    assert f"{len(POOL)} events" in apart
    assert apart != joined
    assert run("store", "join", path).startswith("0 events")


def test_revisions_are_lines_of_json(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:3], POOL[3:6])
    lines = [json.loads(line) for line in run("store", "revisions", path).splitlines()]
    assert {line["change"] for line in lines} <= {"added", "changed", "withdrawn"}
    out = tmp_path / "changes.jsonl"
    run("store", "revisions", path, "--since", "1", "--out", out)
    assert [json.loads(line) for line in out.read_text("utf-8").splitlines()] == [
        line for line in lines if line["run"] > 1
    ]


def test_runs_are_a_table(tmp_path: Path) -> None:
    said = run("store", "runs", write(tmp_path / "r.duckdb", POOL[:2], POOL[2:3]))
    assert said.count("code") == 2


@pytest.mark.parametrize("command", ["check", "join", "runs", "revisions"])
def test_no_record_is_one_line(tmp_path: Path, command: str) -> None:
    with pytest.raises(InputError, match="no such file"):
        run("store", command, tmp_path / "none.duckdb")


def test_no_such_run_is_one_line(tmp_path: Path) -> None:
    path = write(tmp_path / "r.duckdb", POOL[:2])
    with pytest.raises(InputError, match="runs 1 to 1 found"):
        run("store", "revisions", path, "--since", "7")
