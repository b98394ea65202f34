"""How ``dragoman evaluate`` shows and writes what an evaluator counted."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.evaluation import Share
    from dragoman.evaluation.measured import Measured


@dataclass(frozen=True, slots=True)
class Asked:
    """What to write beside the table."""

    misses: str | None
    """A path for JSON lines, ``-`` to print."""
    json_path: Path | None


class Counted(NamedTuple):
    """What floors are held against."""

    name: str
    sha256: str
    measures: Mapping[str, float]


def show(measured: Measured, asked: Asked) -> None:
    """Print the table and write what was asked for."""
    console = Console()
    if asked.misses == "-":
        for slip in measured.slips:
            console.print(f"{slip.id}  {slip.kind}\n{slip.text}\n", markup=False, highlight=False)
    elif asked.misses:
        rows = ({"id": s.id, "kind": s.kind, **s.codes} for s in measured.slips)
        lines = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
        Path(asked.misses).write_text(lines, encoding="utf-8")
    if asked.json_path:
        numbers = json.dumps(as_numbers(measured), indent=2)
        asked.json_path.write_text(numbers + "\n", encoding="utf-8")
    console.print(table(measured))


def as_numbers(measured: Measured) -> dict[str, Any]:
    """Return everything ``--json`` writes; no text of the gold is in it."""
    parts = {
        name: {
            measured.unit: part.size,
            **part.counts,
            **{measure: interval(share) for measure, share in part.measures.items()},
        }
        for name, part in measured.parts.items()
    }
    return {
        "title": measured.title,
        "sha256": measured.sha256,
        "parts": parts,
        "measures": measured.measures(),
    }


def table(measured: Measured) -> Table:
    """Return the numbers as a table, a row a measure: shares in per cent, 95% intervals."""
    made = Table(title=f"{measured.title}, %", padding=(0, 0))
    made.add_column("", no_wrap=True)
    for name in measured.parts:
        made.add_column(name, no_wrap=True, justify="right")
    parts = measured.parts.values()
    made.add_row(measured.unit, *(str(part.size) for part in parts))
    for name in _names(part.counts for part in parts):
        made.add_row(name.replace("_", " "), *(str(part.counts.get(name, "")) for part in parts))
    made.add_section()
    for name in _names(part.measures for part in parts):
        shares = (part.measures.get(name) for part in parts)
        made.add_row(name.replace("_", " "), *(percent(s) if s else "" for s in shares))
    return made


def _names(parts: Iterable[Mapping[str, object]]) -> list[str]:
    """Return every name once, in the order of their first use."""
    return list(dict.fromkeys(name for part in parts for name in part))


def percent(share: Share) -> str:
    """Return a share and its interval, in per cent."""
    if share.value is None:
        return "-"
    if share.low is None or share.high is None:
        return f"{100 * share.value:.1f}"
    return f"{100 * share.value:.1f} ({100 * share.low:.0f}-{100 * share.high:.0f})"


def interval(share: Share) -> dict[str, float | None]:
    """Return a share as JSON."""
    return {"value": share.value, "low": share.low, "high": share.high}
