"""What the user names to sources: addresses, feed files, and lists of both."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import InputError
from dragoman.feeds.addresses import FetchError, is_web, take_apart
from dragoman.readers.text import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_LIST = 8 * 2**20
"""Bytes of the largest list of sources."""
_HEAD = 4_096
_SHOWN = 120


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One feed to follow."""

    address: str
    """A web address, or the path of a file."""
    outlet: str | None = None
    """The publisher's name as the user gave it; ``None``: what the feed says."""

    @property
    def web(self) -> bool:
        """Whether it is fetched; else it is a file."""
        return is_web(self.address)

    @property
    def host(self) -> str:
        """What stands before ids that are only the feed's own: host, or file name."""
        return take_apart(self.address).host if self.web else Path(self.address).name


def find_sources(names: Sequence[str]) -> list[Source]:
    """Return the sources that the user names, each once, in that order.

    Args:
        names: web addresses; feed files; text files with a source a line, a name of its
            outlet behind it if wanted, ``#`` before remarks; OPML files.

    Raises:
        InputError: something is no source; every fault is a line.
    """
    faults: list[str] = []
    found: dict[str, Source] = {}
    for name in names:
        for item in _named(name):
            if isinstance(item, str):
                faults.append(item)
            else:
                found.setdefault(item.address, item)
    if faults:
        raise InputError("\n".join(faults))
    if not found:
        raise InputError("no source; name the address of a feed, a feed file, or a list of them")
    return list(found.values())


def _named(name: str) -> Iterator[Source | str]:
    """Yield the sources, or faults, that one name stands for."""
    if is_web(name):
        yield _web(name, None) or _fault(name, name)
        return
    path = Path(name)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_LIST + 1)
    except OSError as error:
        yield (
            f"{name}: cannot be read ({error.strerror}); name a web address with http:// or"
            " https://, a feed file, or a list of sources"
        )
        return
    text = decode(data[: MAX_LIST + 1])
    if text is None:
        yield f"{name}: binary bytes (NUL) found; expected a feed or a list of sources"
    elif not text.lstrip("\ufeff \t\r\n").startswith("<"):
        yield from _lines(name, data, text)
    elif "<opml" in text[:_HEAD].lower():
        yield from _opml(name, data, text)
    else:
        yield Source(address=name)


def _web(url: str, outlet: str | None) -> Source | None:
    """Return a web source, ``None`` when the address is none."""
    try:
        return Source(address=take_apart(url).url, outlet=outlet)
    except FetchError:
        return None


def _fault(where: str, url: str) -> str:
    """Return what is wrong with an address."""
    try:
        take_apart(url)
    except FetchError as error:
        return f"{where[:_SHOWN]}: {error}; give an address like https://example.org/feed.xml"
    return f"{where[:_SHOWN]}: no source"


def _lines(name: str, data: bytes, text: str) -> Iterator[Source | str]:
    """Yield the sources of a plain list."""
    if len(data) > MAX_LIST:
        yield f"{name}: list over {MAX_LIST:,} bytes; split it"
        return
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        address, *more = line.split(None, 1)
        outlet = " ".join(" ".join(more).split()) or None
        where = f"{name} line {number}"
        if is_web(address):
            yield _web(address, outlet) or _fault(where, address)
        else:
            yield _listed_file(where, Path(name).parent / line.strip(), address)


def _listed_file(where: str, path: Path, word: str) -> Source | str:
    """Return a feed file of a list, whose path is relative to the list."""
    if path.is_file():
        return Source(address=str(path))
    return (
        f"{where}: {word[:_SHOWN]!r} is neither a web address nor a file beside the list;"
        " expected https://... or the path of a feed"
    )


def _opml(name: str, data: bytes, text: str) -> Iterator[Source | str]:
    """Yield the sources of an OPML file."""
    if len(data) > MAX_LIST:
        yield f"{name}: list over {MAX_LIST:,} bytes; split it"
        return
    outlines = _Outlines()
    outlines.feed(text)
    outlines.close()
    if not outlines.found:
        yield f"{name}: no outline with an xmlUrl in it; export the list from a feed reader anew"
    for url, outlet in outlines.found:
        yield _web(url, outlet) or _fault(f"{name}: {url}", url)


class _Outlines(HTMLParser):
    """Reads OPML as leniently as feed readers write it; no entity of its own is expanded."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.found: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an outline that is a feed, with its name."""
        given = {name: " ".join((value or "").split()) for name, value in attrs}
        url = given.get("xmlurl")
        if tag == "outline" and url:
            self.found.append((url, given.get("title") or given.get("text") or None))
