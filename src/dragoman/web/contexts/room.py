"""What the room's first page is given."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - pydantic reads it

from dragoman.web.contexts.base import Context, EventLine, RecordState, row_of


class Value(Context):
    """A value of a facet."""

    value: str
    """As it stands in an address."""
    label: str
    """As it is shown."""
    events: int
    """Events that have it, whatever else is chosen in this facet."""
    chosen: bool
    """Whether it is chosen."""
    address: str
    """The page with it chosen, or no longer chosen."""


class FacetCount(Context):
    """A facet with its values."""

    name: str
    """Its name in an address."""
    title: str
    """What it is called."""
    values: tuple[Value, ...]
    """The most frequent values, most frequent first, and those chosen."""


class Chip(Context):
    """One thing that is chosen."""

    title: str
    """Of which field."""
    label: str
    """What."""
    address: str
    """The page without it."""


class Period(Context):
    """One period of the timeline."""

    start: dt.date
    """First day."""
    label: str
    """``2024-03-05``, ``2024-W10``, ``2024-03`` or ``2024``."""
    events: tuple[int, int, int, int]
    """Events of each quad class."""
    scale: float | None
    """Mean PLOVER score; none without events."""
    reports: int
    """Reports read."""
    address: str
    """The page with this period alone."""


class Timeline(Context):
    """Events over time."""

    by: str
    """``day``, ``week``, ``month`` or ``year``."""
    measure: str
    """``events``, ``share`` or ``scale``."""
    periods: tuple[Period, ...]
    """Every period from the first to the last, empty ones too."""


class Cell(Context):
    """What one country did to another."""

    source: str
    """Country code of who acted."""
    target: str
    """Country code of whom it was done to."""
    events: int
    """Events."""
    scale: float
    """Mean PLOVER score."""
    conflict: float
    """Share of them that is conflict, 0 to 1."""


class Place(Context):
    """A place on the map."""

    name: str
    """Its name."""
    country: str | None
    """Country code."""
    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""
    events: int
    """Events there."""
    scale: float
    """Mean PLOVER score."""
    conflict: float
    """Share of them that is conflict, 0 to 1."""


class RoomPage(Context):
    """The room: search, facets, pictures, and the events found."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    events: int
    """Events found."""
    accounts: int
    """Reports that tell of them, a report counting once for each event."""
    others: int
    """Events that would be found besides, but are future, hypothetical, negated or historical."""
    rejected: int
    """Of those found, how many reviewers reject: exports leave them out, the room counts them."""
    corrected: int
    """Of those found, how many stand otherwise in exports: the room shows them as read."""
    undated: int
    """Of those found, how many have no date, and so no place on the timeline."""
    unplaced: int
    """Of those found, how many have no place on the map."""
    chips: tuple[Chip, ...]
    """What is chosen."""
    facets: tuple[FacetCount, ...]
    """Every facet."""
    timeline: Timeline
    """Events over time."""
    pairs: tuple[Cell, ...]
    """The busiest directed pairs: what matrix and network are drawn from."""
    places: tuple[Place, ...]
    """The busiest places."""
    lines: tuple[EventLine, ...]
    """One page of the events found."""
    next: str | None
    """Address of the next page."""

    def table(self) -> list[dict[str, object]]:
        """Return the events found, for CSV."""
        return [row_of(line) for line in self.lines]
