"""What a sentence must hold for a frame to fire, read off the frame: what the gate asks for.

A demand is made only where no reading of the sentence can do without it:

- a condition's own words, unless one of its tests may hold instead ("<actor>");
- the preposition of a slot that is one: nothing fills ``to`` without the word "to";
- particles, and the words before the last of a noun such as "phone call".

A test for an event ("<ASSAULT>") is met only by another trigger of the sentence. That one is a
start by itself, so a frame that has nothing else to ask for need not pass the gate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.gate import Need, Start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.lexicon.loader import Condition, Lexicon, Trigger

FREE = frozenset({"subj", "obj", "iobj", "comp", "gov", "clause"})
"""Slots that are filled without any word of their own."""
INNER_FREE = FREE | {"", "owner"}
"""The same, behind the dot of a slot; the owner of a phrase needs no preposition."""
PLACE = frozenset({"in", "at", "near", "outside", "inside", "around", "across", "along"})
"""Prepositions that fill ``place``."""
NOUN_OBJECT = frozenset({"of", "on", "against", "under"})
"""Words by which a noun has an object: "talks on X", "attack against X", "X is under siege"."""


def demands(lexicon: Lexicon) -> Iterator[tuple[str, Start]]:
    """Yield each form that starts a frame, with what the frame asks for besides."""
    known: dict[tuple[str, str, str | None], Start | None] = {}
    for form, triggers in lexicon.triggers.items():
        for trigger in triggers:
            key = trigger.compiled.id, trigger.pos, trigger.particle
            if key not in known:
                known[key] = _start(trigger, lexicon)
            if (start := known[key]) is not None:
                yield form, start


def _start(trigger: Trigger, lexicon: Lexicon) -> Start | None:
    """Return what a trigger asks for, ``None`` when another trigger must start the sentence."""
    needs = [n for c in trigger.compiled.when for n in _needs(c, trigger.pos, lexicon)]
    if not all(need.words or need.phrases for need in needs):
        return None
    beside = tuple((trigger.particle or "").split())
    ordered = tuple(sorted(set(needs), key=_size))
    return Start(ordered, beside, ()) if trigger.pos == "noun" else Start(ordered, (), beside)


def _size(need: Need) -> tuple[int, list[str], tuple[str, ...]]:
    """Return a key that puts the needs that are seldom met first."""
    return len(need.words) + len(need.phrases), sorted(need.words), need.phrases


def _needs(condition: Condition, pos: str, lexicon: Lexicon) -> Iterator[Need]:
    """Yield what a condition cannot be met without."""
    if condition.slot == "clause":  # tests mean nothing there
        yield Need(condition.words, condition.phrases)
        return
    if "none" in condition.kinds:
        return
    yield from _links(condition.slot, pos, lexicon)
    if not condition.slot.endswith(".owner"):
        yield from _fillers(condition)


def _fillers(condition: Condition) -> Iterator[Need]:
    """Yield the words of a condition that its slot must be filled with."""
    kinds = condition.kinds
    if any(not kind.isupper() and kind not in ("event", "infinitive") for kind in kinds):
        return  # somebody or something that cannot be told by a word
    if "infinitive" in kinds:
        yield Need(condition.words | {"to"}, condition.phrases)
    else:
        yield Need(condition.words, condition.phrases, itself=condition.slot == "gov")


def _links(slot: str, pos: str, lexicon: Lexicon) -> Iterator[Need]:
    """Yield the prepositions without which a slot has nothing in it."""
    base, _, inner = slot.rstrip("!").partition(".")
    if base == "place":
        yield Need(PLACE, itself=True)
    elif base == "obj" and pos == "noun":
        yield Need(NOUN_OBJECT | lexicon.passive_light, itself=True)
    elif base not in FREE:
        yield Need(frozenset({base}), itself=True)
    if inner not in INNER_FREE:
        yield Need(frozenset({inner}), itself=True)
