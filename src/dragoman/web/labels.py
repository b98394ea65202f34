"""What codes are called on a page, and how numbers are written."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from dragoman import ontology
from dragoman.actors.knowledge import Knowledge

if TYPE_CHECKING:
    from collections.abc import Mapping

THIN = "\N{NARROW NO-BREAK SPACE}"
"""Stands between groups of three digits."""
QUADS = MappingProxyType(
    {
        1: "verbal cooperation",
        2: "material cooperation",
        3: "verbal conflict",
        4: "material conflict",
    }
)
SIGNS = MappingProxyType({1: "○", 2: "●", 3: "△", 4: "▲"})
"""A shape for each quad class: round is cooperation, filled is deeds."""
SAID = MappingProxyType(
    {"outlet": "the outlet itself", "other": "a source without a country", "unknown": "not known"}
)
REVIEW = MappingProxyType(
    {
        "accepted": "accepted",
        "corrected": "corrected, or rejected in part",
        "rejected": "rejected",
        "disputed": "reviewers disagree",
        "open": "not judged",
    }
)
"""What review says of an event."""
AUX = MappingProxyType(
    {
        "plain": "happened",
        "future": "planned",
        "hypothetical": "only supposed",
        "negated": "did not happen",
        "historical": "long before the report",
        "any": "all, whether they happened or not",
    }
)


@dataclass(frozen=True)
class Labels:
    """Names of countries, types, modes and contexts."""

    countries: Mapping[str, str]
    """Code to English name."""
    meanings: Mapping[str, str]
    """Type, ``TYPE.mode`` and sector to what it means."""

    @classmethod
    def load(cls) -> Labels:
        """Read the names from the knowledge base and the ontology that ship."""
        known, plover = Knowledge.load(), ontology.load().plover
        countries = dict(known.codes) | {s.code: s.name for s in known.states.values()}
        meanings = {name: kind.meaning for name, kind in plover.types.items()}
        meanings |= {
            f"{name}.{mode}": about.meaning
            for name, kind in plover.types.items()
            for mode, about in kind.modes.items()
        }
        meanings |= {name: about.meaning for name, about in plover.contexts.items()}
        return cls(countries, meanings | dict(plover.sectors))

    def country(self, code: str | None) -> str | None:
        """Return a country's name; its code when it has none."""
        return self.countries.get(code, code) if code else None

    def value(self, field: str, value: object) -> str:
        """Return what a value of a field is called."""
        text = str(value)
        if field in {"dyad", "pair"}:
            mark, between = ("-", " – ") if field == "dyad" else (">", " → ")
            return between.join(self.countries.get(code, code) for code in text.split(mark))
        if field in {"party", "actor", "recipient", "country", "said", "press"}:
            return SAID.get(text) or self.countries.get(text, text)
        if field == "quad" and text.isdigit():
            return QUADS.get(int(text), text)
        called = {"aux": AUX, "review": REVIEW}.get(field)
        return called.get(text, text) if called else text.replace("_", " ")


def number(value: float) -> str:
    """Return a number with thin spaces between groups of three digits."""
    return f"{value:,}".replace(",", THIN)
