"""The ledger: verdicts in a file of JSON lines beside the record, only ever added to.

A line is on disk before anybody is told that it counts. What a power cut left of a line is cut
off: nobody was told of it. Several programs may add at once, and Git can merge two ledgers: the
order of the lines means nothing.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from dragoman.errors import DataError
from dragoman.review.verdicts import line_of, read_line, signed
from dragoman.store.sink import OutputError, beside, sync_folder

try:
    import fcntl
except ImportError:  # Windows: one program at a time
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path
    from typing import BinaryIO

    from dragoman.review.verdicts import Verdict

ENDING = ".review.jsonl"
"""What a ledger's name adds to the record's."""
SHOWN = 30
"""Faults that are listed."""


def ledger_of(record: Path) -> Path:
    """Return where a record's verdicts lie."""
    return beside(record, ENDING)


def read_ledger(path: Path) -> tuple[Verdict, ...]:
    """Return the verdicts of a file by time; none when there is no such file.

    A line that stands twice, as after a merge, counts once.

    Raises:
        DataError: with every line that is no verdict.
    """
    if not path.is_file():
        return ()
    return _verdicts(path.name, path.read_bytes())


def _verdicts(name: str, held: bytes) -> tuple[Verdict, ...]:
    """Return the verdicts of a file's bytes by time."""
    found: dict[str, Verdict] = {}
    faults: list[str] = []
    lines = held.split(b"\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            verdict = read_line(line.decode("utf-8"))
        except ValueError as error:  # of Unicode, too
            if number < len(lines):  # the last has no end: it is still being written
                faults.append(f"{name}: line {number}: {error}")
            continue
        found[verdict.id] = verdict
    faults += _undone_by_others(name, found)
    if faults:
        raise DataError(faults[:SHOWN])
    return tuple(sorted(found.values(), key=moment))


def _undone_by_others(name: str, found: dict[str, Verdict]) -> Iterator[str]:
    """Yield undo lines of what is somebody else's or came later."""
    for verdict in found.values():
        if verdict.verdict != "undo" or (old := found.get(verdict.undoes)) is None:
            continue
        if old.reviewer != verdict.reviewer or moment(old) >= moment(verdict):
            yield (
                f"{name}: {verdict.id}: undoes {old.id}, which {old.reviewer} wrote at {old.when};"
                " only one's own earlier line can be undone"
            )


def moment(verdict: Verdict) -> tuple[str, str]:
    """Return where a line stands in time."""
    return verdict.when, verdict.id


class Ledger:
    """A record's ledger, read again when its file has changed; safe between threads."""

    def __init__(self, path: Path) -> None:
        """Take the file's place; it is made by the first verdict."""
        self.path, self._turn = path, threading.Lock()
        self._mark: tuple[int, int] | None = None
        self._verdicts: tuple[Verdict, ...] = ()

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return every verdict by time.

        Raises:
            DataError: with every line that is no verdict.
        """
        with self._turn:
            return self._read()

    def _read(self) -> tuple[Verdict, ...]:
        """Return every verdict, read when the file has changed."""
        mark = _mark(self.path)
        if mark != self._mark:
            self._verdicts, self._mark = read_ledger(self.path), mark
        return self._verdicts

    def add(self, *many: dict[str, Any]) -> list[Verdict]:
        """Add lines; they are on disk when this returns.

        Args:
            many: what each verdict says, without ``id`` and ``when``.

        Raises:
            ValidationError: one is no verdict; none is added.
            DataError: the file holds lines that are no verdicts.
            OutputError: it cannot be written.
        """
        with self._turn, _held(self.path) as stream:
            last = max((v.when for v in self._read()), default="")
            moments = zip(many, _after(last, len(many)), strict=True)
            made = [signed({**fields, "when": when}) for fields, when in moments]
            _append(stream, self.path.name, made)
            self._mark = None
        return made

    def take(self, verdicts: Iterable[Verdict]) -> int:
        """Add lines of another ledger that are not here; return how many.

        Raises:
            DataError, OutputError: as ``add``.
        """
        with self._turn, _held(self.path) as stream:
            known = {v.id for v in self._read()}
            new = [v for v in verdicts if v.id not in known]
            _append(stream, self.path.name, new)
            self._mark = None
        return len(new)


def _after(last: str, number: int) -> list[str]:
    """Return moments of now, each later than the one before and than every line there is."""
    now = dt.datetime.now(dt.UTC)
    if last:
        step = dt.timedelta(microseconds=1)
        now = max(now, dt.datetime.fromisoformat(last) + step)
    moments = [now + dt.timedelta(microseconds=n) for n in range(number)]
    return [m.strftime("%Y-%m-%dT%H:%M:%S.%fZ") for m in moments]


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what tells one state of a file from another."""
    try:
        state = path.stat()
    except FileNotFoundError:
        return (0, 0)
    return state.st_mtime_ns, state.st_size


@contextmanager
def _held(path: Path) -> Iterator[BinaryIO]:
    """Open a file for one writer.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        new = not path.exists()
        with path.open("a+b") as stream:
            if fcntl is not None:
                fcntl.flock(stream, fcntl.LOCK_EX)  # let go of when it is closed
            yield stream
        if new:
            sync_folder(path.parent)
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror or error}); verdicts are kept beside the"
            " record: make room there, or copy the record to a folder of yours"
        ) from error


def _append(stream: BinaryIO, name: str, verdicts: Iterable[Verdict]) -> None:
    """Write lines behind the last whole one, and see them on disk."""
    lines = "".join(f"{line_of(v)}\n" for v in verdicts).encode("ascii")
    stream.seek(0)
    held = stream.read()
    tail = held[held.rfind(b"\n") + 1 :]
    if tail and not _whole(name, tail):
        stream.truncate(len(held) - len(tail))
    elif tail:
        lines = b"\n" + lines
    stream.write(lines)
    stream.flush()
    os.fsync(stream.fileno())


def _whole(name: str, line: bytes) -> bool:
    """Whether a line without an end is a verdict."""
    return bool(_verdicts(name, line))
