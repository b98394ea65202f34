"""What ``dragoman evaluate`` does with a folder of happenings: count the joining of mentions."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table

from dragoman.evaluation.joins import evaluate_joins

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.cli.evaluate import Floors
    from dragoman.evaluation.happenings import Half, Joined


def count_joins(folder: Path, json_path: Path | None, limits: Floors | None) -> list[str]:
    """Count, print, write; return a line for each measure below its floor."""
    import dragoman  # noqa: PLC0415 - the pipeline loads only when there is gold to code

    counted = evaluate_joins(folder, dragoman.load().stream)
    Console().print(_table(counted))
    numbers = {half: _numbers(joined) for half, joined in counted.items()}
    if json_path:
        json_path.write_text(json.dumps(numbers, indent=2) + "\n", encoding="utf-8")
    flat = {f"{half}.{name}": v for half, each in numbers.items() for name, v in each.items()}
    return [
        f"{name}: {flat[name]:.3f} is below its floor {floor:.3f}"
        for name, floor in (limits.floors if limits else {}).items()
        if flat[name] < floor
    ]


def _numbers(joined: Joined) -> dict[str, Any]:
    """Return a count with what is reckoned from it; ``apart`` is the share of pairs kept apart."""
    apart = 1 - joined.mixed / joined.pairs if joined.pairs else 1.0
    return {**asdict(joined), "f1": joined.f1, "apart": apart}


def _table(counted: dict[Half, Joined]) -> Table:
    """Return the counts as a table."""
    table = Table(title="Mentions joined across reports (B-cubed)")
    for heading in ("half", "mentions", "precision", "recall", "F1", "pairs", "mixed"):
        table.add_column(heading, justify="right")
    for half, j in counted.items():
        shares = (f"{share:.3f}" for share in (j.precision, j.recall, j.f1))
        table.add_row(half, str(j.mentions), *shares, str(j.pairs), str(j.mixed))
    return table
