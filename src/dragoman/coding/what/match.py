"""A frame that fired on a trigger, with its parties and score; and one that nearly did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dragoman.coding.what.slots import Slots
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token
    from dragoman.lexicon import Compiled, Condition, Trigger

NAMING_FORMS = frozenset({"VBG", "VB"})
"""Forms that only name an act when nobody does it: "removing the sanctions would be wrong"."""


MAX_SHOWN = 3
"""Words of a condition that its description shows."""


@dataclass
class Match:
    """A frame that fired on a trigger, with its parties."""

    compiled: Compiled
    trigger: Token
    words: tuple[Token, ...]
    """Every word that is part of the trigger: verb, particle, the object the frame names."""
    slots: Slots
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    joined: list[Party] = field(default_factory=list)
    """Those of the actors that stand where others would be recipients: "met the king"."""
    score: float = 0.0

    @property
    def event(self) -> str:
        """The frame's event type."""
        return self.compiled.event


class Inner(NamedTuple):
    """The event that another one is about."""

    event: str
    """Its type."""
    mode: tuple[str, ...]
    """Its modes."""
    cameo: str | None
    """The CAMEO code of its frame, if that gives one."""


@dataclass(frozen=True)
class NearMiss:
    """A frame whose trigger stood in the sentence but which did not fire, and why."""

    frame: str
    trigger: str
    reason: str


def lacks(match: Match) -> str | None:
    """Return what a match's frame needs and does not have."""
    needs = match.compiled.frame.needs
    if match.compiled.frame.joint and needs == "both":
        return None if len(match.actors) > 1 else "second party"  # both stand among the actors
    if needs in ("actor", "both") and not match.actors:
        return "actor"
    if needs in ("recipient", "both") and not match.recipients:
        return "recipient"
    if needs == "either" and not match.actors:
        only_named = match.trigger.tag_ in NAMING_FORMS
        return "party" if only_named or not match.recipients else None
    return None


def rank(match: Match) -> tuple[bool, float]:
    """Return what decides between frames on one word: a user's own come first."""
    return match.compiled.own, match.score


def score(match: Match, trigger: Trigger) -> float:
    """Weigh a match: the frame's own weight, how much it asked for, how much it found."""
    frame = match.compiled.frame
    asked = 0.3 * sum(
        1 for c in match.compiled.when if c.words or c.phrases or c.kinds - {"any", "none"}
    )
    found = 0.2 * bool(match.actors) + 0.2 * bool(match.recipients)
    return frame.weight * (1.0 + asked + found + 0.5 * (trigger.particle is not None))


def reason(why: str | tuple[str, Condition]) -> str:
    """Say why a frame did not fire."""
    if isinstance(why, str):
        return why
    how, condition = why
    return f"{how} {condition.slot}: {_describe(condition)}"


def _describe(condition: Condition) -> str:
    """Say what a condition asks for, shortly."""
    words = sorted(condition.words)[:MAX_SHOWN]
    kinds = [f"<{k}>" for k in sorted(condition.kinds)]
    more = "..." if len(condition.words) > MAX_SHOWN else ""
    return ", ".join([*words, *condition.phrases[:2], *kinds]) + more
