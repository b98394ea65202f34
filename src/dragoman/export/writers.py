"""Writers: stories in, the bytes of a format out, a batch at a time."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, Literal, Protocol

import msgspec
import pyarrow.parquet as pq

from dragoman.export import flat, gdelt, icews, phoenix, polecat
from dragoman.export.cells import cells
from dragoman.export.load import layout
from dragoman.export.nested import nested_row, nested_schema, nested_table, sound
from dragoman.record import to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import BinaryIO

    from dragoman.export.cells import Row
    from dragoman.export.schema import Format
    from dragoman.export.story import Story
    from dragoman.export.world import World
    from dragoman.record import Event

Name = Literal["plover", "polecat", "icews", "gdelt", "gdelt-mentions", "phoenix", "csv", "parquet"]
"""What a record can be exported as."""
ROW_GROUP = 10_000
"""Events of a row group of Parquet."""


class Writer(Protocol):
    """Turns stories into the bytes of a format."""

    def write(self, batch: Sequence[Story]) -> int:
        """Write stories in their order; return the number of rows they made."""

    def close(self) -> None:
        """Write what is left; the stream stays open."""


def open_writer(name: Name, stream: BinaryIO, world: World) -> Writer:
    """Return the writer of a format on a stream of bytes."""
    if name == "plover":
        return LineWriter(stream)
    if name == "parquet":
        return NestedWriter(stream, world)
    return TableWriter(stream, layout(name), rows_of(name), world, comma=name == "csv")


def rows_of(name: Name) -> Callable[[Story, World], Iterator[Row]]:
    """Return the function that makes a story's rows in a tabular format."""
    found: dict[str, Callable[[Story, World], Iterator[Row]]] = {
        "polecat": polecat.rows,
        "icews": icews.rows,
        "gdelt": gdelt.event_rows,
        "gdelt-mentions": gdelt.mention_rows,
        "phoenix": phoenix.rows,
        "csv": flat.rows,
    }
    return found[name]


class LineWriter:
    """PLOVER: the events as the program's own JSON lines; ``reviewed`` where somebody did."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write to a stream."""
        self._stream = stream

    def write(self, batch: Sequence[Story]) -> int:
        """Write a line an event."""
        self._stream.writelines(line(story.event, story.reviewed) + b"\n" for story in batch)
        return len(batch)

    def close(self) -> None:
        """Do nothing: every line is written."""


def line(event: Event, reviewed: tuple[str, ...] = ()) -> bytes:
    """Return an event as ``to_json`` writes it; halves of surrogate pairs become question marks.

    Args:
        event: the event.
        reviewed: what reviewers made of it: a field more, which readers of PLOVER pass over.
    """
    try:
        made = to_json(event)
    except UnicodeEncodeError:
        made = msgspec.json.encode(sound(msgspec.to_builtins(event)))
    if not reviewed:
        return made
    return made[:-1] + b',"reviewed":' + msgspec.json.encode(reviewed) + b"}"


class TableWriter:
    """Text with a row a line: tabs and no quotation marks, or commas by RFC 4180."""

    def __init__(
        self,
        stream: BinaryIO,
        form: Format,
        rows: Callable[[Story, World], Iterator[Row]],
        world: World,
        *,
        comma: bool,
    ) -> None:
        """Write the header, where the format has one."""
        self._stream, self._form, self._rows, self._world = stream, form, rows, world
        self._render = _commas if comma else _tabs
        if form.header:
            self._stream.write(self._render([[column.name for column in form.columns]]))

    def write(self, batch: Sequence[Story]) -> int:
        """Write the rows of some stories."""
        columns = self._form.columns
        made = [
            cells(row, columns, self._form)
            for story in batch
            for row in self._rows(story, self._world)
        ]
        self._stream.write(self._render(made))
        return len(made)

    def close(self) -> None:
        """Do nothing: every row is written."""


def _tabs(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows with tabs between cells; no cell holds a tab or an end of line."""
    return "".join("\t".join(row) + "\n" for row in rows).encode()


def _commas(rows: Sequence[Sequence[str]]) -> bytes:
    """Return rows as RFC 4180 has them."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


class NestedWriter:
    """Parquet, a row an event."""

    def __init__(self, stream: BinaryIO, world: World) -> None:
        """Begin the file."""
        self._world, self._waiting = world, list[dict[str, Any]]()
        self._writer = pq.ParquetWriter(stream, nested_schema(), compression="zstd")

    def write(self, batch: Sequence[Story]) -> int:
        """Keep the rows until a row group is full, then write it."""
        self._waiting += [nested_row(story, self._world) for story in batch]
        while len(self._waiting) >= ROW_GROUP:
            self._flush(ROW_GROUP)
        return len(batch)

    def _flush(self, number: int) -> None:
        """Write the first rows that wait."""
        ready, self._waiting = self._waiting[:number], self._waiting[number:]
        self._writer.write_table(nested_table(ready))

    def close(self) -> None:
        """Write the last row group and the file's end."""
        if self._waiting:
            self._flush(len(self._waiting))
        self._writer.close()
