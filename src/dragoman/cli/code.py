"""``dragoman code``: reports in, the record out."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.options import Lexicon, Ontology, as_bytes, as_date
from dragoman.cli.plain import plain
from dragoman.cli.progress import progress
from dragoman.cli.table import Listing
from dragoman.engines import Caps, Choice, EngineName
from dragoman.readers import Defaults, read_sample
from dragoman.runs import Job, Summary, run_code
from dragoman.store import Level  # noqa: TC001 - Typer reads it at run time

if TYPE_CHECKING:
    from collections.abc import Iterator

Language = Literal["en", "any"]
"""Languages that can be asked for: those the lexicon has, or whatever comes."""
INTERRUPTED = 130
"""Exit code after Ctrl-C."""
SHOWN = 200
"""Rows of the table in the terminal."""
SHOWN_LANGUAGES = 5
"""Languages that the summary names."""


def code(  # noqa: PLR0913, PLR0917 - one argument an option
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Files, folders, 'globs', or - for standard input (one text, or JSON lines)."
            " Kinds: .txt .md .jsonl .json .csv .tsv .parquet .html .warc .xml .rss .atom;"
            " all but .parquet also with .gz .bz2 .xz .zst .lz4.",
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
    language: Annotated[
        Language,
        typer.Option(
            help="Reports in other languages are passed over and listed with the rejects;"
            " any codes everything as though it were English."
        ),
    ] = "en",
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many reports.")] = None,
    sample: Annotated[
        str | None,
        typer.Option(
            metavar="N|N%",
            help="Take so many of the reports, or a share of them, chosen by their ids: the same"
            " ones whatever their order.",
        ),
    ] = None,
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

    A web archive, as crawlers write them, and a look at a twentieth of it:

        dragoman code CC-NEWS-2024*.warc.gz --sample 5% --out news.duckdb

    Types and frames of your own, beside PLOVER's or instead of them:

        dragoman code news.csv --ontology sea-incidents/ --out news.duckdb

    On all cores of this machine; the output is the same, byte for byte:

        dragoman code news.csv --out news.duckdb --workers 0

    An interrupted run goes on when the same command is run again. A .duckdb
    file can grow: reports that are in it are not coded twice.
    """
    job = Job(
        inputs=tuple(inputs),
        defaults=Defaults(
            published=as_date(published),
            outlet=outlet,
            only=None if language == "any" else language,
        ),
        out=out,
        level=level,
        rejects=rejects,
        pipeline=pipeline,
        ontology=ontology,
        lexicon=lexicon,
        limit=limit,
        sample=None if sample is None else read_sample(sample),
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
        with progress(errors, listing.add) as watch:
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
    if s.known_files:
        yield f"{s.known_files:,} files had been read and coded before and were passed over"
    if s.foreign:
        by_number = sorted(s.languages.items(), key=lambda item: (-item[1], item[0]))
        shown = ", ".join(f"{name} {count:,}" for name, count in by_number[:SHOWN_LANGUAGES])
        more = ", ..." if len(by_number) > SHOWN_LANGUAGES else ""
        yield (
            f"{s.foreign:,} reports not in English were passed over ({shown}{more});"
            " --language any codes them too"
        )
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
    if s.rejects_file and (s.rejects or s.foreign):
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
