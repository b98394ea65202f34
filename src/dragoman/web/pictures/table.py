"""The matrix of pairs: who acts by row, on whom by column."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.web.contexts import Cell

SIZE = 10
"""Countries of a matrix at most."""
SHADES = 5


class Square(NamedTuple):
    """A cell of the matrix."""

    cell: Cell | None
    shade: str
    """``c1`` to ``c5`` where most is cooperation, ``k1`` to ``k5`` where most is conflict."""


class Matrix(NamedTuple):
    """The drawing."""

    codes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Square, ...]], ...]


def matrix(pairs: Sequence[Cell], size: int = SIZE) -> Matrix:
    """Return the matrix of the busiest countries, ordered by what they take part in."""
    codes = busiest(pairs, size)
    known = {(pair.source, pair.target): pair for pair in pairs}
    most = max((p.events for p in pairs if p.source in codes and p.target in codes), default=1)
    rows = tuple((a, tuple(_square(known.get((a, b)), most) for b in codes)) for a in codes)
    return Matrix(codes, rows)


def busiest(pairs: Sequence[Cell], size: int) -> tuple[str, ...]:
    """Return the countries with the most events in some pairs, most first."""
    counts: dict[str, int] = {}
    for pair in pairs:
        for code in (pair.source, pair.target):
            counts[code] = counts.get(code, 0) + pair.events
    return tuple(sorted(counts, key=lambda code: (-counts[code], code))[:size])


def _square(cell: Cell | None, most: int) -> Square:
    """Return a cell with its shade: by the logarithm, for pairs are very uneven."""
    if cell is None:
        return Square(None, "")
    depth = math.log1p(cell.events) / math.log1p(most)
    shade = max(1, math.ceil(SHADES * depth))
    return Square(cell, f"{'k' if cell.conflict > 0.5 else 'c'}{shade}")
