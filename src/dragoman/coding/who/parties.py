"""Who: read the parties that a noun phrase names.

``PartyReader`` takes the head of a phrase and returns the parties it stands for,
each with its country, sector, office and the characters it was read from. What is
read is said in ``Party.why``, which ``dragoman explain`` shows. The words used come
from the knowledge base (``actors``) and from ``data/who.yaml``.

The reader chooses how a phrase is read; the reading is done next door: ``persons.py`` for
names of persons, ``offices.py`` for offices and groups of people, ``bodies.py`` for
organisations, ``countries.py`` for the country of each, ``references.py`` for whatever stands for
a party named before.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, children, conjuncts
from dragoman.coding.who.bodies import Bodies
from dragoman.coding.who.countries import MAX_DEPTH, Countries
from dragoman.coding.who.offices import Offices
from dragoman.coding.who.party import Party, Words, in_sentence, replace_entity
from dragoman.coding.who.persons import Persons
from dragoman.coding.who.phrases import Phrases
from dragoman.coding.who.references import References

if TYPE_CHECKING:
    from dragoman.actors import Knowledge
    from dragoman.coding.who.memory import Memory
    from dragoman.coding.who.names import Name
    from dragoman.language.tree import Span, Token

NAMED = frozenset({"PROPN", "NOUN", "ADJ", "NUM", "X", "PRON", "DET"})
AGENTIVE_KINDS = frozenset(
    {"state", "capital", "seat", "organisation", "group", "person", "region"}
)
IMPERSONAL = frozenset({"person", "nobody"})
"""Kinds of names that own nothing of a phrase they stand in."""
BODIES = frozenset({"organisation", "group"})
REFERRING = frozenset({"PROPN", "NOUN", "PRON"})
INSIDE = frozenset({"compound", "flat", "amod"})
"""Relations of words that are part of another's phrase."""


class PartyReader:
    """Reads the parties of one sentence; made anew for every sentence."""

    def __init__(self, sentence: Span, knowledge: Knowledge, memory: Memory, words: Words) -> None:
        """Find the known names and the person and organisation names of a sentence."""
        self.sentence = sentence
        self.knowledge = knowledge
        self.memory = memory
        self.words = words
        self.phrases = Phrases(sentence, knowledge, words, memory)
        self.countries = Countries(self)
        self.persons = Persons(self)
        self.offices = Offices(self)
        self.bodies = Bodies(self)
        self.references = References(self)
        self._cache: dict[int, list[Party]] = {}

    def parties(self, head: Token) -> list[Party]:
        """Return the parties a phrase names, coordinated ones included; none when it names none."""
        found: list[Party] = []
        for token in self._listed(head):
            found += self.one(token)
            found += [
                p for c in token.children if case_of(c) == "including" for p in self.parties(c)
            ]
        if len(found) < 2:
            return found
        found = _share(found)
        return list({p.key: p for p in reversed(found)}.values())[::-1]

    def listed(self, head: Token) -> list[Party]:
        """Return the parties of a phrase, with whose thing opens the list: "Iraqi jets, tanks"."""
        found = self.parties(head)
        if not found or self.one(head):
            return found
        return _share([*self.inside(head), *found])

    def _listed(self, head: Token) -> list[Token]:
        """Return a word and those coordinated with it, or with a word of its name."""
        found = conjuncts(head)
        name = self.phrases.name_at.get(head.i)
        if name is not None:
            inner = (t for t in head.doc[name.start : name.end] if t.i != head.i)
            found += [c for t in inner for c in conjuncts(t)[1:] if c.i >= name.end]
        return list(dict.fromkeys(found))

    def owners(self, head: Token, *, wide: bool) -> list[Party]:
        """Return the parties inside a phrase: its possessor, demonym, of- or by-phrase.

        Args:
            head: head of the phrase.
            wide: take any prepositional phrase ("in", "from", "with", ...) as well.
        """
        if (head.pos_ == "PROPN" and self.words.has("works", head)) or self.words.has(
            "outside", head
        ):
            return []  # "the Cuban Adjustment Act" is no act of Cuba's
        return self.inside(head) or [self._widen(p, head) for p in self._behind(head, wide=wide)]

    def inside(self, head: Token) -> list[Party]:
        """Return the parties a phrase names before its head: bodies, possessor, other names."""
        names = [n for n in self.phrases.core_names(head) if n.entry.kind not in IMPERSONAL]
        bodies = [n for n in names if n.entry.kind in ("group", "organisation")]
        if bodies:
            return [self._widen(self.phrases.of_name(n), head) for n in bodies]
        owned = (self.parties(child) for child in children(head, "nmod:poss"))
        found = next(filter(None, owned), None) or [self.phrases.of_name(n) for n in names]
        return [self._widen(p, head) for p in found]

    def _behind(self, head: Token, *, wide: bool) -> list[Party]:
        """Return the parties of the first phrase behind a head that names any."""
        links = self.words.lists["owner_links_wide" if wide else "owner_links"]
        for child in head.children:
            if child.dep_.startswith(("nmod", "obl")) and case_of(child) in links:
                found = self.parties(child)
                towns = not wide and any(p.kind == "capital" for p in found)
                if found and not towns:  # nobody acts by a part "of Beirut"
                    return found
        return []

    def _widen(self, party: Party, head: Token) -> Party:
        """Let a party read from inside a phrase have the phrase's characters."""
        left, right = self.phrases.extent(head)
        span = self.sentence.doc[left:right]
        start, end = min(span.start_char, party.start), max(span.end_char, party.end)
        entity = replace_entity(party.entity, entity_text=span.doc.text[start:end])
        return replace(party, start=start, end=end, entity=entity)

    def is_owned(self, party: Party) -> bool:
        """Whether a pronoun owns a party's phrase: "its soldiers"."""
        owners = children(self.sentence.doc[party.head], "nmod:poss")
        return any(owner.pos_ == "PRON" for owner in owners)

    def is_source(self, token: Token) -> bool:
        """Whether a phrase only says who says so: "according to X"."""
        return case_of(token) in self.words.lists["source_links"]

    def unknown(self, fillers: list[Token]) -> list[Party]:
        """Return somebody unknown (UNK) behind a weapon or an attack that nobody owns."""
        weapons = [t for t in fillers if self.words.has("weapons", t)]
        return [self.bodies.nobody(token) for token in weapons[:1]]

    def all(self) -> list[tuple[bool, Party]]:
        """Return every party the sentence names or means, in order; ``True`` marks subjects."""
        read = (t for t in self.sentence if t.pos_ in REFERRING and t.dep_ not in INSIDE)
        return [(t.dep_.startswith("nsubj"), party) for t in read for party in self.one(t)]

    def places(self) -> set[str]:
        """Return the codes of capitals that stand behind "in" or "near": towns may share names."""
        names = (n for n in self.phrases.names if n.entry.kind == "capital")
        return {n.entry.code for n in names if n.entry.code and self._is_located(n)}

    def _is_located(self, name: Name) -> bool:
        """Whether a name stands behind a preposition of place."""
        return case_of(self.sentence.doc[name.end - 1]) in self.words.lists["locative"]

    def one(self, token: Token, depth: int = 0) -> list[Party]:
        """Return the parties of one word and what depends on it, coordination left out."""
        if token.i not in self._cache:
            self._cache[token.i] = []  # a phrase that holds itself ends here
            read = self._read(token, depth)
            self._cache[token.i] = [in_sentence(p, self.memory.sentence) for p in read]
        return self._cache[token.i]

    def _read(self, token: Token, depth: int) -> list[Party]:
        """Choose how a word is read: pronoun, name, office, group of people."""
        name = self.phrases.name_at.get(token.i)
        if depth > MAX_DEPTH or (token.pos_ not in NAMED and name is None):
            return []
        if name is not None:
            return self._of_name(name, token, depth)
        if token.pos_ in ("PRON", "DET"):
            return self.references.pronoun(token)
        if token.pos_ == "PROPN" and self.words.has("roads", token):
            return []
        person = self.persons.name_of(token, self.phrases.ents.get(token.i))
        if person is not None:
            return [self.persons.named(person, token, None)]
        return self._common(token, depth)

    def _of_name(self, name: Name, token: Token, depth: int) -> list[Party]:
        """Choose how a word in a known name is read."""
        if name.entry.kind == "nobody" or self._is_part(name) or self.phrases.outside(name):
            return []
        if name.entry.kind in AGENTIVE_KINDS and token.i < name.end:
            return [self._from_name(name, token)]
        if name.entry.kind == "adjective" and token.pos_ in ("PROPN", "NOUN", "ADJ"):
            return self.offices.people_of(name, token)
        return self._common(token, depth)

    def _is_part(self, name: Name) -> bool:
        """Whether a name is part of a longer one: "Crown Victoria", "the Guardian Trust"."""
        ent = self.phrases.ents.get(name.start)
        if ent is None or ent.label_ == "PERSON":
            return False
        if name.entry.kind in ("capital", "region"):
            return ent.start < name.start
        inside = self.sentence.doc[name.end - 1].dep_ == "compound" and ent.end > name.end
        return inside and ent.label_ == "ORG" and name.entry.kind == "organisation"

    def _from_name(self, name: Name, token: Token) -> Party:
        """Return the party a known name stands for."""
        entry = name.entry
        if entry.kind == "person":
            return self.persons.known(name, token)
        if (bearer := self._bearer(name)) is not None:
            return bearer
        role = self.phrases.role_in(token)
        inside = role is not None and name.start <= role.start < name.end
        if entry.kind in ("state", "region", "capital") and role is not None and not inside:
            return self.offices.holder(token, role)
        return self.bodies.known(name, token)

    def _bearer(self, name: Name) -> Party | None:
        """Return the person whose title a state's name opens: "X President Y", read as "X, Y"."""
        if name.entry.kind not in ("state", "region"):
            return None
        for child in children(self.sentence.doc[name.end - 1], "appos") + children(
            self.sentence.doc[name.start], "appos"
        ):
            ent = self.phrases.ents.get(child.i)
            between = self.sentence.doc[name.end : child.i]
            title = len(between) > 0 and all(t.is_alpha for t in between)
            if title and ent is not None and ent.label_ == "PERSON":
                return next(iter(self.one(child)), None)
        return None

    def _common(self, token: Token, depth: int) -> list[Party]:
        """Return the parties of a common noun or an unknown name."""
        alias = self.bodies.alias(token)
        stand_in = [alias] if alias else self.references.stand_in(token)
        if stand_in:
            return stand_in
        if self.words.has("transparent", token):
            inner = self.offices.through(token, depth)
            if inner:
                return inner
        if token.pos_ == "ADJ" or self.phrases.ends_office(token):
            return []
        role = self.phrases.role_in(token)
        if role is not None and role.start <= token.i and not self.words.has("acts", token):
            found = self._name_behind(token) or self.offices.holders(token, role)
            return [p for p in found if p.entity.code or p.entity.sector or p.plural]
        return self.bodies.unknown(token) or self._apposition_of(token, depth)

    def _name_behind(self, token: Token) -> list[Party]:
        """Return the body whose name a phrase only introduces: "the rights group X said"."""
        twins = (c for c in token.head.children if c.dep_ == token.dep_ and c.i > token.i)
        for twin in twins:
            name = self.phrases.name_at.get(twin.i)
            if name is not None and name.start == token.i + 1 and name.entry.kind in BODIES:
                return [self._widen(p, token) for p in self.one(twin)]
        return []

    def apposed(self, token: Token) -> list[Token]:
        """Return the appositions of a word, those read as a list without "and" included."""
        found = children(token, "appos")
        ent = self.phrases.ents.get(token.i)
        if ent is None or ent.label_ != "PERSON":
            return found
        loose = [c for c in children(token, "conj") if not children(c, "cc")]
        return found + [c for c in loose if self.phrases.role_in(c) is not None]

    def _apposition_of(self, token: Token, depth: int) -> list[Party]:
        """Return the parties of an apposition: "X, a group of rebels", "Y, France's main port"."""
        if token.pos_ != "PROPN":
            return []
        told = children(token, "appos")
        found = next((p for c in told if (p := self.one(c, depth + 1))), [])
        owned = next((p for c in told if (p := self.inside(c))), [])
        return found or [replace(p, head=token.i, start=token.idx) for p in owned]


def _share(parties: list[Party]) -> list[Party]:
    """Give coordinated offices without a country the country of their neighbour."""
    codes = [p.entity.code for p in parties if p.entity.code]
    if len(parties) < 2 or not codes:
        return parties
    return [
        replace(p, entity=replace_entity(p.entity, code=codes[0]))
        if not p.entity.code and p.kind == "role"
        else p
        for p in parties
    ]
