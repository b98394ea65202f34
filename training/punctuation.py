"""Hang punctuation where UD's second scheme has it.

A sign before or after a dependent part hangs on that part, paired signs on the head of what
they enclose, the rest on the head of the clause. On the gold training trees this finds the
head of 93 (EWT) and 90 (GUM) of a hundred signs (``training/silver.py --check``).
Words are counted from 1, as heads are; 0 is no word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from treebanks import Word

PAIRS = {'"': '"', "(": ")", "[": "]", "'": "'"}
OPENERS = frozenset({",", "-", "--", "–", "—"})
"""Signs that open a part which such a sign may close: "a friend, Ann, left"."""


class Tree:
    """A sentence's tree without its punctuation: how far each word's part reaches."""

    def __init__(self, words: list[Word]) -> None:
        """Find the first and last word under each word."""
        self.words = words
        self.solid = [False, *(w.deprel != "punct" for w in words), False]
        self.first = list(range(len(words) + 1))
        self.last = list(range(len(words) + 1))
        for number, word in enumerate(words, 1):
            for above in self.above(number) if word.deprel != "punct" else ():
                self.first[above] = min(self.first[above], number)
                self.last[above] = max(self.last[above], number)

    def head(self, number: int) -> int:
        """Return the head of a word; 0 for the root."""
        return self.words[number - 1].head

    def above(self, number: int) -> Iterator[int]:
        """Yield a word's head, its head's head, and so on; a circle ends."""
        for _ in self.words:
            number = self.head(number)
            if not number:
                return
            yield number

    def climb(self, number: int, may: Callable[[int], bool]) -> int:
        """Go up from a word as long as the next head may be gone to."""
        for above in self.above(number):
            if not may(above):
                break
            number = above
        return number

    def near(self, numbers: range) -> int:
        """Return the first word of a range that is no punctuation; 0 if none."""
        return next((n for n in numbers if self.solid[n]), 0)

    def opened(self, number: int) -> bool:
        """Whether a comma or dash stands before a word's part and the part is no conjunct."""
        before = self.first[number] - 1
        return (
            before > 0
            and self.words[before - 1].form in OPENERS
            and self.words[number - 1].deprel != "conj"
        )


def rehang(words: list[Word]) -> None:
    """Give every sign of a sentence its head, in place."""
    tree = Tree(words)
    pairs = dict(_pairs(words))
    heads = {
        number: _enclosed(tree, number, pairs) or _head(tree, number)
        for number, word in enumerate(words, 1)
        if word.deprel == "punct" and word.head
    }
    for number, head in heads.items():
        words[number - 1].head = head


def _pairs(words: list[Word]) -> Iterator[tuple[int, int]]:
    """Yield each sign of a pair with its partner."""
    opened: list[tuple[int, str]] = []
    for number, word in enumerate(words, 1):
        if word.deprel != "punct":
            continue
        if opened and word.form == PAIRS[opened[-1][1]]:
            partner = opened.pop()[0]
            yield from ((number, partner), (partner, number))
        elif word.form in PAIRS:
            opened.append((number, word.form))


def _enclosed(tree: Tree, number: int, pairs: dict[int, int]) -> int:
    """Return the head of what a pair of signs encloses; 0 if it is no pair, or empty."""
    start, end = sorted((number, pairs.get(number, number)))
    inner = tree.near(range(start + 1, end))
    return tree.climb(inner, lambda above: start < above < end) if inner else 0


def _head(tree: Tree, number: int) -> int:
    """Return the part before or after a sign that hangs on the other side, or the clause."""
    root = next(n for n, w in enumerate(tree.words, 1) if not w.head)
    left = tree.near(range(number - 1, 0, -1))
    right = tree.near(range(number + 1, len(tree.words) + 1))
    if not left or not right:
        return root
    left = _part_before(tree, left, number)
    right = tree.climb(right, lambda above: tree.first[above] > number)
    if tree.opened(left) and tree.head(left):
        return left
    if 0 < tree.head(right) < number:
        return right
    return left if tree.head(left) > number else tree.head(right) or root


def _part_before(tree: Tree, number: int, sign: int) -> int:
    """Return the largest part that ends before a sign, or the one that a comma opened."""
    for above in tree.above(number):
        if tree.last[above] >= sign or tree.opened(number):
            break
        number = above
    return number
