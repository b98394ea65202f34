"""Find the names of the knowledge base in a sentence, longest first."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.actors.roles import RUN

if TYPE_CHECKING:
    from dragoman.actors import Entry, Knowledge
    from dragoman.coding.who.memory import Means
    from dragoman.language.tree import Span, Token

SHARED = frozenset({"state", "capital"})
"""Kinds of names that towns elsewhere bear too."""
LONGEST = 8
"""Tokens in the longest name that is looked for."""


@dataclass(frozen=True)
class Name:
    """A name of the knowledge base in a sentence: token indices in the Doc, end exclusive."""

    start: int
    end: int
    entries: tuple[Entry, ...]

    @property
    def entry(self) -> Entry:
        """The likeliest reading."""
        return self.entries[0]


def find_names(sentence: Span, knowledge: Knowledge, on: str | None = None) -> tuple[Name, ...]:
    """Return the known names of a sentence, left to right, none inside another.

    Of the readings of a name those that held on the day ``on`` come first.
    """
    found: list[Name] = []
    stop, free = sentence.end, sentence.start
    for token in sentence:
        first = token.text[:1]
        capital = first.isupper() or first.isdigit() or token.lower_ == "al"
        if not capital or token.i < free:
            continue
        limit = min(stop, token.i + LONGEST)
        name = _longest_at(sentence, token.i, limit, knowledge, on)
        if name is not None:
            found.append(name)
            free = name.end
    return tuple(found)


def here(name: Name, sentence: Span, means: Means) -> Name | None:
    """Return a name as its report means it: "Lebanon" in Indiana is no state.

    Few villages are spoken of by the name of a state, and states are spoken of everywhere.

    Args:
        name: a known name.
        sentence: where it stands.
        means: tells the country that a place's name means in the report.

    Returns:
        The name without the readings of other countries; ``None`` when none is left.
    """
    if name.entry.kind not in SHARED:
        return name
    text = sentence.doc[name.start : name.end].text
    usual = frozenset(e.code for e in name.entries)
    code = means(text, usual, large=name.entry.kind == "state")
    meant = tuple(e for e in name.entries if code in (None, e.code))
    return replace(name, entries=meant) if meant else None


def _longest_at(
    sentence: Span, start: int, limit: int, knowledge: Knowledge, on: str | None
) -> Name | None:
    """Return the longest known name that starts at a token."""
    doc = sentence.doc
    longest = _longest(doc.tokens[start], knowledge)
    if longest is None:
        return None
    plain = doc.text.isascii() and doc.text.isprintable() and "  " not in doc.text
    for end in range(limit, start, -1):
        text = doc.chars(start, end) if plain else " ".join(doc.chars(start, end).split())
        if len(text) > longest and (plain or text.isascii()):
            continue
        entries = [e for e in knowledge.lookup(text, on) if e.matches(text)]
        if entries and not _shouted(text, sentence):
            return Name(start, end, tuple(entries))
    return None


def _longest(first: Token, knowledge: Knowledge) -> int | None:
    """Return how long a name that a word opens can get, ``None`` when it opens no name.

    Asked for plain letters alone: with accents, or cut inside a word, everything is looked up.
    """
    found = RUN.match(first.doc.text, first.idx)
    run = found.group() if found is not None else ""
    if len(run) > len(first.text) or not run.isascii():
        return sys.maxsize
    return knowledge.openings.get(run.lower())


def _shouted(text: str, sentence: Span) -> bool:
    """Whether a short word only looks like an acronym because the whole line is in capitals."""
    return len(text) <= 3 and text.isalpha() and sentence.text.isupper()
