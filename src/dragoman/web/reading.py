"""Texts read by the coder, as pages show them: what was found, what fired, what nearly did."""

from __future__ import annotations

import datetime as dt
import threading
from typing import TYPE_CHECKING, Any

from dragoman import ontology
from dragoman.explain import explain
from dragoman.web import texts
from dragoman.web.contexts import EventLine, Fired, Nearly, Read, ReportRead, SentenceRead, Word
from dragoman.web.lines import sides

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from dragoman.coding.coder import Coder
    from dragoman.explain import Fired as FrameFired
    from dragoman.explain import SentenceExplained
    from dragoman.record import Attribution, Event, Report
    from dragoman.web.labels import Labels

NEAREST = 12
"""Frames that nearly fired which are shown of one sentence."""
_ONE_READER = threading.Lock()
"""The coder reads one report at a time."""


def read_report(coder: Coder, report: Report, labels: Labels, *, whole: bool) -> ReportRead:
    """Return a report read.

    Args:
        coder: what reads.
        report: the report.
        labels: names of codes.
        whole: whether to tell how each sentence was read.
    """
    with _ONE_READER:
        found = coder.code_report(report)
    of = {m.id: event.id for event in found.events for m in event.mentions}
    marks = [mark for m in found.mentions for mark in texts.marks(m, of.get(m.id))]
    start, end = texts.window(report.text, min((m.start for m in marks), default=0))
    return ReportRead(
        title=report.title,
        published=report.published,
        pieces=texts.pieces(report.text, start, end, marks),
        lines=tuple(_line(event, report, labels) for event in found.events),
        sentences=read_sentences(coder, report, labels) if whole else (),
    )


def read_sentences(
    coder: Coder, report: Report, labels: Labels, only: Collection[int] | None = None
) -> tuple[SentenceRead, ...]:
    """Return sentences of a report with how each was read; all of them without ``only``."""
    with _ONE_READER:
        explained = explain(coder, report, only)
    return tuple(_sentence(s, report, labels) for s in explained.sentences)


def _speaker(said: Attribution | None) -> str:
    """Return the code of who says so, ``other`` for one without, ``outlet`` for nobody else."""
    if said is None:
        return "outlet"
    return (said.source.code if said.source else None) or "other"


def _line(event: Event, report: Report, labels: Labels) -> EventLine:
    """Return an event as lists show it."""
    place = event.event_loc
    said = {_speaker(m.attribution) for m in event.mentions}
    return EventLine(
        id=event.id,
        date=_day(event.date),
        enddate=_day(event.enddate),
        type=event.event,
        mode=event.mode,
        context=event.context,
        aux=event.aux,
        quad=event.quad_code,
        scale=event.event_scale,
        confidence=round(event.confidence, 3),
        actors=sides(event.actor, labels),
        recipients=sides(event.recipient, labels),
        country=place.country_code if place else None,
        place=(place.resolved_place or place.extracted_place) if place else None,
        accounts=1,
        outlets=(report.outlet,) if report.outlet else (),
        said=tuple(sorted(said)),
        kind=tuple(
            sorted({m.attribution.kind if m.attribution else "fact" for m in event.mentions})
        ),
        sentence=event.mentions[0].text if event.mentions else "",
    )


def _day(text: str | None) -> dt.date | None:
    """Return a date of the record as one."""
    return dt.date.fromisoformat(text) if text else None


def _sentence(s: SentenceExplained, report: Report, labels: Labels) -> SentenceRead:
    """Return one sentence with everything read in it."""
    marks = [mark for item in s.fired for mark in texts.marks(item.mention)]
    return SentenceRead(
        number=s.number,
        segment=s.segment,
        pieces=texts.pieces(report.text, s.start, s.end, marks),
        passed_over=s.passed_over,
        words=tuple(_words(s)),
        found=tuple(Read(role=f.kind, words=f.text, means=f.means, why="") for f in s.found),
        fired=tuple(_fired(item, report, labels) for item in s.fired),
        nearly=tuple(
            Nearly(word=m.trigger, frame=m.frame, reason=m.reason) for m in s.missed[:NEAREST]
        ),
    )


def _words(s: SentenceExplained) -> Iterator[Word]:
    """Yield the words of a parse with how deep each stands."""
    known = {word.index: word for word in s.words}
    for word in s.words:
        depth, at = 0, word
        while at.head != at.index and at.head in known and depth < 40:
            depth, at = depth + 1, known[at.head]
        head = known.get(word.head)
        of = head.text if head is not None and head is not word else ""
        yield Word(text=word.text, tag=word.tag, relation=word.relation, head=of, depth=depth)


def _fired(item: FrameFired, report: Report, labels: Labels) -> Fired:
    """Return a frame that became an event, parties with the coder's own reasons."""
    mention = item.mention
    weights = ", ".join(f"{n.replace('_', ' ')} {w:+.2f}" for n, w in item.weights.items() if w)
    return Fired(
        what=" / ".join((mention.event, *mention.mode)),
        quad=ontology.load().quad(mention.event),
        frame=mention.frame,
        aux=mention.aux,
        confidence=round(mention.confidence, 3),
        weights=weights,
        reads=tuple(_reasoned(texts.reads(mention, report, labels), item)),
    )


def _reasoned(reads: Sequence[Read], item: FrameFired) -> Iterator[Read]:
    """Yield how each field was read, with why each party got its code and where it was sought."""
    reasons: dict[tuple[str, str], Any] = {(p.role, p.text): p for p in item.parties}
    for read in reads:
        party = reasons.get((read.role, read.words))
        if party is None:
            yield read
            continue
        sought = "; ".join(
            f"{slot.slot} = {', '.join(slot.words)}"
            for slot in item.slots
            if slot.role == read.role and slot.words
        )
        why = ". ".join(
            filter(None, (read.why, party.why or party.kind, sought and f"Slot {sought}"))
        )
        yield read.model_copy(update={"why": why})
