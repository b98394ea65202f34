"""``dragoman store``: look after a record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.plain import plain
from dragoman.record import to_json
from dragoman.store import OutputError
from dragoman.store import check as record_check
from dragoman.stories.settings import read

SHOWN = 50
"""Groups of duplicates in the terminal; all of them are written with ``--out``."""
DAMAGED = 1
"""Exit code of a check that finds faults."""

store = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
Record = Annotated[Path, typer.Argument(help="A .duckdb file that dragoman code has written.")]


@store.callback()
def _about() -> None:
    """Look after a record: whether it is whole, what made it, what changed, joined otherwise.

    dragoman store check news.duckdb

    dragoman store revisions news.duckdb --since 3 --out changes.jsonl
    """


@store.command()
def check(record: Record) -> None:
    """Say what a record holds and whether it is whole; exit code 1 when it is not.

        dragoman store check news.duckdb

    Every table is held against the others, and every sentence against its report's text.
    """
    s = record_check.state(record)
    typer.echo(
        f"version {s.version}: {s.reports:,} reports, {s.mentions:,} mentions,"
        f" {s.accounts:,} accounts, {s.events:,} events, {s.runs:,} runs"
    )
    if s.unjoined:
        typer.echo(
            f"{s.unjoined:,} accounts are not joined with other reports yet: a run was broken off;"
            " run the same command again, or dragoman store join"
        )
    found = record_check.faults(record)
    for fault in found:
        typer.echo(f"fault: {fault.fault}: {fault.cases:,}, first {plain(fault.first)}", err=True)
    if found:
        raise typer.Exit(DAMAGED)
    typer.echo("whole")


@store.command()
def join(
    record: Record,
    window: Annotated[
        int | None, typer.Option(min=0, max=31, help="Days that dates of one event may lie apart.")
    ] = None,
    distance: Annotated[
        float | None, typer.Option(min=0.1, help="Kilometres that its places may lie apart.")
    ] = None,
    directed: Annotated[
        bool | None,
        typer.Option(
            "--directed/--undirected", help="Whether who did it to whom tells events apart."
        ),
    ] = None,
    threshold: Annotated[
        int | None, typer.Option(help="Points to be one event: higher joins less.")
    ] = None,
) -> None:
    """Join the accounts of different reports into events, with other settings if given.

    The settings are kept in the record, and later runs join with them:

        dragoman store join news.duckdb --window 2 --distance 5
    """
    given = {
        "window_days": window,
        "distance_km": distance,
        "directed": directed,
        "threshold": threshold,
    }
    settings = record_check.settings_of(record).model_dump()
    settings |= {name: value for name, value in given.items() if value is not None}
    changed = record_check.rejoin(record, read(settings, "options"))
    typer.echo(f"{changed:,} events made, changed or withdrawn")


@store.command()
def duplicates(
    record: Record,
    out: Annotated[
        Path | None, typer.Option(help="Write JSON lines here instead of a table.")
    ] = None,
) -> None:
    """List reports that repeat another almost word for word, as wire stories do.

        dragoman store duplicates news.duckdb

    The original is the earliest of a group. Nothing is taken out of the record: its table
    duplicates has a row for every report that repeats another, and queries can leave them out.
    """
    found = record_check.duplicates(record)
    if out is not None:
        _write(out, "".join(to_json(group).decode() + "\n" for group in found))
        typer.echo(f"{len(found):,} groups written to {out}", err=True)
        return
    table = Table("original", "published", "outlet", "copies", "carried by")
    for group in found[:SHOWN]:
        others = sorted({copy.outlet for copy in group.reports if copy.outlet})
        shown = (group.original, group.published or "", group.outlet or "", f"{group.copies:,}")
        table.add_row(*(Text(plain(cell)) for cell in (*shown, ", ".join(others[:5]))))
    Console().print(table)
    copies = sum(group.copies for group in found)
    typer.echo(f"{copies:,} reports repeat {len(found):,} others", err=True)


@store.command()
def runs(record: Record) -> None:
    """List the runs that wrote into a record.

        dragoman store runs news.duckdb

    A run that was broken off has no end; the next one went on with its work.
    """
    table = Table("run", "command", "started", "finished", "reports", "inputs")
    for row in record_check.runs(record):
        cells = (row["run"], row["command"], row["started"], row["finished"] or "broken off")
        shown = (*cells, row["reports"], ", ".join(row["inputs"]))
        table.add_row(*(Text(plain(str(cell))) for cell in shown))
    Console().print(table)


@store.command()
def revisions(
    record: Record,
    since: Annotated[int, typer.Option(help="A run: what changed after it. See store runs.")] = 0,
    out: Annotated[
        Path | None, typer.Option(help="Write JSON lines here instead of printing them.")
    ] = None,
) -> None:
    """List events added, changed and withdrawn since a run: published data is cited.

        dragoman store revisions news.duckdb --since 3 --out changes.jsonl

    A line has the run, the change, the event's id, for a withdrawn event the one that took its
    place (became), and how it stood before.
    """
    found = record_check.revisions(record, since)
    lines = "".join(json.dumps(_line(row), sort_keys=True) + "\n" for row in found)
    if out is None:
        typer.echo(lines, nl=False)
        return
    _write(out, lines)
    typer.echo(f"{len(found):,} revisions written to {out}", err=True)


def _write(out: Path, lines: str) -> None:
    """Write a file that appears whole.

    Raises:
        OutputError: it cannot be written.
    """
    unfinished = out.with_name(out.name + ".part")
    try:
        unfinished.write_text(lines, encoding="utf-8")
        unfinished.replace(out)
    except OSError as error:
        raise OutputError(
            f"{out}: cannot be written ({error.strerror}); make its folder first or name another"
        ) from error


def _line(row: dict[str, object]) -> dict[str, object]:
    """Return a revision with its event as it stood before as JSON, not as text."""
    before = row["before"]
    return {**row, "before": None if before is None else json.loads(str(before))}
