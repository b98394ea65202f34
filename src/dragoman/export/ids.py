"""Whole numbers for events: the other formats' ids are integers of 31 bits, ours are hashes.

R reads ids as 32-bit integers, so no more than 31 bits can be used; among a million rows some
hundred numbers then meet by chance. Who comes first in the record (by date and id) keeps the
number; the other takes the next of its own series. Every row of the record takes its number
whether it is exported or not, so a filter changes no number, and two exports of one record agree.
"""

from __future__ import annotations

import hashlib
from array import array
from bisect import bisect_left
from itertools import count

BITS = 31
_LOW = 16
"""Bits that are kept within a drawer; the others choose the drawer."""


class Numbers:
    """Numbers that are taken; two bytes each, and some 4 MB at the start."""

    def __init__(self) -> None:
        """Begin with none taken."""
        self._drawers = [array("H") for _ in range(1 << (BITS - _LOW))]

    def number(self, key: str) -> int:
        """Return the number of a key, 1..2147483647, and take it.

        Call it once a key, in an order that does not change.
        """
        for turn in count():
            found = hashed(key if turn == 0 else f"{key}#{turn}")
            if found and self._take(found):
                return found
        raise AssertionError  # the series has no end

    def _take(self, number: int) -> bool:
        """Take a number; return whether it was free."""
        drawer, low = self._drawers[number >> _LOW], number & ((1 << _LOW) - 1)
        place = bisect_left(drawer, low)
        if place < len(drawer) and drawer[place] == low:
            return False
        drawer.insert(place, low)
        return True


def hashed(key: str) -> int:
    """Return a number of 31 bits made from a text, 0..2147483647."""
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") >> 1
