"""Time the marking of near-duplicates in a large record, and count how many copies it finds.

Usage: python benchmarks/duplicates.py [--reports N]

Makes reports of 300 words each of which a third repeats an earlier one with some words changed.
Prints the time and the peak memory of the process that marks, what a hundred reports more cost,
and how many of the copies that are alike enough were marked; exit code 1 when one in a thousand
is missed.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.record import Report
from dragoman.store.columns import to_row
from dragoman.store.duck import connect, insert
from dragoman.store.duplicates import mark
from dragoman.store.shape import prepare
from dragoman.stories.likeness import ALIKE, jaccard, runs

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = [f"w{n}" for n in range(20_000)]
LENGTH = 300
MISSED = 0.001
STEP = 5_000


def main() -> int:
    """Make a record, mark it, mark some more."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "record.duckdb"
        alike = write(path, 0, asked.reports)
        seconds, memory, found = alone(path)
        alike |= write(path, asked.reports, 100)
        again, _, _ = alone(path)
        missed = len(alike - marked(path))
    print(f"{asked.reports:,} reports: {seconds:,.1f} s, peak memory {memory:,.0f} MB")
    print(f"100 more: {again:,.1f} s; {found:,} marked, {missed:,} of {len(alike):,} copies missed")
    return 1 if missed > MISSED * len(alike) else 0


def alone(path: Path) -> tuple[float, float, int]:
    """Mark in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(timed, path).result()


def timed(path: Path) -> tuple[float, float, int]:
    """Return the seconds and megabytes that marking takes, and how many are marked."""
    began = time.perf_counter()
    with connect(path) as connection:
        found = mark(connection)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return time.perf_counter() - began, peak, found


def write(path: Path, first: int, count: int) -> set[str]:
    """Add reports to a record; return the ids of the copies that are alike enough."""
    alike: set[str] = set()
    made = texts(first, count)
    with connect(path) as connection:
        prepare(connection, path)
        for _ in range(0, count, STEP):
            batch = [row(*item, alike) for item in zip(range(STEP), made, strict=False)]
            insert(connection, "reports", batch)
    return alike


def row(_: int, item: tuple[str, str, str | None], alike: set[str]) -> dict[str, object]:
    """Return a report's row, and note whether it is a copy."""
    name, text, original = item
    if original is not None and jaccard(runs(text), runs(original)) >= ALIKE:
        alike.add(name)
    counts = dict.fromkeys(("sentences", "parsed", "words"), 0)
    return to_row("reports", Report(id=name, text=text)) | counts


def texts(first: int, count: int) -> Iterator[tuple[str, str, str | None]]:
    """Yield ids, texts, and the text that one repeats."""
    chance = random.Random(first)  # noqa: S311 - made texts
    recent: list[str] = []
    for number in range(first, first + count):
        original = chance.choice(recent) if recent and chance.random() < 1 / 3 else None
        words = original.split() if original else chance.choices(WORDS, k=LENGTH)
        for at in chance.sample(range(LENGTH), chance.randrange(9) if original else 0):
            words[at] = chance.choice(WORDS)
        text = " ".join(words)
        if original is None:
            recent = [*recent[-200:], text]
        yield f"r{number:08d}", text, original


def marked(path: Path) -> set[str]:
    """Return the ids of the reports that are marked."""
    with connect(path, read_only=True) as connection:
        found = connection.execute("SELECT report FROM duplicates").fetchall()
    return {name for (name,) in found}


if __name__ == "__main__":
    sys.exit(main())
