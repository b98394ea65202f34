"""Count what the gate costs and saves: real reports coded with it and without it.

Usage: python benchmarks/gate.py SHARED [--texts N] [--show N] [--needless N]

Codes the development reports of TR-News and PolNeAR as always and with every sentence of a coded
segment parsed. Prints, for each set, the share of sentences and of characters that pass
the gate and that are parsed, the mentions and events of both, and the share of mentions that
differ in any field. ``passing alone`` is what would differ if a sentence that does not pass were
not read at all. ``--show`` lists mentions that differ, ``--needless`` the words that let the most
characters pass without any mention.

Exits with 1 when more than 0.2% of the mentions differ.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import dragoman
from dragoman.coding.coder import Coder, Sentence, find_sentences, is_coded
from dragoman.language.pipeline import words_of
from dragoman.language.segments import lay_out
from dragoman.record import Mention, Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ALLOWED = 0.002
"""Share of the mentions that may differ."""
Facts = tuple[str, ...]
"""A mention's fields but its running number, as JSON."""


def political(shared: Path) -> Iterator[Report]:
    """Yield the development reports of TR-News."""
    for line in (shared / "corpora" / "tr-news-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Report(id=row["id"], text=row["text"], title=row.get("title"))


def general(shared: Path) -> Iterator[Report]:
    """Yield the development reports of PolNeAR."""
    for path in sorted((shared / "attribution" / "polnear-dev").glob("*.txt")):
        yield Report(id=path.stem, text=path.read_bytes().decode("utf-8"), published="2016-10-01")


SETS = {"TR-News": political, "PolNeAR": general}


@dataclass
class Tally:
    """What is counted over the reports of a set."""

    sentences: Counter[str] = field(default_factory=Counter)
    """Sentences of coded segments, those that pass, those parsed."""
    characters: Counter[str] = field(default_factory=Counter)
    """The same in code points."""
    found: Counter[str] = field(default_factory=Counter)
    """Mentions and events, with the gate and without."""
    differing: list[tuple[str, Facts]] = field(default_factory=list)
    """Mentions of one side alone, after its name."""
    alone: int = 0
    """Mentions that differ when only passing sentences are read."""
    needless: Counter[str] = field(default_factory=Counter)
    """Code points of sentences without a mention, by the words that let them pass."""

    def note(self, kind: str, sentences: Iterable[Sentence]) -> None:
        """Count some sentences."""
        for sentence in sentences:
            self.sentences[kind] += 1
            self.characters[kind] += sentence.end - sentence.start


def facts(mention: Mention) -> Facts:
    """Return everything a mention says, its running number left out."""
    fields = (f for f in Mention.__struct_fields__ if f != "id")
    return tuple(f"{f}: {msgspec.json.encode(getattr(mention, f)).decode()}" for f in fields)


def apart(one: Sequence[Mention], other: Sequence[Mention]) -> tuple[list[Facts], list[Facts]]:
    """Return what only the one and what only the other holds."""
    first, second = Counter(map(facts, one)), Counter(map(facts, other))
    return list((first - second).elements()), list((second - first).elements())


class Unguarded(Coder):
    """Parses every sentence of a coded segment."""

    def choose(self, text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return them."""
        del text
        return [s for s in sentences if is_coded(s)]


class Alone(Coder):
    """Reads only sentences that pass the gate, not those that explain them."""

    def choose(self, text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return them."""
        coded = (s for s in sentences if is_coded(s))
        return [s for s in coded if self.gate.passes(words_of(self.nlp, text[s.start : s.end]))]


@dataclass(frozen=True)
class Coders:
    """The coder as it is, and two that choose otherwise."""

    gated: Coder
    unguarded: Unguarded
    alone: Alone

    @classmethod
    def of(cls, coder: Coder) -> Coders:
        """Let all three share pipeline and data."""
        return cls(coder, Unguarded(coder.nlp, coder.tools), Alone(coder.nlp, coder.tools))


def count(coders: Coders, report: Report, tally: Tally) -> None:
    """Code a report with the gate and without it, and count both."""
    sentences = list(find_sentences(report.text, lay_out(report.text, report.title)))
    passing = coders.alone.choose(report.text, sentences)
    tally.note("coded", coders.unguarded.choose(report.text, sentences))
    tally.note("pass", passing)
    tally.note("parsed", coders.gated.choose(report.text, sentences))

    gated, opened = coders.gated.code_report(report), coders.unguarded.code_report(report)
    tally.found.update(gated=len(gated.mentions), opened=len(opened.mentions))
    tally.found.update(gated_events=len(gated.events), opened_events=len(opened.events))
    lost, added = apart(opened.mentions, gated.mentions)
    tally.differing += [("without", f) for f in lost] + [("with", f) for f in added]
    tally.alone += max(map(len, apart(opened.mentions, coders.alone.code_report(report).mentions)))

    told = {m.sentence for m in opened.mentions}
    for sentence in (s for s in passing if s.number not in told):
        words = words_of(coders.gated.nlp, report.text[sentence.start : sentence.end])
        starts = {words[place].lower() for place in coders.gated.gate.places(words)}
        tally.needless.update(dict.fromkeys(starts, sentence.end - sentence.start))


def share(tally: Tally) -> float:
    """Return the share of the mentions that differ."""
    sides = Counter(side for side, _ in tally.differing)
    return max(sides["with"], sides["without"]) / max(1, tally.found["opened"])


def print_set(name: str, tally: Tally, show: int, needless: int) -> None:
    """Print what was counted over a set."""
    for unit, counted in (("sentences", tally.sentences), ("characters", tally.characters)):
        of = {kind: f"{counted[kind] / max(1, counted['coded']):.1%}" for kind in counted}
        print(f"{name}: {counted['coded']} {unit}, {of['pass']} pass, {of['parsed']} parsed")
    found, all_ = tally.found, max(1, tally.found["opened"])
    print(
        f"{name}: with the gate {found['gated']} mentions, {found['gated_events']} events; without "
        f"it {found['opened']} and {found['opened_events']}; {share(tally):.2%} differ "
        f"(passing alone {tally.alone / all_:.2%})"
    )
    for side, told in tally.differing[:show]:
        print(f"  only {side} the gate:", *told, sep="\n    ")
    for word, characters in tally.needless.most_common(needless):
        print(f"  needless\t{characters / tally.characters['coded']:.2%}\t{word}")


def main() -> None:
    """Run both sets; exit 1 when too much differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, help="the folder with the corpora")
    parser.add_argument("--texts", type=int, help="reports of each set; all without it")
    parser.add_argument("--show", type=int, default=0, help="differing mentions to list")
    parser.add_argument("--needless", type=int, default=0, help="words to list")
    given = parser.parse_args()
    coders = Coders.of(dragoman.load())
    worst = 0.0
    for name, read in SETS.items():
        tally = Tally()
        for report in list(read(given.shared))[: given.texts]:
            count(coders, report, tally)
        print_set(name, tally, given.show, given.needless)
        worst = max(worst, share(tally))
    sys.exit(1 if worst > ALLOWED else 0)


if __name__ == "__main__":
    main()
