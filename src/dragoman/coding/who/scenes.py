"""Places that only tell where violence or protest was, and what violence is named after."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of
from dragoman.coding.who.party import Party, replace_entity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.coding.what.match import Match
    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Token

COMING = frozenset({"from", "to", "into"})
"""Prepositions of place that tell who, too."""


@dataclass(frozen=True)
class Scenes:
    """Takes the places among the parties of one sentence for what they are."""

    reader: PartyReader
    lists: Mapping[str, frozenset[str]]
    """The word lists of ``worth.yaml``."""

    def settle(self, match: Match) -> None:
        """Take places for what they are where there was violence or protest."""
        if match.event in self.lists["scenes"]:
            match.actors = [p for p in match.actors if not self._is_scene(p)]
        if match.event in self.lists["violent"]:
            struck = [p for p in match.actors if self._is_struck(p, match)]
            if struck:
                match.actors = self.reader.unknown(match.slots.fill("subj"))
            match.recipients = [_people_of(p) for p in match.recipients or struck]

    def _is_scene(self, party: Party) -> bool:
        """Whether a place only tells where it was: "the Cairo blast", "the Ohio rally"."""
        token = self.reader.sentence.doc[party.head]
        beside = token.dep_ in ("compound", "amod", "nmod:desc")
        return party.kind in ("capital", "region") and (beside or self._is_located(token))

    def _is_struck(self, party: Party, match: Match) -> bool:
        """Whether a noun of violence is named after what it struck: "the embassy bombings"."""
        token = self.reader.sentence.doc[party.head]
        named = match.slots.pos == "noun" and token.head == match.trigger
        act = named or self.reader.words.has("weapons", token.head)
        if token.dep_ != "compound" or not act:
            return False
        name = self.reader.phrases.name_at.get(token.i)
        state = name is not None and name.entry.kind == "state" and not token.text.isupper()
        return state or token.lower_ in self.lists["targets"]

    def _is_located(self, token: Token) -> bool:
        """Whether a preposition of place stands before a phrase."""
        return case_of(token) in self.reader.words.lists["locative"] - COMING


def _people_of(party: Party) -> Party:
    """Return a capital that violence struck without the government that it stands for."""
    if party.kind != "capital":
        return party
    return replace(party, entity=replace_entity(party.entity, sector=()))
