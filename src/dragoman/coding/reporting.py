"""Statements that one sentence makes without quotation marks: clauses, tails, phrases, nouns.

``reported`` reads the tree, and beside it the order of the words: the parser often joins a
tail ("..., the agency said on Monday") to the wrong word, but its commas stand where they should.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.clauses import case_of, child, children, is_passive, surface_subject
from dragoman.coding.statement import Statement, between, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from dragoman.coding.cues import Cues, SpeechWords
    from dragoman.coding.statement import Way
    from dragoman.record import AttributionKind

OPENS_TAIL = frozenset({",", '"', "''", "-", "--", "–", "—", "(", "."})
CLOSES_TAIL = OPENS_TAIL | {".", ":", ";", "!", "?", ")"}
OWN = frozenset({"nsubj", "nsubj:pass", "aux", "aux:pass", "advmod", "obl", "obl:tmod", "obl:unmarked", "obj", "iobj", "obl:arg", "neg", "cop"})
"""Relations that belong to a reporting clause itself, not to what is said."""
AFTER_OBJECT = ("obl", "advcl", "xcomp", "acl", "nmod")
NEGATIONS = frozenset({"not", "n't", "never", "neither"})


class Sayings:
    """Reads the statements of one sentence."""

    def __init__(self, span: Span, words: SpeechWords, base: int, taken: frozenset[int]) -> None:
        """Take a sentence.

        Args:
            span: the parsed sentence.
            words: the reporting words.
            base: offset of its Doc in the report.
            taken: token indices of cues that speak a quotation already.
        """
        self.span = span
        self.words = words
        self.base = base
        self.taken = taken

    def all(self) -> Iterator[Statement]:
        """Yield every statement, in the order of the cues."""
        for token in self.span:
            if token.i in self.taken:
                continue
            found = self._one(token)
            if found is not None and found.content:
                yield found

    def _one(self, token: Token) -> Statement | None:
        """Return the statement that a word is the cue of."""
        form = token.lower_
        if token.pos_ in ("VERB", "AUX") and form in self.words.verbs.kinds:
            return self._verb(token)
        if token.pos_ == "NOUN":
            return self._noun(token)
        if token.pos_ == "ADJ" and form in self.words.adjectives.kinds:
            return self._adjective(token)
        if form in self.words.adverbs:
            return self._adverb(token)
        return self._phrase(token)

    def _make(
        self, cue: Token, speaker: Token | None, said: Iterable[Token], kind: AttributionKind, way: Way
    ) -> Statement:
        """Put a statement together."""
        negated = any(c.lower_ in NEGATIONS for c in cue.children)
        return Statement(cue, speaker, pieces(said, self.base), kind, way, self.base, negated)

    # -- verbs -------------------------------------------------------------------

    def _verb(self, verb: Token) -> Statement | None:
        """Return what a verb reports: in a clause, around it, or in its other complements."""
        speaker = self._speaker(verb)
        if speaker is not None and speaker.lower_ in self.words.speakers:
            return None
        kind = self.words.verbs.kinds[verb.lower_]
        for way, read in (
            ("clause", self._clause),
            ("tail", self._tail),
            ("infinitive", self._infinitive),
            ("predicate", self._predicate),
            ("object", self._prepositional),
            ("object", self._object),
        ):
            said = read(verb)
            if said:
                return self._make(verb, speaker, said, kind, way)  # type: ignore[arg-type]
        return None

    def _speaker(self, verb: Token) -> Token | None:
        """Return who speaks: the subject, of a passive the agent."""
        if is_passive(verb):
            return child(verb, "obl:agent")
        return surface_subject(verb)

    def _clause(self, verb: Token) -> list[Token]:
        """Return the clause that a verb governs: "said that the talks failed"."""
        if not self.words.verbs.take("clause", verb.lower_):
            return []
        clause = child(verb, "ccomp")
        if clause is None:
            loose = [c for c in children(verb, "parataxis") if c.i > verb.i and child(c, "nsubj")]
            clause = loose[0] if loose else None
        return list(clause.subtree) if clause is not None else []

    def _tail(self, verb: Token) -> list[Token]:
        """Return what stands around a reporting clause: "The talks, he said, failed"."""
        if not self.words.verbs.take("clause", verb.lower_):
            return []
        own = self._own_words(verb)
        left, right = own[0], own[-1] + 1
        before = self.span.doc[left - 1] if left > self.span.start else None
        after = self.span.doc[right] if right < self.span.end else None
        if before is None or before.text not in OPENS_TAIL or left - self.span.start < 3:
            return []
        if after is not None and after.text not in CLOSES_TAIL:
            return []
        if child(verb, "nsubj", "nsubj:pass") is None:
            return []
        said = between(self.span, self.span.start, left - 1)
        if after is not None and after.text in OPENS_TAIL and not self._goes_on(verb, right):
            said += between(self.span, right + 1, self.span.end)
        return said

    def _goes_on(self, verb: Token, right: int) -> bool:
        """Whether what follows a tail belongs to it: "he said, adding that ..."."""
        following = next((t for t in self.span.doc[right : self.span.end] if not t.is_punct), None)
        return following is None or any(
            following.i >= c.left_edge.i and following.i <= c.right_edge.i
            for c in verb.children
            if c.i > verb.i and c.dep_ in ("advcl", "conj", "xcomp")
        )

    def _own_words(self, verb: Token) -> list[int]:
        """Return the indices of a reporting clause's own words, in order."""
        found = [verb.i]
        for c in verb.children:
            if c.dep_ in OWN or c.dep_.startswith("obl"):
                found += [t.i for t in c.subtree]
            elif c.dep_ == "mark" and c.lower_ == "as":
                found.append(c.i)
        return sorted(found)

    def _infinitive(self, verb: Token) -> list[Token]:
        """Return the infinitive that a verb governs: "refused to leave", "is expected to win"."""
        if not self.words.verbs.take("infinitive", verb.lower_):
            return []
        clause = child(verb, "xcomp", "ccomp", "advcl")
        if clause is None or not _has_to(clause):
            return []
        subject = child(verb, "nsubj:pass") if is_passive(verb) else child(verb, "obj")
        return [*(subject.subtree if subject is not None else ()), *clause.subtree]

    def _predicate(self, verb: Token) -> list[Token]:
        """Return what somebody or something is called: "called the plan a mistake"."""
        if not self.words.verbs.take("predicate", verb.lower_):
            return []
        clause = child(verb, "xcomp")
        if clause is None or _has_to(clause):
            return []
        subject = child(verb, "nsubj:pass") if is_passive(verb) else child(verb, "obj")
        return [*(subject.subtree if subject is not None else ()), *clause.subtree]

    def _prepositional(self, verb: Token) -> list[Token]:
        """Return what a prepositional phrase holds: "warned of war", "accused X of lying"."""
        for c in verb.children:
            if c.i < verb.i or not c.dep_.startswith(("obl", "advcl", "nmod", "xcomp")):
                continue
            case = case_of(c)
            if case and self.words.verbs.take(case, verb.lower_):
                subject = child(verb, "nsubj:pass") if is_passive(verb) else child(verb, "obj")
                own = [*(subject.subtree if subject is not None else ())]
                return own + [t for t in c.subtree if t.dep_ not in ("case", "mark") or t.head != c]
        return []

    def _object(self, verb: Token) -> list[Token]:
        """Return what a verb has as its object: "announced the withdrawal"."""
        if not self.words.verbs.take("object", verb.lower_):
            return []
        obj = child(verb, "nsubj:pass") if is_passive(verb) else child(verb, "obj")
        if obj is None or obj.lower_ in self.words.speakers:
            return []
        if self._noun(obj) is not None:
            return []
        rest = [
            t
            for c in verb.children
            if c.i > obj.i and c.dep_ in AFTER_OBJECT and c.i > verb.i
            for t in c.subtree
        ]
        return [*obj.subtree, *rest]

    # -- nouns, adjectives, phrases --------------------------------------------------

    def _noun(self, noun: Token) -> Statement | None:
        """Return what a noun reports: "the claim that", "his promise to", "in the view of X"."""
        kind = self.words.nouns.kinds.get(noun.lower_)
        if kind is None:
            return None
        said = self._complement(noun, self.words.nouns)
        if not said:
            return None
        return self._make(noun, self._owner(noun), said, kind, "noun")

    def _complement(self, word: Token, cues: Cues) -> list[Token]:
        """Return the clause, infinitive or phrase that a noun or adjective governs."""
        for c in word.children:
            if c.i < word.i:
                continue
            case = case_of(c)
            clause = c.dep_ in ("acl", "ccomp", "advcl", "csubj") and (
                case == "that" or (not case and child(c, "nsubj") is not None and c.dep_ == "ccomp")
            )
            if clause and cues.take("clause", word.lower_):
                return list(c.subtree)
            if _has_to(c) and cues.take("infinitive", word.lower_):
                return list(c.subtree)
            if case and cues.take(case, word.lower_):
                return [t for t in c.subtree if t.dep_ not in ("case", "mark") or t.head != c]
        return []

    def _owner(self, noun: Token) -> Token | None:
        """Return whose claim it is: its possessor, its "by" phrase, or who makes it."""
        owner = child(noun, "nmod:poss")
        if owner is not None:
            return owner
        for c in noun.children:
            if c.dep_.startswith("nmod") and case_of(c) in ("by", "from", "of", "among"):
                return c
        verb = noun.head
        if noun.dep_ == "obj" and verb.lower_ in self.words.holders:
            return surface_subject(verb)
        return None

    def _adjective(self, adjective: Token) -> Statement | None:
        """Return what an adjective reports: "is confident that"."""
        said = self._complement(adjective, self.words.adjectives)
        speaker = surface_subject(adjective)
        if not said or speaker is None or speaker.lower_ in self.words.speakers:
            return None
        kind = self.words.adjectives.kinds[adjective.lower_]
        return self._make(adjective, speaker, said, kind, "adjective")

    def _adverb(self, adverb: Token) -> Statement | None:
        """Return the clause that "reportedly" marks; nobody is named."""
        said = [t for t in adverb.head.subtree if t.i != adverb.i]
        return self._make(adverb, None, said, self.words.adverbs[adverb.lower_], "adverb")

    def _phrase(self, word: Token) -> Statement | None:
        """Return what stands beside "according to X"."""
        if word.dep_ not in ("case", "mark"):
            return None
        source = word.head
        case = case_of(source)
        kind = self.words.phrases.get(case)
        if kind is None or child(source, "case", "mark") != word:
            return None
        out = {t.i for t in source.subtree}
        return self._make(word, source, [t for t in self.span if t.i not in out], kind, "phrase")


def _has_to(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
