"""Count how well accounts of different reports are joined: gold of happenings, coded and joined."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from dragoman.evaluation.happenings import Half, Joined, count, labels, read_stories
from dragoman.store.duck import DuckSink, connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.evaluation.happenings import Story
    from dragoman.record import Coded, Report

    CodeReports = Callable[[Iterator[Report]], Iterator[Coded]]

HALVES: tuple[Half, ...] = ("dev", "held", "all")


def evaluate_joins(folder: Path, code: CodeReports) -> dict[Half, Joined]:
    """Code the reports of a gold folder, join what was coded, and count each half.

    Args:
        folder: ``gold/happenings``.
        code: codes reports, lazily; ``Coder.stream``.

    Returns:
        The counts of the half that the weights were set on, of the other one, and of both.

    Raises:
        InputError, DataError: the gold is absent or broken.
    """
    stories = read_stories(folder)
    coded = list(code(r.report() for story in stories for r in story.reports))
    event = joined(coded)
    halves: dict[Half, Sequence[Story]] = {
        half: [s for s in stories if half in {"all", s.half}] for half in HALVES
    }
    return {half: _counted(some, coded, event) for half, some in halves.items()}


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
