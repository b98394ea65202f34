"""How many: numbers, ranges and vague words beside the verb they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.record import Amount

COUNTED: list[tuple[str, str, dict[str, Amount]]] = [
    ("The army killed two or three rebels in Chad.", "ASSAULT", {"dead": (2, 3)}),
    ("There were ten soldiers killed in an ambush in Mali.", "ASSAULT", {"dead": 10}),
    (
        "A bomb in Lahore killed at least 12 people and wounded between 15 and 20 others.",
        "ASSAULT",
        {"dead": 12, "injured": (15, 20)},
    ),
    (
        "The shelling in Donetsk left four dead and 11 injured.",
        "ASSAULT",
        {"dead": 4, "injured": 11},
    ),
    (
        "A car bomb exploded in Baghdad, killing at least two dozen people.",
        "ASSAULT",
        {"dead": 24},
    ),
    (
        "At least 13 people were killed when Saudi warplanes bombed a market in Yemen.",
        "ASSAULT",
        {"dead": 13},
    ),
    ("Police in Harare detained a journalist and two lawyers.", "COERCE", {"arrested": 3}),
    ("Police in Minsk arrested dozens of students.", "COERCE", {"arrested": (24, 99)}),
    ("Up to 30,000 Mozambicans took to the streets of Maputo.", "PROTEST", {"crowd": 30_000}),
    ("Some fifty people held a vigil in Brno.", "PROTEST", {"crowd": 50}),
    ("Half a million people demonstrated in Seoul.", "PROTEST", {"crowd": 500_000}),
    ("Tens of thousands of Serbs protested in Belgrade.", "PROTEST", {"crowd": (20_000, 99_999)}),
    ("No soldiers were killed in an ambush in Mali.", "ASSAULT", {}),
    ("Uganda deployed 20 tanks along its border with South Sudan.", "MOBILIZE", {}),
]


@pytest.mark.parametrize(("text", "event", "wanted"), COUNTED)
def test_how_many(text: str, event: str, wanted: dict[str, Amount], coder: Coder) -> None:
    sizes = [m.size for m in coder.code(text).mentions if m.event == event]
    told = [{n: v for n in s.__struct_fields__ if (v := getattr(s, n)) is not None} for s in sizes]
    assert wanted in told, told
