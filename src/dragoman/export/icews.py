"""ICEWS: one row a pair of parties, CAMEO in words and digits, names as ICEWS writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.export.cells import joined
from dragoman.export.ids import hashed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.export.cells import Row
    from dragoman.export.story import Story
    from dragoman.export.world import World
    from dragoman.record import Entity


def rows(story: Story, world: World) -> Iterator[Row]:
    """Yield a row for each pair of an event; (Event ID, Event Date) is a key."""
    cameo = world.cameo(story.event)
    shared: Row = {
        "Event Date": story.event.date,
        "Event Text": world.event_text(cameo.code),
        "CAMEO Code": cameo.code,
        "Intensity": cameo.goldstein,
        "Story ID": hashed(story.first.id),
        "Sentence Number": next((m.sentence + 1 for m, _ in story.mentions()), None),
        "Publisher": story.first.outlet,
        **_place(story, world),
    }
    for pair in story.pairs:
        yield {
            "Event ID": pair.number,
            **shared,
            **_party("Source", pair.source, world),
            **_party("Target", pair.target, world),
        }


def _party(side: str, entity: Entity | None, world: World) -> Row:
    """Return the columns of one party."""
    if entity is None:
        return dict.fromkeys((f"{side} Name", f"{side} Sectors", f"{side} Country"))
    spoken = [world.maps.sectors[s].icews for s in entity.sector if s in world.maps.sectors]
    country = world.icews_country(entity.code)
    return {
        f"{side} Name": _name(entity, spoken, country),
        f"{side} Sectors": joined(spoken, ","),
        f"{side} Country": country,
    }


def _name(entity: Entity, sectors: list[str], country: str | None) -> str:
    """Return a party's name; a nameless one is called by sector and country, as in ICEWS."""
    if entity.identifier_text:
        return entity.identifier_text
    if sectors and country:
        return f"{sectors[0]} ({country})"
    return country or entity.entity_text


def _place(story: Story, world: World) -> Row:
    """Return the columns of the place."""
    place = story.event.event_loc
    code = place.country_code if place else None
    return {
        "City": place.city if place else None,
        "District": None,
        "Province": place.province if place else None,
        "Country": world.icews_country(code) or (place.country if place else None),
        "Latitude": place.lat if place else None,
        "Longitude": place.lon if place else None,
    }
