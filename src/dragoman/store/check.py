"""Look after a record: is it whole, what runs made it, what did they change, join it otherwise."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import InputError
from dragoman.store.duck import connect, number, rows, sql
from dragoman.store.duplicates import Group, groups, mark
from dragoman.store.shape import VERSION, prepare, version_of
from dragoman.store.sink import RunNote
from dragoman.store.standing import Standing
from dragoman.stories.settings import joining

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

    from dragoman.stories.settings import Joining


class State(msgspec.Struct, frozen=True, kw_only=True):
    """How much a record holds, and what of it is unfinished."""

    version: int
    """Of the record's shape."""
    reports: int
    """Reports."""
    mentions: int
    """Mentions."""
    accounts: int
    """What one report tells of one event."""
    events: int
    """Events."""
    unjoined: int
    """Accounts that the next run will compare with others: their run was broken off."""
    runs: int
    """Runs that wrote into it."""
    unfinished: int
    """Runs that were broken off; the next ones went on with their work."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """Something that must not be in a record."""

    fault: str
    """What is wrong."""
    cases: int
    """How often."""
    first: str
    """Id of the first case."""


@contextmanager
def opened(record: Path, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a record of this version.

    Raises:
        InputError: there is no such file, or it holds no record of this version.
    """
    _see(record)
    with connect(record, read_only=read_only) as connection:
        found = version_of(connection)
        if found is None:
            raise InputError(
                f"{record}: no record in it; give a file dragoman code --out has written"
            )
        if found != VERSION:
            raise InputError(
                f"{record}: version {found} of the record found, {VERSION} expected; run"
                f" dragoman store join {record} once to bring an older one up to date"
            )
        yield connection


def _see(record: Path) -> None:
    """Raise when there is no such file."""
    if not record.is_file():
        raise InputError(f"{record}: no such file; write one with dragoman code ... --out {record}")


def state(record: Path) -> State:
    """Return how much a record holds."""
    with opened(record) as connection:
        (row,) = rows(connection, sql("state"))
        return msgspec.convert({"version": VERSION, **row}, State)


def faults(record: Path) -> list[Fault]:
    """Return everything that is wrong with a record; nothing when it is whole."""
    with opened(record) as connection:
        found = rows(connection, sql("check"))
    return [msgspec.convert(row, Fault) for row in found if row["cases"]]


def runs(record: Path) -> list[dict[str, Any]]:
    """Return every run that wrote into a record, in order."""
    with opened(record) as connection:
        return rows(connection, sql("runs"))


def revisions(record: Path, since: int = 0) -> list[dict[str, Any]]:
    """Return what changed after a run: events added, changed, withdrawn.

    Raises:
        InputError: the record has no such run.
    """
    with opened(record) as connection:
        last = number(connection, "SELECT max(run) FROM runs")
        if not 0 <= since <= last:
            raise InputError(
                f"{record}: run {since} asked for, runs 1 to {last} found; see dragoman store runs"
            )
        return rows(connection, sql("revisions"), [since])


def rejoin(record: Path, settings: Joining | None = None) -> int:
    """Join what is unjoined; everything anew when the settings are others than the record's.

    Returns:
        Events that were made, changed or withdrawn.
    """
    with _up_to_date(record) as connection:
        standing = Standing(connection)
        asked = settings.model_dump(exclude={"weights", "never_compared"}) if settings else {}
        told = {name: str(value) for name, value in asked.items()}
        standing.begin(RunNote(command="join", settings=dict(told)))
        changed = standing.join(settings, counts="{}")
        mark(connection)
        return changed


def duplicates(record: Path) -> list[Group]:
    """Mark the reports of a record that repeat others and return them, the largest groups first.

    Raises:
        InputError: there is no such file, or no record in it.
        OutputError: it cannot be written.
    """
    with _up_to_date(record) as connection:
        mark(connection)
        return groups(connection)


@contextmanager
def _up_to_date(record: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a record for writing, an older one brought to this version."""
    _see(record)
    with connect(record) as connection:
        if version_of(connection) is None:
            raise InputError(
                f"{record}: no record in it; give a file that dragoman code has written"
            )
        prepare(connection, record)
        yield connection


def settings_of(record: Path) -> Joining:
    """Return what a record was joined with; for an older one, what it will be joined with.

    Raises:
        InputError: there is no such file.
    """
    _see(record)
    with connect(record, read_only=True) as connection:
        return Standing(connection).settings if version_of(connection) == VERSION else joining()
