"""What several commands read from the command line."""

from __future__ import annotations

import datetime as dt

from dragoman.errors import InputError


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
