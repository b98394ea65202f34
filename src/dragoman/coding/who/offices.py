"""Parties by office or kind: "the French minister", "Kurdish fighters", "two civilians"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, conjuncts
from dragoman.coding.who.party import Office, Party, as_sectors, replace_entity
from dragoman.record import Entity

if TYPE_CHECKING:
    from dragoman.coding.who.names import Name
    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Token

OWNING = frozenset({"adjective", "state", "region", "capital", "group", "organisation"})
"""Kinds of names of which there can be an office each: "Russian and Belarusian soldiers"."""
PLURAL = frozenset({"NNS", "NNPS"})


class Offices:
    """Reads the offices and groups of one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader
        self.phrases = reader.phrases
        self.words = reader.words

    def holders(self, token: Token, role: Office) -> list[Party]:
        """Return one party for each country an office is said to be of."""
        names = [n for n in self.phrases.core_names(token) if n.entry.kind in OWNING]
        names = [n for n in names if not self.phrases.origin(n)] or names
        if len(names) > 1 and self.phrases.coordinated(names):
            return [self.holder(token, role, self.phrases.of_name(n)) for n in names]
        if not names and token.tag_ in PLURAL:
            homes = self.reader.countries.homes(token, sends=role.sends)
            if len(homes) > 1:
                return [self.holder(token, role, home) for home in homes]
        return [self.holder(token, role)]

    def holder(self, token: Token, role: Office, of: Party | None = None) -> Party:
        """Return the holder of an office or a group with a role.

        Args:
            token: head of the phrase.
            role: the office in it.
            of: whose office it is, where the phrase names several.
        """
        left, right = self.phrases.extent(token)
        span = self.reader.sentence.doc[left:right]
        code, sector, why = self._belongs(token, role, of)
        named = self.reader.persons.apposed_to(token) if token.tag_ not in PLURAL else None
        entity = Entity(
            code=code or (named.code if named else None),
            sector=tuple(dict.fromkeys(sector)),
            entity_text=span.text,
            identifier_text=named.identifier_text if named else None,
            office=role.words if role.is_title else None,
        )
        if named is not None and named.identifier_text:
            self.reader.memory.keep_person(entity)
        plural = token.tag_ in PLURAL
        return Party(entity, token.i, span.start_char, span.end_char, "role", plural, why)

    def _belongs(
        self, token: Token, role: Office, of: Party | None
    ) -> tuple[str | None, tuple[str, ...], str]:
        """Return the country and sectors of an office, and how the country was read."""
        sector = as_sectors(role.sector)
        if of is None:
            code, why = self.reader.countries.of(token, sends=role.sends)
            return code, self._of_group(token, sector), why
        owner = of.entity.identifier_text or of.entity.entity_text
        body = of.entity.sector if of.kind in ("group", "organisation") else ()
        return of.entity.code, sector + tuple(body), f"{role.words!r} of {owner}"

    def _of_group(self, token: Token, sector: tuple[str, ...]) -> tuple[str, ...]:
        """Return the sectors of a role that a group gives: a rebel group's commander is no MIL."""
        names = self.phrases.core_names(token)
        group = next((n.entry.sector for n in names if n.entry.kind == "group"), ())
        official = self.words.lists["official"] if group else frozenset()
        return (*group, *(s for s in sector if s not in official and s not in group))

    def through(self, token: Token, depth: int) -> list[Party]:
        """Return the parties of the of-phrase of a word such as "thousands" or "members"."""
        role = self.phrases.role_in(token)
        for child in token.children:
            if child.dep_.startswith("nmod") and case_of(child) == "of":
                found = [p for c in conjuncts(child) for p in self.reader.one(c, depth + 1)]
                if role is not None and role.sector:
                    found = [_with_role(p, role) for p in found]
                if found:
                    return [self._widen(p, token) for p in found]
        return []

    def _widen(self, party: Party, token: Token) -> Party:
        """Let a party's characters begin at the word that counts it."""
        start = min(party.start, token.idx)
        text = self.reader.sentence.doc.text[start : party.end]
        entity = replace_entity(party.entity, entity_text=text)
        return replace(party, start=start, entity=entity, plural=True)

    def people_of(self, name: Name, token: Token) -> list[Party]:
        """Return the people a demonym names: "Palestinians", "the French"."""
        party = self.phrases.of_name(name)
        if token.tag_ not in PLURAL:
            return [party]
        home = self.reader.countries.home(token)
        own = None if self.phrases.ethnic(name) else party.entity.code
        code = home.entity.code if home is not None and home.entity.code else own
        sector = tuple(name.entry.sector) or ("CVL",)
        entity = replace_entity(party.entity, sector=sector, code=code)
        return [replace(party, entity=entity, kind="people", plural=True)]


def _with_role(party: Party, role: Office) -> Party:
    """Give a party the sector of the office that its name completes."""
    keep = party.entity.sector or as_sectors(role.sector)
    return replace(party, entity=replace_entity(party.entity, sector=keep, office=role.words))
