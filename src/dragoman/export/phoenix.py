"""Phoenix: one row a pair of parties, without a header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.export.cells import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.export.cells import Row
    from dragoman.export.story import Story
    from dragoman.export.world import World
    from dragoman.record import Entity


def rows(story: Story, world: World) -> Iterator[Row]:
    """Yield a row for each pair of an event; it must have a date."""
    shared = _shared(story, world)
    for pair in story.pairs:
        yield {
            "EventID": pair.number,
            **shared,
            **_actor("Source", pair.source, world),
            **_actor("Target", pair.target, world),
        }


def _shared(story: Story, world: World) -> Row:
    """Return the columns that all pairs of an event share."""
    event, cameo, place = story.event, world.cameo(story.event), story.event.event_loc
    year, month, day = (int(part) for part in (event.date or "").split("-"))
    sentences = (f"{m.report}_{m.sentence + 1}" for m, _ in story.mentions())
    return {
        "Date": year * 10_000 + month * 100 + day,
        "Year": year,
        "Month": month,
        "Day": day,
        "EventCode": cameo.code,
        "EventRootCode": cameo.code[:2],
        "QuadClass": world.maps.quad_of_root["phoenix"][cameo.code[:2]],
        "GoldsteinScore": cameo.goldstein,
        "Issues": joined(f"{context.upper()},1" for context in event.context),
        "Lat": place.lat if place else None,
        "Lon": place.lon if place else None,
        "LocationName": (place.resolved_place or place.extracted_place) if place else None,
        "StateName": place.province if place else None,
        "CountryCode": place.country_code if place else None,
        "SentenceID": joined(dict.fromkeys(sentences)),
        "URLs": joined(story.urls),
        "NewsSources": joined(story.outlets),
    }


def _actor(side: str, entity: Entity | None, world: World) -> Row:
    """Return the columns of one actor."""
    types = world.types(entity)
    grouped = entity is not None and entity.code in world.maps.groups
    known = world.known_group(entity)
    roles = ((known,) if known else ()) + (types[1:] if grouped else types)
    return {
        f"{side}ActorFull": world.actor_code(entity),
        f"{side}ActorEntity": types[0] if grouped else world.cameo_country(entity),
        f"{side}ActorRole": roles[0] if roles else None,
        f"{side}ActorAttribute": joined(roles[1:]),
    }
