"""Statements that one sentence makes without quotation marks: each from its cue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.said.complements import (
    complement_of,
    infinitive_of,
    object_of,
    phrase_of,
    predicate_of,
)
from dragoman.coding.said.reach import BREAKS, Part, clause_of, first_of, tail_of
from dragoman.coding.said.statement import Statement, overlapping, pieces
from dragoman.coding.what.clauses import VERBAL, case_of, child, is_passive, surface_subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from dragoman.coding.said.cues import SpeechWords
    from dragoman.coding.said.statement import Piece, Way
    from dragoman.language.tree import Span, Token
    from dragoman.record import AttributionKind

READINGS: tuple[tuple[Way, Callable[[Token, Part], list[Token]]], ...] = (
    ("tail", tail_of),
    ("clause", clause_of),
    ("infinitive", infinitive_of),
    ("predicate", predicate_of),
    ("object", phrase_of),
    ("object", object_of),
)
"""How a verb is read, the surest first."""
NAMING = frozenset({"NOUN", "PROPN", "PRON"})
LONGEST_NAME = 8
"""Words from "according to" to the head of whom it names at most."""
NAME_PARTS = frozenset({"amod", "compound", "flat", "nmod"})
"""Relations of a word inside a name: "call centres"."""


def reported(
    sentence: Span,
    words: SpeechWords,
    base: int,
    taken: frozenset[int],
    quotes: Sequence[Piece],
) -> Iterator[Statement]:
    """Yield the statements of a sentence, in the order of their cues.

    Args:
        sentence: its parse.
        words: the reporting words.
        base: offset of its Doc in the report.
        taken: token indices of cues that speak a quotation already.
        quotes: quoted matter of its paragraph; what is said inside one stays inside.
    """
    parts = [*_quoted_parts(sentence, words, base, quotes), Part(sentence, words)]
    for token in sentence:
        if token.lower_ in words.forms and token.i not in taken:
            part = next(p for p in parts if p.span.start <= token.i < p.span.end)
            found = _Cue(token, part, base).statement()
            if found is not None and found.content:
                yield found


def _quoted_parts(
    sentence: Span, words: SpeechWords, base: int, quotes: Sequence[Piece]
) -> Iterator[Part]:
    """Yield the parts of a sentence that stand in quotation marks."""
    first, last = sentence.start_char, sentence.end_char
    for start, end in overlapping(quotes, base + first, base + last):
        left, right = max(start - base, first), min(end - base, last)
        span = sentence.doc.within(left, right)
        if span is not None and len(span):
            yield Part(span, words)


class _Cue:
    """A word that may report."""

    def __init__(self, word: Token, part: Part, base: int) -> None:
        """Take the word and where it stands."""
        self.word = word
        self.part = part
        self.words = part.words
        self.base = base

    def statement(self) -> Statement | None:
        """Return the statement that the word is the cue of, ``None`` when it is none."""
        word, form = self.word, self.word.lower_
        if form in self.words.phrase_starts and not self._is_act():
            return self._phrase()
        if form in self.words.verbs.kinds and _acts(word):
            return self._verb()
        if form in self.words.view_starts and self._is_view():
            return self._view()
        if word.pos_ == "NOUN" and form in self.words.nouns.kinds:
            return self._noun()
        if word.pos_ == "ADJ" and form in self.words.adjectives.kinds:
            return self._adjective()
        return self._adverb() if form in self.words.adverbs else None

    def _make(
        self, speaker: Token | None, said: Iterable[Token], kind: AttributionKind, way: Way
    ) -> Statement:
        """Put the statement together."""
        span = self.part.span
        inside = (t for t in said if span.start <= t.i < span.end)
        negated = any(c.lower_ in self.words.negations for c in self.word.children)
        content = pieces(inside, self.base)
        return Statement(self.word, speaker, content, kind, way, self.base, negated)

    def _verb(self) -> Statement | None:
        """Return what a verb reports: around it, in a clause, or in its other complements."""
        verb = self.word
        kind = self.words.verbs.kinds[verb.lower_]
        for way, read in READINGS:
            said = read(verb, self.part)
            if said:
                event = read is object_of and self.words.verbs.take("event", verb.lower_)
                return self._make(_speaker(verb), said, kind, "event" if event else way)
        return None

    def _noun(self) -> Statement | None:
        """Return what a noun reports: "the claim that", "his promise to"."""
        way, said = complement_of(self.word, self.words.nouns)
        kind = self.words.nouns.kinds[self.word.lower_]
        return self._make(self._owner(), said, kind, way) if said else None

    def _owner(self) -> Token | None:
        """Return whose claim it is: its possessor, its "by" phrase, or who makes it."""
        noun = self.word
        owner = child(noun, "nmod:poss")
        if owner is not None:
            return owner
        for c in noun.children:
            if c.dep_.startswith("nmod") and case_of(c) in self.words.owners:
                return c
        made = noun.dep_ == "obj" and noun.head.lower_ in self.words.holders
        return surface_subject(noun.head) if made else None

    def _view(self) -> Statement | None:
        """Return what stands beside "in the view of X", "from X's point of view"."""
        view = self.words.view_at(self.word)
        parts = {*view.split()}
        inside = (t for t in self.word.subtree if t.dep_ in ("nmod", "nmod:poss"))
        owner = next((t for t in inside if t.lower_ not in parts), None)
        out = {t.i for t in self.word.subtree}
        said = [t for t in self.part.span if t.i not in out]
        if owner is None:
            return None
        made = self._make(owner, said, self.words.views[view], "view")
        return replace(made, cue_words=len(view.split()))

    def _is_view(self) -> bool:
        """Whether a noun stands as in "..., in the view of", set off from what is said."""
        before = self.part.beside(first_of(self.word), -1)
        if before is not None and before.text not in BREAKS:
            return False
        adverbial = self.word.dep_.startswith(("obl", "advcl"))
        cased = adverbial and case_of(self.word) in self.words.view_cases
        return cased and bool(self.words.view_at(self.word))

    def _adjective(self) -> Statement | None:
        """Return what an adjective reports: "is confident that"."""
        way, said = complement_of(self.word, self.words.adjectives)
        speaker = surface_subject(self.word)
        if not said or speaker is None:
            return None
        kind = self.words.adjectives.kinds[self.word.lower_]
        return self._make(speaker, said, kind, "adjective" if way == "noun" else "object")

    def _adverb(self) -> Statement:
        """Return the clause that "reportedly" marks; nobody is named."""
        said = [t for t in self.word.head.subtree if t.i != self.word.i]
        return self._make(None, said, self.words.adverbs[self.word.lower_], "adverb")

    def _phrase(self) -> Statement | None:
        """Return what stands beside "according to X": its sentence, or what the brackets hold."""
        start = self.word.i
        phrase = self.words.phrase_at(self.word)
        end = start + len(phrase.split())
        source = self._noun_after(end) if phrase else None
        if source is None:
            return None
        last = max(source.right_edge.i, source.i)
        said = [t for t in self._bracketed() if not start <= t.i <= last]
        made = self._make(source, said, self.words.phrases[phrase], "phrase")
        return replace(made, cue_words=end - start)

    def _is_act(self) -> bool:
        """Whether "citing" is the act of one who reports nothing: "resigned, citing his age"."""
        head = self.word.head
        clause = self.word.tag_ == "VBG" and self.word.dep_ in ("advcl", "acl", "xcomp", "conj")
        return clause and not self.words.verbs.take("speech", head.lower_)

    def _noun_after(self, index: int) -> Token | None:
        """Return the head of the phrase that begins at an index."""
        rest = self.part.between(index, self.part.span.end)
        noun = next((t for t in rest if t.pos_ in NAMING), None)
        while noun is not None and noun.i < noun.head.i <= index + LONGEST_NAME:
            if any(t.is_punct and t.text != "-" for t in noun.doc[noun.i : noun.head.i]):
                break
            noun = noun.head
        return noun if noun is not None and noun.pos_ in NAMING else None

    def _bracketed(self) -> list[Token]:
        """Return the part of the sentence the word stands in: what brackets hold, or all of it."""
        span, at = self.part.span, self.word.i
        opened = max((t.i + 1 for t in span if t.text == "(" and t.i < at), default=span.start)
        closed = next((t.i for t in span if t.text == ")" and t.i > opened), span.end)
        return self.part.between(opened, closed) if closed > at else list(span)


def _speaker(verb: Token) -> Token | None:
    """Return who speaks by a verb: its subject, of a passive the agent."""
    if is_passive(verb):
        return child(verb, "obl:agent")
    if verb.tag_ == "VBG" and case_of(verb) == "as":  # "quoted the ministry as saying"
        quoted = child(verb.head, "obj")
        return quoted if quoted is not None else surface_subject(verb.head)
    return surface_subject(verb)


def _acts(word: Token) -> bool:
    """Whether a word is a verb, or has a subject like one: "the agency reports" tagged a noun."""
    if word.pos_ in VERBAL:
        return word.dep_ not in NAME_PARTS
    return word.pos_ == "NOUN" and child(word, "nsubj") is not None and child(word, "cop") is None
