"""Measure where a report's time goes: the parse, the frames, and who, when, where and said-by.

Usage: python benchmarks/stages.py SHARED [--texts N] [--json PATH]

Codes TR-News (political) and PolNeAR (general) texts once, on one core, and prints for each stage
its seconds, its share of the whole and of the parse. A stage's time is its own: what it calls in
another stage counts there. The clocks cost about a microsecond a call, which counts in the stage
that calls.
"""

from __future__ import annotations

import argparse
import json
import time
from contextlib import ExitStack
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from robustness import reports

import dragoman

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.coder import Coder
    from dragoman.record import Report

STAGES = {
    "lay out, split, gate": [
        "coding.coder:lay_out",
        "coding.coder:find_sentences",
        "language.gate:Gate.passes",
    ],
    "parse": ["coding.coder:parse"],
    "frames": [
        "coding.what.frames:FrameMatcher.__init__",
        "coding.what.frames:FrameMatcher.matches",
    ],
    "who": [
        "coding.who.parties:PartyReader.__init__",
        "coding.who.parties:PartyReader.parties",
        "coding.who.parties:PartyReader.owners",
        "coding.who.parties:PartyReader.inside",
        "coding.who.parties:PartyReader.unknown",
        "coding.who.parties:PartyReader.all",
    ],
    "when": [
        "coding.when.event:ReportDates.read",
        "coding.when.event:ReportDates.close",
        "coding.when.event:SentenceDates.of",
    ],
    "where": [
        "coding.mentions:atlas_of",
        "coding.mentions:find_places",
        "coding.mentions:choose_place",
    ],
    "said by": [
        "coding.coder:speakers_of",
        "coding.said.attribute:Voices.__init__",
        "coding.said.attribute:Voices.hear",
        "coding.said.attribute:Voices.said",
    ],
    "events of a report": ["coding.coder:join"],
}
"""What is timed, below ``dragoman``: ``module:function``, as the caller's module names it."""
RESOLVERS = ("who", "when", "where", "said by")
REST = "mentions and the rest"


class Clocks:
    """One running clock a stage; starting one stops the other."""

    def __init__(self) -> None:
        """Start with the time that belongs to no stage."""
        self.seconds = dict.fromkeys([*STAGES, REST], 0.0)
        self._running = [REST]
        self._since = time.perf_counter()

    def _switch(self) -> None:
        """Book the time since the last switch to the stage that ran."""
        now = time.perf_counter()
        self.seconds[self._running[-1]] += now - self._since
        self._since = now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that runs on its stage's clock; what it yields is made on it too."""

        @wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            self._enter(stage)
            try:
                made = function(*args, **options)
            finally:
                self._leave()
            return self._each(stage, made) if hasattr(made, "__next__") else made

        return run

    def _each(self, stage: str, made: Any) -> Any:
        """Yield what a generator yields, each made on the stage's clock."""
        while True:
            self._enter(stage)
            try:
                item = next(made)
            except StopIteration:
                return
            finally:
                self._leave()
            yield item

    def _enter(self, stage: str) -> None:
        self._switch()
        self._running.append(stage)

    def _leave(self) -> None:
        self._switch()
        self._running.pop()

    def stop(self) -> None:
        """Book what is left."""
        self._switch()


def target(name: str) -> tuple[Any, str]:
    """Return the module or class that holds a function, and the function's name."""
    module, path = name.split(":")
    holder: Any = import_module(f"dragoman.{module}")
    *classes, function = path.split(".")
    for each in classes:
        holder = getattr(holder, each)
    return holder, function


def measure(coder: Coder, texts: list[Report]) -> dict[str, float]:
    """Return the seconds that each stage took for some reports."""
    clocks = Clocks()
    with ExitStack() as stack:
        for stage, names in STAGES.items():
            for holder, function in map(target, names):
                run = clocks.timed(stage, getattr(holder, function))
                stack.enter_context(patch.object(holder, function, run))
        for _ in coder.stream(texts):
            pass
        clocks.stop()
    return clocks.seconds


def show(name: str, texts: list[Report], seconds: dict[str, float]) -> dict[str, float]:
    """Print a table of stages; return its shares of the parse."""
    whole, parse = sum(seconds.values()), seconds["parse"]
    words = sum(len(r.text.split()) for r in texts)
    print(f"{name}: {len(texts)} reports, {words} words, {words / whole:.0f} words a second")
    for stage, each in seconds.items():
        print(
            f"  {stage:<22} {each:6.2f} s  {each / whole:4.0%} of all  {each / parse:4.2f} x parse"
        )
    resolvers = sum(seconds[stage] for stage in RESOLVERS) / parse
    coding = (whole - parse - seconds["lay out, split, gate"]) / parse
    print(f"  who, when, where, said by: {resolvers:.2f} x parse; all coding: {coding:.2f} x parse")
    return {"resolvers": resolvers, "coding": coding, "words_per_second": words / whole}


def main() -> None:
    """Measure both kinds of text."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--json", type=Path, help="write the shares here")
    given = parser.parse_args()
    everything = list(reports(given.shared))
    sets = {
        "TR-News": [r for r in everything if r.id.startswith("tr-")][: given.texts],
        "PolNeAR": [r for r in everything if not r.id.startswith("tr-")][: given.texts],
    }
    coder = dragoman.load()
    for _ in coder.stream(sets["TR-News"][:5]):
        pass
    shares = {name: show(name, texts, measure(coder, texts)) for name, texts in sets.items()}
    if given.json:
        given.json.write_text(json.dumps(shares, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
