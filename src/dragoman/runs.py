"""A run from inputs to output: what ``dragoman code`` does, as a plain function."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman.engines import Choice, Coder, open_engine
from dragoman.errors import InputError
from dragoman.readers import Defaults, Reject, read
from dragoman.record import Coded, Report, to_json
from dragoman.store import Level, OutputError, RunNote, Sink, open_sink

if TYPE_CHECKING:
    from typing import BinaryIO

    from dragoman.engines import Engine

BATCH = 32
"""Reports written at a time: what an interruption can cost."""
COUNTS = ("reports", "known", "undated", "sentences", "parsed", "mentions", "events", "rejects")
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
    items = read(job.inputs, job.defaults)
    engine = open_engine(job.engine, partial(load, job.pipeline) if load else partial(_load, job))
    try:
        return _drive(job, engine, items, watch)
    finally:
        engine.close()


def _drive(
    job: Job, engine: Engine, items: Iterator[Report | Reject], watch: Watch | None
) -> Summary:
    """Code reports with an engine that stands ready."""
    sink = None
    if job.out is not None:
        sink = open_sink(job.out, job.level, engine.manifest)
    run = _Run(job, sink, watch)
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
        "limit": job.limit,
        "actors": job.actors,
    }
    return RunNote(command="code", inputs=job.inputs, settings=settings, manifest=manifest)


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


class _Rejects:
    """The file of rejects, written beside its name and renamed at the end."""

    def __init__(self, path: Path | None, *, always: bool) -> None:
        """Open the unfinished file; ``always`` keeps it when it stays empty."""
        self._path, self._always, self._any = path, always, False
        self._stream: BinaryIO | None = None
        if path is not None:
            try:
                self._stream = self._part(path).open("wb")
            except OSError as error:
                raise OutputError(
                    f"{path}: rejects cannot be written ({error.strerror}); name another file"
                ) from error

    @staticmethod
    def _part(path: Path) -> Path:
        """Return the name of the unfinished file."""
        return path.with_name(path.name + ".part")

    def write(self, reject: Reject) -> None:
        """Add one reject."""
        self._any = True
        if self._stream:
            self._stream.write(to_json(reject) + b"\n")

    def close(self, *, complete: bool) -> str | None:
        """Give the file its name, and return it; leave none when there is nothing in it."""
        if self._path is None or self._stream is None:
            return None
        self._stream.close()
        if complete and (self._any or self._always):
            self._part(self._path).replace(self._path)
            return str(self._path)
        self._part(self._path).unlink()
        if complete:  # what an earlier run rejected no longer holds
            self._path.unlink(missing_ok=True)
        return None


class _Run:
    """The state of one run."""

    def __init__(self, job: Job, sink: Sink | None, watch: Watch | None) -> None:
        """Open the rejects file and see what is done."""
        self.summary = Summary()
        self._job, self._sink, self._watch = job, sink, watch
        self._done = sink.done() if sink else set()
        self._rejects = _Rejects(_rejects_path(job), always=job.rejects is not None)

    def go(self, engine: Engine, items: Iterator[Report | Reject]) -> None:
        """Code everything, a batch at a time."""
        began = time.perf_counter()
        coded = self._coded(engine.code(self._to_code(items)))
        while batch := list(itertools.islice(coded, BATCH)):
            self._write(batch)
        self.summary.seconds = time.perf_counter() - began

    def _coded(self, found: Iterator[Coded | Reject]) -> Iterator[Coded]:
        """Yield coded reports, counted and shown; set rejects aside."""
        for item in found:
            if isinstance(item, Reject):
                self._reject(item)
                continue
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

    def _to_code(self, items: Iterator[Report | Reject]) -> Iterator[Report | Reject]:
        """Yield the reports that are still to be coded, and rejects in their places among them."""
        for item in self._limited(items):
            if isinstance(item, Reject) or item.id not in self._done:
                yield item
            elif self._sink and self._sink.clashes(item):
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
            self.summary.rejects_file = self._rejects.close(complete=complete)
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
