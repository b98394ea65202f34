"""Records made by hand, for tests of what reads them: the tables of a record file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from dragoman.record import (
    Attribution,
    Cameo,
    CiteInfo,
    Entity,
    Event,
    EventMention,
    Evidence,
    Location,
    Report,
    Size,
    Span,
)
from dragoman.store.arrow import schema
from dragoman.store.columns import to_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

IRAN = Entity(code="IRN", sector=("GOV", "MIL"), entity_text="Tehran", identifier_text="Iran")
MINISTER = Entity(
    code="RUS",
    sector=("GOV",),
    entity_text="Mr Petrov",
    identifier_text="Ivan Petrov",
    identifier_id="Q999",
    office="Foreign Minister",
)
NATIONS = Entity(code="UNO", entity_text="the U.N.", identifier_text="United Nations")
REBELS = Entity(code="YEM", sector=("REB",), entity_text="rebels")
SOMEBODY = Entity(code=None, sector=("UAF",), entity_text="gunmen")
ADEN = Location(
    extracted_place="the port of Aden",
    resolved_place="Aden",
    geonameid=415189,
    lat=12.77944,
    lon=45.03667,
    city="Aden",
    province="Aden",
    country="Yemen",
    country_code="YEM",
    resolution=4,
)


def report(name: str, **fields: Any) -> Report:
    """Return a report with an outlet, a date and an address."""
    given = {"published": "2024-03-05", "outlet": "Gazette", "url": f"https://www.ex.org/{name}"}
    return Report(**{"id": name, "text": f"Report {name}.", **given, **fields})


def mention(name: str, number: int = 0, **fields: Any) -> EventMention:
    """Return a mention of a report."""
    given: dict[str, Any] = {
        "id": f"{name}:{number}",
        "report": name,
        "sentence": number,
        "segment": "body",
        "text": "Iran attacked.",
        "start": 0,
        "end": 14,
        "frame": "assault.attack",
        "confidence": 0.62,
        "evidence": Evidence(
            trigger=(Span(start=5, end=13, text="attacked"),),
            actor=(Span(start=0, end=4, text="Tehran"),),
        ),
    }
    return EventMention(**{**given, **fields})


def event(name: str = "00000000000000aa", **fields: Any) -> Event:
    """Return an event that two reports state."""
    given: dict[str, Any] = {
        "id": name,
        "date": "2024-03-04",
        "enddate": None,
        "event": ("ASSAULT",),
        "mode": ("aerial",),
        "context": ("military", "terrorism"),
        "actor": (IRAN,),
        "recipient": (REBELS,),
        "event_loc": ADEN,
        "quad_code": 4,
        "event_scale": -9.5,
        "cameo": Cameo(code="195", goldstein=-10.0),
        "aux": (),
        "confidence": 0.8,
        "size": Size(dead=(3, 5), injured=7),
        "mentions": (
            mention("r1", 4),
            mention("r2", 0, attribution=Attribution(source=NATIONS, cue="said", start=0, end=4)),
        ),
        "cite_info": (CiteInfo(publication="Gazette"), CiteInfo(publication="Herald")),
        "coder": "dragoman 0.1",
        "manifest": "sha256:abc",
    }
    return Event(**{**given, **fields})


REPORTS = (
    report("r1", published="2024-03-06", outlet="Gazette"),
    report("r2", published="2024-03-05", outlet="Herald"),
)


def write_record(path: Path, events: Iterable[Event], reports: Sequence[Report] = REPORTS) -> Path:
    """Write a DuckDB file with the tables that exports read; return its path."""
    rows = [to_row("events", each) | _EXTENT for each in events]
    with duckdb.connect(str(path)) as connection:
        _table(connection, "events", schema("events"), rows)
        told = [to_row("reports", each) | _COUNTS for each in reports]
        _table(connection, "reports", schema("reports"), told)
    return path


_COUNTS = {"sentences": 1, "parsed": 1, "words": 2}


_EXTENT = {"accounts": 2, "outlets": 2, "first_published": None, "last_published": None}


def _table(
    connection: duckdb.DuckDBPyConnection, name: str, shape: pa.Schema, rows: list[dict[str, Any]]
) -> None:
    """Make one table."""
    made = pa.Table.from_pylist(rows, schema=shape)
    connection.register("made", made)
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM made')  # noqa: S608
    connection.unregister("made")
