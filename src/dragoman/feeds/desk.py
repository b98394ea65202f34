"""New reports to the record: coded in order, written in batches."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.engines import Caps, code_one
from dragoman.feeds.known import Known
from dragoman.readers import Reject
from dragoman.store import OutputError, RunNote, open_sink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from dragoman.engines import Coder
    from dragoman.feeds.interrupts import Interrupts
    from dragoman.record import Coded, Report
    from dragoman.store import Sink

CAPS = Caps()
"""What a report may cost."""


class Desk:
    """Codes reports into a record.

    The coder is loaded when the first report comes, so that a round without news is
    cheap. The record is open only while it is written: between, others can read it.

    Args:
        record: the DuckDB file.
        load: makes the coder.
        interrupts: holds Ctrl-C back while a report is at hand.
    """

    def __init__(self, record: Path, load: Callable[[], Coder], interrupts: Interrupts) -> None:
        """Begin with nothing loaded."""
        self._record, self._load, self._interrupts = record, load, interrupts
        self._coder: Coder | None = None

    @contextmanager
    def at_work(self) -> Iterator[Work]:
        """Give the open record.

        Raises:
            OutputError: it cannot be written, or another program has it open.
        """
        if self._coder is None:
            self._coder = self._load()
        sink = open_sink(str(self._record), "event", str(getattr(self._coder, "manifest", "")))
        sink.begin(RunNote(command="watch", manifest=str(getattr(self._coder, "manifest", ""))))
        complete = False
        try:
            yield Work(self._record, self._coder, sink, self._interrupts)
            complete = True
        finally:
            sink.close(complete=complete)


class Work:
    """An open record and the coder that fills it."""

    def __init__(self, record: Path, coder: Coder, sink: Sink, interrupts: Interrupts) -> None:
        """See what the record holds."""
        self._record, self._coder, self._sink = record, coder, sink
        self._interrupts = interrupts
        self.known = Known(sink)
        """What the record holds."""

    def code(self, reports: Iterable[Report], seen: Callable[[Coded], None]) -> list[Reject]:
        """Code reports and write them; what was coded is written whatever happens.

        Args:
            reports: under ids that the record does not hold.
            seen: called after each report that was coded.

        Returns:
            Why the others could not be coded.

        Raises:
            OutputError: the record cannot be written.
            KeyboardInterrupt: asked for; the report at hand is coded and written.
        """
        batch: list[Coded] = []
        rejects: list[Reject] = []
        try:
            for report in reports:
                with self._interrupts.held():
                    found = code_one(self._coder, report, CAPS)
                    if isinstance(found, Reject):
                        rejects.append(found)
                    else:
                        batch.append(found)
                        seen(found)
        finally:
            with self._interrupts.held():
                self._write(batch)
        return rejects

    def _write(self, batch: list[Coded]) -> None:
        """Write a batch, if there is anything in it."""
        if not batch:
            return
        try:
            self._sink.write(batch)
        except OSError as error:
            raise OutputError(
                f"{self._record}: cannot be written ({error.strerror or error}); make room"
            ) from error
