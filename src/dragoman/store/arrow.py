"""Rows of the record's tables as Arrow tables, which DuckDB and Parquet both take."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from dragoman.store.columns import columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.store.columns import Kind, Row


@cache
def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table; its columns carry their documentation."""
    return pa.schema(
        [
            pa.field(c.name, _arrow_type(c.kind), metadata={"description": c.doc})
            for c in columns(table)
        ]
    )


def _arrow_type(kind: Kind) -> pa.DataType:
    """Return the Arrow type of a kind of column."""
    if kind in {"integer", "low", "high"}:
        return pa.int64()
    if kind == "truth":
        return pa.bool_()
    if kind == "number":
        return pa.float64()
    return pa.list_(pa.string()) if kind in {"texts", "codes"} else pa.string()


def to_arrow(table: str, rows: Sequence[Row]) -> pa.Table:
    """Return rows as an Arrow table of the documented schema."""
    return pa.Table.from_pylist(list(rows), schema=schema(table))
