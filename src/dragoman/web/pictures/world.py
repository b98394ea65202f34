"""The map: places as dots over ``static/world.svg``, which ``training/world.py`` made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dragoman.web.pictures.projection import HEIGHT, WIDTH, project

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.web.contexts import Place

LARGEST = 17.0
"""Radius of the busiest place."""


class Dot(NamedTuple):
    """A place."""

    place: Place
    x: float
    y: float
    radius: float


class World(NamedTuple):
    """The drawing."""

    width: float
    height: float
    dots: tuple[Dot, ...]


def world(places: Sequence[Place]) -> World:
    """Return the map of some places; area says how many events, the smallest lie on top."""
    most = max((place.events for place in places), default=1)
    dots = []
    for place in places:
        x, y = project(place.lon, place.lat)
        radius = max(2.2, LARGEST * math.sqrt(place.events / most))
        dots.append(Dot(place, round(x, 1), round(y, 1), round(radius, 1)))
    return World(WIDTH, HEIGHT, tuple(dots))
