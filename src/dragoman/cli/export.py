"""``dragoman export``: a record in the formats that scripts already read."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from dragoman.cli.options import Ontology, as_date
from dragoman.cli.plain import plain
from dragoman.errors import InputError
from dragoman.export.choice import Choice
from dragoman.export.run import Done, Job
from dragoman.export.run import export as run_export
from dragoman.export.writers import Name  # noqa: TC001 - Typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

KNOWS_AUX = frozenset(("plover", "csv", "parquet"))
"""Formats that hold auxiliary modes, so that every event goes in."""


def export(  # noqa: PLR0913, PLR0917 - one argument an option
    record: Annotated[
        Path,
        typer.Argument(metavar="RECORD", help="A .duckdb file that dragoman code has written."),
    ],
    out: Annotated[
        Path, typer.Option(metavar="PATH", help="The file to write; one that is there is replaced.")
    ],
    format_: Annotated[
        Name | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="plover (JSON lines), polecat, icews, gdelt, gdelt-mentions, phoenix, csv (one"
            " flat table) or parquet (everything, nested).",
        ),
    ] = None,
    since: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="First day of the events.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Last day of the events, included.")
    ] = None,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, metavar="0..1", help="Leave out events below this.")
    ] = 0.0,
    aux: Annotated[
        bool,
        typer.Option(
            "--aux",
            help="Let future, hypothetical, negated and historical events into formats that"
            " cannot mark them (polecat, icews, gdelt, gdelt-mentions, phoenix).",
        ),
    ] = False,
    plain_only: Annotated[
        bool,
        typer.Option("--plain-only", help="Leave those events out of plover, csv, parquet too."),
    ] = False,
    codebook: Annotated[
        bool,
        typer.Option(
            "--codebook",
            help="Write only the codebook: Markdown, or HTML when PATH ends in .html.",
        ),
    ] = False,
    no_codebook: Annotated[
        bool, typer.Option("--no-codebook", help="Write no PATH.codebook.md beside the data.")
    ] = False,
    ontology: Ontology = None,
    unreviewed: Annotated[
        bool,
        typer.Option("--unreviewed", help="Leave verdicts of dragoman serve's review out of it."),
    ] = False,
) -> None:
    """Write a record in the formats that scripts already read.

    For a reader of POLECAT, ICEWS, GDELT 2.0 or Phoenix, unchanged:

        dragoman export news.duckdb --format polecat --out polecat.txt

        dragoman export news.duckdb --format gdelt --out news.export.CSV

        dragoman export news.duckdb --format gdelt-mentions --out news.mentions.CSV

    For a spreadsheet, and for data frames with everything in it:

        dragoman export news.duckdb --format csv --since 2024-01-01 --out 2024.csv

        dragoman export news.duckdb --format parquet --out news.parquet

    Beside the data PATH.codebook.md explains every column and counts every
    code. Rows of ICEWS, GDELT and Phoenix have numbers for ids; PATH.ids.csv
    says which event a number stands for. The codebook alone:

        dragoman export news.duckdb --codebook --out codebook.html

    With --ontology the codebook knows what types of your own mean; the data do not need it.

    Verdicts given in review (dragoman serve, docs/review.md) take effect: what was rejected stays
    out, what was corrected, joined or split is so. As the program read it, all the same:

        dragoman export news.duckdb --format csv --unreviewed --out as-read.csv

    What each format cannot hold, and what becomes of it: docs/exports.md.
    """
    _check(format_, aux=aux, plain_only=plain_only, codebook=codebook, no_codebook=no_codebook)
    days = as_date(since, "--since"), as_date(until, "--until")
    job = Job(
        record=record,
        out=out,
        name=format_,
        choice=Choice(
            since=days[0], until=days[1], min_confidence=min_confidence, plain=plain_only
        ),
        aux=aux,
        data=not codebook,
        documented=not no_codebook,
        ontology=Path(ontology) if ontology else None,
        reviewed=not unreviewed,
    )
    _run(job)


def _check(
    name: Name | None, *, aux: bool, plain_only: bool, codebook: bool, no_codebook: bool
) -> None:
    """Raise when options do not go together.

    Raises:
        InputError: with the options and what to give instead.
    """
    if name is None and not codebook:
        raise InputError("no --format; give one (dragoman export --help lists them), or --codebook")
    if codebook and no_codebook:
        raise InputError("--codebook and --no-codebook: found both, expected one; leave one out")
    if aux and plain_only:
        raise InputError("--aux and --plain-only: found both, expected one; leave one out")
    if aux and name in KNOWS_AUX:
        raise InputError(f"--aux: {name} holds auxiliary modes, all events go in; leave it out")


def _run(job: Job) -> None:
    """Run a job, showing progress and the summary."""
    errors = Console(stderr=True)
    with _progress(errors) as watch:
        done = run_export(job, watch)
    for line in _summary(done):
        errors.print(Text(plain(line)), soft_wrap=True)


@contextmanager
def _progress(errors: Console) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on standard error while the body runs, if a person watches."""
    columns = (BarColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    quiet = not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=quiet) as progress:
        task = progress.add_task("loading", total=None)

        def watch(read: int, total: int) -> None:
            progress.update(
                task, completed=read, total=total, description=f"{read:,} of {total:,} events"
            )

        yield watch


def _summary(done: Done) -> Iterator[str]:
    """Yield what an export did, a line each."""
    tally = done.tally
    stayed = "".join(f"; left out {n:,} {reason}" for reason, n in sorted(tally.left_out.items()))
    yield f"{tally.events:,} events, {tally.rows:,} rows{stayed}; {done.seconds:.1f} seconds"
    if tally.reviewed:
        marks = (f"{count:,} {what}" for what, count in sorted(tally.reviewed.items()))
        yield f"in review: {', '.join(marks)}"
    yield f"written to {', '.join(map(str, done.written))}"
