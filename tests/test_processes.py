"""One process or several, in whatever order they finish: the same events, byte for byte."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

import dragoman
from dragoman.evaluation.happenings import read_stories
from dragoman.record import Coded, Report, to_json
from dragoman.store.duck import DuckSink, connect
from dragoman.store.record import read_events

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

ROOT = Path(__file__).parent.parent
STORIES = ("a01", "b13")
"""Stories of the gold of happenings, with many reports of the same days."""


def reports() -> list[Report]:
    stories = read_stories(ROOT / "gold" / "happenings")
    return [r.report() for story in stories if story.id in STORIES for r in story.reports]


def code_share(share: list[Report]) -> bytes:
    """Code some reports in a process of their own."""
    return msgspec.json.encode(list(dragoman.load().stream(share)))


def lines(path: Path) -> list[bytes]:
    with connect(path, read_only=True) as connection:
        return [to_json(event) for event in read_events(connection)]


def test_one_process_or_several(tmp_path: Path, coder: Coder) -> None:
    alone = tmp_path / "alone.duckdb"
    sink = DuckSink(alone)
    sink.write(list(coder.stream(reports())))
    sink.close()
    together = tmp_path / "together.duckdb"
    shares = [reports()[start::2] for start in range(2)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for done in as_completed([pool.submit(code_share, share) for share in shares]):
            sink = DuckSink(together)
            sink.write(msgspec.json.decode(done.result(), type=list[Coded]))
            sink.close()
    assert len(lines(alone)) > len(STORIES)
    assert lines(alone) == lines(together)
