"""Make the shapes of the world's countries that the reading room draws its map on.

Usage: python training/world.py COUNTRIES_110M_JSON

The input is ``countries-110m.json`` of the npm package ``world-atlas`` 2.0.2 (ISC), which carries
Natural Earth 4.1.0 at 1:110m (public domain): ``npm pack world-atlas@2.0.2`` and unpack. Shapes are
projected once (Equal Earth) and written as one path of SVG with every border in it.
"""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path
from typing import Any

from dragoman.web.pictures.projection import HEIGHT, WIDTH, project

OUT = Path(__file__).parent.parent / "src" / "dragoman" / "web" / "static" / "world.svg"


def main() -> int:
    """Write the shapes."""
    atlas = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    lines = arcs(atlas)
    made = []
    for shape in atlas["objects"]["countries"]["geometries"]:
        if shape["properties"]["name"] == "Antarctica":
            continue  # half of the picture, and hardly anybody acts there
        many = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring(lines, part) for polygon in many for part in polygon]
        made += [path(part) for whole in rings for part in cut(whole)]
    OUT.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}">'
        f'<path id="land" d="{"".join(made)}"/></svg>\n',
        "utf-8",
    )
    print(f"{len(made)} rings, {OUT.stat().st_size:,} bytes")
    return 0


def arcs(atlas: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the lines of a TopoJSON file in degrees."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    made = []
    for arc in atlas["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        made.append(line)
    return made


def ring(lines: list[list[tuple[float, float]]], numbers: list[int]) -> list[tuple[float, float]]:
    """Return a closed line; a number below zero is a line walked backwards."""
    made: list[tuple[float, float]] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        made += line[1:] if made else line
    return made


def cut(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Return a ring in parts that do not cross the line where east meets west."""
    turned = [points[0]]
    for lon, lat in points[1:]:
        turn = round((turned[-1][0] - lon) / 360) * 360
        turned.append((lon + turn, lat))
    parts = []
    for shift in (-360, 0, 360):
        moved = [(lon + shift, lat) for lon, lat in turned]
        parts.append(halved(halved(moved, -180, 1), 180, -1))
    return [part for part in parts if len(part) > 2]


def halved(points: list[tuple[float, float]], edge: float, side: int) -> list[tuple[float, float]]:
    """Return what of a ring lies east (side 1) or west (side -1) of a meridian."""
    made: list[tuple[float, float]] = []
    for (x1, y1), (x2, y2) in itertools.pairwise([*points[-1:], *points]):
        inside, was = side * (x2 - edge) >= 0, side * (x1 - edge) >= 0
        if inside != was:
            made.append((edge, y1 + (y2 - y1) * (edge - x1) / (x2 - x1)))
        if inside:
            made.append((x2, y2))
    return made


def path(points: list[tuple[float, float]]) -> str:
    """Return a ring as a path, to a tenth of the drawing's units."""
    spots = [project(lon, lat) for lon, lat in points]
    kept = [spots[0]]
    for spot in spots[1:]:
        if abs(spot[0] - kept[-1][0]) + abs(spot[1] - kept[-1][1]) >= 0.4:
            kept.append(spot)
    if len(kept) < 3:
        return ""
    return "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in kept) + "Z"


if __name__ == "__main__":
    sys.exit(main())
