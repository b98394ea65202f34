"""Direct quotations and who speaks them, over sentences and paragraphs.

A quotation is read off its marks, its speaker off the words beside them: "...," she said;
She said: "...". One that names nobody goes on from the one before: the rest of a paragraph,
and the next paragraph when it opens with a mark again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.coding.said.reach import FINITE_OR_MODAL
from dragoman.coding.said.statement import Statement
from dragoman.coding.what.clauses import child, is_passive, surface_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.said.cues import SpeechWords
    from dragoman.coding.said.statement import Piece
    from dragoman.language.tree import Span, Token

ENDS = re.compile(r"[,.?!…—-]['’]?\s*$")
"""What a quotation of whole clauses ends with, its closing mark left out."""
GOES_ON = re.compile(r"[,?!…—-]['’]?\s*$")
"""What a quotation ends with whose speaker follows."""
SPEAKING = ("quote", "clause", "tail", "phrase")
"""Ways of speaking that a quotation may go on from."""
LONGEST_MARK = 2
"""Code points of a quotation mark."""
NEAR = 4
"""Words after a verb within which a speaker is looked for."""
NAMING = frozenset({"NOUN", "PROPN", "PRON"})
LEAD = 3
"""Words before an interrupting clause from which they belong to what is said."""
LONG = 12
"""Words from which quoted matter is somebody's speech, whatever it ends with."""


@dataclass(frozen=True)
class Place:
    """A parsed sentence with its offset in the report."""

    span: Span
    base: int

    @property
    def start(self) -> int:
        """First code point in the report."""
        return self.base + self.span.start_char

    @property
    def end(self) -> int:
        """One past the last code point in the report."""
        return self.base + self.span.end_char


def place_at(places: Sequence[Place], offset: int) -> Place | None:
    """Return the parsed sentence that holds a code point; ``None`` when none does."""
    number = bisect_right(places, offset, key=_start) - 1
    return places[number] if number >= 0 and offset < places[number].end else None


def _start(place: Place) -> int:
    """Return where a sentence begins."""
    return place.start


class Quotations:
    """Reads the quotations of a report, paragraph by paragraph."""

    def __init__(self, text: str, words: SpeechWords) -> None:
        """Start a report."""
        self.text = text
        self.words = words

    def read(
        self, quotes: Sequence[Piece], places: Sequence[Place]
    ) -> tuple[list[Statement], list[Piece]]:
        """Read the quotations of one paragraph.

        Args:
            quotes: its quoted matter, marks left out.
            places: those of its sentences that were parsed.

        Returns:
            a statement for each word that speaks, and the quotations that no word speaks.
        """
        said: dict[tuple[int, int], tuple[Place, Token, list[Piece]]] = {}
        alone: list[Piece] = []
        for number, quote in enumerate(quotes):
            found = self._cue(quotes, number, places)
            if found is not None:
                place, cue = found
                said.setdefault((place.base, cue.i), (place, cue, []))[2].append(quote)
            elif self._is_speech(quote, places):
                alone.append(quote)
        return [self._statement(*each) for each in said.values()], alone

    def _statement(self, place: Place, cue: Token, quotes: list[Piece]) -> Statement:
        """Return the statement of a word that speaks quotations."""
        kind = self.words.verbs.kinds.get(cue.lower_, "claim")
        return Statement(
            cue, speaker_of(cue, place, quotes[0][1]), tuple(quotes), kind, "quote", place.base
        )

    def _is_speech(self, quote: Piece, places: Sequence[Place]) -> bool:
        """Whether quoted matter is a whole sentence or more, not a word in marks."""
        inner = self.text[slice(*quote)]
        place = place_at(places, quote[0])
        begins = place is None or place.start >= quote[0] - LONGEST_MARK
        return begins and (bool(ENDS.search(inner)) or inner.count(" ") >= LONG)

    def _cue(
        self, quotes: Sequence[Piece], number: int, places: Sequence[Place]
    ) -> tuple[Place, Token] | None:
        """Return the word that says who speaks a quotation, after or before it."""
        quote = quotes[number]
        after = quotes[number + 1][0] if number + 1 < len(quotes) else len(self.text)
        before = quotes[number - 1][1] if number else 0
        inner = self.text[slice(*quote)]
        found = None
        if GOES_ON.search(inner) or self.text[quote[1] + 1 : quote[1] + 2] == ",":
            found = self._cue_after(quote, after, before, places)
        return found or self._cue_before(quote, before, places)

    def _cue_after(
        self, quote: Piece, stop: int, before: int, places: Sequence[Place]
    ) -> tuple[Place, Token] | None:
        """Return the verb of "...," she said: the first one after the mark, with its subject."""
        place = place_at(places, quote[1])
        if place is None or self._is_part(quote, before, place, places):
            return None
        place = self._following(quote, place, places)
        tokens = [t for t in place.span if quote[1] < place.base + t.idx < stop]
        for token in tokens:
            if token.pos_ == "VERB" and self._quotes(token, place, quote[1]):
                return place, token
            if token.tag_ in FINITE_OR_MODAL and token.dep_ != "acl:relcl":
                return None
        return None

    def _following(self, quote: Piece, place: Place, places: Sequence[Place]) -> Place:
        """Return the sentence that names the speaker: the next after '"Who knows?"' Smith said."""
        following = (
            place_at(places, place.end + 1) if place.end <= quote[1] + LONGEST_MARK else None
        )
        if following is None:
            return place
        verb = next((t for t in following.span if t.tag_ in FINITE_OR_MODAL), None)
        bare = verb is not None and child(verb, "ccomp", "obj", "xcomp") is None
        speaks = bare and verb is not None and verb.lower_ in self.words.verbs.takes["speech"]
        return following if speaks else place

    def _is_part(self, quote: Piece, before: int, place: Place, places: Sequence[Place]) -> bool:
        """Whether a quotation is only part of what is said: 'It was "a mistake," he said'."""
        first = place_at(places, quote[0]) or place
        lead = self.text[max(first.start, before) : quote[0]].strip(" \"“”'’`«»,-–—")
        return bool(lead) and lead[-1] not in ":,"

    def _quotes(self, verb: Token, place: Place, end: int) -> bool:
        """Whether a verb reports speech, with somebody who speaks."""
        known = verb.lower_ in self.words.verbs.kinds
        return known and verb.tag_ != "VBG" and speaker_of(verb, place, end) is not None

    def _cue_before(
        self, quote: Piece, start: int, places: Sequence[Place]
    ) -> tuple[Place, Token] | None:
        """Return the verb of She said, "...": the nearest before the mark and its comma."""
        place = place_at(places, quote[0])
        if place is None:
            return None
        tokens = [t for t in place.span if start < place.base + t.idx + len(t) < quote[0]]
        if not tokens:
            return None
        last = tokens[-1]
        speaks = last.pos_ == "VERB" and last.lower_ in self.words.verbs.takes["clause"]
        if last.text not in (",", ":") and not speaks:
            return None
        for token in reversed(tokens):
            if token.pos_ == "VERB" and token.lower_ in self.words.verbs.kinds:
                return None if self._interrupts(token, tokens) else (place, token)
        return None

    def _interrupts(self, verb: Token, tokens: Sequence[Token]) -> bool:
        """Whether a reporting clause stands inside what is said: 'The plan, he said, "..."'."""
        subject = child(verb, "nsubj")
        left = min(subject.left_edge.i, verb.i) if subject is not None else verb.i
        lead = [t for t in tokens if t.i < left]
        return len(lead) > LEAD and lead[-1].text == "," and tokens[-1].text == ","


def speaker_of(verb: Token, place: Place, end: int) -> Token | None:
    """Return the head of the words that name who speaks by a verb.

    Where the tree names nobody, it is the first noun between the quotation and the verb, else
    the one right after the verb: '...," said X'.

    Args:
        verb: the cue.
        place: its sentence.
        end: where the quotation ends in the report.
    """
    found = child(verb, "obl:agent") if is_passive(verb) else surface_subject(verb)
    if found is not None or child(verb, "aux:pass") is not None:
        return found
    doc, span = verb.doc, place.span
    between = [t for t in doc[span.start : verb.i] if place.base + t.idx > end]
    after = doc[verb.i + 1 : min(verb.i + NEAR, span.end)]
    noun: Token | None = next((t for t in (*between, *after) if t.pos_ in NAMING), None)
    if noun is None:
        return None
    inside = noun.dep_ in ("compound", "nmod:desc") and noun.head.i > noun.i
    return noun.head if inside else noun


def attached(
    statements: Sequence[Statement], alone: Iterable[Piece], before: Statement | None
) -> list[Statement]:
    """Return statements with the quotations that name nobody: they go on from the one before.

    Args:
        statements: of one paragraph, in the order of the text.
        alone: its quotations that no word speaks.
        before: who spoke last before the paragraph, where that quotation may go on.
    """
    hosts = [s for s in statements if s.way in SPEAKING and s.speaker is not None]
    starts = [s.cue_span[0] for s in hosts]
    more: dict[int, list[Piece]] = defaultdict(list)
    for quote in alone:
        number = bisect_left(starts, quote[0]) - 1
        more[number if number >= 0 or before is not None else 0].append(quote)
    told = {id(s): more[number] for number, s in enumerate(hosts) if more[number]}
    found = [_going_on(s, told[id(s)]) if id(s) in told else s for s in statements]
    return found if before is None or not more[-1] else [_going_on(before, more[-1]), *found]


def _going_on(statement: Statement, quotes: Iterable[Piece]) -> Statement:
    """Return a statement that goes on in more quotations."""
    return replace(statement, content=tuple(sorted((*statement.content, *quotes))))
