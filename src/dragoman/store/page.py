"""The reference page of the record, ``docs/record.md``, made from the code."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, get_type_hints

import msgspec

from dragoman import record
from dragoman.store import columns as tables

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = """\
# The record

This page is made from `src/dragoman/record.py` by `python -m dragoman.store.columns`;
change the docstrings there, not this page.

Field names are those of PLOVER 2.0 where PLOVER has one. Offsets count Unicode code
points of the report's text as it came in, end exclusive. `null` means "not stated".
"""
_JSON = """
## JSON lines

With `--level event` a line is one `Event`, with `--level mention` one `Mention`.
"""
_TABLES = """
## Tables

A DuckDB file and a folder of Parquet files hold the first four tables; a DuckDB file has
the accounts of its events besides, and joins events across reports
([joining.md](joining.md)). In its table `duplicates` stands which reports repeat others
([inputs.md](inputs.md)). A file whose name ends in `.parquet` holds one of them: `events`, or
`mentions` with `--level mention`.
"""
_TYPES = {
    "text": "text",
    "integer": "integer",
    "number": "number",
    "truth": "true or false",
    "texts": "list of texts",
    "json": "text (JSON)",
    "codes": "list of texts",
    "low": "integer",
    "high": "integer",
}
_ABOUT = {
    "reports": "One row a report that was coded, with or without events.",
    "mentions": "One row a mention: an event as one sentence states it.",
    "events": "One row an event: the mentions of the same happening joined.",
    "accounts": "One row an account: what one report tells of one event.",
    "entities": "One row an actor, recipient or source of a mention.",
}


def record_page() -> str:
    """Return the page as Markdown."""
    parts = [_HEAD, _JSON, *map(_struct_section, _structs())]
    parts += [_TABLES, *map(_table_section, tables.STANDING_TABLES)]
    return "".join(parts).replace("``", "`")  # docstrings are reStructuredText


def _structs() -> Iterator[type[msgspec.Struct]]:
    """Yield the record's structs, outermost first."""
    structs = [
        item
        for item in vars(record).values()
        if inspect.isclass(item)
        and issubclass(item, msgspec.Struct)
        and item.__module__ == record.__name__
    ]
    first = (record.Event, record.Mention, record.Report)
    yield from first
    yield from (item for item in structs if item not in first)


def _struct_section(struct: type[msgspec.Struct]) -> str:
    """Return the section of one struct."""
    docs = tables.struct_docs(struct)
    lines = "".join(f"| `{name}` | {_type(struct, name)} | {docs[name]} |\n" for name in docs)
    about = inspect.cleandoc(struct.__doc__ or "")
    return f"\n### {struct.__name__}\n\n{about}\n\n| field | type | holds |\n|---|---|---|\n{lines}"


def _type(struct: type[msgspec.Struct], name: str) -> str:
    """Return a field's type as it is written in the record, fit for a table cell."""
    written = str(struct.__annotations__[name])
    get_type_hints(struct)  # fails here, not on the page, when a type is misspelt
    return f"`{written}`".replace(" | ", "` or `").replace("`None`", "null")


def _table_section(table: str) -> str:
    """Return the section of one table."""
    lines = "".join(
        f"| `{column.name}` | {_TYPES[column.kind]} | {column.doc} |\n"
        for column in tables.columns(table)
    )
    return f"\n### {table}\n\n{_ABOUT[table]}\n\n| column | type | holds |\n|---|---|---|\n{lines}"
