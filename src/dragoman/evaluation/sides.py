"""Was each side of an event read right, given that its type is right?

Where the gold gives codes, a side is right when its countries are the gold's, all of them and no
other (``actor_set``, ``recipient_set``). Where it marks texts, a side is right when an argument of
a mention of the right type *covers* the marked text (``source_span``, ``target_span``): it holds
the marked text's head or at least half of its words. The head is the last word before the first
comma, bracket, preposition or relative pronoun, so that no parser has a say in what is right.
A mention whose participants all are actors may cover either side. ``source_span_of_all`` and
``target_span_of_all`` count the events whose type was not found as not covered. This gold marks
the place as the target where nobody is one ("declared a state of siege in Pando"):
``target_argument_of_all`` takes the mention's place as well as its recipient.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.evaluation.counting import Count
from dragoman.evaluation.measured import half

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.evaluation.gold import GoldEvent, GoldSentence, Labels, Party
    from dragoman.record import Mention, Span

WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
TEXT_SIDES = ("source_span", "target_span")
SIDES = (
    *("actor_set", "recipient_set", "source_span", "target_span"),
    *("dev.source_span", "dev.target_span", "held.source_span", "held.target_span"),
    *("source_span_of_all", "target_span_of_all", "target_argument_of_all"),
)
"""Measures, in the order they are shown; marked texts by halves of the gold as well."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text in its sentence; offsets are code points."""

    words: tuple[tuple[int, int], ...]
    """Start and end of each word that counts."""
    head: tuple[int, int]

    def covered(self, spans: Iterable[Span]) -> bool:
        """Tell whether one of some arguments holds the head, or half of the words."""
        return any(
            _meets(span, self.head)
            or 2 * sum(_meets(span, w) for w in self.words) >= len(self.words)
            for span in spans
        )


def span_sides(gold: GoldSentence, mentions: Sequence[Mention], labels: Labels) -> dict[str, Count]:
    """Count the marked texts of a sentence that arguments of its mentions cover."""
    found: dict[str, Count] = {}
    for event in gold.events:
        if not is_textual((*event.actor, *event.recipient)):
            continue
        fitting = [m for m in mentions if m.event in event.type]
        for name, right in zip(TEXT_SIDES, _covered(gold, event, fitting, labels), strict=True):
            if right is None:
                continue
            _add(found, f"{name}_of_all", right=right)
            if name == "target_span":
                placed = right or _placed(gold, event, fitting, labels)
                _add(found, "target_argument_of_all", right=placed)
            if fitting:
                _add(found, name, right=right)
                _add(found, f"{half(gold.id)}.{name}", right=right)
    return found


def _covered(
    gold: GoldSentence, event: GoldEvent, fitting: Sequence[Mention], labels: Labels
) -> Iterator[bool | None]:
    """Yield whether source and target are covered; ``None`` for a side that has no text."""
    for parties, target in ((event.actor, False), (event.recipient, True)):
        texts = [marked for p in parties if (marked := mark(gold.text, p.text, labels))]
        spans = [span for m in fitting for span in _arguments(m, target=target)]
        yield any(text.covered(spans) for text in texts) if texts else None


def _placed(
    gold: GoldSentence, event: GoldEvent, fitting: Sequence[Mention], labels: Labels
) -> bool:
    """Tell whether the place of a mention covers a target."""
    places = [span for m in fitting for span in m.evidence.event_loc]
    texts = [marked for p in event.recipient if (marked := mark(gold.text, p.text, labels))]
    return any(text.covered(places) for text in texts)


def _arguments(mention: Mention, *, target: bool) -> tuple[Span, ...]:
    """Return the spans of one side; both sides' where all participants are actors."""
    evidence = mention.evidence
    if not evidence.recipient:
        return evidence.actor if not target or len(evidence.actor) > 1 else ()
    return evidence.recipient if target else evidence.actor


def mark(sentence: str, text: str, labels: Labels) -> Marked | None:
    """Find a marked text in its sentence; ``None`` when it does not stand there."""
    at = sentence.find(text)
    if at < 0 or not text:
        return None
    words = list(WORD.finditer(text))
    counting = [w for w in words if w[0].casefold() not in labels.stop_words] or words
    if not counting:
        return None
    spans = tuple((at + w.start(), at + w.end()) for w in counting)
    return Marked(spans, _head(at, text, words, labels))


def _head(at: int, text: str, words: Sequence[re.Match[str]], labels: Labels) -> tuple[int, int]:
    """Return the last word before whatever ends a phrase's core."""
    head = words[0]
    for word in words:
        between = text[head.end() : word.start()]
        opened = word is not words[0] and any(sign in between for sign in ",;:(")
        if word is not words[0] and (opened or word[0].casefold() in labels.head_ends):
            break
        head = word
    return at + head.start(), at + head.end()


def _meets(span: Span, word: tuple[int, int]) -> bool:
    """Tell whether an argument holds a word, or a part of it."""
    return span.start < word[1] and word[0] < span.end


def _add(found: dict[str, Count], name: str, *, right: bool) -> None:
    """Count one side."""
    found[name] = found.get(name, Count()) + Count(right=int(right), missed=int(not right))


def is_textual(parties: Iterable[Party]) -> bool:
    """Tell whether a gold gives texts, not codes."""
    return any(party.code is None for party in parties)
