"""Measure speed as ratios in one run: the coder against parsing every sentence and coding nothing.

Usage: python benchmarks/speed.py SHARED [--texts N]

Prints, for TR-News (political) and PolNeAR (general) texts: the share of sentences parsed by the
gate's choice, the processor's seconds to parse every sentence and those of the whole coder, their
ratio, and how many times the bare tokeniser is faster; then where a cold start goes, by the clock.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from robustness import reports

import dragoman
from dragoman.coding.coder import Coder, find_sentences
from dragoman.language.pipeline import parse
from dragoman.language.segments import lay_out

if TYPE_CHECKING:
    from dragoman.record import Report

STEPS = {
    "interpreter": "pass",
    "spaCy": "import spacy",
    "dragoman": "import spacy, dragoman.coding.coder",
    "coder loaded": "import dragoman; dragoman.load()",
    "one report coded": (
        "import dragoman; dragoman.load().code('Turkey expelled three Greek diplomats on Friday.')"
    ),
}


def parse_all(coder: Coder, texts: list[Report]) -> float:
    """Return the processor's seconds to parse every sentence of some reports."""
    begin = time.process_time()
    for report in texts:
        sentences = find_sentences(report.text, lay_out(report.text, report.title))
        for _ in parse(coder.nlp, (report.text[s.start : s.end] for s in sentences)):
            pass
    return time.process_time() - begin


def tokenise_all(coder: Coder, texts: list[Report]) -> float:
    """Return the processor's seconds to cut some reports into tokens and nothing else."""
    begin = time.process_time()
    for report in texts:
        coder.nlp.make_doc(report.text)
    return time.process_time() - begin


def code_all(coder: Coder, texts: list[Report]) -> tuple[float, int, int, int]:
    """Return the processor's seconds to code some reports, their sentences, those parsed, words."""
    begin = time.process_time()
    coded = list(coder.stream(texts))
    seconds = time.process_time() - begin
    return (
        seconds,
        sum(c.sentences for c in coded),
        sum(c.parsed for c in coded),
        sum(c.words for c in coded),
    )


def cold(code: str) -> float:
    """Return the seconds a fresh process takes to run some code, the better of two."""
    times = []
    for _ in range(2):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True)
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--texts", type=int, default=60)
    given = parser.parse_args()
    everything = list(reports(given.shared))
    sets = {
        "TR-News": [r for r in everything if r.id.startswith("tr-")][: given.texts],
        "PolNeAR": [r for r in everything if not r.id.startswith("tr-")][: given.texts],
    }
    coder = dragoman.load()
    code_all(coder, sets["TR-News"][:3])
    for name, texts in sets.items():
        parsing, cutting = parse_all(coder, texts), tokenise_all(coder, texts)
        coding, sentences, parsed, words = code_all(coder, texts)
        print(
            f"{name}: {len(texts)} reports, {words} words, "
            f"{parsed / sentences:.0%} of sentences parsed, "
            f"parse everything {parsing:.1f} s, whole coder {coding:.1f} s, "
            f"ratio {parsing / coding:.2f}, {words / coding:.0f} words a second, "
            f"tokeniser alone {coding / cutting:.0f} times as fast"
        )
    print("cold start: " + ", ".join(f"{name} {cold(code):.2f} s" for name, code in STEPS.items()))


if __name__ == "__main__":
    main()
