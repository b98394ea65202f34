"""Why a sentence codes to what it codes to, or to nothing: what ``dragoman explain`` shows.

``explain`` codes a report as ``Coder.code_report`` does, sentence by sentence and with
the same memory, and keeps what the coder throws away: the parse, the names, dates and
places found, how each party got its code, and the frames that nearly fired. Every
function returns plain records; nothing here prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman.coding.coder import CODED, LONGEST_SENTENCE, find_sentences, parts
from dragoman.coding.mentions import MentionReader, SpanReader
from dragoman.coding.what.calibration import features_of
from dragoman.coding.when.timex import UNKNOWN, timex
from dragoman.language.segments import lay_out
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from dragoman.coding.coder import Coder, Sentence
    from dragoman.coding.mentions import Step
    from dragoman.coding.what.match import Match
    from dragoman.coding.when.dates import DateExpression
    from dragoman.coding.when.values import Days
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Doc, Span, Token
    from dragoman.record import Mention, Report, Segment

FoundKind = Literal["name", "tagged", "date", "place"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a parse."""

    index: int
    """Its number in the sentence, from 0."""
    text: str
    """As it stands in the report."""
    tag: str
    """Universal part of speech: ``VERB``, ``PROPN``, ..."""
    relation: str
    """Universal Dependencies relation to its head: ``nsubj``, ``obl``, ..."""
    head: int
    """Index of its head; its own for the root."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point in the report."""


@dataclass(frozen=True, slots=True)
class Found:
    """A name, date or place that was found in a sentence."""

    kind: FoundKind
    """``name``: of the knowledge base; ``tagged``: by the model; ``date``; ``place``."""
    text: str
    """Its words."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point in the report."""
    means: str
    """What it was read as, for a person."""


@dataclass(frozen=True, slots=True)
class PartyRead:
    """A party of an event and how it was read."""

    role: Literal["actor", "recipient"]
    """Its part in the event."""
    text: str
    """The words of the report."""
    name: str | None
    """Canonical name."""
    code: str | None
    """Country code."""
    sector: tuple[str, ...]
    """Sector codes."""
    kind: str
    """``state capital seat region organisation group person role people``."""
    why: str
    """How it got its code."""


@dataclass(frozen=True, slots=True)
class SlotRead:
    """A slot that a frame looks into for a party."""

    role: Literal["actor", "recipient"]
    """Which party is sought there."""
    slot: str
    """Name of the slot: ``subj``, ``obj``, ``to``, ..."""
    words: tuple[str, ...]
    """Heads of the phrases that stand in it; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Fired:
    """A frame that fired and became a mention."""

    mention: Mention
    """What went into the record."""
    frame_type: str
    """The frame's own event type; the mention's differs where a rule changed it."""
    trigger: tuple[str, ...]
    """The words that set the frame off."""
    slots: tuple[SlotRead, ...]
    """Where its parties were sought, in the order tried."""
    parties: tuple[PartyRead, ...]
    """Who was found."""
    features: Mapping[str, float]
    """What the confidence was reckoned from."""
    weights: Mapping[str, float]
    """What each feature adds to the log-odds, times its value; without the bias."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A frame whose trigger stood in the sentence but which gave no mention."""

    frame: str
    """Id of the frame."""
    trigger: str
    """The word that could have set it off."""
    reason: str
    """Why it gave none."""


@dataclass(frozen=True, slots=True)
class SentenceExplained:
    """One sentence with everything that was read in it."""

    number: int
    """Number in the report, from 0."""
    segment: Segment
    """Part of the report it stands in."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point."""
    text: str
    """The sentence."""
    passed_over: str | None
    """Why the coder does not parse it; ``None`` when it does."""
    words: tuple[Word, ...]
    """The parse, also of a sentence that the coder passes over."""
    found: tuple[Found, ...]
    """Names, dates and places, in the order of the text; none in one passed over."""
    fired: tuple[Fired, ...]
    """Frames that became mentions."""
    missed: tuple[Missed, ...]
    """Frames that nearly did, the nearest first."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report, explained."""

    report: Report
    """The report."""
    dateline: str | None
    """The place its dateline was resolved to, if it has one."""
    sentences: tuple[SentenceExplained, ...]
    """The sentences that were asked for."""


def explain(coder: Coder, report: Report, only: Collection[int] | None = None) -> Explanation:
    """Explain a report.

    Every sentence is read, so that pronouns and names mean what they mean to the coder;
    ``only`` says which are returned.

    Args:
        coder: the coder whose work is to be explained.
        report: the report; a sentence alone is one as well.
        only: numbers of the sentences wanted; all when ``None``.
    """
    layout = lay_out(report.text, report.title)
    reader = MentionReader(report, layout, coder.tools)
    explained: list[SentenceExplained] = []
    for part in parts(find_sentences(report.text, layout)):
        texts = (report.text[s.start : s.end] for s in part)
        docs = {s.number: doc for s, doc in zip(part, trees(coder.nlp, texts), strict=True)}
        chosen = {s.number: docs[s.number] for s in coder.choose(report.text, part)}
        reader.hear(part, chosen)
        explained += (
            _sentence(
                coder, reader, sentence, docs[sentence.number], read=sentence.number in chosen
            )
            for sentence in part
        )
    line = reader.dateline
    return Explanation(
        report=report,
        dateline=(line[0].resolved_place or line[0].extracted_place) if line else None,
        sentences=tuple(s for s in explained if only is None or s.number in only),
    )


def _sentence(
    coder: Coder, reader: MentionReader, sentence: Sentence, doc: Doc, *, read: bool
) -> SentenceExplained:
    """Read one sentence as the coder does and keep what was read."""
    text = reader.report.text[sentence.start : sentence.end]
    passed_over = None if read else _passed_over(sentence, text)
    found: list[Found] = []
    fired: list[Fired] = []
    missed: list[Missed] = []
    for span in doc.sents if read else ():
        step = SpanReader(reader, sentence, span)
        step.mentions()
        found += _found(step)
        fired += [_fired(item, coder) for item in step.steps]
        missed += _missed(step)
    return SentenceExplained(
        number=sentence.number,
        segment=sentence.block.kind,
        start=sentence.start,
        end=sentence.end,
        text=text,
        passed_over=passed_over,
        words=tuple(_words(doc, sentence.start, text)),
        found=tuple(sorted(found, key=lambda f: (f.start, f.end, f.kind))),
        fired=tuple(fired),
        missed=tuple(dict.fromkeys(sorted(missed, key=_distance))),
    )


def _passed_over(sentence: Sentence, text: str) -> str:
    """Return why the coder does not parse a sentence."""
    if sentence.block.kind not in CODED:
        return f"it stands in a {sentence.block.kind}, which is never coded as news of its own"
    if len(text) > LONGEST_SENTENCE:
        return f"{len(text):,} characters; longer than {LONGEST_SENTENCE:,} is a list or a table"
    return "the gate: neither it nor what follows holds all the words that a frame asks for"


def _words(doc: Doc, base: int, text: str) -> Iterator[Word]:
    """Yield the words of a parse with the report's own characters."""
    for token in doc:
        end = token.idx + len(token)
        if not token.text.strip():
            continue
        yield Word(
            index=token.i,
            text=text[token.idx : end],
            tag=token.pos_,
            relation=token.dep_,
            head=token.head.i,
            start=base + token.idx,
            end=base + end,
        )


def _found(step: SpanReader) -> Iterator[Found]:
    """Yield the names, dates and places of a sentence."""
    doc, base, text = step.span.doc, step.base, step.report.text
    for name in step.reader.phrases.names:
        span = doc[name.start : name.end]
        entry = name.entry
        codes = " ".join(filter(None, (entry.code, *entry.sector)))
        yield _of_span("name", span, base, text, f"{entry.kind} {entry.name} {codes}".strip())
    for ent in step.span.ents:
        yield _of_span("tagged", ent, base, text, ent.label_)
    for date, days in step.dates.days.items():
        yield Found("date", text[date.start : date.end], date.start, date.end, _when(date, days))
    for place in step.places:
        where = place.location
        means = ", ".join(filter(None, (where.resolved_place, where.province, where.country_code)))
        yield Found("place", text[place.start : place.end], place.start, place.end, means)


def _when(date: DateExpression, days: Days | None) -> str:
    """Return what a time expression means: its days, or its TIMEX3 value when it has none."""
    if days is not None:
        means = f"{days[0]}" if days[0] == days[1] else f"{days[0]} to {days[1]}"
        return f"{means} ({date.granularity}, {date.relation})"
    value = timex(date.reading, None)[1]
    return "unresolved: no day to reckon from" if value == UNKNOWN else value


def _of_span(kind: FoundKind, span: Span, base: int, text: str, means: str) -> Found:
    """Return what was found at a span of the parse."""
    start, end = base + span.start_char, base + span.end_char
    return Found(kind, text[start:end], start, end, means)


def _fired(step: Step, coder: Coder) -> Fired:
    """Return a frame that fired, with its slots, parties and features."""
    features = features_of(step.match, step.reading)
    weights = coder.tools.calibration.weights
    return Fired(
        mention=step.mention,
        frame_type=step.match.event,
        trigger=tuple(t.text for t in sorted(step.match.words, key=_position)),
        slots=tuple(_slots(step.match)),
        parties=tuple(_parties(step)),
        features=features,
        weights={name: weights.get(name, 0.0) * value for name, value in features.items()},
    )


def _position(token: Token) -> int:
    """Return where a token stands."""
    return token.i


def _slots(match: Match) -> Iterator[SlotRead]:
    """Yield the slots in which a frame seeks its parties, with what stands in them."""
    frame = match.compiled.frame
    for slot in frame.actor:
        yield SlotRead("actor", slot, tuple(t.text for t in match.slots.fill(slot)))
    for slot in frame.recipient:
        yield SlotRead("recipient", slot, tuple(t.text for t in match.slots.fill(slot)))


def _parties(step: Step) -> Iterator[PartyRead]:
    """Yield the parties of a mention."""
    for party, entity in zip(step.actors, step.mention.actor, strict=True):
        yield _party("actor", party, entity.entity_text)
    for party, entity in zip(step.recipients, step.mention.recipient, strict=True):
        yield _party("recipient", party, entity.entity_text)


def _party(role: Literal["actor", "recipient"], party: Party, text: str) -> PartyRead:
    """Return how one party was read."""
    entity = party.entity
    return PartyRead(
        role=role,
        text=text,
        name=entity.identifier_text,
        code=entity.code,
        sector=entity.sector,
        kind=party.kind,
        why=party.why,
    )


def _missed(step: SpanReader) -> Iterator[Missed]:
    """Yield the frames that gave no mention: not fired, absorbed, or without a country."""
    for miss in step.matcher.misses:
        yield Missed(miss.frame, miss.trigger, miss.reason)
    coded = {id(item.match) for item in step.steps}
    told = {(miss.frame, miss.trigger) for miss in step.matcher.misses}
    for match in step.fired:
        if id(match) not in coded and (match.compiled.id, match.trigger.text) not in told:
            yield Missed(match.compiled.id, match.trigger.text, NO_COUNTRY)
    standing = {match.trigger.i for match in step.fired}
    for token in step.span:
        typed = step.matcher.typed(token.i)
        if typed is not None and token.i not in standing:
            yield Missed(typed[0], token.text, ABSORBED)


NO_COUNTRY = "fired, but none of its parties has a country"
ABSORBED = "fired, but is part of another event of the sentence"


def _distance(missed: Missed) -> int:
    """Return how far a frame was from a mention: 0 is nearest."""
    starts = ("fired", "no ", "stopped")
    return next((n for n, s in enumerate(starts) if missed.reason.startswith(s)), len(starts))
