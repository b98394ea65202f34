"""Class and scores of a joined event, as its accounts have them.

An ontology may be a user's own, and the record holds none: what was coded stays as it was coded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.ontology import Ontology


class Recorded:
    """What ``stories.build.event_of`` asks for, taken from the mentions of an event's accounts.

    Args:
        parts: rows of ``sql/standing/parts.sql`` of one event; not empty.
        known: for the order of PLOVER's contexts, and for Goldstein's scores of CAMEO codes.
    """

    def __init__(self, parts: Sequence[Mapping[str, Any]], known: Ontology) -> None:
        """Keep the rows."""
        self._parts, self._known = parts, known

    @property
    def contexts(self) -> tuple[str, ...]:
        """PLOVER's contexts in the manual's order, a user's own behind them by name."""
        found = {context for part in self._parts for context in part["context"]}
        return (*self._known.contexts, *sorted(found - set(self._known.contexts)))

    def quad(self, event: str) -> int:
        """Return the quad class that the last account has."""
        del event  # all accounts of an event are of its type
        return int(self._parts[-1]["account_quad"])

    def score(self, event: str, modes: Sequence[str]) -> float:
        """Return the score furthest from zero, of the accounts with a mode where there are any."""
        del event
        exact = [p for p in self._parts if set(p["account_modes"]) & set(modes)] or self._parts
        return float(max((part["account_scale"] for part in exact), key=abs))

    def goldstein(self, code: str) -> float:
        """Return the Goldstein score of a CAMEO code."""
        return self._known.goldstein(code)
