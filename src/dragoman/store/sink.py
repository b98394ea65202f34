"""What every store does, and how one is chosen by its name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

import msgspec

from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.readers import FileNote
    from dragoman.record import Coded, Event, Mention, Report

Level = Literal["event", "mention"]
"""Whether the record is one of events or one of mentions."""


class OutputError(DragomanError):
    """The place for the output cannot be written to, or holds something else."""


class RunNote(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is, for stores that keep a list of their runs."""

    command: str
    """The command, without its arguments: ``code``, ``watch``."""
    inputs: tuple[str, ...] = ()
    """What it reads."""
    settings: dict[str, str | int | None] = {}
    """What was asked for beside the inputs."""
    manifest: str = ""
    """Hash of what codes."""


class Sink(Protocol):
    """A place for coded reports."""

    def begin(self, note: RunNote) -> None:
        """Take note of the run that begins, where the store keeps a list of runs."""

    def done(self) -> set[str]:
        """Return the ids of the reports that are there already."""

    def clashes(self, report: Report) -> bool:
        """Return whether another text is there already under the report's id."""

    def finished(self) -> list[FileNote]:
        """Return the files of which every report is there already."""

    def finish(self, notes: Sequence[FileNote]) -> None:
        """Note that every report of some files has been written: they need not be read again."""

    def write(self, batch: Sequence[Coded]) -> None:
        """Add coded reports; after a crash all of the batch is there or none counts."""

    def close(self, *, complete: bool = True, counts: str | None = None) -> None:
        """Finish the output, or leave it to be resumed when not ``complete``.

        Args:
            complete: whether the run came to its end.
            counts: what it did, as JSON, for stores that keep a list of runs.
        """


class Begun(msgspec.Struct, frozen=True):
    """What an unfinished output says about the run that began it."""

    level: Level
    """Events or mentions."""
    manifest: str
    """Hash of program version, lexicon, model and settings; empty when unknown."""


def open_sink(path: str, level: Level = "event", manifest: str = "") -> Sink:
    """Open the store that a name asks for, and take up what an earlier run left.

    Args:
        path: ``-`` for standard output; a name that ends in ``.jsonl``, ``.duckdb`` or
            ``.parquet``; or one that ends in ``/``, or an existing folder, for a folder of
            Parquet files.
        level: events or mentions; a DuckDB file and a folder hold both whatever it is.
        manifest: what the coder is; an unfinished output of another is not gone on with.

    Raises:
        OutputError: the name fits no format, its folder is missing or cannot be written
            to, or an unfinished output there is of another level or coder.
    """
    # Each store is imported when it is asked for: their libraries are slow to load.
    if path == "-":
        from dragoman.store.jsonl import StreamSink  # noqa: PLC0415

        return StreamSink(level)
    target = Path(path)
    _check_place(target)
    try:
        return _open(path, target, Begun(level, manifest))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror or error})") from error


def _open(path: str, target: Path, begun: Begun) -> Sink:
    """Open the store that a path's ending asks for."""
    ending = target.suffix.lower()
    if target.is_dir() or path.endswith(("/", os.sep)) or ending == ".parquet":
        from dragoman.store.parquet import ParquetSink  # noqa: PLC0415

        return ParquetSink(target, begun)
    if ending == ".duckdb":
        from dragoman.store.duck import DuckSink  # noqa: PLC0415

        return DuckSink(target)
    if ending == ".jsonl":
        from dragoman.store.jsonl import JsonlSink  # noqa: PLC0415

        return JsonlSink(target, begun)
    raise OutputError(
        f"{target}: unknown kind of output ({ending or 'no ending'}); end the name in .jsonl,"
        " .duckdb or .parquet, in / for a folder of Parquet tables, or give - for standard output"
    )


def _check_place(target: Path) -> None:
    """Raise when the folder that is to hold the output cannot."""
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(f"{target}: no folder {folder}; make it first or name another")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{target}: folder {folder} cannot be written to; name another")


def items(coded: Coded, level: Level) -> tuple[Event, ...] | tuple[Mention, ...]:
    """Return what the chosen level keeps of a coded report."""
    return coded.mentions if level == "mention" else coded.events


def beside(target: Path, ending: str) -> Path:
    """Return the path of a file that lies beside the output while it is unfinished."""
    return target.with_name(target.name + ending)


def read_begun(line: bytes, wanted: Begun, unfinished: Path) -> bool:
    """Check what began an unfinished output.

    Returns:
        False when it says nothing, so that nothing of it counts.

    Raises:
        OutputError: it was begun with another level or another coder.
    """
    try:
        begun = msgspec.json.decode(line, type=Begun)
    except msgspec.DecodeError:
        return False
    if begun != wanted:
        raise OutputError(
            f"{unfinished}: left by a run with level {begun.level!r} and manifest"
            f" {begun.manifest!r}, this one has {wanted.level!r} and {wanted.manifest!r};"
            " run that command again to finish it, or delete it to begin anew"
        )
    return True


def sync_file(path: Path) -> None:
    """Put a written file's bytes on disk."""
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make a renaming in a folder outlast a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
