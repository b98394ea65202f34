"""The standing record: accounts of many reports joined into events, and what that changed.

The steps are the statements of ``sql/standing``, in this order: where accounts can meet (spots,
met), what speaks for and against a pair (links), whose event may change (affected), groups by
average linkage (``stories/cluster.py``), and the events of those groups built anew from all their
mentions. Every step depends on the accounts alone, so that the order in which reports come in, or
the number of runs, decides nothing.
"""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import msgspec
import pyarrow as pa

from dragoman import ontology
from dragoman.errors import InputError
from dragoman.store.columns import extent_of, from_row, report_from_row, to_row
from dragoman.store.duck import insert, number, rows, sql, transaction
from dragoman.store.recorded import Recorded
from dragoman.stories.build import TWO_SIDED, cites_of, event_of
from dragoman.stories.cluster import components, groups
from dragoman.stories.settings import Joining, joining, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import duckdb

    from dragoman.record import Report
    from dragoman.store.sink import RunNote

READ = 10_000
"""Mentions read at a time: each reading goes through the whole table of mentions."""
STEP = 2_000
"""Events written at a time."""
MEGABYTES = 1_000
"""What DuckDB may hold for every million accounts while it compares, and half of it afterwards,
when Python holds groups and events; more goes to disk, beside the record."""


class Standing:
    """What stands in a record file, and the run that adds to it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take the file's own settings, or the ones that ship."""
        self._connection = connection
        self.settings = self._settings()
        self.run: int | None = None

    def _settings(self) -> Joining:
        """Return what the record was joined with."""
        stored = self._connection.execute("SELECT settings FROM joined_with").fetchone()
        return joining() if stored is None else read(msgspec.json.decode(stored[0]), "joined_with")

    # -- runs ------------------------------------------------------------------------

    def begin(self, note: RunNote) -> None:
        """Note a run's beginning."""
        self.run = number(self._connection, "SELECT max(run) FROM runs") + 1
        settings = msgspec.json.encode(note.settings).decode()
        self._connection.execute(
            "INSERT INTO runs VALUES (?, ?, ?, NULL, ?, ?, ?, NULL)",
            [self.run, note.command, _now(), list(note.inputs), settings, note.manifest],
        )

    def note_reports(self, ids: Iterable[str]) -> None:
        """Note which reports the run wrote, in the caller's transaction."""
        if self.run is not None:
            rows = [{"run": self.run, "report": name} for name in ids]
            self._connection.register("batch", pa.Table.from_pylist(rows))
            self._connection.execute("INSERT INTO run_reports SELECT run, report FROM batch")
            self._connection.unregister("batch")

    def _finish(self, counts: str | None) -> None:
        """Note a run's end, in the transaction of its join."""
        if self.run is not None and counts is not None:
            self._connection.execute(
                "UPDATE runs SET finished = ?, counts = ? WHERE run = ?", [_now(), counts, self.run]
            )

    # -- the join --------------------------------------------------------------------

    def join(self, settings: Joining | None = None, counts: str | None = None) -> int:
        """Join the accounts that have not been compared yet; all of them under new settings.

        Args:
            settings: to join with from now on.
            counts: what the run did, as JSON; with it the run is noted as finished.

        Returns:
            Events that were made, changed or withdrawn.
        """
        with transaction(self._connection):
            if settings is not None and settings != self.settings:
                self._start_anew(settings)
            changed = self._join() if self._count("accounts WHERE NOT joined") else 0
            self._finish(counts)
        return changed

    def _start_anew(self, settings: Joining) -> None:
        """Forget every comparison and keep the new settings.

        Raises:
            InputError: the settings change what an account was compared by when it was written.
        """
        fixed = ("assumed_days", "never_compared")
        if self._count("accounts") and any(
            getattr(settings, n) != getattr(self.settings, n) for n in fixed
        ):
            raise InputError(
                f"{' and '.join(fixed)} changed; they are taken when a report is written: code the"
                " reports into a new record with them"
            )
        self.settings = settings
        self._connection.execute("DELETE FROM links")
        self._connection.execute("UPDATE accounts SET joined = false")
        self._note_settings()

    def _join(self) -> int:
        """Compare, group, and write what changes."""
        megabytes = MEGABYTES * (1 + self._count("accounts") // 1_000_000)
        self._hold(megabytes)
        self._connection.execute("SET preserve_insertion_order = false")
        self._note_settings()
        self._step("short")
        self._compare()
        self._hold(megabytes // 2)
        self._step("affected")
        self._group()
        self._step("touched")
        self._step("before")
        self._step("fresh")
        self._step("assign")
        self._connection.execute("DELETE FROM events WHERE id IN (SELECT id FROM touched)")
        for event in self._rebuilt():
            insert(self._connection, "events", event)
        self._step("revisions", run=self.run or 0)
        changed = self._count("touched")
        self._step("tidy")
        return changed

    def _count(self, what: str) -> int:
        """Return how many rows there are of a table."""
        return number(self._connection, f"SELECT count(*) FROM {what}")  # noqa: S608 - our words

    def _hold(self, megabytes: int) -> None:
        """Limit what DuckDB may hold in memory."""
        self._connection.execute(f"SET memory_limit = '{megabytes}MB'")

    def _note_settings(self) -> None:
        """Keep what this record is joined with."""
        self._connection.execute("DELETE FROM joined_with")
        self._connection.execute(
            "INSERT INTO joined_with VALUES (?)", [self.settings.model_dump_json()]
        )

    def _compare(self) -> None:
        """Find the pairs that meet and give them their points."""
        s, where_tells = self.settings, self._told_by_place()
        self._step(
            "spots",
            everything=not self._count("accounts WHERE joined"),
            window=s.window_days,
            spread=s.spread_days,
            where_tells=where_tells,
        )
        self._step("met", window=s.window_days)
        self._step(
            "links",
            two_sided=sorted(TWO_SIDED),
            where_tells=where_tells,
            window=s.window_days,
            near=s.near_km,
            distance=s.distance_km,
            directed=s.directed,
            unlinked=s.unlinked,
            **s.weights.model_dump(),
        )

    def _told_by_place(self) -> list[str]:
        """Return the types whose place tells happenings apart.

        Of a user's own types these are the material ones, as they are nearly all of PLOVER's.
        """
        found = self._connection.execute(sql("standing/material_types")).fetchall()
        own = {kind for (kind,) in found} - set(ontology.load().types)
        return sorted(self.settings.where_tells | own)

    def _step(self, name: str, **values: object) -> None:
        """Run one of the named statements."""
        self._connection.execute(sql(f"standing/{name}"), values or None)

    def _group(self) -> None:
        """Group the affected accounts and keep each one's lead, the first account of its group."""
        found = self._connection.execute(sql("standing/numbered_links")).fetchnumpy()
        floor = self.settings.unlinked
        leads: dict[int, int] = {}
        for links in components(found["a"], found["b"], found["points"] - floor):
            for group in groups(links, self.settings.threshold - floor):
                leads.update(dict.fromkeys(group, group[0]))
        columns = {"number": list(leads), "lead": list(leads.values())}
        led = pa.table({name: pa.array(cells, pa.int32()) for name, cells in columns.items()})
        self._connection.register("led", led)
        self._step("grouped")
        self._connection.unregister("led")

    # -- the events ------------------------------------------------------------------

    def _rebuilt(self) -> Iterator[list[dict[str, object]]]:
        """Yield the rows of the touched events that still stand, some at a time."""
        known = ontology.load()
        made = (
            self._row(name, list(parts), known)
            for name, parts in itertools.groupby(self._parts(), lambda part: str(part["of_event"]))
        )
        while some := list(itertools.islice(made, STEP)):
            yield some

    def _parts(self) -> Iterator[dict[str, Any]]:
        """Yield the mentions of the touched events with what is known of their reports."""
        self._step("parts")
        low = 0
        while found := rows(self._connection, sql("standing/some_parts"), [low, low + READ]):
            yield from found
            low += READ

    def _row(self, name: str, parts: list[dict[str, Any]], known: ontology.Ontology) -> Any:
        """Return the row of one event, made from all its mentions."""
        mentions = [from_row("mentions", part) for part in parts]
        by_report = {part["report"]: part for part in parts}
        reports = {name: _report(part) for name, part in by_report.items()}
        last = parts[-1]
        cites, scale = cites_of(reports.values()), Recorded(parts, known)
        event = event_of(mentions, cites, scale, last["account_manifest"], id=name)
        event = msgspec.structs.replace(event, coder=last["account_coder"])
        return to_row("events", event) | extent_of(list(reports.values()))


def _report(part: dict[str, Any]) -> Report:
    """Return the report of a mention, without its text."""
    names = ("title", "published", "outlet", "url", "language")
    return report_from_row(
        {"id": part["report"], "text": "", **{n: part[f"report_{n}"] for n in names}}
        | dict.fromkeys(("sentences", "parsed", "words"), 0)
    )


def _now() -> str:
    """Return the time of day in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
