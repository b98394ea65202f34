"""The records of a web archive, one after the other, and the places where it is broken."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fastwarc.warc import WarcRecord

MAX_RECORD = 10_000_000
"""Bytes of the largest record that is read: a web page of news has hundreds of thousands."""
MAX_BROKEN = 100
"""Broken places of one file after which its rest is not read: it is no archive."""
STARTS = re.compile(
    rb"WARC/1\.|\x1f\x8b\x08|\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18|\x04\x22\x4d\x18"
)
"""What a record begins with: its version, or gzip, Zstandard (its dictionary) or LZ4 around it."""
_STEP = 1 << 20
"""Bytes searched at a time for the next record."""
_GZIP = 16 + zlib.MAX_WBITS
"""How zlib is asked for gzip."""


class Record(NamedTuple):
    """One record of a file, read from it."""

    offset: int
    """Byte of the file at which it, or the compressed block that holds it, begins."""
    headers: dict[str, str]
    """Its headers, names in lower case."""
    content: bytes
    """What stands in it; empty when it was passed over."""
    size: int
    """Bytes it says it has; -1 when it does not."""
    whole: bool
    """Whether all of it could be read."""

    @property
    def wanted(self) -> bool:
        """Whether it may hold a web page."""
        return self.headers.get("warc-type", "").lower() == "response" and self.url is not None

    @property
    def url(self) -> str | None:
        """The address that was asked for, ``None`` where it is none of the web."""
        url = self.headers.get("warc-target-uri", "").strip().strip("<>")
        return url if url.lower().startswith(("http://", "https://")) else None

    @property
    def torn(self) -> bool:
        """Whether nobody can tell where it ends, so that the next one must be looked for."""
        return self.size < 0 or not self.whole

    @property
    def fault(self) -> str | None:
        """Why it cannot be read, ``None`` when it can."""
        if self.size < 0:
            return "a record without a length"
        if not self.whole:
            return f"a record that breaks off; {self.size:,} bytes expected"
        if self.wanted and self.size > MAX_RECORD:
            return f"a record of {self.size:,} bytes; expected at most {MAX_RECORD:,}"
        return None


class Broken(NamedTuple):
    """A place at which no record could be read."""

    offset: int
    """Byte of the last record before it."""
    reason: str
    """What was found."""


def walk(stream: BinaryIO) -> Iterator[Record | Broken]:
    """Yield every record of a file, and every place at which there is none where one should be.

    After a fault the next beginning of a record is looked for. What only looks like one fails
    again, which is not told twice.
    """
    at, told = 0, False
    for _ in range(MAX_BROKEN):
        try:
            for record in _records(stream):
                at = record.offset
                if not (told and record.torn):
                    yield record
                told = record.torn
                if told:
                    break
            else:
                if not _is_torn(stream, at):
                    return
                if not told:
                    yield Broken(at, "the file breaks off")
                told = True
        except (OSError, ValueError, OverflowError) as error:
            if not told:
                yield Broken(at, f"no record ({error})")
            told = True
        start = _next_start(stream, at + 1)
        if start is None:
            return
        at = start
        stream.seek(start)
    yield Broken(at, f"over {MAX_BROKEN} broken places; the rest of the file is not read")


def _records(stream: BinaryIO) -> Iterator[Record]:
    """Yield the records from where a stream stands to the first that cannot be read."""
    from fastwarc.warc import ArchiveIterator  # noqa: PLC0415 - needed for this format only

    for record in ArchiveIterator(stream, parse_http=False):
        yield _taken(record)


def _taken(record: WarcRecord) -> Record:
    """Return a record with its content, if it may be wanted."""
    headers = {name.lower(): value for name, value in record.headers.items()}
    length = headers.get("content-length", "")
    # Nineteen digits are the most that FastWARC's numbers hold.
    size = int(length) if re.fullmatch("[0-9]{1,18}", length) else -1
    taken = Record(record.stream_pos, headers, b"", size, whole=True)
    if size < 0:
        return taken
    if taken.wanted and size <= MAX_RECORD:
        content = record.reader.read(size)
        return taken._replace(content=content, whole=len(content) == size)
    return taken._replace(whole=record.consume() == size)


def _next_start(stream: BinaryIO, begin: int) -> int | None:
    """Return the next byte from ``begin`` on at which a record may begin."""
    stream.seek(begin)
    position, held = begin, b""
    while block := stream.read(_STEP):
        held += block
        match = STARTS.search(held)
        if match:
            return position + match.start()
        kept = held[-6:]  # the beginning of a mark that goes on in the next block
        position += len(held) - len(kept)
        held = kept
    return None


def _is_torn(stream: BinaryIO, begin: int) -> bool:
    """Return whether gzip that begins at a byte breaks off, which FastWARC passes over."""
    stream.seek(begin)
    member = zlib.decompressobj(_GZIP)
    rest = stream.read(_STEP)
    if not rest.startswith(b"\x1f\x8b"):
        return False
    try:
        while rest := rest or stream.read(_STEP):
            member.decompress(rest, _STEP)
            rest = member.unconsumed_tail
            if member.eof:
                rest = member.unused_data or stream.read(_STEP)
                if not rest or rest[:2] not in {b"\x1f\x8b", b"\x1f"}:
                    return False
                member = zlib.decompressobj(_GZIP)
        member.flush()
    except zlib.error:
        return True
    return not member.eof
