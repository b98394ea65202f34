"""Sources read again and again: what ``dragoman watch`` does, as a plain function."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from dragoman.errors import InputError
from dragoman.feeds.clock import Clock, SystemClock
from dragoman.feeds.desk import Desk
from dragoman.feeds.fetch import Fetcher, Limits
from dragoman.feeds.interrupts import Interrupts
from dragoman.feeds.known import check_place, ids_there
from dragoman.feeds.reading import Gathered, Tools, gather, settle
from dragoman.feeds.robots import Robots
from dragoman.feeds.rounds import Round
from dragoman.feeds.schedule import SHORTEST, next_round
from dragoman.feeds.sources import Source, find_sources
from dragoman.feeds.state import State
from dragoman.store import OutputError
from dragoman.store.sink import beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.engines import Coder

TOGETHER = 1_000
"""Reports that are gathered before the record is opened: what memory holds of them."""
STATE_ENDING = ".watch"
"""What follows the record's name in the name of the file that is kept beside it."""


class WatchJob(msgspec.Struct, frozen=True, kw_only=True):
    """What a watcher is asked to do."""

    sources: tuple[str, ...]
    """Addresses, feed files, lists of both."""
    record: str
    """The DuckDB file to extend."""
    every: float = 900.0
    """Seconds between two readings of a source; with ``once`` only the base of the back-off."""
    once: bool = False
    """Whether to stop after one round."""
    full_text: bool = False
    """Whether article pages are fetched; else the feed's own text is coded."""
    limits: Limits = Limits()
    """What one document may cost."""
    pipeline: str | None = None
    """Name of another spaCy pipeline than the one that ships."""
    ontology: str | None = None
    """The user's own event types, a file or folder."""
    lexicon: str | None = None
    """The user's own frames, a file or folder."""


class Shows(Protocol):
    """What is told as it happens."""

    def reading(self, source: str) -> None:
        """Take note that a source is being read."""

    def round(self, done: Round) -> None:
        """Take note of a round, or of what an interruption left of it."""

    def trouble(self, reason: str, seconds: float) -> None:
        """Take note that the record could not be written and is tried again."""


class _Silent:
    """Shows nothing."""

    def reading(self, source: str) -> None:
        """Pass over it."""

    def round(self, done: Round) -> None:
        """Pass over it."""

    def trouble(self, reason: str, seconds: float) -> None:
        """Pass over it."""


def watch(
    job: WatchJob,
    shows: Shows | None = None,
    load: Callable[[], Coder] | None = None,
    clock: Clock | None = None,
    fetcher: Fetcher | None = None,
) -> bool:
    """Read sources, code what is new into the record, again and again or once.

    What was fetched is kept beside the record until it is in the record: whatever
    interrupts the watching, no entry is lost and none coded twice.

    Args:
        job: what to do.
        shows: is told what happens.
        load: makes the coder; ``dragoman.load`` when ``None``.
        clock: tells the time; the machine's when ``None``.
        fetcher: asks the servers; one of the job's limits when ``None``.

    Returns:
        Whether any source could be read; only with ``once`` does it return.

    Raises:
        InputError: a source is none, or the record is no DuckDB file.
        OutputError: the record cannot be written, or another watcher is at work on it.
        KeyboardInterrupt: asked for; everything coded is written.
    """
    if job.every < SHORTEST:
        raise InputError(f"every {job.every:g} seconds; expected {SHORTEST:g} or more")
    sources = find_sources(job.sources)
    record = Path(job.record)
    check_place(record)
    shows, clock = shows or _Silent(), clock or SystemClock()
    interrupts = Interrupts()
    with interrupts.listening(), _state(record) as state:
        fetcher = fetcher or Fetcher(job.limits, clock)
        fetcher.holds.update(state.holds())
        tools = Tools(
            record=record,
            state=state,
            fetcher=fetcher,
            robots=Robots(fetcher, clock),
            desk=Desk(record, load or _loader(job), interrupts),
            clock=clock,
            limits=job.limits,
            every=job.every,
            once=job.once,
            full_text=job.full_text,
        )
        _forget_lost(sources, tools)
        return _go(sources, tools, shows)


def _loader(job: WatchJob) -> Callable[[], Coder]:
    """Return what loads the coder that a job asks for; late, because it is slow to import."""

    def load() -> Coder:
        import dragoman  # noqa: PLC0415

        coder: Coder = dragoman.load(
            pipeline=job.pipeline, ontology=job.ontology, lexicon=job.lexicon
        )
        return coder

    return load


@contextmanager
def _state(record: Path) -> Iterator[State]:
    """Give what is kept beside a record, and let go of it."""
    state = State(beside(record, STATE_ENDING))
    try:
        yield state
    finally:
        state.close()


def _forget_lost(sources: list[Source], tools: Tools) -> None:
    """Forget entries whose report the record does not hold: it is another, or a new one."""
    states = [(source, tools.state.source(source.address)) for source in sources]
    names = [name for _, state in states for name in state.seen.values() if name is not None]
    there = ids_there(tools.record, names)
    for source, state in states:
        lost = [d for d, name in state.seen.items() if name is not None and name not in there]
        if lost:
            state.seen = {d: name for d, name in state.seen.items() if d not in lost}
            state.validators, state.digest, state.read = None, None, 0.0
            tools.state.keep(source.address, state, {})


def _go(sources: list[Source], tools: Tools, shows: Shows) -> bool:
    """Make rounds until there is no next."""
    while True:
        done = Round(began=tools.clock.now())
        try:
            _round(sources, tools, shows, done)
        except OutputError as error:
            if tools.once:
                raise
            # Someone reads or writes the record for a moment: nothing is lost by waiting.
            shows.round(done)
            shows.trouble(str(error), SHORTEST)
            tools.clock.sleep(SHORTEST)
            continue
        except KeyboardInterrupt:
            shows.round(done)
            raise
        if tools.once:
            shows.round(done)
            return any(line.well for line in done.lines)
        now = tools.clock.now()
        done.next = next_round(now, [line.due for line in done.lines])
        shows.round(done)
        tools.clock.sleep(done.next - now)


def _round(sources: list[Source], tools: Tools, shows: Shows, done: Round) -> None:
    """Read every source that is due, and code what is new."""
    gathered: list[Gathered] = []
    for source in sources:
        shows.reading(source.address)
        gathered.append(gather(source, tools))
        done.lines.append(gathered[-1].line)
        if sum(len(one.made) for one in gathered) >= TOGETHER:
            settle(gathered, tools, done.count)
            gathered.clear()
    settle(gathered, tools, done.count)
