"""The line on standard error that shows how far a long run has come."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from dragoman.record import Coded
    from dragoman.runs import Summary, Watch

RATED = 120.0
"""Seconds of the past by which the time left is judged."""


class _Left(TimeRemainingColumn):
    """The time left, where it is known how much there is to read."""

    def render(self, task: Task) -> Text:
        """Return it with a word, nothing where it cannot be told."""
        if task.total is None or task.time_remaining is None:
            return Text("")
        return Text.assemble(super().render(task), " left")


@contextmanager
def progress(errors: Console, show: Callable[[Coded], None]) -> Iterator[Watch]:
    """Show a line of progress while the body runs, if a person watches.

    Args:
        errors: standard error; where it is no terminal, nothing is shown.
        show: called with every coded report.

    Yields:
        What a run calls after each report.
    """
    bar = Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        _Left(),
        console=errors,
        transient=True,
        disable=not errors.is_terminal,
        speed_estimate_period=RATED,
    )
    with bar:
        task = bar.add_task("loading", total=None)

        def watch(coded: Coded, summary: Summary) -> None:
            show(coded)
            bar.update(
                task,
                description=described(summary, bar.tasks[0].elapsed or 0.0),
                total=summary.to_read,
                completed=summary.read,
            )

        yield watch


def described(summary: Summary, seconds: float) -> str:
    """Return what a run has done so far and how fast, on one line."""
    rate = f", {summary.reports / seconds:,.1f} a second" if seconds >= 1 else ""
    passed = summary.rejects + summary.foreign
    return f"{summary.reports:,} reports{rate}, {summary.events:,} events, {passed:,} passed over"
