"""Statements that one sentence makes without quotation marks: clauses, tails, phrases, nouns.

``reported`` reads the tree, and beside it the order of the words: the parser often joins a
tail ("..., the agency said on Monday") to the wrong word, but its commas stand where they should.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.clauses import VERBAL, case_of, child, children, is_passive, surface_subject
from dragoman.coding.statement import Statement, between, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from dragoman.coding.cues import Cues, SpeechWords
    from dragoman.coding.statement import Piece, Way
    from dragoman.record import AttributionKind

OPENS_TAIL = frozenset({",", '"', "''", "-", "--", "–", "—", "(", "."})
CLOSES_TAIL = OPENS_TAIL | {".", ":", ";", "!", "?", ")"}
OWN = frozenset({"nsubj", "nsubj:pass", "aux", "aux:pass", "advmod", "obl", "obl:tmod", "obl:unmarked", "obj", "iobj", "obl:arg", "neg", "cop"})
"""Relations that belong to a reporting clause itself, not to what is said."""
AFTER_OBJECT = ("obl", "advcl", "xcomp", "acl", "nmod")
FINITE = frozenset({"VBD", "VBZ", "VBP"})
TELLING = FINITE | {"NNS"}
"""Tags of a verb in a tail; "reports" is often taken for a noun."""
FINITE_OR_MODAL = FINITE | {"MD"}
NAME_PARTS = frozenset({"amod", "compound", "flat", "nmod"})
"""Relations of a word inside a name: "call centres"."""
NAMING = frozenset({"NOUN", "PROPN", "PRON"})
ADDRESSEE = frozenset({"obj", "iobj"})
NEGATIONS = frozenset({"not", "n't", "never", "neither"})


class Sayings:
    """Reads the statements of one sentence."""

    def __init__(
        self,
        whole: Span,
        words: SpeechWords,
        base: int,
        taken: frozenset[int],
        quotes: Sequence[Piece],
    ) -> None:
        """Take a sentence.

        Args:
            whole: the parsed sentence.
            words: the reporting words.
            base: offset of its Doc in the report.
            taken: token indices of cues that speak a quotation already.
            quotes: quoted matter of its paragraph: what is said inside one stays inside.
        """
        self.whole = whole
        self.words = words
        self.base = base
        self.taken = taken
        self.spans = _parts(whole, base, quotes)
        self.span = whole

    def all(self) -> Iterator[Statement]:
        """Yield every statement, in the order of the cues."""
        for token in self.whole:
            if token.i in self.taken:
                continue
            self.span = next((s for s in self.spans if s.start <= token.i < s.end), self.whole)
            found = self._one(token)
            if found is not None and found.content:
                yield found

    def _one(self, token: Token) -> Statement | None:
        """Return the statement that a word is the cue of."""
        form = token.lower_
        if form in self.words.phrase_starts:
            return self._phrase(token)
        if form in self.words.verbs.kinds and _acts(token):
            return self._verb(token)
        if token.pos_ == "NOUN":
            return self._noun(token)
        if token.pos_ == "ADJ" and form in self.words.adjectives.kinds:
            return self._adjective(token)
        if form in self.words.adverbs:
            return self._adverb(token)
        return None

    def _make(
        self, cue: Token, speaker: Token | None, said: Iterable[Token], kind: AttributionKind, way: Way
    ) -> Statement:
        """Put a statement together."""
        negated = any(c.lower_ in NEGATIONS for c in cue.children)
        said = [t for t in said if self.span.start <= t.i < self.span.end]
        return Statement(cue, speaker, pieces(said, self.base), kind, way, self.base, negated)

    # -- verbs -------------------------------------------------------------------

    def _verb(self, verb: Token) -> Statement | None:
        """Return what a verb reports: in a clause, around it, or in its other complements."""
        speaker = self._speaker(verb)
        kind = self.words.verbs.kinds[verb.lower_]
        for way, read in (
            ("tail", self._tail),
            ("clause", self._clause),
            ("infinitive", self._infinitive),
            ("predicate", self._predicate),
            ("object", self._prepositional),
            ("object" if verb.lower_ not in self.words.verbs.takes["event"] else "event", self._object),
        ):
            said = read(verb)
            if said:
                return self._make(verb, speaker, said, kind, way)  # type: ignore[arg-type]
        return None

    def _speaker(self, verb: Token) -> Token | None:
        """Return who speaks: the subject, of a passive the agent."""
        if is_passive(verb):
            return child(verb, "obl:agent")
        if verb.tag_ == "VBG" and case_of(verb) == "as":  # "quoted the ministry as saying"
            quoted = child(verb.head, "obj")
            return quoted if quoted is not None else surface_subject(verb.head)
        return surface_subject(verb)

    def _clause(self, verb: Token) -> list[Token]:
        """Return the clause that a verb governs: "said that the talks failed".

        It runs from the end of the reporting words to the end of the sentence, or to where the
        speaker's next act begins: the parser often hangs a part of it elsewhere.
        """
        if not self.words.verbs.take("clause", verb.lower_):
            return []
        clause = child(verb, "ccomp")
        if clause is not None and clause.i < verb.i:
            return list(clause.subtree)
        if clause is None and not self._tells_on(verb):
            return []
        start = self._clause_start(verb, clause)
        return self._cut(verb, start, self._last(verb) + 1)

    def _tells_on(self, verb: Token) -> bool:
        """Whether a verb of speech is followed by a clause that the parser joined elsewhere."""
        if verb.tag_ not in FINITE or not self.words.verbs.take("speech", verb.lower_):
            return False
        if self._speaker(verb) is None:
            return False
        rest = self.span.doc[verb.i + 1 : self._last(verb) + 1]
        return any(t.tag_ in FINITE_OR_MODAL for t in rest) and not rest[0].is_punct

    def _clause_start(self, verb: Token, clause: Token | None) -> int:
        """Return where what is said begins: after the reporting words and whom they are told to."""
        for token in self.span.doc[verb.i + 1 : self.span.end]:
            if token.lower_ == "that" and token.dep_ in ("mark", "ccomp"):
                return token.i
            if token.tag_ in FINITE_OR_MODAL:
                break
        own = [verb.i] + [
            c.right_edge.i
            for c in verb.children
            if c.i > verb.i
            and self._is_told(verb, c, clause)
            and not any(t.tag_ in FINITE_OR_MODAL for t in c.subtree)
        ]
        return max(own) + 1

    def _is_told(self, verb: Token, word: Token, clause: Token | None) -> bool:
        """Whether a word names whom it is told to, or stands before the clause: "said on Monday"."""
        if word.dep_ in ADDRESSEE:
            return self.words.verbs.take("told", verb.lower_)
        before = clause is not None and word.i < clause.left_edge.i
        return before and word.dep_.startswith("obl")

    def _last(self, verb: Token) -> int:
        """Return the last word that what is said can reach."""
        top = verb
        while top.dep_ in ("conj", "ccomp", "parataxis") and top.head != top:
            top = top.head
        return self.span.end - 1 if top.head == top else max(verb.right_edge.i, verb.i)

    def _cut(self, verb: Token, start: int, end: int) -> list[Token]:
        """Return words up to where the speaker's next act begins: ", adding that", "but said"."""
        doc = self.span.doc
        for token in doc[start:end]:
            if token.text != "," and token.dep_ != "cc":
                continue
            following = next((t for t in doc[token.i + 1 : end] if t.pos_ not in ("ADV", "CCONJ", "PUNCT")), None)
            if following is None or following.pos_ != "VERB" or following.lower_ not in self.words.verbs.kinds:
                continue
            if following.tag_ == "VBG" or (following.tag_ == verb.tag_ and following.tag_ in FINITE):
                return list(doc[start : token.i])
        return list(doc[start:end])

    def _tail(self, verb: Token) -> list[Token]:
        """Return what stands around a reporting clause: "The talks, he said, failed"."""
        if not self.words.verbs.take("clause", verb.lower_) or verb.tag_ not in TELLING:
            return []
        bounds = self._tail_bounds(verb)
        if bounds is None:
            return []
        left, right = bounds
        before = between(self.span, self.span.start, left)
        after = between(self.span, right, self.span.end)
        if self._goes_on(before, after):
            after = []
        if not any(t.tag_ in FINITE_OR_MODAL for t in (*before, *after)):
            return []
        return before + after

    def _tail_bounds(self, verb: Token) -> tuple[int, int] | None:
        """Return first and last + 1 index of a reporting clause set off by marks, or ``None``."""
        subject = child(verb, "nsubj", "nsubj:pass")
        mark = child(verb, "mark")
        as_it = mark is not None and mark.lower_ == "as"
        if subject is None or verb.dep_ == "acl:relcl" or (mark is not None and not as_it):
            return None
        left = min(_first(subject), verb.i, mark.i if mark is not None and as_it else verb.i)
        right = max([verb.i, subject.right_edge.i, *self._afterwards(verb)])
        if subject.i < verb.i:
            right = max([verb.i, *self._afterwards(verb)])
        before = self.span.doc[left - 1] if left > self.span.start else None
        after = self.span.doc[right + 1] if right + 1 < self.span.end else None
        if (before is None and not as_it) or (before is not None and before.text not in OPENS_TAIL):
            return None
        if after is not None and after.text not in CLOSES_TAIL:
            return None
        return left, right + 1

    def _afterwards(self, verb: Token) -> list[int]:
        """Return the last words of what belongs to a reporting clause after its verb."""
        return [
            c.right_edge.i
            for c in verb.children
            if c.i > verb.i and (c.dep_ in OWN or c.dep_.startswith("obl"))
            and not any(t.tag_ in FINITE_OR_MODAL or t.text == "," for t in c.subtree)
        ]

    def _goes_on(self, before: list[Token], after: list[Token]) -> bool:
        """Whether what follows a tail belongs to it: "he said, adding that", "..., wiping"."""
        if not any(t.tag_ in FINITE_OR_MODAL for t in before):
            return False
        following = next((t for t in after if not t.is_punct), None)
        return following is not None and (following.tag_ in ("VBG", "WP") or following.dep_ == "mark")

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
        if obj is None:
            return []
        if self._noun(obj) is not None:
            return []
        rest = [
            t
            for c in verb.children
            if c.i > max(obj.i, verb.i) and c.dep_ in AFTER_OBJECT and not _after_comma(c)
            for t in c.subtree
        ]
        return self._before_next_act([*obj.subtree, *rest])

    def _before_next_act(self, said: list[Token]) -> list[Token]:
        """Return words up to a comma and a participle that reports: "X, saying that"."""
        for token in said:
            if token.text == "," and token.i + 1 < self.span.end:
                following = token.nbor(1)
                if following.lower_ in self.words.phrase_starts:
                    return [t for t in said if t.i < token.i]
                if following.tag_ == "VBG" and following.lower_ in self.words.verbs.kinds:
                    return [t for t in said if t.i < token.i]
        return said

    # -- nouns, adjectives, phrases --------------------------------------------------

    def _noun(self, noun: Token) -> Statement | None:
        """Return what a noun reports: "the claim that", "his promise to", "in the view of X"."""
        kind = self.words.nouns.kinds.get(noun.lower_)
        if kind is None:
            return None
        way, said = self._complement(noun, self.words.nouns)
        return self._make(noun, self._owner(noun), said, kind, way or "noun") if said else None

    def _complement(self, word: Token, cues: Cues) -> tuple[Way | None, list[Token]]:
        """Return the clause, infinitive or phrase that a noun or adjective governs."""
        for c in word.children:
            if c.i < word.i:
                continue
            case = case_of(c)
            clause = c.dep_ in ("acl", "ccomp", "advcl", "csubj") and (
                case == "that" or (not case and child(c, "nsubj") is not None and c.dep_ == "ccomp")
            )
            if clause and cues.take("clause", word.lower_):
                return None, list(c.subtree)
            if _has_to(c) and cues.take("infinitive", word.lower_):
                return "infinitive", list(c.subtree)
            if case and cues.take(case, word.lower_):
                way: Way = "event" if case == "of" else "object"
                return way, [t for t in c.subtree if t.dep_ not in ("case", "mark") or t.head != c]
        return None, []

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
        way, said = self._complement(adjective, self.words.adjectives)
        speaker = surface_subject(adjective)
        if not said or speaker is None:
            return None
        kind = self.words.adjectives.kinds[adjective.lower_]
        return self._make(adjective, speaker, said, kind, "object" if way == "event" else way or "adjective")

    def _adverb(self, adverb: Token) -> Statement | None:
        """Return the clause that "reportedly" marks; nobody is named."""
        said = [t for t in adverb.head.subtree if t.i != adverb.i]
        return self._make(adverb, None, said, self.words.adverbs[adverb.lower_], "adverb")

    def _phrase(self, word: Token) -> Statement | None:
        """Return what stands beside "according to X": its sentence, or what the brackets hold."""
        length = self.words.phrase_at(word)
        if not length or word.i + length >= self.span.end:
            return None
        kind = self.words.phrases[word.doc[word.i : word.i + length].text.lower()]
        source = self._noun_after(word.i + length)
        if source is None:
            return None
        out = range(word.i, max(source.right_edge.i, source.i) + 1)
        left, right = self._brackets(word)
        said = [t for t in self.span.doc[left:right] if t.i not in out]
        made = self._make(word, source, said, kind, "phrase")
        return replace(made, cue_words=length)

    def _noun_after(self, index: int) -> Token | None:
        """Return the head of the phrase that begins at an index."""
        doc = self.span.doc
        noun = next((t for t in doc[index : self.span.end] if t.pos_ in NAMING), None)
        while noun is not None and noun.head.i > noun.i and noun.head.left_edge.i >= index - 2:
            if noun.head.pos_ not in NAMING:
                break
            noun = noun.head
        return noun

    def _brackets(self, word: Token) -> tuple[int, int]:
        """Return the part of a sentence that a word stands in: the brackets', or all of it."""
        left, right = self.span.start, self.span.end
        for token in self.span:
            if token.text == "(" and token.i < word.i:
                left = token.i + 1
            elif token.text == ")" and token.i < word.i:
                left = self.span.start
            elif token.text == ")" and left > self.span.start:
                return left, token.i
        return left, right


def _parts(whole: Span, base: int, quotes: Sequence[Piece]) -> list[Span]:
    """Return the parts of a sentence that are quoted, each as a span; the rest has none."""
    first, last = base + whole.start_char, base + whole.end_char
    found = [
        whole.doc.char_span(
            max(start, first) - base, min(end, last) - base, alignment_mode="contract"
        )
        for start, end in quotes
        if start < last and first < end
    ]
    return [span for span in found if span is not None and len(span)]


def _first(head: Token) -> int:
    """Return where a phrase begins, marks left out."""
    return next(t.i for t in head.subtree if not t.is_punct)


def _acts(token: Token) -> bool:
    """Whether a word is a verb, or has a subject like one: "the agency reports" tagged a noun."""
    if token.pos_ in VERBAL:
        return token.dep_ not in NAME_PARTS
    return token.pos_ == "NOUN" and child(token, "nsubj") is not None and child(token, "cop") is None


def _after_comma(clause: Token) -> bool:
    """Whether a comma stands before a clause."""
    left = clause.left_edge
    return left.text == "," or (left.i > 0 and left.nbor(-1).text == ",")


def _has_to(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
