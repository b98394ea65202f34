"""``dragoman evaluate``: count quality against gold, list misses, hold floors."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from rich.console import Console
from rich.table import Table

from dragoman import ontology
from dragoman.errors import DataError, DragomanError, InputError
from dragoman.evaluation import evaluate as run
from dragoman.evaluation import load_labels, read_gold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.evaluation import FieldScore, GoldEvent, Miss, Result, Share
    from dragoman.evaluation.score import Code
    from dragoman.record import Entity, Mention

BELOW_FLOOR = 1
BAD_INPUT = 2


class Floors(BaseModel):
    """A file of floors: measures that must not sink, and the gold they were measured on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    sha256: str | None = None
    """Fingerprint of the gold file, as ``--json`` prints it; checked when given."""
    floors: dict[str, float]
    """Least value by measure: ``found``, ``full``, ``type_precision``, ``actor.f1``, ..."""


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="PLOVER .jsonl, .tsv of sentences, or a folder of happenings.")
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
        sunk = _joins(gold, json_path, limits) if gold.is_dir() else None
        if sunk is None:
            result = score(gold)
            _write(result, misses, json_path)
            sunk = below(result, limits) if limits else []
    except DragomanError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(BAD_INPUT) from error
    for line in sunk:
        typer.echo(line, err=True)
    if sunk:
        raise typer.Exit(BELOW_FLOOR)


def _joins(folder: Path, json_path: Path | None, limits: Floors | None) -> list[str]:
    """Count a folder of happenings."""
    from dragoman.cli.joins import count_joins  # noqa: PLC0415 - DuckDB is slow to import

    return count_joins(folder, json_path, limits)


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


def read_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        InputError: no such file.
        DataError: with every fault of the file.
    """
    if not path.is_file():
        raise InputError(f"{path}: no floors file found; give the path of a YAML file")
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return Floors.model_validate(data)
    except ValidationError as error:
        faults = [f"{path.name}: {item['loc']}: {item['msg']}" for item in error.errors()]
        raise DataError(faults) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError([f"{path.name}: no valid YAML: {error}; correct it"]) from error


def below(result: Result, limits: Floors) -> list[str]:
    """Return a line for each measure below its floor.

    Raises:
        InputError: the floors were set on other gold, or name a measure this gold does not have.
    """
    if limits.sha256 and limits.sha256 != result.gold.sha256:
        raise InputError(
            f"{result.gold.name}: fingerprint {result.gold.sha256} found, {limits.sha256} "
            "expected; evaluate the gold the floors were set on"
        )
    measures = result.measures()
    if unknown := sorted(set(limits.floors) - set(measures)):
        raise InputError(f"floors: no measure {', '.join(unknown)}; known: {', '.join(measures)}")
    return [
        f"{name}: {measures[name]:.3f} is below its floor {floor:.3f}"
        for name, floor in limits.floors.items()
        if measures[name] < floor
    ]


def _write(result: Result, misses: str | None, json_path: Path | None) -> None:
    """Print the table and write what was asked for."""
    console = Console()
    if misses == "-":
        for miss in result.misses:
            console.print(_readable(miss), markup=False, highlight=False)
    elif misses:
        lines = [json.dumps(as_codes(miss), ensure_ascii=False) for miss in result.misses]
        Path(misses).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if json_path:
        json_path.write_text(json.dumps(as_numbers(result), indent=2) + "\n", encoding="utf-8")
    console.print(table(result))
    if result.gold.unscored:
        console.print("Not scored, unknown names:", ", ".join(result.gold.unscored), markup=False)


def table(result: Result) -> Table:
    """Return the numbers as a table: shares with their 95% intervals, in per cent."""
    title = f"{result.gold.name}: {len(result.gold.sentences)} sentences, %"
    made = Table(title=title, padding=(0, 0))
    for heading in ("", "precision", "recall", "F1", "gold", "coded"):
        made.add_column(heading, no_wrap=True)
    made.add_row("found", "", _percent(result.found), "", "", "")
    made.add_row("full", "", _percent(result.full), "", "", "")
    made.add_row("types coded", _percent(result.type_precision), "", "", "", "")
    made.add_section()
    for name, field in result.fields.items():
        made.add_row(name.replace("_", " "), *_cells(field))
    return made


def _cells(field: FieldScore | None) -> tuple[str, ...]:
    """Return a field's cells."""
    if field is None:
        return ("not in this gold", "", "", "", "")
    shares = (_percent(share) for share in (field.precision, field.recall, field.f1))
    return (*shares, str(field.gold), str(field.coded))


def _percent(share: Share) -> str:
    """Return a share and its interval, in per cent."""
    if share.value is None or share.low is None or share.high is None:
        return "-"
    return f"{100 * share.value:.1f} ({100 * share.low:.0f}-{100 * share.high:.0f})"


def as_numbers(result: Result) -> dict[str, Any]:
    """Return everything ``--json`` writes; no text of the gold is in it."""
    return {
        "coder": f"dragoman {version('dragoman')}" if _installed() else "dragoman",
        "gold": result.gold.name,
        "sha256": result.gold.sha256,
        "sentences": len(result.gold.sentences),
        "found": _interval(result.found),
        "full": _interval(result.full),
        "type_precision": _interval(result.type_precision),
        "fields": {name: _field_numbers(field) for name, field in result.fields.items()},
        "measures": result.measures(),
        "unscored": list(result.gold.unscored),
    }


def _installed() -> bool:
    """Tell whether the package's version can be asked for."""
    try:
        return bool(version("dragoman"))
    except ModuleNotFoundError:
        return False


def _interval(share: Share) -> dict[str, float | None]:
    """Return a share as JSON."""
    return {"value": share.value, "low": share.low, "high": share.high}


def _field_numbers(field: FieldScore | None) -> dict[str, Any] | None:
    """Return a field's numbers; ``None`` when the gold does not have it."""
    if field is None:
        return None
    shares = {"precision": field.precision, "recall": field.recall, "f1": field.f1}
    numbers = {name: _interval(share) for name, share in shares.items()}
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
