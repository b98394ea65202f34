"""Gold: sentences with the events that people coded in them.

Two formats are read: PLOVER's own JSON lines, and a table (TSV) with the columns ``sentence
source target root``, where the parties are texts. Older names become PLOVER 2.0's by
``data/labels.yaml``. A gold value is a set of alternatives, of which any one is right.
"""

from __future__ import annotations

import csv
import hashlib
import json
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from dragoman.ontology import Ontology

Choice = frozenset[str]
"""Names of which any one is right."""

SHOWN = 20
"""Faults of a gold file that are listed; a file of another kind has one on every line."""


class Labels(BaseModel):
    """``labels.yaml``: field names, old names and what they are in PLOVER 2.0."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    fields: dict[str, list[str]]
    types: dict[str, list[str]]
    implied_modes: dict[str, list[str]]
    modes: dict[str, dict[str, list[str]]]
    either_way: dict[str, list[str]]
    contexts: dict[str, list[str]]
    codes: dict[str, str]
    same_codes: dict[str, str]
    sectors: dict[str, str]
    no_dates: list[str]
    stop_words: list[str]
    head_ends: list[str]

    def same(self, code: str) -> str:
        """Return the code that stands for ``code`` when two are compared."""
        code = self.codes.get(code, code)
        return self.same_codes.get(code, code)


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient as the gold has it."""

    text: str
    code: str | None = None
    """``None``: this gold gives texts, not codes."""
    sectors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """One event of a sentence; an empty field is not in this gold and is not scored."""

    id: str
    type: Choice
    mode: tuple[Choice, ...] = ()
    context: tuple[Choice, ...] = ()
    actor: tuple[Party, ...] = ()
    recipient: tuple[Party, ...] = ()
    place: str = ""
    date: str = ""
    attribution: str = ""
    aux: frozenset[str] | None = None
    """``None``: not in this gold; empty: a plain past event."""
    either_way: bool = False
    """Actor and recipient may stand in either order."""

    @property
    def reciprocal(self) -> bool:
        """All participants are actors and nobody is the recipient."""
        return len(self.actor) > 1 and not self.recipient


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """One text and every event the gold has for it."""

    id: str
    text: str
    published: str | None
    events: tuple[GoldEvent, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """A gold file."""

    name: str
    sha256: str
    """Fingerprint of the file's bytes, in hex."""
    sentences: tuple[GoldSentence, ...]
    unscored: tuple[str, ...]
    """Modes and contexts that neither labels nor ontology know."""


@dataclass(slots=True)
class _Reading:
    """What one pass over a file gathers."""

    labels: Labels
    ontology: Ontology
    faults: list[str] = field(default_factory=list)
    unscored: set[str] = field(default_factory=set)

    def get(self, row: Mapping[str, Any], name: str) -> Any:
        """Return the field by the first of its names that is present, else ``None``."""
        return next((row[key] for key in self.labels.fields[name] if key in row), None)

    def known(
        self, name: str, kind: str, table: Mapping[str, list[str]], own: Iterable[str]
    ) -> Choice:
        """Return what is right for a gold name; empty, and noted, when nothing is known of it."""
        if name in table:
            return frozenset(table[name])
        if name in own:
            return frozenset((name,))
        self.unscored.add(f"{kind} {name}")
        return frozenset()


def load_labels() -> Labels:
    """Read ``labels.yaml``.

    Raises:
        DataError: with every fault of the file.
    """
    path = resources.files("dragoman.evaluation") / "data" / "labels.yaml"
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    try:
        return Labels.model_validate(data)
    except ValidationError as error:
        raise DataError(
            [f"labels.yaml: {item['loc']}: {item['msg']}" for item in error.errors()]
        ) from error


def read_gold(path: Path, labels: Labels, ontology: Ontology) -> Gold:
    """Read a gold file; records that share a text become one sentence.

    Args:
        path: ``.jsonl`` (PLOVER's JSON, one record a line) or ``.tsv``.
        labels: old names and their meaning.
        ontology: the names of PLOVER 2.0.

    Raises:
        InputError: no such file, another format, a row that cannot be read, or no rows at all.
    """
    if not path.is_file():
        raise InputError(
            f"{path}: no gold file found, so nothing was evaluated; give a .jsonl or .tsv"
        )
    reading = _Reading(labels, ontology)
    data = path.read_bytes()
    events = [
        (str(reading.get(row, "text")), _published(reading, row), event)
        for number, row in _rows(path, data)
        if (event := _event(reading, number, row)) is not None
    ]
    if reading.faults or not events:
        faults = reading.faults[:SHOWN] or ["no rows found; expected at least one gold record"]
        raise InputError("\n".join(f"{path.name}: {fault}" for fault in faults))
    digest = hashlib.sha256(data).hexdigest()
    return Gold(path.name, digest, _sentences(events), tuple(sorted(reading.unscored)))


def _rows(path: Path, data: bytes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and row.

    Raises:
        InputError: not UTF-8, no JSON object on a line, or an unknown ending.
    """
    try:
        lines = data.decode("utf-8").replace("\r\n", "\n").split("\n")
        if path.suffix == ".tsv":
            yield from enumerate(csv.DictReader(lines, delimiter="\t"), start=2)
        elif path.suffix in {".jsonl", ".json"}:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield number, dict(json.loads(line))
        else:
            raise InputError(
                f"{path}: ending {path.suffix or 'none'} found; expected .jsonl or .tsv"
            )
    except (ValueError, TypeError) as error:
        raise InputError(
            f"{path}: no readable gold ({error}); expected UTF-8 JSON lines"
        ) from error


def _sentences(events: list[tuple[str, str | None, GoldEvent]]) -> tuple[GoldSentence, ...]:
    """Join the events that share a text, in the order of their first."""
    grouped: dict[str, list[tuple[str | None, GoldEvent]]] = {}
    for text, published, event in events:
        grouped.setdefault(text, []).append((published, event))
    return tuple(
        GoldSentence(group[0][1].id, text, group[0][0], tuple(event for _, event in group))
        for text, group in grouped.items()
    )


def _event(reading: _Reading, number: int, row: dict[str, Any]) -> GoldEvent | None:
    """Return the row's event, or note a fault and return ``None``."""
    names = _names(reading.get(row, "type"))
    types = [kind for name in names for kind in reading.labels.types.get(name, [name])]
    text = reading.get(row, "text")
    if not text or not types or set(types) - set(reading.ontology.types):
        reading.faults.append(
            f"line {number}: text {str(text)[:20]!r}, type {names} found; "
            "expected a text and a PLOVER type"
        )
        return None
    return _complete(reading, row, names, frozenset(types), str(reading.get(row, "id") or number))


def _complete(
    reading: _Reading, row: dict[str, Any], names: list[str], types: Choice, name: str
) -> GoldEvent:
    """Fill the fields of an event whose type is known."""
    either = [mode for kind in types for mode in reading.labels.either_way.get(kind, [])]
    aux = reading.get(row, "aux")
    return GoldEvent(
        id=name,
        type=types,
        mode=_modes(reading, row, names, types),
        context=_contexts(reading, row),
        actor=_parties(reading, reading.get(row, "actor")),
        recipient=_parties(reading, reading.get(row, "recipient")),
        place=_inner(reading, reading.get(row, "place"), "place_name"),
        date=_date(reading, row),
        attribution=_inner(reading, reading.get(row, "attribution"), "speaker"),
        aux=None if aux is None else frozenset(_names(aux)),
        either_way=bool(set(_names(reading.get(row, "mode"))) & set(either)),
    )


def _names(value: Any) -> list[str]:
    """Return the names in a field that may be a list, a string with commas, or nothing."""
    parts = value if isinstance(value, list) else str(value or "").split(",")
    return [str(part).strip() for part in parts if str(part).strip()]


def _modes(
    reading: _Reading, row: dict[str, Any], names: list[str], types: Choice
) -> tuple[Choice, ...]:
    """Return the modes, each with its alternatives."""
    labels, ontology = reading.labels, reading.ontology
    table = {old: new for kind in types for old, new in labels.modes.get(kind, {}).items()}
    own = [mode for kind in types for mode in ontology.modes(kind)]
    given = [reading.known(mode, "mode", table, own) for mode in _names(reading.get(row, "mode"))]
    implied = [
        frozenset(labels.implied_modes[name]) for name in names if name in labels.implied_modes
    ]
    return tuple(mode for mode in given or implied if mode)


def _contexts(reading: _Reading, row: dict[str, Any]) -> tuple[Choice, ...]:
    """Return the contexts, each with its alternatives."""
    found = (
        reading.known(
            name.replace(" ", "_"), "context", reading.labels.contexts, reading.ontology.contexts
        )
        for name in _names(reading.get(row, "context"))
    )
    return tuple(dict.fromkeys(context for context in found if context))


def _parties(reading: _Reading, value: Any) -> tuple[Party, ...]:
    """Return the parties of a field that may be a list, an object, a text or nothing."""
    items = value if isinstance(value, list) else [value]
    return tuple(_party(reading, item) for item in items if item)


def _party(reading: _Reading, item: Any) -> Party:
    """Return one party; without a code when the gold gives a text only."""
    if not isinstance(item, dict):
        return Party(str(item))
    code = reading.get(item, "code")
    return Party(
        text=str(reading.get(item, "party_text") or ""),
        code=reading.labels.same(str(code)) if code else None,
        sectors=_sectors(reading, reading.get(item, "sector")),
    )


def _sectors(reading: _Reading, value: Any) -> frozenset[str]:
    """Return the sectors PLOVER knows, from a list or a chain of three-letter codes."""
    chains = _names(value)
    parts = [chain[at : at + 3] for chain in chains for at in range(0, len(chain), 3)]
    named = {reading.labels.sectors.get(part, part) for part in parts}
    return frozenset(named & set(reading.ontology.sectors))


def _inner(reading: _Reading, value: Any, name: str) -> str:
    """Return the text of a field that may be a text, an object (or a list of them), or nothing."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        inner = reading.get(value, name)
        return _inner(reading, inner, "party_text") if isinstance(inner, dict) else str(inner or "")
    return str(value or "")


def _date(reading: _Reading, row: dict[str, Any]) -> str:
    """Return the date, empty for the dates that stand for none."""
    date = str(reading.get(row, "date") or "")
    return "" if date in reading.labels.no_dates else date


def _published(reading: _Reading, row: dict[str, Any]) -> str | None:
    """Return the publication date, when the gold gives one."""
    value = reading.get(row, "published")
    return str(value) if value else None
