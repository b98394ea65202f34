"""All access to the tables of a record: opens it to read, runs the named steps of ``sql/``."""

from __future__ import annotations

from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from dragoman.analysis.output import copy
from dragoman.errors import InputError
from dragoman.store.duck import connect

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import duckdb

    from dragoman.analysis.codes import Code

_NEEDS = (
    ("reports", "published"),
    ("events", "date"),
    ("events", "enddate"),
    ("events", "accounts"),
)
"""Columns that tell a record of this version from an older one and from another file."""


def sql(name: str) -> str:
    """Return one of the named steps of ``analysis/sql``."""
    return files("dragoman.analysis").joinpath(f"sql/{name}.sql").read_text("utf-8")


class Query:
    """A record, opened to read, and the steps that are run on it.

    What the steps make lives in temporary tables of this connection.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the connection."""
        self._connection = connection

    def set(self, variables: Mapping[str, Any]) -> None:
        """Give values to the variables that the steps read."""
        for name, value in variables.items():
            self._connection.execute(f"SET VARIABLE {name} = ?", [value])

    def run(self, *steps: str) -> None:
        """Run steps that make temporary tables."""
        for step in steps:
            self._connection.execute(sql(step))

    def rows(self, step: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a step."""
        return self._connection.execute(sql(step), list(values)).fetchall()

    def records(self, step: str, values: Iterable[Any] = ()) -> list[dict[str, Any]]:
        """Return the rows of a step by the names of its columns."""
        found = self._connection.execute(sql(step), list(values))
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def give_codes(self, codes: Iterable[Code]) -> None:
        """Make the table ``codes`` from what is known of every country code."""
        rows = [vars(code) for code in codes]
        kinds = {"cown": pa.int32(), "gwn": pa.int32()}
        names = ("code", "iso3", "name", "cown", "cowc", "gwn")
        schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
        self._register("codes", pa.Table.from_pylist(rows, schema))

    def give_named(self, units: Iterable[tuple[str, str]]) -> None:
        """Make the table ``named``: units that the panel has whatever happened."""
        rows = [{"code_a": a, "code_b": b} for a, b in units]
        schema = pa.schema([("code_a", pa.string()), ("code_b", pa.string())])
        self._register("named", pa.Table.from_pylist(rows, schema))

    def _register(self, name: str, table: pa.Table) -> None:
        """Make a temporary table from an Arrow table."""
        self._connection.register("given", table)
        self._connection.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS FROM given')
        self._connection.unregister("given")

    def select(self, columns: str, limit: int | None = None) -> duckdb.DuckDBPyConnection:
        """Run the query for the panel's rows in their order.

        Args:
            columns: what to select, from the panel's own list of columns.
            limit: most rows; all without it.
        """
        return self._connection.execute(f"{_select(columns)} LIMIT ?", [limit])

    def copy(self, columns: str, path: Path, form: str) -> None:
        """Write the panel's rows, in their order, into a file.

        Args:
            columns: what to select, from the panel's own list of columns.
            path: the file.
            form: DuckDB's options of ``COPY``.

        Raises:
            InputError: the file cannot be written.
        """
        copy(self._connection, _select(columns), path, form)


def _select(columns: str) -> str:
    """Return the query for the panel's rows; the columns are the panel's own, never a user's."""
    return f"SELECT {columns} FROM panel ORDER BY code_a, code_b, panel.date"  # noqa: S608


@contextmanager
def open_record(path: Path) -> Iterator[Query]:
    """Open a record to read.

    Raises:
        InputError: there is no such file, or it is no record of this version.
        OutputError: DuckDB cannot open it.
    """
    if not path.is_file():
        raise InputError(
            f"{path}: no such file; expected a record, as dragoman code ... --out NAME.duckdb"
            " writes it"
        )
    connection = connect(path, read_only=True)
    try:
        found = set(connection.execute(sql("columns")).fetchall())
        if missing := [f"{t}.{c}" for t, c in _NEEDS if (t, c) not in found]:
            raise InputError(
                f"{path}: no {', '.join(missing)}; expected a record of this version, write it"
                " again with dragoman code ... --out NAME.duckdb"
            )
        yield Query(connection)
    finally:
        connection.close()
