"""Mentions of one happening to the event they tell of.

The mentions may be of one report or of many. Nothing here depends on the order in which reports
came in: callers give the mentions in the record's order (``in_order`` for several reports).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Protocol

from dragoman.manifest import program_version
from dragoman.record import (
    Amount,
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
    from collections.abc import Iterable, Mapping, Sequence

TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types whose direction says little: "A met B" and "B met A" are one event."""


class Scale(Protocol):
    """What an event's class and scores are taken from: the ontology, or the event's accounts."""

    @property
    def contexts(self) -> Sequence[str]:
        """The contexts, in their order."""

    def quad(self, event: str, /) -> int:
        """Return the quad class of a type, 1 to 4."""

    def score(self, event: str, modes: Sequence[str], /) -> float:
        """Return the PLOVER score of a type with some modes, -10..10."""

    def goldstein(self, code: str, /) -> float:
        """Return the Goldstein score of a CAMEO code, -10..10."""


def codes(entities: Iterable[Entity]) -> set[str]:
    """Return the country codes of some entities."""
    return {e.code for e in entities if e.code}


def persons(entities: Iterable[Entity]) -> set[str]:
    """Return the surnames of the named office holders among some entities."""
    return {e.identifier_text.split()[-1] for e in entities if e.office and e.identifier_text}


def cites_of(reports: Iterable[Report]) -> dict[str, CiteInfo]:
    """Return the citation of each report by its id."""
    return {
        r.id: CiteInfo(url=r.url, title=r.title, publication=r.outlet, language=r.language)
        for r in reports
    }


def event_of(
    mentions: Sequence[Mention],
    cites: Mapping[str, CiteInfo],
    scale: Scale,
    manifest: str,
    id: str | None = None,  # noqa: A002 - the field's name
) -> Event:
    """Build an event from its mentions.

    Args:
        mentions: in the record's order; not empty.
        cites: the citation of every report among them.
        scale: scores, quad classes, order of contexts.
        manifest: what coded them.
        id: the event's id; without it, a hash of where the event was read.
    """
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
        id=id or _event_id(mentions),
        date=first,
        enddate=last,
        event=(best.event,),
        mode=modes,
        context=tuple(c for c in scale.contexts if any(c in m.context for m in mentions)),
        actor=actors,
        recipient=recipients,
        event_loc=_place(mentions),
        quad_code=scale.quad(best.event),
        event_scale=scale.score(best.event, modes),
        cameo=Cameo(code=cameo[0][0], goldstein=scale.goldstein(cameo[0][0])) if cameo else None,
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
    did = Counter(code for m in mentions for code in codes(m.actor))
    was = Counter(code for m in mentions for code in codes(m.recipient))
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
    """Return the most exact place stated, of two the one with a day; else the dateline's."""
    stated = [m for m in mentions if m.event_loc and m.evidence.event_loc]
    if stated:
        return max(stated, key=_place_says).event_loc
    return next((m.event_loc for m in mentions if m.event_loc), None)


def _place_says(mention: Mention) -> tuple[int, bool]:
    """Return how exact a mention's place is, and whether it tells the day as well."""
    place = mention.event_loc
    return (place.resolution or 0) if place else 0, mention.date_info is not None


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
    """Return what the reports give for each measure: of each its largest, of all the range."""
    reports = tuple(dict.fromkeys(m.report for m in mentions))
    told = [[m.size for m in mentions if m.report == report] for report in reports]
    return Size(
        **{n: _range([_largest(n, sizes) for sizes in told]) for n in Size.__struct_fields__}
    )


def _largest(name: str, sizes: Iterable[Size]) -> Amount:
    """Return the largest number that one report gives for a measure."""
    values = [v for size in sizes if (v := getattr(size, name)) is not None]
    return max(values, key=lambda v: v[0] if isinstance(v, tuple) else v, default=None)


def _range(amounts: Iterable[Amount]) -> Amount:
    """Return the one amount that all give, or the pair from the lowest to the highest."""
    pairs = [a if isinstance(a, tuple) else (a, a) for a in amounts if a is not None]
    if not pairs:
        return None
    low, high = min(p[0] for p in pairs), max(p[1] for p in pairs)
    return low if low == high else (low, high)
