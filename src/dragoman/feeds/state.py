"""What the watcher keeps between rounds: a small SQLite file beside the record.

An entry that was fetched waits in it until the record holds its report. Every change is
one transaction, so after a crash at any moment no entry is lost; and as the record itself
says what is coded, none is coded twice.
"""

from __future__ import annotations

import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from dragoman.feeds.entries import Entry  # noqa: TC001 - msgspec reads it at run time
from dragoman.feeds.fetch import Validators  # noqa: TC001
from dragoman.store import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 1


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """An entry whose page could not be fetched yet."""

    entry: Entry
    tries: int
    """Times its page was asked for."""


class SourceState(msgspec.Struct, kw_only=True):
    """What is kept of one source."""

    validators: Validators | None = None
    digest: str | None = None
    """Hash of a local file's bytes when it was last read."""
    read: float = 0.0
    """When it was last asked, seconds since 1970."""
    asks: float = 0.0
    """Seconds between readings that the feed itself asks for."""
    pause: float = 0.0
    """Seconds between readings that feed and server ask for, after the last answer."""
    blocked: float = 0.0
    """Not to be asked before, after a failure; seconds since 1970."""
    failures: int = 0
    """Failures in a row."""
    fault: str | None = None
    """Why it failed last; ``None`` when it did not."""
    seen: dict[str, str | None] = {}
    """Digest of every entry of the last reading, with the id of its report; ``None``: a reject."""
    waiting: dict[str, Waiting] = {}
    """Digest to entry, for those that are still to be coded."""


def sql(name: str) -> str:
    """Return one of the named statements of ``feeds/sql``."""
    return files("dragoman.feeds").joinpath(f"sql/{name}.sql").read_text("utf-8")


class State:
    """The file, open and ours alone."""

    def __init__(self, path: Path) -> None:
        """Open or make the file.

        Raises:
            OutputError: another watcher has it, or it is no such file.
        """
        self._path = path
        try:
            self._connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise OutputError(f"{path}: cannot be written ({error})") from error
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Lock the file for this process, and see that it is ours."""
        run = self._connection.execute
        try:
            # The system gives the lock back when the process ends, however it ends.
            run("PRAGMA locking_mode = EXCLUSIVE")
            run("BEGIN EXCLUSIVE")
            version = run("PRAGMA user_version").fetchone()[0]
            if version == 0:
                for statement in sql("schema").split(";"):
                    run(statement)
                run(f"PRAGMA user_version = {_VERSION}")
            run("COMMIT")
        except sqlite3.OperationalError as error:
            raise OutputError(
                f"{self._path}: in use ({error}); is another dragoman watch at work on this"
                " record? Wait for it, or name another record"
            ) from error
        except sqlite3.DatabaseError as error:
            raise self._broken(str(error)) from error
        if version not in {0, _VERSION}:
            raise self._broken(f"version {version}, expected {_VERSION}")

    def _broken(self, reason: str) -> OutputError:
        """Return the error for a file that is none of ours."""
        return OutputError(
            f"{self._path}: no file of dragoman watch ({reason}); delete it, which costs one"
            " full request a source and codes nothing twice"
        )

    def source(self, address: str) -> SourceState:
        """Return what is kept of a source; nothing for a new one."""
        found = self._connection.execute(sql("source"), [address]).fetchone()
        if found is None:
            return SourceState()
        try:
            return msgspec.json.decode(found[0], type=SourceState)
        except msgspec.DecodeError as error:
            raise self._broken(str(error)) from error

    def keep(self, address: str, state: SourceState, holds: dict[str, float]) -> None:
        """Keep the state of a source, and the hosts that asked to be left alone.

        Raises:
            OutputError: the file cannot be written.
        """
        try:
            self._connection.execute("BEGIN")
            text = msgspec.json.encode(state).decode()
            self._connection.execute(sql("keep_source"), [address, text])
            self._connection.executemany(sql("keep_host"), holds.items())
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise OutputError(f"{self._path}: cannot be written ({error}); make room") from error

    def holds(self) -> dict[str, float]:
        """Return the hosts that asked to be left alone, and until when."""
        return dict(self._connection.execute(sql("hosts")).fetchall())

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
