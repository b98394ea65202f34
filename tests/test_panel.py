"""Panels counted by hand: zeros, several countries on a side, weeks at the year's end."""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_records import CAMEO, QUADS, Happening, make_record
from test_cli_code import run

from dragoman import ontology
from dragoman.actors.knowledge import Knowledge
from dragoman.analysis import periods
from dragoman.analysis.codes import load_codes
from dragoman.analysis.panel import PanelJob, open_panel, panel_columns
from dragoman.analysis.panel_picture import picture_panel
from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

KNOWN = Knowledge.load()
EVENTS = (
    Happening("2024-01-03", "IRN", "RUS"),
    Happening("2024-01-05", "IRN ? IRN", "RUS CHN", "ASSAULT", accounts=3),
    Happening("2024-03-05", "RUS UNO", "IRN", "ACCUSE", accounts=2),
    Happening("2024-03-09", "IRN RUS", "IRN RUS", "AID"),
    Happening("2024-03-10", "IRN", "IRN", "ASSAULT"),
    Happening("2024-03-11", "IRN", "RUS", aux=("future",)),
    Happening("2024-03-12", "IRN", "RUS", confidence=0.2),
    Happening("2024-03-13", "?", "RUS"),
    Happening(None, "IRN", "RUS"),
)
PUBLISHED = ["2024-01-04"] * 4 + ["2024-03-09", "2024-03-31", None]


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return make_record(tmp_path / "record.duckdb", EVENTS, PUBLISHED)


def rows(record: Path, **asked: Any) -> list[dict[str, Any]]:
    with open_panel(PanelJob(record, **asked), KNOWN) as panel:
        return list(panel.rows())


def cells(record: Path, column: str = "events", **asked: Any) -> dict[tuple[str, ...], list[Any]]:
    """Return a column by unit, period by period."""
    found: dict[tuple[str, ...], list[Any]] = {}
    for row in rows(record, **asked):
        unit = (row["code_a"], row["code_b"]) if "code_a" in row else (row["code"],)
        found.setdefault(unit, []).append(row[column])
    return found


def test_directed_dyads_by_month(record: Path) -> None:
    assert cells(record, min_confidence=0.5) == {
        ("IRN", "CHN"): [1, 0, 0],
        ("IRN", "RUS"): [2, 0, 1],
        ("RUS", "IRN"): [0, 0, 2],
        ("UNO", "IRN"): [0, 0, 1],
    }


def test_undirected_dyads_count_an_event_once(record: Path) -> None:
    assert cells(record, directed=False, min_confidence=0.5) == {
        ("CHN", "IRN"): [1, 0, 0],
        ("IRN", "RUS"): [2, 0, 2],
        ("IRN", "UNO"): [0, 0, 1],
    }


def test_countries_on_any_side_and_as_actors(record: Path) -> None:
    assert cells(record, unit="country", min_confidence=0.5) == {
        ("CHN",): [1, 0, 0],
        ("IRN",): [2, 0, 3],
        ("RUS",): [2, 0, 3],
        ("UNO",): [0, 0, 1],
    }
    assert cells(record, unit="country", directed=True, min_confidence=0.5) == {
        ("IRN",): [2, 0, 2],
        ("RUS",): [0, 0, 2],
        ("UNO",): [0, 0, 1],
    }
    domestic = cells(record, "events_domestic", unit="country", min_confidence=0.5)
    assert domestic["IRN",] == [0, 0, 2]
    assert domestic["RUS",] == [0, 0, 1]


def test_every_column_of_one_row(record: Path) -> None:
    first, _, last = rows(record, countries=("IRN", "RUS"), min_confidence=0.5)[:3]
    types = {f"n_{name.lower()}": 0 for name in ontology.load().types}
    assert first == types | {
        "code_a": "IRN", "iso3_a": "IRN", "name_a": "Iran",
        "cown_a": 630, "cowc_a": "IRN", "gwn_a": 630,
        "code_b": "RUS", "iso3_b": "RUS", "name_b": "Russia",
        "cown_b": 365, "cowc_b": "RUS", "gwn_b": 365,
        "date": dt.date(2024, 1, 1), "year": 2024, "month": 1,
        "events": 2, "accounts": 4,
        "n_verbal_cooperation": 1, "n_material_cooperation": 0,
        "n_verbal_conflict": 0, "n_material_conflict": 1,
        "n_consult": 1, "n_assault": 1,
        "scale_sum": -7.0, "scale_mean": -3.5,
        "n_goldstein": 1, "goldstein_sum": 1.0, "goldstein_mean": 1.0,
        "reports_read": 4, "events_per_1000_reports": 500.0, "accounts_per_1000_reports": 1000.0,
    }  # fmt: skip
    assert (last["scale_sum"], last["goldstein_mean"], last["reports_read"]) == (10.0, 7.0, 2)


def test_month_without_reports_is_no_peace(record: Path) -> None:
    empty = rows(record, countries=("IRN", "RUS"))[1]
    assert empty["date"] == dt.date(2024, 2, 1)
    assert (empty["events"], empty["scale_sum"], empty["reports_read"]) == (0, 0.0, 0)
    assert empty["scale_mean"] is empty["goldstein_mean"] is None
    assert empty["events_per_1000_reports"] is empty["accounts_per_1000_reports"] is None


def test_codes_of_no_state_and_of_kosovo(record: Path) -> None:
    row = rows(record, unit="country", countries=("UNO", "KOS"))
    un, kosovo = row[-1], row[0]
    assert [un[c] for c in ("iso3", "cown", "cowc", "gwn")] == [None] * 4
    assert (un["code"], un["name"]) == ("UNO", "United Nations")
    assert [kosovo[c] for c in ("iso3", "cown", "cowc", "gwn")] == [None, 347, "KOS", 347]


def test_every_state_with_a_number_has_its_abbreviation() -> None:
    codes = load_codes(KNOWN)
    assert {c.code for c in codes.values() if (c.cown is None) != (c.cowc is None)} == set()
    made = [c.cowc for c in codes.values() if c.cowc]
    assert len(made) == len(set(made)) > 190
    germany = codes["DEU"]
    assert (germany.cown, germany.cowc, germany.gwn) == (255, "GMY", 260)


def test_weeks_at_the_years_end(tmp_path: Path) -> None:
    days = ("2020-12-31", "2021-01-03", "2021-01-04", "2024-12-29", "2024-12-30", "2025-01-05")
    record = make_record(tmp_path / "r.duckdb", [Happening(d, "IRN", "RUS") for d in days])
    found = [
        (r["isoyear"], r["isoweek"], r["date"].isoformat(), r["events"])
        for r in rows(record, by="week")
        if r["events"]
    ]
    assert found == [
        (2020, 53, "2020-12-28", 2),
        (2021, 1, "2021-01-04", 1),
        (2024, 52, "2024-12-23", 1),
        (2025, 1, "2024-12-30", 2),
    ]
    assert "year" not in rows(record, by="week")[0]


@pytest.mark.parametrize(
    ("enddate", "held_by"),
    [
        (None, ["day", "week", "month", "year"]),
        ("2024-03-01", ["day", "week", "month", "year"]),
        ("2024-03-02", ["week", "month", "year"]),
        ("2024-03-07", ["week", "month", "year"]),
        ("2024-03-08", ["month", "year"]),
        ("2024-03-31", ["month", "year"]),
        ("2024-04-01", ["year"]),
        ("2025-03-01", ["year"]),
        ("2025-03-02", []),
    ],
)
def test_event_enters_panels_as_coarse_as_its_date(
    tmp_path: Path, enddate: str | None, held_by: list[str]
) -> None:
    happening = Happening("2024-03-01", "IRN", "RUS", enddate=enddate)
    record = make_record(tmp_path / "r.duckdb", [happening], ["2024-03-04"])
    for by in ("day", "week", "month", "year"):
        job = PanelJob(record, by=by, since=dt.date(2024, 3, 1))
        with open_panel(job, KNOWN) as panel:
            assert sum(r["events"] for r in panel.rows()) == (by in held_by)
            assert panel.left_out.coarse == (by not in held_by)


def test_range_is_whole_periods_and_says_what_it_leaves_out(record: Path) -> None:
    job = PanelJob(record, since=dt.date(2024, 3, 20), until=dt.date(2024, 3, 20))
    with open_panel(job, KNOWN) as panel:
        assert (panel.first, panel.last) == (dt.date(2024, 3, 1), dt.date(2024, 3, 31))
        assert panel.units == 4  # of the whole record, not of the range
        assert vars(panel.left_out) == {
            "undated": 1, "coarse": 0, "before": 2, "after": 0, "kept": 3,
        }  # fmt: skip


def test_named_units_are_there_whatever_happened(record: Path) -> None:
    assert cells(record, countries=("FRA", "RUS"), unit="country")["FRA",] == [0, 0, 0]
    assert cells(record, countries=("FRA", "DEU"), directed=False) == {("DEU", "FRA"): [0, 0, 0]}
    assert set(cells(record, countries=("FRA", "DEU"))) == {("FRA", "DEU"), ("DEU", "FRA")}
    assert set(cells(record, countries=("UNO",))) == {("UNO", "IRN")}


def test_auxiliary_modes_and_confidence(record: Path) -> None:
    asked: dict[str, Any] = {"countries": ("IRN", "RUS")}
    assert cells(record, **asked)["IRN", "RUS"] == [2, 0, 2]
    assert cells(record, **asked, aux="all")["IRN", "RUS"] == [2, 0, 3]
    assert cells(record, **asked, aux="all", min_confidence=0.95)["IRN", "RUS"] == [0, 0, 0]


def test_types_of_the_sql_are_the_ontologys() -> None:
    names = {column.name for column in panel_columns("dyad", "day")}
    assert {f"n_{name.lower()}" for name in ontology.load().types} <= names


def test_order_of_events_changes_no_byte(tmp_path: Path) -> None:
    written: dict[str, set[bytes]] = {}
    for seed in range(3):
        events, published = list(EVENTS) * 5, list(PUBLISHED)
        random.Random(seed).shuffle(events)  # noqa: S311 - no secret
        random.Random(seed).shuffle(published)  # noqa: S311
        record = make_record(tmp_path / f"{seed}.duckdb", events, published)
        with open_panel(PanelJob(record), KNOWN) as panel:
            for name in ("a.csv", "a.parquet", "a.jsonl", "a.svg", "a.png", "a.json"):
                path = tmp_path / name
                (picture_panel if path.suffix[1:] in {"svg", "png", "json"} else _write)(
                    panel, path
                )
                written.setdefault(name, set()).add(path.read_bytes())
    assert {name: len(made) for name, made in written.items()} == dict.fromkeys(written, 1)
    assert b"http" not in b"".join(written["a.svg"]).replace(b"http://www.w3.org", b"")


def _write(panel: Any, path: Path) -> None:
    panel.write(path)


def test_pandas_reads_what_is_written(record: Path, tmp_path: Path) -> None:
    with open_panel(PanelJob(record), KNOWN) as panel:
        expected = pd.DataFrame(list(panel.rows()))
        for ending in ("csv", "parquet", "jsonl"):
            panel.write(tmp_path / f"p.{ending}")
    read = {
        "csv": pd.read_csv(tmp_path / "p.csv", parse_dates=["date"]),
        "parquet": pd.read_parquet(tmp_path / "p.parquet"),
        "jsonl": pd.read_json(tmp_path / "p.jsonl", lines=True),
    }
    expected["date"] = pd.to_datetime(expected["date"])
    for frame in read.values():
        frame["date"] = pd.to_datetime(frame["date"])
        assert list(frame.columns) == list(expected.columns)
        assert all(name == name.lower() and name.isidentifier() for name in frame.columns)
        pd.testing.assert_frame_equal(frame, expected, check_dtype=False)
        assert not frame.duplicated(["code_a", "code_b", "year", "month"]).any()


Dates = st.dates(dt.date(2023, 12, 20), dt.date(2024, 3, 10))
Sides = st.lists(st.sampled_from(["IRN", "RUS", "CHN", "?"]), min_size=1, max_size=3)


@given(
    events=st.lists(
        st.tuples(Dates, Sides, Sides, st.sampled_from(sorted(QUADS))), min_size=1, max_size=12
    ),
    cut=Dates,
    by=st.sampled_from(["day", "week", "month", "year"]),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_totals_are_the_dyads_over_any_split(
    tmp_path_factory: pytest.TempPathFactory, events: list[Any], cut: dt.date, by: periods.By
) -> None:
    made = [Happening(str(d), " ".join(a), " ".join(b), kind) for d, a, b, kind in events]
    record = make_record(tmp_path_factory.mktemp("split") / "r.duckdb", made)
    with duckdb.connect(str(record), read_only=True) as connection:
        pairs: Iterable[Any] = connection.execute(
            "SELECT source, target, count(DISTINCT id) FROM dyads"
            " WHERE source <> target GROUP BY ALL"
        ).fetchall()
        found: Iterable[Any] = connection.execute(
            "SELECT source, target, CAST(sum(events) AS BIGINT) FROM dyad_days"
            " WHERE source <> target GROUP BY ALL"
        ).fetchall()
    assert sorted(found) == sorted(pairs)
    start = periods.first_day(dt.date(2023, 12, 20), by)
    middle = periods.first_day(cut, by)
    parts = [(start, middle - dt.timedelta(days=1)), (middle, dt.date(2024, 3, 10))]
    totals: dict[tuple[str, str], int] = {}
    for since, until in parts:
        if since > until:
            continue
        for row in rows(record, by=by, since=since, until=until):
            unit = row["code_a"], row["code_b"]
            totals[unit] = totals.get(unit, 0) + row["events"]
            quads = [row[n] for n in row if n.startswith("n_") and n.endswith(("ion", "ict"))]
            assert sum(quads) == row["events"]
    assert totals == {(a, b): n for a, b, n in pairs}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nope.duckdb"], "no such file"),
        (["record.duckdb", "--countries", "IRAN"], "did you mean IRN?"),
        (["record.duckdb", "--from", "2024-13-01"], "no date"),
        (["record.duckdb", "--from", "2025", "--to", "2024"], "ends before it begins"),
        (["record.duckdb", "--out", "panel.xlsx"], "unknown kind"),
        (["record.duckdb", "--out", "nowhere/panel.csv"], "cannot be written there"),
        (["record.duckdb", "--picture", "panel.gif"], "unknown kind"),
        (["other.duckdb"], "expected a record of this version"),
        (["broken.duckdb"], "cannot be opened as a DuckDB file"),
        (["bare.duckdb"], "no report has a publication date"),
        (["record.duckdb", "--by", "day", "--from", "0001", "--to", "2020"], "choose with"),
    ],
)
def test_bad_arguments_are_one_line(
    tmp_path: Path,
    arguments: list[str],
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make_record(tmp_path / "record.duckdb", EVENTS, PUBLISHED)
    monkeypatch.setattr("dragoman.analysis.panel.MOST_ROWS", 10_000)
    (tmp_path / "broken.duckdb").write_bytes(b"no database" * 1000)
    make_record(tmp_path / "bare.duckdb", [])
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE events (id VARCHAR, date VARCHAR)")
    monkeypatch.chdir(tmp_path)
    assert run(["panel", *arguments], monkeypatch) == 2
    said = capsys.readouterr()
    assert message in said.err
    assert (said.err.count("\n"), said.out) == (1, "")
    assert not list(tmp_path.glob("*.part"))


def test_command_writes_shows_and_says_what_is_left_out(
    record: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    before = record.read_bytes()
    monkeypatch.setenv("COLUMNS", "100")
    assert run(["panel", str(record), "--by", "day"], monkeypatch) == 0
    said = capsys.readouterr()
    assert "IRN → RUS" in said.out
    assert "left out: 1 events without a date" in said.err
    assert "left out: 1 events before 2024-01-04; give --from" in said.err
    out, picture = tmp_path / "p.csv", tmp_path / "p.svg"
    arguments = ["panel", str(record), "--out", str(out), "--picture", str(picture)]
    assert run(arguments, monkeypatch) == 0
    assert len(out.read_text().splitlines()) == 1 + 4 * 3
    assert "Iran → Russia leads 4 pairs with 4 events" in picture.read_text().replace("\u00a0", " ")
    assert record.read_bytes() == before


def test_periods() -> None:
    day = dt.date(2024, 2, 29)
    assert [periods.label(periods.first_day(day, by), by) for by in periods.LONGEST] == [
        "2024-02-29", "2024-W09", "2024-02", "2024",
    ]  # fmt: skip
    assert periods.step(dt.date(2024, 1, 1), "month", -1) == dt.date(2023, 12, 1)
    assert periods.last_day(dt.date(2023, 12, 1), "month") == dt.date(2023, 12, 31)
    assert periods.read_day("2024-02", "--to", last=True) == day
    with pytest.raises(InputError, match="beyond the calendar"):
        periods.step(dt.date(9999, 1, 1), "year")


def test_views_for_people(record: Path) -> None:
    with duckdb.connect(str(record), read_only=True) as connection:
        ask = lambda query: connection.execute(query).fetchall()  # noqa: E731
        assert ask("SELECT date, reports, outlets FROM reports_read ORDER BY date")[0] == (
            dt.date(2024, 1, 4), 4, 2,
        )  # fmt: skip
        assert ask(
            "SELECT events, accounts, material_conflict, scale_sum, reports_read FROM dyad_days"
            " WHERE source = 'IRN' AND target = 'RUS' AND date = '2024-01-05'"
        ) == [(1, 3, 1, -9.5, 0)]
        assert ask(
            "SELECT month, events, reports_read FROM country_months WHERE country = 'IRN'"
            " ORDER BY month"
        ) == [(dt.date(2024, 1, 1), 2, 4), (dt.date(2024, 3, 1), 4, 2)]
        assert ask("SELECT count(*), min(cameo_goldstein) FROM timeline('RUS', 'IRN')") == [
            (7, CAMEO["ACCUSE"][1])
        ]
