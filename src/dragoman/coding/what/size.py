"""How many: dead, injured, arrested, and people in a crowd.

The words that measure an event stand in its clause or in one that tells its outcome: "killing two",
"with the loss of 40 lives", "13 were killed when warplanes bombed the market".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.what.amounts import Counting
from dragoman.coding.what.clauses import (
    children,
    is_passive,
    logical_object,
    prepositional,
    surface_subject,
)
from dragoman.language.forms import noun_forms, verb_forms, word_forms
from dragoman.record import Amount, Size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.coding.what.match import Match
    from dragoman.language.tree import Token

CLAUSE = frozenset({"conj", "advcl", "acl", "xcomp", "parataxis", "ccomp"})
PHRASE = frozenset({"obj", "obl", "nmod", "nsubj", "nsubj:pass"})
OUTCOMES = frozenset({"when", "after", "as", "while"})
"""What opens a clause whose outcome the main clause tells: "were killed when ... bombed"."""
HARM = ("dead", "injured", "arrested")
DEPTH = 2
"""Steps from a trigger to a word that measures it."""
_Forms = dict[str, frozenset[str]]


@dataclass(frozen=True)
class SizeWords:
    """The words of ``size.yaml``, in every form."""

    done_to: Mapping[str, frozenset[str]]
    happens: Mapping[str, frozenset[str]]
    left_as: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    lives: frozenset[str]
    taking: frozenset[str]
    of_type: Mapping[str, tuple[str, ...]]
    """The measures that events of a type have; a type that is not listed has all but a crowd."""
    drawing: frozenset[str]
    counting: Counting

    @classmethod
    def of(cls, raw: Mapping[str, Any], roles: frozenset[str]) -> SizeWords:
        """Expand the data file; ``roles`` are words for offices and groups of people."""
        return cls(
            done_to=_verbs(raw["done_to"]),
            happens=_verbs(raw["happens"]),
            left_as={kind: frozenset(words) for kind, words in raw["left_as"].items()},
            nouns={
                k: frozenset(f for w in ws for f in noun_forms(w)) for k, ws in raw["nouns"].items()
            },
            lives=frozenset(f for w in raw["lives"] for f in noun_forms(w)),
            taking=frozenset(f for w in raw["taking"] for f in word_forms(w)),
            of_type={event: tuple(kinds) for event, kinds in raw["of_type"].items()},
            drawing=frozenset(f for w in raw["drawing"] for f in verb_forms(w)),
            counting=Counting.of(raw, roles),
        )


def _verbs(raw: Mapping[str, list[str]]) -> _Forms:
    """Return the forms of the first words of some verbs; a particle need not stand beside it."""
    return {
        kind: frozenset(f for verb in verbs for f in verb_forms(verb.split()[0]))
        for kind, verbs in raw.items()
    }


def measure(match: Match, event: str, words: SizeWords) -> Size:
    """Return the numbers that measure an event.

    Args:
        match: the frame that fired.
        event: the type it was read as.
        words: the words that measure.
    """
    kinds = words.of_type.get(event, HARM)
    found: dict[str, Amount] = {"crowd": _crowd(match, words)} if "crowd" in kinds else {}
    if set(HARM) & set(kinds):
        for token in _near(match.trigger, words):
            for kind, amount in _measures(token, words):
                if amount is not None and kind in kinds:
                    found.setdefault(kind, amount)
    return Size(**found)


def _near(trigger: Token, words: SizeWords) -> Iterator[Token]:
    """Yield the words that may measure a trigger, nearest first."""
    yield trigger
    above = _outcome(trigger, words)
    if above is not None:
        yield from (above, *_below(above, DEPTH - 1))
    if trigger.pos_ in {"NOUN", "PROPN"} and trigger.dep_ in PHRASE:
        yield trigger.head
        yield from (t for t in _below(trigger.head, 1) if t != trigger)
    yield from _below(trigger, DEPTH)


def _below(token: Token, depth: int) -> Iterator[Token]:
    """Yield the words below one that belong to it: no clause with a doer of its own."""
    for child in token.children:
        if child.dep_ in PHRASE or (child.dep_ in CLAUSE and not _has_doer(child)):
            yield child
            if depth > 1:
                yield from _below(child, depth - 1)


def _has_doer(verb: Token) -> bool:
    """Whether a clause says who does something else: "and a landmine killed two"."""
    return bool(children(verb, "nsubj")) and verb.pos_ in {"VERB", "AUX"}


def _outcome(trigger: Token, words: SizeWords) -> Token | None:
    """Return the clause above that tells the outcome: "13 were killed when warplanes bombed"."""
    if trigger.dep_ != "advcl" or not any(c.lower_ in OUTCOMES for c in trigger.children):
        return None
    above = trigger.head
    told = any(
        above.lower_ in forms for forms in (*words.done_to.values(), *words.happens.values())
    )
    return above if told else None


def _measures(token: Token, words: SizeWords) -> Iterator[tuple[str, Amount]]:
    """Yield what a word says of the dead, the injured and the arrested."""
    count = words.counting
    for kind, forms in words.done_to.items():
        if token.lower_ in forms and token.pos_ != "NOUN":
            yield kind, _undergone(token, words)
    for kind, forms in words.happens.items():
        if token.lower_ in forms and (subject := surface_subject(token)) is not None:
            yield kind, count.amount(subject, single=True)
    for kind, forms in words.left_as.items():
        if token.lower_ in forms:
            yield kind, count.before(token)
        yield from ((kind, count.before(c)) for c in token.children if c.lower_ in forms)
    for kind, forms in words.nouns.items():
        if token.lower_ in forms and token.pos_ == "NOUN":
            behind = prepositional(token, "of")
            own = None if behind is None else count.amount(behind, single=True)
            yield kind, own or count.amount(token, single=False)
    if token.lower_ in words.lives and token.head.lower_ in words.taking:
        yield "dead", count.amount(token, single=False)


def _undergone(verb: Token, words: SizeWords) -> Amount:
    """Return how many a verb is done to."""
    undergoer = logical_object(verb) or prepositional(verb, "between")  # "arrested between 5 and 9"
    if undergoer is None or (undergoer == surface_subject(verb) and not is_passive(verb)):
        return None
    return words.counting.amount(undergoer, single=True)


def _crowd(match: Match, words: SizeWords) -> Amount:
    """Return how many take part."""
    trigger = match.trigger
    heads = [h for slot in ("subj", "by", "of") for h in match.slots.fill(slot)]
    if trigger.head.lower_ in words.drawing and trigger.dep_ == "nsubj":
        heads += children(trigger.head, "obj")
    amounts = (words.counting.amount(head, single=False) for head in heads)
    return next((amount for amount in amounts if amount is not None), None)
