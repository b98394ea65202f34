"""How many: dead, injured, arrested, and people in a crowd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.what.clauses import logical_object, surface_subject
from dragoman.language.forms import word_forms
from dragoman.record import Amount, Size

if TYPE_CHECKING:
    from collections.abc import Mapping

    from spacy.tokens import Token


@dataclass(frozen=True)
class SizeWords:
    """The words of ``size.yaml``, verbs and nouns in every form."""

    measures: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    vague: Mapping[str, tuple[int, int]]
    multipliers: Mapping[str, int]
    people: frozenset[str]

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> SizeWords:
        """Expand the data file."""
        return cls(
            measures={
                m: frozenset(f for w in ws for f in word_forms(w))
                for m, ws in raw["measures"].items()
            },
            numbers=raw["numbers"],
            vague={k: (v[0], v[1]) for k, v in raw["vague"].items()},
            multipliers=raw["multipliers"],
            people=frozenset(raw["people"]),
        )


def measure(trigger: Token, words: SizeWords) -> Size:
    """Return the numbers that stand in a trigger's clause."""
    found: dict[str, Amount] = {}
    for token in _measured(trigger):
        kinds = [k for k, forms in words.measures.items() if token.lower_ in forms]
        for counted in (
            logical_object(token) if token.pos_ == "VERB" else None,
            surface_subject(token),
            *token.children,
        ):
            amount = _amount(counted, words) if counted is not None else None
            for kind in kinds:
                if (
                    amount is not None
                    and kind not in found
                    and not (
                        kind == "dead"
                        and counted == surface_subject(token)
                        and logical_object(token) != counted
                        and logical_object(token) is not None
                    )
                ):
                    found[kind] = amount
    return Size(**found)


def _measured(trigger: Token) -> list[Token]:
    """Return the words beside a trigger that may measure it: itself, its conjuncts, participles."""
    near = [
        trigger,
        *(
            t
            for t in trigger.children
            if t.dep_ in ("conj", "advcl", "acl", "xcomp", "parataxis", "obj", "obl")
        ),
    ]
    if trigger.pos_ == "NOUN" and trigger.head.pos_ == "VERB":
        near.append(trigger.head)
        near += [t for t in trigger.head.children if t.dep_ in ("advcl", "conj")]
    return near


def _amount(token: Token, words: SizeWords) -> Amount:
    """Return how many people a phrase counts."""
    if token.lower_ in words.vague and any(c.dep_ == "nmod" for c in token.children):
        return _vague(token, words)
    if (
        token.lower_ not in words.people
        and token.pos_ != "NUM"
        and token.tag_ not in ("NNS", "NNPS")
    ):
        return None
    if token.pos_ == "NUM":
        return _number(token, words)
    for child in token.children:
        if child.dep_ == "nummod":
            return _number(child, words)
        if child.lower_ in words.vague:
            return words.vague[child.lower_]
    return None


def _vague(token: Token, words: SizeWords) -> Amount:
    """Return the range behind "dozens of", "tens of thousands of"."""
    inner = next((c for c in token.children if c.dep_ == "nmod"), None)
    if inner is not None and f"{token.lower_} of {inner.lower_}" in words.vague:
        return words.vague[f"{token.lower_} of {inner.lower_}"]
    return words.vague[token.lower_]


def _number(token: Token, words: SizeWords) -> Amount:
    """Return the value of a number in digits or words."""
    digits = token.text.replace(",", "")
    value = int(digits) if digits.isdigit() else words.numbers.get(token.lower_)
    for child in [token, *token.children]:
        if child.lower_ in words.multipliers:
            value = (value or 1) * words.multipliers[child.lower_]
    return value if value is not None and value < 100_000_000 else None
