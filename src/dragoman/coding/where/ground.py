"""The ground an act is done to: a town shelled, a province under curfew, as a party.

PLOVER codes the recipient of "shelled Haifa" by the town's country. A town is no party of its own
in the knowledge base, so it is read from the places of the sentence, when no party stands in the
slots of the frame.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, conjuncts
from dragoman.coding.where.gazetteer_data import words
from dragoman.coding.who.party import Party
from dragoman.record import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.coding.what.match import Match
    from dragoman.coding.where.place import PlaceMention
    from dragoman.language.tree import Token


def ground_of(match: Match, places: Sequence[PlaceMention], event: str) -> list[Party]:
    """Return the places of the first slot of a frame's recipients that names any, as parties.

    The actor's own country is ground only for acts against whoever lives there (``own_ground``).

    Args:
        match: a frame that found no recipient.
        places: of the sentence.
        event: type of the event.
    """
    if event not in words("ground"):
        return []
    known = [p for p in places if p.location.country_code and p.kind != "people"]
    own = set() if event in words("own_ground") else {p.entity.code for p in match.actors}
    for slot in match.compiled.frame.recipient if known else ():
        fillers = [t for filler in match.slots.fill(slot) for t in conjuncts(filler)]
        found = [_party(place, t) for t in fillers for place in known if _stands_for(t, place)]
        if abroad := [p for p in found if p.entity.code not in own]:
            return list({p.head: p for p in abroad}.values())
    return []


def _stands_for(token: Token, place: PlaceMention) -> bool:
    """Whether a word is a place's name, or a word such as "villages" that the name completes."""
    inside = range(place.first, place.last + 1)
    if token.i in inside:
        return True
    return token.lower_ in words("kinds_of") and any(t.i in inside for t in _completing(token))


def _completing(token: Token) -> Iterator[Token]:
    """Yield the names behind a kind of place: "the town of X", "three cities west of X"."""
    for child in _behind(token):
        yield child
        if child.lower_ in words("kinds_of"):
            yield from _behind(child)


def _behind(token: Token) -> Iterable[Token]:
    """Return what hangs on a word by a preposition of place, or beside it."""
    return (
        c
        for c in token.children
        if c.dep_ in ("appos", "flat", "compound", "advmod")
        or (c.dep_.startswith(("nmod", "obl")) and case_of(c) in words("ground_links"))
    )


def _party(place: PlaceMention, token: Token) -> Party:
    """Return a place as a party without a sector: the country's, whoever lives there."""
    doc = token.doc
    start, end = doc[place.first].idx, doc[place.last].idx + len(doc[place.last])
    name, code = place.location.resolved_place, place.location.country_code
    return Party(
        Entity(code=code, entity_text=doc.text[start:end], identifier_text=name),
        place.last,
        start,
        end,
        "place",
        why=f"{place.text!r} lies in {place.location.country} and is what it is done to",
    )
