"""Follow what stands for a party named before: pronouns, "the two countries", "this country"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.who.memory import RECENT
from dragoman.coding.who.party import Party, replace_entity

if TYPE_CHECKING:
    from dragoman.coding.who.memory import Fits
    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Token

INSIDE = frozenset({"compound", "flat", "amod", "nmod:poss"})
"""Relations of words that name no party of their own."""
STATES = ("state", "capital", "region")
SIDES = ("state", "capital", "region", "group")
BODIES = ("state", "organisation", "group", "capital", "seat", "region")
REACH = 3
"""Sentences back in which "the group" looks for a body."""
OBJECTS = frozenset({"obj", "iobj", "obl"})
"""Relations in which a pronoun cannot mean the subject of its own verb."""
GENDERS = ("she", "he")
"""Lists of pronouns, by which a person's gender is known."""


class References:
    """Follows the references of one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader
        self.words = reader.words
        self.memory = reader.memory

    def pronoun(self, token: Token) -> list[Party]:
        """Return what a pronoun means: the likeliest fitting party before it."""
        gender = next((g for g in GENDERS if self.words.has(g, token)), None)
        fits = self._person_fits(gender) if gender else self._body_fits(token)
        if fits is None:
            return []
        earlier = [(s, p) for s, p in self._earlier(token) if not _is_own_subject(token, p, s)]
        found = self.memory.recall(earlier, fits, RECENT if gender else REACH)
        if found is None and self.words.has("they", token):
            found = self.memory.recall(earlier, self._is_body, REACH)
        if found is None:
            return []
        if gender and (name := found.entity.identifier_text):
            self.memory.keep_gender(name, gender)
        return [self._recalled(found, token)]

    def _person_fits(self, gender: str) -> Fits:
        """Return a test for a person of a gender, or of one unknown."""

        def fits(party: Party) -> bool:
            human = party.kind == "person" or (party.kind == "role" and not self._is_body(party))
            return human and not party.plural and self._gender(party) in (None, gender)

        return fits

    def _body_fits(self, token: Token) -> Fits | None:
        """Return the test for what "it" or "they" may mean first; ``None`` for other words."""
        if self.words.has("it", token):
            return lambda party: self._is_body(party) and not party.plural
        if self.words.has("they", token):
            return lambda party: party.plural or party.kind == "group"
        return None

    def _is_body(self, party: Party) -> bool:
        """Whether a party is a state, an organisation or a group, not people."""
        if party.kind == "role":
            return bool(party.words & self.words.lists["bodies"])
        return party.kind in BODIES

    def _gender(self, party: Party) -> str | None:
        """Return a person's gender: by what the report called them, by title or first name."""
        name = party.entity.identifier_text
        known = self.memory.gender(name) if name else None
        if known is not None:
            return known
        first = name.split(maxsplit=1)[0].lower() if name and not name.isspace() else ""
        words, lists = party.words, (self.words.lists["she_words"], self.words.lists["he_words"])
        she, he = (first in some or not words.isdisjoint(some) for some in lists)
        return None if she is he else ("she" if she else "he")

    def stand_in(self, token: Token) -> list[Party]:
        """Return what a noun such as "country" or "sides" stands for; none when for nothing."""
        if token.lower_ in self.words.lists["ours"] and self._means_state(token):
            recalled = self._state_before(token)
            return [self._recalled(recalled, token)] if recalled else []
        if token.lower_ in self.words.lists["pairs"] and self._means_pair(token):
            return [self._recalled(p, token) for p in self._pair_before(token)]
        recalled = self._same_before(token) if self._is_bare(token) else None
        return [self._recalled(recalled, token)] if recalled else []

    def _is_bare(self, token: Token) -> bool:
        """Whether a phrase is "the X" and no more: who is meant was said before."""
        if token.pos_ == "PROPN" or not token.children:
            return False
        definite = self.words.lists["definite"]
        if not any(c.lower_ in definite for c in token.children):
            return False
        inner = any(c.dep_.startswith(("nmod", "appos", "flat", "acl")) for c in token.children)
        return not inner and not self.reader.phrases.core_names(token)

    def _same_before(self, token: Token) -> Party | None:
        """Return the party last named by the same noun, or the body that "the group" means."""
        noun = token.lower_
        same = self.memory.last(lambda p: p.kind in ("role", "person") and noun in p.words)
        if same is not None or not self.words.has("body_nouns", token):
            return same
        near = self.memory.sentence - REACH
        return self.memory.last(
            lambda p: p.kind in ("organisation", "group") and p.sentence >= near and not p.plural
        )

    def _means_state(self, token: Token) -> bool:
        """Whether "country" and the like means a state spoken of before: "this country"."""
        return (
            token.tag_ == "NN"
            and any(self.words.has("determiners", c) for c in token.children)
            and not self.reader.phrases.core_names(token)
        )

    def _state_before(self, token: Token) -> Party | None:
        """Return the state spoken of last, in this sentence or before it."""
        here = [p for _, p in self._earlier(token) if p.kind in STATES and p.entity.code]
        return here[-1] if here else self.memory.last_state()

    def _means_pair(self, token: Token) -> bool:
        """Whether "sides" and the like means the last two parties: "the two sides"."""
        return (
            token.tag_ == "NNS"
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


def _is_own_subject(token: Token, party: Party, subject: bool) -> bool:
    """Whether a party is the subject of the verb whose object a pronoun is: "X saw him"."""
    return (
        subject
        and token.dep_ in OBJECTS
        and not token.lower_.endswith(("self", "selves"))
        and token.doc[party.head].head.i == token.head.i
    )
