"""Count how well accounts of different reports are joined: gold of happenings, coded and joined."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dragoman.evaluation.counting import Share
from dragoman.evaluation.happenings import count, labels, read_stories
from dragoman.evaluation.measured import PARTS, Measured, Part, fingerprint
from dragoman.store.duck import DuckSink, connect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.coder import Coder
    from dragoman.evaluation.happenings import Joined, Story
    from dragoman.record import Coded


def evaluate_joins(folder: Path, coder: Coder) -> Measured:
    """Code the reports of a gold folder, join what was coded, and count each half.

    Args:
        folder: ``gold/happenings``.
        coder: codes the reports.

    Raises:
        InputError, DataError: the gold is absent or broken.
    """
    stories = read_stories(folder)
    coded = list(coder.stream(r.report() for story in stories for r in story.reports))
    event = joined(coded)
    parts = {p: [s for s in stories if p in {"all", s.half}] for p in PARTS}
    return Measured(
        title="Mentions joined across reports (B-cubed)",
        unit="mentions",
        sha256=fingerprint(folder, "*.yaml"),
        parts={name: _part(_counted(some, coded, event)) for name, some in parts.items()},
    )


def _part(counted: Joined) -> Part:
    """Return a count as shares; ``apart`` is the share of look-alike pairs kept apart."""
    apart = 1 - counted.mixed / counted.pairs if counted.pairs else None
    shares = {
        "precision": counted.precision,
        "recall": counted.recall,
        "f1": counted.f1,
        "apart": apart,
    }
    return Part(
        size=counted.mentions,
        measures={name: Share(value, None, None) for name, value in shares.items()},
        counts={"pairs": counted.pairs, "mixed": counted.mixed},
    )


def _counted(stories: Sequence[Story], coded: Sequence[Coded], event: dict[str, str]) -> Joined:
    """Count some stories."""
    reports = {r.id for story in stories for r in story.reports}
    mentions = (m for c in coded if c.report.id in reports for m in c.mentions)
    return count(stories, labels(stories, mentions), event)


def joined(coded: Sequence[Coded]) -> dict[str, str]:
    """Return the event of every mention when coded reports stand in one record."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "record.duckdb"
        sink = DuckSink(path)
        sink.write(coded)
        sink.close()
        with connect(path, read_only=True) as connection:
            query = "SELECT unnest(mentions), event FROM accounts"
            return dict(connection.execute(query).fetchall())
