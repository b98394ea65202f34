"""The parties that a frame's slots name: who did it, and to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import conjuncts, logical_subject
from dragoman.coding.what.overlaps import OCCASIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.what.match import Match
    from dragoman.coding.what.slots import Slots
    from dragoman.coding.who.parties import PartyReader
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token

OTHERS = frozenset({"organisation", "group", "person"})
"""Kinds of parties that may be at odds with their own state."""
NEAR = frozenset(
    {
        "compound",
        "appos",
        "ccomp",
        "nsubj",
        "advcl",
        "obj",
        "obl",
        "nmod",
        "nmod:poss",
        "acl",
        "xcomp",
        "conj",
        "obl:agent",
        "iobj",
    }
)
ASIDES = OCCASIONS | {"since", "because", "while", "although", "though", "before"}
"""Words that open a clause in which nobody stands to whom an act is done; "if" is none."""
WHERE = frozenset({"in", "near", "at", "place", "around", "across", "throughout"})
"""Slots that tell where it happened."""
MAX_NEAR = 12
"""Nouns below an object that are asked for a party."""


class Sides:
    """Reads the parties of matches in one sentence."""

    def __init__(self, reader: PartyReader) -> None:
        """Take the reader of the sentence's parties."""
        self.reader = reader

    def read(self, match: Match) -> None:
        """Fill a match's actors and recipients from its frame's slots."""
        frame = match.compiled.frame
        match.actors = self._first(match.slots, frame.actor, exclude=[], wide=False)
        if not match.actors and (author := _author(match.trigger)) is not None:
            match.actors = self.reader.parties(author)
        others = self._first(match.slots, frame.recipient, exclude=match.actors, wide=True)
        if not others and frame.recipient and not frame.joint:
            others = self._deeper(match)
        if frame.joint:
            match.joined = [p for p in others if p.key not in {q.key for q in match.actors}]
            match.actors += match.joined
        else:
            match.recipients = others

    def _deeper(self, match: Match) -> list[Party]:
        """Return another country's party inside the object, or where it happened, as recipient.

        "Prevented a rally staged by students", "eased the curfew in Montenegro", "support for
        efforts to rebuild the Iraqi economy": nobody is named in the frame's slots, but one other
        party stands in what the act was done to or for.
        """
        told = (s for s in match.compiled.frame.recipient if "." not in s and s not in WHERE)
        heads = [
            h for slot in dict.fromkeys(("obj", "comp", *told)) for h in match.slots.fill(slot)
        ]
        inside = dict.fromkeys(t for h in heads for t in _near(h))
        for token in [*inside, *match.slots.fill("in")]:
            if self.reader.is_source(token):
                continue
            found = [
                p
                for p in self.reader.parties(token) or self.reader.inside(token)
                if _is_other(p, token, match.actors) and not self.reader.is_owned(p)
            ]
            if found:
                return found
        return []

    def _first(
        self, slots: Slots, names: Iterable[str], exclude: list[Party], *, wide: bool
    ) -> list[Party]:
        """Return the parties of the first slot that names any new one."""
        taken = {p.key for p in exclude}
        spots = {p.head for p in exclude}
        codes = {p.entity.code for p in exclude}
        for slot in names:
            found: list[Party] = []
            for filler in slots.fill(slot):
                found = [
                    p
                    for p in self._parties_of(filler, slot, wide=wide)
                    if p.key not in taken
                    and p.head not in spots
                    and not (p.entity.code in codes and self.reader.is_owned(p))
                ]
                if found:
                    return found
        return []

    def _parties_of(self, filler: Token, slot: str, *, wide: bool) -> list[Party]:
        """Return the parties a filler names or, unless forbidden, those inside it.

        Who does something must own the phrase ("Israeli helicopters"); to whom it is
        done may also stand in it ("deploy peacekeepers in Iraq"): ``wide``.
        """
        if slot.endswith(".owner"):
            return self.reader.owners(filler, wide=wide)
        found = self.reader.listed(filler)
        if not wide and slot.endswith(".of"):  # nobody acts by a part "of Beirut"
            found = [p for p in found if p.kind != "capital"]
        if found or slot.endswith("!"):
            return found
        return [p for token in conjuncts(filler) for p in self.reader.owners(token, wide=wide)]


def _is_other(party: Party, token: Token, actors: list[Party]) -> bool:
    """Whether a party that a word in an object names is not the actor's own, nor just anybody."""
    code = party.entity.code
    if party.key in {p.key for p in actors}:
        return False
    if code in {p.entity.code for p in actors}:
        return code is not None and party.kind in OTHERS and party.head == token.i
    return code is not None or party.plural


def _author(verb: Token) -> Token | None:
    """Return who issued what a participle speaks of: "sent a letter condemning Iran"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or noun.dep_ not in ("obj", "obl"):
        return None
    return logical_subject(noun.head) if noun.head.pos_ == "VERB" else None


def _near(head: Token) -> list[Token]:
    """Return the nouns below a phrase, nearest first, finite clauses left out."""
    found: list[Token] = []
    queue = [head]
    while queue and len(found) < MAX_NEAR:
        token = queue.pop(0)
        if token.pos_ in ("NOUN", "PROPN") and token != head:
            found.append(token)
        queue += [c for c in token.children if c.dep_ in NEAR and not _is_aside(c)]
    return found


def _is_aside(clause: Token) -> bool:
    """Whether a clause tells of something else: "since the army left", "after it fell"."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in ASIDES for c in clause.children)
