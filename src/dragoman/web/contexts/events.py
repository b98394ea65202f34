"""What the pages of an event and of a report are given."""

from __future__ import annotations

from dragoman.web.contexts.base import Account, Context, EventLine, Piece, RecordState, row_of


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
