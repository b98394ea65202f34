"""Turn the silver trees, in Universal Dependencies' first scheme, into the second.

Stanford CoreNLP parsed the silver corpus as UD v1. What the second scheme does otherwise and
can be read off the tree is changed here: names of relations, ``obl`` for what hangs on a
predicate, persons' names head first, conjunctions with the conjunct that follows them, and
punctuation (``punctuation.py``). Sentences with a relation that CoreNLP could not
name are left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from punctuation import rehang
from treebanks import read_conllu, silver_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from treebanks import Sentence, Word

RENAMED = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "neg": "advmod",
    "mwe": "fixed",
    "nmod:tmod": "nmod:unmarked",
    "nmod:npmod": "nmod:unmarked",
}
PREDICATES = ("VB", "JJ", "RB")
"""Tags of the words that take ``obl`` where nouns take ``nmod``."""
OF_NAMES = ("compound", "amod", "det", "nmod:poss", "nummod")
"""What hangs on a person's name in the old scheme and on the title before it in the new one."""
LONGEST = 80
"""Words; the parses of longer sentences are seldom right."""


def silver_trees(path: Path, gold: list[Path]) -> Iterator[Sentence]:
    """Yield the silver sentences whose trees could be brought into the second scheme.

    Args:
        path: the silver corpus.
        gold: treebanks, to see which words describe names as adjectives ("White House").
    """
    describing = adjectives(gold)
    for sentence in silver_sentences(path):
        if len(sentence.words) <= LONGEST and all(w.deprel != "dep" for w in sentence.words):
            convert(sentence.words, describing)
            yield sentence


def adjectives(gold: list[Path]) -> frozenset[str]:
    """Return the forms that gold trees more often hang as ``amod`` than as ``compound``."""
    seen: Counter[str] = Counter()
    for path in gold:
        for sentence in read_conllu(path):
            for word in sentence.words:
                if word.deprel in ("amod", "compound"):
                    seen[word.form] += 1 if word.deprel == "amod" else -1
    return frozenset(form for form, count in seen.items() if count > 0)


def convert(words: list[Word], describing: frozenset[str]) -> None:
    """Change one sentence's relations in place, from UD v1 to UD v2."""
    for word in words:
        word.deprel = _renamed(word)
        if word.deprel == "compound" and word.form in describing:
            word.deprel = "amod"
    for word in words:
        _oblique(word, words)
    for first, last in _groups(words):
        _head_first(words, first, last, "fixed")
    for first, last in _persons(words):
        _head_first(words, first, last, "flat")
        _title(words, first)
    _conjuncts(words)
    rehang(words)


def _renamed(word: Word) -> str:
    """Return a relation's new name; "no" is a determiner."""
    if word.deprel == "neg" and word.xpos == "DT":
        return "det"
    return RENAMED.get(word.deprel, word.deprel)


def _oblique(word: Word, words: list[Word]) -> None:
    """Make an ``nmod`` of a predicate ``obl``, and that of a passive with "by" its agent."""
    if word.deprel not in ("nmod", "nmod:unmarked") or not word.head:
        return
    head = words[word.head - 1]
    if not head.xpos.startswith(PREDICATES):
        return
    place = words.index(word) + 1
    marks = {w.form.lower() for w in words if w.head == place and w.deprel == "case"}
    passive = head.xpos == "VBN" and (
        head.deprel == "acl" or any(w.head == word.head and w.deprel == "aux:pass" for w in words)
    )
    kind = word.deprel.partition(":")[2]
    kind = "agent" if passive and marks == {"by"} else kind
    word.deprel = f"obl:{kind}" if kind else "obl"


def _groups(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of the fixed expressions, which stand together."""
    inside = [w.head - 1 if w.deprel == "fixed" else None for w in words]
    for head in sorted({h for h in inside if h is not None}):
        members = [head, *(i for i, h in enumerate(inside) if h == head)]
        if max(members) - min(members) == len(members) - 1:
            yield min(members), max(members)


def _persons(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield first and last index of persons' names of two proper nouns or more."""
    marked = enumerate(words)
    for (is_name, _), run in groupby(
        marked, lambda p: ("PERSON" in p[1].misc.get("NER", ""), _begin(words, p[0]))
    ):
        members = [i for i, w in run if w.xpos == "NNP"]
        if is_name and len(members) > 1 and members[-1] - members[0] == len(members) - 1:
            outside = [i for i in members if not members[0] <= words[i].head - 1 <= members[-1]]
            if outside == [members[-1]]:
                yield members[0], members[-1]


def _begin(words: list[Word], at: int) -> int:
    """Return where the name that covers a word begins."""
    while words[at].misc.get("NER", "").startswith("I-") and at:
        at -= 1
    return at


def _head_first(words: list[Word], first: int, last: int, relation: str) -> None:
    """Make the first word of a group its head; what hung on any of them now hangs on it."""
    inside = range(first, last + 1)
    top = next((words[i] for i in inside if words[i].head - 1 not in inside), None)
    if top is None:
        return
    head, deprel = top.head, top.deprel
    for index, word in enumerate(words):
        if index in inside:
            word.head, word.deprel = first + 1, relation
        elif word.head - 1 in inside:
            word.head = first + 1
    words[first].head, words[first].deprel = head, deprel


def _title(words: list[Word], name: int) -> None:
    """Make the noun before a person's name its title, with what describes it."""
    title = name - 1
    if title < 0 or words[title].head != name + 1 or words[title].deprel != "compound":
        return
    words[title].deprel = "nmod:desc"
    for word in words[:title]:
        if word.head == name + 1 and word.deprel in OF_NAMES:
            word.head = title + 1


def _conjuncts(words: list[Word]) -> None:
    """Hang conjunctions on the conjunct that follows."""
    for head in {w.head for w in words if w.deprel == "conj"}:
        conjuncts = [n for n, w in enumerate(words, 1) if w.head == head and w.deprel == "conj"]
        places = [head, *conjuncts]
        for before, after in pairwise(sorted(places)):
            for word in words[before : after - 1]:
                if word.head == head and word.deprel == "cc" and after != head:
                    word.head = after


def main() -> None:
    """Say how often the rules for punctuation find the gold head in ``--check``'s treebanks."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--check", type=Path, nargs="+", required=True)
    for path in parser.parse_args().check:
        right, total = 0, 0
        for sentence in read_conllu(path):
            gold = [(w, w.head) for w in sentence.words if w.deprel == "punct"]
            rehang(sentence.words)
            right, total = right + sum(w.head == head for w, head in gold), total + len(gold)
        print(f"{path.name}: {right / total:.4f} of {total} signs")


if __name__ == "__main__":
    main()
