"""Small web archives, written by hand so that they can be broken at will."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

STORY = (
    "The foreign minister arrived in the capital on Tuesday and met the president of the"
    " country, an official of the ministry told reporters after the talks had ended. {n}"
)
"""English of more than a hundred characters."""


def page(number: int = 0, text: str = STORY, head: str = "") -> bytes:
    """Return a web page with an article."""
    body = "".join(f"<p>{text.format(n=number)} Part {part}.</p>" for part in range(3))
    return (
        f"<!doctype html><html><head><title>Story {number}</title>"
        f'<meta property="article:published_time" content="2024-03-0{1 + number % 5}T10:00:00Z">'
        f"{head}</head><body><nav><a href='/'>Home</a></nav><article><h1>Story {number}</h1>"
        f"{body}</article></body></html>"
    ).encode()


def answer(
    body: bytes, kind: str = "text/html; charset=utf-8", *more: str, status: int = 200
) -> bytes:
    """Return what a server answered."""
    lines = (f"HTTP/1.1 {status} OK", f"Content-Type: {kind}", *more, "", "")
    return "\r\n".join(lines).encode("latin-1") + body


def record(  # noqa: PLR0913 - one argument a header
    content: bytes,
    url: str = "https://www.example.org/a",
    *,
    name: str | None = "<urn:uuid:00000000-0000-4000-8000-000000000000>",
    kind: str = "response",
    date: str = "2024-03-09T08:07:06Z",
    length: object = None,
) -> bytes:
    """Return one record of an archive."""
    headers = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Date: {date}",
        f"WARC-Target-URI: {url}",
        "Content-Type: application/http; msgtype=response",
    ]
    headers += [f"WARC-Record-ID: {name}"] if name else []
    headers += [f"Content-Length: {len(content) if length is None else length}", "", ""]
    return "\r\n".join(headers).encode() + content + b"\r\n\r\n"


def records(count: int, first: int = 0) -> list[bytes]:
    """Return records of some pages, ids and texts of their own."""
    return [
        record(answer(page(n)), f"https://www.example.org/{n}", name=f"<urn:uuid:{n:08d}>")
        for n in range(first, first + count)
    ]


def archive(
    path: Path, parts: Iterable[bytes], pack: Callable[[bytes], bytes] = gzip.compress
) -> Path:
    """Write an archive of records, each packed for itself, as crawlers write them."""
    path.write_bytes(b"".join(map(pack, parts)))
    return path
