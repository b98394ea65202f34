"""A record with its verdicts, opened together: what commands and exports ask."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import duckdb

from dragoman.errors import InputError
from dragoman.review.apply import changes
from dragoman.review.fold import Folded, fold
from dragoman.review.found import Found, find
from dragoman.review.ledger import ledger_of, read_ledger
from dragoman.store.duck import connect, rows
from dragoman.store.record import read_reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dragoman.record import Report
    from dragoman.review.apply import Changes


@dataclass(frozen=True)
class Book:
    """The verdicts on a record."""

    record: Path
    connection: duckdb.DuckDBPyConnection
    folded: Folded
    lines: int
    """Lines of the ledger."""

    def _ask(self, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Run a statement on the record.

        Raises:
            InputError: the file is no record of this version.
        """
        try:
            return rows(self.connection, query, values)
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise InputError(
                f"{self.record}: no record of this version ({reason}); give a .duckdb file that"
                " dragoman code --out has written"
            ) from error

    def found(self) -> Found:
        """Return the verdicts that are about something in the record."""
        return find(self.folded, self._ask)

    def changes(self) -> Changes:
        """Return what verdicts make of the record's events."""
        return changes(self.folded, self._ask)

    def reports(self, found: Found) -> list[Report]:
        """Return the reports whose mentions were judged, whole."""
        ids = {mention.report for mention in found.mentions.values()}
        return list(read_reports(self.connection, ids).values())


@contextmanager
def open_book(record: Path) -> Iterator[Book]:
    """Open a record for reading, with its ledger.

    Raises:
        InputError: there is no such file, or it is no record.
        OutputError: another program is writing it.
        DataError: the ledger holds lines that are no verdicts.
    """
    if record.suffix.lower() != ".duckdb" or not record.is_file():
        raise InputError(
            f"{record}: no .duckdb file; give a record that dragoman code --out NAME.duckdb has"
            " written"
        )
    verdicts = read_ledger(ledger_of(record))
    with connect(record, read_only=True) as connection:
        yield Book(record, connection, fold(verdicts), len(verdicts))
