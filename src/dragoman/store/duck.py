"""One DuckDB file: the standing record, which grows report by report.

A batch of reports is one transaction: after a crash all of it is there or nothing. Reports that
are in the file are not coded again. When a run ends, its accounts are joined with those that were
there (``standing.py``), in one transaction too; what a killed run leaves unjoined, the next joins.
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager, suppress
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import duckdb
import msgspec

from dragoman.readers import FileNote
from dragoman.store.arrow import to_arrow
from dragoman.store.columns import STANDING_TABLES, account_rows, table_rows
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dragoman.record import Coded, Report
    from dragoman.store.sink import RunNote


def sql(name: str) -> str:
    """Return one of the named statements of ``store/sql``."""
    return files("dragoman.store").joinpath(f"sql/{name}.sql").read_text("utf-8")


def connect(path: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file.

    Raises:
        OutputError: it is no DuckDB file, or another program has it open.
    """
    try:
        # Nothing is fetched while the program runs, extensions of DuckDB included.
        config: dict[str, str | bool | int | float | list[str]] = {
            "autoinstall_known_extensions": False
        }
        return duckdb.connect(str(path), read_only=read_only, config=config)
    except duckdb.Error as error:
        reason = str(error).partition("\n")[0]
        raise OutputError(
            f"{path}: cannot be opened as a DuckDB file ({reason}); close the program that"
            " has it open, or name another file"
        ) from error


class DuckSink:
    """A DuckDB file that holds every table."""

    def __init__(self, target: Path) -> None:
        """Open or make the file and see that its tables are ours.

        Raises:
            OutputError: it is no DuckDB file, is open elsewhere, or has other tables.
        """
        from dragoman.store.shape import prepare  # noqa: PLC0415 - it uses this module
        from dragoman.store.standing import Standing  # noqa: PLC0415

        self._target = target
        self._connection = connect(target)
        self._texts: dict[str, str] = {}
        try:
            prepare(self._connection, target)
            self._standing = Standing(self._connection)
        except BaseException:
            self._connection.close()
            raise

    def begin(self, note: RunNote) -> None:
        """Note a run's beginning in the file."""
        self._standing.begin(note)

    def done(self) -> set[str]:
        """Return the ids of the reports in the file."""
        self._texts = dict(self._connection.execute(sql("done")).fetchall())
        return set(self._texts)

    def clashes(self, report: Report) -> bool:
        """Return whether the id stood with another text when ``done`` was called.

        Ids that were made from a file's name come again when the next day's file has
        the same name; its reports must not pass for ones that are coded.
        """
        digest = hashlib.md5(report.text.encode(), usedforsecurity=False).hexdigest()
        return self._texts.get(report.id, digest) != digest

    def finished(self) -> list[FileNote]:
        """Return the files whose reports are all in the record, of this run or an earlier one."""
        found = rows(self._connection, "SELECT * FROM finished_files")
        return [msgspec.convert(row, FileNote) for row in found]

    def finish(self, notes: Sequence[FileNote]) -> None:
        """Note files, each as it is now."""
        with transaction(self._connection):
            for note in notes:
                cells = msgspec.structs.asdict(note)
                self._connection.execute(sql("unfinish"), [note.path])
                self._connection.execute(sql("finish"), cells)

    def write(self, batch: Sequence[Coded]) -> None:
        """Add a batch in one transaction."""
        rows = table_rows(batch)
        rows["accounts"] = account_rows(
            ((coded.report, coded.events) for coded in batch), self._standing.settings
        )
        with transaction(self._connection):
            for table in STANDING_TABLES:
                insert(self._connection, table, rows[table])
            self._standing.note_reports(coded.report.id for coded in batch)

    def close(self, *, complete: bool = True, counts: str | None = None) -> None:
        """Join what is new and let go of the file; when not complete, leave it for the next run."""
        from dragoman.store.duplicates import mark  # noqa: PLC0415 - it uses this module

        try:
            if complete:
                self._standing.join(counts=counts or "{}")
                # The file of rejects has its name: a later run begins another.
                self._connection.execute("UPDATE finished_files SET rejects = 0")
                mark(self._connection)
        finally:
            self._connection.close()


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Do everything in the body, or nothing.

    Raises:
        OutputError: DuckDB cannot: no room, no memory, a broken file.
    """
    try:
        connection.begin()
        yield
        connection.commit()
    except BaseException as error:
        with suppress(duckdb.Error):  # after a failed commit there is nothing to take back
            connection.rollback()
        if isinstance(error, duckdb.Error):
            reason = str(error).partition("\n")[0]
            raise OutputError(
                f"the record cannot be written ({reason}); make room, then run the same command"
                " again to go on, or name another file"
            ) from error
        raise


def insert(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[dict[str, object]]
) -> None:
    """Add rows to one of the record's tables, columns by their names."""
    if rows:
        connection.register("batch", to_arrow(table, rows))
        connection.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM batch')  # noqa: S608
        connection.unregister("batch")


def rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: object = None
) -> list[dict[str, Any]]:
    """Return what a query finds, each row by its column names."""
    cursor = connection.execute(query, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def number(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """Return the one number a query finds, 0 when it finds none."""
    row = connection.execute(query).fetchone()
    return int(row[0]) if row and row[0] is not None else 0
