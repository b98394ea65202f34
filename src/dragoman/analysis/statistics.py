"""What counts can tell: rates against rates, odd periods, lasting shifts.

Counts of events come in bursts and are set against the reports that were read, so:

- the rate of a past of ``x0`` events in ``e0`` reports predicts the count of ``e1`` reports as a
  negative binomial. Without bursts (dispersion 1) it is the exact prediction of a Poisson rate
  under Jeffreys' prior; its variance grows with the dispersion that the past itself shows;
- many looks give some chance findings: p-values of one table are corrected together
  (Benjamini and Hochberg);
- where even no event at all would be no surprise, nothing is claimed either way.

Lasting shifts are searched by ruptures (PELT) and kept only when the rates before and after
differ by the same test.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
import ruptures
from scipy import stats

if TYPE_CHECKING:
    from collections.abc import Sequence

Verdict = Literal["more", "fewer", "no clear change", "too few events to tell", "no reports read"]

FALSE_FINDINGS = 0.05
"""Share of findings of one table that may be chance."""
SHIFT_P = 0.005
"""p-value that both sides of a lasting shift must differ by; it was searched for, so it is low."""
FEWEST_EVENTS = 10
"""Events in two spans together below which they are not compared."""
FEWEST_EXPECTED = 3.0
"""Expected events below which finding none says nothing: exp(-3) is 5%."""
FEWEST_PERIODS = 8
"""Periods with reports below which the past shows neither its rate nor its bursts."""
SHORTEST = 4
"""Fewest periods on each side of a lasting shift."""


@dataclass(frozen=True)
class Counts:
    """A run of periods."""

    events: tuple[int, ...]
    """Events in each."""
    reports: tuple[int, ...]
    """Reports read in each."""

    @property
    def total(self) -> int:
        """Events in all periods in which something was read."""
        return sum(x for x, e in zip(self.events, self.reports, strict=True) if e)

    @property
    def read(self) -> int:
        """Reports read in all."""
        return sum(self.reports)

    @property
    def periods_read(self) -> int:
        """Periods in which something was read."""
        return sum(e > 0 for e in self.reports)

    def part(self, begin: int, end: int) -> Counts:
        """Return some of the periods."""
        return Counts(self.events[begin:end], self.reports[begin:end])

    def without(self, index: int) -> Counts:
        """Return all periods but one."""
        return Counts(
            self.events[:index] + self.events[index + 1 :],
            self.reports[:index] + self.reports[index + 1 :],
        )


@dataclass(frozen=True)
class Judgement:
    """What a count is against what the past leads one to expect."""

    expected: float | None
    """Events to be expected; ``None`` when nothing was read on one side."""
    p: float | None
    """Chance of a count as odd as this one; ``None`` when the counts are too few to ask."""


def dispersion(past: Counts) -> float:
    """Return how much more the counts vary than by chance alone, at least 1 (Pearson)."""
    pairs = [(x, e) for x, e in zip(past.events, past.reports, strict=True) if e]
    if len(pairs) < 2 or not past.total:
        return 1.0
    rate = past.total / past.read
    pearson = math.fsum((x - rate * e) ** 2 / (rate * e) for x, e in pairs)
    return max(1.0, pearson / (len(pairs) - 1))


def judge(now: Counts, past: Counts, bursts: float) -> Judgement:
    """Set a span against a past span.

    Args:
        now: the span in question.
        past: the span that the rate is taken from.
        bursts: the dispersion of single periods, from ``dispersion``.
    """
    if not past.events:
        return Judgement(0.0, None)
    if not now.read or not past.read:
        return Judgement(None, None)
    expected = (past.total + 0.5) * now.read / past.read
    if now.total + past.total < FEWEST_EVENTS:
        return Judgement(expected, None)
    variance = bursts * expected * (1 + now.read / past.read)
    spread = stats.nbinom(expected**2 / (variance - expected), expected / variance)
    tail = min(spread.cdf(now.total), spread.sf(now.total - 1))
    return Judgement(expected, float(min(1.0, 2 * tail)))


def verdicts(found: Sequence[tuple[Counts, Judgement]]) -> list[Verdict]:
    """Return what may be said of every comparison of one table, corrected together."""
    asked = [judged.p for _, judged in found if judged.p is not None]
    corrected = iter(stats.false_discovery_control(asked) if asked else ())
    return [
        _verdict(now, judged, None if judged.p is None else float(next(corrected)))
        for now, judged in found
    ]


def _verdict(now: Counts, judged: Judgement, p: float | None) -> Verdict:
    """Return what may be said of one comparison."""
    if judged.expected is None:
        return "no reports read"
    if p is None:
        return "too few events to tell"
    if p <= FALSE_FINDINGS:
        return "more" if now.total > judged.expected else "fewer"
    return "no clear change" if judged.expected >= FEWEST_EXPECTED else "too few events to tell"


def shifts(history: Counts) -> list[int]:
    """Return the periods from which the rate is lastingly another, by their index.

    Periods in which nothing was read are passed over. Nothing is found in fewer than
    ``FEWEST_PERIODS`` periods or ``FEWEST_EVENTS`` events.
    """
    read = [i for i, e in enumerate(history.reports) if e]
    if len(read) < FEWEST_PERIODS or history.total < FEWEST_EVENTS:
        return []
    kept = Counts(tuple(history.events[i] for i in read), tuple(history.reports[i] for i in read))
    ends = _searched(kept)
    return [read[end] for end in _confirmed(kept, ends)]


def _searched(kept: Counts) -> list[int]:
    """Return where PELT cuts the counts, made even: about one unit of noise a period."""
    events, reports = np.array(kept.events, float), np.array(kept.reports, float)
    # Anscombe's transform makes the noise of a count even; the reports make periods alike.
    even = 2 * np.sqrt(events + 0.375) / np.sqrt(reports / reports.mean())
    noise = np.median(np.abs(np.diff(even))) / 0.954  # robust against the shifts themselves
    penalty = 3 * math.log(len(even)) * max(1.0, float(noise)) ** 2
    search = ruptures.Pelt(model="l2", min_size=SHORTEST, jump=1).fit(even.reshape(-1, 1))
    return [int(end) for end in search.predict(pen=penalty)[:-1]]


def _confirmed(kept: Counts, ends: list[int]) -> list[int]:
    """Drop cuts whose sides do not differ, the least certain first."""
    while ends:
        bounds = [0, *ends, len(kept.events)]
        chances = [
            _chance(kept.part(a, b), kept.part(b, c))
            for a, b, c in zip(bounds, bounds[1:], bounds[2:], strict=False)
        ]
        worst = max(range(len(ends)), key=lambda i: chances[i])
        if chances[worst] <= SHIFT_P:
            return ends
        ends = ends[:worst] + ends[worst + 1 :]
    return []


def _chance(before: Counts, after: Counts) -> float:
    """Return the chance that two neighbouring spans have one rate."""
    bursts = max(dispersion(before), dispersion(after))
    p = judge(after, before, bursts).p
    return 1.0 if p is None else p


def odd_periods(history: Counts, cuts: Sequence[int]) -> dict[int, Judgement]:
    """Return the periods that fall out of their stretch, by index.

    Each period is set against the others between the same two lasting shifts, so that a new
    level is one shift and no row of odd periods.
    """
    bounds = [0, *cuts, len(history.events)]
    judged: dict[int, Judgement] = {}
    for begin, end in itertools.pairwise(bounds):
        stretch = history.part(begin, end)
        for index in range(end - begin):
            rest = stretch.without(index)
            if rest.periods_read >= FEWEST_PERIODS:
                now = stretch.part(index, index + 1)
                judged[begin + index] = judge(now, rest, dispersion(rest))
    asked = {i: j.p for i, j in judged.items() if j.p is not None}
    if not asked:
        return {}
    corrected = stats.false_discovery_control(list(asked.values()))
    return {i: judged[i] for i, p in zip(asked, corrected, strict=True) if p <= FALSE_FINDINGS}


def scores_differ(now: Sequence[float], past: Sequence[float]) -> float | None:
    """Return the chance that scores of two spans come from one source (Mann and Whitney).

    Returns:
        ``None`` when one of the spans has fewer than ``FEWEST_PERIODS`` events.
    """
    if min(len(now), len(past)) < FEWEST_PERIODS:
        return None
    if len({*now, *past}) == 1:
        return 1.0
    return float(stats.mannwhitneyu(now, past).pvalue)
