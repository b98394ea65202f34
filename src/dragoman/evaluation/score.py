"""Scoring: what the coder made of gold sentences, counted field by field.

The unit is the sentence. A sentence is *found* when a mention has one of its gold types, and *full*
when one mention has the type, the actor countries and the recipient countries of a gold
event. Each gold event is compared with the mention of its type that fits it best; without one,
all its values count as missed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.evaluation.counting import Count, FieldScore, Share, field, share, weights
from dragoman.evaluation.sides import SIDES, is_textual, span_sides

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from dragoman.evaluation.gold import Choice, Gold, GoldEvent, GoldSentence, Labels, Party
    from dragoman.record import Coded, Entity, Mention

    Code = Callable[[str, str | None, str], Coded]
    """Codes one text: text, publication date, id."""

FIELDS = (
    "type",
    "mode",
    "context",
    "actor",
    "recipient",
    "actor_sector",
    "recipient_sector",
    "date",
    "place",
    "attribution",
    "aux",
)


@dataclass(frozen=True, slots=True)
class Miss:
    """A sentence that was not found, not full, or coded with a type it does not have."""

    sentence: GoldSentence
    kind: str
    """``not found``, ``not full`` or ``other type``."""
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """An evaluation."""

    gold: Gold
    found: Share
    full: Share
    type_precision: Share
    fields: dict[str, FieldScore | None]
    """``None``: not in this gold."""
    sides: dict[str, Share]
    """Sides read right, given the type: ``actor_set``, ``source_span``, ... (see ``sides.py``)."""
    misses: tuple[Miss, ...]

    def measures(self) -> dict[str, float]:
        """Return every number by its name: ``found``, ``full``, ``actor.f1`` and so on."""
        shares = {"found": self.found, "full": self.full, "type_precision": self.type_precision}
        shares |= self.sides
        for name, score in self.fields.items():
            if score is not None:
                shares[f"{name}.precision"] = score.precision
                shares[f"{name}.recall"] = score.recall
                shares[f"{name}.f1"] = score.f1
        return {name: share.value for name, share in shares.items() if share.value is not None}


def evaluate(gold: Gold, code: Code, labels: Labels) -> Result:
    """Code every gold sentence and count.

    Args:
        gold: the sentences.
        code: codes a text; called once for each sentence, in order.
        labels: codes that count as one, stop words.
    """
    judge = Judge(labels)
    sheets = [
        judge.sentence(sentence, code(sentence.text, sentence.published, sentence.id).mentions)
        for sentence in gold.sentences
    ]
    drawn = weights(len(sheets))
    return Result(
        gold=gold,
        found=share([(sheet.found, 1) for sheet in sheets], drawn),
        full=share([(sheet.full, 1) for sheet in sheets], drawn),
        type_precision=share([sheet.types for sheet in sheets], drawn),
        fields={
            name: field([sheet.counts.get(name) for sheet in sheets], drawn) for name in FIELDS
        },
        sides={
            name: share([sheet.side(name) for sheet in sheets], drawn)
            for name in SIDES
            if any(name in sheet.counts for sheet in sheets)
        },
        misses=tuple(miss for sheet in sheets for miss in sheet.misses),
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The counts of one sentence."""

    found: bool
    full: bool
    types: tuple[int, int]
    """Coded types that the gold has, and all coded types; each type once."""
    counts: dict[str, Count]
    """By field; a field that the gold does not have is absent."""
    misses: tuple[Miss, ...]

    def side(self, name: str) -> tuple[int, int]:
        """Return how many sides were right, and how many were looked at."""
        count = self.counts.get(name, Count())
        return count.right, count.right + count.missed


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares mentions with gold events."""

    labels: Labels

    def sentence(self, gold: GoldSentence, mentions: Sequence[Mention]) -> Sheet:
        """Count one sentence."""
        types = {mention.event for mention in mentions}
        right = types & {kind for event in gold.events for kind in event.type}
        full = any(self.full(event, mention) for event in gold.events for mention in mentions)
        counts: dict[str, Count] = {}
        for event in gold.events:
            for name, count in self._counts(event, mentions).items():
                counts[name] = counts.get(name, Count()) + count
        missed = sum(not event.type & types for event in gold.events)
        counts |= span_sides(gold, mentions, self.labels)
        counts["type"] = Count(len(gold.events) - missed, len(types - right), missed)
        kinds = _kinds(found=bool(right), full=full, other=bool(types - right))
        misses = tuple(Miss(gold, kind, tuple(mentions)) for kind in kinds)
        return Sheet(bool(right), full, (len(right), len(types)), counts, misses)

    def full(self, event: GoldEvent, mention: Mention) -> bool:
        """Tell whether type, actors and recipients of the mention are all the gold's."""
        if mention.event not in event.type:
            return False
        actor, recipient = self._sides(event, mention)
        orders = [(actor, recipient), (recipient, actor)][: 2 if event.either_way else 1]
        return any(
            self._same(event.actor, left) and self._same(event.recipient, right)
            for left, right in orders
        )

    def _sides(
        self, event: GoldEvent, mention: Mention
    ) -> tuple[tuple[Entity, ...], tuple[Entity, ...]]:
        """Return actors and recipients as the gold would write them.

        A reciprocal event has all parties as actors in one convention and split in the other.
        """
        everybody = (*mention.actor, *mention.recipient)
        if event.reciprocal and self._same(event.actor, everybody):
            return everybody, ()
        textual = any(party.code is None for party in event.recipient)
        if textual and not mention.recipient and len(mention.actor) > 1:
            return mention.actor, mention.actor
        return mention.actor, mention.recipient

    def _same(self, parties: Sequence[Party], entities: Sequence[Entity]) -> bool:
        """Compare as sets of countries, or by overlap of words where the gold has texts."""
        if any(party.code is None for party in parties):
            return any(self.overlap(party.text, entity_words(entities)) for party in parties)
        return {party.code for party in parties} == self.codes(entities)

    def codes(self, entities: Iterable[Entity]) -> set[str]:
        """Return the countries of the entities, codes that count as one made one."""
        return {self.labels.same(entity.code) for entity in entities if entity.code}

    def overlap(self, left: str, right: str) -> bool:
        """Tell whether two texts share a word that counts."""
        return bool(self._words(left) & self._words(right))

    def _words(self, text: str) -> set[str]:
        """Return the words that count, case-folded."""
        joined = re.sub(r"(?<=\b\w)\.", "", text)  # abbreviations lose their dots: "U.S." is "US"
        return set(re.findall(r"\w+", joined.casefold())) - set(self.labels.stop_words)

    def _best(self, event: GoldEvent, mentions: Sequence[Mention]) -> Mention | None:
        """Return the mention of the event's type that shares most countries with it."""
        fitting = [mention for mention in mentions if mention.event in event.type]
        return max(fitting, key=lambda mention: self._fit(event, mention), default=None)

    def _fit(self, event: GoldEvent, mention: Mention) -> tuple[bool, int]:
        """Return how well a mention fits: full ones first, then by countries right."""
        actor = {party.code for party in event.actor} & self.codes(mention.actor)
        recipient = {party.code for party in event.recipient} & self.codes(mention.recipient)
        return self.full(event, mention), len(actor) + len(recipient)

    def _counts(self, event: GoldEvent, mentions: Sequence[Mention]) -> dict[str, Count]:
        """Count every field that this gold event has."""
        best = self._best(event, mentions)
        counts = {**self._label_counts(event, best), **self._party_counts(event, best)}
        counts.update(self._text_counts(event, best))
        if event.aux is not None:
            counts["aux"] = _match(
                [frozenset((name,)) for name in event.aux], best.aux if best else ()
            )
        return counts

    def _label_counts(self, event: GoldEvent, best: Mention | None) -> dict[str, Count]:
        """Count mode, context and date."""
        dates = [frozenset((event.date,))] if event.date else []
        wanted: dict[str, tuple[Sequence[Choice], Sequence[str]]] = {
            "mode": (event.mode, best.mode if best else ()),
            "context": (event.context, best.context if best else ()),
            "date": (dates, [best.date] if best and best.date else []),
        }
        return {name: _match(gold, coded) for name, (gold, coded) in wanted.items() if gold}

    def _party_counts(self, event: GoldEvent, best: Mention | None) -> dict[str, Count]:
        """Count the countries and sectors of both sides."""
        actor, recipient = self._sides(event, best) if best else ((), ())
        if best and event.either_way and not self._same(event.actor, actor):
            actor, recipient = recipient, actor
        counts: dict[str, Count] = {}
        sides = [("actor", event.actor, actor), ("recipient", event.recipient, recipient)]
        for name, parties, entities in sides:
            counts[name] = self._countries(parties, entities)
            if best and not is_textual((*event.actor, *event.recipient)):
                right = self._same(parties, entities)
                counts[f"{name}_set"] = Count(right=int(right), missed=int(not right))
            if sectors := {sector for party in parties for sector in party.sectors}:
                coded = {sector for entity in entities for sector in entity.sector}
                counts[f"{name}_sector"] = _match([frozenset((one,)) for one in sectors], coded)
        return counts

    def _countries(self, parties: Sequence[Party], entities: Sequence[Entity]) -> Count:
        """Count countries, or the parties whose words are met where the gold has texts."""
        if any(party.code is None for party in parties):
            words = entity_words(entities)
            right = sum(self.overlap(party.text, words) for party in parties)
            return Count(right, int(bool(entities) and not right), len(parties) - right)
        gold = {party.code for party in parties if party.code}
        return _match([frozenset((code,)) for code in gold], self.codes(entities))

    def _text_counts(self, event: GoldEvent, best: Mention | None) -> dict[str, Count]:
        """Count place and attribution, which are right when they share a word with the gold's."""
        speaker = best.attribution.source if best and best.attribution else None
        wanted = {
            "place": (event.place, place_words(best)),
            "attribution": (event.attribution, entity_words([speaker] if speaker else [])),
        }
        return {
            name: _one(coded=bool(coded), right=self.overlap(gold, coded))
            for name, (gold, coded) in wanted.items()
            if gold
        }


def entity_words(entities: Iterable[Entity]) -> str:
    """Return every text that names the entities, joined."""
    return " ".join(
        f"{entity.entity_text} {entity.identifier_text or ''}" for entity in entities
    ).strip()


def place_words(mention: Mention | None) -> str:
    """Return every name of the mention's place, joined; empty without one."""
    if mention is None or mention.event_loc is None:
        return ""
    place = mention.event_loc
    names = (place.extracted_place, place.resolved_place, place.city, place.province, place.country)
    return " ".join(name for name in names if name)


def _kinds(*, found: bool, full: bool, other: bool) -> list[str]:
    """Name what went wrong with a sentence; empty when nothing did."""
    kinds = [] if full else ["not full" if found else "not found"]
    return [*kinds, *(["other type"] if other else [])]


def _match(gold: Sequence[Choice], coded: Iterable[str]) -> Count:
    """Count gold values met by any of their alternatives, and coded values that meet none."""
    values = set(coded)
    right = sum(bool(choice & values) for choice in gold)
    wrong = sum(not any(value in choice for choice in gold) for value in values)
    return Count(right, wrong, len(gold) - right)


def _one(*, coded: bool, right: bool) -> Count:
    """Count a field that holds one value."""
    return Count(int(right), int(coded and not right), int(not right))
