"""Measure how fast the coder is on one core, stage by stage, and without its parse.

Usage: python benchmarks/coder.py SHARED [--texts N] [--json PATH] [--most RATIO]

Codes TR-News (political) and PolNeAR (general) texts once and prints for each stage its seconds of
processor time, its share of the whole and of the parse, and the words, sentences and reports it
does in a second. A stage's time is its own: what it calls in another stage counts there. The clocks
cost about a microsecond a call, which counts in the stage that calls. Then the same texts are coded
with the parse given: how many parsed sentences a second everything else can do. Of both the first
reports are coded beforehand, so that no stage pays for reading its tables.

Exits with 1 when all coding takes more than RATIO of the parse.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from robustness import reports

import dragoman
from dragoman.coding import coder as coding
from dragoman.language import tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.coding.coder import Coder
    from dragoman.record import Coded, Report

STAGES = {
    "lay out, split, gate": [
        "coding.coder:lay_out",
        "coding.coder:find_sentences",
        "language.gate:Gate.passes",
    ],
    "parse": ["language.tree:parse"],
    "words of the parse": ["language.tree:tree_of"],
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
WARM = 5
"""Reports that are coded before anything is timed."""


class Clocks:
    """One running clock a stage; starting one stops the other."""

    def __init__(self) -> None:
        """Start with the time that belongs to no stage."""
        self.seconds = dict.fromkeys([*STAGES, REST], 0.0)
        self._running = [REST]
        self._since = time.process_time()

    def _switch(self) -> None:
        """Book the time since the last switch to the stage that ran."""
        now = time.process_time()
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


@dataclass(frozen=True, slots=True)
class Amounts:
    """What some reports hold."""

    words: int
    sentences: int
    """Those that were parsed."""
    reports: int

    @classmethod
    def of(cls, coded: Sequence[Coded]) -> Amounts:
        """Add coded reports up."""
        words, sentences = sum(c.words for c in coded), sum(c.parsed for c in coded)
        return cls(words, sentences, len(coded))

    def a_second(self, seconds: float) -> str:
        """Say how many of each are done in a second."""
        each = (self.words, self.sentences, self.reports)
        return "".join(f"{amount / max(seconds, 1e-6):>11,.0f}" for amount in each)


def measure(coder: Coder, texts: list[Report]) -> tuple[dict[str, float], Amounts]:
    """Return the seconds that each stage took for some reports, and what those hold."""
    clocks = Clocks()
    with ExitStack() as stack:
        for stage, names in STAGES.items():
            for holder, function in map(target, names):
                run = clocks.timed(stage, getattr(holder, function))
                stack.enter_context(patch.object(holder, function, run))
        coded = list(coder.stream(texts))
        clocks.stop()
    return clocks.seconds, Amounts.of(coded)


def without_parse(coder: Coder, texts: list[Report]) -> float:
    """Return the seconds it takes to code some reports whose sentences are parsed already."""
    parsed: list[Doc] = []

    def remember(nlp: Language, sentences: Iterable[str]) -> Iterator[Doc]:
        found = list(tree.parse(nlp, sentences))
        parsed.extend(found)
        return map(tree.tree_of, found)

    def given(_: Language, sentences: Iterable[str]) -> Iterator[Doc]:
        return (tree.tree_of(next(docs)) for _ in sentences)

    with patch.object(coding, "trees", remember):
        list(coder.stream(texts))
    docs = iter(parsed)
    with patch.object(coding, "trees", given):
        begin = time.process_time()
        list(coder.stream(texts))
        return time.process_time() - begin


def show(name: str, seconds: dict[str, float], amounts: Amounts) -> dict[str, float]:
    """Print a table of stages; return its shares of the parse."""
    whole, parse = sum(seconds.values()), seconds["parse"]
    print(f"{name}: {amounts.reports} reports, {amounts.sentences} sentences parsed")
    print(f"  {'':<24}seconds  of all  of parse    words/s sentences/s reports/s")
    for stage, each in (*seconds.items(), ("everything", whole)):
        shares = f"{each:7.2f} {each / whole:7.0%} {each / parse:9.2f}"
        print(f"  {stage:<24}{shares}{amounts.a_second(each)}")
    coding_ = (whole - parse - seconds["lay out, split, gate"]) / parse
    resolvers = sum(seconds[stage] for stage in RESOLVERS) / parse
    print(
        f"  who, when, where, said by: {resolvers:.2f} x parse; all coding: {coding_:.2f} x parse"
    )
    print(f"  all but the parse: {1 - parse / whole:.0%} of the whole")
    return {
        "resolvers": resolvers,
        "coding": coding_,
        "all_but_the_parse": 1 - parse / whole,
        "words_per_second": amounts.words / whole,
    }


def main() -> None:
    """Measure both kinds of text; exit 1 when coding takes too much."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--texts", type=int, default=60)
    parser.add_argument("--json", type=Path, help="write the shares here")
    parser.add_argument("--most", type=float, help="of the parse that all coding may take")
    given = parser.parse_args()
    everything = list(reports(given.shared))
    sets = {
        "TR-News": [r for r in everything if r.id.startswith("tr-")][: given.texts],
        "PolNeAR": [r for r in everything if not r.id.startswith("tr-")][: given.texts],
    }
    coder = dragoman.load()
    shares = {name: both(coder, name, texts) for name, texts in sets.items()}
    if given.json:
        given.json.write_text(json.dumps(shares, indent=2) + "\n", encoding="utf-8")
    if given.most is not None and any(s["coding"] > given.most for s in shares.values()):
        sys.exit(f"coding takes more than {given.most} of the parse")


def both(coder: Coder, name: str, texts: list[Report]) -> dict[str, float]:
    """Measure and print one set of texts, with and without its parse."""
    for _ in coder.stream(texts[:WARM]):
        pass
    seconds, amounts = measure(coder, texts)
    shares = show(name, seconds, amounts)
    alone = without_parse(coder, texts)
    words, sentences, reports_ = amounts.a_second(alone).split()
    print(
        f"  with the parse given: {sentences} sentences, {words} words, {reports_} reports a second"
    )
    return {**shares, "sentences_per_second_parse_given": amounts.sentences / alone}


if __name__ == "__main__":
    main()
