"""Plain text: one file, one report. Also how bytes become characters."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO

from dragoman.readers.shape import MAX_CHARACTERS, Defaults, Place, Reject, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Report

MAX_BYTES = 4 * (MAX_CHARACTERS + 1)
"""Bytes of the largest file that is read: four a code point, and a byte order mark."""


def read_text(stream: BinaryIO, place: Place, defaults: Defaults) -> Iterator[Report | Reject]:
    """Yield the one report of a text file; newlines are kept as they stand.

    Bytes are UTF-8, or UTF-16 with a byte order mark, else what
    ``decode`` falls back to. A byte order mark is no part of the text.
    """
    at = place.at(1)
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield at.reject(f"file over {MAX_BYTES:,} bytes; expected at most that for one report")
        return
    text = decode(data)
    if text is None:
        yield at.reject("binary bytes (NUL) in a text file; expected text, UTF-8 at best")
        return
    yield shape({"text": text}, at, defaults)


def decode(data: bytes) -> str | None:
    """Return bytes as text, or ``None`` when they are binary.

    UTF-8 first, then Windows-1252, in which the five undefined bytes become U+FFFD.
    Reports are in English, where no other old encoding is as likely; detectors that
    guess among all encodings take "Peña" for Central European.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data)
    if b"\0" in data:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _utf16(data: bytes) -> str | None:
    """Return UTF-16 text, ``None`` when it is not."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text
