"""What robots.txt files let us fetch. Asked for article pages only, see docs/feeds.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from protego import Protego

from dragoman.feeds.addresses import FetchError, take_apart
from dragoman.feeds.fetch import AGENT, LONGEST_GAP
from dragoman.readers.text import decode

if TYPE_CHECKING:
    from dragoman.feeds.clock import Clock
    from dragoman.feeds.fetch import Fetcher

_KEPT = 86_400.0
"""Seconds for which a robots.txt is believed (RFC 9309: at most a day)."""


class _Rules(Protocol):
    """What is used of Protego."""

    def can_fetch(self, url: str, user_agent: str) -> bool:
        """Return whether an address may be fetched."""

    def crawl_delay(self, user_agent: str) -> float | None:
        """Return the seconds that are asked for between requests."""


class Robots:
    """The rules of every host that was asked, by RFC 9309.

    A robots.txt that is not there allows everything. One that cannot be fetched for
    another reason allows nothing until it can.
    """

    def __init__(self, fetcher: Fetcher, clock: Clock) -> None:
        """Begin with no rules known."""
        self._fetcher, self._clock = fetcher, clock
        self._known: dict[str, tuple[float, _Rules]] = {}

    def check(self, url: str) -> None:
        """Raise when an address may not be fetched; note the host's pause between requests.

        Raises:
            FetchError: robots.txt forbids it, or cannot be had.
        """
        address = take_apart(url)
        rules = self._rules(address.origin)
        delay = rules.crawl_delay(AGENT)
        if delay:
            self._fetcher.gaps[address.host] = min(float(delay), LONGEST_GAP)
        if not rules.can_fetch(address.url, AGENT):
            raise FetchError("robots.txt forbids the page", lasting=True)

    def _rules(self, origin: str) -> _Rules:
        """Return the rules of a host, fetched again after a day."""
        read, rules = self._known.get(origin, (0.0, None))
        if rules is None or not 0 <= self._clock.now() - read < _KEPT:
            rules = self._fetch(origin)
            self._known[origin] = (self._clock.now(), rules)
        return rules

    def _fetch(self, origin: str) -> _Rules:
        """Fetch and read a robots.txt."""
        try:
            body = self._fetcher.get(f"{origin}/robots.txt").body or b""
        except FetchError as error:
            if error.status is None or not (error.lasting and 400 <= error.status < 500):
                raise FetchError(
                    f"robots.txt cannot be had ({error}), so no page is fetched",
                    status=error.status,
                    wait=error.wait,
                    lasting=error.lasting,
                ) from error
            body = b""
        rules: _Rules = Protego.parse(decode(body) or "")
        return rules
