"""In which order mentions are judged.

The order is that of a hash of their ids: whoever judges from its beginning judges a sample of the
whole, two reviewers meet the same mentions, and one who comes back goes on at the first mention
that is still open. What comes in later takes its place among the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from dragoman.web.index import sql

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from dragoman.review.verdicts import Drawn
    from dragoman.web.index import Index

Row = dict[str, Any]


@dataclass(frozen=True)
class Queue:
    """What somebody wants to judge."""

    type: str | None = None
    """Mentions of one type; of all without it."""
    event: str | None = None
    """Mentions of one event."""
    disputes: bool = False
    """Mentions on which reviewers disagree."""

    @property
    def drawn(self) -> Drawn | None:
        """The sample that a verdict given here counts in."""
        if self.event or self.disputes:
            return None
        return "type" if self.type else "all"

    def address(self, at: str | None = None, said: str | None = None) -> str:
        """Return the address of this queue, of a mention in it, with what was just done."""
        given = {
            "type": self.type,
            "event": self.event,
            "disputes": "1" if self.disputes else None,
            "at": at,
            "said": said,
        }
        query = urlencode({name: value for name, value in given.items() if value})
        return f"/review/judge?{query}" if query else "/review/judge"

    def _values(self, place: str) -> Row:
        """Return what the queue's statements ask for."""
        return {"place": place, "type": self.type, "event": self.event}


def first(index: Index, queue: Queue, passed: Collection[str], some: Iterable[str]) -> Row | None:
    """Return the first mention that is open.

    Args:
        index: the record's index.
        queue: the queue.
        passed: mentions that are not.
        some: the mentions of the queue of disagreements.
    """
    return after(index, queue, "", passed, some)


def after(
    index: Index, queue: Queue, place: str, passed: Collection[str], some: Iterable[str]
) -> Row | None:
    """Return the next mention behind a place that is not to be passed over."""
    if queue.disputes:
        rows = rows_of(index, some)
        return next((r for r in rows if r["place"] > place and r["mention"] not in passed), None)
    values = {**queue._values(place), "passed": sorted(passed)}  # noqa: SLF001 - its own module
    return next(iter(index.rows(sql("queue_next"), values)), None)


def before(index: Index, queue: Queue, place: str, some: Iterable[str]) -> Row | None:
    """Return the mention before a place, judged or not."""
    if queue.disputes:
        rows = rows_of(index, some)
        return next((row for row in reversed(rows) if row["place"] < place), None)
    return next(iter(index.rows(sql("queue_previous"), queue._values(place))), None)  # noqa: SLF001


def rows_of(index: Index, mentions: Iterable[str]) -> list[Row]:
    """Return some mentions in the order of the queue."""
    wanted = sorted(mentions)
    return index.rows(sql("queue_some"), {"mentions": wanted}) if wanted else []


def sizes(index: Index) -> dict[str, int]:
    """Return how many mentions there are of each type, the most frequent first."""

    def ask() -> dict[str, int]:
        return {row["type"]: row["mentions"] for row in index.rows(sql("queue_types"))}

    return index.remembered.of("queue sizes", ask)


def size(index: Index, queue: Queue, disputes: int) -> int:
    """Return how many mentions a queue has."""
    if queue.disputes:
        return disputes
    if queue.event:
        return int(index.rows(sql("queue_event"), {"event": queue.event})[0]["mentions"])
    every = sizes(index)
    return every.get(queue.type, 0) if queue.type else sum(every.values())
