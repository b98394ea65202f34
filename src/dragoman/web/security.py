"""What keeps a room its reader's own.

On loopback nobody else can connect, but any page open in the same browser could try: the host
header is checked (so that no name of somebody else's can be pointed at this server), and what
changes anything must come from this very origin. For readers on other machines there is a token,
which is carried by a cookie after the first visit. Every answer has a policy that lets no script,
style or picture run but those of the package.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import JSONResponse, RedirectResponse

from dragoman.web.errors import Fault

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
COOKIE = "dragoman"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
LARGEST = 16 * 2**20
"""Bytes of a body at most."""

TOO_LARGE = Fault(
    status=413,
    error="Too large",
    detail=f"At most {LARGEST // 2**20} MB can be sent; code larger files with dragoman code FILE"
    " --out NAME.duckdb.",
)


class Guard:
    """Stands before the application and turns away what is not the reader's own.

    Args:
        app: the application.
        hosts: names in the host header that are ours; ``None``: any, the token decides.
        token: what a reader must show; ``None``: nothing.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, token: str | None) -> None:
        """Keep what is ours."""
        self._app, self._hosts, self._token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or turn it away."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        sealed = _sealed(send)
        fault = self._fault(scope, headers)
        if fault is None and self._token is not None:
            query = QueryParams(scope["query_string"])
            if _same(query.get("token"), self._token):
                await _kept(scope, query, self._token)(scope, receive, sealed)
                return
            if not self._known(headers):
                fault = Fault(
                    status=401,
                    error="This room has a key",
                    detail="Open it with the whole address that dragoman serve printed, token and"
                    " all; a program sends it as Authorization: Bearer TOKEN.",
                )
        if fault is not None:
            answer = JSONResponse(fault.model_dump(), fault.status)
            await answer(scope, receive, sealed)
            return
        await _Capped(self._app, LARGEST)(scope, receive, sealed)

    def _fault(self, scope: Scope, headers: Headers) -> Fault | None:
        """Return why a request is turned away, ``None`` when it is not."""
        host = _name(headers.get("host", ""))
        if self._hosts is not None and host not in self._hosts:
            return Fault(
                status=421,
                error="Another host's name",
                detail=f"This room answers to {' and '.join(sorted(self._hosts))} alone; open the"
                " address that dragoman serve printed.",
            )
        if scope["method"] not in SAFE and not _own(headers):
            return Fault(
                status=403,
                error="Sent from another site",
                detail="A form of another page was sent here; use this room's own.",
            )
        if int(headers.get("content-length") or 0) > LARGEST:
            return TOO_LARGE
        return None

    def _known(self, headers: Headers) -> bool:
        """Return whether a request shows the token."""
        kind, _, bearer = headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(bearer.strip(), self._token):
            return True
        cookies = dict(
            part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";")
        )
        return _same(cookies.get(COOKIE), self._token)


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(24)


def _same(given: str | None, token: str | None) -> bool:
    """Return whether a token is the right one, in a time that tells nothing."""
    return bool(given and token) and secrets.compare_digest(
        (given or "").encode(), (token or "").encode()
    )


def _name(host: str) -> str:
    """Return the name of a host header without its port."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def _own(headers: Headers) -> bool:
    """Return whether a request that changes something comes from this origin.

    Browsers say so themselves; a program that sends neither header holds no reader's cookies.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def _kept(scope: Scope, query: QueryParams, token: str) -> RedirectResponse:
    """Return the answer that puts the token into a cookie and takes it out of the address."""
    rest = urlencode([(k, v) for k, v in query.multi_items() if k != "token"])
    path = "/" + scope["path"].lstrip("/\\")  # two slashes would name another host
    answer = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
    return answer


def _sealed(send: Send) -> Send:
    """Return a sender that puts the headers of safety on every answer."""

    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS:
                headers[name] = value
            headers.setdefault("Cache-Control", "private, no-cache")
            headers["Vary"] = "Accept, Cookie"
        await send(message)

    return sealed


class _Capped:
    """Gives up where a body becomes too large, whatever its header said."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """Take the application and the most bytes."""
        self._app, self._most, self._taken = app, most, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; what the application makes of half a body is thrown away."""

        async def capped() -> Message:
            message = await receive()
            self._taken += len(message.get("body", b""))
            return {"type": "http.disconnect"} if self._over else message

        async def unless_over(message: Message) -> None:
            if not self._over:
                await send(message)

        await self._app(scope, capped, unless_over)
        if self._over:
            await JSONResponse(TOO_LARGE.model_dump(), 413)(scope, receive, send)

    @property
    def _over(self) -> bool:
        """Whether too much has come."""
        return self._taken > self._most
