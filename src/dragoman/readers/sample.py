"""A sample of the reports, chosen by their ids: the same one in whatever order they come."""

from __future__ import annotations

import hashlib
import heapq
import re
from fractions import Fraction
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import InputError
from dragoman.readers.shape import Reject

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.record import Report

_PRINTED = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,6})?)\s*%|([0-9]{1,9})")
_ALL = 1 << 64


class Sample(msgspec.Struct, frozen=True):
    """Which reports to take."""

    printed: str
    """As the user gave it."""
    number: int | None = None
    """So many reports."""
    share: float = 1.0
    """Reports of every one, 0 to 1, where no number is given."""

    def may_have(self, name: str) -> bool:
        """Return whether a report with this id can be in the sample."""
        return self.number is not None or rank(name) < self.share * _ALL


def read_sample(printed: str) -> Sample:
    """Return the sample that is asked for: ``500`` reports, or ``5%`` of them.

    Raises:
        InputError: it is neither, is nothing, or is more than all.
    """
    match = _PRINTED.fullmatch(printed.strip())
    share = Fraction(match[1]) / 100 if match and match[1] else Fraction(0)
    number = int(match[2]) if match and match[2] else None
    if not number and not 0 < share <= 1:
        raise InputError(
            f"sample {printed[:40]!r}; expected a number of reports as 500, or a share of them as"
            " 5% (over 0, at most 100)"
        )
    return Sample(printed.strip(), number, float(share) if number is None else 1.0)


def rank(name: str) -> int:
    """Return an id's place in a shuffled order of all ids, below 2 to the power of 64."""
    data = b"sample\0" + name.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")


def chosen(items: Iterable[Report | Reject], sample: Sample | None) -> Iterator[Report | Reject]:
    """Yield the reports of a sample, in their order, and every reject.

    A share is chosen as the reports come. For a number, everything is read before the first
    report comes out, and so many reports are held in memory.
    """
    if sample is None:
        yield from items
    elif sample.number is not None:
        yield from _first_by_rank(items, sample.number)
    else:
        for item in items:
            if isinstance(item, Reject) or sample.may_have(item.id):
                yield item


def _first_by_rank(items: Iterable[Report | Reject], number: int) -> Iterator[Report | Reject]:
    """Yield the rejects, then the reports whose ids come first in the shuffled order."""
    held: list[tuple[int, int, Report]] = []
    for place, item in enumerate(items):
        if isinstance(item, Reject):
            yield item
            continue
        # The last of those held is the first of the heap; places tell equal ranks apart.
        entry = (-rank(item.id), place, item)
        if len(held) < number:
            heapq.heappush(held, entry)
        elif entry[0] > held[0][0]:
            heapq.heapreplace(held, entry)
    yield from (item for _, _, item in sorted(held, key=lambda entry: entry[1]))
