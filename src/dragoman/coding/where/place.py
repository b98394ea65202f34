"""A place name in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.record import Location

Kind = Literal["name", "site", "people", "part"]


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a sentence."""

    first: int
    """Index of its first token in the Doc."""
    last: int
    """Index of its last token in the Doc."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point in the report."""
    text: str
    """Its words, exactly."""
    location: Location
    """What it means; only ``extracted_place`` when that is not known."""
    kind: Kind = "name"
    """``people``: an adjective or a people's name; ``part``: inside a body's name."""
    name: tuple[int, int] = (0, 0)
    """Code points of the name alone, without "southern" before it."""
