"""``dragoman compare``: a pair or a country against its own past."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.analysis.compare import CompareJob
from dragoman.analysis.compare import compare as run
from dragoman.analysis.output import FORMS, PICTURES, check_place, write_rows
from dragoman.analysis.periods import By, label, read_day
from dragoman.analysis.words import headline, measure_name, side_names
from dragoman.cli.counted import AuxOption, ConfidenceOption  # noqa: TC001 - Typer reads them
from dragoman.cli.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.analysis.compare import Comparison, Line

_STYLES = {"more": "bold", "fewer": "bold", "no clear change": "", "too few events to tell": "dim"}


def compare(  # noqa: PLR0913, PLR0917 - one argument an option
    record: Annotated[Path, typer.Argument(help="A record: NAME.duckdb of dragoman code.")],
    countries: Annotated[
        list[str],
        typer.Argument(metavar="CODE [CODE]", help="One country or two, such as IRN RUS."),
    ],
    by: Annotated[By, typer.Option(help="The period; weeks are ISO 8601's.")] = "week",
    window: Annotated[int, typer.Option(min=1, help="Periods of the recent past.")] = 4,
    baseline: Annotated[
        int, typer.Option(min=2, help="Periods of the whole past, the recent ones among them.")
    ] = 52,
    at: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="A day of the period in question. [default: the last period that is over]",
        ),
    ] = None,
    directed: Annotated[
        bool,
        typer.Option(
            "--directed/--undirected",
            help="Only what the first does to the second (or what the only one does).",
        ),
    ] = False,
    aux: AuxOption = "plain",
    min_confidence: ConfidenceOption = 0.0,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write the comparisons, with their p-values: NAME.csv, .parquet or .jsonl.",
        ),
    ] = None,
    periods: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Write the periods behind them, with shifts and odd ones marked: NAME.csv,"
            " .parquet or .jsonl.",
        ),
    ] = None,
    picture: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Draw the periods: NAME.svg, NAME.png, or NAME.json (Vega-Lite, with its data).",
        ),
    ] = None,
) -> None:
    """Set a pair of countries, or one country, against its own past.

    Is this week out of the ordinary, are the last four?

        dragoman compare news.duckdb IRN RUS

    One country by month, against the last year and the last five:

        dragoman compare news.duckdb TUR --by month --window 12 --baseline 60

    What one does to the other, up to a given week, as a picture:

        dragoman compare news.duckdb RUS UKR --directed --at 2024-03-01 --picture rus_ukr.png

    Rates are events by reports read. A difference is called one when chance
    and the pair's own bursts do not explain it (5% false findings over the
    table); where the events are too few to tell, that is what is said.
    Lasting shifts and odd periods are looked for in all periods shown.
    docs/analysis.md tells how.
    """
    outputs = (
        check_place(out, "--out", tuple(FORMS)),
        check_place(periods, "--periods", tuple(FORMS)),
    )
    drawn = check_place(picture, "--picture", PICTURES)
    found = run(
        CompareJob(
            record=record,
            countries=tuple(countries),
            by=by,
            window=window,
            baseline=baseline,
            at=read_day(at, "--at"),
            directed=directed,
            aux=aux,
            min_confidence=min_confidence,
        )
    )
    _show(found)
    if outputs[0]:
        write_rows([asdict(line) for line in found.lines], outputs[0])
    if outputs[1]:
        write_rows(found.rows(), outputs[1])
    if drawn:
        # Drawing is slow to load.
        from dragoman.analysis.compare_picture import picture_comparison  # noqa: PLC0415

        picture_comparison(found, drawn)
    errors = Console(stderr=True)
    for path in (*outputs, drawn):
        if path:
            errors.print(Text(plain(f"written to {path}")), soft_wrap=True)


def _show(found: Comparison) -> None:
    """Print the finding, the table, and what stands out in the past."""
    console = Console()
    console.print(Text(plain(headline(found)), style="bold"))
    console.print(_table(found))
    for line in _remarks(found):
        console.print(Text(plain(line)))


def _table(found: Comparison) -> Table:
    """Return every measure with its comparisons."""
    by, size = found.job.by, len(found.history) - 1
    window = min(found.job.window, size)
    table = Table(box=SIMPLE_HEAD, header_style="bold", caption_justify="left")
    table.caption = Text(f"Events per 1,000 reports read (scale: its mean). By {by}.")
    table.add_column("", overflow="fold")
    this = label(found.history[-1]["date"], by)
    for heading in (this, f"last {window}", f"last {size}"):
        table.add_column(heading, justify="right", no_wrap=True)
    for line in found.lines[:3]:
        now, past = side_names(found, line)
        table.add_column(f"{now} against {past}", overflow="fold")
    for start in range(0, len(found.lines), 3):
        table.add_row(*_cells(found.lines[start : start + 3]))
    return table


def _cells(lines: list[Line]) -> Iterator[Text]:
    """Yield the cells of one measure: its three rates and what may be said."""
    near, far, _ = lines
    yield Text(measure_name(near.measure))
    if near.measure == "scale_mean":
        values = (near.now, near.past, far.past)
    else:
        values = (near.now_per_1000, near.past_per_1000, far.past_per_1000)
    for value in values:
        yield Text("–" if value is None else f"{value:,.1f}")
    for line in lines:
        yield Text(_said(line), style=_STYLES.get(line.verdict, ""))


def _said(line: Line) -> str:
    """Return a verdict, with the ratio where there is a difference."""
    if line.measure == "scale_mean" and line.verdict in {"more", "fewer"}:
        return f"{'higher' if line.verdict == 'more' else 'lower'} by {abs(line.ratio or 0):.1f}"
    if line.verdict in {"more", "fewer"} and line.ratio:
        return f"{line.verdict}, {line.ratio:.2g} times"
    return line.verdict


def _remarks(found: Comparison) -> Iterator[str]:
    """Yield the lasting shifts and odd periods, and what the past lacks."""
    by, rows, size = found.job.by, found.history, len(found.history) - 1
    for index in found.shifts:
        yield f"lasting shift: another level of events from {label(rows[index]['date'], by)} on"
    for index, kind in found.odd.items():
        row = rows[index]
        yield (
            f"odd: {label(row['date'], by)} has unusually {kind} events"
            f" ({row['events']:,} in {row['reports_read']:,} reports)"
        )
    if size < found.job.baseline:
        yield f"the record holds only {size:,} {by}s before; asked for {found.job.baseline:,}"
    if unread := sum(not row["reports_read"] for row in rows):
        yield f"in {unread:,} of the {len(rows):,} {by}s nothing was read; they are left aside"
