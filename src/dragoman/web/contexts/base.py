"""What pages of every kind are given: the record, events in lists, marked text."""

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
    review: str | None = None
    """``accepted``, ``corrected``, ``rejected`` or ``disputed`` in review; none when not judged."""
    sentence: str
    """The first sentence that states it."""


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
