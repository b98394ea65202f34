"""What the record holds already: the one place where this room reads its tables."""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING, Literal, NamedTuple

import msgspec

from dragoman.errors import InputError
from dragoman.feeds.state import sql
from dragoman.store import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from dragoman.record import Report

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


def texts_of(record: Path, ids: Iterable[str]) -> dict[str, str]:
    """Return ``id -> hash of text`` for the reports of a record under some ids.

    Args:
        record: a DuckDB file; none there holds no reports.
        ids: their revisions are found too.

    Raises:
        OutputError: it is no DuckDB file, or another program has it open for writing.
    """
    wanted = sorted(set(map(base_id, ids)))
    if not wanted or not record.exists():
        return {}
    import duckdb  # noqa: PLC0415 - slow to import

    from dragoman.store.duck import connect  # noqa: PLC0415 - imports it too

    with connect(record, read_only=True) as connection:
        try:
            return dict(connection.execute(sql("known"), [wanted]).fetchall())
        except duckdb.CatalogException:  # no table of reports yet
            return {}


def base_id(report_id: str) -> str:
    """Return an id without the mark of a revision."""
    return re.sub(rf"{_REVISION}[0-9]+$", "", report_id)


def digest_of(text: str) -> str:
    """Return the hash of a text as the record's own query makes it."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def place(report: Report, texts: dict[str, str]) -> Placed:
    """Return how a report stands to the texts that are known, and add it to them.

    A report whose id stands with another text becomes a revision, ``ID;rev=2``, the next
    ``ID;rev=3``: an id never stands for two texts. A text that goes back to an earlier
    one is that one.
    """
    digest, number, name = digest_of(report.text), 1, report.id
    while name in texts:
        if texts[name] == digest:
            return Placed("unchanged", msgspec.structs.replace(report, id=name))
        number += 1
        name = f"{report.id}{_REVISION}{number}"
    texts[name] = digest
    return Placed("new" if number == 1 else "changed", msgspec.structs.replace(report, id=name))
