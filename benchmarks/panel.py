"""Time panels and timelines on a synthetic record with the tables of a real one.

Usage: python benchmarks/panel.py [--events N] [--record PATH] [--limit MILLISECONDS]

N events stand for some 2.5 times as many mentions: 400,000 (the default) for a million. Pairs
are as uneven as in news. Prints the best and the worst of five runs; exit code 1 when a
pair's timeline takes longer than the limit (200 milliseconds).
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from dragoman.actors.knowledge import Knowledge
from dragoman.analysis.compare import CompareJob, compare
from dragoman.analysis.panel import PanelJob, open_panel
from dragoman.store.shape import prepare

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
MAKE = """
SELECT setseed(0.5);
INSERT INTO reports BY NAME
SELECT 'r' || i AS id, 'text' AS text,
    CAST(DATE '2014-01-01' + CAST(i % 3650 AS INTEGER) AS VARCHAR) AS published,
    'outlet ' || i % 50 AS outlet
FROM range($events) AS t (i);
INSERT INTO events BY NAME
WITH drawn AS (
    -- The square makes some countries much busier than others.
    SELECT i, random() AS day, len($codes) AS n, random() AS a, random() AS b, random() AS c,
        random() AS kind, random() AS two
    FROM range($events) AS t (i)
)
SELECT
    md5(CAST(i AS VARCHAR))[:16] AS id,
    CAST(DATE '2014-01-01' + CAST(day * 3649 AS INTEGER) AS VARCHAR) AS date,
    CAST(NULL AS VARCHAR) AS enddate,
    [['CONSULT', 'AID', 'ACCUSE', 'ASSAULT'][1 + CAST(floor(kind * 4) AS INTEGER)]] AS event,
    CAST([] AS VARCHAR[]) AS mode, CAST([] AS VARCHAR[]) AS context,
    CASE WHEN two < 0.1
        THEN [$codes[1 + CAST(floor(a ** 3 * n) AS INTEGER)],
            $codes[1 + CAST(floor(c ** 3 * n) AS INTEGER)]]
        ELSE [$codes[1 + CAST(floor(a ** 3 * n) AS INTEGER)]] END AS actor_code,
    '[{"entity_text": "' || repeat('words of the report ', 5) || '"}]' AS actor,
    [$codes[1 + CAST(floor(b ** 3 * n) AS INTEGER)]] AS recipient_code,
    '[{"entity_text": "' || repeat('words of the report ', 5) || '"}]' AS recipient,
    'IRN' AS event_loc_country_code,
    1 + CAST(floor(kind * 4) AS BIGINT) AS quad_code,
    CAST(floor(kind * 20) - 10 AS DOUBLE) AS event_scale,
    '040' AS cameo_code, 1.0::DOUBLE AS cameo_goldstein,
    CASE WHEN two > 0.9 THEN ['future'] ELSE CAST([] AS VARCHAR[]) END AS aux,
    0.5 + two / 2 AS confidence, 1 + i % 4 AS accounts
FROM drawn;
"""


def make(path: Path, events: int, known: Knowledge) -> None:
    """Write the record."""
    with duckdb.connect(str(path)) as connection:
        prepare(connection, path)
        listed = "[" + ", ".join(f"'{code}'" for code in sorted(known.states)) + "]"
        connection.execute(MAKE.replace("$events", str(events)).replace("$codes", listed))


def clock(name: str, task: Callable[[], object]) -> float:
    """Print and return the worst of some runs of a task, in milliseconds."""
    taken = []
    for _ in range(RUNS):
        begin = time.perf_counter()
        task()
        taken.append(1000 * (time.perf_counter() - begin))
    print(f"{name:<58}{min(taken):>9,.0f}{max(taken):>9,.0f}")
    return max(taken)


def main() -> int:
    """Make the record, time it, and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=400_000)
    parser.add_argument("--record", type=Path)
    parser.add_argument("--limit", type=float, default=200.0)
    asked = parser.parse_args()
    known = Knowledge.load()
    with tempfile.TemporaryDirectory() as folder:
        record: Path = asked.record or Path(folder) / "record.duckdb"
        if not record.exists():
            make(record, asked.events, known)
        print(f"{asked.events:,} events; milliseconds, best and worst of {RUNS}")
        return int(measure(record, known) > asked.limit)


def measure(record: Path, known: Knowledge) -> float:
    """Print the times; return the worst of a pair's timeline."""
    pair = tuple(sorted(known.states)[:2])
    with duckdb.connect(str(record), read_only=True) as connection:

        def ask(query: str) -> Callable[[], object]:
            return lambda: connection.execute(query, pair).fetchall()

        worst = clock("timeline('A', 'B'): every event of a pair", ask("FROM timeline(?, ?)"))
        clock("dyad_days of a pair", ask("FROM dyad_days WHERE source = ? AND target = ?"))
        clock("dyads of a pair", ask("SELECT id FROM dyads WHERE source = ? AND target = ?"))

    def panel(job: PanelJob) -> Callable[[], object]:
        def task() -> None:
            with open_panel(job, known) as made:
                made.totals(1)

        return task

    clock("panel of a pair by month", panel(PanelJob(record, countries=pair)))
    clock("panel of a pair by day", panel(PanelJob(record, by="day", countries=pair)))
    clock("panel of every country by month", panel(PanelJob(record, unit="country")))
    clock("panel of every pair by year", panel(PanelJob(record, by="year")))
    clock("compare a pair by week", lambda: compare(CompareJob(record, pair), known))
    return worst


if __name__ == "__main__":
    sys.exit(main())
