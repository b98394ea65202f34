"""The ``dragoman`` command. Each file here is one command over a plain function.

A command's module is imported when the command is run, so that ``dragoman --help``
and ``dragoman --version`` answer at once.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from dragoman import __version__
from dragoman.cli.plain import plain
from dragoman.errors import DragomanError

if TYPE_CHECKING:
    from collections.abc import Callable

BAD_INPUT = 2
"""Exit code when the user can mend what is wrong."""

COMMANDS = (
    ("code", "Code reports: who did what to whom, when, where, according to whom."),
    ("explain", "Show why a sentence codes to what it codes to, or to nothing."),
    ("serve", "Open a record in a browser: search, pictures, pages of pairs, events, reports."),
    ("review", "What people judged of a record: precision, agreement, gold."),
    ("watch", "Follow feeds: read them on a schedule, code what is new."),
    ("export", "Write a record as POLECAT, ICEWS, GDELT, Phoenix, PLOVER, CSV or Parquet."),
    ("panel", "Count events by country or pair and by day, week, month, year."),
    ("compare", "Set a pair of countries, or one, against its own past."),
    ("evaluate", "Count quality against gold, list misses, hold floors."),
    ("lexicon", "Look into the frames: which start from a word, whether your own are right."),
    ("actors", "Look up who a name is; bring dictionaries of your own."),
    ("store", "Look after a record: check it, join it otherwise, list its runs and revisions."),
)
"""Each command's name, which is also its module's and its function's, and what it does."""


class _LazyGroup(TyperGroup):
    """Knows its commands by name and imports the one that is run."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Put the real command in the place of its stand-in."""
        name, command, rest = super().resolve_command(ctx, args)
        if name in dict(COMMANDS):
            command = _real_command(name)
        return name, command, rest


def _real_command(name: str) -> Any:
    """Import a command and return it as Typer runs it."""
    found = getattr(import_module(f"dragoman.cli.{name}"), name)
    if isinstance(found, typer.Typer):  # a command with commands of its own
        return typer.main.get_command(found)
    app = typer.Typer(add_completion=False, rich_markup_mode="rich")
    app.command(name)(found)
    return typer.main.get_command(app)


def _print_version(asked: bool) -> None:
    """Print the version and leave."""
    if asked:
        typer.echo(f"dragoman {__version__}")
        raise typer.Exit


def _group(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """Read news reports and write who did what to whom, when, where, according to whom.

    Begin with one report, read in the terminal:

        dragoman code report.txt --published 2024-03-05

    A corpus into one file that can be queried, and why a row is in it:

        dragoman code news.csv --out news.duckdb

        dragoman explain 9a27152cef895234 --record news.duckdb

    A sentence of your own:

        dragoman explain "Turkey expelled three Greek diplomats."

    Every command explains itself: dragoman code --help.
    """


def make_app() -> typer.Typer:
    """Return the application with a stand-in for every command."""
    app = typer.Typer(
        cls=_LazyGroup,
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    app.callback()(_group)
    for name, about in COMMANDS:
        app.command(name, help=about)(_stand_in())
    return app


def _stand_in() -> Callable[[], None]:
    """Return a function that only takes a command's place in the help."""
    return lambda: None


def main() -> None:
    """Run the command line; errors a user can mend are one line each, exit code 2."""
    try:
        make_app()()
    except DragomanError as error:
        for line in str(error).splitlines() or ["unknown error"]:
            sys.stderr.write(f"dragoman: {plain(line)}\n")
        sys.exit(BAD_INPUT)
