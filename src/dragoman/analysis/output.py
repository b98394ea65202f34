"""Where results go: beside their name while they are written, then renamed."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMS = MappingProxyType(
    {
        ".csv": "FORMAT csv, HEADER",
        ".parquet": "FORMAT parquet, COMPRESSION zstd",
        ".jsonl": "FORMAT json",
    }
)
"""Ending of a table's name to DuckDB's options for it."""
PICTURES = (".svg", ".png", ".json")
"""Endings of a picture's name; ``.json`` is its Vega-Lite specification with the data in it."""


def write_rows(rows: list[dict[str, Any]], path: Path) -> None:
    """Write rows, all with the same columns, as the kind of table that the path's ending names.

    Raises:
        InputError: the file cannot be written.
    """
    with replacing(path) as part, duckdb.connect() as connection:
        connection.register("rows", pa.Table.from_pylist(rows))
        copy(connection, "FROM rows", part, FORMS[path.suffix.lower()])


def copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path, form: str) -> None:
    """Write what a query returns, in its order, into a file.

    Args:
        connection: where the query is run.
        query: SQL of the program's own.
        path: the file.
        form: one of the values of ``FORMS``.

    Raises:
        InputError: the file cannot be written.
    """
    place = str(path).replace("'", "''")
    try:
        connection.execute(f"COPY ({query}) TO '{place}' ({form})")
    except duckdb.IOException as error:
        reason = str(error).partition("\n")[0]
        raise InputError(f"{path}: cannot be written ({reason}); name another file") from error


def check_place(name: str | None, option: str, endings: tuple[str, ...]) -> Path | None:
    """Return the path of an output, before any work is done.

    Raises:
        InputError: its ending is unknown, or its folder is missing or cannot be written to.
    """
    if name is None:
        return None
    path = Path(name)
    if path.suffix.lower() not in endings:
        raise InputError(
            f"{option} {name}: unknown kind ({path.suffix or 'no ending'}); end the name in"
            f" {' or '.join(endings)}"
        )
    if path.is_dir() or not path.parent.is_dir() or not os.access(path.parent, os.W_OK):
        raise InputError(
            f"{option} {name}: cannot be written there; expected a file in a folder that is there"
            " and can be written to, name another"
        )
    return path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a path to write to; the file has its own name only once the body is done."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
