"""``dragoman lexicon``: look into the frames, and check one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.text import Text

from dragoman.cli.framed import frame_text
from dragoman.cli.options import Lexicon, Ontology  # noqa: TC001 - Typer reads them at run time
from dragoman.cli.plain import plain
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.coding.examples import Failure
    from dragoman.lexicon import Lexicon as Frames

FAILING = 1
"""Exit code of a check that finds sentences which do not code as their frame says."""

lexicon = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@lexicon.callback()
def _about() -> None:
    """Look into the frames: which start from a word, whether your own are right.

    dragoman lexicon show seize

    dragoman lexicon check sea-incidents/
    """


@lexicon.command()
def check(
    folder: Annotated[
        Path | None,
        typer.Argument(
            help="A folder of your own frames, with your ontology.yaml if you have one, or one"
            " file of frames. Without it, the frames that ship.",
        ),
    ] = None,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Try the sentences of the frames that ship too: do yours disturb them?"
        ),
    ] = False,
    ontology: Ontology = None,
    pipeline: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Another spaCy pipeline with Universal Dependencies labels."
        ),
    ] = None,
) -> None:
    """Say every fault of your types and frames, then try every frame's own sentences.

        dragoman lexicon check sea-incidents/

    Faults of the files come first, all of them at once, each with file, frame and what to do;
    exit code 2. Then every example is coded, which must give its frame's type, and every
    counter-example, which must not; those that fail are listed, exit code 1.
    """
    coder = _load(folder, ontology, pipeline)
    own = coder.tools.lexicon.own
    tried = {f.id for f in coder.tools.lexicon.frames if everything or not own or f.id in own}
    failing = _failing(coder, tried)
    for failure in failing:
        typer.echo(f"{failure.frame}: {plain(failure.text)}")
        typer.echo(f"    {plain(failure.reason)}")
    for line in _summary(coder.tools.lexicon, tried, len(failing)):
        typer.echo(line)
    if failing:
        raise typer.Exit(FAILING)


def _load(folder: Path | None, ontology: str | None, pipeline: str | None) -> Coder:
    """Load a coder with a folder's types and frames.

    Raises:
        DataError: with every fault of its files.
    """
    import dragoman  # noqa: PLC0415 - slow to import
    from dragoman.ontology import NAME  # noqa: PLC0415

    if folder is not None and ontology is None and (folder / NAME).is_file():
        return dragoman.load(pipeline, ontology=folder)
    return dragoman.load(pipeline, ontology=ontology, lexicon=folder)


def _failing(coder: Coder, tried: set[str]) -> list[Failure]:
    """Return the sentences that fail, showing progress if a person watches."""
    from dragoman.coding.examples import failures  # noqa: PLC0415 - imports the coder

    errors = Console(stderr=True)
    if not errors.is_terminal:
        return list(failures(coder, tried))
    with errors.status(Text(f"trying the sentences of {len(tried):,} frames")):
        return list(failures(coder, tried))


def _summary(frames: Frames, tried: set[str], failing: int) -> list[str]:
    """Return what was tried, in words."""
    files = [file for file in frames.files if any(f.id in tried for f in file.frames)]
    chosen = [f for file in files for f in file.frames if f.id in tried]
    examples, counters = (
        sum(len(f.examples) for f in chosen),
        sum(len(f.counter) for f in chosen),
    )
    starts = {
        form
        for form, triggers in frames.triggers.items()
        if any(t.compiled.id in tried for t in triggers)
    }
    types = len({file.event for file in files})
    return [
        f"types {types:,}, frames {len(chosen):,}, word forms they start from {len(starts):,}",
        f"examples {examples:,}, counter-examples {counters:,}, failing {failing:,}",
    ]


@lexicon.command()
def show(
    word: Annotated[str, typer.Argument(help="A word in any form, or several: 'call off'.")],
    ontology: Ontology = None,
    lexicon: Lexicon = None,
) -> None:
    """Show which frames start from a word, and what each of them asks for.

        dragoman lexicon show withdrawal

        dragoman lexicon show rammed --ontology sea-incidents/

    What a slot, a test or a set is: docs/lexicon.md. Which of the frames fires on a sentence:
    dragoman explain.
    """
    from dragoman.coding.coder import load_frames  # noqa: PLC0415 - slow to import

    frames = load_frames(Path(ontology) if ontology else None, Path(lexicon) if lexicon else None)
    found = frames.starting_from(word)
    if not found:
        raise InputError(
            f"{word!r}: no frame starts from it; write one (docs/lexicon.md), or try its verb or"
            " noun"
        )
    console = Console(highlight=False)
    for compiled in found:
        console.print(frame_text(compiled, own=compiled.id in frames.own), soft_wrap=True)
