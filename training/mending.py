"""Count what the mending of trees does: words whose head or relation became right or wrong.

Usage: python training/mending.py --shared SHARED

Sentences of the development treebanks are parsed one by one, as the coder parses. Prints a
line a rule (trees it changed, words made right, made wrong) and the whole effect.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from evaluate import Counts, gold_words
from treebanks import read_conllu, text_of

from dragoman.language.mending import RULES, Tree
from dragoman.language.pipeline import load_pipeline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc
    from treebanks import Sentence

Place = tuple[int, int]
SETS = ("ewt-dev", "gum-dev")


@dataclass(frozen=True)
class Case:
    """A parsed sentence: its tree, where its words stand, and gold heads and relations by place."""

    tree: Tree
    places: list[Place]
    gold: dict[Place, tuple[Place | None, str]]

    @classmethod
    def of(cls, doc: Doc, sentence: Sentence) -> Case:
        """Line a parsed sentence up with its gold."""
        ends = [0]
        for token in doc:
            ends.append(ends[-1] + (0 if token.is_space else len(token.text)))
        words = list(gold_words([sentence]))
        where = [word[0] for word in words]
        gold = {w[0]: (None if w[2] is None else where[w[2]], plain(w[3])) for w in words}
        return cls(Tree.of(doc), list(pairwise(ends)), gold)

    def right(self) -> list[bool | None]:
        """Tell for each word whether head and relation are the gold's; ``None`` without one."""
        tree = self.tree
        heads = [None if h == i else self.places[h] for i, h in enumerate(tree.heads)]
        labels = ["root" if h is None else plain(d) for h, d in zip(heads, tree.deps, strict=True)]
        found = zip(self.places, heads, labels, strict=True)
        return [(h, d) == self.gold[p] if p in self.gold else None for p, h, d in found]


def plain(label: str) -> str:
    """Return a relation without its subtype."""
    return label.split(":", maxsplit=1)[0]


def cases(nlp: Language, path: Path) -> Iterator[Case]:
    """Yield the parsed sentences of a treebank."""
    sentences = list(read_conllu(path))
    docs = nlp.pipe(text_of([s]).strip() for s in sentences)
    for doc, sentence in zip(docs, sentences, strict=True):
        yield Case.of(doc, sentence)


def apply(case: Case, counts: Counts) -> None:
    """Apply every rule to a sentence and count what each did."""
    counts.add("before", sum(bool(r) for r in case.right()), len(case.places), len(case.gold))
    for rule in RULES:
        before = case.right()
        if rule(case.tree):
            pairs = list(zip(before, case.right(), strict=True))
            counts.add(rule.__name__, sum(bool(b) and not a for a, b in pairs), 1, 0)
            counts.add(f"{rule.__name__} worse", sum(bool(a) and not b for a, b in pairs), 1, 0)
    counts.add("after", sum(bool(r) for r in case.right()), len(case.places), len(case.gold))


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    given = parser.parse_args()
    nlp, counts = load_pipeline(), Counts()
    for name in SETS:
        for case in cases(nlp, given.shared / "treebanks" / f"{name}.conllu"):
            apply(case, counts)
    for rule in (r.__name__ for r in RULES):
        trees, worse = counts.system.get(rule, 0), counts.right.get(f"{rule} worse", 0)
        print(f"{rule}: {trees} trees, {counts.right.get(rule, 0)} words made right, {worse} wrong")
    print(f"LAS before {counts.f1('before'):.4f}, after {counts.f1('after'):.4f}")


if __name__ == "__main__":
    main()
