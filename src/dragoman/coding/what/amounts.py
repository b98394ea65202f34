"""How many people a phrase counts: "between 15 and 20 guests", "dozens", "a lawyer and a clerk"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.what.clauses import conjuncts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.language.tree import Token
    from dragoman.record import Amount

MOST = 100_000_000
"""Larger numbers are money or votes."""
LOOK_BACK = 8
"""Words before a noun that may hold its number."""
PLURAL = frozenset({"NNS", "NNPS", "CD"})


@dataclass(frozen=True)
class Counting:
    """The words of ``size.yaml`` that count."""

    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    vague: tuple[tuple[tuple[str, ...], Amount], ...]
    """Phrases such as "tens of thousands", longest first, with what they stand for."""
    ranges: Mapping[str, tuple[str, ...]]
    """Words between two numbers, by the word before the first; "" for none."""
    not_counts: frozenset[str]
    people: frozenset[str]
    """Singular nouns that stand for one person."""

    @classmethod
    def of(cls, raw: Mapping[str, Any], roles: frozenset[str]) -> Counting:
        """Take the data file's part and the words for offices and roles."""
        phrases = [(tuple(k.split()), v) for k, v in raw["vague"].items()]
        return cls(
            numbers=raw["numbers"],
            multipliers=raw["multipliers"],
            vague=tuple(
                (words, v if isinstance(v, int) else (v[0], v[1]))
                for words, v in sorted(phrases, key=lambda item: -len(item[0]))
            ),
            ranges={k: tuple(v) for k, v in raw["ranges"].items()},
            not_counts=frozenset(raw["not_counts"]),
            people=frozenset(raw["people"]) | roles,
        )

    def amount(self, head: Token, *, single: bool) -> Amount:
        """Return how many people a phrase and those joined to it count, ``None`` if unsaid.

        Args:
            head: its noun or number.
            single: whether a person without a number counts as one.
        """
        joined = [t for t in conjuncts(head) if _is_nominal(t) and (t == head or not _is_clause(t))]
        parts = [self._one(token, single=single) for token in joined]
        known = [part for part in parts if part is not None]
        return _sum(known) if known else None

    def before(self, end: Token) -> Amount:
        """Return the number that stands right before a word: "four dead"."""
        previous = end.nbor(-1) if end.i > end.sent.start else None
        if previous is None or not _is_nominal(previous):
            return None
        return self.amount(previous, single=False)

    def _one(self, head: Token, *, single: bool) -> Amount:
        """Return what one phrase counts."""
        start = max(head.sent.start, min(head.left_edge.i, head.i), head.i - LOOK_BACK)
        words = [t.lower_ for t in head.doc[start : head.i + 1]]
        words += [t.lower_ for t in head.doc[head.i + 1 : head.i + 3] if head.tag_ in PLURAL]
        own = head.i - start
        for at in range(own + 1):
            found = self._at(words, at)
            if found is not None:
                return found
        return 1 if single and self._is_person(head) else None

    def _at(self, words: list[str], at: int) -> Amount:
        """Return the amount that begins at a word."""
        for phrase, value in self.vague:
            if tuple(words[at : at + len(phrase)]) == phrase:
                return value
        low, end = self._number(words, at)
        if low is None or (end < len(words) and words[end] in self.not_counts):
            return None
        opening = words[at - 1] if at and words[at - 1] in self.ranges else ""
        if end < len(words) and words[end] in self.ranges[opening]:
            high, _ = self._number(words, end + 1)
            if high is not None and high > low:
                return low, high
        return low

    def _number(self, words: list[str], at: int) -> tuple[int | None, int]:
        """Return a number in digits or words, multipliers included, and the place behind it."""
        value, end = None, at
        while end < len(words):
            digits = words[end].replace(",", "")
            if digits.isdigit() and value is None:
                value = int(digits)
            elif words[end] in self.numbers:
                value = (value or 0) + self.numbers[words[end]]
            elif words[end] in self.multipliers and (value is not None or self._opens(words, end)):
                value = (value or 1) * self.multipliers[words[end]]
            else:
                break
            end += 1
        return (value if value is not None and value < MOST else None), end

    @staticmethod
    def _opens(words: list[str], at: int) -> bool:
        """Whether a multiplier stands for one of itself: "a hundred"."""
        return at > 0 and words[at - 1] in {"a", "an"}

    def _is_person(self, head: Token) -> bool:
        """Whether a singular phrase names one person."""
        if head.tag_ == "NNP":
            return head.ent_type_ == "PERSON"
        return head.tag_ == "NN" and head.lower_ in self.people


def _is_nominal(token: Token) -> bool:
    """Whether a word can head a counted phrase."""
    return token.pos_ in {"NOUN", "PROPN", "NUM"} or token.tag_ == "CD"


def _is_clause(token: Token) -> bool:
    """Whether a joined phrase hides a clause: "two killed and dozens wounded"."""
    return any(c.tag_ in {"VBN", "VBG"} for c in token.children)


def _sum(parts: list[int | tuple[int, int]]) -> int | tuple[int, int]:
    """Add amounts up; a range among them makes a range."""
    low = sum(p if isinstance(p, int) else p[0] for p in parts)
    high = sum(p if isinstance(p, int) else p[1] for p in parts)
    return low if low == high else (low, high)
