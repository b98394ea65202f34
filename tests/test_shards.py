"""Many input files, each a checkpoint: what was finished is not read again, nothing is lost."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeCoder

from dragoman.readers import Defaults, read_sample
from dragoman.runs import Job, Summary, run_code
from dragoman.store.duck import DuckSink, connect
from dragoman.store.jsonl import JsonlSink
from dragoman.store.parquet import ParquetSink

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.record import Coded, Report

ROOT = Path(__file__).parent.parent
ENDINGS = ("o.jsonl", "o.duckdb", "o.parquet", "o/")
FILES = 6
ROWS = 130
"""Reports of a file: no multiple of a batch, and more than a part of Parquet in five files."""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Make files of reports, each with rejects at its beginning, in its middle and at its end."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(FILES):
        lines = [json.dumps({"id": f"f{number}r{n}", "text": "Envoy said."}) for n in range(ROWS)]
        for at in (0, 50, len(lines) + 2):
            lines.insert(at, json.dumps({"id": f"f{number}bad{at}", "text": ""}))
        (folder / f"f{number}.jsonl").write_text("\n".join(lines), "utf-8")
    (folder / "a-note.docx").write_bytes(b"no input")
    return folder


def job(news: Path, out: str, **more: object) -> Job:
    return Job(inputs=(str(news),), out=out, **more)  # type: ignore[arg-type]


def run(news: Path, out: str, crash_at: int | None = None, **more: object) -> Summary:
    coder = FakeCoder(crash_at)
    if crash_at is None:
        return run_code(job(news, out, **more), lambda _: coder)
    with pytest.raises(KeyboardInterrupt):
        run_code(job(news, out, **more), lambda _: coder)
    return Summary()


def output(out: str) -> object:
    path = Path(out)
    if path.suffix == ".duckdb":
        with connect(path, read_only=True) as connection:
            return connection.execute("SELECT id, text FROM reports ORDER BY id").fetchall()
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return [(file.name, file.read_bytes()) for file in files]


def rejected(out: str) -> bytes:
    return Path(f"{out.rstrip('/')}.rejects.jsonl").read_bytes()


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize("crash_at", [ROWS + 3, 5 * ROWS + 129])
def test_finished_files_are_not_read_again(
    news: Path, tmp_path: Path, name: str, crash_at: int
) -> None:
    (tmp_path / "whole").mkdir()
    whole, out = f"{tmp_path}/whole/{name}", f"{tmp_path}/{name}"
    run(news, whole)
    run(news, out, crash_at)
    summary = run(news, out)
    in_tables = name in {"o.parquet", "o/"}  # whose part of 500 reports is coded again if not full
    stored = crash_at // 500 * 500 if in_tables else crash_at
    assert summary.known_files >= max(0, stored // ROWS - 1)
    assert output(out) == output(whole)
    assert rejected(out) == rejected(whole)
    assert list(tmp_path.rglob("*.part*")) == []


def test_more_than_one_interruption(news: Path, tmp_path: Path) -> None:
    whole, out = f"{tmp_path}/w.jsonl", f"{tmp_path}/o.jsonl"
    run(news, whole)
    for _ in range(4):
        run(news, out, ROWS + 40)
    summary = run(news, out)
    assert summary.known_files >= 4
    assert output(out)[0][1] == output(whole)[0][1]  # type: ignore[index]
    assert rejected(out) == rejected(whole)


def test_a_changed_file_is_read_again(news: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/o.duckdb"
    run(news, out)
    with (news / "f2.jsonl").open("a", encoding="utf-8") as file:
        file.write('\n{"id": "new", "text": "Envoy came."}')
    (news / "f9.jsonl").write_text('{"id": "newer", "text": "Envoy left."}', "utf-8")
    summary = run(news, out)
    assert (summary.reports, summary.known, summary.known_files) == (2, ROWS, FILES - 1)


def test_rejects_of_files_that_are_passed_over_stay_listed(news: Path, tmp_path: Path) -> None:
    out = f"{tmp_path}/o.duckdb"
    run(news, out)
    before = rejected(out)
    assert run(news, out).known_files == FILES
    assert sorted(rejected(out).splitlines()) == sorted(before.splitlines())
    (news / "f2.jsonl").write_text('{"text": ""}\n{"id": "f2r0", "text": "Envoy said."}', "utf-8")
    run(news, out)
    listed = [json.loads(line)["where"] for line in rejected(out).splitlines()]
    assert listed.count(str(news / "f2.jsonl")) == 1
    assert len(listed) == len(before.splitlines()) - 2


def test_a_file_that_broke_off_is_tried_again(tmp_path: Path) -> None:
    news, out = tmp_path / "news", f"{tmp_path}/o.duckdb"
    news.mkdir()
    (news / "a.jsonl.gz").write_bytes(b"\x1f\x8b\x08")
    (news / "b.jsonl").write_text('{"text": "Envoy came."}', "utf-8")
    for known in (0, 1):
        summary = run(news, out)
        assert (summary.known_files, summary.rejects) == (known, 1)


@pytest.mark.parametrize(
    "more",
    [
        {"defaults": Defaults(published="2024-03-05")},
        {"defaults": Defaults(only=None)},
        {"sample": read_sample("50%")},
        {"sample": read_sample("50")},
        {"limit": 700},
    ],
)
def test_what_is_read_otherwise_is_read(
    news: Path, tmp_path: Path, more: dict[str, object]
) -> None:
    out = f"{tmp_path}/o.duckdb"
    run(news, out)
    assert run(news, out, **more).known_files == 0


def test_a_journal_without_its_data_vouches_for_no_file(news: Path, tmp_path: Path) -> None:
    whole, out = f"{tmp_path}/w.jsonl", f"{tmp_path}/o.jsonl"
    run(news, whole)
    run(news, out, 3 * ROWS)
    part = Path(f"{out}.part")
    part.write_bytes(part.read_bytes()[: part.stat().st_size // 2])
    summary = run(news, out)
    assert summary.known_files <= 2  # one of them the file of another kind
    assert Path(out).read_bytes() == Path(whole).read_bytes()


def test_a_file_without_reports_is_finished_too(tmp_path: Path) -> None:
    news, out = tmp_path / "news", f"{tmp_path}/o.duckdb"
    news.mkdir()
    for name, line in (("a", ""), ("b", '{"text": ""}'), ("c", '{"text": "Envoy."}')):
        (news / f"{name}.jsonl").write_text(line, "utf-8")
    run(news, out)
    assert run(news, out).known_files == 3


@pytest.mark.parametrize("name", ENDINGS)
def test_killed_between_naming_the_rejects_and_the_output(
    news: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "whole").mkdir()
    whole, out = f"{tmp_path}/whole/{name}", f"{tmp_path}/{name}"
    run(news, whole)
    with monkeypatch.context() as patched:
        for sink in (JsonlSink, ParquetSink, DuckSink):
            patched.setattr(sink, "close", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            run(news, out)
    gc.collect()  # a process that is killed lets go of its record
    run(news, out)
    assert output(out) == output(whole)
    assert rejected(out) == rejected(whole)


class SlowCoder(FakeCoder):
    """Takes its time, so that it can be killed at work."""

    def stream(self, reports: Iterable[Report]) -> Iterator[Coded]:
        """Code reports, a few hundred a second."""
        for coded in super().stream(reports):
            time.sleep(0.002)
            yield coded


@pytest.mark.parametrize("name", ENDINGS)
def test_killed_at_random_moments_loses_and_doubles_nothing(
    news: Path, tmp_path: Path, name: str
) -> None:
    (tmp_path / "whole").mkdir()
    whole, out = f"{tmp_path}/whole/{name}", f"{tmp_path}/{name}"
    run(news, whole)
    script = (
        "import sys; from test_shards import *; print('at work', flush=True);"
        "run_code(job(Path(sys.argv[1]), sys.argv[2]), lambda _: SlowCoder())"
    )
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}{os.pathsep}"
        + os.environ.get("PYTHONPATH", "")
    }
    chance = random.Random(name)  # noqa: S311 - no secret
    for _ in range(4):
        with subprocess.Popen(
            [sys.executable, "-c", script, str(news), out], env=environment, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.2 + chance.random())
            process.send_signal(signal.SIGKILL)
    run(news, out)
    assert output(out) == output(whole)
    assert rejected(out) == rejected(whole)


def test_what_the_tests_read_is_what_they_mean(news: Path, tmp_path: Path) -> None:
    """Guard the fixture: reports and rejects of every file."""
    summary = run(news, f"{tmp_path}/o.jsonl")
    assert (summary.reports, summary.rejects) == (FILES * ROWS, FILES * 3 + 1)
    lines = [json.loads(line) for line in rejected(f"{tmp_path}/o.jsonl").splitlines()]
    assert sum(line["reason"] == "empty text" for line in lines) == FILES * 3
