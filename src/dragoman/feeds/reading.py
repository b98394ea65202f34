"""One source, once: asked, taken apart, coded, and what is known of it kept."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dragoman.feeds.addresses import FetchError
from dragoman.feeds.desk import BATCH
from dragoman.feeds.entries import FeedError, read_entries
from dragoman.feeds.known import place, texts_of
from dragoman.feeds.pages import from_feed, from_page
from dragoman.feeds.rounds import Line
from dragoman.feeds.schedule import back_off, due
from dragoman.feeds.state import Waiting
from dragoman.readers import Reject

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.feeds.clock import Clock
    from dragoman.feeds.desk import Desk
    from dragoman.feeds.entries import Entry, Feed
    from dragoman.feeds.fetch import Fetcher, Limits
    from dragoman.feeds.robots import Robots
    from dragoman.feeds.sources import Source
    from dragoman.feeds.state import SourceState, State
    from dragoman.record import Coded, Report

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

    def due(self, state: SourceState) -> float:
        """Return when a source is to be asked."""
        every = 0.0 if self.once else self.every
        return due(self.clock.now(), state.read, every, state.pause, state.blocked)


def read_source(source: Source, tools: Tools, count: Callable[[Coded], None]) -> Line:
    """Read a source if it is due, and code what is new in it.

    Args:
        source: what to read.
        tools: what it takes.
        count: called after each report that is coded.

    Returns:
        What came of it; a source that cannot be read is a line too.

    Raises:
        OutputError: the record, or what is kept beside it, cannot be written.
    """
    state = tools.state.source(source.address)
    line = Line(source=source.address)
    asked = tools.due(state) <= tools.clock.now()
    try:
        feed = _ask(source, state, tools, line) if asked else None
        if not asked:
            line.standing = "failed" if state.fault else "early"
            line.reason = state.fault
        if asked or state.waiting:
            _Taking(source, state, tools, line, count).take(feed)
    except Exception:
        # Whatever is wrong is not the source's fault, but it must not be asked in a loop.
        state = tools.state.source(source.address)
        state.read = tools.clock.now()
        tools.state.keep(source.address, state, tools.fetcher.holds)
        raise
    line.due = tools.due(state)
    if state.waiting:  # pages are asked for again before the feed is
        line.due = min(line.due, tools.clock.now() + tools.every)
    return line


def _ask(source: Source, state: SourceState, tools: Tools, line: Line) -> Feed | None:
    """Return what stands in a source now, ``None`` when nothing changed or it failed."""
    before = state.validators, state.digest
    try:
        body = _fetched(source, state, tools, line) if source.web else _filed(source, state, tools)
        feed = None if body is None else _feed(source, body)
    except (FetchError, FeedError) as error:
        fetching = error if isinstance(error, FetchError) else None
        state.failures += 1
        state.fault = line.reason = " ".join(str(error).split())[:300]
        state.read = tools.clock.now()
        if source.web and (fetching is None or fetching.asked or fetching.wait):
            wait = fetching.wait if fetching else None
            state.blocked = state.read + back_off(tools.every, state.failures, wait)
        state.validators, state.digest = before
        line.standing = "failed"
        return None
    state.failures, state.fault, state.blocked = 0, None, 0.0
    state.read = tools.clock.now()
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


class _Taking:
    """Codes what is new in a source and keeps what was seen."""

    def __init__(
        self,
        source: Source,
        state: SourceState,
        tools: Tools,
        line: Line,
        count: Callable[[Coded], None],
    ) -> None:
        """Begin with no page fetched."""
        self._source, self._state, self._tools = source, state, tools
        self._line, self._count, self._pages = line, count, 0

    def take(self, feed: Feed | None) -> None:
        """Code what is new, ``BATCH`` entries at a time, and keep what was seen."""
        validators = self._state.validators, self._state.digest
        # Until all is coded, nothing may say that the feed need not be read again.
        self._state.validators = self._state.digest = None
        todo = self._todo(feed)
        for start in range(0, len(todo), BATCH):
            self._code(todo[start : start + BATCH])
            self._keep()
        if feed is not None:
            now = {entry.digest for entry in feed.entries}
            self._state.seen = {d: name for d, name in self._state.seen.items() if d in now}
        self._state.validators, self._state.digest = validators
        self._line.waiting = len(self._state.waiting)
        self._keep()

    def _keep(self) -> None:
        """Put what is known on disk."""
        tools = self._tools
        tools.state.keep(self._source.address, self._state, tools.fetcher.holds)

    def _todo(self, feed: Feed | None) -> list[Waiting]:
        """Return what is to be coded: what is new, then what waited before."""
        known = self._state.seen.keys() | self._state.waiting.keys()
        entries = feed.entries if feed else ()
        fresh = [Waiting(entry=e, tries=0) for e in entries if e.digest not in known]
        newer = {item.entry.id for item in fresh}
        self._state.waiting = {
            digest: item for digest, item in self._state.waiting.items()
            if item.entry.id not in newer
        }  # fmt: skip
        self._line.unchanged += sum(e.digest in self._state.seen for e in entries)
        if feed and feed.more:
            self._line.rejected += feed.more
            self._line.note(f"{feed.more:,} entries beyond the first {len(entries):,} not read")
        before = list(self._state.waiting.values())
        self._state.waiting |= {item.entry.digest: item for item in fresh}
        return fresh + before

    def _code(self, items: list[Waiting]) -> None:
        """Code some entries; those whose page must wait stay waiting."""
        made: list[tuple[Entry, Report]] = []
        for item in items:
            got = self._report(item)
            if isinstance(got, Reject):
                self._line.rejected += 1
                self._line.note(got.reason)
                self._done(item.entry, None)
            elif got is not None:
                made.append((item.entry, got))
        texts = texts_of(self._tools.record, (report.id for _, report in made))
        placed = [(entry, place(report, texts)) for entry, report in made]
        fresh = [report for _, (standing, report) in placed if standing != "unchanged"]
        self._tools.desk.code(fresh, self._count)
        for entry, (standing, report) in placed:
            setattr(self._line, standing, getattr(self._line, standing) + 1)
            self._done(entry, report.id)

    def _done(self, entry: Entry, name: str | None) -> None:
        """Note that an entry is dealt with."""
        self._state.waiting.pop(entry.digest, None)
        self._state.seen[entry.digest] = name

    def _report(self, item: Waiting) -> Report | Reject | None:
        """Return an entry's report; ``None`` when its page must wait."""
        tools, entry = self._tools, item.entry
        if not tools.full_text:
            return from_feed(entry, self._source.address)
        if self._pages >= PAGES:
            self._line.note(f"over {PAGES} pages; the others are fetched in the next rounds")
            return None
        self._pages += 1
        try:
            return from_page(entry, tools.fetcher, tools.robots)
        except FetchError as error:
            self._line.note(f"{entry.fields['url'] or entry.id}: {error}")
            # A host that was not even asked has not failed.
            asked = error.status is not None or error.wait is None
            tries = item.tries + asked
            if not error.lasting and tries < TRIES:
                self._state.waiting[entry.digest] = Waiting(entry=entry, tries=tries)
                return None
        self._line.fallbacks += 1
        return from_feed(entry, self._source.address)
