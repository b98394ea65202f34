"""From matches to mentions: one sentence's events with who, when, where and according to whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.coding.retold import Retold
from dragoman.coding.said.attribute import Said, Voices, accused
from dragoman.coding.what.calibration import features_of
from dragoman.coding.what.clauses import case_of, child, conjuncts
from dragoman.coding.what.frames import FrameMatcher
from dragoman.coding.what.match import Inner, Match, NearMiss, lacks
from dragoman.coding.what.modality import is_conditional, modes_of
from dragoman.coding.what.reading import ORDER, Reading
from dragoman.coding.what.size import measure
from dragoman.coding.what.worth import Told
from dragoman.coding.when.event import EventDate, ReportDates, day_of
from dragoman.coding.where.atlas import SMALL
from dragoman.coding.where.choice import choose_place
from dragoman.coding.where.gazetteer_data import words
from dragoman.coding.where.ground import ground_of
from dragoman.coding.where.places import find_places
from dragoman.coding.where.report import atlas_of, place_of_dateline
from dragoman.coding.who.discourse import remember
from dragoman.coding.who.homes import Homes
from dragoman.coding.who.memory import Memory
from dragoman.coding.who.parties import PartyReader
from dragoman.coding.who.party import Party, replace_entity
from dragoman.coding.who.scenes import Scenes
from dragoman.record import (
    Aux,
    DateInfo,
    Entity,
    Evidence,
    Location,
    Mention,
    Report,
    Segment,
    Size,
)
from dragoman.record import Span as TextSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dragoman.coding.coder import Sentence, Tools
    from dragoman.coding.where.atlas import Atlas
    from dragoman.coding.where.place import PlaceMention
    from dragoman.language.segments import Layout
    from dragoman.language.tree import Doc, Span, Token

HELD = frozenset({"compound", "nmod:poss", "amod", "nmod", "nmod:desc", "flat"})
"""Relations of a place name to the office or the person it belongs to."""


class MentionReader:
    """Reads the sentences of one report in order; remembers what was said before."""

    def __init__(self, report: Report, layout: Layout, tools: Tools) -> None:
        """Start a report: nothing is known yet but its date, its dateline and its places.

        Args:
            report: the report.
            layout: its parts.
            tools: the coder's data.
        """
        self.report = report
        self.tools = tools
        published = date.fromisoformat(report.published) if report.published else None
        self.when = ReportDates(day_of(published, layout.dateline))
        states = frozenset(tools.knowledge.states)
        self.memory = Memory(report.published, states, means=self._means)
        self.layout = layout
        self.retold = Retold()
        self.count = 0

    def hear(self, sentences: Sequence[Sentence], docs: Mapping[int, Doc]) -> None:
        """Take note of who says what, before any of the sentences is read.

        Args:
            sentences: all sentences of the report, or of a part of it.
            docs: parses of those to be read, by the sentence's number.
        """
        self.voices = Voices(self.report, sentences, docs, self.tools, self.memory)

    def read_part(
        self, sentences: Sequence[Sentence], docs: Mapping[int, Doc]
    ) -> Iterator[Mention]:
        """Yield the mentions of the sentences that were parsed, in the order of the text.

        Args:
            sentences: all sentences of the report, or of the next part of it.
            docs: parses of some, by the sentence's number.
        """
        self.hear(sentences, docs)
        for sentence in sentences:
            if sentence.number in docs:
                yield from self.read(sentence, docs[sentence.number])

    def read(self, sentence: Sentence, doc: Doc) -> list[Mention]:
        """Return the mentions of one parsed sentence."""
        found: list[Mention] = []
        for span in doc.sents:
            found += SpanReader(self, sentence, span).mentions()
        return found

    @cached_property
    def atlas(self) -> Atlas:
        """Return what the report's places mean; weighed when the first event asks."""
        return atlas_of(self.report, self.tools)

    def _means(self, name: str, usual: frozenset[str | None], *, large: bool) -> str | None:
        """Return the country in which a town or an area of a name lies in this report.

        Args:
            name: of a state or a capital.
            usual: the states it usually means; where the report speaks of one, it means it here.
            large: a small town does not count.
        """
        best = self.atlas.best(name)
        if best is None or best.kind == "country" or best.iso3 not in self.memory.states:
            return None  # a dependency counts as its state's
        small = best.kind == "city" and best.population < SMALL
        return None if (large and small) or self.atlas.speaks_of(usual - {best.iso3}) else best.iso3

    @cached_property
    def topic(self) -> str | None:
        """Return what the report is about, when that is sport or a show."""
        return self.tools.worth.topic(self.report.text)

    @cached_property
    def dateline(self) -> tuple[Location, int, int] | None:
        """Return where the report was filed, and the dateline's offsets."""
        line = self.layout.dateline
        if line is None:
            return None
        place = place_of_dateline(line, self.atlas)
        if place is None:
            return None
        return place, line.start, line.end


@dataclass(frozen=True)
class Step:
    """A frame that fired, what it was read as, and the mention it became."""

    match: Match
    """The frame, its trigger and its slots."""
    reading: Reading
    """Type and modes after the rules of the ontology."""
    actors: tuple[Party, ...]
    """Who did it, countries from the place of the event included."""
    recipients: tuple[Party, ...]
    """To whom, likewise."""
    mention: Mention
    """What went into the record."""


class SpanReader:
    """Reads one parsed sentence."""

    def __init__(self, report: MentionReader, sentence: Sentence, span: Span) -> None:
        """Find the sentence's parties and dates."""
        self.whole = report
        self.report = report.report
        self.tools = report.tools
        self.sentence = sentence
        self.span = span
        self.base = sentence.start
        self.fired: list[Match] = []
        """Frames that fired, those that became no mention included."""
        self.steps: list[Step] = []
        """How each mention came about, for ``dragoman explain``."""
        self.reader = PartyReader(span, self.tools.knowledge, report.memory, self.tools.words)
        self.matcher = FrameMatcher(span, self.tools.lexicon, self.reader)
        self.dates = report.when.read(span, sentence)

    @cached_property
    def places(self) -> list[PlaceMention]:
        """Return the sentence's places; most sentences tell no event and nobody asks."""
        return find_places(self.span, self.base, self.whole.atlas)

    @cached_property
    def homes(self) -> Homes:
        """Return what gives the sentence's parties their countries."""
        memory, line = self.whole.memory, self.whole.dateline
        filed = line[0].country_code if line else None
        words = self.tools.words
        return Homes(self.reader, memory, words, memory.states, filed, self.places)

    def mentions(self) -> list[Mention]:
        """Return the sentence's mentions and tell the report's memory what was named."""
        matches = self.fired = self.matcher.matches()
        found = [m for match in matches if (m := self._mention(match)) is not None]
        self.whole.voices.hear(self.reader, self.base)
        remember(self.reader)
        return found

    def _mention(self, match: Match) -> Mention | None:
        """Turn a match into a mention; ``None`` when it is none after all."""
        aux = modes_of(match.trigger, self.tools.modal, self.tools.lexicon.light)
        said = self._said(match)
        reading = self.tools.interpreter.read(
            match,
            aux,
            self._inner(match),
            own_announcement=self._announces(match, said),
            conditional=is_conditional(match.trigger, self.tools.modal),
        )
        dated = self.dates.of(
            match.trigger,
            ahead="future" in reading.aux,
            happened=not {"future", "hypothetical", "historical"} & set(reading.aux),
        )
        reading = self._historical(reading, dated)
        place = self._place(match)
        did, received = self._parties(match)
        if match.joined and reading.event != match.event and len(did) > len(match.joined):
            # what is only promised or refused has somebody it is promised to
            did, received = [p for p in did if p not in match.joined], match.joined
        if not received and not match.compiled.frame.joint:
            received = ground_of(match, self.places, reading.event)
        actors = self.homes.localised(did, place, other=received)
        recipients = self.homes.localised(received, place, other=did)
        if not self._are_of_note(actors, recipients) or lacks(match):
            return None
        if not self._is_event(match, reading, actors, recipients):
            return None
        actors = self.homes.citizens(actors, place, other=recipients)
        recipients = self.homes.citizens(recipients, place, other=actors)
        actor_keys = {p.key for p in actors}
        recipients = [p for p in recipients if p.key not in actor_keys or p.entity.identifier_text]
        self.whole.count += 1
        built = self._build(match, reading, actors, recipients, said, dated, place)
        mention = self.whole.retold.complete(built, placed=place is not None)
        if mention.actor != built.actor:
            actors = [told_before(entity) for entity in mention.actor]
        self.steps.append(Step(match, reading, tuple(actors), tuple(recipients), mention))
        return mention

    def _is_event(
        self,
        match: Match,
        reading: Reading,
        actors: list[Party],
        recipients: list[Party],
    ) -> bool:
        """Whether what fired is an event at all; note why not."""
        named = {p.location.country_code for p in self.places if p.kind != "people"}
        here = frozenset(named or {self.homes.country(None, set())})
        told = Told(match, reading.event, actors, recipients, here, self.whole.topic)
        why = self.tools.worth.why_not(told)
        if why is not None:
            self.matcher.misses.append(
                NearMiss(match.compiled.id, match.trigger.text, f"no event: {why}")
            )
        return why is None

    def _build(  # noqa: PLR0913, PLR0917
        self,
        match: Match,
        reading: Reading,
        actors: list[Party],
        recipients: list[Party],
        said: Said | None,
        dated: EventDate,
        place: PlaceMention | None,
    ) -> Mention:
        """Put a mention together."""
        start, end = self.base + self.span.start_char, self.base + self.span.end_char
        location, spot = self._location(place, reading, [*actors, *recipients])
        return Mention(
            id=f"{self.report.id}:{self.whole.count}",
            report=self.report.id,
            sentence=self.sentence.number,
            segment=self._segment(match.trigger),
            text=self.report.text[start:end],
            start=start,
            end=end,
            frame=match.compiled.id,
            event=reading.event,
            mode=reading.mode,
            context=reading.context,
            actor=tuple(self._entity(p) for p in actors),
            recipient=tuple(self._entity(p) for p in recipients),
            event_loc=location,
            date=dated.first.isoformat() if dated.first else None,
            enddate=dated.last.isoformat() if dated.last and dated.last != dated.first else None,
            date_info=self._date_info(dated),
            cameo=reading.cameo,
            aux=reading.aux,
            attribution=said.attribution if said else None,
            size=Size()
            if "negated" in reading.aux
            else measure(match, reading.event, self.tools.sizes),
            confidence=self.tools.calibration.confidence(features_of(match, reading)),
            evidence=Evidence(
                trigger=self._spans((t.idx, t.idx + len(t)) for t in match.words),
                actor=self._spans(at for p in actors for at in p.named_at),
                recipient=self._spans(at for p in recipients for at in p.named_at),
                event_loc=(spot,) if spot else (),
            ),
        )

    # -- who says so ---------------------------------------------------------------

    def _said(self, match: Match) -> Said | None:
        """Return who says so: an accuser, or whoever's statement the event stands in."""
        accusation = self._accusation(match)
        if accusation is not None:
            return accused(accusation.actors, accusation.trigger, self.base)
        return self.whole.voices.said(match.trigger, match.words, self.base, self.reader)

    def _accusation(self, match: Match) -> Match | None:
        """Return the accusation whose content a match is: "accused X of shelling Y"."""
        if len(self.fired) < 2:
            return None
        for other in self.fired:
            if other is match or other.compiled.frame.complement != "attribute" or not other.actors:
                continue
            heads = [h for slot in ("comp", "of", "for") for h in other.slots.fill(slot)]
            if any(match.trigger.i == t.i for h in heads for t in h.subtree):
                return other
        return None

    def _parties(self, match: Match) -> tuple[list[Party], list[Party]]:
        """Return a match's parties; what somebody is accused of, the accused has done."""
        accusation = self._accusation(match)
        Scenes(self.reader, self.tools.worth.lists).settle(match)
        if accusation is None or not accusation.recipients:
            return match.actors, self._foreign(match)
        keys = {p.key for p in accusation.actors}
        if match.actors and not keys & {p.key for p in match.actors}:
            return match.actors, self._foreign(match)
        done_by = {p.key for p in accusation.recipients}
        return accusation.recipients, [p for p in match.recipients if p.key not in done_by]

    def _announces(self, match: Match, said: Said | None) -> bool:
        """Whether the actor itself says so: "X said it would attack"."""
        if said is None:
            return False
        speakers = {p.entity.code for p in said.speakers}
        return bool(speakers & {p.entity.code for p in match.actors} - {None})

    def _inner(self, match: Match) -> Inner | None:
        """Return the event that a match's complement or object reports."""
        heads = [
            h for slot in ("comp", "obj", "for", "to", "of", "with") for h in match.slots.fill(slot)
        ]
        for head in heads:
            spots = {t.i for t in conjuncts(head)} | {
                t.i for t in head.children if t.dep_ in ("xcomp", "obj", "acl")
            }
            for token in spots:
                types = self.matcher.typed(token)
                if types is not None and token != match.trigger.i:
                    return types
        return None

    # -- when -------------------------------------------------------------------------

    def _date_info(self, dated: EventDate) -> DateInfo | None:
        """Return the words behind a date."""
        words, anchor = dated.words, self.whole.when.anchor
        if words is None:
            return None
        return DateInfo(
            text=self.report.text[words.start : words.end],
            start=words.start,
            end=words.end,
            anchor=None if words.absolute or anchor is None else anchor.isoformat(),
            granularity=words.granularity,
        )

    def _historical(self, reading: Reading, dated: EventDate) -> Reading:
        """Mark an event that lies years before its report as historical."""
        if not self.whole.when.is_history(dated):
            return reading
        aux: set[Aux] = {*reading.aux, "historical"}
        return replace(reading, aux=tuple(a for a in ORDER if a in aux))

    # -- where ------------------------------------------------------------------------

    def _place(self, match: Match) -> PlaceMention | None:
        """Return the place that the sentence gives to an event; a party is no place by itself."""
        parties = {p.head for p in (*match.actors, *match.recipients)}
        usable = [p for p in self.places if not ({p.first, p.last} & parties) or self._stands_in(p)]
        return choose_place([p for p in usable if not self._is_title(p)], match.trigger)

    def _is_title(self, place: PlaceMention) -> bool:
        """Whether a place name only tells whose office or home somebody has: "Ohio's governor"."""
        token = self.span.doc[place.last]
        case = case_of(token)
        if token.dep_ not in HELD or case not in ("", "'s", "of", "from"):
            return False
        role = self.reader.phrases.role_in(token.head)
        person = self.reader.phrases.ents.get(token.head.i)
        named = person is not None and person.label_ == "PERSON"
        return named or (role is not None and role.is_title)

    def _stands_in(self, place: PlaceMention) -> bool:
        """Whether a place name follows a preposition of place."""
        before = self.span.doc[max(self.span.start, place.first - 3) : place.first]
        return any(t.lower_ in self.tools.words.lists["locative"] for t in before)

    def _location(
        self, place: PlaceMention | None, reading: Reading, parties: list[Party]
    ) -> tuple[Location | None, TextSpan | None]:
        """Return an event's location with its evidence: from the sentence, else the dateline."""
        if place is not None:
            return place.location, self._span(place.start, place.end)
        if self.whole.dateline is not None and self._is_here(reading, parties):
            location, start, end = self.whole.dateline
            return location, self._span(start, end)
        return None, None

    def _is_here(self, reading: Reading, parties: list[Party]) -> bool:
        """Whether an event may have happened where its report was filed.

        What is only said has no place; what is told of other countries alone was not here.
        """
        if reading.event in words("said_only") or self.whole.dateline is None:
            return False
        told = {p.location.country_code for p in self.places} | {p.entity.code for p in parties}
        return not told - {None} or self.whole.dateline[0].country_code in told

    def _foreign(self, match: Match) -> list[Party]:
        """Return the recipients that are not the actor's own: "moved its soldiers" has none."""
        codes = {p.entity.code for p in match.actors}
        return [
            p
            for p in match.recipients
            if p.entity.code not in codes or not self._owned(self.span.doc[p.head])
        ]

    def _owned(self, token: Token) -> bool:
        """Whether a pronoun owns a phrase: "its soldiers"."""
        owner = child(token, "nmod:poss")
        return owner is not None and owner.pos_ == "PRON"

    def _are_of_note(self, actors: list[Party], recipients: list[Party]) -> bool:
        """Whether an event is recorded: a party has a country, or both sides are known by role."""
        parties = (*actors, *recipients)
        if any(p.entity.code for p in parties):
            return True
        organs = self.tools.words.lists["organs"]
        roles = {sector for p in parties for sector in p.entity.sector}
        return bool(organs & roles) and len(parties) > 1

    # -- characters -------------------------------------------------------------------

    def _segment(self, trigger: Token) -> Segment:
        """Return the part of the report that a trigger stands in."""
        at = self.base + trigger.idx
        if any(start <= at < end for start, end in self.sentence.quotes):
            return "quote"
        return self.sentence.block.kind

    def _entity(self, party: Party) -> Entity:
        """Return a party's entity with the report's own characters as its text."""
        start, end = self.base + party.start, self.base + party.end
        return replace_entity(party.entity, entity_text=self.report.text[start:end])

    def _spans(self, pairs: Iterable[tuple[int, int]]) -> tuple[TextSpan, ...]:
        """Return evidence spans from offsets in the Doc, in the order of the text."""
        return tuple(sorted({self._span(self.base + s, self.base + e) for s, e in pairs}))

    def _span(self, start: int, end: int) -> TextSpan:
        """Return characters of the report."""
        return TextSpan(start, end, self.report.text[start:end])


def told_before(entity: Entity) -> Party:
    """Return a party that an earlier sentence names: no words here stand for it."""
    return Party(entity, -1, 0, 0, "told", why="an earlier sentence tells who did it")
