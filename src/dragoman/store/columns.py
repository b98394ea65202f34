"""The columns of the tables, made from the typed record and its docstrings.

One rule a kind of field, the same for DuckDB and Parquet:

- a text, number or truth value is one column;
- a tuple of texts is one list column;
- a record within a record is flattened: ``event_loc.city`` is ``event_loc_city``;
- a tuple of records is one column of JSON text; a tuple of entities has their
  country codes beside it as a list, ``actor_code`` beside ``actor``;
- an amount, a number or a pair, is two columns, ``size_dead_low`` and ``size_dead_high``.

``python -m dragoman.store.columns`` writes the page ``docs/record.md``.
"""

from __future__ import annotations

import ast
import inspect
import sys
import types
from functools import cache
from pathlib import Path
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    NamedTuple,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    overload,
)

import msgspec

from dragoman import record
from dragoman.record import Coded, Entity, Event, Mention, Report
from dragoman.stories.traits import Traits, traits_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.stories.settings import Joining

Kind = Literal["text", "integer", "number", "truth", "texts", "json", "codes", "low", "high"]
"""What a column holds, and how it is taken from the record."""
Role = Literal["actor", "recipient", "source"]
Row = dict[str, Any]


class EntityRow(msgspec.Struct, frozen=True, kw_only=True):
    """One actor, recipient or source of one mention."""

    mention: str
    """Id of the mention."""
    report: str
    """Id of the report."""
    role: Role
    """``actor``, ``recipient`` or ``source`` (of the attribution)."""
    position: int
    """Place among the entities of that role, from 0."""
    entity: Entity
    """Who it is."""


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """What one report tells of one happening, and what it is compared by with other reports."""

    id: str
    """Hash of where it was read; also the id of the event as long as nobody else reports it."""
    report: str
    """Id of the report."""
    event: str
    """Id of the event it belongs to: that of the event's first account."""
    joined: bool
    """Whether it has been compared with the accounts of other reports."""
    mentions: tuple[str, ...]
    """Ids of its mentions."""
    coder: str
    """Program and version that read it."""
    manifest: str
    """Hash of what read it."""
    quad_code: int
    """Quad class of its event, 1 to 4, as it was coded: its type may be a user's own."""
    event_scale: float
    """PLOVER score of its event, -10 to 10, as it was coded."""
    traits: Traits
    """What it is compared by."""


class Column(NamedTuple):
    """One column of a table."""

    name: str
    """Its name: the fields on the way to it, joined with ``_``."""
    kind: Kind
    """What it holds."""
    path: tuple[str, ...]
    """The fields on the way to it."""
    doc: str
    """What it means, from the record's own docstring."""


TABLES = ("reports", "mentions", "events", "entities")
"""The tables that every store of tables holds, in the order of the way of a report."""
STANDING_TABLES = (*TABLES, "accounts")
"""The tables of a DuckDB file, where events stand across reports."""
_STRUCTS: types.MappingProxyType[str, type[msgspec.Struct]] = types.MappingProxyType(
    {
        "reports": Report,
        "mentions": Mention,
        "events": Event,
        "entities": EntityRow,
        "accounts": AccountRow,
    }
)
_COUNTS = ("sentences", "parsed", "words")
"""Fields of ``Coded`` that stand beside the report in the table of reports."""
_EXTENT: types.MappingProxyType[str, tuple[Kind, str]] = types.MappingProxyType(
    {
        "accounts": ("integer", "Reports that tell of the event."),
        "outlets": ("integer", "Different outlets among them."),
        "first_published": ("text", "Day the first of them came out, `YYYY-MM-DD`."),
        "last_published": ("text", "Day the last of them came out."),
    }
)
"""How widely an event is reported: columns of the table of events beside the record's own."""
_UNPREFIXED = frozenset(("entity", "traits"))
"""Fields whose own name adds nothing to their parts' names."""


def struct_docs(struct: type[msgspec.Struct]) -> dict[str, str]:
    """Return ``field -> docstring`` for a struct: the string that follows each field."""
    (node,) = (
        n
        for n in ast.parse(inspect.getsource(inspect.getmodule(struct) or record)).body
        if isinstance(n, ast.ClassDef) and n.name == struct.__name__
    )
    return {
        field.target.id: " ".join(inspect.cleandoc(text.value.value).split())
        for field, text in zip(node.body, node.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


@cache
def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of one of ``TABLES``, in order."""
    made = tuple(_struct_columns(_STRUCTS[table], ()))
    if table == "events":
        return made + tuple(Column(n, kind, (n,), doc) for n, (kind, doc) in _EXTENT.items())
    if table != "reports":
        return made
    docs = struct_docs(Coded)
    return made + tuple(Column(name, "integer", (name,), docs[name]) for name in _COUNTS)


def _struct_columns(struct: type[msgspec.Struct], path: tuple[str, ...]) -> Iterator[Column]:
    """Yield the columns of one struct, nested structs flattened."""
    docs = struct_docs(struct)
    for name, hint in get_type_hints(struct).items():
        inner, whole = _bare(hint), (*path, name)
        if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
            yield from _struct_columns(inner, whole)
        else:
            yield from _field_columns(inner, whole, docs[name])


def _field_columns(hint: Any, path: tuple[str, ...], doc: str) -> Iterator[Column]:
    """Yield the columns of one field that is no struct."""
    name = "_".join(part for part in path if part not in _UNPREFIXED)
    if hint == _bare(record.Amount):
        yield Column(f"{name}_low", "low", path, f"{doc} The number, or the lower one.")
        yield Column(f"{name}_high", "high", path, f"{doc} The number, or the higher one.")
    elif get_origin(hint) is not tuple:
        kinds: dict[Any, Kind] = {int: "integer", float: "number", bool: "truth"}
        yield Column(name, kinds.get(hint, "text"), path, doc)
    elif not _is_struct(item := get_args(hint)[0]):
        yield Column(name, "texts", path, doc)
    else:
        if item is Entity:
            yield Column(f"{name}_code", "codes", path, f"{doc} Their codes, in order.")
        yield Column(name, "json", path, f"{doc} JSON text: a list of `{item.__name__}`.")


def _is_struct(hint: Any) -> bool:
    """Return whether a type is one of the record's structs."""
    return isinstance(hint, type) and issubclass(hint, msgspec.Struct)


def _bare(hint: Any) -> Any:
    """Return a type without ``None``."""
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint
    rest = tuple(arg for arg in get_args(hint) if arg is not type(None))
    return rest[0] if len(rest) == 1 else Union[rest]  # noqa: UP007 - made at run time


def to_row(table: str, item: msgspec.Struct) -> Row:
    """Return one record as a row of its table, every column present."""
    built = msgspec.to_builtins(item)
    return {column.name: _cell(built, column) for column in columns(table)}


def _cell(built: Any, column: Column) -> Any:
    """Return what one column takes from a record's builtins."""
    for name in column.path:
        built = built.get(name) if built is not None else None
    if column.kind == "json":
        return None if built is None else msgspec.json.encode(built).decode()
    if column.kind == "codes":
        return None if built is None else [entity["code"] for entity in built]
    if column.kind in {"low", "high"} and isinstance(built, (list, tuple)):
        return built[column.kind == "high"]
    return list(built) if isinstance(built, tuple) else built


@overload
def from_row(table: Literal["mentions"], row: Row) -> Mention: ...
@overload
def from_row(table: Literal["events"], row: Row) -> Event: ...
def from_row(table: Literal["mentions", "events"], row: Row) -> Mention | Event:
    """Return the record a row was made from; columns it does not know are passed over.

    A pair of equal amounts comes back as one number, which means the same.
    """
    tree = _tree(table, row)
    if table == "mentions":
        return msgspec.convert(tree, Mention)
    return msgspec.convert(tree, Event)


def report_from_row(row: Row) -> Report:
    """Return the report a row of the table of reports was made from."""
    return msgspec.convert(_tree("reports", row), Report)


def _tree(table: str, row: Row) -> Row:
    """Return a row's cells put back where they belong; absent structs are ``None``."""
    tree: Row = {}
    beside = _EXTENT if table == "events" else ()
    for column in columns(table):
        if column.name in beside:  # no part of the record, and unknown to older files
            continue
        node = tree
        for name in column.path[:-1]:
            node = node.setdefault(name, {})
        _put(node, column, row[column.name])
    pruned = {name: _pruned(value) for name, value in tree.items()}
    # A struct that must be there may have nothing stated in it.
    return {n: {} if v is None and n in _needed(table) else v for n, v in pruned.items()}


@cache
def _needed(table: str) -> frozenset[str]:
    """Return the fields of a table's struct that are structs themselves and must be there."""
    hints = get_type_hints(_STRUCTS[table])
    return frozenset(name for name, hint in hints.items() if _is_struct(hint))


def _put(node: Row, column: Column, cell: Any) -> None:
    """Put one cell into its place."""
    name = column.path[-1]
    if column.kind == "json":
        node[name] = None if cell is None else msgspec.json.decode(cell)
    elif column.kind == "high":
        node[name] = cell if node[name] == cell else (node[name], cell)
    elif column.kind != "codes":
        node[name] = cell


def _pruned(value: Any) -> Any:
    """Return a tree without the structs that nothing was stated of."""
    if not isinstance(value, dict):
        return value
    parts = {name: _pruned(part) for name, part in value.items()}
    return {n: p for n, p in parts.items() if p is not None} or None


def table_rows(batch: Iterable[Coded]) -> dict[str, list[Row]]:
    """Return the rows of every table that a batch of coded reports makes."""
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    for coded in batch:
        counts = {name: getattr(coded, name) for name in _COUNTS}
        rows["reports"].append(to_row("reports", coded.report) | counts)
        rows["mentions"] += [to_row("mentions", mention) for mention in coded.mentions]
        extent = extent_of([coded.report])
        rows["events"] += [to_row("events", event) | extent for event in coded.events]
        rows["entities"] += [
            to_row("entities", row) for mention in coded.mentions for row in _entity_rows(mention)
        ]
    return rows


def extent_of(reports: Sequence[Report]) -> Row:
    """Return how widely an event is reported, by the reports that tell of it."""
    days = sorted(r.published for r in reports if r.published is not None)
    return {
        "accounts": len(reports),
        "outlets": len({r.outlet or r.id for r in reports}),
        "first_published": days[0] if days else None,
        "last_published": days[-1] if days else None,
    }


def account_rows(told: Iterable[tuple[Report, Iterable[Event]]], settings: Joining) -> list[Row]:
    """Return the rows of the table of accounts that reports make; none is joined yet.

    Args:
        told: reports, each with its own events.
        settings: what accounts are compared by.
    """
    return [
        to_row(
            "accounts",
            AccountRow(
                id=event.id,
                report=report.id,
                event=event.id,
                joined=False,
                mentions=tuple(m.id for m in event.mentions),
                coder=event.coder,
                manifest=event.manifest,
                quad_code=event.quad_code,
                event_scale=event.event_scale,
                traits=traits_of(event, report, settings),
            ),
        )
        for report, events in told
        for event in events
    ]


def _entity_rows(mention: Mention) -> Iterator[EntityRow]:
    """Yield every actor, recipient and source of a mention."""
    source = (mention.attribution.source,) if mention.attribution else ()
    by_role: tuple[tuple[Role, tuple[Entity, ...]], ...] = (
        ("actor", mention.actor),
        ("recipient", mention.recipient),
        ("source", source),
    )
    for role, entities in by_role:
        for position, entity in enumerate(entities):
            yield EntityRow(
                mention=mention.id,
                report=mention.report,
                role=role,
                position=position,
                entity=entity,
            )


if __name__ == "__main__":
    from dragoman.store.page import record_page

    # The path is relative to the folder of the project.
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/record.md")
    target.write_text(record_page(), "utf-8")
