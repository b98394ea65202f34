"""What a round of reading did, for whoever shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from dragoman.record import Coded

Standing = Literal["read", "unmodified", "early", "failed"]


class Line(msgspec.Struct, kw_only=True):
    """What came of one source."""

    source: str
    """Its address."""
    standing: Standing = "read"
    """``read``; ``unmodified`` since the last time; ``early``: not asked, because it or its
    feed wants to be left alone until ``due``; ``failed``: ``reason`` says why."""
    new: int = 0
    """Entries coded for the first time."""
    changed: int = 0
    """Entries coded again, as revisions, because their text changed."""
    unchanged: int = 0
    """Entries passed over because they are in the record."""
    rejected: int = 0
    """Entries that cannot become reports."""
    waiting: int = 0
    """Entries whose page could not be fetched yet."""
    fallbacks: int = 0
    """Entries coded from the feed alone because their page cannot be had."""
    reason: str | None = None
    """Why it failed; else what to know about the first reject, fallback or wait."""
    due: float = 0.0
    """When it is asked next, seconds since 1970."""

    @property
    def well(self) -> bool:
        """Whether the source could be read, now or when it was last asked."""
        return self.standing != "failed"

    def note(self, reason: str) -> None:
        """Keep the first thing that is worth saying."""
        self.reason = self.reason or " ".join(reason.split())[:300]


class Round(msgspec.Struct, kw_only=True):
    """What came of all sources."""

    began: float
    """Seconds since 1970."""
    lines: list[Line] = []
    """One a source, in the user's order."""
    reports: int = 0
    """Reports coded."""
    mentions: int = 0
    """Mentions found in them."""
    events: int = 0
    """Events found in them, before any are joined with the record's."""
    next: float | None = None
    """When the next round begins, seconds since 1970; ``None`` when there is none."""

    def count(self, coded: Coded) -> None:
        """Add one coded report."""
        self.reports += 1
        self.mentions += len(coded.mentions)
        self.events += len(coded.events)
