"""Rounds of reading as a person, or a log, sees them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

    from dragoman.feeds import Line, Round

_SHOWN = 200
"""Characters of a reason or an address that are shown."""
_SOON = 60.0
"""Seconds; what is due sooner needs no word."""
_COUNTS = ("new", "changed", "unchanged", "rejected", "waiting")
_STYLES = {"failed": "red", "early": "dim", "unmodified": "dim", "read": ""}


class Teller:
    """Prints each round: a table on a terminal, plain lines elsewhere."""

    def __init__(self, console: Console | None = None) -> None:
        """Begin with nothing shown."""
        self._console = console or Console()
        self._errors = Console(stderr=True)
        self._status = self._errors.status(Text("reading"))

    def __enter__(self) -> Self:
        """Show what is being read on standard error, if a person watches."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the terminal as it was."""
        self._status.stop()

    def reading(self, source: str) -> None:
        """Say which source is being read."""
        if self._errors.is_terminal:
            self._status.update(Text(_short(source)))
            self._status.start()

    def round(self, done: Round) -> None:
        """Print a round."""
        self._status.stop()
        if self._console.is_terminal:
            self._console.print(_table(done))
            self._console.print(Text(_sum(done)))
            return
        for text in _lines(done):
            self._console.print(Text(text), soft_wrap=True)

    def trouble(self, reason: str, seconds: float) -> None:
        """Say why a round could not end."""
        self._status.stop()
        said = f"{reason}; trying again in {seconds:g} seconds"
        self._errors.print(Text(plain(said)), soft_wrap=True)


def _lines(done: Round) -> Iterator[str]:
    """Yield a round as plain lines, each beginning with when it began."""
    at = _time(done.began)
    for line in done.lines:
        said = "; ".join([*_counts(line), *_said(line, done.began)])
        yield f"{at} {_short(line.source)}: {said}"
    yield f"{at} round: {_sum(done)}"


def _counts(line: Line) -> list[str]:
    """Return a source's counts as one text, if there are any."""
    counts = [f"{n:,} {name}" for name in _COUNTS if (n := getattr(line, name))]
    return [", ".join(counts)] if counts else []


def _said(line: Line, now: float) -> Iterator[str]:
    """Yield what is to be said of a source beside its counts."""
    named = {"failed": "failed", "unmodified": "not modified", "early": "not due yet"}
    if line.standing in named:
        yield named[line.standing]
    elif not _counts(line):
        yield "no entries"
    if line.fallbacks:
        yield f"{line.fallbacks:,} without their page"
    if line.reason:
        yield _short(line.reason)
    if line.standing in {"failed", "early"} and line.due > now + _SOON:
        yield f"next at {_time(line.due)}"


def _table(done: Round) -> Table:
    """Return a round as a table."""
    table = Table(box=SIMPLE_HEAD, expand=True, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("source", overflow="fold", ratio=2)
    table.add_column("came in", overflow="fold", ratio=2)
    table.add_column(_time(done.began), min_width=20, overflow="fold", ratio=3)
    for line in done.lines:
        table.add_row(
            Text(_short(line.source)),
            Text("\n".join(_counts(line)).replace(", ", "\n")),
            Text("; ".join(_said(line, done.began))),
            style=_STYLES[line.standing],
        )
    return table


def _sum(done: Round) -> str:
    """Return what a round gave in all."""
    told = f"{done.reports:,} reports, {done.mentions:,} mentions, {done.events:,} events"
    return told if done.next is None else f"{told}; next round at {_time(done.next)}"


def _time(seconds: float) -> str:
    """Return a time, UTC."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _short(text: str) -> str:
    """Return a text that came from outside, harmless and not too long."""
    shown = plain(text)
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
