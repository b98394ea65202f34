"""Fit the confidence on gold, and check on other gold that it means what it says.

Usage: python -m dragoman.evaluation.calibrate FIT_GOLD CHECK_GOLD

Fits a logistic model that tells, from the features of a mention, whether its event type is
among its sentence's gold types; prints ``calibration.yaml``, then the reliability table of the
model on the second gold, which it has not seen.
"""

from __future__ import annotations

import argparse
import itertools
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import yaml

from dragoman.coding.coder import Coder
from dragoman.coding.what.calibration import Calibration
from dragoman.evaluation.gold import load_labels, read_gold

if TYPE_CHECKING:
    from collections.abc import Mapping

STEPS = 4_000
RATE = 0.3
PENALTY = 0.002
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Recorder(Calibration):
    """A calibration that notes the features it is asked about."""

    seen: list[dict[str, float]] = field(default_factory=list)

    def confidence(self, features: Mapping[str, float]) -> float:
        """Note the features; answer as the present calibration does."""
        self.seen.append(dict(features))
        return super().confidence(features)


@dataclass(frozen=True)
class Sample:
    """Mentions of a gold file: their features and whether their type is right."""

    names: tuple[str, ...]
    features: np.ndarray
    right: np.ndarray
    confidence: np.ndarray


def sample(coder: Coder, gold: Path) -> Sample:
    """Code a gold file's sentences and note what is right."""
    recorder = Recorder(coder.tools.calibration.bias, coder.tools.calibration.weights)
    noting = Coder(coder.nlp, replace(coder.tools, calibration=recorder))
    right: list[bool] = []
    confidence: list[float] = []
    for sentence in read_gold(gold, load_labels(), coder.tools.ontology).sentences:
        types = {kind for event in sentence.events for kind in event.type}
        for mention in noting.code(sentence.text).mentions:
            right.append(mention.event in types)
            confidence.append(mention.confidence)
    names = tuple(sorted(recorder.seen[0]))
    table = np.array([[row[name] for name in names] for row in recorder.seen])
    return Sample(names, table, np.array(right, dtype=float), np.array(confidence))


def fit(data: Sample) -> Calibration:
    """Return the logistic model by gradient descent from zero: the same data, the same weights."""
    table = np.hstack([np.ones((len(data.right), 1)), data.features])
    weights = np.zeros(table.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - data.right) / len(data.right) + PENALTY * weights
        weights -= RATE * slope
    rounded = [round(float(w), 2) for w in weights]
    return Calibration(rounded[0], dict(zip(data.names, rounded[1:], strict=True)))


def reliability(model: Calibration, data: Sample) -> list[tuple[str, int, float, float]]:
    """Return (range, mentions, mean confidence, share right) by range of confidence."""
    rows = [dict(zip(data.names, row, strict=True)) for row in data.features]
    stated = np.array([model.confidence(row) for row in rows])
    table = []
    for low, high in itertools.pairwise(EDGES):
        inside = (stated >= low) & ((stated < high) | (high == EDGES[-1]))
        if inside.any():
            mean, share = float(stated[inside].mean()), float(data.right[inside].mean())
            table.append((f"{low:.1f}-{high:.1f}", int(inside.sum()), mean, share))
    return table


def main() -> None:
    """Fit, print the data file, and print the reliability table."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("fit", type=Path, help="gold to fit on")
    parser.add_argument("check", type=Path, help="gold to check on")
    given = parser.parse_args()
    coder = Coder.load()
    model = fit(sample(coder, given.fit))
    print(yaml.safe_dump({"bias": model.bias, "weights": dict(model.weights)}, width=100))  # noqa: T201
    print("| confidence | mentions | mean stated | share right |\n|---|---|---|---|")  # noqa: T201
    for name, count, mean, share in reliability(model, sample(coder, given.check)):
        print(f"| {name} | {count} | {mean:.2f} | {share:.2f} |")  # noqa: T201


if __name__ == "__main__":
    main()
