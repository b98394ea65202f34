"""What kind of thing fills a slot, as conditions name it: ``<politician>``, ``<armed>``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})


STATE_KINDS = frozenset({"state", "capital", "seat", "region"})


POLITICAL = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})


ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "COP"})


def _is_politician(party: Party) -> bool:
    """Whether a party is one person in politics or an office, and no officer."""
    sectors = set(party.entity.sector)
    single = party.kind in ("person", "role") and not party.plural
    return single and bool(POLITICAL & sectors) and not ARMED & sectors


def _is_force(party: Party) -> bool:
    """Whether a party is a force or a band, not one officer: a general may visit."""
    return party.plural or party.kind not in ("person", "role") or party.entity.office is None


KIND_TESTS: dict[str, Callable[[Party], bool]] = {
    "actor": lambda _: True,
    "place": lambda party: party.kind in ("state", "capital", "region"),
    "person": lambda party: party.kind in ("person", "role", "people"),
    "armed": lambda party: not ARMED.isdisjoint(party.entity.sector) and _is_force(party),
    "press": lambda party: "JRN" in party.entity.sector,
    "politician": _is_politician,
    "figure": lambda party: (
        _is_politician(party) and (party.kind == "person" or bool(party.entity.office))
    ),
    "country": lambda party: bool(party.entity.code) and party.kind in STATE_KINDS,
}
"""What a party must be, by the test that a condition names."""


def party_is(party: Party, kinds: frozenset[str]) -> bool:
    """Whether a party is of one of the kinds that a condition asks for."""
    return any(KIND_TESTS[kind](party) for kind in kinds if kind in KIND_TESTS)


def is_infinitive(token: Token) -> bool:
    """Whether a verb stands in the infinitive with "to": "told them to leave"."""
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children)
