"""Count what `dragoman compare` finds in made counts: with no change in them, and with one.

Usage: python benchmarks/chance.py [--series N]

Prints, for counts of 53 weeks without any change, the share of series with a shift, with an odd
week, and with p below 0.05 for four weeks against the 48 before; then, for a rate that changes
after 30 weeks, how often exactly one shift is found and one within three weeks.
Takes some five minutes with 300 series.
"""

from __future__ import annotations

import argparse

import numpy as np

from dragoman.analysis.statistics import Counts, dispersion, judge, odd_periods, shifts

WEEKS, CHANGE = 53, 30


def draw(
    chance: np.random.Generator, rate: float, bursts: float, reports: np.ndarray, mean: float
) -> list[int]:
    """Return counts of some weeks: Poisson, or negative binomial when they come in bursts."""
    expected = rate * reports / mean
    if bursts <= 1:
        return [int(n) for n in chance.poisson(expected)]
    made = chance.negative_binomial(expected / (bursts - 1), 1 / bursts)
    return [int(n) for n in made]


def without_change(chance: np.random.Generator, rate: float, bursts: float, series: int) -> None:
    """Print the shares of false findings."""
    shifted = odd = low = 0
    for _ in range(series):
        reports = chance.integers(30, 90, WEEKS)
        events = draw(chance, rate, bursts, reports, reports.mean())
        history = Counts(tuple(events), tuple(int(n) for n in reports))
        cuts = shifts(history)
        shifted += bool(cuts)
        odd += bool(odd_periods(history, cuts))
        past = history.part(0, 48)
        p = judge(history.part(48, 52), past, dispersion(past)).p
        low += p is not None and p < 0.05
    shares = "".join(f"{count / series:10.1%}" for count in (shifted, odd, low))
    print(f"{rate:10}{bursts:12}{shares}")


def with_change(chance: np.random.Generator, rate: float, times: float, series: int) -> None:
    """Print how often a planted shift is found."""
    one = near = 0
    for _ in range(series):
        reports = chance.integers(30, 90, WEEKS)
        mean = reports.mean()
        events = draw(chance, rate, 1.5, reports[:CHANGE], mean)
        events += draw(chance, rate * times, 1.5, reports[CHANGE:], mean)
        cuts = shifts(Counts(tuple(events), tuple(int(n) for n in reports)))
        one += len(cuts) == 1
        near += any(abs(cut - CHANGE) <= 3 for cut in cuts)
    print(f"{rate:10}{times:12}{one / series:10.1%}{near / series:10.1%}")


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=300)
    series = parser.parse_args().series
    chance = np.random.default_rng(1)
    print(f"{'a week':>10}{'dispersion':>12}{'shift':>10}{'odd week':>10}{'p < 0.05':>10}")
    for rate in (0.5, 2, 8, 30):
        for bursts in (1, 2, 4):
            without_change(chance, rate, bursts, series)
    print(f"\n{'a week':>10}{'times':>12}{'one shift':>10}{'near':>10}")
    for rate, times in ((1, 3), (2, 2), (2, 3), (8, 2), (8, 0.5)):
        with_change(chance, rate, times, series)


if __name__ == "__main__":
    main()
