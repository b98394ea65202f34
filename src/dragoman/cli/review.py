"""``dragoman review``: what people judged of a record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from dragoman.cli.plain import plain
from dragoman.errors import InputError
from dragoman.review import figures
from dragoman.review.book import open_book
from dragoman.review.gold import write_gold
from dragoman.review.ledger import Ledger, ledger_of, read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.review.book import Book
    from dragoman.review.figures import Agreement, Rate
    from dragoman.review.found import Found

review = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)
Record = Annotated[
    Path, typer.Argument(metavar="RECORD", help="A .duckdb file that dragoman code has written.")
]


@review.callback()
def _about() -> None:
    """What people judged of a record in dragoman serve: figures, gold, merging.

    dragoman review status news.duckdb

    dragoman review export news.duckdb --out gold/
    """


@review.command()
def status(record: Record) -> None:
    """Print what has been judged: precision by type with its interval, how far reviewers agree.

        dragoman review status news.duckdb

    The verdicts lie in RECORD.review.jsonl beside the record; people give them in dragoman serve.
    Precision counts the sentences that were drawn, not those that somebody picked.
    """
    with open_book(record) as book:
        found = book.found()
        for line in _counts(book, found):
            typer.echo(plain(line))
    if found.held:
        Console().print(_table(found))
        typer.echo(_agreed(figures.agreement(found.held.values())))


@review.command()
def export(
    record: Record,
    out: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder to write; made if new.")],
) -> None:
    """Write what was judged as gold: reports, and every judged sentence with its right fields.

        dragoman review export news.duckdb --out gold/

        dragoman evaluate gold/

    The folder holds texts of your reports (reports.jsonl) and the verdicts without texts
    (judged.jsonl). Sentences on which reviewers disagree stay out until somebody settles them.
    """
    with open_book(record) as book:
        found = book.found()
        number = write_gold(out, found, book.reports(found))
    typer.echo(f"{number:,} judged sentences written to {out}", err=True)


@review.command()
def merge(
    record: Record,
    others: Annotated[
        list[Path], typer.Argument(metavar="LEDGER", help="Files NAME.review.jsonl of others.")
    ],
) -> None:
    """Take the verdicts of other reviewers into a record's own, those that are not there yet.

        dragoman review merge news.duckdb eve.review.jsonl

    Nothing is taken out or written over; the other files stay as they are.
    """
    if not record.is_file():
        raise InputError(f"{record}: no such file; give the record that was judged")
    for other in others:
        if not other.is_file():
            raise InputError(f"{other}: no such file; expected a ledger, NAME.review.jsonl")
    many = [verdict for other in others for verdict in read_ledger(other)]
    taken = Ledger(ledger_of(record)).take({v.id: v for v in many}.values())
    typer.echo(f"{taken:,} verdicts taken into {ledger_of(record)}", err=True)


def _counts(book: Book, found: Found) -> Iterator[str]:
    """Yield what was judged, a line each."""
    labels = [held.says.label for held in found.held.values() if held.says is not None]
    counts = ", ".join(f"{labels.count(n):,} {n}" for n in ("accepted", "corrected", "rejected"))
    names = ", ".join(book.folded.reviewers) or "nobody"
    yield f"{len(found.held):,} sentences judged by {names}: {counts}"
    disputes = sum(held.disputed for held in found.held.values())
    if disputes:
        yield f"{disputes:,} on which reviewers disagree; settle them in dragoman serve"
    if book.folded.joinings:
        yield f"{len(book.folded.joinings):,} joinings and splits"
    if found.changed:
        yield f"{len(found.changed):,} accepted, and read otherwise since: to be judged again"
    if found.gone:
        yield f"{len(found.gone):,} judged, and no longer in the record"


def _table(found: Found) -> Table:
    """Return precision by type."""
    table = Table("type", "judged", "such an event, of this type", "every field right")
    for each in figures.precision(found):
        row = (each.type, f"{each.right.of:,}", _rate(each.right), _rate(each.whole))
        table.add_row(*(Text(plain(cell)) for cell in row))
    return table


def _rate(rate: Rate) -> str:
    """Return a share with its interval."""
    if rate.value is None or rate.interval is None:
        return "none drawn"
    return f"{rate.value:.3f} ({rate.interval[0]:.3f} to {rate.interval[1]:.3f})"


def _agreed(found: Agreement) -> str:
    """Return the agreement of reviewers in a line."""
    if not found.mentions:
        return "agreement: no sentence has been judged by two reviewers yet"
    alpha = "" if found.alpha is None else f", Krippendorff's alpha {found.alpha:.3f}"
    return (
        f"agreement on {found.mentions:,} sentences: {_rate(found.share)}{alpha}; field for field"
        f" {_rate(found.whole)}"
    )
