"""A web server on loopback that says what a test wants, and a clock that does not wait."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    Route = Callable[["Handler"], None]


class Asked(NamedTuple):
    """A request as it came in."""

    path: str
    headers: dict[str, str]


class Handler(BaseHTTPRequestHandler):
    """Answers by the server's routes and notes every request."""

    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer by the routes."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.asked.append(Asked(self.path, headers))
        route = self.server.routes.get(self.path)
        try:
            if route is None:
                self.say(404)
            else:
                route(self)
        except (BrokenPipeError, ConnectionResetError):
            pass  # the client had enough

    def say(self, status: int = 200, body: bytes | str = b"", **headers: str) -> None:
        """Answer at once; ``retry_after="5"`` is the header Retry-After."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """The server; ``routes`` may be changed at any time."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        """Listen on any free port."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Route] = {}
        self.asked: list[Asked] = []
        self.over = threading.Event()

    @property
    def port(self) -> int:
        """Return the port."""
        return int(self.server_address[1])

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        """Return the address of a path, under any name for this machine."""
        return f"http://{host}:{self.port}{path}"

    def serve(self, path: str, body: bytes | str, **headers: str) -> None:
        """Answer a path with a body, whatever is asked."""
        self.routes[path] = lambda handler: handler.say(200, body, **headers)

    def paths(self) -> list[str]:
        """Return the paths that were asked for."""
        return [request.path for request in self.asked]

    def handle_error(self, *_: Any) -> None:
        """Say nothing: a client that leaves is what many tests are about."""


@contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """Run a server while the body runs."""
    server = Server()
    if context is not None:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.over.set()
        server.shutdown()
        server.server_close()


class FakeClock:
    """Time that passes only when someone sleeps.

    Args:
        rounds: long sleeps after which a person presses Ctrl-C.
    """

    def __init__(self, rounds: int = 1_000) -> None:
        """Begin at a fixed time."""
        self.time = 1_700_000_000.0
        self.slept: list[float] = []
        self.rounds = rounds

    def now(self) -> float:
        """Return the time."""
        return self.time

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.slept.append(seconds)
        self.time += seconds
        self.rounds -= seconds > 5
        if self.rounds <= 0:
            raise KeyboardInterrupt


def item(number: int | str, text: str, **more: str) -> str:
    """Return an RSS item; ``link=""`` leaves the link out."""
    fields = {
        "guid": f"urn:x:{number}",
        "title": f"Title {number}",
        "link": f"http://127.0.0.1/{number}",
        "pubDate": "Mon, 04 Jul 2022 10:00:00 GMT",
        "description": text,
    } | more
    body = "".join(f"<{name}>{escape(v)}</{name}>" for name, v in fields.items() if v)
    return f"<item>{body}</item>"


def rss(*items: str, more: str = "") -> str:
    """Return a feed."""
    return (
        "<?xml version='1.0'?><rss version='2.0'"
        " xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>"
        f"<channel><title>Our Daily</title><language>en-gb</language>{more}{''.join(items)}"
        "</channel></rss>"
    )
