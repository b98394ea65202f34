"""Time the joining of a million mentions, and a pair's timeline from the record they stand in.

Usage: python benchmarks/joining.py [--mentions N] [--record PATH]

The reports of ``gold/happenings`` are coded once, then stand in the record again and again under
other ids and shifted by some days, so that they spread over ten years. Prints the time of the join,
the peak memory of the process that joins, and the time of a timeline; exit code 1 when a million
mentions take five minutes or two gigabytes, or a timeline 200 milliseconds.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import dragoman
from dragoman.evaluation.happenings import read_stories
from dragoman.store.check import faults
from dragoman.store.duck import DuckSink, connect
from dragoman.store.standing import Standing

HERE = Path(__file__).parent
DAYS = 3650
"""Days over which the copies are spread."""
STRIDE = 1483
"""Copies are shifted by so many days each, modulo ``DAYS``; a prime."""
MINUTES, GIGABYTES, MILLISECONDS = 5, 2.0, 200
RUNS = 5


def main() -> int:
    """Make the record, join it, time it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mentions", type=int, default=1_000_000)
    parser.add_argument("--record", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path: Path = asked.record or Path(folder) / "record.duckdb"
        made = make(path, asked.mentions)
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
            seconds, memory = alone.submit(join, path).result()
        share = made / 1_000_000
        slowest = timeline(path)
        wrong = faults(path)
    print(f"{made:,} mentions: joined in {seconds:,.0f} s, peak memory {memory:.2f} GB")
    print(f"a pair's timeline: {slowest:.0f} ms at worst of {RUNS}; faults: {wrong or 'none'}")
    late = seconds > 60 * MINUTES * share or memory > GIGABYTES or slowest > MILLISECONDS
    return 1 if late or wrong else 0


def make(path: Path, mentions: int) -> int:
    """Write a record of so many mentions that wait to be joined; return how many they are."""
    coder = dragoman.load()
    reports = [
        r.report() for s in read_stories(HERE.parent / "gold" / "happenings") for r in s.reports
    ]
    sink = DuckSink(path)
    coded = list(coder.stream(reports))
    sink.write(coded)
    sink.close(complete=False)
    one = sum(len(c.mentions) for c in coded)
    statements = (HERE / "data" / "copies.sql").read_text(encoding="utf-8")
    copies = -(-mentions // one) - 1
    with connect(path) as connection:
        for name, value in (("copies", copies), ("days", DAYS), ("stride", STRIDE)):
            connection.execute(f"SET VARIABLE {name} = {value}")
        connection.execute(statements)
        row = connection.execute("SELECT count(*) FROM mentions").fetchone()
    return int(row[0]) if row else 0


def join(path: Path) -> tuple[float, float]:
    """Join everything; return the seconds and the peak memory of this process in gigabytes."""
    with connect(path) as connection:
        began = time.perf_counter()
        Standing(connection).join()
        seconds = time.perf_counter() - began
        for table in ("links", "events", "accounts"):
            row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            print(f"{row[0] if row else 0:,} {table}")
    return seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def timeline(path: Path) -> float:
    """Return how long a pair's timeline takes at worst, in milliseconds."""
    taken = []
    with connect(path, read_only=True) as connection:
        for _ in range(RUNS):
            began = time.perf_counter()
            found = connection.execute("SELECT * FROM timeline('RUS', 'UKR')").fetchall()
            taken.append(1000 * (time.perf_counter() - began))
    print(f"{len(found):,} events of the pair")
    return max(taken)


if __name__ == "__main__":
    sys.exit(main())
