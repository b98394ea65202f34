"""Which country an outlet is made in, as far as its name or its address tells.

The record does not say it. Known names stand in ``actors/data/media.yaml``, known addresses in
``data/outlets.yaml``; for the others the ending of the address is taken where a country owns it.
Where an outlet is made says nothing of whose side it takes.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from dragoman.actors.knowledge import DATA as KNOWN
from dragoman.actors.knowledge import Knowledge
from dragoman.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN = "unknown"
"""Stands for the country of an outlet that nothing tells."""
How = Literal["site", "name", "ending"]
_BEHIND = re.compile(r"\s+[-–—|:]\s+|:\s+|\s*[|(]")
"""What stands between an outlet's name and that of a part of it: "BBC News - World"."""
_SITE = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)
"""An outlet that is named by its address."""


class OutletsFile(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shared: str
    """Names that outlets of several countries bear, with semicolons between."""
    sold: str
    """Endings that tell nothing, with spaces between."""
    endings: dict[str, str]
    """Endings that are no ISO code, and their countries."""
    sites: dict[str, str]
    """Country to addresses, with semicolons between."""


class Made(NamedTuple):
    """Where an outlet is made."""

    country: str
    """Country code, or ``UNKNOWN``."""
    how: How | None
    """What tells it: a known address, a known name, the ending of the address; nothing."""


NOWHERE = Made(UNKNOWN, None)


def data() -> Path:
    """Return the data file."""
    return Path(str(files("dragoman.web").joinpath("data/outlets.yaml")))


@cache
def edition() -> str:
    """Return what tells one state of the data from another."""
    held = (data(), *sorted(KNOWN.glob("*.yaml")))
    return hashlib.sha256(b"".join(path.read_bytes() for path in held)).hexdigest()[:16]


class Outlets:
    """Names and addresses of outlets; read-only, and safe to share."""

    def __init__(self, file: OutletsFile, known: Knowledge) -> None:
        """Take what is known."""
        self._known = known
        self._shared = frozenset(name.casefold() for name in _parts(file.shared, ";"))
        self._sold = frozenset(file.sold.split())
        self._endings = file.endings
        self._sites = {
            site: code for code, many in file.sites.items() for site in _parts(many, ";")
        }

    @classmethod
    def load(cls) -> Outlets:
        """Read the data that ships."""
        return cls(OutletsFile.model_validate(read_yaml(data())), Knowledge.load())

    def made(self, outlet: str | None, host: str) -> Made:
        """Return where an outlet is made.

        Args:
            outlet: its name, or its address, as the report has it.
            host: the host of the report's address, in lower case; empty without one.
        """
        name = (outlet or "").strip()
        own = name.lower() if _SITE.fullmatch(name) else ""
        told: tuple[tuple[str | None, How], ...] = (
            (self._site(own), "site"),
            (self._named(name), "name"),
            (self._site(host), "site"),
            (self._ending(own) or self._ending(host), "ending"),
        )
        return next((Made(code, how) for code, how in told if code), NOWHERE)

    def _site(self, host: str) -> str | None:
        """Return the country of a known address, or of one that an address is part of."""
        return next((self._sites[site] for site in _within(host) if site in self._sites), None)

    def _named(self, outlet: str) -> str | None:
        """Return the country of a known name that no outlet of another country bears."""
        for name in dict.fromkeys((outlet, _BEHIND.split(outlet)[0])):
            if name.casefold() in self._shared:
                continue
            found = {e.code for e in self._known.lookup(name) if e.code and "JRN" in e.sector}
            if len(found) == 1:
                return found.pop()
        return None

    def _ending(self, host: str) -> str | None:
        """Return the country that the ending of an address belongs to."""
        ending = host.rpartition(".")[2]
        if ending in self._sold or len(ending) != 2:
            return None
        return self._endings.get(ending) or self._known.state_of(ending.upper())


@cache
def outlets() -> Outlets:
    """Return what ships, read once."""
    return Outlets.load()


def _parts(text: str, between: str) -> Iterator[str]:
    """Yield the parts of a text."""
    return (part.strip() for part in text.split(between) if part.strip())


def _within(host: str) -> Iterator[str]:
    """Yield an address and those it is part of, the nearest first."""
    while "." in host:
        yield host
        host = host.partition(".")[2]
