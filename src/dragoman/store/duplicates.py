"""Near-duplicates in a record: which reports repeat an earlier one almost word for word.

Nothing is dropped. The table ``duplicates`` has a row for every report that repeats another:
the original is the earliest of them, by publication, then by id. What is marked depends on the
reports alone, not on the order, the runs or the batches in which they came.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import msgspec
import pyarrow as pa

from dragoman.store.duck import number, rows, sql, transaction
from dragoman.stories.likeness import ALIKE, MAKER, bands, jaccard, runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

STEP = 2_000
"""Reports, or pairs of them, whose texts are in memory at a time."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A report that repeats another."""

    report: str
    """Its id."""
    outlet: str | None
    """Who published it."""
    published: str | None
    """When, ``YYYY-MM-DD``."""
    share: float
    """Share of the runs of words it has in common with the original, or with a duplicate of it."""


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """An original with what repeats it."""

    original: str
    """Id of the earliest report."""
    outlet: str | None
    """Who published it."""
    published: str | None
    """When, ``YYYY-MM-DD``."""
    title: str | None
    """Its headline."""
    copies: int
    """How many reports repeat it."""
    reports: tuple[Copy, ...]
    """Which, in the order of publication."""


def mark(connection: duckdb.DuckDBPyConnection) -> int:
    """Mark every report of a record that repeats an earlier one, in one transaction.

    Args:
        connection: to a record of this version, open for writing.

    Returns:
        Reports that are marked now.
    """
    with transaction(connection):
        connection.execute("DELETE FROM signatures WHERE maker <> ?", [MAKER])
        if _sign(connection):
            connection.execute(sql("duplicates/candidates"))
            connection.execute(sql("duplicates/forget"))
            _compare(connection)
            _note(connection)
    return number(connection, "SELECT count(*) FROM duplicates")


def groups(connection: duckdb.DuckDBPyConnection) -> list[Group]:
    """Return every original with its duplicates, the largest groups first."""
    return [msgspec.convert(row, Group) for row in rows(connection, sql("duplicates/groups"))]


def _sign(connection: duckdb.DuckDBPyConnection) -> int:
    """Make the signatures that are missing and return how many there were."""
    connection.execute(sql("duplicates/unsigned"))
    missing = number(connection, "SELECT count(*) FROM unsigned")
    for low in range(0, missing, STEP):
        found = rows(connection, sql("duplicates/some_unsigned"), [low, low + STEP])
        signed = ((row["id"], MAKER, bands(row["text"])) for row in found)
        _insert(connection, "signatures", signed, _SIGNATURES)
    return missing


def _compare(connection: duckdb.DuckDBPyConnection) -> None:
    """Compare the texts that meet and have not been compared before."""
    connection.execute(sql("duplicates/uncompared"))
    for low in range(0, number(connection, "SELECT count(*) FROM uncompared"), STEP):
        found = rows(connection, sql("duplicates/some_uncompared"), [low, low + STEP])
        _insert(connection, "likeness", _compared(found), _LIKENESS)


def _compared(found: list[dict[str, str]]) -> Iterator[tuple[str, str, float]]:
    """Yield pairs with the share of runs that they have in common."""
    for earlier, pairs in itertools.groupby(found, lambda row: row["earlier"]):
        some = list(pairs)
        known = runs(some[0]["earlier_text"])
        for row in some:
            yield row["report"], earlier, jaccard(known, runs(row["text"]))


def _note(connection: duckdb.DuckDBPyConnection) -> None:
    """Mark every report that is alike with an earlier one, with the first of them all.

    A report that repeats a duplicate repeats its original: chains are followed.
    """
    marked: dict[str, tuple[str, float]] = {}
    for report, earlier, share in connection.execute(sql("duplicates/alike"), [ALIKE]).fetchall():
        original = marked[earlier][0] if earlier in marked else earlier
        marked.setdefault(report, (original, share))
    connection.execute("DELETE FROM duplicates")
    made = ((report, original, share) for report, (original, share) in marked.items())
    _insert(connection, "duplicates", made, _DUPLICATES)


_SIGNATURES = pa.schema(
    [("report", pa.string()), ("maker", pa.string()), ("bands", pa.list_(pa.uint64()))]
)
_LIKENESS = pa.schema([("report", pa.string()), ("earlier", pa.string()), ("share", pa.float64())])
_DUPLICATES = pa.schema(
    [("report", pa.string()), ("original", pa.string()), ("share", pa.float64())]
)


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    made: Iterable[tuple[object, ...]],
    schema: pa.Schema,
) -> None:
    """Add rows to one of the tables of duplicates."""
    cells = [dict(zip(schema.names, row, strict=True)) for row in made]
    connection.register("batch", pa.Table.from_pylist(cells, schema))
    connection.execute(f'INSERT INTO "{table}" SELECT * FROM batch')  # noqa: S608 - our names
    connection.unregister("batch")
