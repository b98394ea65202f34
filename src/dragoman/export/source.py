"""The record as exports read it: events in a fixed order, whole, with their reports.

The only module of the room that knows the record's tables. Events come a page at a time, so
memory does not grow with the record.
"""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import duckdb

from dragoman.errors import InputError
from dragoman.export.story import Press
from dragoman.review.apply import Changes, changes
from dragoman.review.fold import fold
from dragoman.review.ledger import ledger_of, read_ledger
from dragoman.store.duck import connect, rows
from dragoman.store.record import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dragoman.record import Event

MEMORY = "256MB"
"""What the database may use besides; it fills what it is given with pages it has read."""


class Source:
    """An open record."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
        """Keep the connection; see ``open_source``."""
        self._path, self._connection = path, connection

    def count(self) -> int:
        """Return the number of events."""
        (row,) = self._rows("count", {})
        return int(next(iter(row.values())))

    def pages(self) -> Iterator[list[Event]]:
        """Yield every event, in the order of date and id, undated ones last, in lists.

        Raises:
            InputError: the file is no record, or of another version.
        """
        with self._of_this_version():
            yield from read_pages(self._connection)

    def changes(self) -> Changes:
        """Return what the verdicts that lie beside the record make of it.

        Raises:
            DataError: the ledger holds lines that are no verdicts.
            InputError: the file is no record, or of another version.
        """
        folded = fold(read_ledger(ledger_of(self._path)))
        with self._of_this_version():
            return changes(folded, lambda query, values: rows(self._connection, query, values))

    def reports(self, ids: Iterable[str]) -> dict[str, Press]:
        """Return some reports by id; ids that are not there are left out."""
        wanted = sorted(set(ids))
        return {row["id"]: Press(**row) for row in self._rows("reports", {"ids": wanted})}

    def _rows(self, name: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Return the rows of a named statement."""
        with self._of_this_version():
            return rows(self._connection, _sql(name), values)

    @contextmanager
    def _of_this_version(self) -> Iterator[None]:
        """Say in one line that the file is no record of this version, where the body finds out."""
        try:
            yield
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise InputError(
                f"{self._path}: no record of this version ({reason}); give a .duckdb file that"
                " dragoman code --out has written"
            ) from error


def _sql(name: str) -> str:
    """Return one of the named statements of ``export/sql``."""
    return files("dragoman.export").joinpath(f"sql/{name}.sql").read_text("utf-8")


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a record for reading.

    Raises:
        InputError: there is no such file, or it is no ``.duckdb`` file.
        OutputError: the database cannot be opened.
    """
    if path.suffix.lower() != ".duckdb":
        raise InputError(
            f"{path}: {path.suffix or 'no ending'} found, .duckdb expected; give a record that"
            " dragoman code --out NAME.duckdb has written"
        )
    if not path.is_file():
        raise InputError(f"{path}: no such file; write one with dragoman code ... --out {path}")
    # What does not fit into memory must not go beside a record that may lie in a closed folder.
    with TemporaryDirectory() as spill, connect(path, read_only=True) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute("SET temp_directory = '{}'".format(spill.replace("'", "''")))
        yield Source(path, connection)
