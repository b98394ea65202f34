"""The gate: whether a sentence could hold an event, told from its words before any parse.

A sentence passes when it holds a word that starts a frame together with every word that the
frame cannot do without. The words are the lexicon's own and the sentence's are the pipeline's
tokens, as the coder compares them, so what the gate stops could not have given an event.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Need(NamedTuple):
    """One of these must stand in a sentence for a frame to fire."""

    words: frozenset[str]
    """Tokens in lower case."""
    phrases: tuple[str, ...] = ()
    """Tokens in lower case that stand side by side, a space between them."""
    itself: bool = False
    """Whether the trigger may be the word that is asked for."""


class Start(NamedTuple):
    """One way in which an event can start from a word."""

    needs: tuple[Need, ...] = ()
    """What must stand in the sentence besides."""
    before: tuple[str, ...] = ()
    """Tokens right before the word: "phone" of "phone call"."""
    after: tuple[str, ...] = ()
    """Tokens side by side somewhere behind the word: "off" of "call off"."""


@dataclass(frozen=True)
class Gate:
    """Decides from the words of a sentence whether it could hold an event."""

    starts: Mapping[str, tuple[Start, ...]]
    """Token in lower case to every way in which an event can start from it."""

    @classmethod
    def of(cls, starts: Iterable[tuple[str, Start]]) -> Gate:
        """Compile the gate from pairs of a token in lower case and a way to start from it."""
        table: dict[str, set[Start]] = defaultdict(set)
        for word, start in starts:
            table[word].add(start)
        return cls({word: _simplest(found) for word, found in table.items()})

    def passes(self, words: Sequence[str]) -> bool:
        """Whether a sentence could hold an event.

        Args:
            words: its tokens, as the pipeline cuts them.
        """
        return next(self.places(words), None) is not None

    def places(self, words: Sequence[str]) -> Iterator[int]:
        """Yield the numbers of the tokens from which an event could start.

        Args:
            words: the tokens of a sentence.
        """
        lower = [word.lower() for word in words]
        present = set(lower)
        for place, word in enumerate(lower):
            starts = self.starts.get(word, ())
            if any(_may_start(start, place, lower, present) for start in starts):
                yield place


def _may_start(start: Start, place: int, lower: Sequence[str], present: set[str]) -> bool:
    """Whether all that a start asks for stands in a sentence."""
    if start.before and tuple(lower[max(0, place - len(start.before)) : place]) != start.before:
        return False
    if start.after and not _follows(start.after, place, lower, present):
        return False
    return all(_is_met(need, place, lower, present) for need in start.needs)


def _follows(after: tuple[str, ...], place: int, lower: Sequence[str], present: set[str]) -> bool:
    """Whether some tokens stand side by side behind a place."""
    if after[0] not in present:
        return False
    size = len(after)
    return any(tuple(lower[i : i + size]) == after for i in range(place + 1, len(lower)))


def _is_met(need: Need, place: int, lower: Sequence[str], present: set[str]) -> bool:
    """Whether a sentence holds a word or phrase of a need, beside the trigger."""
    if not need.words.isdisjoint(present) and (need.itself or _elsewhere(need, place, lower)):
        return True
    if not need.phrases:
        return False
    text = " ".join(lower)
    return any(phrase in text for phrase in need.phrases)


def _elsewhere(need: Need, place: int, lower: Sequence[str]) -> bool:
    """Whether a word of a need stands somewhere else than at a place."""
    return any(word in need.words for i, word in enumerate(lower) if i != place)


def _simplest(found: set[Start]) -> tuple[Start, ...]:
    """Return the starts of a word, the least demanding first; one without demands is enough."""
    return (Start(),) if Start() in found else tuple(sorted(found, key=_demanding))


def _demanding(start: Start) -> tuple[int, int, str]:
    """Return a key that sorts starts by how much they ask for, in an order that never changes."""
    asked = len(start.before) + len(start.after)
    words = sorted(w for need in start.needs for w in (*need.words, *need.phrases))
    return len(start.needs) + asked, -len(words), " ".join((*start.before, *start.after, *words))
