"""Organisations: known ones, those only the report tells of, and the short forms of both."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.who.party import Party, as_sectors, replace_entity
from dragoman.record import Entity

if TYPE_CHECKING:
    from dragoman.coding.who.names import Name
    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Span, Token


SHORTEST = 3
"""Letters of initials that are remembered at least."""


class Bodies:
    """Reads the unknown organisations of one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader
        self.phrases = reader.phrases

    def nobody(self, token: Token) -> Party:
        """Return the unknown actor behind a weapon or an attack."""
        left, right = self.phrases.extent(token)
        span = token.doc[left:right]
        entity = Entity(sector=("UNK",), entity_text=span.text)
        why = f"nobody is named behind {token.text!r}"
        return Party(entity, token.i, span.start_char, span.end_char, "unknown", why=why)

    def known(self, name: Name, token: Token) -> Party:
        """Return the party of a name of the knowledge base; remember a body's short forms."""
        party = self.phrases.of_name(name)
        if name.entry.kind in ("organisation", "group"):
            self._remember(token.doc[name.start : name.end], party)
        return party

    def alias(self, token: Token) -> Party | None:
        """Return the body that a short form stands for: "the LRA"."""
        if token.pos_ != "PROPN":
            return None
        ent = self.phrases.ents.get(token.i)
        known = self.reader.memory.body(ent.text if ent is not None else token.text)
        if known is None or known.sentence == self.reader.memory.sentence:
            return None
        entity = replace_entity(known.entity, entity_text=token.text)
        return replace(
            known,
            entity=entity,
            head=token.i,
            start=token.idx,
            end=token.idx + len(token),
            antecedent=known,
            why=f"{token.text!r} stands for {known.entity.identifier_text}",
        )

    def unknown(self, token: Token) -> list[Party]:
        """Return an organisation that only its name tells of."""
        ent = self.phrases.ents.get(token.i)
        if ent is None or ent.label_ != "ORG" or self.reader.words.has("works", token):
            return []
        code, why = self.reader.countries.of(token)
        role = self.reader.knowledge.role(ent.root.text.lower())
        sector = as_sectors(role.sector) if role else ()
        entity = Entity(code=code, sector=sector, entity_text=ent.text, identifier_text=ent.text)
        party = Party(entity, token.i, ent.start_char, ent.end_char, "organisation", why=why)
        self._remember(ent, party)
        return [party]

    def _remember(self, name: Span, party: Party) -> None:
        """Remember a body by its name, its initials and the short form in brackets behind it."""
        memory, doc = self.reader.memory, name.doc
        forms = [name.text]
        capitals = [t.text[0] for t in name if t.text[:1].isupper()]
        if len(capitals) >= SHORTEST:
            forms.append("".join(capitals))
        if name.end + 2 < len(doc) and doc[name.end].text == "(" and doc[name.end + 2].text == ")":
            forms.append(doc[name.end + 1].text)
        memory.keep_body(forms, replace(party, sentence=memory.sentence))
