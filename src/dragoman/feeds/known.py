"""What the record holds already: the one place where this room reads its tables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from dragoman.errors import InputError
from dragoman.feeds.state import sql
from dragoman.store import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.record import Report
    from dragoman.store import Sink

ENDING = ".duckdb"
Standing = Literal["new", "changed", "unchanged"]
_REVISION = ";rev="
"""Stands between an id and the number of a revision, from 2."""


class Placed(NamedTuple):
    """A report and how it stands to the record."""

    standing: Standing
    report: Report
    """Under the id it has, or is to have, in the record."""


def check_place(record: Path) -> None:
    """Raise when a record cannot be written where it is to be.

    Raises:
        InputError: another kind of file than a DuckDB file.
        OutputError: the folder is missing or cannot be written to.
    """
    if record.suffix.lower() != ENDING:
        raise InputError(
            f"{record}: {record.suffix or 'no ending'} found, {ENDING} expected; only a DuckDB"
            " file can grow with every round"
        )
    if not record.parent.is_dir() or not os.access(record.parent, os.W_OK):
        raise OutputError(
            f"{record}: folder {record.parent} is missing or cannot be written to; make it first"
            " or name another"
        )


def ids_there(record: Path, ids: Iterable[str]) -> set[str]:
    """Return which of some ids a record holds; none for a record that is not there yet.

    Raises:
        OutputError: it is no DuckDB file, or another program has it open for writing.
    """
    if not record.exists():
        return set()
    import duckdb  # noqa: PLC0415 - slow to import

    from dragoman.store.duck import connect  # noqa: PLC0415 - imports it too

    with connect(record, read_only=True) as connection:
        try:
            rows = connection.execute(sql("known"), [sorted(set(ids))]).fetchall()
        except duckdb.CatalogException:  # no table of reports yet
            return set()
    return {name for (name,) in rows}


class Known:
    """The texts of an open record, and those added to it since.

    Args:
        sink: the record.
    """

    def __init__(self, sink: Sink) -> None:
        """See what is there."""
        self._sink = sink
        self._ids = sink.done()
        self._added: dict[str, str] = {}

    def place(self, report: Report) -> Placed:
        """Return how a report stands to the record, and count it as there from now on.

        A report whose id stands with another text becomes a revision, ``ID;rev=2``, the
        next ``ID;rev=3``: an id never stands for two texts. A text that goes back to an
        earlier one is that one.
        """
        number, placed = 1, report
        while placed.id in self._ids or placed.id in self._added:
            if self._same(placed):
                return Placed("unchanged", placed)
            number += 1
            name = f"{report.id}{_REVISION}{number}"
            placed = msgspec.structs.replace(report, id=name)
        self._added[placed.id] = placed.text
        return Placed("new" if number == 1 else "changed", placed)

    def _same(self, report: Report) -> bool:
        """Return whether a report's text is the one that stands under its id."""
        if report.id in self._added:
            return self._added[report.id] == report.text
        return not self._sink.clashes(report)
