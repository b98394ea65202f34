"""``dragoman explain``: why a sentence codes to what it codes to."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.explained import explanation
from dragoman.cli.options import Lexicon, Ontology, as_date
from dragoman.cli.plain import plain
from dragoman.errors import InputError
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.coder import Coder
    from dragoman.store.lookup import Hit

    Load = Callable[[], Coder]


LONGEST_NAME = 255
"""Characters of a file name at most; what is longer is a sentence."""


def explain(  # noqa: PLR0913, PLR0917 - one argument an option
    what: Annotated[
        str,
        typer.Argument(
            metavar="SENTENCE|ID",
            help="A sentence in quotes; with --record, the id of an event or a mention.",
        ),
    ],
    record: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            help="A .duckdb or .jsonl record that dragoman code --out has written.",
        ),
    ] = None,
    published: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Publication date, for 'on Friday', 'last week'."),
    ] = None,
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Another spaCy pipeline with Universal Dependencies labels."
        ),
    ] = None,
    ontology: Ontology = None,
    lexicon: Lexicon = None,
) -> None:
    """Show why a sentence codes to what it codes to, or to nothing.

    A sentence of your own:

        dragoman explain "Turkey expelled three Greek diplomats."

        dragoman explain "Turkey sent them home on Friday." --published 2024-03-05

    A row of a record, by the id of the event or of the mention:

        dragoman code news.csv --out news.duckdb

        dragoman explain 9a27152cef895234 --record news.duckdb

    Shown are the parse, the names, dates and places found, how each party got
    its code, the frames that fired, and those that nearly did and why not. A
    .duckdb record holds the reports, so what "he" means is known there; a
    .jsonl record holds the sentences alone.
    """
    date = as_date(published)

    def load() -> Coder:
        import dragoman  # noqa: PLC0415 - slow to import

        return dragoman.load(pipeline=pipeline, ontology=ontology, lexicon=lexicon)

    if record is None:
        _check_sentence(what)
        _explain_sentence(what, date, load)
    else:
        _explain_row(what, record, date, load)


def _check_sentence(what: str) -> None:
    """Raise when what was given is no sentence.

    Raises:
        InputError: it is empty, or the name of a file.
    """
    if not what.strip():
        raise InputError("nothing to explain; give a sentence in quotes")
    if len(what) <= LONGEST_NAME and Path(what).is_file():
        raise InputError(
            f"{what}: is a file, a sentence was expected; code it with dragoman code {what} --out"
            " events.duckdb, then explain one of its events with --record events.duckdb"
        )


def _explain_sentence(text: str, published: str | None, load: Load) -> None:
    """Explain a sentence of the user's own."""
    report = Report(id="sentence", text=text, published=published)
    _print(load(), report, None, frozenset())


def _explain_row(wanted: str, record: Path, published: str | None, load: Load) -> None:
    """Explain the sentences behind a row of a record."""
    from dragoman.store.lookup import look_up  # noqa: PLC0415 - only a record needs it

    hit = look_up(record, wanted)
    coder = load()
    for line in _notes(hit, coder):
        Console().print(Text(plain(line), style="dim"))
    for stated in hit.stated:
        only = None if stated.sentence is None else frozenset({stated.sentence})
        report = stated.report if published is None else _redated(stated.report, published)
        _print(coder, report, only, frozenset({stated.mention}) if hit.whole else frozenset())


def _notes(hit: Hit, coder: Coder) -> list[str]:
    """Return what to know before reading the explanation of a row."""
    notes = [f"{hit.item.id}: {len(hit.stated)} sentence(s)"]
    if not hit.whole:
        notes.append(
            "This record holds the sentences alone: what stood before them in the report, the"
            " dateline included, is not known here. A .duckdb record holds the reports."
        )
    made_by = getattr(hit.item, "manifest", coder.manifest)
    if made_by != coder.manifest:
        notes.append(
            "The record was made by another version, lexicon or model than this one: what is"
            " explained is what this one reads."
        )
    return notes


def _redated(report: Report, published: str) -> Report:
    """Return a report with another publication date."""
    import msgspec  # noqa: PLC0415 - only a record needs it

    return msgspec.structs.replace(report, published=published)


def _print(
    coder: Coder, report: Report, only: frozenset[int] | None, marked: frozenset[str]
) -> None:
    """Print the explanation of a report's sentences."""
    from dragoman.explain import explain as run  # noqa: PLC0415 - imports the coder

    Console(highlight=False).print(explanation(run(coder, report, only), marked))
