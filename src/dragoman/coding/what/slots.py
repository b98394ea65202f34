"""Fill the slots of a trigger: which phrases of the sentence are its subject, object, "to" ...

A verb, a noun and a predicative adjective are asked the same questions; a noun
under a light verb ("held talks with") shares the verb's phrases.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import (
    child,
    children,
    complement,
    conjuncts,
    governor,
    logical_object,
    logical_subject,
    prepositionals,
    retained,
    surface_subject,
)

if TYPE_CHECKING:
    from dragoman.language.tree import Token
    from dragoman.lexicon import Lexicon

MODIFIERS = ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked")
MAX_NOMINALS = 12
"""Words below a phrase that are searched for a preposition."""
MUTUAL = frozenset({"between", "among"})
"""Prepositions of nouns: "no meeting took place between the two"."""
LIGHT_PREPOSITIONS = frozenset({"in", "into"})
"""Prepositions between a light verb and its noun: "engage in talks", "enter into negotiations"."""
APART = frozenset({"conj", "advcl", "acl:relcl", "parataxis"})
"""Clauses that may say something else than the one they hang on."""
LOCATIVE = ("in", "at", "near", "outside", "inside", "around", "across", "along")


@dataclass(eq=False)
class Slots:
    """The slots of one trigger token."""

    token: Token
    pos: str
    lexicon: Lexicon
    particle: str | None = None
    _filled: dict[str, list[Token]] = field(default_factory=dict, compare=False, repr=False)
    """Slots that were asked for: many frames start from one word and ask for the same."""

    @cached_property
    def light(self) -> Token | None:
        """The light verb that a noun trigger is the object of."""
        token = self.token
        while token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN"):
            token = token.head
        case = child(token, "case")
        governed = token.dep_ in ("obj", "nsubj:pass") or (
            token.dep_ == "obl" and case is not None and case.lower_ in LIGHT_PREPOSITIONS
        )
        known = self.lexicon.light | self.lexicon.passive_light
        return token.head if governed and token.head.lower_ in known else None

    @cached_property
    def object(self) -> Token | None:
        """The logical object of a verb trigger."""
        if self.pos != "verb":
            return None
        found = logical_object(self.token)
        if found is None and self.particle is not None:
            # "took in refugees": the parser may read the particle as the noun's preposition
            found = next(prepositionals(self.token, self.particle.split()[0]), None)
        return found

    @cached_property
    def comp(self) -> Token | None:
        """The clause the trigger governs."""
        found = complement(self.token)
        if found is None and self.light is not None:
            return complement(self.light)
        return found

    def fill(self, slot: str) -> list[Token]:
        """Return the heads of the phrases in a slot, best first; empty when there is none."""
        found = self._filled.get(slot)
        if found is None:
            found = self._filled[slot] = self._fill(slot)
        return found

    def _fill(self, slot: str) -> list[Token]:
        """Look for the phrases of a slot."""
        base, _, inner = slot.rstrip("!").partition(".")
        found = self._base(base)
        if not inner or inner == "owner":
            return found
        if (base, inner) == ("gov", "subj"):  # "was sentenced to a year in prison": not by himself
            doers = [logical_subject(outer) for outer in found]
            return [token for token in doers if token is not None]
        return [token for outer in found for token in _inside(outer, inner)]

    def _base(self, slot: str) -> list[Token]:
        """Return the phrases of a slot without a dot."""
        if slot == "comp":
            return [self.comp] if self.comp is not None else []
        if slot == "gov":
            return self._governor()
        if slot == "place":
            return [p for preposition in LOCATIVE for p in self._base(preposition)]
        if self.pos == "noun":
            return self._of_noun(slot)
        return self._of_verb(slot)

    def _governor(self) -> list[Token]:
        """Return the predicate above a noun, or above the noun that a participle modifies."""
        if self.pos == "noun":
            return [governor(self.token)]
        return [governor(self.token.head)] if self.token.dep_.startswith("acl") else []

    def _of_verb(self, slot: str) -> list[Token]:
        """Return the phrases of a verb's or adjective's slot."""
        token = self.token
        if slot == "subj":
            found = logical_subject(token) if self.pos == "verb" else surface_subject(token)
            return [found] if found is not None else []
        if slot == "obj":
            return [self.object] if self.object is not None else []
        if slot == "iobj":
            kept = retained(token) is not None  # "was denied entry": the subject is who got none
            subject = surface_subject(token) if kept else None
            return children(token, "iobj") if subject is None else [subject]
        hosts = [token, *([self.object] if self.object is not None else [])]
        hosts += children(token, "xcomp")
        hosts += [
            c for c in children(token, "obl") if c.i > token.i and slot not in ("in", "on", "at")
        ]
        return [p for host in hosts for p in prepositionals(host, slot)]

    def _of_noun(self, slot: str) -> list[Token]:
        """Return the phrases of a noun's slot."""
        token, light = self.token, self.light
        passive_light = light is not None and light.lower_ in self.lexicon.passive_light
        if slot == "subj":
            return self._agents(passive_light=passive_light)
        if slot == "obj":
            found = list(prepositionals(token, "of"))
            found += self._undergoer()
            if passive_light and light is not None:
                subject = surface_subject(light)
                found += [subject] if subject is not None else []
            for preposition in ("on", "against"):
                found += list(prepositionals(token, preposition))
                found += list(prepositionals(light, preposition)) if light is not None else []
            return found
        found = list(prepositionals(token, slot))
        if light is not None:
            found += [p for p in prepositionals(light, slot) if p.i != token.i]
        elif token.dep_ in ("obj", "nsubj", "nsubj:pass"):
            found += [p for p in self._raised(slot) if p.i != token.i]
        return found

    def _raised(self, slot: str) -> list[Token]:
        """Return a noun's phrases that the parser hung on its verb: "rejected a call for talks".

        Right after the noun a phrase is the noun's; "between" always is.
        """
        verb = self.token.head
        hosts = [verb, *children(verb, "obj")]
        found = [p for host in hosts for p in prepositionals(host, slot)]
        after = self.token.i + 1
        return [p for p in found if slot in MUTUAL or p.left_edge.i == after]

    def _undergoer(self) -> list[Token]:
        """Return the subject of a predicate such as "X is under sanctions"."""
        case = child(self.token, "case")
        subject = child(self.token, "nsubj")
        return (
            [subject] if case is not None and case.lower_ == "under" and subject is not None else []
        )

    def _agents(self, *, passive_light: bool) -> list[Token]:
        """Return who does what a noun names."""
        token, light = self.token, self.light
        found = list(prepositionals(token, "by"))
        if light is not None and not passive_light:
            subject = logical_subject(light)
            if subject is not None and subject.i != token.i:
                return [*found, subject]  # "an agent started the FIFA probe": not FIFA
        found += [c for label in MODIFIERS for c in children(token, label)]
        return found


def _inside(token: Token, slot: str) -> list[Token]:
    """Return the phrases inside a phrase or governed clause."""
    if slot == "subj":
        found = child(token, "nsubj", "nsubj:pass") or surface_subject(token)
        return [found] if found is not None else []
    if slot == "obj":
        found = logical_object(token)
        return [found] if found is not None else []
    return [p for host in _nominals(token) for p in prepositionals(host, slot)]


def _nominals(token: Token) -> list[Token]:
    """Return a word and the phrases below it that may carry its prepositions."""
    found: list[Token] = []
    queue = conjuncts(token)
    while queue and len(found) < MAX_NOMINALS:
        current = queue.pop(0)
        found.append(current)
        queue += [
            c for c in current.children if c.dep_ in ("obj", "obl", "xcomp", "nmod", "conj", "iobj")
        ]
    return found


def clause_words(token: Token) -> list[Token]:
    """Return the words of a trigger's clause, subordinate clauses included."""
    return list(clause_head(token).subtree)


def clause_head(token: Token) -> Token:
    """Return the word that a trigger's clause hangs on."""
    head = token
    while (
        head.dep_
        in (
            "obj",
            "obl",
            "nmod",
            "xcomp",
            "nsubj",
            "nsubj:pass",
            "compound",
            "conj",
            "acl",
            "obl:agent",
            "appos",
            "advcl",
        )
        and head.head != head
    ):
        head = head.head
    return head


def own_clause(token: Token) -> list[Token]:
    """Return the words of a trigger's clause, other clauses with their own subject left out."""
    words = clause_words(token)
    apart: set[int] = set()
    for word in words:
        if word.dep_ in APART and child(word, "nsubj", "nsubj:pass") is not None:
            below = {t.i for t in word.subtree}
            apart |= below if token.i not in below else set()
    return [t for t in words if t.i not in apart]
