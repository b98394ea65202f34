"""Texts of reports cut into marked pieces, each field of an event with the words behind it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dragoman.web.contexts import Piece, Read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.record import Mention, Report
    from dragoman.web.labels import Labels

PARTS = ("trigger", "actor", "recipient", "event_loc", "date", "cue")
"""Kinds of marks; where several lie on one word, this is their order."""
LONGEST = 120_000
"""Characters of a text that a page shows."""
LEVELS = {5: "a place below a city", 4: "a city", 3: "a district", 2: "a province", 1: "a country"}


class Mark(NamedTuple):
    """Characters that stand for something."""

    start: int
    end: int
    part: str
    event: str | None = None


def marks(mention: Mention, event: str | None = None) -> Iterator[Mark]:
    """Yield the marks of a mention, counted in its report."""
    for part in PARTS[:4]:
        for span in getattr(mention.evidence, part):
            yield Mark(span.start, span.end, part, event)
    if mention.date_info is not None:
        yield Mark(mention.date_info.start, mention.date_info.end, "date", event)
    if mention.attribution is not None:
        yield Mark(mention.attribution.start, mention.attribution.end, "cue", event)


def pieces(text: str, start: int, end: int, found: Iterable[Mark]) -> tuple[Piece, ...]:
    """Return a stretch of a text in pieces.

    Args:
        text: the report's text.
        start: first code point wanted.
        end: one past the last.
        found: marks, in any order; what lies outside is cut off.
    """
    kept = [m for m in found if m.start < end and m.end > start and m.start < m.end]
    edges = {start, end} | {e for m in kept for e in (m.start, m.end) if start < e < end}
    starts = sorted(kept, key=lambda m: m.start)
    made, live, at = [], [], 0
    for low, high in pairwise(sorted(edges)):
        while at < len(starts) and starts[at].start <= low:
            live.append(starts[at])
            at += 1
        live = [m for m in live if m.end > low]
        parts = {m.part for m in live}
        event = next((m.event for m in live if m.part == "trigger"), None)
        named = tuple(part for part in PARTS if part in parts)
        made.append(Piece(text=text[low:high], parts=named, event=event))
    return tuple(made)


def window(text: str, first: int) -> tuple[int, int]:
    """Return the stretch of a very long text that is shown, with the first mark in it."""
    if len(text) <= LONGEST:
        return 0, len(text)
    start = max(0, min(first - 1000, len(text) - LONGEST))
    return start, start + LONGEST


def reads(mention: Mention, report: Report, labels: Labels) -> tuple[Read, ...]:
    """Return how each field of a mention was read, as far as the record tells it."""
    return (
        *_frame(mention, labels),
        *_parties(mention, labels),
        _date(mention, report),
        *_place(mention, labels),
        *_said(mention, labels),
    )


def _words(spans: Sequence[object]) -> str:
    """Return the words of some spans."""
    return " … ".join(getattr(span, "text", "") for span in spans)


def _frame(mention: Mention, labels: Labels) -> Iterator[Read]:
    """Yield what the frame made of the trigger."""
    kinds = [mention.event, *(f"{mention.event}.{mode}" for mode in mention.mode)]
    means = "; ".join(labels.meanings.get(kind, kind) for kind in kinds)
    yield Read(
        role="trigger",
        words=_words(mention.evidence.trigger),
        means=" / ".join((mention.event, *mention.mode)),
        why=f"{means}. Frame {mention.frame}.",
    )


def _parties(mention: Mention, labels: Labels) -> Iterator[Read]:
    """Yield how actors and recipients were resolved."""
    for role, entities in (("actor", mention.actor), ("recipient", mention.recipient)):
        for entity in entities:
            codes = " ".join((entity.code or "no country", *entity.sector))
            name = entity.identifier_text or "a person or group without a name"
            whose = labels.country(entity.code)
            sectors = ", ".join(labels.meanings.get(s, s) for s in entity.sector)
            parts = (
                name,
                f"office: {entity.office}" if entity.office else "",
                whose if whose and whose != name else "",
                sectors,
            )
            yield Read(
                role=role,
                words=entity.entity_text,
                means=codes,
                why="; ".join(part for part in parts if part),
            )


def _date(mention: Mention, report: Report) -> Read:
    """Return how the date was reckoned."""
    days = " to ".join(filter(None, (mention.date, mention.enddate)))
    info = mention.date_info
    if info is None and not mention.date:
        why = "No date stands in the sentence and the report has no publication date: left open."
        return Read(role="date", words="", means="not stated", why=why)
    if info is None:
        day = report.published or "unknown"
        why = f"No date stands in the sentence; the day of publication, {day}, was taken."
        return Read(role="date", words="", means=days, why=why)
    against = f"reckoned from {info.anchor}" if info.anchor else "stated outright"
    why = f"{against}, exact to the {info.granularity}."
    return Read(role="date", words=info.text, means=days or "not resolved", why=why)


def _place(mention: Mention, labels: Labels) -> Iterator[Read]:
    """Yield how the place was resolved."""
    place = mention.event_loc
    if place is None:
        why = "No place stands in the sentence, and the report has no dateline that could tell."
        yield Read(role="place", words="", means="not stated", why=why)
        return
    names = (place.resolved_place, place.province, labels.country(place.country_code))
    means = ", ".join(dict.fromkeys(filter(None, names))) or "not resolved"
    facts = [
        LEVELS.get(place.resolution or 0, ""),
        f"GeoNames {place.geonameid}" if place.geonameid else "",
        f"{place.lat:.2f}, {place.lon:.2f}"
        if place.lat is not None and place.lon is not None
        else "",
    ]
    yield Read(
        role="place", words=place.extracted_place, means=means, why="; ".join(f for f in facts if f)
    )


def _said(mention: Mention, labels: Labels) -> Iterator[Read]:
    """Yield who says so."""
    said = mention.attribution
    if said is None:
        yield Read(
            role="said by",
            words="",
            means="the outlet itself",
            why="Nobody is quoted; stated as fact.",
        )
        return
    source = said.source
    country = labels.country(source.code) if source else None
    who = (source.identifier_text or source.entity_text) if source else "nobody is named"
    passed = (
        f", passed on by {said.via.identifier_text or said.via.entity_text}" if said.via else ""
    )
    yield Read(
        role="said by",
        words=source.entity_text if source else "",
        means=f"{who} ({country})" if country and country != who else who,
        why=f"By the word “{said.cue}”, as {said.kind}{passed}.",
    )
