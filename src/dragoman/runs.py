"""A run from inputs to output: what ``dragoman code`` does, as a plain function."""

from __future__ import annotations

import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.engines import Choice, Coder, open_engine
from dragoman.errors import InputError
from dragoman.readers import Defaults, Meter, Reject, Sample, Shards, read
from dragoman.record import Coded, Report
from dragoman.store import Level, OutputError, RunNote, Sink, open_sink
from dragoman.store.rejects import Rejects

if TYPE_CHECKING:
    from dragoman.engines import Engine

BATCH = 32
"""Reports written at a time: what an interruption can cost."""
COUNTS = (
    "reports",
    "known",
    "undated",
    "sentences",
    "parsed",
    "mentions",
    "events",
    "rejects",
    "foreign",
)
"""Numbers of a summary that a store keeps of a run."""
SHOWN_REJECTS = 5
"""Rejects a summary keeps for a person to read."""


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What a run is asked to do."""

    inputs: tuple[str, ...]
    """Files, folders, globs, or ``-``."""
    defaults: Defaults = Defaults()
    """What to take for reports that do not say it."""
    out: str | None = None
    """Where to write; the format follows the name. ``None``: only watch."""
    level: Level = "event"
    """Events or mentions."""
    rejects: str | None = None
    """Where to write rejects; ``None``: beside ``out``, when there are any."""
    pipeline: str | None = None
    """Name of another spaCy pipeline than the one that ships."""
    ontology: str | None = None
    """The user's own event types, a file or folder."""
    lexicon: str | None = None
    """The user's own frames, a file or folder."""
    limit: int | None = None
    """Reports to read at most."""
    sample: Sample | None = None
    """Which reports to read; all of them when ``None``."""
    actors: str | None = None
    """The user's own actors, a file or folder, on top of the package's."""
    engine: Choice = Choice()
    """Where reports are coded, and what one may cost."""


class Summary(msgspec.Struct, kw_only=True):
    """What a run did."""

    reports: int = 0
    """Reports coded."""
    known: int = 0
    """Reports passed over because an earlier run had coded them."""
    known_files: int = 0
    """Files passed over whole because an earlier run had read and coded them."""
    undated: int = 0
    """Coded reports without a publication date: their relative dates stay unresolved."""
    sentences: int = 0
    """Sentences found."""
    parsed: int = 0
    """Sentences parsed."""
    words: int = 0
    """Words coded."""
    mentions: int = 0
    """Mentions found."""
    events: int = 0
    """Events found."""
    rejects: int = 0
    """Items of the input that could not become a report, and reports that could not be coded."""
    foreign: int = 0
    """Reports passed over because they are in another language."""
    languages: dict[str, int] = {}
    """How many of them in which."""
    read: int = 0
    """Bytes of the input read so far."""
    to_read: int | None = None
    """Bytes of the whole input; ``None`` where that is not known."""
    seconds: float = 0.0
    """Time from the first report to the last, without loading the coder."""
    first_rejects: list[Reject] = []
    """The first ``SHOWN_REJECTS`` rejects."""
    rejects_file: str | None = None
    """Where the rejects were written; ``None`` when nowhere."""

    @property
    def words_per_second(self) -> float:
        """Words coded a second."""
        return self.words / self.seconds if self.seconds else 0.0

    def count(self, coded: Coded) -> None:
        """Add one coded report."""
        self.reports += 1
        self.undated += coded.report.published is None
        for name in ("sentences", "parsed", "words"):
            setattr(self, name, getattr(self, name) + getattr(coded, name))
        self.mentions += len(coded.mentions)
        self.events += len(coded.events)

    def count_reject(self, reject: Reject) -> None:
        """Add one reject."""
        if reject.language is not None:
            self.foreign += 1
            self.languages[reject.language] = self.languages.get(reject.language, 0) + 1
            return
        self.rejects += 1
        if len(self.first_rejects) < SHOWN_REJECTS:
            self.first_rejects.append(reject)


Watch = Callable[[Coded, Summary], None]
"""Called after each report is coded, to show progress or events."""


def run_code(
    job: Job,
    load: Callable[[str | None], Coder] | None = None,
    watch: Watch | None = None,
) -> Summary:
    """Code reports and store what was read from them.

    The inputs are checked before the coder is loaded, and the output before the first
    report is coded. An interrupted run, whatever interrupted it, leaves an output that
    the same call takes up again.

    Args:
        job: what to do.
        load: makes the coder from the name of a pipeline; ``dragoman.load`` when ``None``. For
            an engine of other processes it is a function of a module.
        watch: called after each report.

    Returns:
        Counts of what was done.

    Raises:
        InputError: an input is missing, unreadable or of an unknown kind.
        OutputError: the output cannot be written or is of another run.
        EngineError: the engine cannot be had, or has no workers any more.
    """
    _check(job)
    meter, shards = Meter(), Shards()
    items = read(job.inputs, job.defaults, job.sample, meter, shards)
    engine = open_engine(job.engine, partial(load, job.pipeline) if load else partial(_load, job))
    try:
        return _drive(job, engine, items, _Course(meter, shards, watch))
    finally:
        engine.close()


class _Course(NamedTuple):
    """What follows the course of a run."""

    meter: Meter
    """How far the input has been read."""
    shards: Shards
    """Which files need not be read again."""
    watch: Watch | None
    """Is shown every coded report."""


def _drive(job: Job, engine: Engine, items: Iterator[Report | Reject], course: _Course) -> Summary:
    """Code reports with an engine that stands ready."""
    sink = None
    if job.out is not None:
        sink = open_sink(job.out, job.level, engine.manifest)
    run = _Run(job, sink, course, _shards_as(job, engine.manifest))
    complete = False
    try:
        if sink is not None:
            sink.begin(_note(job, engine.manifest))
        run.go(engine, items)
        complete = True
    finally:
        run.close(complete=complete)
    return run.summary


def _note(job: Job, manifest: str) -> RunNote:
    """Return what a store may keep of a run."""
    settings: dict[str, str | int | None] = {
        "published": job.defaults.published,
        "outlet": job.defaults.outlet,
        "pipeline": job.pipeline,
        "ontology": job.ontology,
        "lexicon": job.lexicon,
        "language": job.defaults.only or "any",
        "limit": job.limit,
        "sample": job.sample.printed if job.sample else None,
        "actors": job.actors,
    }
    return RunNote(command="code", inputs=job.inputs, settings=settings, manifest=manifest)


def _shards_as(job: Job, manifest: str) -> str | None:
    """Return a hash of how files are read, ``None`` where none may be passed over.

    A limit, and a sample of a fixed size, depend on all that was read before.
    """
    if job.limit is not None or (job.sample is not None and job.sample.number is not None):
        return None
    asked = msgspec.json.encode((job.defaults, job.sample, job.engine.caps, manifest))
    return hashlib.sha256(asked).hexdigest()[:16]


def _load(job: Job) -> Coder:
    """Load the coder that ships with the user's own data; late, because it is slow to import."""
    import dragoman  # noqa: PLC0415

    coder: Coder = dragoman.load(
        pipeline=job.pipeline, ontology=job.ontology, lexicon=job.lexicon, actors=job.actors
    )
    return coder


def _check(job: Job) -> None:
    """Raise when the job contradicts itself.

    Raises:
        InputError: no input, a limit under 1, or an input that is also an output.
    """
    if not job.inputs:
        raise InputError("no input; name a file, a folder, a glob, or - for standard input")
    if job.limit is not None and job.limit < 1:
        raise InputError(f"limit {job.limit}; expected 1 or more reports")
    written = {Path(p).resolve() for p in (job.out, job.rejects) if p not in {None, "-"} and p}
    for name in job.inputs:
        if name != "-" and Path(name).resolve() in written:
            raise InputError(f"{name}: is both input and output; name another output")


class _Run:
    """The state of one run."""

    def __init__(self, job: Job, sink: Sink | None, course: _Course, shards_as: str | None) -> None:
        """Open the rejects file and see what is done."""
        meter, shards, self._watch = course
        self.summary, self._meter = Summary(to_read=meter.total), meter
        self._job, self._sink = job, sink
        self._done = sink.done() if sink else set()
        self._shards, self._finishes = shards, sink is not None and shards_as is not None
        known = sink.finished() if sink and shards_as is not None else []
        kept = shards.choose(known, shards_as or "")
        self.summary.known_files = len(shards.skipped)
        self._rejects = Rejects(_rejects_path(job), always=job.rejects is not None)
        self._rejects.go_on(kept, of={str(path) for path in shards.skipped})
        self._shards.rejects = self._rejects.tell
        self._kept = kept > 0

    def go(self, engine: Engine, items: Iterator[Report | Reject]) -> None:
        """Code everything, a batch at a time."""
        began = time.perf_counter()
        coded = self._coded(engine.code(self._to_code(items)))
        while batch := list(itertools.islice(coded, BATCH)):
            self._write(batch)
            self._finish()
        self._finish()
        self.summary.seconds = time.perf_counter() - began

    def _coded(self, found: Iterator[Coded | Reject]) -> Iterator[Coded]:
        """Yield coded reports, counted and shown; set rejects aside."""
        for item in found:
            self.summary.read = self._meter.done
            if isinstance(item, Reject):
                self._reject(item)
                self._shards.out()
                continue
            self._shards.out()
            self.summary.count(item)
            if self._watch:
                self._watch(item, self.summary)
            yield item

    def _write(self, batch: list[Coded]) -> None:
        """Store a batch."""
        if self._sink is None:
            return
        try:
            self._sink.write(batch)
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputError(
                f"{self._job.out}: cannot be written ({error.strerror or error}); make room, then"
                " run the same command again to go on"
            ) from error

    def _finish(self) -> None:
        """Note which files need not be read again: all that came back of them is stored."""
        notes = self._shards.finished()
        if not self._finishes or self._sink is None or not notes:
            return
        self._rejects.sync()
        self._kept = self._kept or any(note.rejects for note in notes)
        self._sink.finish(notes)

    def _to_code(self, items: Iterator[Report | Reject]) -> Iterator[Report | Reject]:
        """Yield the reports that are still to be coded, and rejects in their places among them."""
        for item in self._limited(items):
            if isinstance(item, Reject) or item.id not in self._done:
                self._shards.sent()
                yield item
            elif self._sink and self._sink.clashes(item):
                self._shards.sent()
                yield Reject(
                    where=item.id,
                    row=None,
                    reason=f"id {item.id!r} stands in {self._job.out} with another text;"
                    " expected an id of its own for every report, or another output",
                )
            else:
                self.summary.known += 1

    def _limited(self, items: Iterator[Report | Reject]) -> Iterator[Report | Reject]:
        """Yield what the readers give, to the last report that is wanted."""
        reports = 0
        for item in items:
            yield item
            reports += not isinstance(item, Reject)
            if reports == self._job.limit:
                return

    def _reject(self, reject: Reject) -> None:
        """Count and write one reject."""
        self.summary.count_reject(reject)
        self._rejects.write(reject)

    def close(self, *, complete: bool) -> None:
        """Finish the outputs, or leave them to be taken up."""
        try:
            self.summary.rejects_file = self._rejects.close(complete=complete, kept=self._kept)
        finally:
            if self._sink:
                counts = {n: getattr(self.summary, n) for n in COUNTS}
                self._sink.close(complete=complete, counts=msgspec.json.encode(counts).decode())


def _rejects_path(job: Job) -> Path | None:
    """Return where rejects go: where the job says, else beside the output."""
    if job.rejects is not None:
        return Path(job.rejects)
    if job.out is None or job.out == "-":
        return None
    out = Path(job.out)
    return out.with_name(out.name + ".rejects.jsonl")
