"""Web addresses: which may be asked, and which machines stand behind them."""

from __future__ import annotations

import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

from dragoman.errors import DragomanError

_PORTS = {"http": 80, "https": 443}
_LONGEST = 4_000
"""Characters of the longest address that is asked."""
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an IPv4 address that a gateway connects to."""


class FetchError(DragomanError):
    """Something could not be fetched.

    Args:
        reason: what happened, for one line.
        status: HTTP status, where an answer came.
        wait: seconds the server asks to be left alone (Retry-After).
        lasting: whether trying again soon is of no use.
    """

    def __init__(
        self,
        reason: str,
        *,
        status: int | None = None,
        wait: float | None = None,
        lasting: bool = False,
    ) -> None:
        """Keep the parts beside the message."""
        super().__init__(reason)
        self.status, self.wait, self.lasting = status, wait, lasting
        self.asked = False
        """Whether a server was asked before it came to this."""


class Address(NamedTuple):
    """A web address, taken apart."""

    scheme: str
    """``http`` or ``https``."""
    host: str
    """Name or number, lower case, without brackets."""
    port: int
    target: str
    """Path and query as the request line has them."""

    @property
    def secure(self) -> bool:
        """Whether it is https."""
        return self.scheme == "https"

    @property
    def origin(self) -> str:
        """``scheme://host[:port]``."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def url(self) -> str:
        """The whole address, without fragment."""
        return self.origin + self.target


def is_web(name: str) -> bool:
    """Return whether a source's name is meant as a web address."""
    return "://" in name[:20]


def take_apart(url: str) -> Address:
    """Return the parts of a web address.

    Raises:
        FetchError: it is none, of another scheme, or holds a user name.
    """
    if len(url) > _LONGEST:
        raise FetchError(f"address of {len(url):,} characters; expected a shorter", lasting=True)
    try:
        parts = parse_url(urldefrag(url)[0])
    except (LocationParseError, ValueError):  # ValueError: a port that is no number
        raise FetchError(f"{url!r} is no web address", lasting=True) from None
    if parts.scheme not in _PORTS:
        raise FetchError(f"scheme {parts.scheme!r}; expected http or https", lasting=True)
    if parts.auth:
        raise FetchError("the address holds a user name; expected one without", lasting=True)
    if not parts.host:
        raise FetchError(f"{url!r} names no host", lasting=True)
    port = parts.port if parts.port is not None else _PORTS[parts.scheme]
    return Address(
        parts.scheme, parts.host.strip("[]").lower(), port, parts.request_uri.replace(" ", "%20")
    )


def follow(base: Address, location: str) -> Address:
    """Return where a redirect leads.

    Raises:
        FetchError: to no web address, or from https to http.
    """
    try:
        there = take_apart(urljoin(base.url, location.strip()))
    except FetchError as error:
        raise FetchError(f"redirect refused: {error}", lasting=True) from None
    except ValueError:
        raise FetchError("redirect refused: no web address", lasting=True) from None
    if base.secure and not there.secure:
        raise FetchError(
            f"redirect from https to {there.origin} refused; name that address to read it anyway",
            lasting=True,
        )
    return there


def resolve(host: str, port: int) -> list[str]:
    """Return the network addresses of a host, as the system's resolver knows them.

    Raises:
        FetchError: it knows none.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "no host name"
        raise FetchError(f"host {host} is not found ({reason})") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def check_public(host: str, addresses: list[str]) -> None:
    """Raise when a host may not be asked because of where it is.

    One address that is not public is enough: a name that stands for both kinds is
    either broken or a trap.

    Raises:
        FetchError: an address is private, loopback, link-local, multicast or reserved.
    """
    for text in addresses:
        if not is_public(text):
            raise FetchError(
                f"{host} is at {text}, which is not a public address;"
                " --allow-private reads it anyway",
                lasting=True,
            )


def is_public(text: str) -> bool:
    """Return whether a network address is one of the public internet."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        inner = _inner(address)
        if inner is not None and not is_public(str(inner)):
            return False
        # Python counts the mapped addresses themselves as private.
        if address.ipv4_mapped is not None:
            return True
        if address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for, if it does."""
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else None)
