"""What the pages of two countries and of changes are given."""

from __future__ import annotations

from dragoman.web.contexts.base import Context, EventLine, RecordState, Side
from dragoman.web.contexts.room import (  # noqa: TC001 - pydantic reads them
    Cell,
    Chip,
    Period,
    Timeline,
)


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


class OutletVoice(Voice):
    """What one outlet makes of two countries."""

    country: str | None
    """Code of the country it is made in; ``several``: its name is that of several; none: open."""
    how: str | None
    """What tells it: ``name``, ``site`` (a known address), ``ending`` (of its address)."""


class PressSide(Context):
    """What the outlets of one side make of two countries."""

    side: str
    """Code of one of the two countries, ``others`` or ``unknown``."""
    name: str
    """What it is called."""
    countries: tuple[str, ...]
    """Codes of the countries that the outlets are made in."""
    events: int
    """Events they tell of; one that several sides tell of counts for each."""
    quads: tuple[int, int, int, int]
    """Of them of each quad class."""
    scale: float | None
    """Mean PLOVER score; none without events."""
    address: str
    """Their events."""


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
    """What each side is quoted with, and what the outlets say on their own account."""
    press: tuple[PressSide, ...]
    """What outlets made in each of the two countries tell, and others. Where an outlet is made is
    told by its name or its address; whose side it takes is not known."""
    outlets: tuple[OutletVoice, ...]
    """What each of the busiest outlets tells."""
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
