"""The pages of an event and of a report: texts, and what was read in them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.store.columns import from_row, report_from_row
from dragoman.store.duck import sql as store_sql
from dragoman.web import queries, texts
from dragoman.web.contexts import Account, EventPage, ExplainPage, Figure, ReportPage, Telling
from dragoman.web.errors import NotThereError, WebError
from dragoman.web.index import sql
from dragoman.web.lines import line
from dragoman.web.reading import read_sentences
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.coding.coder import Coder
    from dragoman.record import Event, Mention, Report
    from dragoman.web.index import Statements
    from dragoman.web.labels import Labels
    from dragoman.web.room import Room

EXPLAINED = 12
"""Sentences of an event that are explained at most."""
LONGEST = 200_000
"""Characters of a report that is read once more for an explanation."""
FIGURES = ("dead", "injured", "arrested", "crowd")


def event_page(room: Room, labels: Labels, name: str) -> EventPage:
    """Return the page of an event.

    Raises:
        WebError: there is none of this id, or it is now part of another.
        BusyError: the record is being written.
    """
    with room.open_record() as record:
        event = _event(record, name)
        told = [from_row("mentions", row) for row in record.rows(sql("told"), [name])]
        reports = _reports(record, {m.report for m in told})
    told.sort(key=lambda m: (reports[m.report].published or "~", m.report, m.sentence))
    index = room.index
    lines = queries.lines(index, [name])
    if not lines:
        raise WebError(
            503, "Being read", "The record has just been written to; try again in a moment."
        )
    shown = line(lines[0], labels)
    figures = tuple(dict.fromkeys(_figures(told, reports)))  # sentences repeat themselves
    return EventPage(
        record=record_state(room),
        title=" ".join((*shown.type, str(shown.date or "without a date"))),
        id=name,
        line=shown,
        fields=msgspec.to_builtins(event),
        accounts=tuple(_accounts(told, reports, labels)),
        figures=figures,
        rivals=tuple(what for what in FIGURES if len(_given(figures, what)) > 1),
        denied_by=tuple(dict.fromkeys(_source(m) for m in told if _kind(m) == "denial")),
        dyads=tuple(queries.dyads_of(index, name)),
        cite=f"Event {name}, {room.record.name}, run {record_state(room).runs}, {event.coder}",
    )


def report_page(room: Room, labels: Labels, name: str) -> ReportPage:
    """Return the page of a report.

    Raises:
        NotThereError: there is none of this id.
        BusyError: the record is being written.
    """
    with room.open_record() as record:
        report = _reports(record, {name}).get(name)
        if report is None:
            raise NotThereError("report", name)
        rows = record.rows(sql("told_in"), [name])
    told = {from_row("mentions", row): row["told_event"] for row in rows}
    found = [mark for mention, event in told.items() for mark in texts.marks(mention, event)]
    start, end = texts.window(report.text, min((m.start for m in found), default=0))
    events = list(dict.fromkeys(told.values()))
    by_id = {row["id"]: row for row in queries.lines(room.index, events)}
    return ReportPage(
        record=record_state(room),
        title=report.title or name,
        report=_account(report, list(told), labels),
        pieces=texts.pieces(report.text, start, end, found),
        cut=len(report.text) - (end - start),
        lines=tuple(line(by_id[event], labels) for event in events if event in by_id),
    )


def explain_page(room: Room, labels: Labels, coder: Coder, name: str) -> ExplainPage:
    """Return the sentences of an event, read once more.

    Raises:
        WebError: there is none of this id, or it is now part of another.
        BusyError: the record is being written.
    """
    with room.open_record() as record:
        event = _event(record, name)
        reports = _reports(record, {m.report for m in event.mentions})
    wanted: dict[str, set[int]] = {}
    for mention in event.mentions[:EXPLAINED]:
        wanted.setdefault(mention.report, set()).add(mention.sentence)
    return ExplainPage(
        record=record_state(room),
        title=f"Why {' '.join(event.event)}",
        id=name,
        same=event.manifest == coder.manifest,
        sentences=tuple(
            sentence
            for report, numbers in wanted.items()
            if report in reports and len(reports[report].text) <= LONGEST
            for sentence in read_sentences(coder, reports[report], labels, numbers)
        ),
    )


def _event(record: Statements, name: str) -> Event:
    """Return an event of the record.

    Raises:
        WebError: there is none of this id, or it is now part of another.
    """
    found = record.rows(store_sql("event"), [name])
    if found:
        return from_row("events", found[0])
    gone = record.rows(sql("became"), [name])
    if gone and gone[0]["became"]:
        raise WebError(
            410,
            f"Event {name} is part of another",
            f"Run {gone[0]['run']} found it to be the same as /events/{gone[0]['became']}",
        )
    raise NotThereError("event", name)


def _reports(record: Statements, ids: Iterable[str]) -> dict[str, Report]:
    """Return reports by their ids."""
    found = record.rows(store_sql("whole_reports"), {"ids": sorted(ids)})
    return {row["id"]: report_from_row(row) for row in found}


def _accounts(
    told: Sequence[Mention], reports: dict[str, Report], labels: Labels
) -> Iterator[Account]:
    """Yield each report's account."""
    for name, mentions in groupby(told, key=lambda m: m.report):
        yield _account(reports[name], list(mentions), labels)


def _account(report: Report, mentions: Sequence[Mention], labels: Labels) -> Account:
    """Return what a report tells in some mentions."""
    return Account(
        report=report.id,
        title=report.title,
        outlet=report.outlet,
        published=report.published,
        url=report.url,
        language=report.language,
        tellings=tuple(_telling(m, report, labels) for m in mentions),
    )


def _telling(mention: Mention, report: Report, labels: Labels) -> Telling:
    """Return one sentence with how it was read."""
    return Telling(
        mention=mention.id,
        segment=mention.segment,
        pieces=texts.pieces(report.text, mention.start, mention.end, texts.marks(mention)),
        frame=mention.frame,
        aux=mention.aux,
        kind=_kind(mention),
        source=_source(mention) if mention.attribution else None,
        confidence=round(mention.confidence, 3),
        reads=texts.reads(mention, report, labels),
    )


def _kind(mention: Mention) -> str:
    """Return whether a mention is a fact, a claim, a denial or an opinion."""
    return mention.attribution.kind if mention.attribution else "fact"


def _source(mention: Mention) -> str:
    """Return who says so."""
    if mention.attribution is None:
        return "the outlet itself"
    source = mention.attribution.source
    return (source.identifier_text or source.entity_text) if source else "nobody named"


def _figures(told: Sequence[Mention], reports: dict[str, Report]) -> Iterator[Figure]:
    """Yield every number that the mentions give."""
    for mention in told:
        for what in FIGURES:
            amount: Any = getattr(mention.size, what)
            if amount is None:
                continue
            low, high = amount if isinstance(amount, tuple) else (amount, amount)
            source = _source(mention) if mention.attribution else None
            outlet = reports[mention.report].outlet
            yield Figure(what=what, low=low, high=high, outlet=outlet, source=source)


def _given(figures: Iterable[Figure], what: str) -> set[tuple[int, int]]:
    """Return the different numbers given of one thing."""
    return {(f.low, f.high) for f in figures if f.what == what}
