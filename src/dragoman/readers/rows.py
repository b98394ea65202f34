"""Rows: JSON lines, JSON, CSV, TSV and Parquet; one row, one report."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import msgspec

from dragoman.readers.shape import (
    MAX_CHARACTERS,
    Defaults,
    Place,
    Reject,
    choose_columns,
    known_names,
    shape,
)
from dragoman.readers.text import decode
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MAX_LINE = 12 * MAX_CHARACTERS
"""Bytes of the longest line of JSON lines that is read; a code point takes 12 at most."""
_HEADER = 1_000_000
"""Characters of the longest header of a table."""
MAX_JSON = 500_000_000
"""Bytes of the largest JSON file that is read: all of it is held in memory."""
_BATCH = 64
"""Rows of a Parquet file in memory at a time."""
_AHEAD = 1 << 20
"""Bytes of a column of a Parquet file that are read ahead; else Arrow takes whole row groups."""

Rows = Iterator[Report | Reject]


def read_jsonl(stream: BinaryIO, place: Place, defaults: Defaults) -> Rows:
    """Yield one report or reject a line; blank lines are passed over.

    A line over ``MAX_LINE`` bytes is rejected without being held in memory.
    """
    number = 0
    while line := stream.readline(MAX_LINE):
        number += 1
        at = place.at(number)
        if len(line) >= MAX_LINE and not line.endswith(b"\n"):
            _skip_line(stream)
            yield at.reject(f"line over {MAX_LINE:,} bytes; expected a shorter report")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _json_line(line, at, defaults)


def _skip_line(stream: BinaryIO) -> None:
    """Read on to the end of an overlong line."""
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _json_line(line: bytes, place: Place, defaults: Defaults) -> Report | Reject:
    """Return what one line of JSON lines holds."""
    try:
        row = msgspec.json.decode(line.removeprefix(codecs.BOM_UTF8))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return place.reject(f"no JSON: {error}; expected one object a line")
    return _shape_object(row, place, defaults)


def _shape_object(row: Any, place: Place, defaults: Defaults) -> Report | Reject:
    """Shape a JSON value, which must be an object."""
    if not isinstance(row, dict):
        return place.reject(f"a JSON {type(row).__name__}; expected an object with a text")
    return shape(row, place, defaults)


def read_json(stream: BinaryIO, place: Place, defaults: Defaults) -> Rows:
    """Yield the reports of a JSON file: a list, one object, or an object that wraps a list.

    The whole file is held in memory; JSON lines is the format for large corpora.
    """
    whole = stream.read(MAX_JSON + 1)
    if len(whole) > MAX_JSON:
        yield place.reject(f"JSON over {MAX_JSON:,} bytes; make it JSON lines, which are streamed")
        return
    try:
        text = decode(whole)
        data = msgspec.json.decode((text or "").removeprefix("\ufeff"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        yield place.reject(f"no JSON: {error}; expected a list of objects")
        return
    for number, row in enumerate(_unwrap(data), start=1):
        yield _shape_object(row, place.at(number), defaults)


def _unwrap(data: Any) -> list[Any]:
    """Return the rows of a JSON document."""
    if isinstance(data, list):
        return data
    if isinstance(data, dict) and "text" not in choose_columns(data):
        lists = [value for value in data.values() if isinstance(value, list)]
        if len(lists) == 1:
            return lists[0]
    return [data]


def read_table(stream: BinaryIO, place: Place, defaults: Defaults) -> Rows:
    """Yield one report or reject a data row of a CSV or TSV file.

    The separator is whichever of comma, semicolon and tab gives a text column.
    Cells are never interpreted: a formula is text. Bytes that are not UTF-8 are
    read as ``decode`` reads them, row by row.
    """
    text = _characters(stream)
    header, separator = _header(text)
    # The limit belongs to the csv module and can only be set for the process.
    csv.field_size_limit(max(csv.field_size_limit(), 2 * MAX_CHARACTERS))
    rows = csv.reader(text, delimiter=separator)
    number = 0
    while True:
        number += 1
        at = place.at(number)
        try:
            cells = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield at.reject(f"row cannot be read: {error}; is a quotation mark left open?")
            continue
        if any(cells):
            yield _table_row(header, cells, at, defaults)


def _table_row(
    header: list[str], cells: list[str], place: Place, defaults: Defaults
) -> Report | Reject:
    """Return what one row of a table holds."""
    if len(cells) != len(header):
        return place.reject(
            f"{len(cells)} cells; the header has {len(header)}; is a quotation mark missing?"
        )
    row = dict(zip(header, map(_mend, cells), strict=True))
    return shape({name: cell or None for name, cell in row.items()}, place, defaults)


def _mend(cell: str) -> str:
    """Return a cell with bytes that are not UTF-8 read by the fallback of ``decode``."""
    with suppress(UnicodeEncodeError):
        cell.encode()
        return cell
    return decode(cell.encode("utf-8", "surrogateescape")) or ""


def _characters(stream: BinaryIO) -> io.TextIOWrapper:
    """Return a table's characters, newlines untouched; UTF-16 needs its byte order mark."""
    buffered = io.BufferedReader(cast("io.RawIOBase", stream))
    if buffered.peek(2)[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return io.TextIOWrapper(buffered, "utf-16", "replace", newline="")
    return io.TextIOWrapper(buffered, "utf-8-sig", "surrogateescape", newline="")


def _header(text: io.TextIOWrapper) -> tuple[list[str], str]:
    """Return a table's column names and the separator between them."""
    line = text.readline(_HEADER)
    splits = {sep: next(csv.reader([line], delimiter=sep), []) for sep in ",;\t"}
    for separator, names in splits.items():
        if "text" in choose_columns(names):
            return names, separator
    return splits[","], ","


def table_fault(stream: BinaryIO) -> str | None:
    """Return why a CSV or TSV file cannot be read at all, or ``None``."""
    return _column_fault(_header(_characters(stream))[0])


def _column_fault(names: list[str]) -> str | None:
    """Return a message when no column can hold the text."""
    if "text" in choose_columns(names):
        return None
    found = ", ".join(names)[:200] or "none"
    return f"no text column; found {found}; name one of {known_names('text')}"


def read_parquet(
    path: Path, place: Place, defaults: Defaults, at_share: Callable[[float], None]
) -> Rows:
    """Yield one report or reject a row of a Parquet file, ``_BATCH`` rows at a time.

    Args:
        path: the file.
        place: how it is named.
        defaults: what to take where a row is silent.
        at_share: is told which share of the rows has been read.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow to import, needed for this format only
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=_AHEAD) as file:
            columns = list(choose_columns(list(file.schema_arrow.names)).values())
            batches = file.iter_batches(batch_size=_BATCH, columns=columns)
            rows = (row for batch in batches for row in batch.to_pylist())
            for number, row in enumerate(rows, start=1):
                at_share(number / file.metadata.num_rows)
                yield shape(row, place.at(number), defaults)
    except pa.ArrowException as error:
        raise OSError(str(error)) from error  # what callers know a broken file by


def parquet_fault(path: Path) -> str | None:
    """Return why a Parquet file cannot be read at all, or ``None``."""
    import pyarrow as pa  # noqa: PLC0415 - slow to import, needed for this format only
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as file:
            return _column_fault(list(file.schema_arrow.names))
    except (pa.ArrowException, OSError) as error:
        return f"no Parquet file ({error})"
