"""Whether what fired is an event at all: what is private, asked, polled or sport is none.

Frames see words; these tests see the sides that were read and the whole report. Their words stand
in ``data/worth.yaml``. What they stop is noted for ``dragoman explain``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.coding.what.clauses import child
from dragoman.language.forms import noun_forms

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.coding.what.match import Match
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
HOME_KINDS = frozenset({"state", "capital", "seat", "region"})
"""Kinds of parties that are the visitor's country when it is their own."""
JOINED = frozenset({"conj", "obj", "xcomp", "parataxis"})
"""Relations by which a word is part of what its sentence's main verb says."""


@dataclass(frozen=True)
class Told:
    """What fired, as far as the tests look at it."""

    match: Match
    event: str
    """The type after the ontology's rules."""
    actors: Sequence[Party]
    recipients: Sequence[Party]
    countries: frozenset[str | None]
    """Those of the places that its sentence names, else the one that the report is about."""
    topic: str | None
    """What the report is about, when that is sport or a show."""

    @property
    def sides(self) -> list[Party]:
        """Everybody who takes part."""
        return [*self.actors, *self.recipients]


@dataclass(frozen=True)
class Worth:
    """The word lists of ``worth.yaml``, nouns in singular and plural."""

    lists: Mapping[str, frozenset[str]]
    topics: Mapping[str, frozenset[str]]
    least: int
    """Different words of a topic that a report about it holds at least."""
    share: float
    """Words of a topic in a hundred that it holds at least."""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Worth:
        """Expand the data file."""
        lists = {k: _forms(v) for k, v in raw.items() if isinstance(v, list)}
        topics = {name: _forms(words) for name, words in raw["topics"].items()}
        return cls(lists, topics, int(raw["topic_words"]), float(raw["topic_share"]))

    def topic(self, text: str) -> str | None:
        """Return what a report is about when its own words make it sport or a show."""
        words = Counter(w.lower() for w in WORD.findall(text))
        total = sum(words.values()) or 1
        for name, known in self.topics.items():
            found = {w: n for w, n in words.items() if w in known}
            if len(found) >= self.least and 100 * sum(found.values()) / total >= self.share:
                return name
        return None

    def why_not(self, told: Told) -> str | None:
        """Return why what fired is no event, ``None`` when it is one."""
        if self._stands(told.match):
            return None
        tests = {
            "a question asks whether": self._is_asked,
            "voters tell pollsters": self._is_polled,
            "travel in the own country": self._is_travel,
            "a crime among private persons": self._is_crime,
            "all sides are private": self._is_private,
            "the opinion of private persons": self._is_partisan,
            "only what should be": self._is_wish,
            "one's own cause": self._is_own,
            "an attack in words": self._is_verbal,
            "a stance towards nobody": self._is_stance,
            "a promise to nobody": self._is_pledge,
            "a meeting of one side": self._is_one_sided,
            "a talk with the press": self._is_interview,
            f"the report is about {told.topic}": self._is_play,
        }
        return next((why for why, holds in tests.items() if holds(told)), None)

    def _stands(self, match: Match) -> bool:
        """Whether a frame's events stand whoever takes part."""
        words = {t.lower_ for t in match.words}
        return match.compiled.id in self.lists["kept"] or bool(words & self.lists["kept_words"])

    def _is_one_sided(self, told: Told) -> bool:
        """Whether a noun tells a meeting of one side alone that nobody is said to have held."""
        joint = told.match.compiled.frame.joint and told.event in self.lists["two_sided"]
        noun = told.match.slots.pos == "noun" and told.match.slots.light is None
        return joint and noun and len(told.sides) == 1 and not told.sides[0].plural

    def _is_interview(self, told: Told) -> bool:
        """Whether somebody meets journalists."""
        met = told.event in self.lists["two_sided"] and len(told.sides) > 1
        return met and any(self.lists["press"] & set(p.entity.sector) for p in told.sides)

    def _is_asked(self, told: Told) -> bool:
        """Whether a yes-or-no question asks whether it is so."""
        root = told.match.trigger
        while root.dep_ in JOINED:
            root = root.head
        return root.dep_ == "ROOT" and self._asks(root)

    def _asks(self, root: Token) -> bool:
        """Whether a main verb asks: a question mark, and an auxiliary before its subject."""
        marked = any(t.text == "?" for t in root.sent[-3:])
        subject = child(root, "nsubj", "nsubj:pass")
        turned = subject is not None and any(
            c.dep_ in ("aux", "aux:pass", "cop") and c.i < subject.i for c in root.children
        )
        why = any(t.lower_ in self.lists["asking_why"] for t in root.children)
        return marked and turned and not why

    def _is_polled(self, told: Told) -> bool:
        """Whether those who act are voters or the like."""
        doc = told.match.trigger.doc
        heads = {doc[p.head].lower_ for p in told.actors if p.head >= 0}
        polled = bool(heads) and heads <= self.lists["voters"]
        return polled and told.event in self.lists["poll_types"]

    def _is_travel(self, told: Told) -> bool:
        """Whether a visitor only travels in the own country."""
        if told.match.compiled.id not in self.lists["travel"]:
            return False
        codes = {p.entity.code for p in told.sides}
        guests = [p for p in told.sides if p.kind not in HOME_KINDS]
        met = len(guests) > 1 or len(codes) != 1
        return not met and bool(told.actors) and told.countries == codes

    def _is_crime(self, told: Told) -> bool:
        """Whether one private person was harmed by nobody known or by another one."""
        if told.event not in self.lists["crime_types"] or not told.recipients:
            return False
        if not self.lists["warlike"].isdisjoint(told.match.compiled.frame.mode):
            return False
        return all(self._is_single(p) for p in told.sides)

    def _is_single(self, party: Party) -> bool:
        """Whether a party is one private person, of no country that its phrase names."""
        here = party.why.startswith("no country")
        person = party.kind in ("role", "person") and not party.plural
        ordinary = set(party.entity.sector) <= self.lists["crime_sides"]
        return person and here and ordinary and self._is_private_party(party)

    def _is_private(self, told: Told) -> bool:
        """Whether nobody who takes part is more than private."""
        if told.event not in self.lists["private_types"] or not told.actors:
            return False
        if "military" in told.match.compiled.frame.context:
            return False  # "the last company marched out" is no firm
        if len({p.entity.code for p in told.sides if p.kind == "people"}) > 1:
            return False  # peoples of two countries
        firms = {p.entity.code for p in told.sides if self.lists["firms"] & set(p.entity.sector)}
        abroad = len(firms - self.lists["private_codes"]) > 1  # exchanges of two countries
        return not abroad and all(self._is_private_party(p) for p in told.sides)

    def _is_private_party(self, party: Party) -> bool:
        """Whether a party acts for itself alone."""
        if party.entity.code in self.lists["private_codes"]:
            return True
        sectors = set(party.entity.sector)
        public = {w.strip(",;:\"'") for w in party.words} & self.lists["public"]
        if not sectors:
            return party.kind == "person" and party.entity.code is None
        return sectors <= self.lists["private"] and not public

    def _is_partisan(self, told: Told) -> bool:
        """Whether private persons are for somebody."""
        partisan = told.event in self.lists["partisan_types"] and bool(told.actors)
        return partisan and all(self._is_private_party(p) for p in told.actors)

    def _is_wish(self, told: Told) -> bool:
        """Whether an auxiliary says that it should be done."""
        wished = any(
            c.dep_ == "aux" and c.lower_ in self.lists["wishes"] and not _opens(c)
            for c in told.match.trigger.children
        )
        own = any(w.lower_ in self.lists["wishes"] for w in told.match.words)
        return wished and not own and told.event not in self.lists["wish_kept"]

    def _is_own(self, told: Told) -> bool:
        """Whether what somebody is for is their own: "defended her record"."""
        if told.match.compiled.id not in self.lists["own"]:
            return False
        heads = {p.head for p in told.recipients if p.kind != "person"}
        things = [t for t in told.match.slots.fill("obj") if t.i not in heads]
        owners = [child(t, "nmod:poss") for t in things]
        return bool(owners) and all(o is not None and o.pos_ == "PRON" for o in owners)

    def _is_verbal(self, told: Told) -> bool:
        """Whether a politician's attack names nobody whom it struck."""
        if told.match.compiled.id not in self.lists["verbal"] or told.recipients:
            return False
        doc = told.match.trigger.doc
        owned = [p for p in told.actors if p.head >= 0 and doc[p.head].dep_ == "nmod:poss"]
        political = all(
            p.kind == "person" and set(p.entity.sector) & self.lists["politicians"] for p in owned
        )
        return bool(owned) and political

    def _is_stance(self, told: Told) -> bool:
        """Whether somebody is for or against a thing, and no other party is concerned."""
        return told.match.compiled.id in self.lists["stances"] and not told.recipients

    def _is_pledge(self, told: Told) -> bool:
        """Whether somebody who does not govern promises something to nobody."""
        if told.event not in self.lists["pledge_types"] or told.recipients:
            return False
        return len(told.actors) == 1 and all(self._may_only_pledge(p) for p in told.actors)

    def _may_only_pledge(self, party: Party) -> bool:
        """Whether a party is one person without power."""
        person = party.kind in ("person", "role") and not party.plural
        sectors = set(party.entity.sector)
        return person and bool(sectors) and sectors <= self.lists["pledgers"]

    def _is_play(self, told: Told) -> bool:
        """Whether a report of sport or a show tells it of nobody in politics."""
        teams = self.lists["private"]
        return told.topic is not None and all(set(p.entity.sector) <= teams for p in told.sides)


def _opens(aux: Token) -> bool:
    """Whether an auxiliary opens a condition, before its subject: "should they agree"."""
    subject = child(aux.head, "nsubj", "nsubj:pass")
    return subject is not None and aux.i < subject.i


def _forms(words: Sequence[str]) -> frozenset[str]:
    """Return some nouns in singular and plural; codes stay as they are."""
    return frozenset(form for word in words for form in (word, *noun_forms(word)))
