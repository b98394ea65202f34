"""Requests: bounded, polite, and never to where they must not go. Loopback only."""

from __future__ import annotations

import gzip
import ssl
import time
import tracemalloc
import zlib
from email.utils import formatdate
from typing import TYPE_CHECKING

import pytest
import trustme
from feedserver import FakeClock, Handler, Server, running
from hypothesis import given
from hypothesis import strategies as st

from dragoman.feeds import addresses, exchange
from dragoman.feeds.addresses import FetchError, follow, is_public, take_apart
from dragoman.feeds.fetch import GAP, Fetcher, Limits, Validators, retry_after
from dragoman.feeds.robots import Robots

if TYPE_CHECKING:
    from collections.abc import Iterator

    from feedserver import Route


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as made:
        yield made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def fetcher(clock: FakeClock, **limits: object) -> Fetcher:
    made = Limits(**{"allow_private": True, "size": 100_000, "seconds": 5.0} | limits)
    return Fetcher(made, clock, lambda host, _: [host if host[0].isdigit() else "127.0.0.1"])


def refused(server: Server, clock: FakeClock, route: Route, **limits: object) -> FetchError:
    server.routes["/feed"] = route
    with pytest.raises(FetchError) as caught:
        fetcher(clock, **limits).get(server.url())
    return caught.value


def test_a_request_says_who_asks(server: Server, clock: FakeClock) -> None:
    server.serve("/feed?a=b%20c", "hello")
    assert fetcher(clock).get(server.url("/feed?a=b c#part", "feeds.example")).body == b"hello"
    headers = server.asked[0].headers
    assert headers["user-agent"].startswith("dragoman/")
    assert headers["host"] == f"feeds.example:{server.port}"
    assert headers["accept-encoding"] == "gzip"
    assert "if-none-match" not in headers


def test_unmodified_is_asked_for(server: Server, clock: FakeClock) -> None:
    stamp = "Mon, 04 Jul 2022 10:00:00 GMT"

    def route(handler: Handler) -> None:
        same = handler.headers.get("If-None-Match") == '"v1"'
        assert same == (handler.headers.get("If-Modified-Since") == stamp)
        handler.say(304 if same else 200, b"" if same else "x", ETag='"v1"', Last_Modified=stamp)

    server.routes["/feed"] = route
    first = fetcher(clock).get(server.url())
    assert first.validators == Validators(url=server.url(), etag='"v1"', modified=stamp)
    again = fetcher(clock).get(server.url(), first.validators)
    assert again.body is None
    assert again.validators == first.validators
    # Validators of one address are no other's business.
    server.routes["/other"] = lambda handler: handler.say(301, location="/feed")
    server.routes["/feed"] = lambda handler: handler.say(200, "y")
    fetcher(clock).get(server.url("/other"), first.validators)
    asked = [("if-none-match" in a.headers) for a in server.asked if a.path == "/other"]
    assert asked == [False]


def test_hostile_validators_are_not_sent_back(server: Server, clock: FakeClock) -> None:
    server.routes["/feed"] = lambda h: h.say(200, "x", ETag='"' + "a" * 2000 + '"')
    assert fetcher(clock).get(server.url()).validators is None


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("max-age=600", 600),
        ("public, MAX-AGE=60", 60),
        ("max-age=600, no-cache", 0),
        ("s-maxage=600", 0),
        ("max-age=-1", 0),
        ("", 0),
    ],
)
def test_fresh(server: Server, clock: FakeClock, header: str, seconds: float) -> None:
    server.serve("/feed", "x", Cache_Control=header)
    assert fetcher(clock).get(server.url()).fresh == seconds
    server.serve("/feed", "x", Cache_Control=header, Age="50")
    assert fetcher(clock).get(server.url()).fresh == max(0, seconds - 50)


def test_hosts_are_left_alone_between_requests(server: Server, clock: FakeClock) -> None:
    server.serve("/feed", "x")
    made = fetcher(clock)
    made.get(server.url())
    made.get(server.url())
    made.get(server.url(host="other.example"))
    assert clock.slept == [GAP]
    made.gaps["other.example"] = 7.0
    made.get(server.url(host="other.example"))
    assert clock.slept == [GAP, 7.0]


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_honoured_for_the_whole_host(
    server: Server, clock: FakeClock, status: int
) -> None:
    server.routes["/feed"] = lambda h: h.say(status, retry_after="120")
    made = fetcher(clock)
    with pytest.raises(FetchError) as caught:
        made.get(server.url())
    assert (caught.value.status, caught.value.wait, caught.value.lasting) == (status, 120, False)
    clock.time += 60
    with pytest.raises(FetchError, match="left alone") as caught:
        made.get(server.url("/another"))
    assert caught.value.wait == 60
    assert not caught.value.asked
    assert server.paths() == ["/feed"]
    clock.time += 61
    server.serve("/feed", "x")
    assert made.get(server.url()).body == b"x"


def test_retry_after_forms() -> None:
    now = 1_700_000_000.0
    assert retry_after("30", now) == 30
    assert retry_after(formatdate(now + 90, usegmt=True), now) == 90
    assert retry_after(formatdate(now - 90, usegmt=True), now) == 0
    assert retry_after("9" * 400, now) == 7 * 86_400
    assert [retry_after(v, now) for v in (None, "", "soon", "-5", "٣")] == [None] * 5


@given(st.text())
def test_retry_after_takes_anything(value: str) -> None:
    seconds = retry_after(value, 1_700_000_000.0)
    assert seconds is None or 0 <= seconds <= 7 * 86_400


def test_redirects(server: Server, clock: FakeClock) -> None:
    server.serve("/new", "x")
    server.routes["/feed"] = lambda h: h.say(301, location="/new")
    assert fetcher(clock).get(server.url()).moved == server.url("/new")
    server.routes["/feed"] = lambda h: h.say(302, location="new")
    document = fetcher(clock).get(server.url())
    assert (document.body, document.moved) == (b"x", None)
    loop = refused(server, clock, lambda h: h.say(301, location="/feed"))
    assert "over 5 redirects" in str(loop)
    assert server.paths().count("/feed") == 2 + 6


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "ftp://x/", "http://a:b@x/", "http://[x"]
)
def test_redirects_lead_only_to_the_web(server: Server, clock: FakeClock, location: str) -> None:
    error = refused(server, clock, lambda h: h.say(302, location=location))
    assert "redirect refused" in str(error)
    assert error.lasting


def test_no_redirect_from_https_to_http() -> None:
    base = take_apart("https://a.example/x")
    assert follow(base, "y").url == "https://a.example/y"
    with pytest.raises(FetchError, match="from https to http"):
        follow(base, "http://a.example/y")


def test_redirect_to_a_private_address_is_refused(
    server: Server, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Loopback passes for public here, so that there is a server to redirect."""
    server.routes["/feed"] = lambda h: h.say(302, location="http://10.0.0.1/secret")
    monkeypatch.setattr(addresses, "is_public", lambda a: a == "127.0.0.1" or is_public(a))
    with pytest.raises(FetchError, match=r"10\.0\.0\.1, which is not a public") as caught:
        Fetcher(Limits(), clock, lambda host, _: [host]).get(server.url())
    assert caught.value.asked
    assert server.paths() == ["/feed"]


def test_private_addresses_are_not_even_asked(server: Server, clock: FakeClock) -> None:
    for host in ("127.0.0.1", "localhost", "127.1", "2130706433", "0x7f.1"):
        with pytest.raises(FetchError, match="not a public address") as caught:
            Fetcher(Limits(), clock).get(server.url(host=host))
        assert not caught.value.asked
    assert server.asked == []


def test_one_private_address_among_public_ones_is_enough(clock: FakeClock) -> None:
    made = Fetcher(Limits(), clock, lambda *_: ["93.184.216.34", "192.168.0.1"])
    with pytest.raises(FetchError, match=r"192\.168\.0\.1"):
        made.get("http://a.example/")


def test_the_checked_address_is_the_one_connected_to(server: Server, clock: FakeClock) -> None:
    """A name that resolves anew for the connection would get another answer: it never does."""
    answers = iter([["127.0.0.1"]])
    server.serve("/feed", "x")
    made = Fetcher(Limits(allow_private=True), clock, lambda *_: next(answers))
    assert made.get(server.url(host="rebinding.invalid")).body == b"x"


def test_every_address_is_tried(server: Server, clock: FakeClock) -> None:
    server.serve("/feed", "x")
    made = Fetcher(Limits(allow_private=True), clock, lambda *_: ["127.0.0.2", "127.0.0.1"])
    assert made.get(server.url(host="a.example")).body == b"x"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "junk", "",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:4700::1111", "::ffff:93.184.216.34"])
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "gopher://x/", "http://u:p@x/", "http:///x", "http://x:99999/", "x"],
)
def test_what_is_no_web_address(url: str) -> None:
    with pytest.raises(FetchError):
        take_apart(url)


@given(st.text(), st.sampled_from(["", "http://", "https://a/"]))
def test_any_text_is_an_address_or_an_error(text: str, before: str) -> None:
    try:
        address = take_apart(before + text)
    except FetchError:
        return
    assert address.scheme in {"http", "https"}
    assert not set(address.url) & set(" \r\n\t")
    assert take_apart(address.url) == address


def test_gzip(server: Server, clock: FakeClock) -> None:
    body = b"hello " * 1000
    server.serve(
        "/feed", gzip.compress(body[:10]) + gzip.compress(body[10:]), Content_Encoding="gzip"
    )
    assert fetcher(clock).get(server.url()).body == body
    server.serve("/feed", gzip.compress(body) + b"\0" * 50, Content_Encoding="gzip")
    assert fetcher(clock).get(server.url()).body == body


def test_gzip_bomb(server: Server, clock: FakeClock) -> None:
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    zeros = bytes(2**20)
    bomb = b"".join([*(engine.compress(zeros) for _ in range(80)), engine.flush()])
    assert len(bomb) < 100_000
    tracemalloc.start()
    try:
        error = refused(server, clock, lambda h: h.say(200, bomb, Content_Encoding="gzip"))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()
    assert "over 100,000 bytes" in str(error)
    assert error.lasting


@pytest.mark.parametrize(
    ("coding", "body", "message"),
    [
        ("gzip", gzip.compress(b"x" * 10_000)[:-9], "breaks off"),
        ("gzip", b"plain", "no gzip"),
        ("br", b"plain", "content-encoding 'br'"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x")), "content-encoding"),
    ],
)
def test_codings_that_are_not_what_they_say(
    server: Server, clock: FakeClock, coding: str, body: bytes, message: str
) -> None:
    assert message in str(
        refused(server, clock, lambda h: h.say(200, body, Content_Encoding=coding))
    )


def test_huge_body_told_and_untold(server: Server, clock: FakeClock) -> None:
    sent = [0]

    def told(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(10**12))
        handler.end_headers()

    def untold(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while not handler.server.over.is_set():
            sent[0] += handler.wfile.write(b"x" * 10_000)

    def chunked(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        while not handler.server.over.is_set():
            handler.wfile.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")

    for route in (told, untold, chunked):
        assert "over 100,000 bytes" in str(refused(server, clock, route))
    assert sent[0] < 50_000_000


def test_body_that_breaks_off(server: Server, clock: FakeClock) -> None:
    def route(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    error = refused(server, clock, route)
    assert "broke" in str(error)
    assert not error.lasting


@pytest.mark.parametrize("part", ["body", "chunks", "headers", "silence"])
def test_endless_slow_answers_end_in_time(server: Server, clock: FakeClock, part: str) -> None:
    """A byte every few milliseconds keeps every socket's own time limit from striking."""

    def route(handler: Handler) -> None:
        if part == "silence":
            handler.server.over.wait(20)
            return
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        if part == "body":
            handler.wfile.write(b"\r\n")
        if part == "chunks":
            handler.wfile.write(b"Transfer-Encoding: chunked\r\n\r\n")
        while not handler.server.over.wait(0.01):
            handler.wfile.write(b"1\r\nx\r\n" if part == "chunks" else b"x")

    began = time.monotonic()
    assert "took over 0.3 seconds" in str(refused(server, clock, route, seconds=0.3))
    assert time.monotonic() - began < 10


@pytest.mark.parametrize(
    "answer",
    [b"", b"junk\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 500, b"HTTP/1.1 999999\r\n"],
)
def test_answers_that_are_no_http(server: Server, clock: FakeClock, answer: bytes) -> None:
    def route(handler: Handler) -> None:
        handler.wfile.write(answer)
        handler.close_connection = True

    assert "broke" in str(refused(server, clock, route))


def test_nobody_there(clock: FakeClock) -> None:
    with running() as gone:
        url = gone.url()
    with pytest.raises(FetchError, match="no connection"):
        fetcher(clock).get(url)


@pytest.mark.parametrize(
    ("status", "lasting"), [(404, True), (410, True), (408, False), (500, False)]
)
def test_statuses(server: Server, clock: FakeClock, status: int, lasting: bool) -> None:
    error = refused(server, clock, lambda h: h.say(status))
    assert (error.status, error.lasting, error.asked) == (status, lasting, True)
    # Nothing was asked conditionally, so "not modified" is no answer.
    assert refused(server, clock, lambda h: h.say(304)).status == 304


def test_certificates_are_for_the_name(monkeypatch: pytest.MonkeyPatch, clock: FakeClock) -> None:
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    monkeypatch.setattr(exchange, "trust", lambda: trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("feeds.example").configure_cert(context)
    with running(context) as server:
        server.serve("/feed", "x")
        right = f"https://feeds.example:{server.port}/feed"
        assert fetcher(clock).get(right).body == b"x"
        for wrong in (
            f"https://other.example:{server.port}/feed",
            f"https://127.0.0.1:{server.port}/",
        ):
            with pytest.raises(FetchError, match=r"(?i)certificate"):
                fetcher(clock).get(wrong)
        monkeypatch.setattr(exchange, "trust", ssl.create_default_context)
        with pytest.raises(FetchError, match=r"(?i)certificate"):
            fetcher(clock).get(right)
    assert server.paths() == ["/feed"]


def test_robots(server: Server, clock: FakeClock) -> None:
    server.serve(
        "/robots.txt",
        "User-agent: *\nDisallow: /\n\nUser-agent: Dragoman\nDisallow: /*/print$\nAllow: /\n"
        "Crawl-delay: 9\n",
    )
    made = fetcher(clock)
    robots = Robots(made, clock)
    robots.check(server.url("/story"))
    with pytest.raises(FetchError, match=r"robots\.txt forbids") as caught:
        robots.check(server.url("/story/print"))
    assert caught.value.lasting
    assert made.gaps == {"127.0.0.1": 9.0}
    assert server.paths() == ["/robots.txt"]
    clock.time += 86_401
    robots.check(server.url("/story"))
    assert server.paths() == ["/robots.txt"] * 2


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, False), (429, False)]
)
def test_robots_that_cannot_be_had(
    server: Server, clock: FakeClock, status: int, allowed: bool
) -> None:
    server.routes["/robots.txt"] = lambda h: h.say(status)
    robots = Robots(fetcher(clock), clock)
    if allowed:
        robots.check(server.url("/story"))
        return
    with pytest.raises(FetchError, match="cannot be had") as caught:
        robots.check(server.url("/story"))
    assert not caught.value.lasting
