"""Engines: the same bytes from all of them, and no report that ends a run."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from fakes import FakeCoder, TroubledCoder, load_troubled, stored

from dragoman import cli
from dragoman.engines import Caps, Choice, EngineError, code_one, open_engine
from dragoman.engines.local import LocalWorker
from dragoman.engines.pool import Pool
from dragoman.errors import DataError, InputError
from dragoman.evaluation.happenings import read_stories
from dragoman.readers import Reject
from dragoman.record import Coded, Report
from dragoman.runs import Job, Summary, run_code

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.coding.coder import Coder

ROOT = Path(__file__).parent.parent
OUTPUTS = ("out.jsonl", "out.parquet", "folder/", "out.duckdb")
CAPS = Caps(seconds=0.3, memory=1_500_000_000)
TROUBLES = {7: "raise", 20: "die", 31: "spin", 33: "eat", 40: "die-once"}
"""What goes wrong with which report."""
REJECTED = ("r7", "bad", "r20", "r31", "r33")
"""What becomes of it: rejects in the order of the input, one of the reader's among them."""


def write_corpus(path: Path, troubles: dict[int, str]) -> Path:
    """Write sixty reports; some of them are trouble."""
    rows = [
        {
            "id": f"r{n}",
            "text": f"Envoy {troubles.get(n, 'met')} {n} him.",
            "published": "2024-03-05",
        }
        for n in range(60)
    ]
    rows.insert(15, {"id": "bad", "text": ""})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def run(corpus: Path, out: str, choice: Choice, load: Callable[..., Any]) -> Summary:
    """Code a corpus."""
    return run_code(Job(inputs=(str(corpus),), out=out, engine=choice), load)


def names(rejects: Path) -> list[str]:
    """Return what was rejected."""
    found = [json.loads(line) for line in rejects.read_text("utf-8").splitlines()]
    return ["bad" if r["row"] else r["where"] for r in found]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_corpus(tmp_path_factory.mktemp("corpus") / "news.jsonl", {})


@pytest.fixture(scope="module")
def alone(corpus: Path) -> Path:
    """What one process writes."""
    folder = corpus.parent / "alone"
    folder.mkdir()
    for out in OUTPUTS:
        run(corpus, f"{folder}/{out}", Choice(), lambda _: FakeCoder())
    return folder


def check_same(corpus: Path, alone: Path, folder: Path, choice: Choice) -> None:
    """Check that an engine writes what one process does."""
    load = partial(load_troubled, str(folder))
    for out in OUTPUTS:
        assert run(corpus, f"{folder}/{out}", choice, load).reports == 60
        assert stored(folder / out) == stored(alone / out)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_pool_writes_the_same_bytes(
    corpus: Path, alone: Path, tmp_path: Path, workers: int
) -> None:
    check_same(corpus, alone, tmp_path, Choice(workers=workers))


def test_the_real_coder_writes_the_same_bytes(tmp_path: Path, coder: Coder) -> None:
    told = [r.report() for r in read_stories(ROOT / "gold" / "happenings")[0].reports[:8]]
    rows = [{"id": r.id, "text": r.text, "published": r.published} for r in told]
    source = tmp_path / "stories.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    run(source, f"{tmp_path}/alone.jsonl", Choice(), lambda _: coder)
    run_code(Job(inputs=(str(source),), out=f"{tmp_path}/two.jsonl", engine=Choice(workers=2)))
    assert b'"lat"' in (tmp_path / "alone.jsonl").read_bytes()
    assert stored(tmp_path / "two.jsonl") == stored(tmp_path / "alone.jsonl")


# One report that is trouble


def test_in_this_process_faults_and_long_work_are_rejects(tmp_path: Path) -> None:
    coder = TroubledCoder(str(tmp_path))
    troubled = write_corpus(tmp_path / "news.jsonl", {7: "raise", 31: "spin"})
    out = f"{tmp_path}/o.jsonl"
    summary = run(troubled, out, Choice(caps=CAPS), lambda _: coder)
    assert (summary.reports, summary.rejects) == (58, 3)
    assert summary.first_rejects[0] == Reject(
        where="r7", row=None, reason="cannot be coded (ValueError: no such word)"
    )
    assert names(Path(f"{out}.rejects.jsonl")) == ["r7", "bad", "r31"]
    assert "over 0.3 seconds of work" in summary.first_rejects[2].reason


def test_time_grows_with_the_text() -> None:
    assert Caps(seconds=2).seconds_for(Report(id="a", text="x" * 250_000)) == 6
    assert Caps(seconds=None).seconds_for(Report(id="a", text="x")) is None


def test_no_coder_swallows_what_ends_a_run() -> None:
    with pytest.raises(KeyboardInterrupt):
        code_one(FakeCoder(crash_at=0), Report(id="a", text="Envoy met."), Caps())


def test_a_pool_outlives_every_trouble(tmp_path: Path) -> None:
    troubled = write_corpus(tmp_path / "news.jsonl", TROUBLES)
    choice = Choice(workers=2, caps=CAPS)
    summary = run(troubled, f"{tmp_path}/o.jsonl", choice, partial(load_troubled, str(tmp_path)))
    assert (summary.reports, summary.rejects) == (56, 5)
    assert names(Path(f"{tmp_path}/o.jsonl.rejects.jsonl")) == list(REJECTED)
    reasons = [r.reason for r in summary.first_rejects]
    assert "died twice: killed by SIGKILL" in reasons[2]
    assert "over 0.3 seconds" in reasons[3]
    if sys.platform == "linux":
        assert "out of memory" in reasons[4]


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    reports = [Report(id=f"r{n}", text=f"Envoy sleep {n}.") for n in range(100)]
    workers: list[LocalWorker] = []

    def start() -> LocalWorker:
        workers.append(LocalWorker(partial(load_troubled, str(tmp_path)), Caps()))
        return workers[-1]

    pool = Pool(start, 2, Caps())
    coded = []
    for number, item in enumerate(pool.code(reports)):
        coded.append(item)
        if number in {10, 30}:
            os.kill(workers[-1].pid or 0, signal.SIGKILL)
    pool.close()
    assert [c.report.id for c in coded if isinstance(c, Coded)] == [r.id for r in reports]
    assert len(workers) == 4


def test_reports_are_read_as_they_are_needed(tmp_path: Path) -> None:
    read: list[int] = []

    def reports() -> Iterator[Report]:
        for n in range(1000):
            read.append(n)
            yield Report(id=f"r{n}", text="Envoy met him.")

    pool = open_engine(Choice(workers=1), partial(load_troubled, str(tmp_path)))
    stream = pool.code(reports())
    next(stream)
    assert len(read) <= 8
    pool.close()


# Beginning and ending


def test_what_is_asked_for_is_checked(tmp_path: Path) -> None:
    load = partial(load_troubled, str(tmp_path))
    with pytest.raises(InputError, match="--workers goes with"):
        open_engine(Choice(name="in-process", workers=2), load)
    with pytest.raises(InputError, match="expected 0"):
        open_engine(Choice(workers=-1), load)


def test_options_make_the_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Job] = []
    command = import_module("dragoman.cli.code")
    monkeypatch.setattr(command, "run_code", lambda job, **_: seen.append(job) or Summary())
    for options in ("--workers 3 --seconds-per-report 5 --memory-per-worker 1G", "--engine ray"):
        monkeypatch.setattr(sys, "argv", ["dragoman", "code", "news.csv", *options.split()])
        with pytest.raises(SystemExit):
            cli.main()
    assert seen[0].engine == Choice(workers=3, caps=Caps(seconds=5, memory=2**30))
    assert seen[1].engine == Choice(name="ray", caps=Caps(seconds=60, memory=2**31))


def test_faults_of_data_come_back_whole(tmp_path: Path) -> None:
    with pytest.raises(DataError) as fault:
        open_engine(Choice(workers=2), partial(load_troubled, str(tmp_path), "none"))
    assert fault.value.faults == ("a.yaml: one fault", "b.yaml: another")


def test_a_pool_that_cannot_start_says_so() -> None:
    with pytest.raises(EngineError, match="ended while it was starting"):
        open_engine(Choice(workers=1), partial(os._exit, 3))


KILLED = """
import functools, sys, fakes
from dragoman.engines import Choice
from dragoman.runs import Job, run_code
if __name__ == "__main__":
    job = Job(inputs=(sys.argv[1],), out=sys.argv[2], engine=Choice(workers=2))
    run_code(job, functools.partial(fakes.load_troubled, sys.argv[3]))
"""


@pytest.mark.parametrize(("out", "times"), [("out.jsonl", 10), ("out.duckdb", 3)])
def test_killed_again_and_again(tmp_path: Path, out: str, times: int) -> None:
    source, script = tmp_path / "news.jsonl", tmp_path / "killed.py"
    many = range(120 * times)
    rows = [{"id": f"r{n}", "text": f"Envoy sleep {n} met."} for n in many]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    script.write_text(KILLED, "utf-8")
    (tmp_path / "whole").mkdir()
    run(source, f"{tmp_path}/whole/{out}", Choice(), lambda _: FakeCoder())
    command = [sys.executable, str(script), str(source), f"{tmp_path}/{out}", str(tmp_path)]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT / 'tests'}"}
    journal = tmp_path / ("out.jsonl.part.done" if out == "out.jsonl" else f"{out}.wal")
    chance, killed = random.Random(1), 0  # noqa: S311 - nothing secret
    for _ in range(times):
        with subprocess.Popen(command, env=environment) as process:
            before = journal.stat().st_size if journal.exists() else 0
            while process.poll() is None and not (
                journal.exists() and journal.stat().st_size != before
            ):
                time.sleep(0.01)
            time.sleep(chance.random() * 0.2)
            process.kill()
        killed += process.returncode == -signal.SIGKILL
    assert killed == times
    assert not (tmp_path / out).exists() or out == "out.duckdb"
    subprocess.run(command, env=environment, check=True)
    assert stored(tmp_path / out) == stored(tmp_path / "whole" / out)
