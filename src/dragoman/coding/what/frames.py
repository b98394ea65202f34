"""Which frames fire on a sentence, and why the others did not.

``FrameMatcher`` looks up each word in the lexicon's index, checks the frame's
conditions against the trigger's slots, reads its parties, and keeps the best
frame on each trigger. It decides nothing about time, negation or who says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import case_of, conjuncts, phrase
from dragoman.coding.what.kinds import PLACE_LABELS, is_infinitive, party_is
from dragoman.coding.what.match import Inner, Match, NearMiss, lacks, rank, reason, score
from dragoman.coding.what.overlaps import settled
from dragoman.coding.what.sides import Sides
from dragoman.coding.what.slots import Slots, clause_head, clause_words, own_clause
from dragoman.coding.what.starts import is_hyphened_noun, particle_of, right_pos

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.coding.who.parties import PartyReader
    from dragoman.language.tree import Span, Token
    from dragoman.lexicon import Compiled, Condition, Lexicon, Trigger

UNCLAIMED = "ASSAULT"
"""Type whose actor may be somebody unknown: "a car bomb killed ..."."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a trigger's clause."""

    tokens: list[Token]
    words: frozenset[str]
    """The same in lower case."""
    text: str
    """The same as a text."""
    joints: frozenset[str]
    """As of a condition's phrases, of the whole text."""

    @classmethod
    def of(cls, tokens: list[Token]) -> _Clause:
        """Take the words of a clause."""
        lower = [t.lower_ for t in tokens]
        return cls(tokens, frozenset(lower), " ".join(lower), _joints(lower))

    def beside(self, trigger: Token, words: frozenset[str]) -> list[Token]:
        """Return the first of some words beside the trigger, [] when none stands there."""
        if words.isdisjoint(self.words):
            return []
        return [t for t in self.tokens if t is not trigger and t.lower_ in words][:1]

    def has_phrase(self, condition: Condition) -> bool:
        """Whether a phrase of a condition stands in it."""
        if condition.joints.isdisjoint(self.joints):
            return False
        return _holds_any(condition.phrases, self.text)


class FrameMatcher:
    """Matches the lexicon against one sentence."""

    def __init__(self, sentence: Span, lexicon: Lexicon, reader: PartyReader) -> None:
        """Take the sentence, the lexicon and the reader of its parties."""
        self.sentence = sentence
        self.lexicon = lexicon
        self.reader = reader
        self._sides = Sides(reader)
        self._missed: list[tuple[Compiled, Token, str | tuple[str, Condition]]] = []
        self._events: dict[int, set[str]] = {}
        self._found: dict[int, Match] = {}
        lower = [t.lower_ for t in sentence.doc]
        self._words = frozenset(lower)
        self._text = " ".join(lower)
        self._joints = _joints(lower)
        self._clauses: dict[tuple[int, bool], _Clause] = {}
        self._phrases: dict[int, str] = {}

    @property
    def misses(self) -> list[NearMiss]:
        """Return the frames that did not fire, with the reason of each in words."""
        return [NearMiss(c.id, token.text, reason(why)) for c, token, why in self._missed]

    def matches(self) -> list[Match]:
        """Return the best frame of every trigger that has one, in the order of the text.

        Words later in the sentence are matched first, so that a frame can ask
        what event its complement reports.
        """
        found: list[Match] = []
        index = self.lexicon.triggers
        for token in reversed(list(self.sentence)):
            triggers = index.get(token.lower_)
            best = self._best(token, triggers) if triggers is not None else None
            if best is not None:
                found.append(best)
                self._events.setdefault(token.i, set()).add(best.event)
                self._found[token.i] = best
        return settled(list(reversed(found)))

    def event_types(self, token: Token) -> set[str]:
        """Return the types of the events that a word, or a word coordinated with it, reports."""
        return {event for t in conjuncts(token) for event in self._events.get(t.i, ())}

    def typed(self, index: int) -> Inner | None:
        """Return the event that a token reports, absorbed ones included."""
        match = self._found.get(index)
        if match is None:
            return None
        frame = match.compiled.frame
        return Inner(match.event, tuple(frame.mode), frame.cameo)

    def _best(self, token: Token, triggers: Iterable[Trigger]) -> Match | None:
        """Return the frame that fits a token best."""
        best: Match | None = None
        forms: dict[tuple[str, str | None], tuple[Token, ...] | None] = {}
        filled: dict[tuple[str, str | None], Slots] = {}
        for trigger in triggers:
            form = trigger.pos, trigger.particle
            if form not in forms:  # many frames start from one form of a word
                forms[form] = self._fits_form(token, trigger)
            words = forms[form]
            if words is None or not self._may_fire(token, trigger.compiled):
                continue
            if form not in filled:
                filled[form] = self._slots(token, trigger)
            match = self._try(token, trigger, words, filled[form])
            if match is not None and (best is None or rank(match) > rank(best)):
                best = match
        return best

    def _slots(self, token: Token, trigger: Trigger) -> Slots:
        """Return the slots of a trigger, not yet filled."""
        particle = trigger.particle if trigger.pos == "verb" else None
        return Slots(token, trigger.pos, self.lexicon, particle)

    def _may_fire(self, token: Token, compiled: Compiled) -> bool:
        """Whether the sentence holds the words that a frame cannot do without."""
        words = self._words
        for condition in compiled.needed:
            if condition.words.isdisjoint(words) and not self._has_phrase(condition):
                self._miss(compiled, token, ("needs", condition))
                return False
        return True

    def _has_phrase(self, condition: Condition) -> bool:
        """Whether a phrase of a condition stands anywhere in the sentence.

        The words of a clause need not stand together, so of its phrases nothing is known.
        """
        if not condition.phrases:
            return False
        if condition.slot == "clause":
            return True
        if condition.joints.isdisjoint(self._joints):
            return False
        return _holds_any(condition.phrases, self._text)

    def _fits_form(self, token: Token, trigger: Trigger) -> tuple[Token, ...] | None:
        """Return the trigger's words when part of speech and particle are right."""
        if trigger.particle is not None and trigger.particle not in self._text:
            return None
        if not (right_pos(token, trigger.pos) or is_hyphened_noun(token, trigger)):
            return None
        if trigger.particle is None:
            return (token,)
        if trigger.pos == "noun":
            size = len(trigger.particle.split())
            before = token.doc[max(self.sentence.start, token.i - size) : token.i]
            return (
                (*before, token) if [t.lower_ for t in before] == trigger.particle.split() else None
            )
        particle = particle_of(token, trigger.particle)
        return (token, *particle) if particle else None

    def _try(
        self, token: Token, trigger: Trigger, words: tuple[Token, ...], slots: Slots
    ) -> Match | None:
        """Check a frame's conditions and read its parties."""
        compiled = trigger.compiled
        extra = self._fulfilled(compiled, slots)
        if extra is None:
            return None
        match = Match(compiled, token, tuple(dict.fromkeys((*words, *extra))), slots)
        self._sides.read(match)
        lacking = lacks(match)
        if lacking:
            sought = ", ".join(compiled.frame.actor + compiled.frame.recipient)
            self._miss(compiled, token, f"no {lacking} found in {sought}")
            return None
        if not match.actors and match.event == UNCLAIMED:
            match.actors = self.reader.unknown([*slots.fill("subj"), *slots.fill("in")])
        match.score = score(match, trigger)
        return match

    def _fulfilled(self, compiled: Compiled, slots: Slots) -> list[Token] | None:
        """Return the words that fulfil a frame's conditions, ``None`` when one is not.

        What words alone decide is asked first: to read parties costs more.
        """
        words: dict[int, list[Token]] = {}
        for when, unless in compiled.steps:
            for number, condition in when:
                held = self._holds(condition, slots)
                if held is None:
                    self._miss(compiled, slots.token, ("needs", condition))
                    return None
                words[number] = held if condition.slot != "gov" else []
            for condition in unless:
                if self._stops(condition, slots):
                    self._miss(compiled, slots.token, ("stopped by", condition))
                    return None
        return [t for number in sorted(words) for t in words[number]]

    def _stops(self, condition: Condition, slots: Slots) -> bool:
        """Whether a condition that a frame must not meet is met."""
        absent = condition.by_words and condition.words.isdisjoint(self._words)
        if absent and not self._has_phrase(condition):
            return False
        return self._holds(condition, slots, stops=True) is not None

    def _miss(self, compiled: Compiled, token: Token, why: str | tuple[str, Condition]) -> None:
        """Note why a frame did not fire."""
        self._missed.append((compiled, token, why))

    # -- conditions --------------------------------------------------------------

    def _holds(
        self, condition: Condition, slots: Slots, *, stops: bool = False
    ) -> list[Token] | None:
        """Return the words that satisfy a condition ([] when it is an absence), else ``None``.

        What stops a frame must stand in the trigger's own clause.
        """
        if condition.slot == "clause":
            clause = self._clause(slots.token, own=stops)
            found = clause.beside(slots.token, condition.words)
            return found if found or clause.has_phrase(condition) else None
        fillers = slots.fill(condition.slot)
        if condition.slot.endswith(".owner"):
            return [] if any(self.reader.owners(f, wide=True) for f in fillers) else None
        if not fillers:
            return [] if "none" in condition.kinds else None
        if "any" in condition.kinds:
            return []
        for filler in fillers:
            for token in conjuncts(filler):
                held = self._filler_holds(condition, token)
                if held is not None:
                    return held
        return None

    def _clause(self, token: Token, *, own: bool) -> _Clause:
        """Return the clause of a trigger; read once, for many frames ask for it."""
        key = (token.i if own else clause_head(token).i), own
        found = self._clauses.get(key)
        if found is None:
            found = self._own_clause(token) if own else _Clause.of(clause_words(token))
            self._clauses[key] = found
        return found

    def _own_clause(self, token: Token) -> _Clause:
        """Return a trigger's clause without others in it: mostly there are none."""
        tokens, whole = own_clause(token), self._clause(token, own=False)
        return whole if len(tokens) == len(whole.tokens) else _Clause.of(tokens)

    def _filler_holds(self, condition: Condition, token: Token) -> list[Token] | None:
        """Test one filler of a slot against a condition."""
        for head in _heads(token, self.reader):
            if head.lower_ in condition.words:
                return [head]
        possible = not condition.joints.isdisjoint(self._joints)
        if possible and _holds_any(condition.phrases, self._phrase(token)):
            return [token]
        if condition.kinds and self._kind_holds(condition, token):
            return []
        return None

    def _phrase(self, token: Token) -> str:
        """Return the words of a phrase in lower case."""
        found = self._phrases.get(token.i)
        if found is None:
            start, end = phrase(token)
            found = " ".join(t.lower_ for t in token.doc.tokens[start:end])
            self._phrases[token.i] = found
        return found

    def _kind_holds(self, condition: Condition, token: Token) -> bool:
        """Test what kind of thing a filler names."""
        kinds = condition.kinds
        types = self.event_types(token) if condition.by_event else set()
        if types and ("event" in kinds or types & kinds):
            return True
        if "infinitive" in kinds and is_infinitive(token):
            return True
        if "place" in kinds and any(t.ent_type_ in PLACE_LABELS for t in conjuncts(token)):
            return True
        if "person" in kinds and token.ent_type_ == "PERSON":
            return True
        return any(party_is(p, kinds) for p in self.reader.parties(token))


def _heads(token: Token, reader: PartyReader) -> list[Token]:
    """Return a phrase's head and, behind a word such as "thousands", the counted noun."""
    found = [token]
    if reader.words.has("transparent", token):
        found += [c for c in token.children if c.dep_.startswith("nmod") and case_of(c) == "of"]
    return found


def _joints(words: list[str]) -> frozenset[str]:
    """Return the space behind each word with the letters beside it, as ``Condition.joints``."""
    return frozenset(["", *[f"{a[-2:]} {b[:2]}" for a, b in pairwise(words)]])


def _holds_any(phrases: Iterable[str], text: str) -> bool:
    """Whether one of some phrases stands in a text."""
    for one in phrases:  # noqa: SIM110 - a generator costs more than what it would run
        if one in text:
            return True
    return False
