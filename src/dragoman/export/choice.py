"""Which events go into an export, and why the others do not."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record import Event


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What was asked for."""

    since: str | None = None
    """First day, ``YYYY-MM-DD``."""
    until: str | None = None
    """Last day, included."""
    min_confidence: float = 0.0
    """0..1; events below it stay out."""
    plain: bool = False
    """Whether events with auxiliary modes stay out."""
    dated: bool = False
    """Whether events without a date stay out even when no days were given."""

    def reason(self, event: Event) -> str | None:
        """Return why an event stays out; ``None`` when it goes in."""
        if event.confidence < self.min_confidence:
            return "below the confidence"
        if self.plain and event.aux:
            return "future, hypothetical, negated or historical"
        if not _is_day(event.date):
            return "without a date" if self.dated or self.since or self.until else None
        day = event.date or ""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return "outside the dates"
        return None


def _is_day(text: str | None) -> bool:
    """Return whether a text is a date."""
    try:
        return text is not None and dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
