"""How alike two texts are, and which of many are worth comparing.

A text is the set of its runs of ``RUN`` words. Two texts are alike as the share of runs they
have in common (Jaccard). MinHash, from datasketch, finds the pairs that may be alike without
comparing every text with every other.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasketch import MinHash

RUN = 5
"""Words of a run."""
FEWEST = 20
"""Runs of the shortest text that is compared: headlines are alike without being copies."""
MOST = 100_000
"""Words from the beginning that are compared: a book is told from another by fewer."""
ALIKE = 0.8
"""Share of common runs from which on the later text is a duplicate of the earlier one."""
BANDS = 25
ROWS = 5
"""A text has ``BANDS`` times ``ROWS`` hashes, and texts that agree in all rows of a band are
compared. Of pairs that share 0.8 of their runs one in 20,000 is missed, of those that share 0.3
a twentieth is compared for nothing."""
SEED = 1
MAKER = f"datasketch affine32 {RUN} {BANDS} {ROWS} {SEED}"
"""What made a signature; those of another maker are made anew."""
_WORD = re.compile(r"\w+")
_STEP = 1_000
"""Runs that are hashed at a time."""


def runs(text: str) -> set[str]:
    """Return the runs of words in a text, without case and punctuation, at most ``MOST`` words."""
    found = itertools.islice(_WORD.finditer(text), MOST)
    words = [match[0].casefold() for match in found]
    return {" ".join(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def jaccard(one: set[str], other: set[str]) -> float:
    """Return the share of runs that two texts have in common, 0 to 1."""
    common = len(one & other)
    return common / max(1, len(one) + len(other) - common)


def bands(text: str) -> list[int]:
    """Return the hashes by which a text meets those it may be alike with; none for short texts.

    They depend on the text alone. A hash is of 64 bits.
    """
    found = runs(text)
    if len(found) < FEWEST:
        return []
    sketch = _empty().copy()
    for some in _batched(found):
        sketch.update_batch(some)
    values = sketch.hashvalues.astype("<u4")
    return [_hash(number, values[number * ROWS :][:ROWS].tobytes()) for number in range(BANDS)]


@cache
def _empty() -> MinHash:
    """Return a sketch of nothing, whose permutations every text's sketch shares."""
    from datasketch import MinHash  # noqa: PLC0415 - slow to import

    return MinHash(num_perm=BANDS * ROWS, seed=SEED, hashfunc=zlib.crc32, scheme="affine32")


def _batched(found: set[str]) -> Iterator[list[bytes]]:
    """Yield runs as bytes, some at a time."""
    left = (run.encode("utf-8", "surrogatepass") for run in found)
    while some := list(itertools.islice(left, _STEP)):
        yield some


def _hash(number: int, rows: bytes) -> int:
    """Return the hash of one band's rows."""
    data = number.to_bytes(2, "little") + rows
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little")
