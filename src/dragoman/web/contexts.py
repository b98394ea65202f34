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


class Month(Context):
    """A month of a pair's story."""

    month: str
    """``YYYY-MM``."""
    events: int
    """Events of the month."""
    address: str
    """All of them."""
    lines: tuple[EventLine, ...]
    """The most told of them."""


class Theme(Context):
    """Events of one kind between two countries."""

    title: str
    """Met, agreed, threatened, denied ..."""
    events: int
    """How many."""
    address: str
    """All of them."""
    lines: tuple[EventLine, ...]
    """The newest."""


class PersonCount(Context):
    """A person or body that takes part in some events."""

    name: str
    """Canonical name."""
    office: str | None
    """Office as most often stated."""
    code: str | None
    """Country code."""
    events: int
    """Events."""
    address: str
    """Their events."""


class Voice(Context):
    """What one outlet, or one speaking side, makes of two countries."""

    name: str
    """Outlet, country, or the outlets themselves."""
    events: int
    """Events it tells of."""
    conflict: float
    """Share of them that is conflict, 0 to 1."""
    scale: float
    """Mean PLOVER score."""
    address: str
    """Its events."""


class DyadPage(Context):
    """Two countries: curve, story, people, voices."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    a: Side
    """The first of the two in the alphabet of codes."""
    b: Side
    """The other."""
    events: int
    """Events between the two."""
    ways: tuple[Cell, ...]
    """What each did to the other."""
    timeline: Timeline
    """Their curve."""
    finding: str | None
    """What the last week says against the weeks before, in one line."""
    themes: tuple[Theme, ...]
    """Who met whom, what was agreed, threatened, denied."""
    people: tuple[PersonCount, ...]
    """Their people."""
    voices: tuple[Voice, ...]
    """What each side says, and the outlets on their own account."""
    outlets: tuple[Voice, ...]
    """What each outlet tells. The record does not know which side an outlet stands on."""
    story: tuple[Month, ...]
    """Month by month, newest first."""
    earlier: str | None
    """Address of the months before."""

    def table(self) -> list[dict[str, object]]:
        """Return the periods of the curve, for CSV."""
        return [period_row(period) for period in self.timeline.periods]


def period_row(period: Period) -> dict[str, object]:
    """Return a period as a row of a table."""
    names = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    counts = dict(zip(names, period.events, strict=True))
    return {"start": period.start, "period": period.label} | counts | {
        "scale": period.scale, "reports_read": period.reports,
    }  # fmt: skip


class Change(Context):
    """One pair of countries against its own past."""

    dyad: str
    """The pair, ``IRN-RUS``."""
    label: str
    """Their names."""
    measure: str
    """``events`` or ``conflict``."""
    now: int
    """Events of this period."""
    window: float | None
    """Events to be expected by the last four periods and the reports read."""
    baseline: float | None
    """Events to be expected by the last fifty-two."""
    against_window: str
    """``more``, ``fewer``, ``no clear change``, ``too few events to tell``, ``no reports read``."""
    against_baseline: str
    """The same against fifty-two."""


class ChangesPage(Context):
    """What is out of the ordinary: pairs of countries against their own past."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    by: str
    """``week``, ``month`` ..."""
    period: str | None
    """The period in question; none when the record has no dates to compare."""
    reports: int
    """Reports read in it."""
    pairs: int
    """Pairs looked at, the busiest ones."""
    chips: tuple[Chip, ...]
    """What is chosen."""
    changes: tuple[Change, ...]
    """Clear changes first."""

    def table(self) -> list[dict[str, object]]:
        """Return the comparisons, for CSV."""
        return [dict(change) for change in self.changes]


class Word(Context):
    """One word of a parse."""

    text: str
    """As it stands in the report."""
    tag: str
    """Universal part of speech."""
    relation: str
    """Universal Dependencies relation to its head."""
    head: str
    """Its head; empty for the root."""
    depth: int
    """Steps to the root."""


class Fired(Context):
    """A frame that became an event."""

    what: str
    """Type and modes."""
    quad: int
    """Quad class."""
    frame: str
    """Id of the frame."""
    aux: tuple[str, ...]
    """Auxiliary modes."""
    confidence: float
    """0 to 1."""
    weights: str
    """What made the confidence."""
    reads: tuple[Read, ...]
    """How each field was read, parties with the coder's own reason."""


class Nearly(Context):
    """A frame that could have fired and did not."""

    word: str
    """The word that could have set it off."""
    frame: str
    """Id of the frame."""
    reason: str
    """Why it gave no event."""


class SentenceRead(Context):
    """One sentence with everything that was read in it."""

    number: int
    """Its number in the report, from 0."""
    segment: str
    """Part of the report it stands in."""
    pieces: tuple[Piece, ...]
    """The sentence, marked."""
    passed_over: str | None
    """Why the coder does not read it; none when it does."""
    words: tuple[Word, ...]
    """The parse, in the order of the text."""
    found: tuple[Read, ...]
    """Names, dates and places."""
    fired: tuple[Fired, ...]
    """Frames that became events."""
    nearly: tuple[Nearly, ...]
    """Frames that nearly did, the nearest first."""


class ReportRead(Context):
    """A report that a reader gave, read."""

    title: str | None
    """Headline, when it has one."""
    published: str | None
    """Day of publication."""
    pieces: tuple[Piece, ...]
    """Its text, marked."""
    lines: tuple[EventLine, ...]
    """Its events."""
    sentences: tuple[SentenceRead, ...]
    """How each sentence was read; only of the first report."""


class TryPage(Context):
    """A text of the reader's own, and what is read in it."""

    record: RecordState
    """The record; the text does not go into it."""
    title: str
    """Title of the page."""
    text: str
    """The text as it was given; empty for a file."""
    published: str
    """The day given, ``YYYY-MM-DD``."""
    reports: tuple[ReportRead, ...]
    """Every report that was read."""
    problems: tuple[str, ...]
    """What could not be read, and why."""

    def table(self) -> list[dict[str, object]]:
        """Return the events, for CSV."""
        return [row_of(line) for report in self.reports for line in report.lines]


class ExplainPage(Context):
    """Why an event is what it is: its sentences read once more, step by step."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    id: str
    """Id of the event."""
    same: bool
    """Whether the same program, lexicon and model made the record; else they may differ."""
    sentences: tuple[SentenceRead, ...]
    """The sentences that state it."""


class Parameter(Context):
    """Something that an address takes."""

    name: str
    """Its name."""
    where: str
    """``query``, ``path`` or ``body``."""
    kind: str
    """Its type."""
    about: str
    """What it does."""


class Operation(Context):
    """An address of the API."""

    method: str
    """``GET`` or ``POST``."""
    path: str
    """The address."""
    about: str
    """What it gives."""
    parameters: tuple[Parameter, ...]
    """What it takes."""
    answer: str
    """Name of the context that it answers with."""


class ApiPage(Context):
    """The API: every address, what it takes, what it gives."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    operations: tuple[Operation, ...]
    """Every address."""
    models: dict[str, dict[str, str]]
    """Every context: field and what it holds."""
