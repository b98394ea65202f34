"""Export a record: choose, write, count, document."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.export.choice import Choice
from dragoman.export.codebook import codebook
from dragoman.export.files import check_target, whole
from dragoman.export.ids import Numbers
from dragoman.export.load import layout
from dragoman.export.pages import markdown, page
from dragoman.export.source import open_source
from dragoman.export.story import story
from dragoman.export.tally import Tally
from dragoman.export.world import NO_CAMEO, World
from dragoman.export.writers import open_writer
from dragoman.review.apply import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from dragoman.export.source import Source
    from dragoman.export.story import Story
    from dragoman.export.writers import Name
    from dragoman.record import Event

    Watch = Callable[[int, int], None]

NUMBERED = frozenset(("icews", "gdelt", "gdelt-mentions", "phoenix"))
"""Formats of CAMEO codes, whose rows have numbers for ids."""
TRACED = NUMBERED - {"gdelt-mentions"}
"""Formats beside which a list of numbers and event ids is written."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is to be exported, and how."""

    record: Path
    """The record, a ``.duckdb`` file."""
    out: Path
    """Where to write; the codebook and the list of ids are written beside it."""
    name: Name | None
    """The format; ``None`` for a codebook of the record alone."""
    choice: Choice = field(default_factory=Choice)
    """Which events go in; whether they must be plain and dated is for the format to say."""
    aux: bool = False
    """Whether events with auxiliary modes go into formats that do not know them."""
    data: bool = True
    """Whether the data are written, or the codebook alone."""
    documented: bool = True
    """Whether the codebook is written."""
    ontology: Path | None = None
    """The user's own ontology, for the meanings of its types."""
    reviewed: bool = True
    """Whether the verdicts that lie beside the record take effect."""


@dataclass(frozen=True)
class Done:
    """What an export did."""

    tally: Tally
    """Counts."""
    written: tuple[Path, ...]
    """Files, the data first."""
    seconds: float
    """Time it took."""


def export(job: Job, watch: Watch | None = None, world: World | None = None) -> Done:
    """Export a record.

    Args:
        job: what to do.
        watch: called after each page with the events read and the events of the record.
        world: what ``World.load`` gives, where it is at hand; loading takes a moment.

    Raises:
        InputError: the record cannot be read.
        OutputError: the output cannot be written.
        DataError: a data file of the program breaks its schema.
    """
    began = time.monotonic()
    with open_source(job.record) as source:
        files = _files(job)
        for path in files.values():
            check_target(path, job.record)
        tally = Tally()
        _write(job, files, source, (tally, world or World.load(job.ontology)), watch)
    return Done(tally, tuple(files.values()), time.monotonic() - began)


def chosen(job: Job) -> Choice:
    """Return which events go in, as the format needs it."""
    if job.name in {None, "plover", "parquet"}:
        return job.choice
    form = layout(str(job.name))
    plain = job.choice.plain or (form.plain and not job.aux)
    return replace(job.choice, plain=plain, dated=form.dated)


def _files(job: Job) -> dict[str, Path]:
    """Return the files of an export by what they hold."""
    if not job.data:
        return {"codebook": job.out}
    files = {"data": job.out}
    if job.name in TRACED:
        files["ids"] = job.out.with_name(f"{job.out.name}.ids.csv")
    if job.documented:
        files["codebook"] = job.out.with_name(f"{job.out.name}.codebook.md")
    return files


def _write(
    job: Job,
    files: dict[str, Path],
    source: Source,
    known: tuple[Tally, World],
    watch: Watch | None,
) -> None:
    """Write the files; they get their names when all of them are whole."""
    tally, world = known
    with ExitStack() as stack:
        streams = {what: stack.enter_context(whole(path)) for what, path in files.items()}
        writer = open_writer(job.name, streams["data"], world) if job.data and job.name else None
        if "ids" in streams:
            streams["ids"].write(b"number,event,actor,recipient\r\n")
        for batch in _batches(job, source, known, watch):
            tally.rows += writer.write(batch) if writer else 0
            if "ids" in streams:
                streams["ids"].writelines(_trace(each) for each in batch)
        if writer:
            writer.close()
        if "codebook" in streams:
            streams["codebook"].write(_document(job, files["codebook"], known).encode())


def _batches(
    job: Job, source: Source, known: tuple[Tally, World], watch: Watch | None
) -> Iterator[list[Story]]:
    """Yield the stories that go in, counting them and those that do not."""
    (tally, world), choice = known, chosen(job)
    numbers = Numbers() if job.name in NUMBERED else None
    review = source.changes() if job.reviewed else Changes()
    total, read = source.count(), 0
    for events in review.pages(source.pages()):
        reports = source.reports(m.report for event in events for m in event.mentions)
        batch = []
        for event in events:
            # Every event takes its numbers, whether it goes in or not: filters change none.
            marks = review.marks.get(event.id, ())
            made = story(event, reports, world.maps.reciprocal, numbers, marks)
            reason = (
                review.dropped.get(event.id) or choice.reason(event) or _foreign(job, event, world)
            )
            if reason is None:
                batch.append(made)
                tally.add(made)
            else:
                tally.left_out[reason] += 1
        yield batch
        read += len(events)
        if watch:
            watch(read, total)


def _foreign(job: Job, event: Event, world: World) -> str | None:
    """Return why a format of CAMEO codes cannot hold an event; ``None`` when it can."""
    if job.name not in NUMBERED or world.has_cameo(event):
        return None
    return f"of type {event.event[0]} without a CAMEO code ({NO_CAMEO})"


def _trace(made: Story) -> bytes:
    """Return the lines that say which event a row's number stands for."""
    lines = (
        f"{pair.number},{made.event.id},{_place(pair.places[0])},{_place(pair.places[1])}\r\n"
        for pair in made.pairs
    )
    return "".join(lines).encode()


def _place(place: int | None) -> str:
    """Return a place in a list as text."""
    return "" if place is None else str(place)


def _document(job: Job, path: Path, known: tuple[Tally, World]) -> str:
    """Return the codebook as the ending of its name asks for."""
    tally, world = known
    title = job.out.name if job.data else job.record.name
    blocks = codebook(title, job.name, tally, world, selection(chosen(job)))
    return page(blocks) if path.suffix.lower() in {".html", ".htm"} else markdown(blocks)


def selection(choice: Choice) -> str:
    """Return in words which events were asked for."""
    parts = []
    if choice.since or choice.until:
        parts.append(f"from {choice.since or 'the first day'} to {choice.until or 'the last'}")
    if choice.min_confidence:
        parts.append(f"confidence {choice.min_confidence:g} and above")
    if choice.plain:
        parts.append("plain past events only")
    if choice.dated:
        parts.append("with a date")
    return ", ".join(parts) or "all events"
