"""Which sentences are parsed only because they may name who speaks a quotation.

The gate lets a sentence through for the event it may tell of. When that sentence stands in a
quotation, its speaker is often named in another sentence of the paragraph or at the end of
the one before: '"We will not leave," said the minister. "Our troops have shelled the port."'
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.coding.said.statements import all_quoted, paragraph_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dragoman.coding.coder import Sentence
    from dragoman.coding.said.cues import SpeechWords


WORD = re.compile(r"[^\W_]+")
LONGEST_SPEECH = 20
"""Paragraphs of one quotation that are gone back over at most."""


def speakers_of(
    text: str, sentences: Sequence[Sentence], chosen: Collection[int], words: SpeechWords
) -> set[int]:
    """Return numbers of sentences that may name the speakers of quotations in chosen ones.

    Args:
        text: the report.
        sentences: all of its sentences, in the order of the text.
        chosen: numbers of those that are parsed anyhow.
        words: the reporting words.
    """
    finder = _Finder(text, words)
    found: set[int] = set()
    before: list[list[Sentence]] = []
    for _, group in groupby(sentences, key=paragraph_of):
        members = list(group)
        if members[0].quotes:
            found.update(finder.of_paragraph(members, before, chosen))
        before.append(members)
    return found - set(chosen)


class _Finder:
    """Looks for reporting words outside quotation marks."""

    def __init__(self, text: str, words: SpeechWords) -> None:
        """Take the report and the words."""
        self.text = text
        self.speech = words.verbs.takes["speech"]

    def of_paragraph(
        self, members: Sequence[Sentence], before: Sequence[list[Sentence]], chosen: Collection[int]
    ) -> Iterator[int]:
        """Yield the sentences that may name the speakers of one paragraph's chosen quotations."""
        alone = [s for s in members if s.number in chosen and self._alone(s)]
        if not alone:
            return
        named = [s.number for s in members if self._names(s)]
        for sentence in alone:
            earlier = [n for n in named if n < sentence.number]
            if named:
                yield earlier[-1] if earlier else named[0]
        if not named:
            yield from self._of_earlier(before)

    def _of_earlier(self, before: Sequence[list[Sentence]]) -> Iterator[int]:
        """Yield the sentence that may name the speaker of a quotation begun paragraphs before."""
        for members in before[: -LONGEST_SPEECH - 1 : -1]:
            if members[0].quotes and not all_quoted(members):
                named = [s.number for s in members if self._names(s)]
                yield from named[-1:]
            if not all_quoted(members):
                return

    def _alone(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a quotation and names nobody who speaks."""
        inside = any(s < sentence.end and sentence.start < e for s, e in sentence.quotes)
        return inside and not self._names(sentence)

    def _names(self, sentence: Sentence) -> bool:
        """Whether a reporting word stands in a sentence outside quotation marks."""
        at, parts = sentence.start, []
        for start, end in sentence.quotes:
            if start < sentence.end and sentence.start < end:
                parts.append(self.text[at : max(at, start)])
                at = min(end, sentence.end)
        parts.append(self.text[at : sentence.end])
        return any(w.lower() in self.speech for part in parts for w in WORD.findall(part))
