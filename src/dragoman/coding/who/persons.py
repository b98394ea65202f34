"""Persons by name: who they are by the sentence, by the report so far, and by what is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, children
from dragoman.coding.who.party import Office, Party, as_sectors
from dragoman.record import Entity

if TYPE_CHECKING:
    from dragoman.actors import Entry
    from dragoman.coding.who.names import Name
    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Span, Token

OFFICE_REACH = 12
"""Words between an office and the name that ends its phrase at most."""
ENDS = frozenset({"VERB", "AUX", "CCONJ", "SCONJ"})
"""Parts of speech that end an office's phrase."""


class Persons:
    """Reads the named persons of one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader
        self.phrases = reader.phrases
        self.knowledge = reader.knowledge
        self.memory = reader.memory

    def named(self, text: str, token: Token, entry: Entry | None) -> Party:
        """Return a person with what the sentence, the report and the knowledge base say.

        Args:
            text: the name.
            token: its head.
            entry: the person in the knowledge base, if known there.
        """
        start, end = self.phrases.extent(token)
        span = self.reader.sentence.doc[start:end]
        entity, why = self._entity(text, span, token, entry)
        self.memory.keep_person(entity)
        return Party(entity, token.i, span.start_char, span.end_char, "person", why=why)

    def _entity(
        self, text: str, span: Span, token: Token, entry: Entry | None
    ) -> tuple[Entity, str]:
        """Put a person together; the report's own words come before the knowledge base."""
        role = self._role_of_apposition(token) or self.phrases.role_in(token)
        known, day = self.memory.person(text), self.memory.published
        code, why = self.reader.countries.of(token, sends=bool(role and role.sends))
        if known is not None and known.code:
            code, why = known.code, f"{text!r} was named before in the report"
        elif entry is not None and not code:
            code, why = entry.code, f"{entry.name} stands in the knowledge base"
        sector = (known.sector if known else ()) or (role.sector if role else ())
        office = (known.office if known else None) or (role.words if role else None)
        full = known.identifier_text if known and known.identifier_text else text
        entity = Entity(
            code=code,
            sector=as_sectors(sector or (entry.sector_on(day) if entry else ())),
            entity_text=span.text,
            identifier_text=entry.name if entry else (full if text in full else text),
            identifier_id=entry.wikidata if entry else None,
            office=office or (entry.office_on(day) if entry else None),
        )
        return entity, why

    def known(self, name: Name, token: Token) -> Party:
        """Return the person of the knowledge base, or the report's own of that name.

        A single name counts only where the text does not give a longer one: "Munir" may be
        the general, "Munir Khan" is not.
        """
        ent = self.phrases.ents.get(token.i)
        single = name.end - name.start == 1
        if single and ent is not None and ent.label_ == "PERSON" and ent.end - ent.start > 1:
            return self.named(ent.text, token, None)
        if single and self._is_another(token.text, name.entry):
            return self.named(token.text, token, None)
        return self.named(name.entry.name, token, name.entry)

    def _is_another(self, text: str, entry: Entry) -> bool:
        """Whether the report has named somebody else by the same last name."""
        known = self.memory.person(text)
        full = known.identifier_text if known else None
        return full is not None and " " in full and full != entry.name

    def name_of(self, token: Token, ent: Span | None) -> str | None:
        """Return the name of the person a word names: tagged so, under a title, or met before."""
        if not token.text.strip():  # white space that was taken for a name
            return None
        if ent is not None and ent.label_ == "PERSON":
            return ent.text
        if token.pos_ != "PROPN":
            return None
        if self.memory.person(token.text) is not None:
            return token.text
        if self.knowledge.role(token.lower_) is not None:
            return None
        return token.text if self._under_title(token) else None

    def _under_title(self, token: Token) -> bool:
        """Whether a capitalised title stands right before a word: "Gen. X"."""
        if token.i <= self.reader.sentence.start:
            return False
        before = token.nbor(-1)
        title = self.knowledge.role(before.lower_) if before.head == token else None
        return title is not None and title.is_title and before.text[:1].isupper()

    # -- offices and names beside each other ------------------------------------

    def _role_of_apposition(self, token: Token) -> Office | None:
        """Return the office that an apposition gives a person, on either side."""
        for child in self.reader.apposed(token):
            role = self.phrases.role_in(child)
            if role is not None and not self.reader.words.has("others", child):
                return role  # "his opponent, X": X may govern
        if token.dep_ in ("appos", "flat", "compound", "nmod:desc"):
            return self.phrases.role_in(token.head)
        return None

    def apposed_to(self, token: Token) -> Entity | None:
        """Return the person named in apposition to an office, after it, or as its own name."""
        following = self._named_after(token)
        if following is not None:
            return following
        for child in children(token, "appos", "flat", "nmod:desc", "compound"):
            ent = self.phrases.ents.get(child.i)
            name = self.phrases.name_at.get(child.i)
            if name is not None and name.entry.kind == "person":
                return _of_entry(name.entry, child.text)
            if ent is not None and ent.label_ == "PERSON":
                return self._by_name(ent.text)
        return None

    def _named_after(self, token: Token) -> Entity | None:
        """Return the person whose name ends an office's phrase: "Chief of Staff of X, Y"."""
        doc, stop = self.reader.sentence.doc, self.reader.sentence.end
        for index in range(token.i + 1, min(token.i + OFFICE_REACH, stop)):
            ent = self.phrases.ents.get(index)
            if ent is not None and ent.label_ == "PERSON":
                # "opponents of X" are not X, "the minister of defence, X" is
                return None if case_of(ent.root) else self._by_name(ent.text)
            if (name := self.phrases.capitals_after(index)) is not None:
                return self._by_name(name)
            if doc[index].pos_ in ENDS or doc[index].text in ("(", ";", ":"):
                return None
        return None

    def _by_name(self, text: str) -> Entity:
        """Return the person of a name: of the report, of the knowledge base, or a new one."""
        known = self.memory.person(text)
        if known is not None:
            return known
        first, _, rest = text.partition(" ")
        bare = rest if self.knowledge.role(first) is not None else text
        found = (e for name in (text, bare) for e in self.knowledge.lookup(name))
        whole = (e for e in found if e.kind == "person" and " " in bare)  # a last name is anybody's
        entry = next(whole, None)
        return _of_entry(entry, text) if entry else Entity(entity_text=text, identifier_text=text)


def _of_entry(entry: Entry, text: str) -> Entity:
    """Return a person of the knowledge base under the name that the text gives."""
    return Entity(
        code=entry.code,
        sector=tuple(entry.sector),
        entity_text=text,
        identifier_text=entry.name,
        identifier_id=entry.wikidata,
    )
