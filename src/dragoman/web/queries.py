"""Everything the room asks its index, as typed functions.

A statement is a file of ``sql/``; the words after a colon in it are put in here, from this
package's own lists, never from a reader. What a reader gave goes in as values.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from dragoman.web.errors import NotThereError
from dragoman.web.filters import ANY, FACETS, OPEN, PLAIN, REVIEW, View, where
from dragoman.web.index import Row, put, sql

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from dragoman.analysis.periods import By
    from dragoman.web.filters import Filter
    from dragoman.web.index import Ask, Index

PAIRS, PLACES = 400, 300
"""What the pictures are drawn from at most."""
PAGE = 25
"""Events of one page."""
COUNTED = tuple(name for name in FACETS if name != REVIEW)
"""Facets whose values stand in the index."""
SHOWN = 8
"""Values of a facet that are shown."""
_ORDERS = MappingProxyType({"new": "n", "old": "n DESC", "told": "accounts DESC, n"})
_BEYOND = MappingProxyType({"new": "n > ?", "old": "n < ?", "told": "(-accounts, n) > (?, ?)"})


def _with(name: str, **words: str) -> str:
    """Return a statement with this package's own words put in."""
    return put(sql(name), **words)


def _ask(
    index: Index, name: str, wanted: Filter, before: Sequence[Any] = (), after: Sequence[Any] = ()
) -> list[Row]:
    """Return what a statement finds among the wanted events; asked once for each state."""
    selection = wanted.selection()

    def ask() -> list[Row]:
        condition, values = where(selection)
        return index.rows(_with(name, where=condition, table="event"), [*before, *values, *after])

    edition = index.edition if name == "judged" else ""
    key = (name, edition, *_state(index, selection), tuple(before), tuple(after))
    return index.remembered.of(key, ask)


def _state(index: Index, selection: Filter) -> tuple[Filter, str]:
    """Return what an answer depends on: what is asked, and the verdicts if they are asked for."""
    return selection, index.edition if selection.review else ""


def totals(index: Index, wanted: Filter) -> Row:
    """Return how many events are meant, their days, and what of them is not known."""
    return _ask(index, "count", wanted)[0]


class Found(NamedTuple):
    """Everything that the room's page counts among some events."""

    totals: Row
    """How many they are, their days, and what of them is not known."""
    others: int
    """Events besides, that did not happen or not yet."""
    period: By
    """Period of the timeline."""
    timeline: list[Row]
    pairs: list[Row]
    places: list[Row]


def found(index: Index, view: View, choose: Callable[[View, Row], By]) -> Found:
    """Return everything that the room's page counts, from one look through the events.

    Args:
        index: what to ask.
        view: which events.
        choose: which period the timeline has, by the view and the totals.
    """
    selection = view.selection()
    default = selection.aux in {(), (PLAIN,)}

    def ask() -> Found:
        condition, values = where(selection, leave_out="aux" if default else None)
        words = {"table": "hits", "where": "plain" if default else "true"}
        with index.session() as run:
            run(_with("hits", where=condition), values)
            totals = run(_with("count", **words))[0]
            whole = run(_with("count", table="hits", where="true"))[0]
            period = choose(view, totals)
            facets = _tally(run, COUNTED, words)
            if default:
                around = selection.having(aux=(ANY,))
                facets["aux"] = _tally(run, ("aux",), words | {"where": "true"}).get("aux", [])
                index.remembered.of(("facet", "aux", *_state(index, around)), lambda: facets["aux"])
            index.remembered.of(("facets", *_state(index, selection)), lambda: facets)
            return Found(
                totals,
                whole["events"] - totals["events"],
                period,
                run(_with("timeline", **words), [period]),
                run(_with("pairs", **words), [PAIRS]),
                run(_with("places", **words), [PLACES]),
            )

    return index.remembered.of(("found", *_state(index, selection), view.by), ask)


def facet(index: Index, name: str, wanted: Filter) -> list[tuple[str, int]]:
    """Return the most frequent values of a facet and how many events each has.

    A choice within the facet itself does not count: the other values say what choosing them
    would add. What ``found`` has counted, for this page or the one before, is used again.
    """
    selection = wanted.selection()
    around = selection.having(**{name: (ANY,) if name == "aux" else ()})
    if name == REVIEW:
        return reviewed(index, around)
    known: dict[str, list[tuple[str, int]]] | None = index.remembered.known(
        ("facets", *_state(index, around))
    )
    if known is not None:
        return known.get(name, [])

    def ask() -> list[tuple[str, int]]:
        condition, values = where(around)
        words = {"table": "event", "where": condition}
        with index.session() as run:
            return _tally(run, (name,), words, values).get(name, [])

    return index.remembered.of(("facet", name, *_state(index, around)), ask)


def reviewed(index: Index, wanted: Filter) -> list[tuple[str, int]]:
    """Return how many events reviewers say what of; nothing while nobody has judged any."""
    if not index.judged:
        return []
    rows = _ask(index, "judged", wanted)
    counts = {row["value"]: row["events"] for row in rows}
    left = totals(index, wanted)["events"] - sum(counts.values())
    return [*counts.items(), *([(OPEN, left)] if left else [])]


def _tally(
    run: Ask, names: Sequence[str], words: dict[str, str], values: Sequence[Any] = ()
) -> dict[str, list[tuple[str, int]]]:
    """Return the most frequent values of some facets, counted in one pass."""
    keys = dict.fromkeys(FACETS[name].lists or FACETS[name].column for name in names)
    parts = (
        _with(
            "facet_lists" if (part := FACETS[name]).lists else "facet_column",
            facet=f"'{name}'",
            column=part.column,
            lists=part.lists or "",
            listed=f"{part.lists}_lists",
            most=str(SHOWN),
        )
        for name in names
    )
    filled = words | {
        "keys": ", ".join(keys),
        "sets": ", ".join(f"({key})" for key in keys),
        "parts": " UNION ALL ".join(f"({part})" for part in parts),
    }
    counts: dict[str, list[tuple[str, int]]] = {}
    for row in run(_with("facets", **filled), values):
        counts.setdefault(row["facet"], []).append((row["value"], row["events"]))
    return counts


def timeline(index: Index, wanted: Filter, period: str) -> list[Row]:
    """Return events and the sum of their scores by period and quad class."""
    return _ask(index, "timeline", wanted, before=[period])


def quads(index: Index, wanted: Filter) -> list[Row]:
    """Return events and the sum of their scores by quad class."""
    return _ask(index, "quads", wanted)


def reading(index: Index, wanted: Filter, period: str) -> dict[dt.date, int]:
    """Return how many reports were read by period, of the wanted outlets or of all."""
    outlets, press = list(wanted.outlet), list(wanted.press)

    def ask() -> dict[dt.date, int]:
        values = {"period": period, "outlets": outlets, "press": press}
        return {row["start"]: row["reports"] for row in index.rows(sql("reading"), values)}

    return index.remembered.of(("reading", wanted.outlet, wanted.press, period), ask)


def pairs(index: Index, wanted: Filter, most: int) -> list[Row]:
    """Return the busiest directed pairs of countries."""
    return _ask(index, "pairs", wanted, after=[most])


def page(index: Index, view: View, size: int = PAGE) -> list[Row]:
    """Return one page of events, and one more when there is another page.

    Raises:
        NotThereError: the event to go on from is not in the record.
    """

    def ask() -> list[Row]:
        condition, values = where(view)
        beyond, key = "true", []
        if view.after:
            found = index.rows(sql("place_of"), [view.after])
            if not found:
                raise NotThereError("event", view.after)
            n, accounts = found[0]["n"], found[0]["accounts"]
            beyond, key = _BEYOND[view.order], [-accounts, n] if view.order == "told" else [n]
        words = {"where": condition, "beyond": beyond, "order": _ORDERS[view.order]}
        return index.rows(_with("page", **words), [*values, *key, size + 1])

    return index.remembered.of(
        ("page", index.edition, view.selection(), view.order, view.after, size), ask
    )


def lines(index: Index, ids: Sequence[str]) -> list[Row]:
    """Return some events by their ids."""
    return numbered(index, [row["n"] for row in index.rows(sql("numbers"), [list(ids)])])


def numbered(index: Index, numbers: Sequence[int]) -> list[Row]:
    """Return some events by their numbers in the index."""
    return index.rows(sql("lines"), [list(numbers)]) if numbers else []


def dyads_of(index: Index, name: str) -> list[str]:
    """Return the pairs of countries of an event, ``A-B``."""
    return [row["dyad"] for row in index.rows(sql("dyads_of"), [name])]


def changes(
    index: Index, wanted: Filter, period: str, days: tuple[dt.date, dt.date], most: int
) -> list[Row]:
    """Return events and conflict of the busiest pairs by period, within some days."""
    return _ask(index, "changes", wanted, before=[period], after=[*days, most])


def story(index: Index, wanted: Filter, each: int, months: int) -> list[Row]:
    """Return the most told events of the last months: month, how many events it has, number."""
    return _ask(index, "story", wanted, after=[each, months])


def outlets(index: Index, wanted: Filter, most: int) -> list[Row]:
    """Return the outlets that tell of some events."""
    return _ask(index, "outlets", wanted, after=[most])


def press(index: Index, wanted: Filter) -> list[str]:
    """Return the countries of the outlets that tell of some events, the busiest first."""
    return [row["press"] for row in _ask(index, "press_among", wanted)]


def press_of(index: Index, outlets: Sequence[str]) -> dict[str, Row]:
    """Return where outlets are made, and what tells it, by their names."""
    return {row["outlet"]: row for row in index.rows(sql("press_of"), [list(outlets)])}


def parties(index: Index, wanted: Filter, most: int) -> list[Row]:
    """Return the actors and recipients of some events, as JSON text."""
    return _ask(index, "parties", wanted, after=[most])
