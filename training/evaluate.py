"""Score the shipped pipeline from raw text, as the CoNLL 2018 shared task counts.

Tokens are the pipeline's own. A gold word counts as found when a system word
covers the same characters (white space aside); tags, heads and labels are then
compared on aligned words. F1 over all gold and all system words.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from names import crossner, gum_entities, uner
from treebanks import group, read_conllu, text_of

from dragoman.language.pipeline import load_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from treebanks import Sentence

Chars = tuple[int, int]
SCORED = {"PERSON": "PERSON", "ORG": "ORG", "LOC": "LOC", "GPE": "LOC"}
"""The kinds of name that all sets share: they do not tell political places from others."""


@dataclass
class Counts:
    """Right, system and gold counts by measure."""

    right: dict[str, int] = field(default_factory=dict)
    system: dict[str, int] = field(default_factory=dict)
    gold: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, right: int, system: int, gold: int) -> None:
        """Add to a measure."""
        for table, value in ((self.right, right), (self.system, system), (self.gold, gold)):
            table[name] = table.get(name, 0) + value

    def f1(self, name: str) -> float:
        """Return the F1 of a measure."""
        total = self.system.get(name, 0) + self.gold.get(name, 0)
        return 2 * self.right.get(name, 0) / total if total else 0.0


def gold_words(sentences: list[Sentence]) -> Iterator[tuple[Chars, str, int | None, str, bool]]:
    """Yield (characters, UPOS, head's index, relation, starts a sentence); no spaces."""
    at, base = 0, 0
    for sentence in sentences:
        for index, word in enumerate(sentence.words):
            length = len("".join(word.form.split()))
            head = base + word.head - 1 if word.head else None
            yield (
                (at, at + length),
                word.upos,
                head,
                word.deprel if word.head else "root",
                index == 0,
            )
            at += length
        base += len(sentence.words)


def system_words(nlp: Language, text: str) -> list[tuple[Chars, str, int | None, str, bool]]:
    """Return the same from the pipeline."""
    tokens = [t for t in nlp(text) if not t.is_space]
    number = {t.i: i for i, t in enumerate(tokens)}
    found, at = [], 0
    for token in tokens:
        root = token.head == token
        head = None if root else number.get(token.head.i)
        found.append(
            (
                (at, at + len(token.text)),
                token.pos_,
                head,
                "root" if root else token.dep_,
                bool(token.is_sent_start),
            )
        )
        at += len(token.text)
    return found


def score(nlp: Language, sentences: Iterator[Sentence]) -> Counts:
    """Score a treebank's raw text, a document's ten sentences at a time."""
    counts = Counts()
    for batch in group(sentences, 10):
        gold, system = list(gold_words(batch)), system_words(nlp, text_of(batch))
        place = {word[0]: i for i, word in enumerate(gold)}
        pairs = [(s, gold[place[s[0]]]) for s in system if s[0] in place]
        counts.add("words", len(pairs), len(system), len(gold))
        counts.add("UPOS", sum(s[1] == g[1] for s, g in pairs), len(system), len(gold))
        same = [(s, g) for s, g in pairs if _place(system, s[2]) == _place(gold, g[2])]
        counts.add("UAS", len(same), len(system), len(gold))
        counts.add(
            "LAS",
            sum(s[3].split(":")[0] == g[3].split(":")[0] for s, g in same),
            len(system),
            len(gold),
        )
        starts, golden = {s[0][0] for s in system if s[4]}, {g[0][0] for g in gold if g[4]}
        counts.add("sentences", len(starts & golden), len(starts), len(golden))
    return counts


def _place(words: list[tuple[Chars, str, int | None, str, bool]], head: int | None) -> Chars | None:
    """Return the characters of a head; ``None`` for a root."""
    return None if head is None else words[head][0]


def score_names(
    nlp: Language, cases: Iterator[tuple[Sentence, list[tuple[int, int, str]]]]
) -> Counts:
    """Score names on given sentences, by characters and label."""
    counts = Counts()
    for sentence, names in cases:
        offsets, at = [], 0
        for word in sentence.words:
            offsets.append((at, at + len(word.form)))
            at += len(word.form) + word.space_after
        gold = {
            (offsets[s][0], offsets[e - 1][1], SCORED[label])
            for s, e, label in names
            if label in SCORED
        }
        found = {
            (e.start_char, e.end_char, SCORED[e.label_])
            for e in nlp(text_of([sentence])).ents
            if e.label_ in SCORED
        }
        counts.add("names", len(gold & found), len(found), len(gold))
        for label in ("PERSON", "ORG", "LOC"):
            mine, right = {x for x in found if x[2] == label}, {x for x in gold if x[2] == label}
            counts.add(label, len(mine & right), len(mine), len(right))
    return counts


def genre(path: Path, names: tuple[str, ...]) -> Iterator[Sentence]:
    """Yield the sentences of a treebank's documents whose name holds one of ``names``."""
    wanted = False
    for sentence in read_conllu(path):
        if sentence.starts_document:
            wanted = any(n in line for line in sentence.comments for n in names)
        if wanted:
            yield sentence


def main() -> None:
    """Print one line a development set."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    given = parser.parse_args()
    nlp = load_pipeline(str(given.model))
    ewt, gum_dev = (given.shared / "treebanks" / f"{n}-dev.conllu" for n in ("ewt", "gum"))
    trees = {
        "ewt-dev": read_conllu(ewt),
        "gum-dev": read_conllu(gum_dev),
        "gum-dev news and speech": genre(gum_dev, ("_news_", "_speech_")),
    }
    for name, sentences in trees.items():
        counts = score(nlp, sentences)
        print(
            name, *(f"{m} {counts.f1(m):.4f}" for m in ("words", "sentences", "UPOS", "UAS", "LAS"))
        )
    gum = ((s, gum_entities(s)) for s in read_conllu(gum_dev))
    cross = crossner(given.shared / "ner" / "crossner-politics-dev.txt")
    ewt_names = uner(given.shared / "ner" / "uner-ewt-dev.iob2")
    sets = {"gum-dev": gum, "crossner-politics-dev": cross, "uner-ewt-dev": ewt_names}
    for name, cases in sets.items():
        counts = score_names(nlp, iter(cases))
        print(
            name, "names:", *(f"{m} {counts.f1(m):.4f}" for m in ("names", "PERSON", "ORG", "LOC"))
        )


if __name__ == "__main__":
    main()
