"""One request and its answer, within limits on size and time."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import zlib
from functools import cache
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple, Self

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from dragoman.feeds.addresses import FetchError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from urllib3.response import BaseHTTPResponse

    from dragoman.feeds.addresses import Address

_CHUNK = 65_536
_GZIP = b"\x1f\x8b"
_BROKEN = (OSError, HTTPException, HTTPError, ValueError)
"""What a connection that breaks may raise; ``ValueError``: a header nobody can send or read."""


class Answer(NamedTuple):
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    """Decompressed; empty unless the status is 200."""


class Deadline:
    """Ends whatever a connection is doing when its time is up.

    Time limits of sockets begin anew with every byte that comes, so a server that sends
    a byte a second could go on for ever. This closes the line under it instead.
    """

    def __init__(self, seconds: float) -> None:
        """Start to count."""
        self._seconds = seconds
        self._end = time.monotonic() + seconds
        self._line: socket.socket | None = None
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._expire)
        self._timer.daemon = True
        self._timer.start()

    def __enter__(self) -> Self:
        """Use it around everything that is to share the time."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop counting."""
        self._timer.cancel()
        self.guard(None)

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            FetchError: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise FetchError(f"took over {self._seconds:g} seconds")
        return left

    def guard(self, line: socket.socket | None) -> None:
        """Watch over a connected socket, or over none any more."""
        with self._lock:
            self._line = line

    def _expire(self) -> None:
        """Close the line."""
        with self._lock:
            if self._line is not None:
                try:
                    # Not the method of an encrypted socket: it is not made for two threads.
                    socket.socket.shutdown(self._line, socket.SHUT_RDWR)
                except OSError:
                    return  # closed meanwhile


@cache
def trust() -> ssl.SSLContext:
    """Return what decides whether a certificate is believed: the system's own store."""
    return ssl.create_default_context()


def ask(
    address: Address,
    places: list[str],
    headers: Mapping[str, str],
    deadline: Deadline,
    limit: int,
) -> Answer:
    """Send one GET request to a host at one of its network addresses.

    The connection goes to the address that was checked, never to the name again; the
    name stands in the request and is what the certificate must be for.

    Args:
        address: what to ask for.
        places: the host's network addresses, tried in order.
        headers: request headers.
        deadline: ends it.
        limit: bytes of the largest body, as sent and decompressed.

    Raises:
        FetchError: no connection, no valid answer, too large, too late.
    """
    connection = _connect(address, places, deadline)
    try:
        deadline.guard(connection.sock)
        connection.request(
            "GET", address.target, headers=headers, preload_content=False, decode_content=False
        )
        response = connection.getresponse()
        body = _body(response, limit) if response.status == 200 else b""
    except _BROKEN as error:
        deadline.left()  # says so when the reason is that time was up
        raise FetchError(f"the connection broke ({_said(error)})") from error
    finally:
        deadline.guard(None)
        connection.close()
    deadline.left()  # a line that was closed under us may look like the end of the body
    return Answer(response.status, response.headers, body)


def _connect(address: Address, places: list[str], deadline: Deadline) -> HTTPConnection:
    """Return a connection to the first network address that takes one."""
    fault: Exception | None = None
    for place in places:
        connection = _connection(address, place, deadline.left())
        try:
            connection.connect()
        except _BROKEN as error:
            connection.close()
            fault = error
        else:
            return connection
    deadline.left()
    raise FetchError(f"no connection to {address.origin} ({_said(fault)})") from fault


def _connection(address: Address, place: str, seconds: float) -> HTTPConnection:
    """Return an unopened connection to a network address on behalf of a name."""
    if not address.secure:
        return HTTPConnection(place, address.port, timeout=seconds)
    return HTTPSConnection(
        place,
        address.port,
        timeout=seconds,
        ssl_context=trust(),
        server_hostname=address.host,
    )


def _said(error: Exception | None) -> str:
    """Return what an error says, short."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(reason).split())[:200]


def _body(response: BaseHTTPResponse, limit: int) -> bytes:
    """Return a body, decompressed.

    Raises:
        FetchError: it is over the limit, compressed in another way than was asked for, or
            breaks off.
    """
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    chunks = _chunks(response, limit)
    if coding in {"gzip", "x-gzip"}:
        return _inflated(chunks, limit)
    if coding not in {"identity", ""}:
        raise FetchError(f"content-encoding {coding[:40]!r}; expected gzip or none")
    return b"".join(chunks)


def _chunks(response: BaseHTTPResponse, limit: int) -> Iterator[bytes]:
    """Yield a body as it comes; stop where it gets too large."""
    told = response.headers.get("content-length", "")
    if told.isascii() and told.isdigit() and int(told) > limit:
        raise _too_large(limit)
    size = 0
    while chunk := response.read1(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise _too_large(limit)
        yield chunk


def _too_large(limit: int) -> FetchError:
    """Return the error for a body over the limit."""
    return FetchError(f"over {limit:,} bytes; --max-bytes sets the limit", lasting=True)


def _inflated(chunks: Iterator[bytes], limit: int) -> bytes:
    """Return a gzip body decompressed, never more than a byte over the limit in memory."""
    out, engine, begun = bytearray(), zlib.decompressobj(31), False
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                begun = True
                out += engine.decompress(rest, limit + 1 - len(out))
                if len(out) > limit:
                    raise _too_large(limit)
                rest = engine.unconsumed_tail
                if engine.eof:
                    # Further members follow one another; anything else is padding.
                    rest = engine.unused_data if engine.unused_data[:2] == _GZIP else b""
                    engine, begun = zlib.decompressobj(31), False
    except zlib.error as error:
        raise FetchError(f"no gzip although it says so ({error})") from error
    if begun:
        raise FetchError("the gzip body breaks off")
    return bytes(out)
