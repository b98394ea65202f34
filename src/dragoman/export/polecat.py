"""POLECAT: one row an event, "; " between several values, "None" where nothing is stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.export.cells import joined
from dragoman.export.world import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.export.cells import Row, Value
    from dragoman.export.story import Story
    from dragoman.export.world import World
    from dragoman.record import Entity

AND = "; "
NONE = "None"


def rows(story: Story, world: World) -> Iterator[Row]:
    """Yield the one row of an event."""
    event = story.event
    yield {
        "Event ID": event.id,
        "Event Date": event.date,
        "Event Type": joined(event.event, AND),
        "Event Mode": joined(event.mode, AND),
        "Intensity": event.event_scale,
        "Quad Code": world.maps.quads[event.quad_code],
        "Contexts": joined(event.context, AND),
        **_side("Actor", event.actor, world),
        **_side("Recipient", event.recipient, world),
        **_place(story, world),
        "Source": joined(story.outlets, AND),
        "Publication Date": story.published()[0],
        **_story(story, world),
        "Version": event.coder,
    }


def _side(side: str, entities: tuple[Entity, ...], world: World) -> Row:
    """Return the columns of one side; lists are in step, one item an entity."""
    sectors = tuple(dict.fromkeys(sector for e in entities for sector in e.sector))
    cow = (world.cow(e.code) for e in entities)
    return {
        f"{side} Name": _each(map(name_of, entities)),
        f"{side} Country": _each(e.code for e in entities),
        f"{side} COW": _each(None if number is None else str(number) for number in cow),
        f"Primary {side} Sector": sectors[0] if sectors else None,
        f"{side} Sectors": joined(sectors, AND),
        f"{side} Title": _each(e.office for e in entities),
        f"{side} Name Raw": _each(e.entity_text for e in entities),
        f"Wikipedia {side} ID": _each(e.identifier_id for e in entities),
    }


def _each(items: Iterable[str | None]) -> Value:
    """Return a list with a place for every entity, "None" where it has no value."""
    return joined(items, AND, missing=NONE)


def _place(story: Story, world: World) -> Row:
    """Return the columns of the place."""
    place = story.event.event_loc
    if place is None:
        return dict.fromkeys(_PLACE)
    return {
        "Placename": place.resolved_place,
        "City": place.city,
        "District": None,
        "Province": place.province,
        "Country": place.country_code,
        "Latitude": place.lat,
        "Longitude": place.lon,
        "GeoNames ID": place.geonameid,
        "Raw Placename": place.extracted_place,
        "Feature Type": world.maps.features.get(place.resolution or 0),
    }


_PLACE = (
    *("Placename", "City", "District", "Province", "Country", "Latitude", "Longitude"),
    *("GeoNames ID", "Raw Placename", "Feature Type"),
)


def _story(story: Story, world: World) -> Row:
    """Return the columns about the story: who else and where else, and its language."""
    said = (m.attribution for m in story.event.mentions if m.attribution)
    sources = (each.source for each in said if each.source)
    everybody = (*story.event.actor, *story.event.recipient, *sources)
    people = (name_of(e) for e in everybody if e.office and e.identifier_text)
    others = (name_of(e) for e in everybody if not e.office and e.identifier_text)
    spots = (span.text for m in story.event.mentions for span in m.evidence.event_loc)
    tongues = (world.maps.languages.get(r.language, r.language) for r in story.reports)
    return {
        "Story People": joined(dict.fromkeys(people), AND),
        "Story Organizations": joined(dict.fromkeys(others), AND),
        "Story Locations": joined(dict.fromkeys(spots), AND),
        "Language": joined(dict.fromkeys(tongues), AND),
    }
