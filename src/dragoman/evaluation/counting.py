"""Counting: right, wrong and missed, as shares with their 95% intervals.

Intervals are bootstrap intervals over units (sentences or reports), so that one unit is never
split: percentiles 2.5 and 97.5 of 1,000 resamples with a fixed seed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

RESAMPLES = 1000
SEED = 16
PERCENTILES = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Share:
    """A share with its 95% interval, 0..1; ``None`` when its base is empty."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class FieldScore:
    """How well one field was read."""

    precision: Share
    recall: Share
    f1: Share
    gold: int
    """Values in the gold."""
    coded: int
    """Values coded."""


@dataclass(frozen=True, slots=True)
class Count:
    """Right, wrongly coded and missed values of one field in one unit."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        """Add up two counts."""
        return Count(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


def weights(size: int) -> NDArray[np.int64]:
    """Return how often each unit stands in each resample."""
    generator = np.random.default_rng(SEED)
    return generator.multinomial(size, np.full(size, 1 / size), size=RESAMPLES)


def share(pairs: Sequence[tuple[float, float]], drawn: NDArray[np.int64]) -> Share:
    """Return hits by base with its interval, from one pair for each unit."""
    table = np.array(pairs, dtype=float)
    hits, base = table.sum(axis=0)
    if not base:
        return Share(None, None, None)
    sums = drawn @ table
    shares = sums[:, 0][sums[:, 1] > 0] / sums[:, 1][sums[:, 1] > 0]
    low, high = np.percentile(shares, PERCENTILES)
    return Share(float(hits / base), float(low), float(high))


def field(counts: Sequence[Count | None], drawn: NDArray[np.int64]) -> FieldScore | None:
    """Return precision, recall and F1 of a field; ``None`` when no unit has it."""
    if not any(count is not None for count in counts):
        return None
    rows = [count or Count() for count in counts]
    return FieldScore(
        precision=share([(row.right, row.right + row.wrong) for row in rows], drawn),
        recall=share([(row.right, row.right + row.missed) for row in rows], drawn),
        f1=share([(2 * row.right, 2 * row.right + row.wrong + row.missed) for row in rows], drawn),
        gold=sum(row.right + row.missed for row in rows),
        coded=sum(row.right + row.wrong for row in rows),
    )
