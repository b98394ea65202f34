"""The gate: only a sentence that some frame could start from is worth a parse.

It holds every surface form that can trigger a frame, the same table the coder
looks triggers up in, so by construction a sentence it stops could not have
given an event. It also asks for something that can be a party: a capital letter
after the first word, a role word, or a pronoun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
CAPITAL = re.compile(r"\s[\"'“‘(\[]*[A-ZÀ-ÖØ-Þ]|^[A-Z][\w.]*['’]s\b")


@dataclass(frozen=True)
class Gate:
    """Decides from the surface of a sentence whether it is parsed."""

    triggers: frozenset[str]
    roles: frozenset[str]

    @classmethod
    def of(cls, triggers: Iterable[str], roles: Iterable[str]) -> Gate:
        """Compile the gate from trigger forms and role words."""
        pronouns = frozenset(str(w) for w in read_data("gate.yaml")["pronouns"])
        return cls(frozenset(triggers), frozenset(r.split()[-1] for r in roles) | pronouns)

    def passes(self, sentence: str) -> bool:
        """Whether a sentence could hold an event."""
        words = {w.lower() for w in WORD.findall(sentence)}
        if self.triggers.isdisjoint(words) and not self._inside(words):
            return False
        first = WORD.search(sentence)
        return bool(
            CAPITAL.search(sentence)
            or not self.roles.isdisjoint(words)
            or (first and first.group()[:1].isupper())
        )

    def _inside(self, words: set[str]) -> bool:
        """Whether a word with a stop or an apostrophe hides a trigger: "arrested.The"."""
        return any(
            part in self.triggers
            for w in words
            if "." in w or "'" in w or "’" in w
            for part in re.split(r"['’.]", w)
        )
