"""What every page is given: documented, and what it answers as JSON.

A page's template sees exactly the model of its page; ``?as=json`` at the same address gives the
same. ``docs/web.md`` is made from these docstrings.
"""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, ConfigDict


class Context(BaseModel):
    """Base of everything a page is given."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)


class RecordState(Context):
    """What is known of the record as a whole."""

    name: str
    """Name of its file."""
    events: int
    """Events in it, those planned or denied among them."""
    reports: int
    """Reports read."""
    first: dt.date | None
    """Day the first report was published."""
    last: dt.date | None
    """Day the last report was published."""
    runs: int
    """Runs that wrote it."""
    manifest: str | None
    """Hash of what coded the last of them."""
    stale: bool
    """Whether the record has been written to since it was read; the new state is being read."""


class Side(Context):
    """An actor or recipient."""

    code: str | None
    """Country code."""
    country: str | None
    """English name of the country."""
    name: str
    """Canonical name, or the words of the report."""
    office: str | None
    """Title or position."""
    sector: tuple[str, ...]
    """Role codes."""


class EventLine(Context):
    """An event in a list."""

    id: str
    """Id; the event's own page is at ``/events/ID``."""
    date: dt.date | None
    """First day."""
    enddate: dt.date | None
    """Last day, when it spans several."""
    type: tuple[str, ...]
    """PLOVER types."""
    mode: tuple[str, ...]
    """PLOVER modes."""
    context: tuple[str, ...]
    """PLOVER contexts."""
    aux: tuple[str, ...]
    """Auxiliary modes; empty for what happened."""
    quad: int
    """Quad class, 1 to 4."""
    scale: float
    """PLOVER score, -10 to 10."""
    confidence: float
    """0 to 1."""
    actors: tuple[Side, ...]
    """Who did it."""
    recipients: tuple[Side, ...]
    """To whom."""
    country: str | None
    """Country code of where it happened."""
    place: str | None
    """Where it happened."""
    accounts: int
    """Reports that tell of it."""
    outlets: tuple[str, ...]
    """Their outlets."""
    said: tuple[str, ...]
    """Who says so: country codes, ``outlet`` for the outlet itself, ``other``."""
    kind: tuple[str, ...]
    """``fact``, ``claim``, ``denial``, ``opinion``."""
    sentence: str
    """The first sentence that states it."""


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


def row_of(line: EventLine) -> dict[str, object]:
    """Return an event as a row of a table."""
    row: dict[str, object] = dict(line)
    for name in ("actors", "recipients"):
        held: tuple[Side, ...] = getattr(line, name)
        row[name] = tuple(side.name for side in held)
        row[f"{name}_code"] = tuple(side.code or "" for side in held)
    return row


class Piece(Context):
    """A stretch of a text under the same marks."""

    text: str
    """Its characters."""
    parts: tuple[str, ...]
    """``trigger actor recipient event_loc cue date``, some of them; empty when unmarked."""
    event: str | None = None
    """Id of the event that the mark belongs to, on the page of a report."""


class Read(Context):
    """How one thing of an event was read: the words, and what they were taken for."""

    role: str
    """``actor``, ``recipient``, ``date``, ``place``, ``frame``, ``said by``, ``confidence``."""
    words: str
    """The words of the report; empty when none stood there."""
    means: str
    """What they were taken for."""
    why: str
    """How one leads to the other."""


class Telling(Context):
    """One sentence that states an event."""

    mention: str
    """Id of the mention."""
    segment: str
    """Part of the report it stands in."""
    pieces: tuple[Piece, ...]
    """The sentence, with trigger, parties, place, date and cue marked."""
    frame: str
    """The lexicon entry that fired."""
    aux: tuple[str, ...]
    """Auxiliary modes."""
    kind: str
    """``fact``, ``claim``, ``denial`` or ``opinion``."""
    source: str | None
    """Who says so; none for the outlet itself."""
    confidence: float
    """0 to 1."""
    reads: tuple[Read, ...]
    """How each field was read."""


class Account(Context):
    """What one report tells of an event."""

    report: str
    """Id of the report; its own page is at ``/reports/ID``."""
    title: str | None
    """Headline."""
    outlet: str | None
    """Publisher."""
    published: str | None
    """Day of publication."""
    url: str | None
    """Where it was published; a link only when it begins with http:// or https://."""
    language: str
    """ISO 639-1 code."""
    tellings: tuple[Telling, ...]
    """Its sentences."""


class Figure(Context):
    """A number that an account gives."""

    what: str
    """``dead``, ``injured``, ``arrested``, ``crowd``."""
    low: int
    """The number, or the lower one."""
    high: int
    """The number, or the higher one."""
    outlet: str | None
    """Who published it."""
    source: str | None
    """Who says so; none for the outlet itself."""


class EventPage(Context):
    """An event: its fields, every account of it, and how each field was read."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    id: str
    """Id; the address can be cited."""
    line: EventLine
    """The event as lists show it."""
    fields: dict[str, object]
    """Every field of the event, as docs/record.md names and describes them."""
    accounts: tuple[Account, ...]
    """Each report that tells of it."""
    figures: tuple[Figure, ...]
    """Every number given, so that rivals stand side by side."""
    rivals: tuple[str, ...]
    """Numbers on which the accounts differ."""
    denied_by: tuple[str, ...]
    """Who denies it."""
    dyads: tuple[str, ...]
    """Its pairs of countries, each with a page at ``/dyads/A/B``."""
    cite: str
    """How to cite it."""

    def table(self) -> list[dict[str, object]]:
        """Return the sentences that state it, for CSV."""
        return [
            {
                "event": self.id, "mention": telling.mention, "report": account.report,
                "outlet": account.outlet, "published": account.published, "url": account.url,
                "kind": telling.kind, "source": telling.source, "frame": telling.frame,
                "confidence": telling.confidence,
                "sentence": "".join(piece.text for piece in telling.pieces),
            }
            for account in self.accounts
            for telling in account.tellings
        ]  # fmt: skip


class ReportPage(Context):
    """A report with all its events marked."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    report: Account
    """The report; its sentences in the order of the text."""
    pieces: tuple[Piece, ...]
    """Its text, marked."""
    cut: int
    """Characters left out of a very long text; 0 when it is whole."""
    lines: tuple[EventLine, ...]
    """The events it tells of."""

    def table(self) -> list[dict[str, object]]:
        """Return its events, for CSV."""
        return [row_of(line) for line in self.lines]
