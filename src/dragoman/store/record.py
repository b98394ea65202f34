"""Read a record file as typed records: events in order, reports by id."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa

from dragoman.record import Event
from dragoman.store.columns import from_row, report_from_row
from dragoman.store.duck import sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from dragoman.record import Report

STEP = 1_000
"""Events read at a time."""


def read_events(connection: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """Yield every event with its mentions, by date and id; events without a date come last."""
    cursor = connection.cursor()
    ids = [name for (name,) in cursor.execute(sql("events_in_order")).fetchall()]
    for some in chunks(ids, STEP):
        for row in rows_of(connection, "whole_events", some):
            event = from_row("events", row)
            if isinstance(event, Event):
                yield event


def read_reports(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, Report]:
    """Return reports by their ids; ids that are not there are left out."""
    found = rows_of(connection, "whole_reports", tuple(ids))
    return {str(row["id"]): report_from_row(row) for row in found}


def rows_of(
    connection: duckdb.DuckDBPyConnection, step: str, ids: tuple[str, ...]
) -> list[dict[str, object]]:
    """Return the rows that a named statement finds for some ids, which it reads as ``wanted``."""
    cursor = connection.cursor()
    cursor.register("wanted", pa.table({"id": pa.array(ids, pa.string())}))
    cursor.execute(sql(step))
    names = [column[0] for column in cursor.description or ()]
    found = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    cursor.unregister("wanted")
    return found


def chunks(ids: Iterable[str], size: int) -> Iterator[tuple[str, ...]]:
    """Yield ids some at a time."""
    rest = iter(ids)
    while some := tuple(islice(rest, size)):
        yield some
