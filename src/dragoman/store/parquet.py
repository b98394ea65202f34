"""Parquet: a folder with one file a table, or one file of flattened records.

Parts of a fixed number of reports go to the folder ``PATH.part``; a part counts once its
``.done`` file, which lists its report ids, is there. Its ``.files`` lists the input files of
which every report is in that part or in those before it. The parts are joined at the end.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import msgspec
import pyarrow.parquet as pq

from dragoman.readers import FileNote
from dragoman.record import to_json
from dragoman.store.arrow import schema, to_arrow
from dragoman.store.columns import TABLES, table_rows
from dragoman.store.sink import Begun, OutputError, beside, read_begun, sync_file, sync_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.record import Coded, Report
    from dragoman.store.sink import RunNote

REPORTS = 500
"""Reports of a part, and of a row group of the finished files: what a crash can cost."""


class ParquetSink:
    """A Parquet file, or a folder of them, that can be taken up after a crash."""

    def __init__(self, target: Path, begun: Begun) -> None:
        """Open the folder of parts and see which of them count.

        Raises:
            OutputError: the parts are of another level or coder, or a file stands where
                a folder was asked for.
        """
        self._single = target.suffix.lower() == ".parquet" and not target.is_dir()
        if not self._single and target.exists() and not target.is_dir():
            raise OutputError(f"{target}: is a file; expected a folder; name another")
        flat = "mentions" if begun.level == "mention" else "events"
        self._tables = (flat,) if self._single else TABLES
        self._target, self._parts = target, beside(target, ".part")
        self._begin(begun)
        self._done = self._vouched()
        self._waiting: list[Coded] = []
        self._notes: list[tuple[int, FileNote]] = []

    def _begin(self, begun: Begun) -> None:
        """Make the folder of parts, or check that it is this run's."""
        self._note = self._parts / "run.json"
        if self._note.exists() and read_begun(self._note.read_bytes(), begun, self._parts):
            return
        self._parts.mkdir(exist_ok=True)
        for stale in self._parts.glob("[0-9]*.*"):  # of a run that ended while tidying up
            stale.unlink()
        self._note.write_bytes(to_json(begun))

    def _vouched(self) -> list[list[str]]:
        """Return the report ids of every part that counts."""
        parts: list[list[str]] = []
        while (done := self._part(len(parts), ".done")).exists():
            parts.append(msgspec.json.decode(done.read_bytes(), type=list[str]))
        # A part of fewer reports was the last of a run that ended while joining.
        if parts and len(parts[-1]) != REPORTS:
            parts.pop()
            self._part(len(parts), ".done").unlink()
        return parts

    def _part(self, number: int, ending: str) -> Path:
        """Return the path of one file of a part."""
        return self._parts / f"{number:08d}{ending}"

    def begin(self, note: RunNote) -> None:
        """Keep no list of runs."""

    def done(self) -> set[str]:
        """Return the ids of the reports whose part counts."""
        return {name for part in self._done for name in part}

    def clashes(self, report: Report) -> bool:  # noqa: ARG002 - as every sink
        """Return false: an unfinished output is of the same command, so of the same texts."""
        return False

    def finished(self) -> list[FileNote]:
        """Return the files whose reports are all in parts that count."""
        paths = [self._part(number, ".files") for number in range(len(self._done))]
        found = [p.read_bytes() for p in paths if p.exists()]
        return [note for data in found for note in msgspec.json.decode(data, type=list[FileNote])]

    def finish(self, notes: Sequence[FileNote]) -> None:
        """Keep notes of files until the last report of theirs is in a part."""
        reports = len(self._done) * REPORTS + len(self._waiting)
        self._notes += [(reports, note) for note in notes]

    def write(self, batch: Sequence[Coded]) -> None:
        """Keep the batch until a part is full, then write the part."""
        self._waiting += batch
        while len(self._waiting) >= REPORTS:
            part, self._waiting = self._waiting[:REPORTS], self._waiting[REPORTS:]
            self._write_part(part)

    def _write_part(self, batch: Sequence[Coded]) -> None:
        """Write the files of a part, then vouch for them."""
        number, rows = len(self._done), table_rows(batch)
        for table in self._tables:
            path = self._part(number, f".{table}")
            pq.write_table(to_arrow(table, rows[table]), path)
            sync_file(path)
        self._write_notes(number)
        names = [coded.report.id for coded in batch]
        unvouched = self._part(number, ".new")
        unvouched.write_bytes(msgspec.json.encode(names))
        sync_folder(self._parts)
        unvouched.replace(self._part(number, ".done"))
        self._done.append(names)

    def _write_notes(self, number: int) -> None:
        """Write which files are finished with a part, before it counts."""
        reports = (number + 1) * REPORTS
        notes = [note for needed, note in self._notes if needed <= reports]
        self._notes = [(needed, note) for needed, note in self._notes if needed > reports]
        path = self._part(number, ".files")
        path.write_bytes(msgspec.json.encode(notes))
        sync_file(path)

    def close(self, *, complete: bool = True, counts: str | None = None) -> None:  # noqa: ARG002
        """Join the parts into the finished files; when not complete, leave the parts."""
        if not complete:
            return
        if self._waiting:
            self._write_part(self._waiting)
        for table in self._tables:
            self._join(table)
        self._publish()
        self._note.unlink()  # first: what is left without it does not count
        shutil.rmtree(self._parts)
        sync_folder(self._target.parent)

    def _join(self, table: str) -> None:
        """Copy a table's parts into one file, a row group each."""
        with pq.ParquetWriter(self._joined(table), schema(table), compression="zstd") as writer:
            for number in range(len(self._done)):
                part = pq.read_table(self._part(number, f".{table}"), schema=schema(table))
                writer.write_table(part)

    def _joined(self, table: str) -> Path:
        """Return the path of a finished table before it has its name."""
        return self._parts / f"{table}.joined"

    def _publish(self) -> None:
        """Give the finished files their names; other files of a folder stay."""
        if self._single:
            self._joined(self._tables[0]).replace(self._target)
            return
        self._target.mkdir(exist_ok=True)
        for table in self._tables:
            self._joined(table).replace(self._target / f"{table}.parquet")
