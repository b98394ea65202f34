"""``dragoman code``: reports in, the record out."""

from __future__ import annotations

import os
import shlex
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from dragoman.cli.options import Lexicon, Ontology, as_bytes, as_date
from dragoman.cli.plain import plain
from dragoman.cli.table import Listing
from dragoman.engines import Caps, Choice, EngineName
from dragoman.readers import Defaults
from dragoman.runs import Job, Summary, Watch, run_code
from dragoman.store import Level  # noqa: TC001 - Typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Coded

INTERRUPTED = 130
"""Exit code after Ctrl-C."""
SHOWN = 200
"""Rows of the table in the terminal."""


def code(  # noqa: PLR0913, PLR0917 - one argument an option
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, 'globs', or - for standard input (one text, or JSON lines)."
            " Kinds: .txt .md .jsonl .json .csv .tsv .parquet .html .xml .rss .atom;"
            " .jsonl .csv .tsv also with .gz.",
        ),
    ],
    published: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM-DD", help="Publication date of reports that state none themselves."
        ),
    ] = None,
    outlet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Publisher of reports that state none themselves."),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            help="Where to write: NAME.jsonl, NAME.duckdb, NAME.parquet, NAME/ for a folder of"
            " Parquet tables, - for JSON lines on standard output. Without it: a table here.",
        ),
    ] = None,
    level: Annotated[
        Level, typer.Option(help="One record an event, or one a mention of it.")
    ] = "event",
    rejects: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="JSON lines of what could not be read, and why. [default: OUT.rejects.jsonl]",
        ),
    ] = None,
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Another spaCy pipeline with Universal Dependencies labels."
        ),
    ] = None,
    ontology: Ontology = None,
    lexicon: Lexicon = None,
    actors: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="Your own actors on top of the shipped ones: a .yaml file or a folder of them."
            " See dragoman actors add.",
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many reports.")] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option(
            help="Where to code: in this process, a pool of processes, a Ray cluster."
            " [default: in-process; pool with --workers]"
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=0, metavar="N", help="Processes that code; 0: one for each core."),
    ] = None,
    seconds_per_report: Annotated[
        float,
        typer.Option(
            min=0,
            metavar="N",
            help="Work that a report may take, for each 100,000 characters; 0: any amount.",
        ),
    ] = 60.0,
    memory_per_worker: Annotated[
        str, typer.Option(metavar="SIZE", help="What a worker may hold: 700M, 2G (Linux).")
    ] = "2G",
) -> None:
    """Code reports: who did what to whom, when, where, according to whom.

    One report, read in the terminal:

        dragoman code report.txt --published 2024-03-05

    A corpus into one database, a folder into JSON lines, a pipe:

        dragoman code news.csv --out news.duckdb

        dragoman code stories/ 'more/*.html' --out events.jsonl

        zcat news.jsonl.gz | dragoman code - --out - | head

    Tables and JSON lines need a column for the text (text, body, content);
    id, title, published, outlet, url and language are used where they are
    there. Dates are never guessed: a report without one is coded, and "last
    week" in it stays unresolved.

    Types and frames of your own, beside PLOVER's or instead of them:

        dragoman code news.csv --ontology sea-incidents/ --out news.duckdb

    On all cores of this machine; the output is the same, byte for byte:

        dragoman code news.csv --out news.duckdb --workers 0

    An interrupted run goes on when the same command is run again. A .duckdb
    file can grow: reports that are in it are not coded twice.
    """
    job = Job(
        inputs=tuple(inputs),
        defaults=Defaults(published=as_date(published), outlet=outlet),
        out=out,
        level=level,
        rejects=rejects,
        pipeline=pipeline,
        ontology=ontology,
        lexicon=lexicon,
        limit=limit,
        actors=actors,
        engine=Choice(
            name=engine,
            workers=workers,
            caps=Caps(
                seconds=seconds_per_report or None,
                memory=as_bytes(memory_per_worker, "--memory-per-worker"),
            ),
        ),
    )
    _run(job)


def _run(job: Job) -> None:
    """Run a job, showing progress, the table and the summary."""
    errors = Console(stderr=True)
    listing = Listing(job.level, SHOWN)
    try:
        with _progress(errors, listing) as watch:
            summary = run_code(job, watch=watch)
    except KeyboardInterrupt:
        again = "" if job.out in {None, "-"} else "; run the same command again to go on"
        errors.print(Text(f"Interrupted{again}."))
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read our output has enough; Python must not try to flush it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return
    if job.out is None:
        _show(listing)
    for line in (*_summary_lines(summary, job.out), *_next_lines(job, listing.first)):
        errors.print(Text(plain(line)), soft_wrap=True)


@contextmanager
def _progress(errors: Console, listing: Listing) -> Iterator[Watch]:
    """Show a line of progress on standard error while the body runs, if a person watches."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    quiet = not errors.is_terminal
    with Progress(*columns, console=errors, transient=True, disable=quiet) as progress:
        task = progress.add_task("loading")

        def watch(coded: Coded, summary: Summary) -> None:
            listing.add(coded)
            progress.update(
                task,
                description=f"{summary.reports:,} reports, {summary.events:,} events,"
                f" {summary.rejects:,} rejects",
            )

        yield watch


def _show(listing: Listing) -> None:
    """Print the table on standard output."""
    console = Console()
    table = listing.table()
    console.print(table or Text("No events found."))
    if listing.more:
        console.print(Text(f"… and {listing.more:,} more; write all with --out events.jsonl"))


def _summary_lines(summary: Summary, out: str | None) -> Iterator[str]:
    """Yield what a run did, a line each."""
    s = summary
    yield (
        f"{s.reports:,} reports, {s.sentences:,} sentences, {s.parsed:,} parsed,"
        f" {s.mentions:,} mentions, {s.events:,} events, {s.rejects:,} rejects;"
        f" {s.words_per_second:,.0f} words per second, {s.seconds:.1f} seconds"
    )
    if s.known:
        yield f"{s.known:,} reports had been coded before and were passed over"
    if s.undated:
        yield (
            f"{s.undated:,} reports without a publication date: their relative dates stay"
            " unresolved; give one with --published or a column"
        )
    for reject in s.first_rejects:
        row = "" if reject.row is None else f" row {reject.row}"
        yield f"reject: {reject.where}{row}: {reject.reason}"
    if s.rejects > len(s.first_rejects):
        yield f"reject: and {s.rejects - len(s.first_rejects):,} more"
    if s.rejects_file and s.rejects:
        yield f"rejects are in {s.rejects_file}"
    if out not in {None, "-"}:
        yield f"written to {out}"


def _next_lines(job: Job, first: str | None) -> Iterator[str]:
    """Yield what a person may do next with what was written, if anything was."""
    if job.out == "-" or first is None:
        return
    own = _own(job)
    if job.out is None:
        again = " ".join(shlex.quote(name) for name in job.inputs)
        yield f"keep it: dragoman code {again}{own} --out events.duckdb (or .jsonl, .parquet)"
        yield f'why is a sentence coded so: dragoman explain "..." --published YYYY-MM-DD{own}'
        return
    out = shlex.quote(job.out)
    if Path(job.out).suffix.lower() in {".duckdb", ".jsonl"}:
        yield f"why is a row there: dragoman explain {shlex.quote(first)} --record {out}{own}"
    else:
        yield "its columns are explained in docs/record.md"


def _own(job: Job) -> str:
    """Return the options that name the user's own data, as they were given."""
    given = {"--ontology": job.ontology, "--lexicon": job.lexicon}
    return "".join(f" {option} {shlex.quote(path)}" for option, path in given.items() if path)
