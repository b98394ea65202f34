"""Mend trees that break the rules of Universal Dependencies in plain ways.

News leads its sentences with long names, offices and days ("Archbishop X on Sunday called for
..."), and a small parser then takes the finite verb for a modifier of a noun. Such trees cannot be
right whatever they mean: a modifier has no subject, a noun with a preposition is no object. Each
rule looks for one such fault and makes the smallest change that takes it away; a tree without
faults stays as it is. How often each rule is right is counted by ``training/mending.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokens import Doc

FINITE = frozenset({"VBD", "VBZ", "VBP"})
VERBAL = frozenset({"nsubj", "nsubj:pass", "aux", "aux:pass"})
"""Relations that only a predicate governs."""
MODIFIERS = frozenset({"amod", "compound", "flat"})
UNDER_SUBJECT = frozenset({"acl", "amod", "compound", "flat"})
"""Relations in which the verb of a sentence is found when a noun was taken for its root."""
NOMINAL = frozenset({"NOUN", "PROPN"})
CORE = frozenset({"nsubj", "nsubj:pass", "obj", "iobj"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
LOST_SUBJECTS = frozenset({"obl", "obl:unmarked", "nsubj", "nsubj:pass", "dep"})
"""Relations that a subject is given when a day before it is taken for a part of it."""
CLAUSES = frozenset({"parataxis", "ccomp", "csubj", "cop", "aux", "aux:pass", "nsubj"})
"""Relations that tell a nominal root from one that is only the subject of its sentence."""
WITHIN = frozenset({"det", "case", "nmod:poss", "amod", "cop", "nummod", "nsubj"})
"""Relations of words that a noun phrase begins with, or a nominal clause has."""
CLAUSAL = {"obl": "advcl", "nmod": "acl", "obj": "ccomp", "nsubj": "csubj", "case": "mark"}
"""What a noun's relation, or that of its preposition, becomes when a verb takes its place."""
PARTS = MODIFIERS | {"nmod:desc"}
"""Relations of words inside a name."""
YEAR = 4
"""Digits."""
LONGEST_ACRONYM = 5
"""Letters; longer words all in capitals are datelines: "KHARTOUM"."""
OPENING = ("mark", "nsubj", "nsubj:pass", "expl", "cc")
"""What keeps a finite verb below a noun in place: a clause of its own."""


@cache
def _words() -> dict[str, frozenset[str]]:
    """Read the words that the rules ask for."""
    return {name: frozenset(words) for name, words in read_data("mending.yaml").items()}


@dataclass(slots=True)
class Tree:
    """A sentence's tree, to be changed: heads and relations by token, roots their own heads."""

    words: list[str]
    tags: list[str]
    pos: list[str]
    heads: list[int]
    deps: list[str]
    shouted: list[bool]
    """Words all in capitals, as datelines are."""

    @classmethod
    def of(cls, doc: Doc) -> Tree:
        """Read a document's tree."""
        return cls(
            [t.lower_ for t in doc],
            [t.tag_ for t in doc],
            [t.pos_ for t in doc],
            [t.head.i for t in doc],
            [t.dep_ for t in doc],
            [t.is_upper and len(t) > LONGEST_ACRONYM for t in doc],
        )

    def children(self, head: int) -> list[int]:
        """Return the dependents of a token, in the order of the text."""
        return [i for i, h in enumerate(self.heads) if h == head and i != head]

    def below(self, head: int) -> set[int]:
        """Return a token and all that hangs on it."""
        found, open_ = {head}, [head]
        while open_:
            for child in self.children(open_.pop()):
                if child not in found:
                    found.add(child)
                    open_.append(child)
        return found

    def has(self, head: int, labels: frozenset[str] | tuple[str, ...]) -> bool:
        """Whether a token governs one of some relations."""
        return any(self.deps[c] in labels for c in self.children(head))

    def hang(self, token: int, head: int, label: str) -> None:
        """Give a token another head and relation."""
        self.heads[token], self.deps[token] = head, label


def mend(doc: Doc) -> Doc:
    """Mend a document's tree in place; sentence boundaries stay."""
    tree = Tree.of(doc)
    changed = [rule for rule in RULES if rule(tree)]
    if changed:
        _write(doc, tree)
    return doc


def _write(doc: Doc, tree: Tree) -> None:
    """Put a changed tree into its document."""
    strings = doc.vocab.strings
    rows = [
        (np.uint64((head - i) % 2**64), strings.add(label))
        for i, (head, label) in enumerate(zip(tree.heads, tree.deps, strict=True))
    ]
    doc.from_array(["HEAD", "DEP"], np.array(rows, dtype=np.uint64))  # type: ignore[arg-type]


def modifier_with_subject(tree: Tree) -> bool:
    """A verb that has a subject governs the noun it was hung on: "jets shelled/amod positions"."""
    changed = False
    for verb, label in enumerate(tree.deps):
        noun = tree.heads[verb]
        if label not in MODIFIERS or tree.pos[verb] != "VERB" or noun < verb:
            continue
        if _governs_like_a_clause(tree, verb) and not _begins_before(tree, noun, verb):
            _turn(tree, verb, _whole_name(tree, noun))
            changed = True
    return changed


def _governs_like_a_clause(tree: Tree, verb: int) -> bool:
    """Whether a verb has an auxiliary, or a noun for its subject."""
    kids = tree.children(verb)
    return any(
        tree.deps[c] in VERBAL and (tree.pos[c] in NOMINAL or tree.pos[c] == "AUX") for c in kids
    )


def _begins_before(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun's own words stand before a verb: "a family owned company"."""
    return any(c < verb and tree.deps[c] in WITHIN for c in tree.children(noun))


def _turn(tree: Tree, verb: int, noun: int) -> None:
    """Let a verb take its noun's place; the noun becomes its object, words before it are its."""
    root, label = tree.heads[noun] == noun, tree.deps[noun]
    tree.hang(verb, verb if root else tree.heads[noun], CLAUSAL.get(label, label))
    for child in tree.children(noun):
        outside = child < verb or (tree.deps[child] == "punct" and child > noun)
        if child != verb and outside:
            tree.hang(child, verb, CLAUSAL.get(tree.deps[child], tree.deps[child]))
    tree.hang(noun, verb, "obj")


def _whole_name(tree: Tree, part: int) -> int:
    """Return the head of the name that a word is part of: "Prime Minister X"."""
    while tree.deps[part] in PARTS and tree.heads[part] > part:
        part = tree.heads[part]
    return part


def nominal_root(tree: Tree) -> bool:
    """The only finite verb, below a noun taken for the root, is the root: "X on Sunday called"."""
    roots = [i for i, h in enumerate(tree.heads) if h == i]
    if len(roots) != 1 or tree.pos[roots[0]] not in NOMINAL or tree.has(roots[0], CLAUSES):
        return False
    root = roots[0]
    verb = next(_main_verbs(tree, root), None)
    if verb is None:
        return False
    tree.hang(verb, verb, "ROOT")
    for child in tree.children(root):
        if child > verb:
            tree.heads[child] = verb
    tree.hang(root, verb, "nsubj")
    return True


def _main_verbs(tree: Tree, root: int) -> Iterator[int]:
    """Yield the finite verbs that could be the sentence's own, left to right."""
    for verb in range(root + 1, len(tree.tags)):
        if tree.tags[verb] not in FINITE or tree.pos[verb] != "VERB":
            continue
        if tree.deps[verb] not in UNDER_SUBJECT or tree.has(verb, OPENING):
            continue
        if _hangs_from(tree, verb, root):
            yield verb


def _hangs_from(tree: Tree, verb: int, root: int) -> bool:
    """Whether only nouns stand between a verb and the root above it."""
    above = tree.heads[verb]
    while above != root:
        if tree.pos[above] not in NOMINAL or above == tree.heads[above]:
            return False
        above = tree.heads[above]
    return True


def case_of_modifier(tree: Tree) -> bool:
    """A preposition belongs to the head of its phrase: "by the U.N. war crimes court"."""
    changed = False
    for case, label in enumerate(tree.deps):
        part = tree.heads[case]
        noun = tree.heads[part]
        if label != "case" or not case < part < noun or tree.deps[part] not in MODIFIERS:
            continue
        if tree.tags[case] != "IN" or tree.deps[noun] in SUBJECTS or _broken(tree, case, noun):
            continue
        for child in tree.children(part):
            if tree.deps[child] in ("case", "det") and child < part:
                tree.heads[child] = noun
        changed = True
    return changed


def _broken(tree: Tree, case: int, noun: int) -> bool:
    """Whether a phrase is no plain run of words: "air-to-surface missiles", "in X or near Y"."""
    between = range(max(case - 1, 0), noun)
    return any(tree.pos[i] in ("PUNCT", "CCONJ") or tree.words[i] == "-" for i in between)


def cased_argument(tree: Tree) -> bool:
    """A noun with a preposition is oblique: "called for sanctions/obj"."""
    changed = False
    for noun, label in enumerate(tree.deps):
        verb = tree.heads[noun]
        if label not in ("obj", "iobj") or tree.pos[verb] != "VERB" or noun < verb:
            continue
        case = next((c for c in tree.children(noun) if tree.deps[c] == "case" and c < noun), None)
        if case is None or tree.tags[case] != "IN" or tree.words[case] in _words()["inside"]:
            continue
        by = tree.words[case] == "by" and tree.has(verb, ("aux:pass", "nsubj:pass"))
        tree.deps[noun] = "obl:agent" if by else "obl"
        changed = True
    return changed


def second_subject(tree: Tree) -> bool:
    """Of two subjects side by side the second names the first: "X's emir, Sheikh Y, said".

    A day or a dateline is no subject at all: "A judge Thursday approved", "CAIRO -- Mr X said".
    """
    changed = False
    for verb in {h for i, h in enumerate(tree.heads) if tree.deps[i] in SUBJECTS}:
        subjects = [c for c in tree.children(verb) if tree.deps[c] in SUBJECTS]
        if len(subjects) != 2 or subjects[1] > verb or tree.pos[subjects[0]] not in NOMINAL:
            continue
        changed |= _settle(tree, verb, *subjects)
    return changed


def _settle(tree: Tree, verb: int, first: int, second: int) -> bool:
    """Say what the two subjects of a verb are; return whether anything was said."""
    for subject in (first, second):
        if tree.words[subject] in _words()["days"]:
            tree.hang(subject, verb, "obl:unmarked")
            return True
    if tree.shouted[first] and not tree.shouted[second]:
        tree.hang(first, verb, "dep")
        return True
    if tree.pos[second] == "PROPN" and _adjacent(tree, first, second):
        tree.hang(second, first, "appos")
        return True
    return False


def _adjacent(tree: Tree, first: int, second: int) -> bool:
    """Whether nothing but a comma stands between two phrases."""
    end, start = max(tree.below(first)), min(tree.below(second))
    between = tree.words[end + 1 : start]
    return end < start and between in ([], [","])


def day_before_subject(tree: Tree) -> bool:
    """A day that opens a clause is no part of its subject: "On Sunday rebels shelled a town"."""
    changed = False
    for noun, verb in enumerate(tree.heads):
        if tree.deps[noun] not in LOST_SUBJECTS or tree.pos[verb] != "VERB" or noun > verb:
            continue
        case = min(tree.below(noun))
        day = _end_of_time(tree, case)
        others = [c for c in tree.children(verb) if tree.deps[c] in SUBJECTS and c != noun]
        if day is None or day >= noun or others:
            continue
        for part in range(case, day):
            tree.hang(part, day, "case" if part == case else "compound")
        tree.hang(day, verb, "obl")
        tree.hang(noun, verb, "nsubj:pass" if tree.has(verb, ("aux:pass",)) else "nsubj")
        changed = True
    return changed


def _end_of_time(tree: Tree, case: int) -> int | None:
    """Return the last word of "on Tuesday night" or "in April 2004", ``None`` without a time."""
    names = {"on": "days", "in": "months"}.get(tree.words[case])
    name, following = (*tree.words[case + 1 : case + 3], "", "")[:2]
    if names is None or name not in _words()[names]:
        return None
    year = following.isdigit() and len(following) == YEAR
    return case + 2 if year or following in _words()["hours"] else case + 1


RULES: tuple[Callable[[Tree], bool], ...] = (
    day_before_subject,
    case_of_modifier,
    modifier_with_subject,
    nominal_root,
    cased_argument,
    second_subject,
)
