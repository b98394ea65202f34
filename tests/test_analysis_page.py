"""The page on analysis says what is there, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from made_records import Happening, make_record

from dragoman.analysis.panel import panel_columns

if TYPE_CHECKING:
    import pandas as pd

PAGE = (Path(__file__).parent.parent / "docs" / "analysis.md").read_text("utf-8")
EVENTS = [
    Happening("2024-01-03", "IRN", "RUS"),
    Happening("2024-02-05", "IRN", "RUS", "ASSAULT", accounts=2),
]


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return make_record(tmp_path / "news.duckdb", EVENTS, ["2024-01-04", "2024-02-05"])


def test_every_column_is_on_the_page() -> None:
    for unit in ("country", "dyad"):
        for by in ("day", "week", "month", "year"):
            for column in panel_columns(unit, by):
                assert f"| `{column.name}` |" in PAGE
                assert column.doc in PAGE


def test_columns_of_the_views_are_on_the_page(record: Path) -> None:
    quads = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    with duckdb.connect(str(record), read_only=True) as connection:
        for view in ("dyad_days", "country_months", "reports_read", "timeline('IRN', 'RUS')"):
            start = f"| `{view.partition('(')[0]}"
            line = [x for x in PAGE.splitlines() if x.startswith(start)][-1]
            told = line.split(" | ")[-1].replace("the four quad classes", " ".join(quads))
            names = re.findall(r"\w+", told)
            found = [column[0] for column in connection.execute(f"FROM {view}").description]
            assert names == found


@pytest.mark.parametrize("query", blocks("sql"))
def test_examples_of_sql_run(record: Path, query: str) -> None:
    with duckdb.connect(str(record), read_only=True) as connection:
        assert len(connection.execute(query).fetchall()) == 2


def test_example_of_pandas_runs(record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(record.parent)
    names: dict[str, Any] = {}
    (example,) = blocks("python")
    exec(example, names)  # noqa: S102 - the page is ours
    months: pd.DataFrame = names["months"]
    assert months["events"].tolist() == [1, 1]
    assert months["material_conflict"].tolist() == [0, 1]
