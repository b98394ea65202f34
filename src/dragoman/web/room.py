"""The record as the room reads it.

DuckDB lets one process write a file, or many read it. So the room does not hold the record: it
makes an index of it (``sql/index.sql``, a file of its own), answers searches and pictures from
that, and opens the record only for as long as a page needs texts. ``dragoman watch`` can write in
between; when it has, the index is made anew in the background and then takes the place of the old.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dragoman.errors import InputError
from dragoman.web.errors import BusyError
from dragoman.web.index import HOST, SECONDS, Index, Statements, make_index, sql
from dragoman.web.outlets import edition

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 3.0
"""Seconds to wait for a record that another process is writing."""
LOOKS = 2.0
"""Seconds between looks at whether the record has changed."""


class Room:
    """A record that is open for reading."""

    def __init__(self, record: Path, *, cache: Path | None = None) -> None:
        """Read the record once.

        Args:
            record: a DuckDB file of ``dragoman code``.
            cache: a folder that keeps indexes between starts; one of this run alone without it.

        Raises:
            InputError: there is no such file or it is no record.
        """
        if not record.is_file():
            raise InputError(
                f"{record}: no such file; expected a record, as dragoman code ... --out NAME.duckdb"
                " writes it"
            )
        self.record = record.resolve()
        self._own = None if cache else tempfile.TemporaryDirectory(prefix="dragoman-")
        self._folder = cache or Path(self._own.name if self._own else "")
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._making, self._looked = threading.Lock(), 0.0
        self._index = self._open(_mark(self.record))

    @property
    def index(self) -> Index:
        """Return the index; begin a new one when the record has changed."""
        now = time.monotonic()
        if now - self._looked > LOOKS:
            self._looked = now
            if _mark(self.record) != self._index.mark and self._making.acquire(blocking=False):
                threading.Thread(target=self._renew, daemon=True).start()
        return self._index

    @property
    def stale(self) -> bool:
        """Whether the record has been written to since it was read."""
        return self._making.locked()

    def _renew(self) -> None:
        """Make a new index and put it in the place of the old one."""
        try:
            new = self._open(_mark(self.record))
        except (InputError, BusyError, duckdb.Error, OSError):
            return  # it is being written; the next look tries again
        else:
            old, self._index = self._index, new
            threading.Timer(2 * SECONDS, old.close).start()
        finally:
            self._making.release()

    def _open(self, mark: str) -> Index:
        """Return the index of a state of the record, made if it is not there."""
        path = self._folder / f"{mark}.index"
        if not path.is_file():
            _clear(self._folder, keep=self._index.path if hasattr(self, "_index") else None)
            with self.open_record():  # waits for a writer, and says what is wrong
                pass
            make_index(self.record, path)
        return Index(path, mark)

    @contextmanager
    def open_record(self) -> Iterator[Statements]:
        """Open the record for as long as the body runs.

        Raises:
            BusyError: another process is writing it.
            InputError: it is no record.
        """
        connection = _connect(self.record)
        try:
            yield Statements(connection)
        except duckdb.CatalogException as error:
            raise InputError(
                f"{self.record.name}: not a record of this version; write it again with dragoman"
                " code ... --out NAME.duckdb"
            ) from error
        finally:
            connection.close()

    def close(self) -> None:
        """Let go of everything."""
        self._index.close()
        if self._own:
            self._own.cleanup()


def _mark(record: Path) -> str:
    """Return what tells one state of a record from another, without opening it."""
    try:
        state = record.stat()
    except OSError:
        return "gone"
    made = (sql("index"), HOST, edition(), str(record), state.st_mtime_ns, state.st_size)
    return hashlib.sha256(repr(made).encode()).hexdigest()[:20]


def _connect(record: Path) -> duckdb.DuckDBPyConnection:
    """Open the record to read, waiting a little for a writer.

    Raises:
        BusyError: another process is still writing it.
        InputError: it is no DuckDB file.
    """
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return duckdb.connect(
                str(record), read_only=True, config={"autoinstall_known_extensions": False}
            )
        except duckdb.Error as error:
            if "lock" not in str(error).lower():
                raise InputError(
                    f"{record}: cannot be opened as a DuckDB file"
                    f" ({str(error).partition(chr(10))[0]}); name a record of dragoman code"
                ) from error
            if time.monotonic() > end:
                raise BusyError(
                    "Another program is writing the record; its texts can be read again when it"
                    " has finished. Try again in a moment."
                ) from error
        time.sleep(0.1)


def _clear(folder: Path, keep: Path | None, most: int = 4) -> None:
    """Remove all but the newest indexes of a folder."""
    found = sorted(folder.glob("*.index"), key=os.path.getmtime, reverse=True)
    for path in found[most:]:
        if path != keep:
            path.unlink(missing_ok=True)
    for path in folder.glob("*.index.tmp"):
        shutil.rmtree(path, ignore_errors=True)
