"""Frames that fired in one sentence and tell one event: what absorbs what, what led to what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.what.match import Match
    from dragoman.language.tree import Token

OCCASIONS = frozenset({"when", "as", "after"})


def settled(found: list[Match]) -> list[Match]:
    """Drop matches whose trigger is already a word of another match, or absorbed by it."""
    dropped: set[int] = set()
    for match in found:
        dropped |= {t.i for t in match.words if t != match.trigger}
        if match.compiled.frame.complement == "absorb":
            dropped |= set(_absorbed(match))
    dropped |= {m.trigger.i for m in found if m.compiled.frame.outcome and _joins(m, found)}
    return [m for m in found if m.trigger.i not in dropped]


def _joins(outcome: Match, found: list[Match]) -> bool:
    """Give an outcome's victims to the act that it is the outcome of; whether there is one."""
    for act in found:
        if act.event == outcome.event and not act.compiled.frame.outcome and _led_to(act, outcome):
            named = [p for p in outcome.recipients if p.entity.code]
            act.recipients = named or act.recipients or outcome.recipients
            return True
    return False


def _led_to(act: Match, outcome: Match) -> bool:
    """Whether one clause tells the act of another: "exploded, killing two", "when it shelled"."""
    told, done = outcome.trigger, act.trigger
    clause = done if done.pos_ == "VERB" else done.head
    participle = (
        told.tag_ == "VBG" and told.dep_ in ("advcl", "acl") and told.head in (done, clause)
    )
    temporal = clause.dep_ == "advcl" and clause.head == told and not outcome.actors
    marked = any(c.lower_ in OCCASIONS for c in clause.children)
    return participle or (temporal and marked)


def _absorbed(match: Match) -> Iterator[int]:
    """Yield the tokens whose events are part of a match: its complement and its objects."""
    heads = [
        *match.slots.fill("comp"),
        *match.slots.fill("obj"),
        *match.slots.fill("to"),
        *match.slots.fill("on"),
        *match.slots.fill("for"),
    ]
    for head in heads:
        for token in conjuncts(head):
            yield token.i
            for inner in token.subtree:
                if inner.dep_ in (
                    "obj",
                    "xcomp",
                    "ccomp",
                    "conj",
                    "nmod",
                    "obl",
                    "acl",
                    "compound",
                ) and not _finite_below(inner, token):
                    yield inner.i


def _finite_below(token: Token, top: Token) -> bool:
    """Whether a token stands in a relative clause below another."""
    while token not in (top, token.head):
        if token.dep_ == "acl:relcl":
            return True
        token = token.head
    return False
