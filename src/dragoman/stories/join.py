"""Mentions to events: the same happening told in several sentences is one event.

Two mentions are joined when type and modes agree, their parties are compatible, and
neither date nor place contradicts. The order of the mentions decides nothing
but the order of the events: each mention goes to the first event it fits.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from dragoman.stories.build import TWO_SIDED, cites_of, codes, event_of, persons
from dragoman.stories.settings import joining

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.ontology import Ontology
    from dragoman.record import Entity, Event, Mention, Report


@dataclass
class Cluster:
    """The mentions of one event, gathered so far."""

    mentions: list[Mention] = field(default_factory=list)
    different: dict[object, Mention] = field(default_factory=dict)
    """One mention of each kind that ``same_happening`` could tell apart."""

    def fits(self, mention: Mention) -> bool:
        """Whether a mention tells of the same happening as every mention here."""
        return all(same_happening(mention, other) for other in self.different.values())

    def add(self, mention: Mention) -> None:
        """Take a mention in."""
        self.mentions.append(mention)
        self.different.setdefault(_compared(mention), mention)


def _compared(m: Mention) -> object:
    """Return everything of a mention that ``same_happening`` looks at."""
    sides = tuple(
        (frozenset(codes(side)), frozenset(persons(side)), frozenset(_roles(side)))
        for side in (m.actor, m.recipient)
    )
    day = (m.date, m.enddate, m.date_info is not None)
    place = m.event_loc.country_code if m.event_loc and m.evidence.event_loc else None
    return m.event, frozenset(m.aux), frozenset(m.mode), sides, day, place


def join(
    mentions: Sequence[Mention], reports: Iterable[Report], ontology: Ontology, manifest: str
) -> tuple[Event, ...]:
    """Return the events that some mentions tell of, in the order of their first mention."""
    clusters: list[Cluster] = []
    alike: defaultdict[object, list[Cluster]] = defaultdict(list)
    for mention in mentions:
        # What can never be joined is not compared: a long report has thousands of events.
        near = alike[mention.event, frozenset(mention.aux)]
        home = next((c for c in near if c.fits(mention)), None)
        if home is None:
            home = Cluster()
            near.append(home)
            clusters.append(home)
        home.add(mention)
    cites = cites_of(reports)
    events = [event_of(c.mentions, cites, ontology, manifest) for c in clusters]
    return tuple(_with_ids_of_their_own(events))


def _with_ids_of_their_own(events: Iterable[Event]) -> Iterator[Event]:
    """Yield events; of two that were read from the very same words the second gets another id."""
    seen: set[str] = set()
    for event in events:
        id_ = event.id
        while id_ in seen:
            id_ = hashlib.sha256(id_.encode()).hexdigest()[: len(event.id)]
        seen.add(id_)
        yield event if id_ == event.id else msgspec.structs.replace(event, id=id_)


def same_happening(a: Mention, b: Mention) -> bool:
    """Whether two mentions can tell of one event."""
    if a.event != b.event or set(a.aux) != set(b.aux):
        return False
    if a.mode and b.mode and not set(a.mode) & set(b.mode):
        return False
    return _same_parties(a, b) and _same_time(a, b) and _same_place(a, b)


def _same_parties(a: Mention, b: Mention) -> bool:
    """Whether the parties of two mentions are compatible, blanks counting as unknown."""
    all_a, all_b = codes((*a.actor, *a.recipient)), codes((*b.actor, *b.recipient))
    if not all_a & all_b or not (all_a <= all_b or all_b <= all_a):
        return False
    if _other_person(a.actor, b.actor) and _other_person(a.actor, b.recipient):
        return False
    if a.event in joining().who_tells and _other_role(a.actor, b.actor):
        return False
    if a.event in TWO_SIDED:
        return True
    actor_a, actor_b = codes(a.actor), codes(b.actor)
    recipient_a, recipient_b = codes(a.recipient), codes(b.recipient)
    agree = not actor_a or not actor_b or bool(actor_a & actor_b)
    return agree and (not recipient_a or not recipient_b or bool(recipient_a & recipient_b))


def _other_person(a: Iterable[Entity], b: Iterable[Entity]) -> bool:
    """Whether both sides name persons and none in common."""
    left, right = persons(a), persons(b)
    return bool(left and right and not left & right)


def _roles(entities: Iterable[Entity]) -> set[str]:
    """Return the sectors of some entities."""
    return {sector for e in entities for sector in e.sector}


def _other_role(a: Iterable[Entity], b: Iterable[Entity]) -> bool:
    """Whether both sides have sectors and none in common."""
    left, right = _roles(a), _roles(b)
    return bool(left and right and not left & right)


def _same_time(a: Mention, b: Mention) -> bool:
    """Whether the dates of two mentions can be one.

    Stated dates must overlap. A sentence without a date fits any date near the report's own day,
    which is the one it has been given.
    """
    if a.date is None or b.date is None:
        return True
    if a.date_info is None and b.date_info is None:
        return True
    reach = 0 if a.date_info and b.date_info else joining().recall_days
    first, last = sorted((a, b), key=lambda m: m.date or "")
    return _apart(first.enddate or first.date or "", last.date or "") <= reach


def _apart(earlier: str, later: str) -> int:
    """Return the days from one date to another, 0 when they overlap."""
    return max(0, (date.fromisoformat(later) - date.fromisoformat(earlier)).days)


def _same_place(a: Mention, b: Mention) -> bool:
    """Whether the places two sentences name can be one."""
    if not (a.evidence.event_loc and b.evidence.event_loc and a.event_loc and b.event_loc):
        return True
    one, other = a.event_loc, b.event_loc
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return a.event in TWO_SIDED
    return True
