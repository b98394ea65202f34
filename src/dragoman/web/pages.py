"""The room's first page: search, facets, pictures, events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.web import queries
from dragoman.web.contexts import Cell, Chip, FacetCount, Place, RoomPage, Value
from dragoman.web.filters import FACETS, LISTS, SIDES
from dragoman.web.lines import line
from dragoman.web.state import record_state
from dragoman.web.timelines import drawn_from, period

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.web.filters import View
    from dragoman.web.index import Index, Row
    from dragoman.web.labels import Labels
    from dragoman.web.room import Room

_TITLES = {
    "q": "Words",
    "since": "From",
    "until": "To",
    "min": "Confidence at least",
    "box": "On the map",
}


def room_page(room: Room, labels: Labels, view: View) -> RoomPage:
    """Return the room as a reader's address asks for it."""
    index = room.index
    found = queries.found(index, view, period)
    judged = dict(queries.reviewed(index, view))
    rows = queries.page(index, view)
    shown = [line(row, labels) for row in rows[: queries.PAGE]]
    more = len(rows) > queries.PAGE
    return RoomPage(
        record=record_state(room),
        title=title(view, labels),
        events=found.totals["events"],
        accounts=found.totals["accounts"],
        others=found.others,
        rejected=judged.get("rejected", 0),
        corrected=judged.get("corrected", 0),
        undated=found.totals["undated"],
        unplaced=found.totals["unplaced"],
        chips=tuple(chips(view, labels)),
        facets=tuple(facet(index, name, view, labels) for name in FACETS),
        timeline=drawn_from(index, view, found.totals, found.period, found.timeline),
        pairs=cells(found.pairs),
        places=places(found.places),
        lines=tuple(shown),
        next=f"/{view.model_copy(update={'after': shown[-1].id}).query()}" if more else None,
    )


def title(view: View, labels: Labels) -> str:
    """Return what is chosen, in a few words."""
    parts = [label for _, label, _ in _chosen(view, labels)]
    return ", ".join(parts[:4]) + (" …" if len(parts) > 4 else "") if parts else "All events"


def chips(view: View, labels: Labels) -> Iterator[Chip]:
    """Yield everything that is chosen, each with the address without it."""
    for name, label, without in _chosen(view, labels):
        facet = FACETS.get(name) or SIDES.get(name)
        yield Chip(
            title=facet.title if facet else _TITLES[name],
            label=label,
            address=f"/{without.query()}",
        )


def _chosen(view: View, labels: Labels) -> Iterator[tuple[str, str, View]]:
    """Yield every choice: its field, what it is called, and the view without it."""
    for name, value in view.selection().pairs():
        if name in LISTS:
            held: Any = int(value) if name == "quad" else value
            yield name, labels.value(name, value), view.toggled(name, held)
        else:
            default = type(view).model_fields[name].default
            yield name, value, view.having(**{name: default})


def facet(index: Index, name: str, view: View, labels: Labels) -> FacetCount:
    """Return a facet with its values; those chosen are there even when they find nothing."""
    chosen = {str(value) for value in getattr(view, name)}
    counts = dict(queries.facet(index, name, view))
    for value in sorted(chosen):
        counts.setdefault(value, 0)
    return FacetCount(
        name=name,
        title=FACETS[name].title,
        values=tuple(
            Value(
                value=value,
                label=labels.value(name, value),
                events=events,
                chosen=value in chosen,
                address=f"/{view.toggled(name, int(value) if name == 'quad' else value).query()}",
            )
            for value, events in counts.items()
        ),
    )


def cells(rows: Sequence[Row]) -> tuple[Cell, ...]:
    """Return the busiest directed pairs."""
    return tuple(
        Cell(
            source=row["source"],
            target=row["target"],
            events=row["events"],
            scale=round(row["scale"], 2),
            conflict=round(row["conflict"] / row["events"], 3),
        )
        for row in rows
    )


def places(rows: Sequence[Row]) -> tuple[Place, ...]:
    """Return the busiest places."""
    return tuple(
        Place(
            name=row["place"] or "",
            country=row["country"],
            lat=round(row["lat"], 3),
            lon=round(row["lon"], 3),
            events=row["events"],
            scale=round(row["scale"], 2),
            conflict=round(row["conflict"] / row["events"], 3),
        )
        for row in rows
    )
