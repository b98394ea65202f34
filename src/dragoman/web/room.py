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
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from dragoman.errors import InputError
from dragoman.stories.build import TWO_SIDED
from dragoman.web.errors import BusyError, WebError

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 10.0
"""What one statement may take."""
REMEMBERED = 600
"""Answers kept for readers who ask the same."""
PATIENCE = 3.0
"""Seconds to wait for a record that another process is writing."""
LOOKS = 2.0
"""Seconds between looks at whether the record has changed."""
T = TypeVar("T")
Row = dict[str, Any]
Values = Sequence[Any] | dict[str, Any]
Ask = Callable[..., list[Row]]
"""Runs a statement with its values."""


def sql(name: str) -> str:
    """Return one of the named statements of ``web/sql``."""
    return files("dragoman.web").joinpath(f"sql/{name}.sql").read_text("utf-8")


class Remembered:
    """The last answers, by what was asked; safe between threads."""

    def __init__(self, most: int = REMEMBERED) -> None:
        """Begin with none."""
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Any, Any] = OrderedDict()

    def of(self, key: Any, make: Callable[[], T]) -> T:
        """Return the answer to a key, made now if it is not known."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                known: T = self._kept[key]
                return known
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return made

    def known(self, key: Any) -> Any:
        """Return the answer to a key, ``None`` when it is not known."""
        with self._lock:
            return self._kept.get(key)


class Statements:
    """Runs statements on one connection from many threads, none for long."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the connection."""
        self._connection = connection

    def rows(self, query: str, values: Values = ()) -> list[Row]:
        """Return what a query finds, each row by its column names.

        Raises:
            WebError: it takes too long.
        """
        with self.session() as ask:
            return ask(query, values)

    @contextmanager
    def session(self) -> Iterator[Ask]:
        """Give what runs several statements on one cursor, with temporary tables of its own.

        Raises:
            WebError: they take too long.
        """
        with self._connection.cursor() as cursor, hurried(cursor):
            yield partial(_rows, cursor)

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, values: Values = ()) -> list[Row]:
    """Return what a query finds, each row by its column names."""
    found = cursor.execute(query, values or None)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def hurried(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Break a statement off after ``SECONDS``.

    Raises:
        WebError: it was broken off.
    """
    timer = threading.Timer(SECONDS, cursor.interrupt)
    timer.start()
    try:
        yield
    except duckdb.InterruptException as error:
        raise WebError(
            503,
            "This takes too long",
            f"The question was broken off after {SECONDS:.0f} seconds; ask for fewer days or fewer"
            " words, or use dragoman panel and SQL.",
        ) from error
    finally:
        timer.cancel()


class Index:
    """What one state of the record holds, ready to be searched."""

    def __init__(self, path: Path, mark: str) -> None:
        """Open an index that has been made."""
        self.path, self.mark = path, mark
        connection = duckdb.connect(str(path), read_only=True)
        connection.execute("SET preserve_insertion_order = false")  # every statement says its order
        self._statements = Statements(connection)
        self.remembered = Remembered()
        self.rows = self._statements.rows
        self.session = self._statements.session

    def close(self) -> None:
        """Let go of the file."""
        self._statements.close()


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


def make_index(record: Path, path: Path) -> None:
    """Make the index of a record in a file of its own.

    Raises:
        InputError: it is no record of this version.
    """
    unfinished = path.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    quoted = str(record).replace("'", "''")
    try:
        with duckdb.connect(str(unfinished)) as made:
            made.execute("SET autoinstall_known_extensions = false")
            made.execute("SET VARIABLE two_sided = ?", [sorted(TWO_SIDED)])
            made.execute(f"ATTACH '{quoted}' AS record (READ_ONLY)")
            made.execute(sql("index"))
            made.execute("DETACH record")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(
            f"{record}: not a record of this version ({str(error).partition(chr(10))[0]}); write it"
            " again with dragoman code ... --out NAME.duckdb"
        ) from error
    unfinished.replace(path)


def _mark(record: Path) -> str:
    """Return what tells one state of a record from another, without opening it."""
    try:
        state = record.stat()
    except OSError:
        return "gone"
    made = (sql("index"), str(record), state.st_mtime_ns, state.st_size)
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
