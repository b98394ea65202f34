"""``dragoman panel``: the record as a table of countries or pairs by day, week, month, year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.analysis.output import FORMS, PICTURES, check_place
from dragoman.analysis.panel import PanelJob, Unit, open_panel
from dragoman.analysis.periods import By, label, read_day
from dragoman.cli.colours import QUADS
from dragoman.cli.counted import AuxOption, ConfidenceOption  # noqa: TC001 - Typer reads them
from dragoman.cli.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.analysis.panel import Panel

SHOWN = 25
"""Units of the table in the terminal."""
_BARS = "▁▂▃▄▅▆▇█"
_WIDTHS = (8, 26)
"""Least and most characters of a unit's shape over time."""
_OTHERS = 68
"""Characters that the other columns take."""


def panel(  # noqa: PLR0913, PLR0917 - one argument an option
    record: Annotated[Path, typer.Argument(help="A record: NAME.duckdb of dragoman code.")],
    unit: Annotated[Unit, typer.Option(help="Whether a row is a pair's or a country's.")] = "dyad",
    by: Annotated[By, typer.Option(help="The period of a row; weeks are ISO 8601's.")] = "month",
    directed: Annotated[
        bool | None,
        typer.Option(
            "--directed/--undirected",
            help="Dyads: tell A to B from B to A (as they do unless told). Countries: count only"
            " what a country does (unless told, all it takes part in).",
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="DATE",
            help="A day (or YYYY-MM, or YYYY) of the first period. [default: first report]",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="DATE",
            help="A day (or YYYY-MM, or YYYY) of the last period. [default: last report]",
        ),
    ] = None,
    countries: Annotated[
        str | None,
        typer.Option(
            metavar="IRN,RUS",
            help="Only these; of dyads the pairs among them, or all pairs with the only one."
            " They are in the panel even when nothing happened.",
        ),
    ] = None,
    aux: AuxOption = "plain",
    min_confidence: ConfidenceOption = 0.0,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write every row: NAME.csv, NAME.parquet or NAME.jsonl. Without it: the busiest"
            " units here.",
        ),
    ] = None,
    picture: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Draw the busiest units: NAME.svg, NAME.png, or NAME.json (Vega-Lite, with its"
            " data).",
        ),
    ] = None,
) -> None:
    """Count events by country or pair and by period, zeros included.

    Who does what to whom, month by month, for R or pandas:

        dragoman panel news.duckdb --out panel.csv

    One pair by week, whoever acts, as a picture:

        dragoman panel news.duckdb --by week --undirected --countries IRN,RUS --picture a.svg

    What three countries do, by year:

        dragoman panel news.duckdb --unit country --directed --by year --countries IRN,RUS,CHN

    A row has events by quad class and by type, sums and means of PLOVER's
    scale and of Goldstein's, and the reports read in the period: 0 events in
    a period without reports is not peace. An event counts once in a row, and
    once for each pair when a side has several countries. An event dated to a
    month enters panels by month and by year, not by day. docs/analysis.md
    has every column and rule.
    """
    job = PanelJob(
        record=record,
        unit=unit,
        by=by,
        directed=directed,
        since=read_day(since, "--from"),
        until=read_day(until, "--to", last=True),
        countries=tuple((countries or "").split(",")) if countries else (),
        aux=aux,
        min_confidence=min_confidence,
    )
    table_path = check_place(out, "--out", tuple(FORMS))
    picture_path = check_place(picture, "--picture", PICTURES)
    errors = Console(stderr=True)
    with errors.status("counting") if errors.is_terminal else _quiet():
        _make(job, table_path, picture_path, errors)


def _make(job: PanelJob, table: Path | None, picture: Path | None, errors: Console) -> None:
    """Count, write and show."""
    with open_panel(job) as made:
        if table:
            made.write(table)
        else:
            console = Console()
            console.print(_table(made, console.width))
        if picture:
            # Drawing is slow to load.
            from dragoman.analysis.panel_picture import picture_panel  # noqa: PLC0415

            picture_panel(made, picture)
        for line in _summary(made, [path for path in (table, picture) if path]):
            errors.print(Text(plain(line)), soft_wrap=True)


class _quiet:  # noqa: N801 - stands where a function would
    """A context that shows nothing."""

    def __enter__(self) -> None:
        """Do nothing."""

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


def _table(made: Panel, width: int) -> Table | Text:
    """Return the busiest units over the whole range."""
    units = made.totals(SHOWN)
    if not units:
        return Text("No units: no dated event passes; see what is left out below.")
    table = Table(box=SIMPLE_HEAD, header_style="bold", caption_justify="left", pad_edge=False)
    table.caption = _caption(made, len(units))
    table.add_column("country" if made.job.unit == "country" else "pair", no_wrap=True)
    for heading in ("events", "per 1,000 reports"):
        table.add_column(heading, justify="right", min_width=6)
    for style, name in QUADS.values():
        table.add_column(Text(_short(name), style=style), justify="right", min_width=6)
    table.add_column("mean scale", justify="right")
    table.add_column("over time", no_wrap=True)
    least, most = _WIDTHS
    for unit in units:
        table.add_row(*_cells(unit, made, max(least, min(most, width - _OTHERS))))
    return table


def _short(name: str) -> str:
    """Return a quad class's name for a narrow column."""
    return name.replace("eration", ".").replace("conflict", "conf.").replace("erial", ".")


def _caption(made: Panel, shown: int) -> Text:
    """Return what the table shows of the panel."""
    first, last = (label(day, made.job.by) for day in _ends(made))
    more = f"; the {shown} busiest of {made.units:,}" if made.units > shown else ""
    return Text(f"By {made.job.by}, {first} to {last}{more}. Over time: per 1,000 reports read.")


def _ends(made: Panel) -> tuple[Any, Any]:
    """Return the first days of the first and the last period."""
    from dragoman.analysis.periods import first_day  # noqa: PLC0415

    return made.first, first_day(made.last, made.job.by)


def _cells(unit: dict[str, Any], made: Panel, width: int) -> Iterator[Text]:
    """Yield the cells of one unit."""
    arrow = " → " if made.job.is_directed else " – "
    country = unit["name_a"] or unit["code_a"]
    pair = arrow.join((unit["code_a"], unit["code_b"]))
    yield Text(plain(country if made.job.unit == "country" else pair))
    yield Text(f"{unit['events']:,}")
    yield Text(_number(unit["events_per_1000_reports"]))
    names = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
    for name, (style, _) in zip(names, QUADS.values(), strict=True):
        count = unit[f"n_{name}"]
        yield Text(f"{count:,}", style=style if count else "dim")
    yield Text(_number(unit["scale_mean"], "+.1f"))
    yield Text(shape(unit["shape"], width))


def _number(value: float | None, form: str = ",.1f") -> str:
    """Return a number, or a dash for none."""
    return "–" if value is None else format(value, form)


def shape(values: list[float | None], width: int) -> str:
    """Return values as a row of bars; a blank where there is none, a low bar for zero."""
    size = max(1, -(-len(values) // width))
    groups = [
        [v for v in values[i : i + size] if v is not None] for i in range(0, len(values), size)
    ]
    means = [sum(group) / len(group) if group else None for group in groups]
    top = max((mean for mean in means if mean), default=1.0)
    return "".join(" " if mean is None else _BARS[min(7, int(8 * mean / top))] for mean in means)


def _summary(made: Panel, written: list[Path]) -> Iterator[str]:
    """Yield what was made and what was left out, a line each."""
    left, by = made.left_out, made.job.by
    yield (
        f"{made.units:,} units by {made.periods:,} {by}s, {made.units * made.periods:,} rows;"
        f" {left.kept:,} events counted"
    )
    reasons = (
        (left.undated, "without a date"),
        (left.coarse, f"that span more than a {by}, or are dated less exactly"),
        (left.before, f"before {made.first}; give --from to count them"),
        (left.after, f"after {made.last}; give --to to count them"),
    )
    for count, reason in reasons:
        if count:
            yield f"left out: {count:,} events {reason}"
    for path in written:
        yield f"written to {path}"
    if not written:
        yield "every row and column: --out panel.csv (.parquet, .jsonl); drawn: --picture panel.svg"
