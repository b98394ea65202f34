"""The map's projection: Equal Earth (Savric, Patterson, Jenny 2018), true to areas."""

from __future__ import annotations

import math

WIDTH, HEIGHT = 1000.0, 430.0
"""Units of the drawing; what lies south of 60 degrees is left out."""
_A = (1.340264, -0.081106, 0.000893, 0.003796)
_M = math.sqrt(3) / 2
_WIDEST = 2.7066
"""Half the width of the projected globe."""
_NORTH = 1.3173
"""Half its height."""
SCALE = WIDTH / (2 * _WIDEST)


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return where a point of the globe stands in the drawing.

    Args:
        lon: degrees east, -180 to 180.
        lat: degrees north, -90 to 90.
    """
    t = math.asin(_M * math.sin(math.radians(lat)))
    t2 = t * t
    t6 = t2**3
    slope = _A[0] + 3 * _A[1] * t2 + t6 * (7 * _A[2] + 9 * _A[3] * t2)
    x = math.radians(lon) * math.cos(t) / (_M * slope)
    y = t * (_A[0] + _A[1] * t2 + t6 * (_A[2] + _A[3] * t2))
    return (x + _WIDEST) * SCALE, (_NORTH - y) * SCALE
