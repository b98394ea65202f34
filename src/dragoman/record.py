"""The typed record: what goes in (Report) and what comes out (Event, Mention, ...).

One module for the Python API, the JSON lines, the tables and the web page.
Field names are PLOVER 2.0's (manual, chapter 6); what Dragoman adds is marked
so in its docstring. Offsets are Unicode code points into ``Report.text`` exactly
as it came in, end exclusive: ``report.text[start:end]`` is the quoted text.
``None`` means "not stated". A message never sits in a data field.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Segment = Literal["headline", "dateline", "body", "quote", "commentary", "caption", "related"]
Aux = Literal["historical", "future", "hypothetical", "negated"]
Granularity = Literal["day", "week", "month", "year"]
AttributionKind = Literal["fact", "claim", "denial", "opinion"]
Amount = int | tuple[int, int] | None
"""A number, a ``(low, high)`` pair, or ``None`` when nothing was stated."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One news article as it came in."""

    id: str
    """Unique within one run; readers make one from the file and row when none is given."""
    text: str
    """The whole text, untouched. All offsets count its code points."""
    title: str | None = None
    """Headline, when it came in a field of its own."""
    published: str | None = None
    """Publication date, ``YYYY-MM-DD``; anchors relative dates."""
    outlet: str | None = None
    """Name of the publisher."""
    url: str | None = None
    """Where the report was published."""
    language: str = "en"
    """ISO 639-1 code."""


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters of a report."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""
    text: str
    """``report.text[start:end]``."""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A resolved actor, recipient or source (PLOVER's entity object)."""

    code: str | None = None
    """ISO 3166-1 alpha-3, or PLOVER's KOS, IGO, UNO, EUR, NGO, IMG, MNC, ISM."""
    sector: tuple[str, ...] = ()
    """Role codes, primary first (GOV, MIL, REB, ...)."""
    entity_text: str
    """The words of the report that name the entity."""
    identifier_text: str | None = None
    """Canonical name: "Mohammad Bagheri", "Russia", "Hezbollah"."""
    identifier_id: str | None = None
    """Wikidata id where the knowledge base is certain of it."""
    office: str | None = None
    """Title or position, as stated: "Minister of Defense"."""


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event happened (PLOVER's location object, without feature codes)."""

    extracted_place: str
    """The words of the report."""
    resolved_place: str | None = None
    """Canonical name of the resolved place."""
    geonameid: int | None = None
    """GeoNames id."""
    lat: float | None = None
    """Latitude, decimal degrees."""
    lon: float | None = None
    """Longitude, decimal degrees."""
    city: str | None = None
    """Populated place."""
    province: str | None = None
    """First administrative level."""
    country: str | None = None
    """Country name in English."""
    country_code: str | None = None
    """ISO 3166-1 alpha-3, or KOS."""
    resolution: int | None = None
    """5 below a city, 4 city, 3 district, 2 province, 1 country."""


class DateInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The words and the reckoning behind an event's date (Dragoman's extension)."""

    text: str
    """The date expression."""
    start: int
    """First code point of the expression."""
    end: int
    """One past its last code point."""
    anchor: str | None = None
    """Date the expression was reckoned from; ``None`` for absolute dates."""
    granularity: Granularity = "day"
    """How exact the expression is."""


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who says so (Dragoman's extension)."""

    source: Entity | None = None
    """The speaker; ``None`` when nobody is named ("allegedly") or the outlet itself judges."""
    via: Entity | None = None
    """Who passes it on: Interfax in "Interfax quoted the ministry as saying"."""
    cue: str
    """The word that reports: "said", "according to"."""
    kind: AttributionKind = "claim"
    """Whether the source states, claims, denies or judges."""
    start: int
    """First code point of the cue."""
    end: int
    """One past its last code point."""


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers an event reports (PLOVER's size object)."""

    dead: Amount = None
    """People killed."""
    injured: Amount = None
    """People injured."""
    arrested: Amount = None
    """People arrested or detained."""
    crowd: Amount = None
    """People gathered."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Characters behind the trigger and every argument (Dragoman's extension)."""

    trigger: tuple[Span, ...]
    """The words that report the event."""
    actor: tuple[Span, ...] = ()
    """The words that name the actors."""
    recipient: tuple[Span, ...] = ()
    """The words that name the recipients."""
    event_loc: tuple[Span, ...] = ()
    """The words that name the place."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """One event as one sentence states it, with its evidence (Dragoman's extension)."""

    id: str
    """``report id`` + ``:`` + running number in the report."""
    report: str
    """Id of the report."""
    sentence: int
    """Number of the sentence in the report, from 0."""
    segment: Segment
    """Part of the report the sentence stands in."""
    text: str
    """The sentence."""
    start: int
    """First code point of the sentence."""
    end: int
    """One past its last code point."""
    frame: str
    """Id of the lexicon entry that fired."""
    event: str
    """PLOVER event type."""
    mode: tuple[str, ...] = ()
    """PLOVER modes."""
    context: tuple[str, ...] = ()
    """PLOVER contexts."""
    actor: tuple[Entity, ...] = ()
    """Who did it; all participants when the event is reciprocal."""
    recipient: tuple[Entity, ...] = ()
    """To whom."""
    event_loc: Location | None = None
    """Where."""
    date: str | None = None
    """When: first day, ``YYYY-MM-DD``."""
    enddate: str | None = None
    """Last day, when the event spans several."""
    date_info: DateInfo | None = None
    """The words behind ``date``; ``None`` when the day is assumed (of telling, of publication)."""
    cameo: str | None = None
    """CAMEO code, as text."""
    aux: tuple[Aux, ...] = ()
    """Auxiliary modes (PLOVER 2.3); empty for a plain past event."""
    attribution: Attribution | None = None
    """Who says so; ``None`` when the outlet itself states it."""
    size: Size = Size()
    """Numbers."""
    confidence: float
    """0..1."""
    evidence: Evidence
    """Characters behind the fields."""


class EventMention(msgspec.Struct, frozen=True, kw_only=True):
    """What an event's record keeps of each of its mentions."""

    id: str
    """Id of the mention."""
    report: str
    """Id of the report."""
    sentence: int
    """Number of the sentence in the report, from 0."""
    segment: Segment
    """Part of the report the sentence stands in."""
    text: str
    """The sentence."""
    start: int
    """First code point of the sentence."""
    end: int
    """One past its last code point."""
    frame: str
    """Id of the lexicon entry that fired."""
    aux: tuple[Aux, ...] = ()
    """Auxiliary modes of this mention."""
    confidence: float
    """0..1."""
    date_info: DateInfo | None = None
    """The words behind the date."""
    attribution: Attribution | None = None
    """Who says so."""
    evidence: Evidence
    """Characters behind the fields."""


class Cameo(msgspec.Struct, frozen=True, kw_only=True):
    """The CAMEO code of an event and its Goldstein score."""

    code: str
    """Two to four digits, as text."""
    goldstein: float
    """-10..10."""


class CiteInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The publication behind a mention (PLOVER's citation object)."""

    url: str | None = None
    """Where the report was published."""
    title: str | None = None
    """Headline."""
    publication: str | None = None
    """Outlet."""
    language: str = "en"
    """ISO 639-1 code."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in the world: one line of the record."""

    id: str
    """Content hash: the same reports give the same ids."""
    date: str | None
    """First day, ``YYYY-MM-DD``; ``None`` when it cannot be told."""
    enddate: str | None
    """Last day, when the event spans several."""
    event: tuple[str, ...]
    """PLOVER event types."""
    mode: tuple[str, ...]
    """PLOVER modes."""
    context: tuple[str, ...]
    """PLOVER contexts."""
    actor: tuple[Entity, ...]
    """Who did it; all participants when the event is reciprocal."""
    recipient: tuple[Entity, ...]
    """To whom."""
    event_loc: Location | None
    """Where."""
    quad_code: int
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    event_scale: float
    """PLOVER conflict-cooperation score, -10..10."""
    cameo: Cameo | None
    """CAMEO code and Goldstein score (Dragoman's extension)."""
    aux: tuple[Aux, ...]
    """Auxiliary modes of the most factual mention."""
    confidence: float
    """0..1."""
    size: Size
    """Numbers."""
    mentions: tuple[EventMention, ...]
    """Every sentence that states the event (Dragoman's extension)."""
    cite_info: tuple[CiteInfo, ...]
    """One for each report."""
    coder: str
    """Program and version."""
    manifest: str
    """Hash of program version, lexicon, model and settings (Dragoman's extension)."""

    def _repr_html_(self) -> str:
        """Return the event as Jupyter shows it."""
        from dragoman.display import event_html  # noqa: PLC0415 - only notebooks need it

        return event_html(self)


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """One report with everything read from it; what ``Coder.code`` returns."""

    report: Report
    """The report, untouched."""
    sentences: int
    """Sentences found."""
    parsed: int
    """Sentences that were parsed: up to the last that may hold an event."""
    words: int
    """Words in the report, by white space."""
    mentions: tuple[Mention, ...]
    """In the order of the text."""
    events: tuple[Event, ...]
    """Mentions of the same happening joined, in the order of their first mention."""

    def _repr_html_(self) -> str:
        """Return the report with its evidence and its events as Jupyter shows them."""
        from dragoman.display import coded_html  # noqa: PLC0415 - only notebooks need it

        return coded_html(self)


_ENCODER = msgspec.json.Encoder()


def to_json(item: msgspec.Struct) -> bytes:
    """Return one record as a line of UTF-8 JSON, without the newline."""
    return _ENCODER.encode(item)
