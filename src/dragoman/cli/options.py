"""What several commands read from the command line."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

import typer

from dragoman.errors import InputError

Ontology = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help="Your own event types, a file or a folder that holds their frames too (see"
        " docs/lexicon.md). They stand beside PLOVER's, unless the file says instead.",
    ),
]
Lexicon = Annotated[
    str | None,
    typer.Option(
        metavar="PATH",
        help="Your own frames, a file or a folder, beside those that ship; one with the id of a"
        " frame that ships takes its place.",
    ),
]


def as_date(given: str | None, option: str = "--published") -> str | None:
    """Return a date of the command line.

    Raises:
        InputError: it is not written ``YYYY-MM-DD``.
    """
    if given is None:
        return None
    try:
        return dt.datetime.strptime(given, "%Y-%m-%d").date().isoformat()  # noqa: DTZ007 - a day
    except ValueError as error:
        raise InputError(
            f"{option} {given!r}: no date; expected YYYY-MM-DD, as in 2024-03-05"
        ) from error


def as_seconds(given: str, option: str = "--every") -> float:
    """Return a span of time of the command line in seconds.

    Raises:
        InputError: it is not a number with ``s``, ``m``, ``h`` or ``d`` behind it.
    """
    found = re.fullmatch(r"(\d{1,6})\s*([smhd])", given.strip().lower(), re.ASCII)
    if not found or not int(found[1]):
        raise InputError(f"{option} {given!r}: no span of time; expected one like 30s, 15m, 2h, 1d")
    return int(found[1]) * {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}[found[2]]


def as_bytes(given: str, option: str = "--max-bytes") -> int:
    """Return a size of the command line in bytes.

    Raises:
        InputError: it is not a number, with ``K``, ``M`` or ``G`` behind it if wanted.
    """
    found = re.fullmatch(r"(\d{1,12})\s*([kmg]?)", given.strip().lower(), re.ASCII)
    if not found or not int(found[1]):
        raise InputError(f"{option} {given!r}: no size; expected one like 500K, 8M, 1G")
    return int(found[1]) * {"": 1, "k": 2**10, "m": 2**20, "g": 2**30}[found[2]]
