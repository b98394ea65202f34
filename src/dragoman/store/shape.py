"""The shape of a record file: its tables, their version, and how an older file comes up to it."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from dragoman.store.columns import (
    STANDING_TABLES,
    account_rows,
    columns,
    extent_of,
    from_row,
    report_from_row,
    to_row,
)
from dragoman.store.duck import insert, number, rows, sql, transaction
from dragoman.store.sink import OutputError
from dragoman.stories.settings import joining

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from dragoman.record import Event, Report
    from dragoman.store.columns import Column

VERSION = 3
"""1: events of one report each. 2: events across reports, with the accounts they are made of.
3: accounts have the quad class and score they were coded with."""
VIEWS = ("dyads", "versions", "disputes", "panels")
"""The views named for people, each a file of ``sql/views``."""
STEP = 500
"""Reports brought up to date at a time."""


def prepare(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Make what is missing in a file, bring an older one up to date, check what is there.

    Raises:
        OutputError: the file is of a newer version or has tables that are not ours.
    """
    found = version_of(connection)
    if found is not None and found > VERSION:
        raise OutputError(
            f"{target}: version {found} of the record found, {VERSION} expected; it was written by"
            " a newer dragoman: use that one, or name another file"
        )
    with transaction(connection):
        _make(connection)
        if found == 1:
            _from_1(connection)
        if found == 2:
            _from_2(connection)
        _check(connection, target)
        connection.execute("DELETE FROM record_version")
        connection.execute("INSERT INTO record_version VALUES (?)", [VERSION])
        for view in VIEWS:
            connection.execute(sql(f"views/{view}"))


def version_of(connection: duckdb.DuckDBPyConnection) -> int | None:
    """Return the version of a file's record; ``None`` for a file without one."""
    tables = {name for (name,) in connection.execute(sql("tables")).fetchall()}
    if "record_version" in tables:
        return number(connection, "SELECT max(version) FROM record_version") or None
    return 1 if {"reports", "mentions", "events"} <= tables else None


def _make(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables that are missing."""
    for table in STANDING_TABLES:
        body = ", ".join(f'"{c.name}" {sql_type(c)}' for c in columns(table))
        connection.execute(f'CREATE TABLE IF NOT EXISTS "{table}" ({body})')
    connection.execute(sql("standing/tables"))


def _check(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Raise when a table has other columns than this version writes."""
    for table in STANDING_TABLES:
        found = {name for (name,) in connection.execute(sql("columns"), [table]).fetchall()}
        if found != {column.name for column in columns(table)}:
            raise OutputError(
                f"{target}: its table {table} has other columns than this version"
                " writes; name another file"
            )


def sql_type(column: Column) -> str:
    """Return the DuckDB type of a column."""
    if column.kind in {"integer", "low", "high"}:
        return "BIGINT"
    if column.kind == "truth":
        return "BOOLEAN"
    if column.kind == "number":
        return "DOUBLE"
    return "VARCHAR[]" if column.kind in {"texts", "codes"} else "VARCHAR"


# -- from version 1 ------------------------------------------------------------------


def _from_1(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every event of a report its account; they are joined at the end of the next run."""
    had = {name for (name,) in connection.execute(sql("columns"), ["events"]).fetchall()}
    for column in columns("events"):
        if column.name not in had:
            connection.execute(f'ALTER TABLE events ADD COLUMN "{column.name}" {sql_type(column)}')
    connection.execute(sql("standing/old_events"))
    connection.execute("DELETE FROM events")
    told = _by_report(connection)
    while some := list(itertools.islice(told, STEP)):
        insert(connection, "events", [_row(event, report) for report, its in some for event in its])
        insert(connection, "accounts", account_rows(some, joining()))
    connection.execute("DROP TABLE old_events")
    connection.execute("INSERT INTO joined_with VALUES (?)", [joining().model_dump_json()])


def _from_2(connection: duckdb.DuckDBPyConnection) -> None:
    """Give every account the class and score of its event."""
    had = {name for (name,) in connection.execute(sql("columns"), ["accounts"]).fetchall()}
    for column in columns("accounts"):
        if column.name not in had:
            kind = sql_type(column)
            connection.execute(f'ALTER TABLE accounts ADD COLUMN "{column.name}" {kind}')
    connection.execute(sql("standing/old_accounts"))


def _by_report(
    connection: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[Report, tuple[Event, ...]]]:
    """Yield each report of an old file with its events."""
    last = number(connection, "SELECT max(number) FROM old_events")
    for low in range(0, last + 1, STEP):
        span = [low, low + STEP]
        found = {str(r["id"]): r for r in rows(connection, sql("standing/old_reports"), span)}
        several = rows(connection, sql("standing/some_old_events"), span)
        for name, its in itertools.groupby(several, lambda row: str(row["report"])):
            events = tuple(from_row("events", row) for row in its)
            yield report_from_row(found[name]), events


def _row(event: Event, report: Report) -> dict[str, object]:
    """Return an event's row."""
    return to_row("events", event) | extent_of([report])
