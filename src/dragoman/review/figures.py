"""Precision as judged so far, by type, and how far reviewers agree.

Precision counts mentions that were drawn, not those that somebody picked, and none on which
reviewers disagree as long as nobody has settled it. Its interval is Wilson's, at 95%: it is honest
for few judgements, also when all of them are right. Agreement counts what each reviewer said
alone, without what was settled in sight of the others.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.review.fold import Held, Says
    from dragoman.review.found import Found

Z = 1.959963984540054
"""Standard deviations of a 95% interval."""
ALL = "all"
"""Name of the figure over every type."""


@dataclass(frozen=True)
class Rate:
    """A share of judged mentions with its 95% interval; no value when none was judged."""

    hits: int
    of: int

    @property
    def value(self) -> float | None:
        """The share, 0..1."""
        return self.hits / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval."""
        if not self.of:
            return None
        share, n = self.hits / self.of, self.of
        middle = share + Z * Z / (2 * n)
        reach = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        low, high = (middle - reach) / whole, (middle + reach) / whole
        return max(0.0, low), min(1.0, high)


@dataclass(frozen=True)
class Precision:
    """What was judged of one type, or of all."""

    type: str
    """As it was coded; ``all``."""
    right: Rate
    """There is such an event, of this type."""
    whole: Rate
    """Every field of it is right."""


@dataclass(frozen=True)
class Agreement:
    """How far two or more reviewers agree on the mentions that both have judged."""

    mentions: int
    """Judged by two or more."""
    share: Rate
    """Pairs of verdicts that say the same of whether there is such an event."""
    alpha: float | None
    """Krippendorff's alpha of the same; ``None`` where it has no value."""
    whole: Rate
    """Pairs of verdicts that say the same field for field."""


def precision(found: Found) -> list[Precision]:
    """Return precision over all types, and by type in the order of names.

    Types count every drawn mention; ``all`` counts those drawn from the whole record.
    """
    counted = [
        (held.about.saw["event"], held)
        for name, held in found.held.items()
        if held.drawn and held.says is not None and name not in found.changed
    ]
    types = sorted({kind for kind, _ in counted})
    rows = [_precision(ALL, [held for _, held in counted if held.drawn == "all"])]
    return rows + [_precision(t, [held for kind, held in counted if kind == t]) for t in types]


def _precision(name: str, some: Sequence[Held]) -> Precision:
    """Return the figures of some mentions."""
    says = [held.says for held in some if held.says is not None]
    right = sum(each.right for each in says)
    whole = sum(each.label == "accepted" for each in says)
    return Precision(name, Rate(right, len(says)), Rate(whole, len(says)))


def agreement(many: Iterable[Held]) -> Agreement:
    """Return how far reviewers agree.

    Args:
        many: what holds for each judged mention.
    """
    units = [held.opinions for held in many if len(held.opinions) > 1]
    return Agreement(
        mentions=len(units),
        share=_pairs(units, lambda a, b: a.right == b.right),
        alpha=alpha([[each.right for each in unit] for unit in units]),
        whole=_pairs(units, lambda a, b: a.agrees(b)),
    )


def _pairs(units: Iterable[Sequence[Says]], same: Callable[[Says, Says], bool]) -> Rate:
    """Return how many pairs of verdicts on one mention are the same."""
    found = [same(a, b) for unit in units for a, b in combinations(unit, 2)]
    return Rate(sum(found), len(found))


def alpha(units: Sequence[Sequence[object]]) -> float | None:
    """Return Krippendorff's alpha for values without an order.

    Args:
        units: of each unit, the values that its judges gave; any number of judges.

    Returns:
        1 for perfect agreement, 0 for chance; ``None`` when no unit has two judges, or all gave
        one value, so that chance says nothing.
    """
    paired = [unit for unit in units if len(unit) > 1]
    totals = Counter(value for unit in paired for value in unit)
    n = totals.total()
    expected = n * n - sum(count * count for count in totals.values())
    if n < 2 or not expected:
        return None
    observed = sum(_differing(unit) / (len(unit) - 1) for unit in paired)
    return 1 - (n - 1) * observed / expected


def _differing(unit: Sequence[object]) -> int:
    """Return how many ordered pairs of values differ."""
    counts = Counter(unit)
    return len(unit) ** 2 - sum(count * count for count in counts.values())
