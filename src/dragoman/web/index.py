"""An index of a record: the narrow tables that the room answers from, and what asks them."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import duckdb

from dragoman.errors import InputError
from dragoman.stories.build import TWO_SIDED
from dragoman.web.errors import WebError
from dragoman.web.outlets import outlets

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HOST = r"regexp_extract(lower(coalesce(url, '')), '^\s*https?://(?:[^/@]*@)?([^/:?#\s]+)', 1)"
"""SQL for the host of a report's address; empty when it is no address of the web."""
_WORD = re.compile(r":([a-z]+)")
SECONDS = 10.0
"""What one statement may take."""
REMEMBERED = 600
"""Answers kept for readers who ask the same."""
T = TypeVar("T")
Row = dict[str, Any]
Values = Sequence[Any] | dict[str, Any]
Ask = Callable[..., list[Row]]
"""Runs a statement with its values."""


def sql(name: str) -> str:
    """Return one of the named statements of ``web/sql``."""
    return files("dragoman.web").joinpath(f"sql/{name}.sql").read_text("utf-8")


def put(statement: str, **words: str) -> str:
    """Return a statement with this package's own words in the place of ``:name``."""
    return _WORD.sub(lambda found: words.get(found[1], found[0]), statement)


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

    def __init__(self, connection: duckdb.DuckDBPyConnection, within: str = "") -> None:
        """Take the connection.

        Args:
            connection: to a database.
            within: an attached database that names stand for; the first one without it.
        """
        self._connection, self._within = connection, within

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
            if self._within:
                cursor.execute(f"USE {self._within}")
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
        connection = duckdb.connect(
            config={"autoinstall_known_extensions": False, "temp_directory": f"{path}.tmp"}
        )
        quoted = str(path).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS held (READ_ONLY)")
        connection.execute("SET enable_external_access = false")  # no statement opens a file
        connection.execute("CREATE TABLE judged (n INTEGER, label VARCHAR)")
        connection.execute("SET preserve_insertion_order = false")  # every statement says its order
        self._statements = Statements(connection, within="held")
        self.edition, self.judged = "", 0
        self._judging = threading.Lock()
        self.remembered = Remembered()
        self.rows = self._statements.rows
        self.session = self._statements.session

    def judge(self, edition: str, labels: Callable[[], Mapping[str, str]]) -> None:
        """Take in what review says of events, beside the file, unless it is known.

        Args:
            edition: tells one state of the verdicts from another; empty: there are none.
            labels: returns a word for each judged event, by id.
        """
        with self._judging:
            if edition == self.edition:
                return
            found = labels()
            with self.session() as run:
                run("BEGIN")
                run("DELETE FROM memory.judged")
                if found:
                    run(sql("judge"), {"event": list(found), "label": list(found.values())})
                run("COMMIT")
            self.edition, self.judged = edition, len(found)

    def close(self) -> None:
        """Let go of the file."""
        self._statements.close()


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
            _press(made)
            made.execute(put(sql("index"), host=HOST))
            made.execute("DETACH record")
    except (duckdb.CatalogException, duckdb.BinderException) as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(
            f"{record}: not a record of this version ({str(error).partition(chr(10))[0]}); write it"
            " again with dragoman code ... --out NAME.duckdb"
        ) from error
    unfinished.replace(path)


def _press(made: duckdb.DuckDBPyConnection) -> None:
    """Write down the country of every outlet of the attached record."""
    found = made.execute(put(sql("hosts"), host=HOST)).fetchall()
    where = [outlets().made(outlet, host) for outlet, host in found]
    columns = {
        "outlet": [outlet for outlet, _ in found],
        "host": [host for _, host in found],
        "country": [each.country for each in where],
        "how": [each.how for each in where],
    }
    made.execute(sql("press"), columns)
