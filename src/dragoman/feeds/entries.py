"""A feed's bytes to entries: what stands in it, and how often it wants to be read."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import msgspec

from dragoman.errors import DragomanError
from dragoman.readers.feeds import entry_fields, parse_feed
from dragoman.readers.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_ENTRIES = 1_000
"""Entries of one feed that are read, from its beginning."""
_LONGEST_ID = 500
"""Characters of the longest id that is kept; a hash stands for a longer one."""
_PERIODS = (
    ("hourly", 3_600.0),
    ("daily", 86_400.0),
    ("weekly", 604_800.0),
    ("monthly", 2_592_000.0),
    ("yearly", 31_536_000.0),
)
"""Values of ``sy:updatePeriod`` in seconds."""
_HEAD = 100_000
"""Characters of a web page in which its feed is looked for."""


class FeedError(DragomanError):
    """What was read is no feed."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of a feed."""

    id: str
    """Id of its report, before any revision."""
    digest: str
    """Hash of id, title and text: the same for the same entry."""
    fields: dict[str, str | None]
    """Raw fields, as ``readers.shape.shape`` takes them."""


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """What one reading of a source gave."""

    entries: tuple[Entry, ...]
    """In the feed's order; what stands in it twice comes once."""
    more: int
    """Entries beyond ``MAX_ENTRIES``, not read."""
    hint: float
    """Seconds between readings that the feed asks for (``ttl``, ``sy:updatePeriod``)."""


def read_entries(data: bytes, host: str, base: str | None, outlet: str | None) -> Feed:
    """Return the entries of a feed.

    Args:
        data: RSS or Atom, well formed or not.
        host: where it came from; stands before ids that are no addresses of their own.
        base: address that relative links start from; ``None`` for a file.
        outlet: name of the publisher, when the user gave one.

    Raises:
        FeedError: there is no feed in it.
    """
    parsed = parse_feed(data)
    if not parsed.entries and not parsed.get("version"):
        raise FeedError(_no_feed(data, parsed, base))
    found: dict[str, Entry] = {}
    for raw in parsed.entries[:MAX_ENTRIES]:
        entry = _entry(entry_fields(raw, parsed.feed), host, base, outlet)
        found.setdefault(entry.digest, entry)
    return Feed(
        entries=tuple(found.values()),
        more=max(0, len(parsed.entries) - MAX_ENTRIES),
        hint=_hint(parsed.feed),
    )


def _entry(row: dict[str, object], host: str, base: str | None, outlet: str | None) -> Entry:
    """Return one entry with its id and hash."""
    fields = {name: _text(value) for name, value in row.items()}
    link = fields["url"]
    fields["url"] = urljoin(base, link) if base and link and _parted(base, link) else link
    fields["outlet"] = outlet or fields["outlet"]
    name = fields["id"] = report_id(fields, host)
    seen = "\0".join(fields[part] or "" for part in ("id", "title", "text"))
    digest = hashlib.sha256(seen.encode("utf-8", "replace")).hexdigest()[:32]
    return Entry(id=name, digest=digest, fields=fields)


def _text(value: object) -> str | None:
    """Return a raw field as text that can be stored."""
    return str(value).encode("utf-8", "replace").decode() if value else None


def _parted(base: str, link: str) -> bool:
    """Return whether a link can be taken apart at all."""
    try:
        urljoin(base, link)
    except ValueError:
        return False
    return True


def report_id(fields: dict[str, str | None], host: str) -> str:
    """Return the id of an entry's report: its own id, else its link, else a hash.

    An id that is not unique in the world by its form (``tag:``, ``urn:``, an address)
    gets the host before it: many feeds count from one.
    """
    own = " ".join((fields["id"] or "").split())
    link = " ".join((fields["url"] or "").split())
    if own and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", own):
        own = f"{host}:{own}"
    chosen = own or link
    if not chosen or len(chosen) > _LONGEST_ID:
        whole = "\0".join((chosen, *((fields[n] or "") for n in ("title", "text") if not chosen)))
        chosen = f"{host}:{hashlib.sha256(whole.encode('utf-8', 'replace')).hexdigest()[:16]}"
    return chosen


def _hint(feed: Any) -> float:
    """Return the seconds between readings that a feed asks for; 0 for none."""
    period = dict(_PERIODS).get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0.0)
    times = _number(feed.get("sy_updatefrequency")) or 1.0
    return max(_number(feed.get("ttl")) * 60.0, period / times)


def _number(value: object) -> float:
    """Return a count that a feed prints, 0 for anything else."""
    text = str(value or "").strip()
    return float(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0.0


def _no_feed(data: bytes, parsed: Any, base: str | None) -> str:
    """Return why bytes are no feed, and where one may be."""
    text = (decode(data[: 4 * _HEAD]) or "")[:_HEAD]
    if re.search(r"<html\b|<!doctype html", text[:2_000], re.IGNORECASE):
        finder = _Links()
        finder.feed(text)
        named = next(finder.feeds(base), None)
        return "a web page, no feed" + (f"; it names the feed {named}" if named else "")
    reason = parsed.get("bozo_exception")
    said = " ".join(str(reason).split())[:200] if reason else "no entries, no RSS or Atom"
    return f"no feed: {said}"


class _Links(HTMLParser):
    """Finds the feeds that a web page names."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self._found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a link to a feed."""
        given = {name: value or "" for name, value in attrs}
        kind = given.get("type", "").lower()
        if tag == "link" and kind in {"application/rss+xml", "application/atom+xml"}:
            self._found.append(given.get("href", ""))

    def feeds(self, base: str | None) -> Iterator[str]:
        """Yield their addresses."""
        for href in self._found:
            if href and _parted(base or "", href):
                yield urljoin(base or "", href)[:300]
