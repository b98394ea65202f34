"""Read a record file as typed records: events in order, reports by id."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.store.columns import from_row, report_from_row
from dragoman.store.duck import rows, sql

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from dragoman.record import Event, Report

PAGE = 5_000
"""Events read at a time."""


def read_pages(connection: duckdb.DuckDBPyConnection) -> Iterator[list[Event]]:
    """Yield every event with its mentions, by date and id, undated ones last, in lists."""
    day, last = "", ""
    while page := rows(connection, sql("page"), {"day": day, "id": last, "size": PAGE}):
        yield [from_row("events", row) for row in page]
        day, last = str(page[-1]["date"] or "~"), str(page[-1]["id"])


def read_events(connection: duckdb.DuckDBPyConnection) -> Iterator[Event]:
    """Yield every event with its mentions, by date and id, undated ones last."""
    return itertools.chain.from_iterable(read_pages(connection))


def read_reports(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> dict[str, Report]:
    """Return reports by their ids; ids that are not there are left out."""
    found = rows(connection, sql("whole_reports"), {"ids": sorted(ids)})
    return {str(row["id"]): report_from_row(row) for row in found}
