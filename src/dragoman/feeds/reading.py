"""One source, once: asked, taken apart, coded, and what is known of it kept.

First ``gather``: what is new is put on disk beside the record, as waiting. Then ``settle``:
it is coded into the record, and only then no longer waits. So an entry that was once
fetched is coded whatever happens, also when it has left the feed meanwhile.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.feeds.addresses import FetchError
from dragoman.feeds.entries import MAX_ENTRIES, FeedError, read_entries
from dragoman.feeds.pages import from_feed, from_page
from dragoman.feeds.rounds import Line
from dragoman.feeds.schedule import back_off, due
from dragoman.feeds.state import Waiting
from dragoman.readers import Reject

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.feeds.clock import Clock
    from dragoman.feeds.desk import Desk, Work
    from dragoman.feeds.entries import Entry, Feed
    from dragoman.feeds.fetch import Fetcher, Limits
    from dragoman.feeds.known import Standing
    from dragoman.feeds.robots import Robots
    from dragoman.feeds.sources import Source
    from dragoman.feeds.state import SourceState, State
    from dragoman.record import Coded, Report

BATCH = 32
"""Reports coded and written at a time: what a crash can cost."""
PAGES = 100
"""Article pages fetched for one source in one round; the others wait for the next."""
TRIES = 3
"""Times a page is asked for before its entry is coded from the feed alone."""


class Tools(NamedTuple):
    """What reading a source takes."""

    record: Path
    state: State
    fetcher: Fetcher
    robots: Robots
    desk: Desk
    clock: Clock
    limits: Limits
    every: float
    """The interval in seconds."""
    once: bool
    """Whether something else sets the rhythm."""
    full_text: bool

    def keep(self, source: Source, state: SourceState) -> None:
        """Put what is known of a source on disk."""
        self.state.keep(source.address, state, self.fetcher.holds)

    def due(self, state: SourceState) -> float:
        """Return when a source is to be asked."""
        every = 0.0 if self.once else self.every
        return due(self.clock.now(), state.read, every, state.pause, state.blocked)


class Gathered(NamedTuple):
    """What one reading of a source gave."""

    source: Source
    state: SourceState
    line: Line
    made: list[tuple[Entry, Report]]
    """The entries that are to be coded, and their reports."""


def gather(source: Source, tools: Tools) -> Gathered:
    """Read a source if it is due, and make reports of what is new or waits in it.

    A source that cannot be read is a line too.

    Raises:
        OutputError: what is kept beside the record cannot be written.
    """
    state = tools.state.source(source.address)
    line = Line(source=source.address)
    if tools.due(state) <= tools.clock.now():
        feed = _ask(source, state, tools, line)
        if feed is not None:
            _note(feed, state, line)
        tools.keep(source, state)
    else:
        line.standing = "failed" if state.fault else "early"
        line.reason = state.fault
    made = _reports(source, state, tools, line) if state.waiting else []
    if len(made) < len(state.waiting) or line.rejected:
        tools.keep(source, state)
    line.waiting = len(state.waiting) - len(made)
    line.due = tools.due(state)
    if line.waiting:  # pages are asked for again before the feed is
        line.due = min(line.due, tools.clock.now() + tools.every)
    return Gathered(source, state, line, made)


def settle(gathered: list[Gathered], tools: Tools, count: Callable[[Coded], None]) -> None:
    """Code what was gathered into the record.

    Args:
        gathered: of some sources.
        tools: what it takes.
        count: called after each report that is coded.

    Raises:
        OutputError: the record, or what is kept beside it, cannot be written.
        KeyboardInterrupt: asked for; the report at hand is coded and written.
    """
    if not any(one.made for one in gathered):
        return
    with tools.desk.at_work() as work:
        for one in gathered:
            for start in range(0, len(one.made), BATCH):
                _code(one, one.made[start : start + BATCH], work, count)
                tools.keep(one.source, one.state)


def _code(
    one: Gathered,
    made: list[tuple[Entry, Report]],
    work: Work,
    count: Callable[[Coded], None],
) -> None:
    """Code some entries of a source."""
    placed = [(entry, work.known.place(report)) for entry, report in made]
    standing = {p.report.id: p.standing for _, p in placed if p.standing != "unchanged"}

    def coded(report: Coded) -> None:
        _count(one.line, standing[report.report.id])
        count(report)

    rejects = work.code([p.report for _, p in placed if p.standing != "unchanged"], coded)
    for reject in rejects:
        one.line.rejected += 1
        one.line.note(f"{reject.where}: {reject.reason}")
    lost = {reject.where for reject in rejects}
    for entry, (stands, report) in placed:
        if stands == "unchanged":
            _count(one.line, stands)
        _done(one.state, entry, None if report.id in lost else report.id)


def _count(line: Line, standing: Standing) -> None:
    """Count an entry."""
    setattr(line, standing, getattr(line, standing) + 1)


def _done(state: SourceState, entry: Entry, name: str | None) -> None:
    """Note that an entry is dealt with: by a report of this id, or not at all."""
    state.waiting.pop(entry.digest, None)
    state.seen[entry.digest] = name


def _ask(source: Source, state: SourceState, tools: Tools, line: Line) -> Feed | None:
    """Return what stands in a source now, ``None`` when nothing changed or it failed."""
    before = state.validators, state.digest
    state.read = tools.clock.now()
    try:
        body = _fetched(source, state, tools, line) if source.web else _filed(source, state, tools)
        feed = None if body is None else _feed(source, body)
    except (FetchError, FeedError) as error:
        fetching = error if isinstance(error, FetchError) else None
        state.failures += 1
        state.fault = line.reason = " ".join(str(error).split())[:300]
        if source.web and (fetching is None or fetching.asked or fetching.wait):
            wait = fetching.wait if fetching else None
            state.blocked = state.read + back_off(tools.every, state.failures, wait)
        state.validators, state.digest = before
        line.standing = "failed"
        return None
    state.failures, state.fault, state.blocked = 0, None, 0.0
    if feed is None:
        line.standing, line.unchanged = "unmodified", len(state.seen)
        return None
    if source.web:  # reading a file burdens nobody
        state.pause = max(state.pause, feed.hint)
        state.asks = feed.hint
    return feed


def _fetched(source: Source, state: SourceState, tools: Tools, line: Line) -> bytes | None:
    """Return the bytes behind an address; ``None`` when they are as they were."""
    document = tools.fetcher.get(source.address, state.validators)
    if document.moved and document.moved != source.address:
        line.note(f"moved for good to {document.moved}; change your list")
    state.pause = max(document.fresh, state.asks)
    if document.body is not None:
        state.validators = document.validators
    return document.body


def _filed(source: Source, state: SourceState, tools: Tools) -> bytes | None:
    """Return the bytes of a file; ``None`` when they are as they were."""
    try:
        with Path(source.address).open("rb") as stream:
            body = stream.read(tools.limits.size + 1)
    except OSError as error:
        raise FetchError(f"cannot be read ({error.strerror})") from error
    if len(body) > tools.limits.size:
        raise FetchError(f"over {tools.limits.size:,} bytes; --max-bytes sets the limit")
    digest = hashlib.sha256(body).hexdigest()
    same, state.digest = digest == state.digest, digest
    return None if same else body


def _feed(source: Source, body: bytes) -> Feed:
    """Return the entries in some bytes."""
    base = source.address if source.web else None
    try:
        return read_entries(body, source.host, base, source.outlet)
    except FeedError:
        raise
    except Exception as error:
        # Feeds are hostile, and the parser is not ours: none may end the watching.
        raise FeedError(f"cannot be read ({type(error).__name__})") from error


def _note(feed: Feed, state: SourceState, line: Line) -> None:
    """Let what is new in a feed wait; forget what has left it."""
    digests = {entry.digest for entry in feed.entries}
    state.seen = {digest: name for digest, name in state.seen.items() if digest in digests}
    known = state.seen.keys() | state.waiting.keys()
    fresh = [entry for entry in feed.entries if entry.digest not in known]
    newer = {entry.id for entry in fresh}
    before = {d: item for d, item in state.waiting.items() if item.entry.id not in newer}
    state.waiting = before | {entry.digest: Waiting(entry=entry, tries=0) for entry in fresh}
    line.unchanged = len(state.seen)
    if feed.more:
        line.rejected += feed.more
        line.note(f"{feed.more:,} entries beyond the first {MAX_ENTRIES:,} not read")


def _reports(
    source: Source, state: SourceState, tools: Tools, line: Line
) -> list[tuple[Entry, Report]]:
    """Return the reports of what waits; entries whose page must wait stay waiting."""
    made: list[tuple[Entry, Report]] = []
    for number, item in enumerate(list(state.waiting.values())):
        if tools.full_text and number >= PAGES:
            line.note(f"over {PAGES} pages; the others are fetched in the next rounds")
            break
        got = _report(source, item, state, tools, line)
        if isinstance(got, Reject):
            line.rejected += 1
            line.note(got.reason)
            _done(state, item.entry, None)
        elif got is not None:
            made.append((item.entry, got))
    return made


def _report(
    source: Source, item: Waiting, state: SourceState, tools: Tools, line: Line
) -> Report | Reject | None:
    """Return an entry's report; ``None`` when its page must wait."""
    entry = item.entry
    if not tools.full_text:
        return from_feed(entry, source.address)
    try:
        return from_page(entry, tools.fetcher, tools.robots)
    except FetchError as error:
        line.note(f"{entry.fields['url'] or entry.id}: {error}")
        # A host that was not even asked has not failed.
        tries = item.tries + (error.status is not None or error.wait is None)
        if not error.lasting and tries < TRIES:
            state.waiting[entry.digest] = Waiting(entry=entry, tries=tries)
            return None
    line.fallbacks += 1
    return from_feed(entry, source.address)
