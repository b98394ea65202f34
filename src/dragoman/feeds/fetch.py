"""Fetching within limits and with manners: one document an address."""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Self

import msgspec

from dragoman.feeds.addresses import (
    Address,
    FetchError,
    check_public,
    follow,
    resolve,
    take_apart,
)
from dragoman.feeds.exchange import Answer, Deadline, ask
from dragoman.manifest import program_version

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.feeds.clock import Clock

AGENT = "dragoman"
"""What robots.txt files call us."""
REDIRECTS = 5
"""Redirects followed for one document."""
GAP = 1.0
"""Seconds between the end of one request to a host and the next to it."""
LONGEST_GAP = 60.0
"""Seconds of the longest gap that a robots.txt can ask for."""
LONGEST_WAIT = 7 * 86_400.0
"""Seconds of the longest Retry-After that is honoured."""
_MOVED = frozenset((301, 302, 303, 307, 308))
_FOR_GOOD = frozenset((301, 308))
_PASSING = frozenset((408, 425, 429))
"""Client errors after which trying again makes sense; so it does after every 5xx."""
_BUSY = frozenset((429, 503))
_LONGEST_MARK = 1_000
"""Characters of the longest validator that is sent back."""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one document may cost."""

    size: int = 8 * 2**20
    """Bytes, as sent and decompressed."""
    seconds: float = 30.0
    """For everything from the first connection to the last byte, redirects included."""
    allow_private: bool = False
    """Whether hosts may be asked that are not on the public internet."""


class Validators(msgspec.Struct, frozen=True, kw_only=True):
    """What a conditional request is made of."""

    url: str
    """The address that gave them, and the only one they are sent to."""
    etag: str | None = None
    modified: str | None = None
    """Last-Modified, as the server wrote it."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """What came of fetching an address."""

    body: bytes | None
    """``None``: not modified since the validators were given."""
    validators: Validators | None
    """For the next request, where the server gave any."""
    fresh: float = 0.0
    """Seconds for which the server says that asking again gives the same."""
    moved: str | None = None
    """Where the address has moved for good."""


class Fetcher:
    """Asks one host at a time, never before its time.

    Args:
        limits: what one document may cost.
        clock: tells the time and waits.
        resolver: gives the network addresses of a host and port.
    """

    def __init__(
        self,
        limits: Limits,
        clock: Clock,
        resolver: Callable[[str, int], list[str]] = resolve,
    ) -> None:
        """Begin with no host asked."""
        self._limits, self._clock, self._resolve = limits, clock, resolver
        self._asked: dict[str, float] = {}
        self._sent = 0
        self.gaps: dict[str, float] = {}
        """Host to the seconds its robots.txt asks for between requests."""
        self.holds: dict[str, float] = {}
        """Host to the time before which it asked not to be asked (429, 503, Retry-After)."""

    def get(self, url: str, validators: Validators | None = None) -> Document:
        """Fetch a document.

        Args:
            url: http or https.
            validators: what an earlier answer gave; makes the request conditional.

        Raises:
            FetchError: refused, not there, too large, too late, or no answer.
        """
        before = self._sent
        try:
            return self._get(take_apart(url), validators)
        except FetchError as error:
            error.asked = self._sent > before
            raise

    def _get(self, here: Address, validators: Validators | None) -> Document:
        """Fetch a document, through redirects."""
        for_good, moved = True, None
        with _Allowance(self._limits.seconds) as time:
            for _ in range(REDIRECTS + 1):
                answer = self._ask(here, validators, time)
                if answer.status not in _MOVED or "location" not in answer.headers:
                    return self._document(here, answer, validators, moved)
                here = follow(here, answer.headers["location"])
                for_good = for_good and answer.status in _FOR_GOOD
                moved = here.url if for_good else None
        raise FetchError(f"over {REDIRECTS} redirects", lasting=True)

    def _ask(self, here: Address, validators: Validators | None, time: _Allowance) -> Answer:
        """Send one request when its host may be asked."""
        self._wait_for(here.host, time)
        deadline = time.start()
        try:
            places = self._resolve(here.host, here.port)
            if not self._limits.allow_private:
                check_public(here.host, places)
            headers = _headers(here, validators)
            self._sent += 1
            return ask(here, places, headers, deadline, self._limits.size)
        finally:
            self._asked[here.host] = self._clock.now()

    def _wait_for(self, host: str, time: _Allowance) -> None:
        """Wait out the gap to the last request to a host.

        Raises:
            FetchError: the host asked to be left alone for longer.
        """
        now = self._clock.now()
        held = self.holds.get(host, 0.0) - now
        if 0 < held <= LONGEST_WAIT:
            raise FetchError(f"{host} asked to be left alone", wait=held)
        gap = max(GAP, min(self.gaps.get(host, 0.0), LONGEST_GAP))
        rest = self._asked.get(host, now - gap) + gap - now
        if 0 < rest <= gap:  # a clock that was set back makes no one wait longer
            time.stop()
            self._clock.sleep(rest)

    def _document(
        self, here: Address, answer: Answer, sent: Validators | None, moved: str | None
    ) -> Document:
        """Return what an answer holds."""
        fresh = _fresh(answer.headers)
        if answer.status == 304 and sent is not None:
            return Document(body=None, validators=sent, fresh=fresh, moved=moved)
        if answer.status != 200:
            raise self._refused(here, answer)
        marks = Validators(
            url=here.url,
            etag=_mark(answer.headers.get("etag")),
            modified=_mark(answer.headers.get("last-modified")),
        )
        some = marks.etag or marks.modified
        return Document(
            body=answer.body, validators=marks if some else None, fresh=fresh, moved=moved
        )

    def _refused(self, here: Address, answer: Answer) -> FetchError:
        """Return the error for a status, and note when the host wants to be left alone."""
        wait = retry_after(answer.headers.get("retry-after"), self._clock.now())
        if wait and answer.status in _BUSY:
            self.holds[here.host] = self._clock.now() + wait
        lasting = 400 <= answer.status < 500 and answer.status not in _PASSING
        return FetchError(f"HTTP {answer.status}", status=answer.status, wait=wait, lasting=lasting)


class _Allowance:
    """A deadline over several requests that does not count the pauses between them."""

    def __init__(self, seconds: float) -> None:
        """Begin with all the time there is."""
        self._left = seconds
        self._running: Deadline | None = None

    def __enter__(self) -> Self:
        """Use it around all requests for a document."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop counting."""
        if self._running is not None:
            self._running.__exit__()

    def start(self) -> Deadline:
        """Go on counting."""
        if self._running is None:
            self._running = Deadline(self._left)
        return self._running

    def stop(self) -> None:
        """Pause.

        Raises:
            FetchError: no time is left.
        """
        if self._running is not None:
            self._left = self._running.left()
            self._running.__exit__()
            self._running = None


def _headers(here: Address, validators: Validators | None) -> dict[str, str]:
    """Return the headers of a request."""
    headers = {
        "Host": here.origin.partition("://")[2],
        "User-Agent": f"{AGENT}/{program_version()}",
        "Accept": "application/atom+xml, application/rss+xml, application/xml;q=0.9,"
        " text/html;q=0.8, */*;q=0.5",
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if validators is not None and validators.url == here.url:
        if validators.etag:
            headers["If-None-Match"] = validators.etag
        if validators.modified:
            headers["If-Modified-Since"] = validators.modified
    return headers


def _mark(value: str | None) -> str | None:
    """Return a validator that may be sent back as it came, else ``None``."""
    fit = value and len(value) <= _LONGEST_MARK and value.isascii() and value.isprintable()
    return value if fit else None


def _fresh(headers: Mapping[str, str]) -> float:
    """Return the seconds for which an answer stays fresh (Cache-Control, less Age)."""
    control = headers.get("cache-control", "").lower()
    found = re.search(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})\b", control)
    if not found or re.search(r"\bno-(?:cache|store)\b", control):
        return 0.0
    age = headers.get("age", "").strip()
    return max(0.0, float(found[1]) - (float(age[:9]) if age.isascii() and age.isdigit() else 0.0))


def retry_after(value: str | None, now: float) -> float | None:
    """Return the seconds of a Retry-After header, a number or a date, within bounds."""
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), LONGEST_WAIT)
    try:
        seconds = parsedate_to_datetime(text).timestamp() - now
    except (ValueError, TypeError, OverflowError, OSError):
        return None
    return min(max(0.0, seconds), LONGEST_WAIT)
