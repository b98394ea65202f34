"""The network of actors: countries laid out by what binds them, the same way every time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from dragoman.web.pictures.table import busiest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.web.contexts import Cell

NODES, TIES = 24, 60
WIDTH, HEIGHT, EDGE = 560, 400, 30
STEPS = 80


class Node(NamedTuple):
    """A country."""

    code: str
    x: float
    y: float
    radius: float
    events: int


class Tie(NamedTuple):
    """What binds two countries, both ways together."""

    a: str
    b: str
    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    events: int
    conflict: float


class Net(NamedTuple):
    """The drawing."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


def net(pairs: Sequence[Cell]) -> Net:
    """Return the network of the busiest countries."""
    codes = busiest(pairs, NODES)
    bound: dict[tuple[str, str], tuple[int, float]] = {}
    for pair in pairs:
        if pair.source in codes and pair.target in codes:
            key = (min(pair.source, pair.target), max(pair.source, pair.target))
            events, conflict = bound.get(key, (0, 0.0))
            bound[key] = (events + pair.events, conflict + pair.events * pair.conflict)
    ties = sorted(bound.items(), key=lambda item: (-item[1][0], item[0]))[:TIES]
    shown = tuple(c for c in codes if any(c in key for key, _ in ties))
    at = _laid_out(shown, ties)
    total = {c: sum(n for key, (n, _) in ties if c in key) for c in shown}
    most = max(total.values(), default=1)
    heaviest = max((n for _, (n, _) in ties), default=1)
    return Net(
        WIDTH,
        HEIGHT,
        tuple(
            Node(c, *at[c], round(5 + 13 * math.sqrt(total[c] / most), 1), total[c]) for c in shown
        ),
        tuple(
            Tie(a, b, *at[a], *at[b], round(1 + 7 * math.sqrt(n / heaviest), 1), n, k / n)
            for (a, b), (n, k) in ties
        ),
    )


def _laid_out(
    codes: Sequence[str], ties: Sequence[tuple[tuple[str, str], tuple[int, float]]]
) -> dict[str, tuple[float, float]]:
    """Return where each country stands: Fruchterman and Reingold's forces, begun on a circle."""
    count = len(codes)
    if not count:
        return {}
    number = {code: i for i, code in enumerate(codes)}
    turn = np.linspace(0, 2 * np.pi, count, endpoint=False)
    spots = np.column_stack((np.cos(turn), np.sin(turn)))
    pull = np.zeros((count, count))
    heaviest = max(n for _, (n, _) in ties)
    for (a, b), (n, _) in ties:
        pull[number[a], number[b]] = pull[number[b], number[a]] = 0.3 + 0.7 * n / heaviest
    ideal = 1.6 / math.sqrt(count)
    for step in range(STEPS):
        spots = _moved(spots, pull, ideal, heat=0.15 * (1 - step / STEPS))
    return dict(zip(codes, _fitted(spots), strict=True))


def _moved(
    spots: NDArray[np.float64], pull: NDArray[np.float64], ideal: float, heat: float
) -> NDArray[np.float64]:
    """Return the spots one step on: all push one another, those bound pull, the middle holds."""
    apart = spots[:, None, :] - spots[None, :, :]
    far = np.maximum(np.linalg.norm(apart, axis=2), 1e-6)
    force = (ideal**2 / far**2 - pull * far / ideal)[:, :, None] * apart
    moves = force.sum(axis=1) - 0.4 * spots
    size = np.maximum(np.linalg.norm(moves, axis=1, keepdims=True), 1e-9)
    moved: NDArray[np.float64] = spots + moves / size * np.minimum(size, heat)
    return moved


def _fitted(spots: NDArray[np.float64]) -> list[tuple[float, float]]:
    """Return spots stretched to fill the drawing."""
    low, high = spots.min(axis=0), spots.max(axis=0)
    span = np.where(high - low > 1e-9, high - low, 1.0)
    room = np.array([WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE])
    placed = EDGE + (spots - low) / span * room
    if len(spots) == 1:
        placed = np.array([[WIDTH / 2, HEIGHT / 2]])
    return [(round(float(x), 1), round(float(y), 1)) for x, y in placed]
