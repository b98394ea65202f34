"""RSS and Atom: one entry, one report."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

from dragoman.readers.html import MAX_PAGE, plain_text
from dragoman.readers.shape import Defaults, Place, Reject, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Report


def read_feed(stream: BinaryIO, place: Place, defaults: Defaults) -> Iterator[Report | Reject]:
    """Yield one report or reject an entry of a saved feed; its HTML becomes plain text.

    The text is the entry's content, else its summary. Nothing is fetched.
    """
    data = stream.read(MAX_PAGE + 1)
    if len(data) > MAX_PAGE:
        yield place.reject(f"feed over {MAX_PAGE:,} bytes; expected a smaller one")
        return
    parsed = parse_feed(data)
    if not parsed.entries:
        yield place.reject("no feed entries found; expected RSS or Atom")
        return
    for number, entry in enumerate(parsed.entries, start=1):
        yield shape(entry_fields(entry, parsed.feed), place.at(number), defaults)


def parse_feed(data: bytes) -> Any:
    """Return what feedparser reads in a feed: ``feed``, ``entries``, ``version``, ``bozo``.

    Nothing is fetched, and a feed that is not well formed is read as far as it goes.
    """
    import feedparser  # noqa: PLC0415 - slow to import, needed for this format only

    # A stream, never a string: feedparser would take a string for an address.
    return feedparser.parse(io.BytesIO(data))


def entry_fields(entry: Any, feed: Any) -> dict[str, object]:
    """Return the raw fields of one entry, for ``shape``; its HTML becomes plain text."""
    contents = [part.get("value", "") for part in entry.get("content", ())]
    body = max(contents, key=len, default="") or entry.get("summary", "")
    title = plain_text(entry.get("title", ""))
    return {
        "id": entry.get("id"),
        "text": plain_text(body),
        "title": title,
        "published": entry.get("published") or entry.get("updated"),
        "outlet": plain_text(feed.get("title", "")),
        "url": entry.get("link"),
        "language": feed.get("language"),
    }
