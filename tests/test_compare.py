"""A pair against its own past: changes that were planted are found, others are not invented."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from made_records import Happening, make_record
from test_cli_code import run

from dragoman.actors.knowledge import Knowledge
from dragoman.analysis.compare import CompareJob, compare
from dragoman.analysis.compare_picture import picture_comparison
from dragoman.analysis.statistics import Counts, dispersion, judge, odd_periods, shifts, verdicts
from dragoman.analysis.words import headline
from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.analysis.compare import Comparison

KNOWN = Knowledge.load()
MONDAY = dt.date(2024, 1, 1)
STEADY = [3, 2, 4, 3, 3, 2, 3, 4, 3, 2, 3, 3, 4, 2, 3, 3, 2, 4, 3, 3]


def weeks(path: Path, events: Sequence[int], reports: Sequence[int] | None = None) -> Path:
    """Write a record with so many events and reports in each week."""
    reports = reports or [10] * len(events)
    monday = [str(MONDAY + dt.timedelta(weeks=n)) for n in range(len(events))]
    sunday = [str(MONDAY + dt.timedelta(weeks=n, days=6)) for n in range(len(events))]
    made = [
        Happening(day, "IRN", "RUS")
        for day, n in zip(monday, events, strict=True)
        for _ in range(n)
    ]
    return make_record(
        path, made, [d for d, n in zip(sunday, reports, strict=True) for _ in range(n)]
    )


def found(path: Path, **asked: object) -> Comparison:
    return compare(CompareJob(path, ("IRN", "RUS"), **asked), KNOWN)


def said(comparison: Comparison, measure: str = "events") -> list[str]:
    return [line.verdict for line in comparison.lines if line.measure == measure]


def test_steady_pair_shows_no_change(tmp_path: Path) -> None:
    comparison = found(weeks(tmp_path / "r.duckdb", [2 * n for n in STEADY]))
    assert said(comparison) == ["no clear change"] * 3
    assert (comparison.shifts, comparison.odd) == ((), {})
    assert headline(comparison).startswith("Iran and Russia: no clear change")


def test_burst_this_week_is_found_and_is_odd(tmp_path: Path) -> None:
    comparison = found(weeks(tmp_path / "r.duckdb", [*STEADY, 15]))
    assert said(comparison)[:2] == ["more", "more"]
    assert comparison.odd == {20: "many"}
    assert (
        headline(comparison) == "Iran and Russia: more events in 2024-W21 than in the last 20 weeks"
    )
    line = comparison.lines[1]
    assert (line.now, line.past) == (15.0, sum(STEADY) / 20)
    assert (line.now_per_1000, line.past_per_1000) == (1500.0, 1000 * sum(STEADY) / 200)


def test_more_media_is_not_more_conflict(tmp_path: Path) -> None:
    record = weeks(tmp_path / "r.duckdb", [*STEADY, 15], [*[10] * 20, 50])
    comparison = found(record)
    assert said(comparison)[:2] == ["no clear change", "no clear change"]
    assert comparison.odd == {}


def test_lasting_shift_is_one_shift_and_no_odd_weeks(tmp_path: Path) -> None:
    comparison = found(weeks(tmp_path / "r.duckdb", [*STEADY, *(4 * n for n in STEADY)]))
    assert comparison.shifts == (20,)
    assert comparison.odd == {}
    assert headline(comparison) == "Iran and Russia: more events since 2024-W21 than before"


def test_few_events_tell_nothing(tmp_path: Path) -> None:
    comparison = found(weeks(tmp_path / "r.duckdb", [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 3]))
    assert {line.verdict for line in comparison.lines} == {"too few events to tell"}
    assert (comparison.shifts, comparison.odd) == ((), {})
    assert headline(comparison) == "Iran and Russia: too few events to tell a change"
    short = found(weeks(tmp_path / "s.duckdb", [20, 20, 20, 90]))
    assert {line.verdict for line in short.lines if line.measure == "events"} == {
        "too few events to tell"
    }


def test_weeks_without_reports_are_left_aside(tmp_path: Path) -> None:
    steady = [2 * n for n in STEADY]
    events = [*steady[:8], 0, *steady[8:], 6]
    record = weeks(tmp_path / "r.duckdb", events, [*[10] * 8, 0, *[10] * 13])
    comparison = found(record)
    assert said(comparison) == ["no clear change"] * 3
    assert comparison.lines[1].past == sum(steady) / 20
    silent = found(record, at=MONDAY + dt.timedelta(weeks=8))
    assert said(silent)[:2] == ["no reports read"] * 2


def test_last_week_that_is_not_over_is_not_compared(tmp_path: Path) -> None:
    record = weeks(tmp_path / "r.duckdb", STEADY)
    assert found(record).history[-1]["date"] == MONDAY + dt.timedelta(weeks=19)
    half = make_record(
        tmp_path / "half.duckdb", [], [str(MONDAY + dt.timedelta(days=n)) for n in range(16)]
    )
    assert found(half).history[-1]["date"] == MONDAY + dt.timedelta(weeks=1)


def test_judgement_is_the_exact_one_without_bursts() -> None:
    # Jeffreys' prediction for 0 events in 1 of 2 equal spans after 20: (1/2) ** 20.5, twice.
    judged = judge(Counts((0,), (10,)), Counts((20,), (10,)), 1.0)
    assert judged.p == pytest.approx(2 * 0.5**20.5)
    assert judged.expected == 20.5
    bursty = judge(Counts((0,), (10,)), Counts((20,), (10,)), 5.0)
    assert (bursty.p or 0) > 100 * (judged.p or 0)
    assert dispersion(Counts((0, 8, 0, 8), (1, 1, 1, 1))) == pytest.approx(16 / 3)
    assert verdicts([(Counts((0,), (0,)), judge(Counts((0,), (0,)), Counts((9,), (9,)), 1.0))]) == [
        "no reports read"
    ]


@pytest.mark.parametrize(("rate", "bursts"), [(0.5, 2.0), (8.0, 3.0)])
def test_chance_alone_is_seldom_a_finding(rate: float, bursts: float) -> None:
    chance = np.random.default_rng(3)
    wrong = 0
    for _ in range(40):
        reports = chance.integers(30, 90, 53)
        mean = rate * reports / reports.mean()
        events = chance.negative_binomial(mean / (bursts - 1), 1 / bursts)
        history = Counts(tuple(map(int, events)), tuple(map(int, reports)))
        cuts = shifts(history)
        wrong += bool(cuts)
        assert len(odd_periods(history, cuts)) <= 2
    assert wrong <= 4


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"countries": ("IRN", "IRAN")}, "did you mean IRN"),
        ({"countries": ("IRN", "RUS", "CHN")}, "3 countries"),
        ({"window": 52}, "a baseline longer than the window"),
        ({"by": "year"}, "nothing before it to compare with"),
        ({"at": dt.date(2020, 1, 1)}, "nothing before it"),
    ],
)
def test_what_cannot_be_compared(tmp_path: Path, asked: dict[str, object], message: str) -> None:
    record = weeks(tmp_path / "r.duckdb", STEADY)
    job = CompareJob(record, **({"countries": ("IRN", "RUS")} | asked))
    with pytest.raises(InputError, match=message) as caught:
        compare(job, KNOWN)
    assert "\n" not in str(caught.value)


def test_same_bytes_and_readable_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = weeks(tmp_path / "r.duckdb", [*STEADY, *(4 * n for n in STEADY), 60])
    monkeypatch.setenv("COLUMNS", "120")
    names = {"--out": "o.csv", "--periods": "p.parquet", "--picture": "c.png"}
    arguments = [part for option, name in names.items() for part in (option, str(tmp_path / name))]
    assert run(["compare", str(record), "irn", "RUS", *arguments], monkeypatch) == 0
    shown = capsys.readouterr().out
    assert "lasting shift: another level of events from 2024-W21 on" in shown
    assert "odd: 2024-W41 has unusually many events (60 in 10 reports)" in shown
    first = {name: (tmp_path / name).read_bytes() for name in names.values()}
    assert run(["compare", str(record), "irn", "RUS", *arguments], monkeypatch) == 0
    assert first == {name: (tmp_path / name).read_bytes() for name in names.values()}
    lines, rows = pd.read_csv(tmp_path / "o.csv"), pd.read_parquet(tmp_path / "p.parquet")
    assert len(lines) == 18
    assert list(rows[rows["shift"]]["period"]) == ["2024-W21"]
    assert list(rows["span"]) == ["baseline"] * 36 + ["window"] * 4 + ["this"]


def test_picture_is_of_the_planted_shift(tmp_path: Path) -> None:
    comparison = found(weeks(tmp_path / "r.duckdb", [*STEADY, *(4 * n for n in STEADY)]))
    picture_comparison(comparison, tmp_path / "c.svg")
    text = (tmp_path / "c.svg").read_text("utf-8").replace("\u00a0", " ")
    assert "new level from 2024-W21" in text
    assert "Events per 1,000 reports read" in text
    picture_comparison(comparison, tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_bytes() == (tmp_path / "c.svg").read_bytes()
