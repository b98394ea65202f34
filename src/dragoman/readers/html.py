"""Web pages: the article text, without navigation, scripts and comments."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from dragoman.readers.charsets import page_text
from dragoman.readers.shape import Defaults, Place, Reject, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Report

MAX_PAGE = 32_000_000
"""Bytes of the largest page that is read."""
NO_LATER = "2100-01-01"
"""Day that no page's date may be after: a fixed one, or what is read would depend on the clock."""
_BREAKING = re.compile(
    "address|article|blockquote|br|d[dlt]|div|fig(caption|ure)|footer|h[1-6]|header|hr|li|main"
    "|[ou]l|p|pre|section|table|t[dhr]"
)
"""Tags that end a line."""
_UNSEEN = frozenset(("script", "style", "template", "noscript", "head", "iframe"))


class Known(NamedTuple):
    """What is known of a page besides its bytes; it goes before what the page says of itself."""

    charset: str | None = None
    """Its encoding, as the server named it."""
    id: str | None = None
    """Id of the report."""
    url: str | None = None
    """Where it was published."""
    outlet: str | None = None
    """Name of the publisher."""
    latest: str = NO_LATER
    """Day by which it was published, ``YYYY-MM-DD``: a later date on it is none."""


def read_html(stream: BinaryIO, place: Place, defaults: Defaults) -> Iterator[Report | Reject]:
    """Yield the one report of a saved web page.

    The extractor is trafilatura. The date is the one the page's metadata state;
    dates in the running text are not taken for it.
    """
    yield page_report(stream.read(MAX_PAGE + 1), place.at(1), defaults)


def page_report(
    data: bytes, at: Place, defaults: Defaults, known: Known | None = None
) -> Report | Reject:
    """Return the report in the bytes of a web page."""
    known = known or Known()
    if len(data) > MAX_PAGE:
        return at.reject(f"page over {MAX_PAGE:,} bytes; expected one article")
    markup = page_text(data, known.charset)
    if markup is None:
        return at.reject("binary bytes (NUL) in a web page; expected HTML")
    row = _extract(markup, known.latest)
    if row is None:
        return at.reject("no article text found in the page")
    stated = {name: value for name, value in known._asdict().items() if value is not None}
    return shape(row | stated, at, defaults)


def _extract(markup: str, latest: str) -> dict[str, Any] | None:
    """Return the fields trafilatura finds, ``None`` when there is no article."""
    import trafilatura  # noqa: PLC0415 - slow to import, needed for this format only
    from trafilatura.settings import Document  # noqa: PLC0415

    page = trafilatura.bare_extraction(
        markup,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={
            "extensive_search": False,
            "original_date": True,
            "max_date": latest,
        },
    )
    if not isinstance(page, Document) or not page.text:
        return None
    return {
        "text": page.text,
        "title": page.title,
        "published": page.date,
        "outlet": page.sitename,
        "url": page.url,
        "language": page.language,
    }


def plain_text(markup: str) -> str:
    """Return the visible text of an HTML fragment, one line a block, scripts left out."""
    parser = _Visible()
    parser.feed(markup)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


class _Visible(HTMLParser):
    """Collects what a reader of the page would see."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Break the line at a block; begin to skip what is never shown."""
        self._hidden += tag in _UNSEEN
        if _BREAKING.fullmatch(tag):
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Break the line after a block; show again what follows hidden matter."""
        self._hidden = max(0, self._hidden - (tag in _UNSEEN))
        if _BREAKING.fullmatch(tag):
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep visible characters; newlines in the source are white space."""
        if not self._hidden:
            self.pieces.append(data.replace("\n", " "))
