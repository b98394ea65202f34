"""An entry to its report: from the feed alone, or from the article's page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import msgspec

from dragoman.feeds.addresses import FetchError
from dragoman.readers import Defaults, Reject
from dragoman.readers.html import read_html
from dragoman.readers.shape import Place, shape

if TYPE_CHECKING:
    from dragoman.feeds.entries import Entry
    from dragoman.feeds.fetch import Fetcher
    from dragoman.feeds.robots import Robots
    from dragoman.record import Report


def from_feed(entry: Entry, source: str) -> Report | Reject:
    """Return the report that the feed itself holds: an entry's content, else its summary."""
    return shape(entry.fields, Place(source, source), Defaults())


def from_page(entry: Entry, fetcher: Fetcher, robots: Robots) -> Report:
    """Fetch an entry's page and return its report.

    Id, title, date and outlet are the feed's where it has them, else the page's.

    Raises:
        FetchError: the page cannot be fetched, or holds no article.
    """
    url = entry.fields["url"]
    if not url:
        raise FetchError("the entry has no link", lasting=True)
    robots.check(url)
    body = fetcher.get(url).body or b""
    item = _extracted(body, Place(entry.id, url), Defaults(language=_language(entry)))
    if isinstance(item, Reject):
        raise FetchError(f"page: {item.reason}", lasting=True)
    stated = shape({**entry.fields, "text": item.text}, Place(entry.id, url), Defaults())
    if isinstance(stated, Reject):
        raise FetchError(stated.reason, lasting=True)
    return msgspec.structs.replace(
        stated,
        title=stated.title or item.title,
        published=stated.published or item.published,
        outlet=stated.outlet or item.outlet,
        url=url,
    )


def _language(entry: Entry) -> str:
    """Return the language a page is in when it does not say."""
    return entry.fields["language"] or Defaults().language


def _extracted(body: bytes, place: Place, defaults: Defaults) -> Report | Reject:
    """Return what the reader of web pages makes of a page."""
    try:
        return next(read_html(io.BytesIO(body), place, defaults))
    except Exception as error:  # noqa: BLE001 - no page, however broken, ends the watching
        return place.reject(f"cannot be read ({type(error).__name__})")
