"""Confidence: the chance that a mention's type is right, from features a person can read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.coding.what.match import Match
    from dragoman.coding.what.reading import Reading

LOWEST, HIGHEST = 0.05, 0.99


@dataclass(frozen=True)
class Calibration:
    """A logistic model: one weight a feature; see ``calibration.yaml`` for how it was fitted."""

    bias: float
    weights: Mapping[str, float]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Calibration:
        """Read the data file."""
        return cls(float(raw["bias"]), {str(k): float(v) for k, v in raw["weights"].items()})

    def confidence(self, features: Mapping[str, float]) -> float:
        """Return the confidence, 0..1, rounded to two digits."""
        total = self.bias + sum(
            self.weights.get(name, 0.0) * value for name, value in features.items()
        )
        return round(min(HIGHEST, max(LOWEST, 1 / (1 + math.exp(-total)))), 2)


def features_of(match: Match, reading: Reading) -> dict[str, float]:
    """Return the features of a mention: what was found and how sure its frame is."""
    frame = match.compiled.frame
    return {
        "actor": float(bool(match.actors)),
        "actor_code": float(any(p.entity.code for p in match.actors)),
        "recipient": float(bool(match.recipients) or len(match.actors) > 1),
        "recipient_code": float(
            any(p.entity.code for p in match.recipients) or len(match.actors) > 1
        ),
        "conditions": float(min(2, len(match.compiled.when))),
        "weight": frame.weight - 1.0,
        "noun": float(match.slots.pos == "noun"),
        "changed": float(reading.event != match.event),
        "aux": float(bool(reading.aux)),
    }
