"""Tell finer kinds of name than a corpus does: political places, and peoples, faiths and parties.

The silver corpus knows one kind of place and one of "other" names. Which is which stands in our own
actor data, in the gazetteer and in ``data/peoples.yaml``; what none of them knows stays as it is.
"""

from __future__ import annotations

from pathlib import Path

import yaml

from dragoman.actors import Knowledge
from dragoman.coding.where.gazetteer import Gazetteer

PEOPLES = Path(__file__).parent / "data" / "peoples.yaml"
STATES = frozenset({"state", "capital", "region"})
"""Kinds of the actor data that are political places."""
POLITICAL = frozenset({"country", "state", "province", "city"})
"""Kinds of the gazetteer that are political places."""


class Kinds:
    """Answers of which finer kind a name is."""

    def __init__(self) -> None:
        """Load the actor data, the gazetteer and the list of peoples."""
        self._known, self._places = Knowledge.load(), Gazetteer()
        self._peoples = frozenset(yaml.safe_load(PEOPLES.read_text(encoding="utf-8")))

    def place(self, name: str) -> str:
        """Return GPE for a country, a part of one or a town, LOC for any other place."""
        if any(entry.kind in STATES for entry in self._known.lookup(name)):
            return "GPE"
        likeliest = self._places.best(name)
        return "GPE" if likeliest is not None and likeliest.kind in POLITICAL else "LOC"

    def other(self, name: str) -> str:
        """Return NORP for a nationality, faith or party's followers, MISC for anything else."""
        if any(entry.kind == "adjective" for entry in self._known.lookup(name)):
            return "NORP"
        return "NORP" if name.lower() in self._peoples else "MISC"

    def finer(self, label: str, name: str) -> str:
        """Return the finer label of a name."""
        if label == "LOC":
            return self.place(name)
        return self.other(name) if label == "MISC" else label
