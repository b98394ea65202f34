"""The flat table: one row an event, several values joined with ";"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.export.cells import joined
from dragoman.export.world import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.export.cells import Row, Value
    from dragoman.export.story import Story
    from dragoman.export.world import World
    from dragoman.record import Amount, Entity, Location, Size


def rows(story: Story, world: World) -> Iterator[Row]:
    """Yield the one row of an event."""
    event = story.event
    yield {
        "id": event.id,
        "date": event.date,
        "enddate": event.enddate,
        "event": joined(event.event),
        "mode": joined(event.mode),
        "context": joined(event.context),
        **_side("actor", event.actor, world),
        **_side("recipient", event.recipient, world),
        **_place(event.event_loc),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "cameo": event.cameo.code if event.cameo else None,
        "goldstein": event.cameo.goldstein if event.cameo else None,
        "aux": joined(event.aux),
        "confidence": event.confidence,
        **_sizes(event.size),
        **_reported(story),
        "coder": event.coder,
        "manifest": event.manifest,
        "reviewed": joined(story.reviewed),
    }


def _side(side: str, entities: tuple[Entity, ...], world: World) -> Row:
    """Return the columns of one side; lists are in step, one item an entity, empty if unknown."""
    return {
        side: _each(map(name_of, entities)),
        f"{side}_text": _each(e.entity_text for e in entities),
        f"{side}_code": _each(e.code for e in entities),
        f"{side}_cow": _each(_digits(world.cow(e.code)) for e in entities),
        f"{side}_gw": _each(_digits(world.gw(e.code)) for e in entities),
        f"{side}_sector": _each(" ".join(e.sector) for e in entities),
        f"{side}_office": _each(e.office for e in entities),
        f"{side}_wikidata": _each(e.identifier_id for e in entities),
    }


def _each(items: Iterable[str | None]) -> Value:
    """Return a list with a place for every entity."""
    return joined(items, missing="")


def _digits(number: int | None) -> str | None:
    """Return a number as text."""
    return None if number is None else str(number)


def _place(place: Location | None) -> Row:
    """Return the columns of the place."""
    fields = {
        "place": "resolved_place",
        "place_text": "extracted_place",
        **{f"place_{name}": name for name in _PLACE},
    }
    return {name: getattr(place, field) if place else None for name, field in fields.items()}


_PLACE = (
    *("geonameid", "lat", "lon", "city", "province", "country", "country_code", "resolution"),
)


def _sizes(size: Size) -> Row:
    """Return the lowest and highest number of each measure."""
    row: Row = {}
    for name in size.__struct_fields__:
        row[f"{name}_low"], row[f"{name}_high"] = ends(getattr(size, name))
    return row


def ends(amount: Amount) -> tuple[int | None, int | None]:
    """Return an amount as its lowest and its highest number."""
    return amount if isinstance(amount, tuple) else (amount, amount)


def _reported(story: Story) -> Row:
    """Return the columns about the reports."""
    event, (first, last) = story.event, story.published()
    said = [m.attribution for m in event.mentions if m.attribution]
    surest = max(event.mentions, key=lambda m: m.confidence, default=None)
    return {
        "said_by": joined(dict.fromkeys(name_of(s) for each in said if (s := each.source))),
        "said_as": joined(dict.fromkeys(each.kind for each in said)),
        "mentions": len(event.mentions),
        "reports": len(story.reports),
        "outlets": joined(story.outlets),
        "first_published": first,
        "last_published": last,
        "urls": joined(story.urls),
        "report_ids": joined(report.id for report in story.reports),
        "sentence": surest.text if surest else None,
    }
