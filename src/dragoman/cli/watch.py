"""``dragoman watch``: feeds in, a growing record out."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.options import Lexicon, Ontology, as_bytes, as_seconds
from dragoman.cli.plain import plain
from dragoman.cli.rounds import Teller

INTERRUPTED = 130
"""Exit code after Ctrl-C."""
NOTHING_READ = 2
"""Exit code of ``--once`` when no source could be read."""


def watch(  # noqa: PLR0913, PLR0917 - one argument an option
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Addresses of RSS or Atom feeds, feed files, and files that list them: text, a"
            " source a line with the outlet's name behind it if wanted, or OPML.",
        ),
    ],
    out: Annotated[
        str, typer.Option(metavar="PATH", help="The record to extend: NAME.duckdb. It may be new.")
    ],
    every: Annotated[
        str, typer.Option(metavar="TIME", help="How often to read a source: 15m, 2h, 1d.")
    ] = "15m",
    once: Annotated[
        bool, typer.Option("--once", help="Read every source once and leave, as cron wants it.")
    ] = False,
    full_text: Annotated[
        bool,
        typer.Option(
            "--full-text/--summaries",
            help="Fetch each article's page, or code only what the feed itself holds.",
        ),
    ] = False,
    allow_private: Annotated[
        bool,
        typer.Option(
            "--allow-private", help="Read from hosts that are not on the public internet too."
        ),
    ] = False,
    max_bytes: Annotated[
        str, typer.Option(metavar="SIZE", help="Largest feed or page, decompressed: 500K, 8M.")
    ] = "8M",
    timeout: Annotated[
        str, typer.Option(metavar="TIME", help="Longest time for one feed or page, in all.")
    ] = "30s",
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Another spaCy pipeline with Universal Dependencies labels."
        ),
    ] = None,
    ontology: Ontology = None,
    lexicon: Lexicon = None,
) -> None:
    """Follow feeds: read them on a schedule, code what is new, say what came in.

    One feed into a record, every quarter of an hour, until Ctrl-C:

        dragoman watch https://example.org/world.xml --out news.duckdb

    A list of sources, once, from cron or a timer; then ask the record:

        dragoman watch outlets.txt --out news.duckdb --once

    Only the feed's own text is coded, which is often a sentence or two. Whole
    articles, where the outlets' robots.txt allows it:

        dragoman watch outlets.opml --out news.duckdb --full-text

    Feeds are asked politely: with conditional requests, never before a feed or
    its server wants it, at growing intervals after failures. An entry that is in
    the record is not coded again; one whose text has changed is coded as a
    revision, ID;rev=2. Between rounds the record is free for others to read. A
    small file, PATH.watch, spares requests; see docs/feeds.md.

    Exit codes: 0, with --once if any source could be read; 2 if none could; 130
    after Ctrl-C, which waits for the report at hand and loses nothing.
    """
    # Imported here so that --help stays light.
    from dragoman.feeds import Limits, WatchJob  # noqa: PLC0415
    from dragoman.feeds import watch as run  # noqa: PLC0415

    job = WatchJob(
        sources=tuple(sources),
        record=out,
        every=as_seconds(every),
        once=once,
        full_text=full_text,
        limits=Limits(
            size=as_bytes(max_bytes),
            seconds=as_seconds(timeout, "--timeout"),
            allow_private=allow_private,
        ),
        pipeline=pipeline,
        ontology=ontology,
        lexicon=lexicon,
    )
    with Teller() as teller:
        try:
            well = run(job, teller)
        except KeyboardInterrupt:
            said = f"Interrupted; everything coded is in {out}. Run the same command to go on."
            Console(stderr=True).print(Text(plain(said)), soft_wrap=True)
            raise typer.Exit(INTERRUPTED) from None
    if not well:
        Console(stderr=True).print(Text("dragoman: no source could be read"), soft_wrap=True)
        raise typer.Exit(NOTHING_READ)
