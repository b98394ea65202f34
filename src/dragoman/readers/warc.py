"""Web archives: one response with a web page, one report.

FastWARC reads the records, whatever they are packed with. A record that is broken is a
reject, and reading goes on at the next one that can be found.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import re
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import urlsplit

from dragoman.readers.archive import MAX_RECORD, STARTS, Broken, Record, walk
from dragoman.readers.html import NO_LATER, Known, page_report
from dragoman.readers.shape import Defaults, Place, Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastwarc.warc import HeaderMap

    from dragoman.record import Report

_ID = re.compile(r"<?(?:urn:uuid:)?([!-~]{1,200}?)>?")
"""An id of a record: what stands in it without its brackets."""
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_SEEN_AS_HTML = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


def read_warc(
    stream: BinaryIO,
    place: Place,
    defaults: Defaults,
    wanted: Callable[[str], bool] | None = None,
) -> Iterator[Report | Reject]:
    """Yield one report or reject a response that holds a web page.

    Other records, answers other than 200 and other kinds of content are no reports and are
    passed over. The report's id is the record's, its outlet the host; its date is the one
    the page states, never the day of the crawl, which only bounds it.

    Args:
        stream: the archive, at its beginning; it can be moved in.
        place: where it lies; a reject's row is the record's number in the file.
        defaults: what to take where a page is silent.
        wanted: tells by a report's id whether it is worth reading; all of them when ``None``.
    """
    number = 0
    for found in walk(stream):
        number += isinstance(found, Record)
        at = place.at(max(1, number))
        if isinstance(found, Broken):
            yield at.reject(f"after the record at byte {found.offset:,}: {found.reason}")
        elif found.fault:
            yield at.reject(f"at byte {found.offset:,}: {found.fault}")
        elif found.wanted:
            yield from _item(found, at, defaults, wanted)


def warc_fault(head: bytes) -> str | None:
    """Return why a file with this beginning is no web archive, or ``None``."""
    if STARTS.match(head.lstrip(b"\r\n")):
        return None
    return "no WARC record at its beginning; expected a web archive"


def _item(
    record: Record, at: Place, defaults: Defaults, wanted: Callable[[str], bool] | None
) -> Iterator[Report | Reject]:
    """Yield what a response holds, if it holds a web page that is wanted."""
    name = _name(record)
    if wanted is not None and not wanted(name):
        return
    page = _page(record.content)
    if isinstance(page, str):
        yield at.reject(f"at byte {record.offset:,}: {page}")
    elif page is not None:
        yield _report(record, name, page, at, defaults)


def _report(
    record: Record, name: str, page: _Page, at: Place, defaults: Defaults
) -> Report | Reject:
    """Return the report of a response, or why there is none in it."""
    known = Known(
        charset=page.charset,
        id=name,
        url=record.url,
        outlet=_host(record.url or ""),
        latest=_latest(record.headers.get("warc-date", "")),
    )
    try:
        item = page_report(page.body, at, defaults, known)
    except Exception as error:  # noqa: BLE001 - no page, however broken, ends the reading
        item = at.reject(f"the page cannot be read ({type(error).__name__})")
    if not isinstance(item, Reject):
        return item
    reason = f"at byte {record.offset:,} ({(record.url or '')[:200]}): {item.reason}"
    return at.reject(reason, item.language)


def _name(record: Record) -> str:
    """Return a report's id: the record's own, else a hash of its address and content."""
    match = _ID.fullmatch(record.headers.get("warc-record-id", "").strip())
    if match:
        return match[1]
    whole = (record.url or "").encode("utf-8", "replace") + b"\0" + record.content
    return hashlib.blake2b(whole, digest_size=16).hexdigest()


def _host(url: str) -> str | None:
    """Return the host of an address, without ``www``."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # brackets that hold no address
        return None
    return host.removeprefix("www.") or None


def _latest(crawled: str) -> str:
    """Return the day by which a page was published: a day after the crawl, for time zones."""
    try:
        day = dt.date.fromisoformat(crawled.strip()[:10])
        return (day + dt.timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return NO_LATER


# -- what a server answered ----------------------------------------------------------


class _Page(NamedTuple):
    """A web page as it was sent."""

    body: bytes
    charset: str | None


def _page(content: bytes) -> _Page | str | None:
    """Return the page in an answer, ``None`` when it is another thing, or what is wrong."""
    from fastwarc.warc import HeaderMap  # noqa: PLC0415 - needed for this format only

    headers = HeaderMap()
    length = headers.parse(io.BytesIO(content))
    if headers.status_code is None:
        return "no answer of a web server"
    kind, charset = _content_type(headers)
    if headers.status_code != 200 or kind not in {*_HTML, ""}:
        return None
    body = _decoded(content[length:], headers)
    if len(body) > MAX_RECORD:
        return f"a page over {MAX_RECORD:,} bytes; expected one article"
    return _Page(body, charset) if kind or _SEEN_AS_HTML.match(body) else None


def _content_type(headers: HeaderMap) -> tuple[str, str | None]:
    """Return the kind of content in lower case, empty when none is named, and its encoding."""
    kind, *rest = (headers.get("Content-Type") or "").split(";")
    named = (part.partition("=") for part in rest)
    charsets = [value for name, _, value in named if name.strip().lower() == "charset"]
    return kind.strip().lower(), charsets[0] if charsets else None


def _decoded(body: bytes, headers: HeaderMap) -> bytes:
    """Return a body without what it was packed in for the way.

    Archives often keep the headers of the way and the body without its packing, so that
    what cannot be unpacked is taken as it stands. At most a byte over ``MAX_RECORD`` is
    unpacked, whatever would come.
    """
    coded = (headers.get("Transfer-Encoding") or "", headers.get("Content-Encoding") or "")
    for names in coded:
        for name in reversed(names.lower().split(",")):
            body = _unpacked(body, name.strip())
    return body


def _unpacked(body: bytes, coding: str) -> bytes:
    """Return a body unpacked by one coding of HTTP, or as it stands."""
    from fastwarc import stream_io  # noqa: PLC0415 - needed for this format only

    openers: dict[str, Callable[[io.BytesIO], stream_io.WarcReader]] = {
        "chunked": stream_io.ChunkedReader,
        "gzip": stream_io.GzipReader,
        "x-gzip": stream_io.GzipReader,
        "deflate": lambda raw: stream_io.GzipReader(raw, zlib=True),
        "br": stream_io.BrotliReader,
        "zstd": stream_io.ZstdReader,
    }
    if coding not in openers:
        return body
    try:
        return openers[coding](io.BytesIO(body)).read(MAX_RECORD + 1)
    except (OSError, ValueError):
        return body
