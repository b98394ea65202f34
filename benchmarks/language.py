"""Measure the language underneath: words per second by part, load time, hard sentence ends.

Usage: python benchmarks/language.py SHARED [--against PIPELINE] [--texts N]
       python benchmarks/language.py --ends

The first form parses every sentence of TR-News reports on one core with each part of the
pipeline, and does the same with another pipeline in the same run (``SHARED/bootstrap-model``
unless told). The second counts sentence ends in ``data/sentence_ends.txt`` as the coder finds
them: the splitter first, then the parser inside what the splitter left whole.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}

import spacy
from robustness import reports

from dragoman.coding.coder import find_sentences
from dragoman.language.pipeline import load_pipeline, parse, plain
from dragoman.language.segments import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

ENDS = Path(__file__).parent / "data" / "sentence_ends.txt"
ROUNDS = 3
"""Times each measurement is made; the best counts."""
BATCH = 64
"""Sentences to a batch, as in the coder."""


def sentences(shared: Path, texts: int) -> list[str]:
    """Return the sentences of the first TR-News reports."""
    found = []
    for report in [r for r in reports(shared) if r.id.startswith("tr-")][:texts]:
        spans = find_sentences(report.text, lay_out(report.text, report.title))
        found.extend(plain(report.text[s.start : s.end]) for s in spans)
    return found


def by_part(nlp: Language, texts: list[str]) -> dict[str, float]:
    """Return the seconds that the tokeniser and each part take over some sentences."""
    seconds = {"tokenizer": 0.0}
    begin = time.perf_counter()
    docs = [nlp.make_doc(text) for text in texts]
    seconds["tokenizer"] = time.perf_counter() - begin
    for name, part in nlp.pipeline:
        begin = time.perf_counter()
        docs = list(part.pipe(docs, batch_size=BATCH))
        seconds[name] = time.perf_counter() - begin
    return seconds


def best(nlp: Language, texts: list[str]) -> dict[str, float]:
    """Return each part's best time of some rounds."""
    rounds = [by_part(nlp, texts) for _ in range(ROUNDS)]
    return {name: min(r[name] for r in rounds) for name in rounds[0]}


def speed(shared: Path, against: str, texts: int) -> None:
    """Print words per second by part for both pipelines, and the ratio."""
    text = sentences(shared, texts)
    begin = time.perf_counter()
    own = load_pipeline()
    print(f"load\t{time.perf_counter() - begin:.2f} s, libraries imported")
    totals = []
    for title, nlp in (("ours", own), (Path(against).name, spacy.load(against))):
        words = sum(len(nlp.make_doc(t)) for t in text)
        found = best(nlp, text)
        total = sum(found.values())
        totals.append(words / total)
        print(f"{title}\t{words} words, {len(text)} sentences, {words / total:.0f} words/s")
        for name, seconds in found.items():
            print(f"  {name}\t{words / seconds:.0f} words/s\t{seconds / total:.0%}")
    print(f"ratio\t{totals[0] / totals[1]:.2f}")


def marked() -> Iterator[tuple[str, set[int]]]:
    """Yield each paragraph of the set of hard ends, and the offsets after which it is cut."""
    for line in ENDS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            parts = line.split("|")
            ends, at = set(), 0
            for part in parts[:-1]:
                at += len(part)
                ends.add(at)
            yield "".join(parts), ends


def found_ends(nlp: Language, text: str) -> set[int]:
    """Return the offsets inside a paragraph after which the coder sees a sentence end."""
    spans = [
        (s.start, s.end) for s in find_sentences(text, lay_out(text)) if s.block.kind != "dateline"
    ]
    ends = set()
    for (start, end), doc in zip(spans, parse(nlp, [text[a:b] for a, b in spans]), strict=True):
        ends |= {start + s.end_char for s in doc.sents if s.end < len(doc)} | {end}
    return {end for end in ends if end < len(text.rstrip())}


def count_ends() -> None:
    """Print precision, recall and F1 of the hard ends, and what was wrong."""
    nlp = load_pipeline()
    right = system = gold = 0
    for text, ends in marked():
        found = found_ends(nlp, text)
        right, system, gold = right + len(found & ends), system + len(found), gold + len(ends)
        for end in sorted(found ^ ends):
            kind = "missed" if end in ends else "false"
            print(f"{kind}\t{text[max(0, end - 30) : end]} | {text[end : end + 30].strip()}")
    print(
        f"hard sentence ends\t{gold}\tprecision {right / system:.3f}\trecall {right / gold:.3f}"
        f"\tF1 {2 * right / (system + gold):.3f}"
    )


def main() -> None:
    """Run one of the two measurements."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("shared", type=Path, nargs="?", help="the folder with the corpora")
    parser.add_argument("--against", help="another pipeline, a spaCy package or folder")
    parser.add_argument("--texts", type=int, default=65)
    parser.add_argument("--ends", action="store_true")
    given = parser.parse_args()
    if given.ends:
        count_ends()
    elif given.shared:
        speed(given.shared, given.against or str(given.shared / "bootstrap-model"), given.texts)
    else:
        parser.error("give SHARED, the folder with the corpora, or --ends")


if __name__ == "__main__":
    main()
