"""Parquet: one row an event with everything the record has of it, typed, lists and structs kept.

The columns are the fields of ``Event`` in order, then what the reports tell and what reviewers
say. A number and a range of numbers are both a struct of ``low`` and ``high``.
"""

from __future__ import annotations

import datetime as dt
import types
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa

from dragoman.export.flat import ends
from dragoman.export.story import Press
from dragoman.record import Amount, Event
from dragoman.store.columns import struct_docs

if TYPE_CHECKING:
    from dragoman.export.story import Story
    from dragoman.export.world import World

_DAYS = frozenset(("date", "enddate", "published", "anchor"))
"""Fields whose text is a date."""


class NestedColumn(NamedTuple):
    """One column."""

    name: str
    type: pa.DataType
    doc: str


_NUMBERS = (
    ("actor_code", "code", pa.string(), "Code of each actor, in step with `actor`."),
    ("actor_cow", "cow", pa.int64(), "Correlates of War number of each actor's state."),
    ("actor_gw", "gw", pa.int64(), "Gleditsch and Ward number of each actor's state."),
    ("recipient_code", "code", pa.string(), "Code of each recipient, in step with `recipient`."),
    ("recipient_cow", "cow", pa.int64(), "Correlates of War number of each recipient's state."),
    ("recipient_gw", "gw", pa.int64(), "Gleditsch and Ward number of each recipient's state."),
)

_REVIEWED = "What reviewers made of it, in words; empty when nobody has looked at it."


@cache
def nested_columns() -> tuple[NestedColumn, ...]:
    """Return the columns, in order."""
    docs = struct_docs(Event)
    hints = get_type_hints(Event)
    own = [NestedColumn(n, _arrow(hint, n), docs[n]) for n, hint in hints.items()]
    codes = [NestedColumn(name, pa.list_(kind), doc) for name, _, kind, doc in _NUMBERS]
    press = NestedColumn(
        "reports", pa.list_(_struct(Press)), "Every report that states it, the first one first."
    )
    reviewed = NestedColumn("reviewed", pa.list_(pa.string()), _REVIEWED)
    return (*own, *codes, press, reviewed)


@cache
def nested_schema() -> pa.Schema:
    """Return the Arrow schema; its columns carry their documentation."""
    return pa.schema(
        [pa.field(c.name, c.type, metadata={"description": c.doc}) for c in nested_columns()]
    )


def nested_row(story: Story, world: World) -> dict[str, Any]:
    """Return an event as a row."""
    row: dict[str, Any] = msgspec.to_builtins(story.event)
    row["date"], row["enddate"] = _day(row["date"]), _day(row["enddate"])
    row["size"] = {n: _ends(amount) for n, amount in row["size"].items()}
    for mention in row["mentions"]:
        if (info := mention["date_info"]) is not None:
            info["anchor"] = _day(info["anchor"])
    for name, what, _, _ in _NUMBERS:
        codes = [entity.code for entity in getattr(story.event, name.split("_")[0])]
        row[name] = codes if what == "code" else [getattr(world, what)(code) for code in codes]
    reports = [msgspec.to_builtins(report) for report in story.reports]
    row["reports"] = [each | {"published": _day(each["published"])} for each in reports]
    row["reviewed"] = list(story.reviewed)
    return row


def nested_table(rows: list[dict[str, Any]]) -> pa.Table:
    """Return rows as a table; halves of surrogate pairs become question marks."""
    try:
        return pa.Table.from_pylist(rows, schema=nested_schema())
    except UnicodeEncodeError:
        return pa.Table.from_pylist([sound(row) for row in rows], schema=nested_schema())


def sound(value: Any) -> Any:
    """Return a tree whose texts are all valid Unicode."""
    if isinstance(value, dict):
        return {name: sound(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [sound(part) for part in value]
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _arrow(hint: Any, name: str) -> pa.DataType:
    """Return the Arrow type of a field."""
    if hint == Amount:
        return pa.struct([("low", pa.int64()), ("high", pa.int64())])
    inner = _bare(hint)
    if get_origin(inner) is tuple:
        return pa.list_(_arrow(get_args(inner)[0], name))
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return _struct(inner)
    if name in _DAYS:
        return pa.date32()
    plain: dict[Any, pa.DataType] = {int: pa.int64(), float: pa.float64()}
    return plain.get(inner, pa.string())


def _struct(struct: type[msgspec.Struct]) -> pa.DataType:
    """Return the Arrow type of a record."""
    return pa.struct([(n, _arrow(h, n)) for n, h in get_type_hints(struct).items()])


def _bare(hint: Any) -> Any:
    """Return a type without ``None``."""
    if get_origin(hint) not in {Union, types.UnionType}:
        return hint
    return next(arg for arg in get_args(hint) if arg is not type(None))


def _ends(amount: Amount) -> dict[str, int | None]:
    """Return an amount as its lowest and its highest number."""
    low, high = ends(amount)
    return {"low": low, "high": high}


def _day(text: str | None) -> dt.date | None:
    """Return a date; ``None`` for what is none."""
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        return None
