"""Choose the place of an event among the place names of its sentence."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict

from dragoman.coding.where.features import traits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.where.place import PlaceMention
    from dragoman.language.tree import Token

WEIGHTS = Path(__file__).parent.parent / "data" / "where.yaml"


class Weights(BaseModel):
    """``where.yaml``: what each trait of a place speaks for or against it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    enough: float
    """The score above which a place is chosen."""
    by_hand: dict[str, float]
    """Weights of what the gold has too little of."""
    weights: dict[str, float]
    """Weights learned from the gold."""


@cache
def read_weights() -> Weights:
    """Return the weights; read once."""
    loaded = yaml.load(WEIGHTS.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Weights.model_validate(loaded)


@cache
def _table() -> tuple[float, dict[str, float]]:
    """Return what is enough, and the weights by trait."""
    read = read_weights()
    return read.enough, {**read.weights, **read.by_hand}


def choose_place(mentions: Sequence[PlaceMention], trigger: Token) -> PlaceMention | None:
    """Return the place where the event of a trigger happened, ``None`` when none is told.

    Each place gets the sum of the weights of its traits (``features.py``); the highest
    is chosen, of equal ones the first, when it is high enough.

    Args:
        mentions: the places of the trigger's sentence, in its order; adjectives are no places.
        trigger: the event word; its Doc is parsed.
    """
    usable = [m for m in mentions if m.kind != "people"]
    enough, weights = _table()
    best, top = None, enough
    for mention in usable:
        score = sum(weights.get(t, 0.0) for t in traits(mention, trigger, usable))
        if score > top:
            best, top = mention, score
    return best
