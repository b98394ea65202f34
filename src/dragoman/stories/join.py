"""Mentions to events: the same happening told in several sentences is one event.

Two mentions are joined when type and modes agree, their parties are compatible, and
neither date nor place contradicts. The order of the mentions decides nothing
but the order of the events: each mention goes to the first event it fits.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.manifest import program_version
from dragoman.record import (
    Aux,
    Cameo,
    CiteInfo,
    Entity,
    Event,
    EventMention,
    Location,
    Mention,
    Report,
    Size,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.ontology import Ontology

TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types whose direction says little: "A met B" and "B met A" are one event."""


@dataclass
class Cluster:
    """The mentions of one event, gathered so far."""

    mentions: list[Mention] = field(default_factory=list)

    def fits(self, mention: Mention) -> bool:
        """Whether a mention tells of the same happening as every mention here."""
        return all(same_happening(mention, other) for other in self.mentions)


def join(
    mentions: Sequence[Mention], reports: Iterable[Report], ontology: Ontology, manifest: str
) -> tuple[Event, ...]:
    """Return the events that some mentions tell of, in the order of their first mention."""
    clusters: list[Cluster] = []
    for mention in mentions:
        home = next((c for c in clusters if c.fits(mention)), None)
        if home is None:
            home = Cluster()
            clusters.append(home)
        home.mentions.append(mention)
    cites = {
        r.id: CiteInfo(url=r.url, title=r.title, publication=r.outlet, language=r.language)
        for r in reports
    }
    return tuple(_event(c.mentions, cites, ontology, manifest) for c in clusters)


def same_happening(a: Mention, b: Mention) -> bool:
    """Whether two mentions can tell of one event."""
    if a.event != b.event or set(a.aux) != set(b.aux):
        return False
    if a.mode and b.mode and not set(a.mode) & set(b.mode):
        return False
    return _same_parties(a, b) and _same_time(a, b) and _same_place(a, b)


def _codes(entities: Iterable[Entity]) -> set[str]:
    """Return the country codes of some entities."""
    return {e.code for e in entities if e.code}


def _same_parties(a: Mention, b: Mention) -> bool:
    """Whether the parties of two mentions are compatible, blanks counting as unknown."""
    all_a, all_b = _codes((*a.actor, *a.recipient)), _codes((*b.actor, *b.recipient))
    if not all_a & all_b or not (all_a <= all_b or all_b <= all_a):
        return False
    if _other_person(a.actor, b.actor) and _other_person(a.actor, b.recipient):
        return False
    if a.event in TWO_SIDED:
        return True
    actor_a, actor_b = _codes(a.actor), _codes(b.actor)
    recipient_a, recipient_b = _codes(a.recipient), _codes(b.recipient)
    agree = not actor_a or not actor_b or bool(actor_a & actor_b)
    return agree and (not recipient_a or not recipient_b or bool(recipient_a & recipient_b))


def _persons(entities: Iterable[Entity]) -> set[str]:
    """Return the surnames of the named office holders among some entities."""
    return {e.identifier_text.split()[-1] for e in entities if e.office and e.identifier_text}


def _other_person(a: Iterable[Entity], b: Iterable[Entity]) -> bool:
    """Whether both sides name persons and none in common."""
    left, right = _persons(a), _persons(b)
    return bool(left and right and not left & right)


def _same_time(a: Mention, b: Mention) -> bool:
    """Whether the stated dates of two mentions overlap; an unstated date fits any."""
    if a.date_info is None or b.date_info is None or a.date is None or b.date is None:
        return True
    return a.date <= (b.enddate or b.date) and b.date <= (a.enddate or a.date)


def _same_place(a: Mention, b: Mention) -> bool:
    """Whether the places two sentences name can be one."""
    if not (a.evidence.event_loc and b.evidence.event_loc and a.event_loc and b.event_loc):
        return True
    one, other = a.event_loc, b.event_loc
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return a.event in TWO_SIDED
    return True


# -- building the event ------------------------------------------------------------


def _event(
    mentions: Sequence[Mention], cites: dict[str, CiteInfo], ontology: Ontology, manifest: str
) -> Event:
    """Build an event from its mentions."""
    best = max(mentions, key=lambda m: m.confidence)
    modes = tuple(dict.fromkeys(mode for m in mentions for mode in m.mode))
    first, last = _dates(mentions)
    actors, recipients = (
        merge(e for m in mentions for e in m.actor),
        merge(e for m in mentions for e in m.recipient),
    )
    if best.event in TWO_SIDED:
        actors, recipients = _one_side_each(actors, recipients, mentions)
    cameo = Counter(m.cameo for m in mentions if m.cameo).most_common(1)
    return Event(
        id=_event_id(mentions),
        date=first,
        enddate=last,
        event=(best.event,),
        mode=modes,
        context=tuple(c for c in ontology.contexts if any(c in m.context for m in mentions)),
        actor=actors,
        recipient=recipients,
        event_loc=_place(mentions),
        quad_code=ontology.quad(best.event),
        event_scale=ontology.score(best.event, modes),
        cameo=Cameo(code=cameo[0][0], goldstein=ontology.goldstein(cameo[0][0])) if cameo else None,
        aux=_aux(mentions),
        confidence=_confidence(mentions),
        size=_size(mentions),
        mentions=tuple(_part(m) for m in mentions),
        cite_info=tuple(cites[r] for r in dict.fromkeys(m.report for m in mentions)),
        coder=f"dragoman {program_version()}",
        manifest=manifest,
    )


def _one_side_each(
    actors: tuple[Entity, ...], recipients: tuple[Entity, ...], mentions: Sequence[Mention]
) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
    """Put a country that stands on both sides where more mentions have it: guest or host."""
    did = Counter(code for m in mentions for code in _codes(m.actor))
    was = Counter(code for m in mentions for code in _codes(m.recipient))
    both = did.keys() & was.keys()
    host = {code for code in both if was[code] >= did[code]}
    return (
        tuple(e for e in actors if e.code not in host),
        tuple(e for e in recipients if e.code not in both - host),
    )


def _event_id(mentions: Sequence[Mention]) -> str:
    """Return a hash of where the event was read."""
    spots = [f"{m.report}|{m.event}|{m.evidence.trigger[0].start}" for m in mentions]
    return hashlib.sha256("\n".join(sorted(spots)).encode()).hexdigest()[:16]


def _part(mention: Mention) -> EventMention:
    """Return what an event keeps of a mention."""
    return EventMention(**{name: getattr(mention, name) for name in EventMention.__struct_fields__})


def _dates(mentions: Sequence[Mention]) -> tuple[str | None, str | None]:
    """Return the stated date of an event: the most exact, then the most frequent."""
    stated = [m for m in mentions if m.date_info is not None and m.date is not None]
    if not stated:
        return next(((m.date, m.enddate) for m in mentions if m.date), (None, None))
    exact = [m for m in stated if m.enddate is None] or stated
    counts = Counter((m.date, m.enddate) for m in exact)
    return max(counts, key=lambda pair: counts[pair])


def merge(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Join the readings of one party, keeping what each of them adds."""
    merged: list[Entity] = []
    for entity in entities:
        index = next((i for i, other in enumerate(merged) if _is_same(entity, other)), None)
        if index is None:
            merged.append(entity)
        else:
            merged[index] = _joined(merged[index], entity)
    return tuple(merged)


def _is_same(a: Entity, b: Entity) -> bool:
    """Whether two entities can be one party: same country and no two different names."""
    if a.code != b.code:
        return False
    person_a, person_b = a.office and a.identifier_text, b.office and b.identifier_text
    if person_a and person_b:
        return person_a.split()[-1] == person_b.split()[-1]
    return (
        a.sector == b.sector
        or not a.sector
        or not b.sector
        or a.identifier_text == b.identifier_text
    )


def _joined(a: Entity, b: Entity) -> Entity:
    """Return one entity with the best of two readings."""
    fuller = b if _fullness(b) > _fullness(a) else a
    other = a if fuller is b else b
    sectors = fuller.sector or other.sector
    return Entity(
        code=fuller.code,
        sector=sectors,
        entity_text=fuller.entity_text,
        identifier_text=fuller.identifier_text or other.identifier_text,
        identifier_id=fuller.identifier_id or other.identifier_id,
        office=fuller.office or other.office,
    )


def _fullness(entity: Entity) -> tuple[bool, bool, int]:
    """Return how much an entity says: office, name, length of the name."""
    return (
        entity.office is not None,
        entity.identifier_text is not None,
        len(entity.identifier_text or ""),
    )


def _place(mentions: Sequence[Mention]) -> Location | None:
    """Return the most exact place stated in a sentence, else the dateline's."""
    stated = [m.event_loc for m in mentions if m.event_loc and m.evidence.event_loc]
    if stated:
        return max(stated, key=lambda place: place.resolution or 0)
    return next((m.event_loc for m in mentions if m.event_loc), None)


def _aux(mentions: Sequence[Mention]) -> tuple[Aux, ...]:
    """Return the auxiliary modes of the most factual mention."""
    return min((m.aux for m in mentions), key=len)


def _confidence(mentions: Sequence[Mention]) -> float:
    """Return the chance that at least one mention is right, taking half of each further one."""
    doubt = 1.0
    for rank, mention in enumerate(sorted(mentions, key=lambda m: -m.confidence)):
        doubt *= 1 - (mention.confidence if rank == 0 else mention.confidence / 4)
    return round(min(0.99, 1 - doubt), 2)


def _size(mentions: Sequence[Mention]) -> Size:
    """Return the largest number stated for each measure."""

    def largest(name: str) -> int | tuple[int, int] | None:
        values = [v for m in mentions if (v := getattr(m.size, name)) is not None]
        return max(values, key=lambda v: v[0] if isinstance(v, tuple) else v, default=None)

    return Size(**{name: largest(name) for name in Size.__struct_fields__})
