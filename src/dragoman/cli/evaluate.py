"""``dragoman evaluate``: count quality against gold, list misses, hold floors."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from dragoman import ontology
from dragoman.cli.floors import below, read_floors
from dragoman.cli.measured import Asked, Counted, interval, percent, show
from dragoman.errors import DragomanError
from dragoman.evaluation import evaluate as run
from dragoman.evaluation import load_labels, read_gold
from dragoman.evaluation.kinds import evaluator_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.evaluation import FieldScore, GoldEvent, Miss, Result
    from dragoman.evaluation.score import Code
    from dragoman.record import Entity, Mention

BELOW_FLOOR = 1
BAD_INPUT = 2


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="A gold file or folder; see below for what each kind counts.")
    ],
    misses: Annotated[
        str | None,
        typer.Option(
            metavar="PATH|-",
            help="List what was missed: a path for JSON lines (ids, codes, no texts), - to print.",
        ),
    ] = None,
    json_path: Annotated[
        Path | None, typer.Option("--json", help="Write the numbers here.")
    ] = None,
    floors: Annotated[
        Path | None, typer.Option(help="YAML of floors; exit code 1 when a number is below.")
    ] = None,
) -> None:
    """Code the gold's sentences and count what is right, field by field.

    The numbers, with 95% intervals:

        dragoman evaluate gold.jsonl

    What was missed, with its sentences, or as codes alone in a file:

        dragoman evaluate gold.jsonl --misses - | less

        dragoman evaluate gold.tsv --misses misses.jsonl --json numbers.json

    In CI, exit code 1 when a number sinks below its floor:

        dragoman evaluate gold.jsonl --floors benchmarks/floors/plover-gsr-dev.yaml

    How well mentions of many reports are joined into events:

        dragoman evaluate gold/happenings

    A .jsonl gold holds PLOVER records with their texts, a .tsv one sentence a
    row. "found" is the share of sentences with an event of the right type,
    "full" that with the right parties as well.
    """
    try:
        limits = read_floors(floors) if floors else None
        counted = count(gold, Asked(misses, json_path))
        sunk = below(*counted, limits) if limits else []
    except DragomanError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    for line in sunk:
        typer.echo(line, err=True)
    if sunk:
        raise typer.Exit(BELOW_FLOOR)


def count(gold: Path, asked: Asked) -> Counted:
    """Count what lies at a path, show and write it.

    Raises:
        InputError: the gold is absent or of no known kind.
    """
    evaluator = evaluator_of(gold)
    if evaluator is None:
        return _events(gold, asked)
    import dragoman  # noqa: PLC0415 - the pipeline loads only when there is gold to code

    measured = evaluator(gold, dragoman.load())
    show(measured, asked)
    return Counted(gold.name, measured.sha256, measured.measures())


def _events(gold: Path, asked: Asked) -> Counted:
    """Count gold of events."""
    result = score(gold)
    _write(result, asked)
    return Counted(result.gold.name, result.gold.sha256, result.measures())


def score(gold: Path, code: Code | None = None) -> Result:
    """Read a gold file, code it and count.

    Args:
        gold: path of the file.
        code: codes one text (text, publication date, id); Dragoman's own coder without it.

    Raises:
        InputError: the gold is absent or cannot be read.
    """
    labels = load_labels()
    return run(read_gold(gold, labels, ontology.load()), code or _own_coder(), labels)


def _own_coder() -> Code:
    """Load Dragoman's coder."""
    import dragoman  # noqa: PLC0415 - the pipeline loads only when there is gold to code

    coder = dragoman.load()
    return lambda text, published, name: coder.code(text, published=published, id=name)


def _write(result: Result, asked: Asked) -> None:
    """Print the table and write what was asked for."""
    console = Console()
    if asked.misses == "-":
        for miss in result.misses:
            console.print(_readable(miss), markup=False, highlight=False)
    elif asked.misses:
        lines = [json.dumps(as_codes(miss), ensure_ascii=False) for miss in result.misses]
        Path(asked.misses).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if asked.json_path:
        numbers = json.dumps(as_numbers(result), indent=2)
        asked.json_path.write_text(numbers + "\n", encoding="utf-8")
    console.print(table(result))
    if result.gold.unscored:
        console.print("Not scored, unknown names:", ", ".join(result.gold.unscored), markup=False)


def table(result: Result) -> Table:
    """Return the numbers as a table: shares with their 95% intervals, in per cent."""
    title = f"{result.gold.name}: {len(result.gold.sentences)} sentences, %"
    made = Table(title=title, padding=(0, 0))
    for heading in ("", "precision", "recall", "F1", "gold", "coded"):
        made.add_column(heading, no_wrap=True)
    made.add_row("found", "", percent(result.found), "", "", "")
    made.add_row("full", "", percent(result.full), "", "", "")
    made.add_row("types coded", percent(result.type_precision), "", "", "", "")
    for name, side in result.sides.items():
        made.add_row(name.replace("_", " "), "", percent(side), "", "", "")
    made.add_section()
    for name, field in result.fields.items():
        made.add_row(name.replace("_", " "), *_cells(field))
    return made


def _cells(field: FieldScore | None) -> tuple[str, ...]:
    """Return a field's cells."""
    if field is None:
        return ("not in this gold", "", "", "", "")
    shares = (percent(share) for share in (field.precision, field.recall, field.f1))
    return (*shares, str(field.gold), str(field.coded))


def as_numbers(result: Result) -> dict[str, Any]:
    """Return everything ``--json`` writes; no text of the gold is in it."""
    return {
        "coder": f"dragoman {version('dragoman')}" if _installed() else "dragoman",
        "gold": result.gold.name,
        "sha256": result.gold.sha256,
        "sentences": len(result.gold.sentences),
        "found": interval(result.found),
        "full": interval(result.full),
        "type_precision": interval(result.type_precision),
        "fields": {name: _field_numbers(field) for name, field in result.fields.items()},
        "sides": {name: interval(side) for name, side in result.sides.items()},
        "measures": result.measures(),
        "unscored": list(result.gold.unscored),
    }


def _installed() -> bool:
    """Tell whether the package's version can be asked for."""
    try:
        return bool(version("dragoman"))
    except ModuleNotFoundError:
        return False


def _field_numbers(field: FieldScore | None) -> dict[str, Any] | None:
    """Return a field's numbers; ``None`` when the gold does not have it."""
    if field is None:
        return None
    shares = {"precision": field.precision, "recall": field.recall, "f1": field.f1}
    numbers = {name: interval(share) for name, share in shares.items()}
    return {**numbers, "gold": field.gold, "coded": field.coded}


def as_codes(miss: Miss) -> dict[str, Any]:
    """Return a miss by ids and codes alone."""
    return {
        "id": miss.sentence.id,
        "kind": miss.kind,
        "expected": [_expected(event) for event in miss.sentence.events],
        "coded": [_coded(mention) for mention in miss.mentions],
    }


def _expected(event: GoldEvent) -> dict[str, Any]:
    """Return a gold event's codes."""
    return {
        "type": "|".join(sorted(event.type)),
        "mode": ["|".join(sorted(mode)) for mode in event.mode],
        "actor": [party.code for party in event.actor if party.code],
        "recipient": [party.code for party in event.recipient if party.code],
    }


def _coded(mention: Mention) -> dict[str, Any]:
    """Return a mention's codes and the frame that made it."""
    return {
        "type": mention.event,
        "mode": list(mention.mode),
        "actor": _codes(mention.actor),
        "recipient": _codes(mention.recipient),
        "aux": list(mention.aux),
        "frame": mention.frame,
    }


def _codes(entities: Sequence[Entity]) -> list[str | None]:
    """Return the countries of entities."""
    return [entity.code for entity in entities]


def _readable(miss: Miss) -> str:
    """Return a miss for the terminal, with its text."""
    lines = [f"{miss.sentence.id}  {miss.kind}", f"  {miss.sentence.text}"]
    for event in miss.sentence.events:
        sides = (", ".join(party.code or party.text for party in side) for side in _sides(event))
        lines.append(f"  expected {'|'.join(sorted(event.type))}: {' -> '.join(sides)}")
    for mention in miss.mentions:
        item = _coded(mention)
        lines.append(
            f"  coded    {item['type']} {item['mode']}: {item['actor']} -> {item['recipient']} "
            f"{item['aux']} by {item['frame']}"
        )
    return "\n".join([*lines, *([] if miss.mentions else ["  coded    nothing"]), ""])


def _sides(event: GoldEvent) -> tuple[Any, Any]:
    """Return a gold event's two sides."""
    return event.actor, event.recipient
