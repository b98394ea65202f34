"""JSON lines: a file that appears whole, or standard output.

Lines go to ``PATH.part``; ``PATH.part.done`` is the journal: first the run's level and
manifest, then one ``["report id", bytes]`` a report, written only after its lines are on
disk, and one ``{"path": ...}`` an input file of which every report stands before it. What the
journal does not vouch for is cut off when the run is taken up again.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import msgspec

from dragoman.readers import FileNote
from dragoman.record import to_json
from dragoman.store.sink import Begun, Level, beside, items, read_begun, sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    from dragoman.record import Coded, Report
    from dragoman.store.sink import RunNote


Entry = tuple[str, int] | FileNote
"""What the journal says of a report, or of an input file."""


def lines(coded: Coded, level: Level) -> bytes:
    """Return a coded report's records as JSON lines, empty when it has none."""
    return b"".join(to_json(item) + b"\n" for item in items(coded, level))


class StreamSink:
    """Standard output: nothing but JSON lines, nothing to resume."""

    def __init__(self, level: Level) -> None:
        """Write to the process's standard output."""
        self._level = level
        self._stream = sys.stdout.buffer

    def begin(self, note: RunNote) -> None:
        """Keep no list of runs."""

    def done(self) -> set[str]:
        """Return no ids: what was printed before is not known."""
        return set()

    def clashes(self, report: Report) -> bool:  # noqa: ARG002 - as every sink
        """Return false: an unfinished output is of the same command, so of the same texts."""
        return False

    def finished(self) -> list[FileNote]:
        """Return no files."""
        return []

    def finish(self, notes: Sequence[FileNote]) -> None:
        """Keep no notes."""

    def write(self, batch: Sequence[Coded]) -> None:
        """Print the batch and flush, so that a pipe sees it at once."""
        for coded in batch:
            self._stream.write(lines(coded, self._level))
        self._stream.flush()

    def close(self, *, complete: bool = True, counts: str | None = None) -> None:
        """Leave standard output open: it is not ours."""


class JsonlSink:
    """A file of JSON lines that can be taken up where a crash left it."""

    def __init__(self, target: Path, begun: Begun) -> None:
        """Open the unfinished file, cut to what its journal vouches for.

        Raises:
            OutputError: the unfinished file is of another level or coder.
        """
        self._target, self._level = target, begun.level
        self._part, self._log = beside(target, ".part"), beside(target, ".part.done")
        entries = self._vouched(begun)
        reports = [entry for entry in entries if not isinstance(entry, FileNote)]
        self._finished = [entry for entry in entries if isinstance(entry, FileNote)]
        self._done = {name for name, _ in reports}
        self._data = _cut(self._part, sum(length for _, length in reports))
        self._renew_log(begun, entries)
        self._journal = self._log.open("ab")

    def _renew_log(self, begun: Begun, entries: Sequence[Entry]) -> None:
        """Write the journal anew with what counts, in one step: a crash here costs nothing."""
        fresh = beside(self._log, ".new")
        fresh.write_bytes(to_json(begun) + b"\n" + _entries(entries))
        sync_file(fresh)
        fresh.replace(self._log)

    def _vouched(self, begun: Begun) -> list[Entry]:
        """Return the journal's whole entries whose bytes are in the unfinished file."""
        if not (self._log.exists() and self._part.exists()):
            return []
        head, *logged = self._log.read_bytes().split(b"\n")[:-1] or [b""]
        if not read_begun(head, begun, self._part):
            return []
        return _within(logged, self._part.stat().st_size)

    def begin(self, note: RunNote) -> None:
        """Keep no list of runs."""

    def done(self) -> set[str]:
        """Return the ids of the reports whose lines are in the unfinished file."""
        return set(self._done)

    def clashes(self, report: Report) -> bool:  # noqa: ARG002 - as every sink
        """Return false: an unfinished output is of the same command, so of the same texts."""
        return False

    def finished(self) -> list[FileNote]:
        """Return the files whose reports are all in the unfinished file."""
        return list(self._finished)

    def finish(self, notes: Sequence[FileNote]) -> None:
        """Vouch for files."""
        self._journal.write(_entries(notes))
        _flush(self._journal)

    def write(self, batch: Sequence[Coded]) -> None:
        """Write the batch's lines, then vouch for them."""
        written = [(coded.report.id, lines(coded, self._level)) for coded in batch]
        self._data.write(b"".join(data for _, data in written))
        _flush(self._data)
        self._journal.write(_entries([(name, len(data)) for name, data in written]))
        _flush(self._journal)

    def close(self, *, complete: bool = True, counts: str | None = None) -> None:  # noqa: ARG002
        """Give the file its name; when not complete, leave it to be taken up."""
        self._data.close()
        self._journal.close()
        if complete:
            self._part.replace(self._target)
            self._log.unlink()
            sync_folder(self._target.parent)


def _entries(entries: Sequence[Entry]) -> bytes:
    """Return journal entries as lines."""
    return b"".join(msgspec.json.encode(entry) + b"\n" for entry in entries)


def _within(logged: Sequence[bytes], size: int) -> list[Entry]:
    """Return the leading journal entries that are whole and lie within ``size`` bytes."""
    entries: list[Entry] = []
    end = 0
    for line in logged:
        try:
            entry = msgspec.json.decode(line, type=tuple[str, int] | FileNote)
        except msgspec.DecodeError:
            break
        end += 0 if isinstance(entry, FileNote) else entry[1]
        if end > size:
            break
        entries.append(entry)
    return entries


def _cut(path: Path, size: int) -> BinaryIO:
    """Open a file at byte ``size``, with nothing behind it."""
    path.touch()
    stream = path.open("r+b")
    stream.truncate(size)
    stream.seek(size)
    return stream


def _flush(stream: BinaryIO) -> None:
    """Put a file's bytes on disk."""
    stream.flush()
    os.fsync(stream.fileno())
