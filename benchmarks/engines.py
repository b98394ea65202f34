"""Measure the engines: speed, what more workers bring, memory, the parent's share.

Usage: python benchmarks/engines.py SHARED [--texts N] [--workers 1 2] [--ray]

Codes the same real reports into JSON lines with each engine, checks that the bytes are the same,
and prints a line for each. Speed by the clock hangs on what else the machine does; speed for a
second of processor time does not. The ratio is what so many workers bring against this process
alone on a machine that does nothing else: the processor time of one, against that of all workers
and of the parent shared among as many cores. Linux only.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import NamedTuple

from processes import actors, cost, workers
from robustness import reports

import dragoman
from dragoman.engines import Choice, open_engine
from dragoman.readers import read
from dragoman.runs import BATCH
from dragoman.store import open_sink


class Measured(NamedTuple):
    """One engine at work."""

    name: str
    cores: int
    words: int
    reports: int
    clock: float
    """Seconds by the clock, start left out."""
    parent: float
    """Processor seconds of this process."""
    each: list[float]
    """Processor seconds of every worker."""
    peak: int
    """MiB of the largest process that codes."""
    start: float
    """Seconds by the clock until the engine stood ready."""
    written: bytes

    @property
    def work(self) -> float:
        """Processor seconds in all."""
        return self.parent + sum(self.each)


def write_inputs(shared: Path, texts: int, path: Path) -> None:
    """Write real reports as JSON lines, evenly from all there are."""
    everything = list(reports(shared))
    step = max(1, len(everything) // texts)
    rows = [
        {"id": r.id, "text": r.text, "title": r.title, "published": r.published}
        for r in everything[::step][:texts]
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")


def measure(name: str, choice: Choice, source: Path, folder: Path) -> Measured:
    """Code the reports with one engine."""
    began = time.perf_counter()
    engine = open_engine(choice, partial(dragoman.load))
    ready = time.perf_counter()
    processes = actors() if choice.name == "ray" else workers()
    before = [cost(), *map(cost, processes)]
    out = folder / f"{name.replace(' ', '-')}.jsonl"
    sink = open_sink(str(out), "event", engine.manifest)
    words = number = 0
    batch = []
    for coded in engine.code(read([str(source)])):
        words, number = words + coded.words, number + 1  # type: ignore[union-attr]
        batch.append(coded)
        if len(batch) == BATCH:
            sink.write(batch)  # type: ignore[arg-type]
            batch = []
    sink.write(batch)  # type: ignore[arg-type]
    sink.close()
    after = [cost(), *map(cost, processes)]
    spent = [a.seconds - b.seconds for a, b in zip(after, before, strict=True)]
    clock = time.perf_counter() - ready
    engine.close()
    peak = max(c.peak for c in (after[1:] or after))
    return Measured(
        name,
        max(1, len(processes)),
        words,
        number,
        clock,
        spent[0],
        spent[1:],
        peak,
        ready - began,
        out.read_bytes(),
    )


def line(one: Measured, alone: Measured) -> str:
    """Return what is told of an engine."""
    share = f", parent {one.parent / one.work:.1%} of the work" if one.each else ""
    ratio = alone.work / (one.work / one.cores)
    return (
        f"{one.name}: {one.words / one.clock:,.0f} words and {one.reports / one.clock:.1f} reports"
        f" a second by the clock, {one.words / one.work:,.0f} words for a second of processor time;"
        f" ratio {ratio:.2f} ({alone.clock / one.clock:.2f} by the clock){share};"
        f" peak {one.peak} MiB each, start {one.start:.1f} s"
    )


def main() -> None:
    """Measure every engine; exit 1 when one writes other bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--ray", action="store_true", help="a Ray cluster of this machine too")
    given = parser.parse_args()
    most = max(given.workers)
    wanted = {"in-process": Choice()} | {f"pool of {n}": Choice(workers=n) for n in given.workers}
    if given.ray:
        wanted[f"ray with {most}"] = Choice(name="ray", workers=most)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "reports.jsonl")
        write_inputs(given.shared, given.texts, source)
        alone: Measured | None = None
        for name, choice in wanted.items():
            one = measure(name, choice, source, Path(folder))
            alone = alone or one
            print(line(one, alone), flush=True)
            if one.written != alone.written:
                raise SystemExit(f"{name} writes other bytes than one process")
    print(f"the same {len(alone.written) if alone else 0:,} bytes from all")


if __name__ == "__main__":
    main()
