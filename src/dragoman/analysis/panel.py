"""Panels: one row a unit and period, zeros included.

The rules (which units, which range, which events, how sides of several countries count)
are told in ``docs/analysis.md``.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from dragoman.actors.knowledge import Knowledge
from dragoman.analysis import periods
from dragoman.analysis.codes import check_codes, load_codes, read_data
from dragoman.analysis.output import FORMS, replacing
from dragoman.analysis.periods import By
from dragoman.analysis.query import open_record
from dragoman.errors import DataError, InputError
from dragoman.ontology import load as load_ontology

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dragoman.analysis.query import Query

Unit = Literal["country", "dyad"]
Aux = Literal["plain", "all"]
LAST_TYPE = "n_assault"
"""The last column of PLOVER's types; those of a user's own types follow it."""
MOST_ROWS = 20_000_000
"""Rows from which a panel is refused: zeros included, one grows faster than one thinks."""


class Column(BaseModel):
    """One column of a panel, as ``data/columns.yaml`` has it."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    """Its name in the output."""
    of: str | None = None
    """The column of the SQL view it is, where the names differ."""
    units: list[Unit] = ["country", "dyad"]
    """Units whose panels have it."""
    by: list[By] = ["day", "week", "month", "year"]
    """Periods whose panels have it."""
    type: str | None = None
    """The event type it counts, of a user's own ontology."""
    doc: str
    """What it holds."""

    @property
    def selected(self) -> str:
        """The column in SQL; a name that comes from a record is quoted."""
        if self.type is None:
            return f'"{self.of or self.name}" AS "{self.name}"'
        kind = self.type.replace("'", "''")
        return f"coalesce(own['{kind}'], 0) AS \"{self.name}\""


@dataclass(frozen=True)
class PanelJob:
    """What a panel is made of."""

    record: Path
    """The record."""
    unit: Unit = "dyad"
    """Whether a row is a country's or a pair's."""
    by: By = "month"
    """The period of a row."""
    directed: bool | None = None
    """Whether who did it counts; without it dyads are directed and countries are not."""
    since: dt.date | None = None
    """A day of the first period; without it the first day a report was published."""
    until: dt.date | None = None
    """A day of the last period; without it the last day a report was published."""
    countries: tuple[str, ...] = ()
    """Codes: these countries, pairs among them, or pairs with the only one."""
    aux: Aux = "plain"
    """``plain``: only events without an auxiliary mode."""
    min_confidence: float = 0.0
    """Least confidence, 0..1."""

    @property
    def is_directed(self) -> bool:
        """Whether who did it counts."""
        return self.unit == "dyad" if self.directed is None else self.directed


@dataclass(frozen=True)
class LeftOut:
    """Events of a panel's units that are not in it, by the first reason that applies."""

    undated: int
    """Without a date."""
    coarse: int
    """Dated less exactly than the panel's periods."""
    before: int
    """Before the first period."""
    after: int
    """After the last period."""
    kept: int
    """Events that are in it, each once."""


class Panel:
    """A panel over an open record; its rows are made when they are asked for."""

    def __init__(self, query: Query, job: PanelJob, first: dt.date, last: dt.date) -> None:
        """Note what was made; ``open_panel`` makes it."""
        self.query, self.job = query, job
        self.first = first
        """First day of the first period."""
        self.last = last
        """Last day of the last period."""
        self.units, self.periods = query.rows("size")[0]
        self.left_out = LeftOut(*query.rows("left_out")[0])
        self.columns = panel_columns(
            job.unit, job.by, [kind for (kind,) in query.rows("own_types")]
        )
        """The columns, in order."""

    @property
    def _selected(self) -> str:
        """What to select, in SQL."""
        return ", ".join(column.selected for column in self.columns)

    def rows(self, limit: int | None = None) -> Iterator[dict[str, Any]]:
        """Yield the rows in the order of unit and date, by the names of their columns."""
        found = self.query.select(self._selected, limit)
        names = [column.name for column in self.columns]
        while batch := found.fetchmany(10_000):
            for row in batch:
                yield dict(zip(names, row, strict=True))

    def write(self, path: Path) -> None:
        """Write the rows into a file whose name ends in ``.csv``, ``.parquet`` or ``.jsonl``.

        Raises:
            InputError: the file cannot be written.
        """
        with replacing(path) as part:
            self.query.copy(self._selected, part, FORMS[path.suffix.lower()])

    def totals(self, most: int) -> list[dict[str, Any]]:
        """Return the ``most`` busiest units over the whole range."""
        return self.query.records("totals", [most])


def panel_columns(unit: Unit, by: By, own: Iterable[str] = ()) -> list[Column]:
    """Return the columns of such a panel, in order.

    Args:
        unit: what a row is about.
        by: the period of a row.
        own: event types that are not PLOVER's; each has a column behind those of PLOVER's types.

    Raises:
        DataError: the file of columns breaks its schema.
    """
    try:
        columns = TypeAdapter(list[Column]).validate_python(read_data("columns"))
    except ValidationError as error:
        raise DataError(
            [f"columns.yaml: {item['loc']}: {item['msg']}; mend it" for item in error.errors()]
        ) from error
    last = [column.name for column in columns].index(LAST_TYPE) + 1
    columns[last:last] = [_own_column(kind) for kind in own]
    return [column for column in columns if unit in column.units and by in column.by]


def _own_column(kind: str) -> Column:
    """Return the column of a type that is not PLOVER's."""
    name = re.sub(r"[^a-z0-9]", "_", kind.lower())
    return Column(name=f"n_{name}", type=kind, doc=f"Events of type {kind}, a type of your own")


@contextmanager
def open_panel(job: PanelJob, known: Knowledge | None = None) -> Iterator[Panel]:
    """Count a panel over a record; it can be read while the body runs.

    Args:
        job: what the panel is made of.
        known: the knowledge base of actors; the shipped one without it.

    Raises:
        InputError: the record, a country or the range cannot be used, or no event is dated.
    """
    known = known or Knowledge.load()
    codes = load_codes(known)
    countries = check_codes(job.countries, codes, known)
    with open_record(job.record) as query:
        query.give_codes(codes.values())
        query.give_named(_named(job, countries))
        query.set(
            {
                "aux": job.aux,
                "every": job.by,
                "min_confidence": job.min_confidence,
                "countries": list(countries),
                "named": len(countries),
                "first": countries[0] if countries else "",
                "last": countries[-1] if countries else "",
                "both_sides": job.unit == "dyad" and len(countries) > 1,
                "longest": periods.LONGEST[job.by],
                "plover": list(load_ontology().types),
            }
        )
        query.run("selected")
        first, last = _span(query, job)
        query.set({"since": first, "until": last})
        direction = "directed" if job.is_directed else "undirected"
        query.run(f"counted_{job.unit}_{direction}", "units", "periods")
        _check_size(query)
        query.run("reading", "cells", "own_cells", "panel")
        yield Panel(query, job, first, last)


def _named(job: PanelJob, countries: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return the units that are in the panel because they were asked for."""
    if job.unit == "country":
        return [(code, "") for code in countries]
    pairs = permutations(countries, 2)
    return list(pairs if job.is_directed else {(min(pair), max(pair)) for pair in pairs})


def _span(query: Query, job: PanelJob) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the panel: whole periods.

    Raises:
        InputError: nothing is dated, or the range ends before it begins.
    """
    published, latest, dated, newest = query.rows("span")[0]
    since, until = job.since or published or dated, job.until or latest or newest
    if since is None or until is None:
        raise InputError(
            f"{job.record}: no report has a publication date and no event a date; expected some,"
            " code with --published, or give --from and --to"
        )
    if since > until:
        raise InputError(
            f"--from {since}, --to {until}: the range ends before it begins; reports were"
            f" published from {published} to {latest}, give days in that order"
        )
    first = periods.first_day(since, job.by)
    return first, periods.last_day(periods.first_day(until, job.by), job.by)


def _check_size(query: Query) -> None:
    """Raise when the panel would be too large to be meant.

    Raises:
        InputError: it would have more than ``MOST_ROWS`` rows.
    """
    units, count = query.rows("size")[0]
    if units * count > MOST_ROWS:
        raise InputError(
            f"{units:,} units by {count:,} periods: {units * count:,} rows; at most {MOST_ROWS:,}"
            " are made, choose with --countries, --from and --to, or take a coarser --by"
        )
