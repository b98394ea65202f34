"""Code very many reports into one DuckDB record and watch speed and memory.

Usage: python benchmarks/endless.py SHARED [--reports N] [--workers N] [--out PATH]

Real reports are repeated with other ids and dates, and each with a line of names that no other
has, because it is new words that make a pipeline grow. Prints, after each tenth of the run, how
far it has come, the memory of this process and of the largest worker, and the size of the record;
at the end the growth, and what a million reports would take. The record is PATH, which is kept,
or a temporary file. 2,000 reports take some minutes, 100,000 some hours. Linux only.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from processes import cost, workers
from robustness import reports

from dragoman.engines import Choice
from dragoman.runs import Job, Summary, run_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Coded

MILLION = 1_000_000
FIRST = dt.date(2010, 1, 1)
DAYS = 5_000
TENTHS = 10
NAMES = 8
"""Names that no other report has, in each."""


def endless(shared: Path, many: int) -> Iterator[dict[str, str | None]]:
    """Yield so many reports as rows: real ones again and again, shuffled, none the same."""
    real = list(reports(shared))
    chance = random.Random(7)  # noqa: S311 - nothing secret
    chance.shuffle(real)
    for number, report in zip(range(many), itertools.cycle(real), strict=False):
        names = ("".join(chance.choices("abdefgiklmnoprstuvz", k=7)).title() for _ in range(NAMES))
        yield {
            "id": f"{number}:{report.id}",
            "text": f"{report.text}\n\nReporting by {' '.join(names)}.",
            "title": report.title,
            "published": (FIRST + dt.timedelta(days=chance.randrange(DAYS))).isoformat(),
        }


class Marks:
    """What is printed as the run goes."""

    def __init__(self, many: int, out: Path) -> None:
        """Begin the clock."""
        self.step, self.out = max(1, many // TENTHS), out
        self.began = self.last = time.perf_counter()
        self.memory: list[tuple[int, int]] = []
        """MiB of this process and of the largest worker, after each tenth."""

    def watch(self, _: Coded, summary: Summary) -> None:
        """Take note of a report."""
        if summary.reports % self.step:
            return
        now = time.perf_counter()
        pids = workers()
        own, largest = cost().memory, max((cost(pid).memory for pid in pids), default=0)
        self.memory.append((own, largest))
        size = sum(p.stat().st_size for p in self.out.parent.glob(self.out.name + "*")) / 1e6
        print(
            f"{summary.reports:>9,} reports  {now - self.began:>8,.0f} s"
            f"  {self.step / (now - self.last):>6.1f} reports a second  parent {own} MiB"
            f"  largest of {len(pids)} workers {largest} MiB  record {size:,.0f} MB",
            flush=True,
        )
        self.last = now


def conclude(marks: Marks, summary: Summary, seconds: float, out: Path) -> None:
    """Print what grew, and what a million reports would take."""
    own, largest = (b - a for a, b in zip(marks.memory[0], marks.memory[-1], strict=True))
    count, size = summary.reports, out.stat().st_size
    joined = seconds - summary.seconds
    print(
        f"{count:,} reports, {summary.words:,} words, {summary.events:,} events in"
        f" {seconds:,.0f} s, of which start and join {joined:,.0f} s;"
        f" {summary.words_per_second:,.0f} words a second; {summary.rejects:,} rejects"
    )
    print(
        f"growth from the first tenth to the last: parent {own} MiB, largest worker {largest} MiB"
    )
    hours = seconds / count * MILLION / 3600
    print(
        f"at this rate a million reports take {hours:,.0f} hours and {size / count / 1e3:,.1f} GB"
    )


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--reports", type=int, default=2_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=None, help="a new .duckdb file")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder, "endless.jsonl"), given.out or Path(folder, "endless.duckdb")
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(json.dumps(r) + "\n" for r in endless(given.shared, given.reports))
        marks = Marks(given.reports, out)
        job = Job(inputs=(str(source),), out=str(out), engine=Choice(workers=given.workers))
        summary = run_code(job, watch=marks.watch)
        conclude(marks, summary, time.perf_counter() - marks.began, out)


if __name__ == "__main__":
    main()
