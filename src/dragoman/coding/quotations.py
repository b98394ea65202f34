"""Direct quotations and who speaks them, over sentences and paragraphs.

A quotation is read off its marks, its speaker off the words beside them: "...," she said;
She said: "...". One that names nobody goes on from the one before: the rest of a paragraph,
and the next paragraph when it opens with a mark again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.coding.clauses import child, is_passive, surface_subject
from dragoman.coding.statement import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Span, Token

    from dragoman.coding.cues import SpeechWords
    from dragoman.coding.statement import Piece

ENDS = re.compile(r"[,.?!…—-]['’]?\s*$")
"""What a quotation of whole clauses ends with, its closing mark left out."""
GOES_ON = re.compile(r"[,?!…—-]['’]?\s*$")
"""What a quotation ends with whose speaker follows."""
LONG = 12
"""Words from which quoted matter is somebody's speech, whatever it ends with."""


@dataclass(eq=False)
class Speech:
    """What one speaker says in quotation marks, while it is gathered."""

    cue: Token
    base: int
    pieces: list[Piece] = field(default_factory=list)


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


class Quotations:
    """Reads the quotations of a report, paragraph by paragraph."""

    def __init__(self, text: str, words: SpeechWords) -> None:
        """Start a report."""
        self.text = text
        self.words = words
        self.speeches: list[Speech] = []
        self.last: Speech | None = None
        """Who spoke last; ``None`` when somebody else's words came between."""
        self.cues: set[tuple[int, int]] = set()
        """Offset of the Doc and index of each cue that speaks a quotation."""

    def read(self, quotes: Sequence[Piece], places: Sequence[Place]) -> None:
        """Read one paragraph: its quoted matter and those of its sentences that were parsed."""
        here: Speech | None = None
        waiting: list[Piece] = []
        for number, quote in enumerate(quotes):
            cue = self._cue(quotes, number, places)
            if cue is not None:
                here = self._speech(*cue)
                here.pieces += [*waiting, quote]
                waiting = []
            elif self._is_speech(quote, places):
                speech = here or (self.last if not number and self._opens(quote, places) else None)
                if speech is None:
                    waiting.append(quote)
                else:
                    here = speech
                    speech.pieces.append(quote)
        self.last = here

    def statements(self) -> Iterator[Statement]:
        """Yield a statement for each speech."""
        for speech in self.speeches:
            speaker = speaker_of(speech.cue)
            kind = self.words.verbs.kinds.get(speech.cue.lower_, "claim")
            yield Statement(speech.cue, speaker, tuple(sorted(speech.pieces)), kind, "quote", speech.base)

    def _speech(self, place: Place, cue: Token) -> Speech:
        """Return the speech of a cue, made when it is new."""
        if (place.base, cue.i) in self.cues:
            return next(s for s in self.speeches if s.base == place.base and s.cue.i == cue.i)
        self.cues.add((place.base, cue.i))
        self.speeches.append(Speech(cue, place.base))
        return self.speeches[-1]

    def _is_speech(self, quote: Piece, places: Sequence[Place]) -> bool:
        """Whether quoted matter is a whole sentence or more, not a word in marks."""
        inner = self.text[slice(*quote)]
        begins = not any(p.start < quote[0] - 2 and quote[0] < p.end for p in places)
        return begins and (bool(ENDS.search(inner)) or inner.count(" ") >= LONG)

    def _opens(self, quote: Piece, places: Sequence[Place]) -> bool:
        """Whether a quotation opens its paragraph."""
        return not any(p.start < quote[0] - 2 for p in places)

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
        place = next((p for p in places if p.start <= quote[1] < p.end), None)
        if place is None or self._is_part(quote, before, place, places):
            return None
        tokens = [t for t in place.span if quote[1] < place.base + t.idx < stop]
        for token in tokens:
            if token.pos_ in ("VERB", "AUX") and self._quotes(token):
                return place, token
            if token.pos_ in ("VERB", "SCONJ") and token.dep_ not in ("acl", "acl:relcl"):
                return None
        return None

    def _is_part(self, quote: Piece, before: int, place: Place, places: Sequence[Place]) -> bool:
        """Whether a quotation is only part of what is said: 'It was "a mistake," he said'."""
        first = next((p for p in places if p.start <= quote[0] < p.end), place)
        lead = self.text[max(first.start, before) : quote[0]].strip(" \"“”'’`«»,-–—")
        return bool(lead) and not lead[-1] in ":,"

    def _quotes(self, verb: Token) -> bool:
        """Whether a verb reports speech, with somebody who speaks."""
        known = self.words.verbs.kinds.get(verb.lower_)
        return known is not None and speaker_of(verb) is not None

    def _cue_before(
        self, quote: Piece, start: int, places: Sequence[Place]
    ) -> tuple[Place, Token] | None:
        """Return the verb of She said, "...": the nearest before the mark and its comma."""
        place = next((p for p in places if p.start <= quote[0] < p.end), None)
        if place is None:
            return None
        tokens = [t for t in place.span if start < place.base + t.idx + len(t) < quote[0]]
        if not tokens:
            return None
        last = tokens[-1]
        if last.text not in (",", ":") and last.lower_ not in self.words.verbs.kinds:
            return None
        for token in reversed(tokens):
            if token.pos_ in ("VERB", "AUX") and self.words.verbs.kinds.get(token.lower_):
                return place, token
        return None


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the words that name who speaks by a verb."""
    if is_passive(verb):
        return child(verb, "obl:agent")
    own = surface_subject(verb)
    return own
