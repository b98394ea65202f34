"""Look into a noun phrase: its core words, the known names in it, the office it names.

Everything here is read off one sentence; nothing is remembered and nothing is inferred.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.actors.roles import RUN
from dragoman.coding.what.clauses import case_of
from dragoman.coding.who.names import Name, find_names, here
from dragoman.coding.who.party import Office, Party, Words, as_sectors, spaced
from dragoman.record import Entity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors import Knowledge
    from dragoman.actors.roles import Role
    from dragoman.coding.who.memory import Memory
    from dragoman.language.tree import Span, Token

CORE = frozenset(
    {
        "compound",
        "flat",
        "flat:name",
        "amod",
        "nmod:poss",
        "det",
        "nummod",
        "nmod:desc",
        "goeswith",
        "nmod:unmarked",
    }
)
ROLE_REACH = 3
"""Words of a role before and after the word that is looked at: "chief of staff"."""
PLACES = frozenset({"LOC", "GPE", "FAC"})
"""Labels of names in which a word is no office: "Dean Woods Road"."""
TITLE_REACH = 4
"""Words of an of-phrase that still belong to a title."""


JOINTS = frozenset({"-", "of", "the", "and"})
"""Small words between those of an office."""
GOING_ON = frozenset({"of", "-", "for"})
"""What may stand inside a role behind a word of a phrase."""
POSSESSIVE = frozenset({"'s", "’s", "'"})


class Phrases:
    """The noun phrases of one sentence."""

    def __init__(self, sentence: Span, knowledge: Knowledge, words: Words, memory: Memory) -> None:
        """Find the known names and index the tagged ones."""
        self.sentence = sentence
        self.knowledge = knowledge
        self.words = words
        found = (
            here(name, sentence, memory.means)
            for name in find_names(sentence, knowledge, memory.published)
        )
        self.names = tuple(name for name in found if name is not None)
        self.name_at: dict[int, Name] = {i: n for n in self.names for i in range(n.start, n.end)}
        self.ents: dict[int, Span] = {t.i: ent for ent in sentence.ents for t in ent}
        self._cores: dict[int, list[int]] = {}
        self._inside: dict[int, list[Name]] = {}
        self._roles: dict[int, Office | None] = {}

    def extent(self, token: Token) -> tuple[int, int]:
        """Return the token range of a named person with title, without apposition."""
        left, right = token.i, token.i + 1
        ent = self.ents.get(token.i)
        if ent is not None:
            left, right = min(left, ent.start), max(right, ent.end)
        name = self.name_at.get(token.i)
        if name is not None:
            left, right = min(left, name.start), max(right, name.end)
        for index in self.core(token):
            left, right = min(left, index), max(right, index + 1)
        return left, right

    def core(self, token: Token) -> list[int]:
        """Return the token indices of a phrase without its clauses, lists and prepositions."""
        known = self._cores.get(token.i)
        if known is not None:
            return known
        found, stack = [token.i], list(token.children)
        while stack:
            child = stack.pop()
            if child.dep_ in CORE and not _has_case(child):
                found.append(child.i)
                stack += child.children
            elif (
                child.dep_ == "conj"
                and child.head.dep_ in ("amod", "compound", "nmod:poss")
                and child.head != token
            ):
                found.append(child.i)
        found.sort()
        self._cores[token.i] = found
        return found

    def core_names(self, token: Token) -> list[Name]:
        """Return the known names inside a phrase, its head's own left out.

        "Western-backed rebels" are not the West's: names before such words are left out too.
        """
        if not self.names:
            return []
        known = self._inside.get(token.i)
        if known is None:
            own = self.name_at.get(token.i)
            inside = (self.name_at.get(index) for index in self.core(token))
            found = {id(n): n for n in inside if n is not None and n is not own}
            known = [n for n in found.values() if not self.outside(n) and not self.ethnic(n)]
            self._inside[token.i] = known
        return known

    def outside(self, name: Name) -> bool:
        """Whether a name says nothing of who somebody is: "Western-backed"."""
        return self._before(name, "outside")

    def ethnic(self, name: Name) -> bool:
        """Whether a name tells a people, not a country: "ethnic Albanians in Serbia"."""
        start = name.start
        return start > self.sentence.start and self.words.has(
            "ethnic", self.sentence.doc[start - 1]
        )

    def origin(self, name: Name) -> bool:
        """Whether a name only says where somebody comes from: "the Iranian-born lawmaker"."""
        return self._before(name, "origin")

    def _before(self, name: Name, kind: str) -> bool:
        """Whether a name is joined by a hyphen to a word of a list."""
        doc = self.sentence.doc
        if name.end + 1 >= self.sentence.end or doc[name.end].text not in ("-", "\u2010", "\u2011"):
            return False
        return self.words.has(kind, doc[name.end + 1])

    def text_of(self, name: Name) -> str:
        """Return a name as the sentence writes it."""
        return self.sentence.doc[name.start : name.end].text

    def role_in(self, token: Token) -> Office | None:
        """Return the office or group word in a phrase, the one nearest its end first."""
        if token.i not in self._roles:
            self._roles[token.i] = self._role_in(token)
        return self._roles[token.i]

    def _role_in(self, token: Token) -> Office | None:
        """Look for the office in a phrase."""
        indices = self.core(token)
        for index in reversed(indices):
            if self._may_hold_role(index) and self._may_be_role(index, token):
                for start in range(max(indices[0], index - ROLE_REACH), index + 1):
                    office = (
                        self._role_from(start, index)
                        if self._joined(start, index, indices)
                        else None
                    )
                    if office is not None:
                        return self._former(office, indices)
        return None

    def _may_hold_role(self, index: int) -> bool:
        """Whether a role can end at a word or, where "of" follows, a few words after it."""
        if self._may_end_role(index):
            return True
        if not self._goes_on(index):
            return False
        stop = min(index + ROLE_REACH + 1, self.sentence.end)
        return any(self._may_end_role(last) for last in range(index + 1, stop))

    def _goes_on(self, index: int) -> bool:
        """Whether the word behind one can go on with a role: "chief of staff"."""
        behind = index + 1
        return behind < self.sentence.end and self.sentence.doc.tokens[behind].lower_ in GOING_ON

    def _may_end_role(self, index: int) -> bool:
        """Whether a word ends any role of the knowledge base, as far as its last letters tell."""
        doc = self.sentence.doc
        token = doc.tokens[index]
        run = last_run(token.lower_)
        if run in self.knowledge.roles.endings or not run or not run.isascii():
            return True
        return len(run) == len(token.text) and doc.text[token.idx - 1 : token.idx].isalnum()

    def ends_office(self, token: Token) -> bool:
        """Whether a word only completes an office: the staff of "chief of staff"."""
        head = token.head
        if not 0 < token.i - head.i <= ROLE_REACH or case_of(token) != "of":
            return False
        role = self.knowledge.role(spaced(self.sentence.doc.chars(head.i, token.i + 1)))
        return role is not None

    def _may_be_role(self, index: int, head: Token) -> bool:
        """Whether a word of a phrase can end an office: "official invitation" names nobody."""
        word = self.sentence.doc[index]
        ent = self.ents.get(index)
        named = ent is not None and index > head.i and word.pos_ == "PROPN"
        placed = ent is not None and ent.label_ in PLACES and ent.end - ent.start > 1
        return not (named or placed) and (word.pos_ != "ADJ" or index == head.i)

    def _joined(self, start: int, index: int, indices: list[int]) -> bool:
        """Whether the words between belong to the phrase, small words aside."""
        tokens = self.sentence.doc.tokens
        for i in range(start, index):
            if i not in indices and tokens[i].text not in JOINTS:
                return False
        return True

    def _role_from(self, start: int, index: int) -> Office | None:
        """Return the longest role that begins at ``start`` and holds ``index``."""
        doc, stop = self.sentence.doc, self.sentence.end - 1
        for last in range(min(index + ROLE_REACH * self._goes_on(index), stop), index - 1, -1):
            role = self.knowledge.role(spaced(doc.chars(start, last + 1)))
            if role is not None:
                title = self._title(start, last)
                return Office(self._sectors(role, last), role.is_title, role.sends, start, title)
        return None

    def _sectors(self, role: Role, last: int) -> tuple[str, ...]:
        """Return a role's sectors; "opposition lawmakers" are lawmakers first."""
        sectors, lists = as_sectors(role.sector), self.words.lists
        alone = self.knowledge.role(self.sentence.doc[last].lower_)
        if alone is None or not lists["secondary"] & set(sectors):
            return sectors
        primary = tuple(s for s in alone.sector if s in lists["opposable"])
        return tuple(dict.fromkeys(primary + sectors))

    def _title(self, start: int, end: int) -> str:
        """Return an office's words with the of- or for-phrase that completes it."""
        doc = self.sentence.doc
        last = end
        for child in doc[end].children:
            if child.dep_.startswith("nmod") and case_of(child) in ("of", "for") and child.i > end:
                last = max(last, child.i)
        return (
            doc[start : last + 1].text if last - end <= TITLE_REACH else doc[start : end + 1].text
        )

    def _former(self, role: Office, indices: Iterable[int]) -> Office:
        """Turn a past office holder's sector into ELI."""
        tokens = [self.sentence.doc[i].lower_ for i in indices]
        if "GOV" in role.sector and any(t in self.words.lists["former"] for t in tokens):
            return replace(role, sector=("ELI",))
        return role

    def coordinated(self, names: list[Name]) -> bool:
        """Whether the demonyms of a phrase are joined by "and": two parties, not one."""
        doc = self.sentence.doc
        return all(
            any(doc[i].lower_ in ("and", ",", "or") for i in range(a.end, b.start))
            or doc[a.end].text == "-"
            for a, b in itertools.pairwise(names)
        )

    def of_name(self, name: Name) -> Party:
        """Return the party of a state, capital, seat, organisation, group or demonym."""
        entry = name.entry
        doc = self.sentence.doc
        span = doc[name.start : name.end]
        entity = Entity(
            code=entry.code,
            sector=tuple(entry.sector) or (("GOV",) if entry.kind in ("capital", "seat") else ()),
            entity_text=span.text,
            identifier_text=entry.name,
            identifier_id=entry.wikidata,
        )
        why = f"{span.text!r} is a {entry.kind} of the knowledge base: {entry.name}"
        kind = "state" if entry.kind == "adjective" else entry.kind
        return Party(entity, name.end - 1, span.start_char, span.end_char, kind, why=why)

    def capitals_after(self, index: int) -> str | None:
        """Return the capitalised words after a state's name: "Prime Minister of Japan X Y"."""
        before = self.name_at.get(index - 1)
        if before is None or index in self.name_at or before.entry.kind not in ("state", "region"):
            return None
        run = []
        for token in self.sentence.doc[index : min(index + 4, self.sentence.end)]:
            if not token.text[:1].isupper() or token.i in self.name_at:
                break
            run.append(token.text)
        return " ".join(run) if len(run) > 1 else None


@lru_cache(maxsize=8192)
def last_run(word: str) -> str:
    """Return the last letters or digits in a row of a word, "" when it has none."""
    runs = RUN.findall(word)
    return runs[-1] if runs else ""


def _has_case(token: Token) -> bool:
    """Whether a preposition opens a phrase; "'s" closes one."""
    for child in token.children:  # noqa: SIM110 - asked of every word, and most have no child
        if child.dep_ == "case" and child.lower_ not in POSSESSIVE:
            return True
    return False
