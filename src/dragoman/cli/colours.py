"""The colours of the terminal: one a quad class, one a part of an event."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from dragoman import ontology

QUADS = MappingProxyType(
    {
        1: ("cyan", "verbal cooperation"),
        2: ("green", "material cooperation"),
        3: ("yellow", "verbal conflict"),
        4: ("red", "material conflict"),
    }
)
"""Style and meaning of each quad class."""
PARTS = MappingProxyType(
    {
        "trigger": "bold yellow",
        "actor": "cyan",
        "recipient": "magenta",
        "event_loc": "green",
    }
)
"""Style of the characters behind each part of an event, as the fields of ``Evidence``."""
PART_NAMES = MappingProxyType(
    {"trigger": "trigger", "actor": "actor", "recipient": "recipient", "event_loc": "place"}
)
"""What each part is called."""


@cache
def _quads() -> MappingProxyType[str, int]:
    """Return the quad class of every type, as the ontology has them."""
    known = ontology.load()
    return MappingProxyType({name: known.quad(name) for name in known.types})


def type_style(event: str) -> str:
    """Return the style of an event type; plain for a type the ontology does not know."""
    return QUADS.get(_quads().get(event, 0), ("default", ""))[0]
