"""Records with the tables that panels are counted from, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import duckdb

from dragoman.store.shape import prepare

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

QUADS = {"CONSULT": 1, "AID": 2, "ACCUSE": 3, "ASSAULT": 4}
SCORES = {"CONSULT": 2.5, "AID": 10.0, "ACCUSE": -3.0, "ASSAULT": -9.5}
CAMEO = {"CONSULT": ("040", 1.0), "AID": ("070", 7.0), "ACCUSE": ("112", -2.0)}
"""Of ASSAULT none, so that some events have no Goldstein score."""


class Happening(NamedTuple):
    """An event in a row of a test."""

    date: str | None
    sources: str
    """Codes with spaces between them; ``?`` is a party without a country."""
    targets: str
    event: str = "CONSULT"
    enddate: str | None = None
    accounts: int = 1
    aux: tuple[str, ...] = ()
    confidence: float = 0.9


def codes(text: str) -> list[str | None]:
    return [None if part == "?" else part for part in text.split()]


def make_record(
    path: Path, events: Iterable[Happening], published: Iterable[str | None] = ()
) -> Path:
    """Write a record of some events and of one report for each publication date."""
    with duckdb.connect(str(path)) as connection:
        prepare(connection, path)
        for number, day in enumerate(published):
            connection.execute(
                "INSERT INTO reports (id, text, published, outlet) VALUES (?, 't', ?, ?)",
                [f"r{number}", day, f"outlet {number % 2}"],
            )
        for number, event in enumerate(events):
            cameo, goldstein = CAMEO.get(event.event, (None, None))
            connection.execute(
                "INSERT INTO events (id, date, enddate, event, mode, context, actor_code,"
                " recipient_code, quad_code, event_scale, cameo_code, cameo_goldstein, aux,"
                " confidence, accounts) VALUES (?, ?, ?, ?, [], [], ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    f"e{number}", event.date, event.enddate, [event.event], codes(event.sources),
                    codes(event.targets), QUADS[event.event], SCORES[event.event], cameo,
                    goldstein, list(event.aux), event.confidence, event.accounts,
                ],
            )  # fmt: skip
    return path
