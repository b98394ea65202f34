"""Rows of the index as the lines and sides that pages show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.record import Entity
from dragoman.web.contexts import EventLine, Side

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.web.labels import Labels

_PARTIES = msgspec.json.Decoder(tuple[Entity, ...])


def line(row: Mapping[str, Any], labels: Labels) -> EventLine:
    """Return an event of the index as a line of a list."""
    same = row["last"] == row["day"]
    return EventLine(
        id=row["id"],
        date=row["day"],
        enddate=None if same else row["last"],
        type=tuple(row["type"]),
        mode=tuple(row["mode"] or ()),
        context=tuple(row["context"] or ()),
        aux=tuple(name for name in row["aux"] if name != "plain"),
        quad=row["quad"],
        scale=round(row["scale"], 2),
        confidence=round(row["confidence"], 3),
        actors=sides(parties(row["actors"]), labels),
        recipients=sides(parties(row["recipients"]), labels),
        country=row["country"],
        place=row["place"],
        accounts=row["accounts"],
        outlets=tuple(row["outlet"]),
        said=tuple(row["said"]),
        kind=tuple(row["kind"]),
        review=row["review"],
        sentence=row["sentence"],
    )


def sides(entities: Iterable[Entity], labels: Labels) -> tuple[Side, ...]:
    """Return actors or recipients."""
    return tuple(
        Side(
            code=e.code,
            country=labels.country(e.code),
            name=(e.identifier_text or e.entity_text).strip(),
            office=e.office.strip() if e.office else None,
            sector=e.sector,
        )
        for e in entities
    )


def parties(text: str | None) -> tuple[Entity, ...]:
    """Return the entities of a cell of JSON text."""
    return _PARTIES.decode(text) if text else ()
