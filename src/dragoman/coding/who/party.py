"""What a party is, and the word lists that reading parties needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.who.schema import read_lists

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.language.tree import Token
    from dragoman.record import Entity


@dataclass(frozen=True)
class Party:
    """One party: its entity, the token it was read from and its characters."""

    entity: Entity
    head: int
    """Token index in the Doc."""
    start: int
    """First character in the Doc."""
    end: int
    """One past the last character in the Doc."""
    kind: str
    """state, capital, seat, region, organisation, group, person, role, people."""
    plural: bool = False
    why: str = ""
    """How the code was got, for a person to read."""
    antecedent: Party | None = None
    """The party named before that a pronoun or a stand-in means."""
    sentence: int = 0
    """Number of the sentence in its report's reading; an antecedent's may be an earlier one."""

    @property
    def named_at(self) -> tuple[tuple[int, int], ...]:
        """The party's characters, with those of what it means in the same sentence."""
        before = self.antecedent
        here = before is not None and before.sentence == self.sentence
        return ((self.start, self.end), *(before.named_at if before and here else ()))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its phrase and its office, in lower case, of-phrases left out."""
        told = (self.entity.entity_text, self.entity.office or "")
        text = " ".join(part.split(" of ")[0] for part in told)
        return frozenset(text.lower().replace(".", " ").split())

    @property
    def key(self) -> tuple[str | None, str | None, tuple[str, ...]]:
        """What makes two readings the same party: "police" and "officers" are two."""
        if self.antecedent is not None:
            return self.antecedent.key
        who = self.entity.identifier_text
        if who is None and self.entity.entity_text:
            who = self.entity.entity_text.split()[-1].lower()
        return self.entity.code, who, self.entity.sector


def in_sentence(party: Party, number: int) -> Party:
    """Return a party with the number of the sentence that it was read in.

    Every party passes here; ``dataclasses.replace`` takes twice as long.
    """
    return Party(
        party.entity,
        party.head,
        party.start,
        party.end,
        party.kind,
        party.plural,
        party.why,
        party.antecedent,
        number,
    )


@dataclass(frozen=True)
class Words:
    """The word lists of ``who.yaml``."""

    lists: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, raw: Mapping[str, object]) -> Words:
        """Check the lists and expand their nouns to singular and plural.

        Raises:
            DataError: with every fault of the file.
        """
        return cls(read_lists(raw))

    def has(self, kind: str, token: Token) -> bool:
        """Whether a token stands in one of the lists."""
        return token.lower_ in self.lists[kind]


@dataclass(frozen=True)
class Office:
    """An office or a word for a group of people, as a phrase holds it."""

    sector: tuple[str, ...]
    is_title: bool
    """Whether it may stand before a name."""
    sends: bool
    """Whether its holder belongs to the sending state: ambassador, envoy."""
    start: int
    """Token index of its first word in the Doc."""
    words: str
    """Its words, with the of-phrase that completes it."""


def replace_entity(entity: Entity, **changes: object) -> Entity:
    """Return a copy of an entity with some fields changed."""
    return msgspec.structs.replace(entity, **changes)


def as_sectors(value: str | Iterable[str] | None) -> tuple[str, ...]:
    """Return sectors as a tuple, whatever form they came in."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def spaced(text: str) -> str:
    """Return a phrase in lower case with single spaces."""
    return " ".join(text.lower().split())
