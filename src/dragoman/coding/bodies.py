"""Organisations that the knowledge base does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.party import Party, as_sectors
from dragoman.record import Entity

if TYPE_CHECKING:
    from spacy.tokens import Token

    from dragoman.coding.parties import PartyReader


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

    def unknown(self, token: Token) -> list[Party]:
        """Return an organisation that only its name tells of; none without country and sector."""
        ent = self.phrases.ents.get(token.i)
        if ent is None or ent.label_ != "ORG":
            return []
        code, why = self.reader.countries.of(token)
        role = self.reader.knowledge.role(ent.root.text.lower())
        sector = as_sectors(role.sector) if role else ()
        if not code and not sector:
            return []
        entity = Entity(code=code, sector=sector, entity_text=ent.text, identifier_text=ent.text)
        return [Party(entity, token.i, ent.start_char, ent.end_char, "organisation", why=why)]
