"""The codebook of an export: its columns, and every code in it with its meaning and its count.

It holds no clock and no path, so the same record gives the same codebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.export.load import layout
from dragoman.export.nested import nested_columns
from dragoman.export.pages import Heading, Table, Text
from dragoman.record import Event
from dragoman.store.columns import struct_docs

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from dragoman.export.pages import Block
    from dragoman.export.tally import Tally
    from dragoman.export.world import World
    from dragoman.export.writers import Name

OUTLETS = 25
"""Outlets that are listed by name."""


def codebook(
    title: str, name: Name | None, tally: Tally, world: World, selection: str
) -> list[Block]:
    """Return the codebook of an export.

    Args:
        title: name of the exported file, or of the record.
        name: the format; ``None`` for a codebook of the record alone.
        tally: counts of what was written.
        world: meanings.
        selection: which events were asked for, in words.
    """
    return [
        Heading(1, f"Codebook of {title}"),
        *_about(name, tally, selection),
        *_columns(name),
        *_codes(tally, world),
        *_reports(tally),
    ]


def _about(name: Name | None, tally: Tally, selection: str) -> Iterator[Block]:
    """Yield what the file is and what it was made of."""
    dated = f"{tally.first} to {tally.last}" if tally.first else "none"
    facts: list[tuple[str, str | int]] = [
        ("format", _title(name)),
        ("events", tally.events),
        *((("rows", tally.rows),) if tally.rows else ()),
        ("dates of the events", dated),
        ("events without a date", tally.undated),
        ("reports of events", tally.accounts),
        ("selection", selection),
        *((f"left out: {reason}", count) for reason, count in sorted(tally.left_out.items())),
        *((f"in review: {what}", count) for what, count in sorted(tally.reviewed.items())),
        *((f"coder: {coder}", count) for coder, count in sorted(tally.coders.items())),
        *((f"manifest: {hash_}", count) for hash_, count in sorted(tally.manifests.items())),
    ]
    yield Text(
        "Coded by Dragoman from news reports. Equal manifests mean that equal reports were coded"
        " alike. An id names an event of the record: dragoman explain ID --record RECORD shows the"
        " sentences and characters behind it."
    )
    yield Table(("fact", "value"), facts)


def _title(name: Name | None) -> str:
    """Return what a format is called."""
    words = {None: "no data, the record's own fields", "plover": "PLOVER 2.0 JSON lines"}
    if name in words:
        return words[name]
    return "Parquet, nested" if name == "parquet" else layout(str(name)).title


def _columns(name: Name | None) -> Iterator[Block]:
    """Yield the data dictionary."""
    yield Heading(2, "Columns")
    if name in {None, "plover"}:
        yield Text("Fields of the JSON object of an event; entities and places are objects too.")
        docs = struct_docs(Event)
        yield Table(("field", "holds"), [(field, docs[field]) for field in docs])
    elif name == "parquet":
        rows = [(c.name, str(c.type), c.doc) for c in nested_columns()]
        yield Table(("column", "type", "holds"), rows)
    else:
        yield from _layout_columns(str(name))


def _layout_columns(name: str) -> Iterator[Block]:
    """Yield the columns of a tabular format."""
    form = layout(name)
    first = "The first line names the columns" if form.header else "There is no header"
    missing = f'"{form.missing}"' if form.missing else "nothing"
    kind = "commas, RFC 4180" if name == "csv" else "tabs"
    yield Text(
        f"{first}; cells are separated by {kind}; {missing} stands for what is not stated;"
        f" one row is one {form.per}."
    )
    rows = [(i, c.name, c.type, c.doc) for i, c in enumerate(form.columns, 1)]
    yield Table(("column", "type", "holds", "place"), [(n, t, d, str(i)) for i, n, t, d in rows])


def _codes(tally: Tally, world: World) -> Iterator[Block]:
    """Yield a table for each kind of code that occurs."""
    types, plover = world.ontology.plover.types, world.ontology.plover
    yield Heading(2, "Codes")
    yield Text("An event counts once for each code it has.")
    modes = {
        f"{t}.{m}": mode.meaning for t, kind in types.items() for m, mode in kind.modes.items()
    }
    yield from _table("Event types", tally.types, {t: k.meaning for t, k in types.items()})
    yield from _table("Modes", tally.modes, modes)
    yield from _table("Quad classes", tally.quads, {str(k): v for k, v in plover.quads.items()})
    contexts = {name: each.meaning for name, each in plover.contexts.items()}
    yield from _table("Contexts", tally.contexts, contexts)
    yield from _table("Auxiliary modes", tally.aux, world.maps.aux)
    yield from _table("Attribution", tally.kinds, world.maps.kinds)
    labels = {code: entry.label for code, entry in world.ontology.cameo.codes.items()}
    yield from _table("CAMEO codes", tally.cameo, labels)
    sectors = dict(world.knowledge.sectors)
    yield from _sided("Sectors", tally.sectors, sectors)
    found = {code for counts in tally.codes.values() for code in counts}
    names = {code: world.knowledge.name(code) or "" for code in found}
    yield from _countries(tally, world, names)


def _table(title: str, counts: Counter[str], meanings: dict[str, str]) -> Iterator[Block]:
    """Yield a table of codes in the order of the ontology, unknown ones last."""
    if not counts:
        return
    order = [code for code in meanings if code in counts]
    order += sorted(set(counts) - set(meanings))
    yield Heading(3, title)
    rows = [(code, meanings.get(code, ""), counts[code]) for code in order]
    yield Table(("code", "meaning", "events"), rows)


def _sided(title: str, sides: dict[str, Counter[str]], meanings: dict[str, str]) -> Iterator[Block]:
    """Yield a table with a count a side."""
    found = sorted({code for counts in sides.values() for code in counts})
    if not found:
        return
    yield Heading(3, title)
    rows: list[tuple[str | int, ...]] = [
        (code, meanings.get(code, ""), *(counts[code] for counts in sides.values()))
        for code in found
    ]
    yield Table(("code", "meaning", *(f"as {side}" for side in sides)), rows)


def _countries(tally: Tally, world: World, names: dict[str, str]) -> Iterator[Block]:
    """Yield the table of countries and other codes, with the numbers they join by."""
    if not names:
        return
    yield Heading(3, "Countries and other codes")
    rows: list[tuple[str | int, ...]] = [
        (
            code,
            names[code],
            str(world.cow(code) or ""),
            str(world.gw(code) or ""),
            *(counts[code] for counts in tally.codes.values()),
        )
        for code in sorted(names)
    ]
    head = ("code", "name", "COW", "G&W", *(f"as {side}" for side in tally.codes))
    yield Table(head, rows)


def _reports(tally: Tally) -> Iterator[Block]:
    """Yield the outlets."""
    if not tally.outlets:
        return
    yield Heading(2, "Outlets")
    more = len(tally.outlets) - OUTLETS
    tail = f"; {more:,} more are not listed" if more > 0 else ""
    yield Text(f"{len(tally.outlets):,} outlets, those with the most events first{tail}.")
    ranked = sorted(tally.outlets.items(), key=lambda pair: (-pair[1], pair[0]))
    yield Table(("outlet", "events"), ranked[:OUTLETS])
