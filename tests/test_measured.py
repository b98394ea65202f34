"""Evaluations by halves: numbers by name, floors, tables, misses without texts."""

from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from dragoman.cli.floors import Floors, below
from dragoman.cli.measured import Asked, show, table
from dragoman.errors import InputError
from dragoman.evaluation.counting import Share
from dragoman.evaluation.kinds import evaluator_of
from dragoman.evaluation.measured import Measured, Part, Slip, fingerprint, half

if TYPE_CHECKING:
    from pathlib import Path

NOTHING = Share(None, None, None)
MEASURED = Measured(
    title="Places",
    unit="reports",
    sha256="0" * 64,
    parts={
        "dev": Part(3, {"f1": Share(0.5, 0.25, 0.75)}, {"gold": 7}),
        "held": Part(2, {"f1": Share(0.25, 0.1, 0.5), "near": NOTHING}, {"gold": 4}),
    },
    slips=(Slip("r1", "not found", "a sentence of the gold", {"start": 4}),),
)  # fmt: skip


def shown(measured: Measured) -> str:
    """Return the table as the terminal shows it."""
    console = Console(file=StringIO(), width=100)
    console.print(table(measured))
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_every_number_has_a_name() -> None:
    assert MEASURED.measures() == {
        "dev.reports": 3.0, "dev.gold": 7.0, "dev.f1": 0.5,
        "held.reports": 2.0, "held.gold": 4.0, "held.f1": 0.25,
    }  # fmt: skip


def test_table_shows_parts_side_by_side_and_empty_bases_as_dashes() -> None:
    text = shown(MEASURED)
    assert "50.0 (25-75)" in text
    assert "25.0 (10-50)" in text
    assert "-" in next(line for line in text.splitlines() if "near" in line)


def test_sunk_measure_is_named_with_its_floor() -> None:
    lines = below("gold", "0" * 64, MEASURED.measures(), Floors(floors={"held.f1": 0.3}))
    assert lines == ["held.f1: 0.250 is below its floor 0.300"]


def test_floors_of_other_gold_are_refused() -> None:
    with pytest.raises(InputError, match="fingerprint"):
        below("gold", "0" * 64, MEASURED.measures(), Floors(sha256="1" * 64, floors={}))
    with pytest.raises(InputError, match="no measure recall"):
        below("gold", "0" * 64, MEASURED.measures(), Floors(floors={"recall": 1.0}))


def test_file_of_misses_holds_no_text_of_the_gold(tmp_path: Path) -> None:
    show(MEASURED, Asked(str(tmp_path / "misses.jsonl"), tmp_path / "numbers.json"))
    row = json.loads((tmp_path / "misses.jsonl").read_text())
    assert row == {"id": "r1", "kind": "not found", "start": 4}
    assert "sentence of the gold" not in (tmp_path / "numbers.json").read_text()


def test_halves_are_stable_and_both_filled() -> None:
    assert {half(f"report-{n}") for n in range(20)} == {"dev", "held"}
    assert half("report-1") == half("report-1")


def test_fingerprint_of_a_folder_tells_files_and_names(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("x")
    first = fingerprint(tmp_path, "*.yaml")
    (tmp_path / "a.yaml").rename(tmp_path / "b.yaml")
    assert fingerprint(tmp_path, "*.yaml") != first


def test_folder_without_gold_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gold/happenings"):
        evaluator_of(tmp_path)


def test_file_of_events_has_no_evaluator_of_its_own(tmp_path: Path) -> None:
    assert evaluator_of(tmp_path / "gold.jsonl") is None
