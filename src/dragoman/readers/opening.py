"""Files opened by their names, through what they are packed with; torn ones are told."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BROKEN = (OSError, EOFError, zlib.error, lzma.LZMAError)
"""What reading a file raises when it is torn, damaged or not what its name says."""
PROBE = 65_536
"""Bytes read to see whether a file is what its name says."""


def _gzip(raw: BinaryIO) -> BinaryIO:
    """Read gzip, one member after the other."""
    return cast("BinaryIO", gzip.GzipFile(fileobj=raw, mode="rb"))


def _bzip2(raw: BinaryIO) -> BinaryIO:
    """Read bzip2, one stream after the other."""
    return cast("BinaryIO", bz2.BZ2File(raw))


def _xz(raw: BinaryIO) -> BinaryIO:
    """Read xz, one stream after the other."""
    return cast("BinaryIO", lzma.LZMAFile(raw))


def _arrow(codec: str, raw: BinaryIO) -> BinaryIO:
    """Read Zstandard or LZ4, one frame after the other.

    Arrow's decoder tells a torn file, which not every other does. It refuses windows over
    128 MB, as the program ``zstd`` does: memory stays flat.
    """
    import pyarrow as pa  # noqa: PLC0415 - slow to import, needed for these formats only

    inner = pa.CompressedInputStream(pa.PythonFile(raw, "rb"), codec)
    return cast("BinaryIO", io.BufferedReader(cast("io.RawIOBase", _Raw(inner))))


class _Raw(io.RawIOBase):
    """Arrow's stream as Python's buffers want it."""

    def __init__(self, inner: BinaryIO) -> None:
        """Read from a stream that has ``read`` alone."""
        super().__init__()
        self._inner = inner

    def readable(self) -> bool:
        """Return true."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read into a buffer and return how many bytes there were."""
        data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


PACKED: dict[str, Callable[[BinaryIO], BinaryIO]] = {
    ".gz": _gzip,
    ".bz2": _bzip2,
    ".xz": _xz,
    ".zst": partial(_arrow, "zstd"),
    ".lz4": partial(_arrow, "lz4"),
}
"""What opens each ending that may follow a file's own."""


class Kind(NamedTuple):
    """What a file's name says it is."""

    ending: str
    """Its own ending, in lower case, as ``.jsonl``."""
    packing: str = ""
    """The ending of ``PACKED`` behind it, empty when there is none."""


def kind_of(path: Path) -> Kind:
    """Return what a file's name says it is."""
    ending = path.suffix.lower()
    if ending not in PACKED:
        return Kind(ending)
    # A name such as archive.gz has no ending of its own.
    return Kind(path.with_suffix("").suffix.lower(), ending)


def unpacked(raw: BinaryIO, kind: Kind) -> BinaryIO:
    """Return a stream of an open file's contents; ``raw`` still tells how far it was read."""
    return PACKED[kind.packing](raw) if kind.packing else raw
