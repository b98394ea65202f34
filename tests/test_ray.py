"""Ray: the same bytes from a cluster, one of whose workers is killed."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import FakeCoder, load_troubled, stored

from dragoman.engines import Caps, Choice
from dragoman.errors import DataError
from dragoman.runs import Job, Summary, run_code

if TYPE_CHECKING:
    from collections.abc import Iterator

ray = pytest.importorskip("ray", reason="pip install 'dragoman[ray]'")
ROOT = Path(__file__).parent.parent
CHOICE = Choice(name="ray", workers=2, caps=Caps(seconds=2))


@pytest.fixture(scope="module", autouse=True)
def _cluster() -> Iterator[None]:
    """Start a cluster of this machine that reaches nothing outside it."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
    ray.init(
        address="local",
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        object_store_memory=100_000_000,
        runtime_env={"env_vars": {"PYTHONPATH": path}},
    )
    yield
    ray.shutdown()


def write_corpus(path: Path, word: str) -> Path:
    """Write three hundred reports."""
    rows = [{"id": f"r{n}", "text": f"Envoy {word} {n} him."} for n in range(300)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    return path


def run(corpus: Path, out: Path, choice: Choice = CHOICE, folder: str = "") -> Summary:
    """Code a corpus."""
    job = Job(inputs=(str(corpus),), out=str(out), engine=choice)
    return run_code(job, partial(load_troubled, folder or str(corpus.parent)))


def actors() -> list[int]:
    """Return the processes of the actors of this cluster."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            title = path.read_bytes()
        except OSError:  # it is gone
            continue
        if title.startswith(b"ray::Desk"):
            found.append(int(path.parent.name))
    return found


def kill_one(written: Path, killed: list[int]) -> None:
    """Kill one actor as soon as something is written."""
    while not (written.exists() and written.stat().st_size):
        time.sleep(0.01)
    victim = actors()[0]
    os.kill(victim, signal.SIGKILL)
    if written.exists():  # so the run goes on
        killed.append(victim)


@pytest.mark.skipif(not Path("/proc").exists(), reason="actors are found in /proc")
def test_a_cluster_writes_the_same_bytes_when_a_worker_is_killed(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "news.jsonl", "sleep")
    job = Job(inputs=(str(corpus),), out=f"{tmp_path}/alone.jsonl")
    run_code(job, lambda _: FakeCoder())
    killed: list[int] = []
    killer = threading.Thread(target=kill_one, args=(tmp_path / "ray.jsonl.part", killed))
    killer.start()
    assert run(corpus, tmp_path / "ray.jsonl").reports == 300
    killer.join()
    assert killed
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "alone.jsonl").read_bytes()


@pytest.mark.parametrize("out", ["o.parquet", "folder/", "o.duckdb"])
def test_a_cluster_fills_every_store(tmp_path: Path, out: str) -> None:
    corpus = write_corpus(tmp_path / "news.jsonl", "met")
    (tmp_path / "alone").mkdir()
    run_code(Job(inputs=(str(corpus),), out=f"{tmp_path}/alone/{out}"), lambda _: FakeCoder())
    run_code(
        Job(inputs=(str(corpus),), out=f"{tmp_path}/{out}", engine=CHOICE),
        partial(load_troubled, str(tmp_path)),
    )
    assert stored(tmp_path / out) == stored(tmp_path / "alone" / out)


def test_trouble_on_a_cluster_is_a_reject(tmp_path: Path) -> None:
    corpus = tmp_path / "news.jsonl"
    rows = [{"id": w, "text": f"Envoy {w} him."} for w in ("raise", "spin", "die", "met")]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    summary = run(corpus, tmp_path / "o.jsonl")
    assert summary.reports == 1
    assert [r.where for r in summary.first_rejects] == ["raise", "spin", "die"]
    assert "ValueError: no such word" in summary.first_rejects[0].reason
    assert "over 2 seconds of work" in summary.first_rejects[1].reason
    assert "died twice" in summary.first_rejects[2].reason


def test_faults_of_data_come_back_from_a_cluster(tmp_path: Path) -> None:
    corpus = write_corpus(tmp_path / "news.jsonl", "met")
    job = Job(inputs=(str(corpus),), pipeline="none", engine=CHOICE)
    with pytest.raises(DataError) as fault:
        run_code(job, partial(load_troubled, str(tmp_path)))
    assert fault.value.faults == ("a.yaml: one fault", "b.yaml: another")
