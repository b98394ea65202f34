"""Whose country somebody belongs to when no country is named: "the army", "police", "two men"."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.who.party import Party, Words, replace_entity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from dragoman.coding.where.place import PlaceMention
    from dragoman.coding.who.memory import Memory
    from dragoman.coding.who.parties import PartyReader


@dataclass(frozen=True)
class Homes:
    """Gives countries to the parties of one sentence, from what stands around them."""

    reader: PartyReader
    memory: Memory
    words: Words
    states: Collection[str]
    """Codes of the knowledge base's states."""
    dateline: str | None
    """Country the report was filed from."""
    places: Sequence[PlaceMention]
    """Of the sentence."""

    def localised(
        self, parties: list[Party], place: PlaceMention | None, *, other: list[Party]
    ) -> list[Party]:
        """Give domestic parties without a country the one that the event is in.

        Args:
            parties: one side of an event.
            place: where the event was.
            other: its other side.
        """
        if all(p.entity.code for p in parties):
            return parties
        taken, courts = _states(other), self._at_home(other)
        here, inner = self.country(place, taken), self.country(place, set())
        focus = self.memory.focus()
        found = []
        for party in parties:
            # an army or a government may act abroad: it is the country's that the report is about
            abroad = focus not in taken and self._is(party, "travelling")
            within = self._is(party, "inner")
            code = (focus if abroad else None) or here or (inner if within else None)
            people = party.plural or party.entity.office is not None
            code = courts or code if people and not within else code
            found.append(_coded(party, code) if code and self._is_domestic(party) else party)
        return found

    def citizens(
        self, parties: list[Party], place: PlaceMention | None, *, other: list[Party]
    ) -> list[Party]:
        """Give persons of whom nothing is told the country spoken of, as civilians."""
        here = self.country(place, _states(other))
        return [_citizen(p, here) if here and _is_nobody(p) else p for p in parties]

    def country(self, place: PlaceMention | None, taken: set[str]) -> str | None:
        """Return the country an unnamed party most likely belongs to, the other side's left out."""
        if place is not None and place.location.country_code:
            return place.location.country_code
        told = {p.location.country_code for p in self.places if p.kind != "people"} - {None}
        if len(told - taken) == 1:
            return next(iter(told - taken))
        names = self.reader.phrases.names
        here = {n.entry.code for n in names if n.entry.kind != "organisation"} & set(self.states)
        if len(here - taken) == 1 and not (taken | self.reader.places()) & here:
            return next(iter(here))
        # a report filed from a neighbour is not about it: the country most spoken of comes first
        focus = self.memory.focus() or self.dateline
        return None if focus in taken else focus

    def _at_home(self, parties: list[Party]) -> str | None:
        """Return the country of a court or a police: whom they deal with is in it."""
        codes = [p.entity.code for p in parties if self._is(p, "at_home")]
        return codes[0] if codes else None

    def _is(self, party: Party, kind: str) -> bool:
        """Whether a party has a sector of a list."""
        return bool(self.words.lists[kind] & set(party.entity.sector))

    def _is_domestic(self, party: Party) -> bool:
        """Whether a party lacks a country and is of a kind that belongs to the one spoken of."""
        named = party.kind == "person" and party.entity.office is None
        return not party.entity.code and not named and self._is(party, "domestic")


def _states(parties: Iterable[Party]) -> set[str]:
    """Return the codes of the parties that are states as such: nobody unnamed is theirs."""
    return {p.entity.code for p in parties if p.entity.code and p.kind in ("state", "capital")}


def _is_nobody(party: Party) -> bool:
    """Whether a party is a named person without country, sector or office."""
    entity = party.entity
    return party.kind == "person" and not (entity.code or entity.sector or entity.office)


def _citizen(party: Party, code: str) -> Party:
    """Return a person as a civilian of a country."""
    coded = _coded(party, code)
    return replace(coded, entity=replace_entity(coded.entity, sector=("CVL",)))


def _coded(party: Party, code: str) -> Party:
    """Return a party with the country it was given from what stands around it."""
    return Party(
        replace_entity(party.entity, code=code),
        party.head,
        party.start,
        party.end,
        party.kind,
        party.plural,
        f"no country in the phrase; {code} is where it happened",
    )
