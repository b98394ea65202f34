"""Learn what each trait of a place speaks for it: ``coding/data/where.yaml``.

    python training/event_places.py GOLD src/dragoman/coding/data/where.yaml

GOLD is ``event-location-dev.jsonl``.
Nine tenths of the gold are read; the held tenth is only counted (``dragoman evaluate``). Each
event word is a choice among the places of its sentence and none; the weights are those under
which the gold's choices are likeliest. Traits that add little are dropped (L1), those that are
left are fitted again without that pull. Needs scipy.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dragoman.coding.coder import Coder
from dragoman.coding.where.choice import read_weights
from dragoman.coding.where.features import traits
from dragoman.evaluation.event_places import overlaps, pairs, tenth

if TYPE_CHECKING:
    from numpy.typing import NDArray

RARE = 40
"""Traits of fewer places are left out."""
DROP, HOLD = 6.0, 1.0
"""Strength of L1 in the first fit, of L2 in the second."""
HEADER = """\
# What each trait of a place speaks for (above zero) or against its being the place of an event.
# What the traits mean stands in coding/where/features.py. The weights are made by
# training/event_places.py, which keeps what is set by hand; a place is chosen above "enough".
"""


class Choices:
    """The event words of the gold: traits of their places, and which are right."""

    def __init__(self, path: Path) -> None:
        """Read the nine tenths that may be learned from."""
        listed: list[list[str]] = []
        self.owner: list[int] = []
        self.right: list[bool] = []
        self.placed: list[bool] = []
        for row, trigger, sentence in pairs(path, Coder.load()):
            if tenth(row.text) == "held" or trigger is None or sentence is None:
                continue
            usable = [p for p in sentence.places if p.kind != "people"]
            for place in usable:
                listed.append(traits(place, trigger, usable))
                self.owner.append(len(self.placed))
                self.right.append(overlaps(place, row))
            self.placed.append(bool(row.places))
        counted = Counter(trait for found in listed for trait in found)
        given = read_weights().by_hand
        self.names = sorted(t for t, n in counted.items() if n >= RARE and t not in given)
        self.matrix = self._matrix(listed)

    def _matrix(self, listed: list[list[str]]) -> csr_matrix:
        """Return the traits as a matrix: one row a place, one column a trait."""
        column = {name: i for i, name in enumerate(self.names)}
        cells = [(row, column[t]) for row, found in enumerate(listed) for t in found if t in column]
        rows, columns = zip(*cells, strict=True)
        return csr_matrix((np.ones(len(cells)), (rows, columns)), (len(listed), len(column)))

    def loss(self, w: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Return how unlikely the gold's choices are under some weights, and the slope.

        Words whose gold place was not found at all say nothing and are passed over.
        """
        owner, right, placed = (np.array(x) for x in (self.owner, self.right, self.placed))
        raised = np.exp(np.clip(self.matrix @ w, -30, 30))
        whole = 1 + np.bincount(owner, raised, len(placed))
        good = np.bincount(owner, raised * right, len(placed))
        used = ~placed | (good > 0)
        wanted = np.where(placed, good, 1.0)
        value = float((np.log(whole[used]) - np.log(wanted[used])).sum())
        pull = np.where(right & placed[owner], raised / np.maximum(good[owner], 1e-30), 0.0)
        slope = np.where(used[owner], raised / whole[owner] - pull, 0.0)
        return value, self.matrix.T @ slope


def fit(choices: Choices, l1: float, l2: float, kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights that fit best; those not kept are zero."""
    size = len(choices.names)

    def both(z: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = z[:size] - z[size:]
        value, slope = choices.loss(w)
        slope = slope + l2 * w
        value += l1 * z.sum() + l2 * float(w @ w) / 2
        return value, np.concatenate([slope + l1, l1 - slope])

    bounds = [(0, None if kept[i % size] else 0) for i in range(2 * size)]
    found = minimize(both, np.zeros(2 * size), jac=True, method="L-BFGS-B", bounds=bounds).x
    return np.asarray(found[:size] - found[size:])


def main() -> None:
    """Write the weights."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    choices = Choices(source)
    every = np.ones(len(choices.names), dtype=bool)
    kept = np.abs(fit(choices, DROP, 0.5, every)) > 1e-3
    weights = fit(choices, 0.0, HOLD, kept)
    lines = [
        f'  "{name}": {weight:.2f}'
        for name, weight, keep in zip(choices.names, weights, kept, strict=True)
        if keep
    ]
    hand = [f"  {name}: {weight}" for name, weight in read_weights().by_hand.items()]
    parts = [f"enough: {read_weights().enough}", "by_hand:", *hand, "weights:", *lines]
    target.write_text(HEADER + "\n".join(parts) + "\n", encoding="utf-8")
    print(f"{len(lines)} traits of {len(choices.names)}, {len(choices.placed)} event words")


if __name__ == "__main__":
    main()
