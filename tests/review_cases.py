"""Verdicts made by hand, and a small coded record for tests of review."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.record import Report
from dragoman.review.found import mention_key
from dragoman.review.values import values
from dragoman.store import RunNote
from dragoman.store.columns import from_row
from dragoman.store.duck import DuckSink, connect, rows

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.record import Mention

SAW: dict[str, Any] = {
    "event": "ASSAULT",
    "mode": ["aerial"],
    "context": ["military"],
    "actor": [{"code": "RUS", "sector": [], "name": "Russia"}],
    "recipient": [{"code": "UKR", "sector": [], "name": "Ukraine"}],
    "date": ["2024-03-05", None],
    "place": None,
    "aux": [],
    "size": {},
    "source": None,
}
REPORTS = (
    Report(
        id="one",
        text="Russia killed 4 people in Kharkiv on Friday.",
        published="2024-03-02",
        outlet="Gazette",
    ),
    Report(
        id="two",
        text="Russian troops killed 6 people in Kharkiv on Friday.",
        published="2024-03-02",
        outlet="Courier",
    ),
    Report(
        id="three",
        text="Turkey expelled three Greek diplomats on Friday. Iran threatened to attack Israel.",
        published="2024-03-02",
        outlet="Gazette",
    ),
)


def about(number: int = 0, report: str = "r1", **saw: Any) -> dict[str, Any]:
    """Return what a verdict is about: one of many mentions."""
    return {
        "mention": f"{report}:{number}",
        "report": report,
        "trigger": 10 * number,
        "manifest": "sha256:abc",
        "saw": {**SAW, **saw},
    }


def judged(verdict: str, reviewer: str = "Ada", number: int = 0, **fields: Any) -> dict[str, Any]:
    """Return a verdict on one of many mentions, without id and time."""
    return {"verdict": verdict, "reviewer": reviewer, "about": about(number), **fields}


def make(path: Path, coder: Coder) -> Path:
    """Write a record of some reports."""
    sink = DuckSink(path)
    sink.begin(RunNote(command="code", manifest=coder.manifest))
    sink.write(list(coder.stream(REPORTS)))
    sink.close()
    return path


def mentions(record: Path) -> list[Mention]:
    """Return the mentions of a record, by report and place."""
    with connect(record, read_only=True) as connection:
        found = rows(connection, "SELECT * FROM mentions ORDER BY report, start, id")
    return [from_row("mentions", row) for row in found]


def events(record: Path) -> list[dict[str, Any]]:
    """Return the accounts of a record with their events."""
    with connect(record, read_only=True) as connection:
        return rows(
            connection,
            "SELECT id, event, report, type, mentions FROM accounts ORDER BY report, type",
        )


def on(mention: Mention, verdict: str, reviewer: str = "Ada", **fields: Any) -> dict[str, Any]:
    """Return a verdict on a mention, without id and time."""
    report, trigger, _ = mention_key(mention)
    told = {
        "mention": mention.id,
        "report": report,
        "trigger": trigger,
        "manifest": "sha256:abc",
        "saw": values(mention),
    }
    return {"verdict": verdict, "reviewer": reviewer, "about": told, **fields}
