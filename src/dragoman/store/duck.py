"""One DuckDB file with the tables reports, mentions, events and entities.

A batch is one transaction: after a crash all of it is there or nothing. Reports that
are in the file are not coded again, so a file can grow day by day.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

import duckdb

from dragoman.store.arrow import to_arrow
from dragoman.store.columns import TABLES, columns, table_rows
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.record import Coded, Report
    from dragoman.store.columns import Column


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
        self._target = target
        self._connection = connect(target)
        self._texts: dict[str, str] = {}
        try:
            self._prepare()
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        """Make tables and views where they are missing; check those that are there."""
        for table in TABLES:
            self._connection.execute(_create(table))
            found = self._connection.execute(sql("columns"), [table]).fetchall()
            if [name for (name,) in found] != [column.name for column in columns(table)]:
                raise OutputError(
                    f"{self._target}: its table {table} has other columns than this version"
                    " writes; name another file"
                )
        self._connection.execute(sql("views"))

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

    def write(self, batch: Sequence[Coded]) -> None:
        """Add a batch in one transaction."""
        rows = table_rows(batch)
        self._connection.begin()
        try:
            for table in TABLES:
                self._insert(table, rows[table])
            self._connection.commit()
        except duckdb.Error as error:
            raise OutputError(
                f"{self._target}: DuckDB cannot write ({error}); make room or name another file"
            ) from error
        except BaseException:
            self._connection.rollback()
            raise

    def _insert(self, table: str, rows: Sequence[dict[str, object]]) -> None:
        """Add rows to one table."""
        if rows:
            self._connection.register("batch", to_arrow(table, rows))
            self._connection.execute(f'INSERT INTO "{table}" SELECT * FROM batch')  # noqa: S608
            self._connection.unregister("batch")

    def close(self, *, complete: bool = True) -> None:  # noqa: ARG002 - as every sink
        """Write everything into the one file and let go of it."""
        self._connection.close()


def _create(table: str) -> str:
    """Return the statement that makes a table of the record's columns."""
    body = ", ".join(f'"{column.name}" {_sql_type(column)}' for column in columns(table))
    return f'CREATE TABLE IF NOT EXISTS "{table}" ({body})'


def _sql_type(column: Column) -> str:
    """Return the DuckDB type of a column."""
    if column.kind in {"integer", "low", "high"}:
        return "BIGINT"
    if column.kind == "number":
        return "DOUBLE"
    return "VARCHAR[]" if column.kind in {"texts", "codes"} else "VARCHAR"
