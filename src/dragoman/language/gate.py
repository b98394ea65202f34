"""The gate: only a sentence that some frame could start from is worth a parse.

A sentence passes when it holds a surface form that triggers a frame together with
the words that the frame asks for, and something that can be a party. The forms and
words are the lexicon's own, so what the gate stops could not have given an event.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

WORD = re.compile(r"[^\W_]+")

Needs = tuple[frozenset[str], ...]
"""Word sets of one frame: a sentence must hold a word of each."""


@dataclass(frozen=True)
class Gate:
    """Decides from the surface of a sentence whether it is parsed."""

    triggers: Mapping[str, tuple[Needs, ...]]
    """Surface form to what each frame it can start asks for besides."""
    roles: frozenset[str]
    """Words that may stand for a party without a capital: roles and pronouns."""

    @classmethod
    def of(cls, triggers: Iterable[tuple[str, Needs]], roles: Iterable[str]) -> Gate:
        """Compile the gate.

        Args:
            triggers: pairs of a trigger's surface form and its frame's word sets.
            roles: words for offices and groups of people.
        """
        table: dict[str, set[Needs]] = defaultdict(set)
        for form, needs in triggers:
            table[form].add(needs)
        pronouns = {str(word) for word in read_data("gate.yaml")["pronouns"]}
        last = {WORD.findall(role)[-1] for role in roles if WORD.search(role)}
        return cls(
            {form: _simplest(found) for form, found in table.items()}, frozenset(last | pronouns)
        )

    def passes(self, sentence: str) -> bool:
        """Whether a sentence could hold an event."""
        words = WORD.findall(sentence)
        lower = {word.lower() for word in words}
        if not any(word[0].isupper() for word in words) and self.roles.isdisjoint(lower):
            return False
        return any(
            all(not needed.isdisjoint(lower) for needed in needs)
            for word in lower
            if word in self.triggers
            for needs in self.triggers[word]
        )


def _simplest(found: set[Needs]) -> tuple[Needs, ...]:
    """Return the demands of a form; one frame that asks for nothing makes the others idle."""
    return (
        ((),)
        if () in found
        else tuple(sorted(found, key=lambda needs: (len(needs), sorted(map(sorted, needs)))))
    )
