"""What the user names, a file, folder, glob or ``-``, opened by its name and read lazily."""

from __future__ import annotations

import glob
import hashlib
import io
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from dragoman.errors import InputError
from dragoman.readers import feeds, html, rows, text, warc
from dragoman.readers.meter import Meter
from dragoman.readers.opening import BROKEN, PACKED, PROBE, kind_of, unpacked
from dragoman.readers.sample import Sample, chosen
from dragoman.readers.shape import Defaults, Place, Reject
from dragoman.readers.shards import Shards
from dragoman.readers.stored import files_at, is_address
from dragoman.record import Report

StreamReader = Callable[[BinaryIO, Place, Defaults], Iterator[Report | Reject]]

STREAMED: dict[str, StreamReader] = {
    ".txt": text.read_text,
    ".md": text.read_text,
    ".jsonl": rows.read_jsonl,
    ".json": rows.read_json,
    ".csv": rows.read_table,
    ".tsv": rows.read_table,
    ".html": html.read_html,
    ".htm": html.read_html,
    ".xml": feeds.read_feed,
    ".rss": feeds.read_feed,
    ".atom": feeds.read_feed,
    ".warc": warc.read_warc,
}
"""The reader of each name ending; ``.parquet`` is read by path."""
_OWN_PACKING = frozenset((".gz", ".zst", ".lz4"))
"""Packings of web archives that FastWARC opens itself, record by record."""
_TABLES = frozenset((".csv", ".tsv"))
_TEXTUAL_ROWS = frozenset((".jsonl", ".json", ".csv", ".tsv"))


class Source(NamedTuple):
    """One file to read."""

    path: Path
    """Where it lies; ``-`` for standard input."""
    label: str
    """What made ids begin with; unique within the run."""
    explicit: bool
    """Whether the user named this very file, so that a fault in it ends the run."""


def read(
    inputs: Sequence[str],
    defaults: Defaults | None = None,
    sample: Sample | None = None,
    meter: Meter | None = None,
    shards: Shards | None = None,
) -> Iterator[Report | Reject]:
    """Read reports from what the user named, in that order and lazily.

    Args:
        inputs: files, folders (searched through, sorted), globs, or ``-``.
        defaults: what to take for reports that are silent on it.
        sample: which of the reports to take; all of them when ``None``.
        meter: is told how much there is to read and how far it has been read.
        shards: knows which files need not be read, and is told which are.

    Returns:
        An iterator of reports, and of rejects where something is no report. An id
        that was used before in the run is a reject: ids must be unique.

    Raises:
        InputError: at once, before anything is read: a file is missing, has an
            unknown ending, cannot be opened or is not what its name says.
    """
    sources = _expand(inputs)
    for source in sources:
        fault = _fault(source) if source.explicit else None
        if fault:
            raise InputError(f"{source.path}: {fault}")
    meter, shards = meter or Meter(), shards or Shards()
    meter.total = _size(sources)
    shards.sources = [(source.path, source.label) for source in sources]
    return chosen(_read_all(sources, defaults or Defaults(), sample, meter, shards), sample)


def known_endings() -> str:
    """Return the name endings that can be read, for messages and help."""
    return f"{' '.join((*STREAMED, '.parquet'))}, all but the last also with {' '.join(PACKED)}"


def _size(sources: Sequence[Source]) -> int | None:
    """Return the bytes of all files, ``None`` where standard input is among them."""
    if any(source.path.name == "-" for source in sources):
        return None
    return sum(s.path.stat().st_size for s in sources if s.path.exists())


def _expand(inputs: Sequence[str]) -> list[Source]:
    """Return every file the inputs name, each once, with labels that differ."""
    found = {
        _identity(source): source
        # Reversed, so that the first naming of a file is the one that stays.
        for source in reversed([s for name in inputs for s in _expand_one(name)])
    }
    sources = list(reversed(found.values()))
    counts = Counter(source.label for source in sources)
    return [s._replace(label=s.path.as_posix()) if counts[s.label] > 1 else s for s in sources]


def _identity(source: Source) -> str:
    """Return what tells one file from another."""
    return os.path.realpath(source.path) if source.path.name != "-" else "-"


def _expand_one(name: str) -> list[Source]:
    """Return the files one input names."""
    path = Path(name)
    if name == "-":
        return [Source(path, "stdin", explicit=True)]
    if is_address(name):
        return [Source(p, label, explicit=str(p) == name) for p, label in files_at(name)]
    if path.is_dir():
        return _folder(path)
    if glob.has_magic(name) and not path.exists():
        return _glob(name)
    return [Source(path, path.name, explicit=True)]


def _folder(folder: Path) -> list[Source]:
    """Return the files of a folder and its folders, sorted, hidden ones left out."""
    paths = sorted(
        Path(where, file)
        for where, folders, names in os.walk(folder)
        # Names in place of the list are what os.walk goes on with.
        for folders[:] in [[f for f in folders if not f.startswith(".")]]
        for file in names
        if not file.startswith(".")
    )
    if not paths:
        raise InputError(f"{folder}: the folder holds no files; name one with {known_endings()}")
    return [Source(p, p.relative_to(folder).as_posix(), explicit=False) for p in paths]


def _glob(pattern: str) -> list[Source]:
    """Return the files a glob matches, sorted."""
    # Path.glob takes no absolute patterns.
    names = glob.glob(pattern, recursive=True)  # noqa: PTH207
    paths = sorted(path for path in map(Path, names) if path.is_file())
    if not paths:
        raise InputError(f"{pattern}: no file matches; check the pattern and the folder")
    return [Source(p, p.name, explicit=False) for p in paths]


def _fault(source: Source) -> str | None:
    """Return why a file cannot be read at all and what to do, or ``None``."""
    if source.path.name == "-":
        return None
    if not source.path.exists():
        return "no such file; check the name, or give - to read standard input"
    ending, packing = kind_of(source.path)
    if ending not in STREAMED and (ending, packing) != (".parquet", ""):
        shown = repr(ending + packing) if ending + packing else "no ending"
        return f"unknown kind of file ({shown}); rename or convert it to one of {known_endings()}"
    try:
        return _content_fault(source.path, ending)
    except BROKEN as error:
        reason = getattr(error, "strerror", None) or error
        return f"cannot be read ({reason}); check its permissions and that it is whole"


def _content_fault(path: Path, ending: str) -> str | None:
    """Return what is wrong with the beginning of a file, or ``None``."""
    if ending == ".parquet":
        return rows.parquet_fault(path)
    with path.open("rb") as raw, _unpacked(raw, path) as stream:
        head = stream.read(PROBE)
    if ending == ".warc":
        return warc.warc_fault(head)
    marked = head.startswith((b"\xff\xfe", b"\xfe\xff")) and ending in _TABLES
    if ending in _TEXTUAL_ROWS and b"\0" in head and not marked:
        return f"binary bytes (NUL); expected {ending[1:]} text; convert it to UTF-8"
    if ending in _TABLES:
        return rows.table_fault(io.BytesIO(head))
    return None


def _read_all(
    sources: Sequence[Source],
    defaults: Defaults,
    sample: Sample | None,
    meter: Meter,
    shards: Shards,
) -> Iterator[Report | Reject]:
    """Read one file after the other; a fault in a folder's file is a reject.

    Ids used so far are kept as 64-bit digests, about 100 bytes of memory a report.
    """
    seen: set[int] = set()
    for source in sources:
        if not shards.begins(source.path, source.label):
            meter.passed(source.path)
            continue
        fault = None if source.explicit else _fault(source)
        where = "standard input" if source.path.name == "-" else str(source.path)
        place = Place(source.label, where)
        if fault:
            meter.passed(source.path)
            shards.fails()
            yield place.reject(fault)
            shards.ends()
            continue
        for item in _read_one(source, place, defaults, sample, meter, shards.fails):
            yield (
                item
                if isinstance(item, Reject) or _first(item.id, seen)
                else place.reject(
                    f"id {item.id!r} was used before; expected a different id for every report"
                )
            )
        shards.ends()


def _first(name: str, seen: set[int]) -> bool:
    """Note an id and return whether it was new."""
    key = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big")
    known = key in seen
    seen.add(key)
    return not known


def _read_one(  # noqa: PLR0913, PLR0917 - what reading a file takes
    source: Source,
    place: Place,
    defaults: Defaults,
    sample: Sample | None,
    meter: Meter,
    fails: Callable[[], None],
) -> Iterator[Report | Reject]:
    """Read one file; where it breaks off, what was read stands and a reject says so."""
    try:
        if source.path.name == "-":
            yield from _read_stdin(place, defaults)
        else:
            yield from _read_file(source.path, place, defaults, sample, meter)
    except BROKEN as error:
        fails()
        yield place.reject(f"the file breaks off ({error}); what stood before it was read")


def _read_file(
    path: Path, place: Place, defaults: Defaults, sample: Sample | None, meter: Meter
) -> Iterator[Report | Reject]:
    """Read one file by what its name says, telling how far it has been read."""
    kind = kind_of(path)
    with path.open("rb") as raw, meter.reading(path, raw) as told:
        if kind.ending == ".parquet":
            yield from rows.read_parquet(path, place, defaults, told.at_share)
            return
        with _unpacked(raw, path) as stream:
            if kind.ending == ".warc":
                wanted = sample.may_have if sample else None
                yield from warc.read_warc(stream, place, defaults, wanted)
            else:
                yield from STREAMED[kind.ending](stream, place, defaults)


def _unpacked(raw: BinaryIO, path: Path) -> BinaryIO:
    """Return a stream of a file's contents; web archives of most packings as they are."""
    kind = kind_of(path)
    own = kind.ending == ".warc" and kind.packing in _OWN_PACKING
    return raw if own else unpacked(raw, kind)


def _read_stdin(place: Place, defaults: Defaults) -> Iterator[Report | Reject]:
    """Read standard input: JSON lines when it begins with ``{``, else one plain text."""
    stream = io.BufferedReader(cast("io.RawIOBase", sys.stdin.buffer))
    try:
        blank = b""
        while (first := stream.peek(1)[:1]) and first in b" \t\r\n\xef\xbb\xbf":
            blank += stream.read(1)
        if first == b"{":
            yield from rows.read_jsonl(stream, place, defaults)
        else:
            # White space before the first word is part of the text: offsets count it.
            whole = io.BytesIO(blank + stream.read(text.MAX_BYTES + 1))
            yield from text.read_text(whole, place, defaults)
    finally:
        stream.detach()  # else the wrapper closes the process's standard input
