"""Follow what stands for a party named before: pronouns, "the two countries", "this country"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.party import Party, replace_entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.parties import PartyReader

INSIDE = frozenset({"compound", "flat", "amod", "nmod:poss"})
"""Relations of words that name no party of their own."""
PERSONS = ("person", "role")
BODIES = ("state", "organisation", "group", "capital", "seat", "region", "role")
STATES = ("state", "capital", "region")
SIDES = ("state", "capital", "region", "group")


class References:
    """Follows the references of one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader
        self.words = reader.words
        self.memory = reader.memory

    def pronoun(self, token: Token) -> list[Party]:
        """Return what a pronoun means: the nearest fitting party before it."""
        earlier = self._earlier(token)
        if self.words.has("he", token):
            found = self.memory.recall(earlier, PERSONS, plural=False)
        elif self.words.has("it", token):
            found = self.memory.recall(earlier, BODIES, plural=False)
        elif self.words.has("they", token):
            found = self.memory.recall_many(earlier)
        else:
            return []
        return [self._recalled(found, token)] if found else []

    def stand_in(self, token: Token) -> list[Party]:
        """Return what a noun such as "country" or "sides" stands for; none when for nothing."""
        if self._means_state(token):
            recalled = self._state_before(token)
            return [self._recalled(recalled, token)] if recalled else []
        if self._means_pair(token):
            return [self._recalled(p, token) for p in self._pair_before(token)]
        return []

    def _means_state(self, token: Token) -> bool:
        """Whether a phrase means a state spoken of before: "this country"."""
        return (
            self.words.has("ours", token)
            and token.tag_ == "NN"
            and any(self.words.has("determiners", c) for c in token.children)
            and not self.reader.phrases.core_names(token)
        )

    def _state_before(self, token: Token) -> Party | None:
        """Return the state spoken of last, in this sentence or before it."""
        here = [p for _, p in self._earlier(token) if p.kind in STATES and p.entity.code]
        return here[-1] if here else self.memory.last_state()

    def _means_pair(self, token: Token) -> bool:
        """Whether a phrase means the last two parties together: "the two sides"."""
        return (
            self.words.has("pairs", token)
            and token.tag_ == "NNS"
            and any(self.words.has("pair_words", c) for c in token.children)
            and not self.reader.phrases.core_names(token)
        )

    def _pair_before(self, token: Token) -> list[Party]:
        """Return the two parties last named together, in this sentence or before it."""
        here = {p.entity.code: p for _, p in self._earlier(token) if p.kind in SIDES}
        return list(here.values()) if len(here) == 2 else self.memory.last_pair()

    def _earlier(self, token: Token) -> list[tuple[bool, Party]]:
        """Return the parties named before a word in its sentence; ``True`` marks subjects."""
        found: list[tuple[bool, Party]] = []
        for other in token.doc[self.reader.sentence.start : token.i]:
            if other.pos_ in ("PROPN", "NOUN") and other.dep_ not in INSIDE:
                subject = other.dep_.startswith("nsubj")
                found += [(subject, p) for p in self.reader.one(other)]
        return [(subject, p) for subject, p in found if p.head < token.i]

    def _recalled(self, party: Party, token: Token) -> Party:
        """Return a party spoken of before, read here from a pronoun or a stand-in."""
        left, right = self.reader.phrases.extent(token)
        span = token.doc[left:right]
        return replace(
            party,
            entity=replace_entity(party.entity, entity_text=span.text),
            head=token.i,
            start=span.start_char,
            end=span.end_char,
            antecedent=party,
            why=f"{span.text!r} means {party.entity.identifier_text or party.entity.entity_text}",
        )
