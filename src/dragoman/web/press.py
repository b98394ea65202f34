"""What the outlets of each side, and each outlet, make of two countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.web import queries
from dragoman.web.contexts import OutletVoice, PressSide
from dragoman.web.outlets import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.web.filters import View
    from dragoman.web.index import Index
    from dragoman.web.labels import Labels

OUTLETS = 15
SEVERAL = "several"
"""Stands for the country of a name that outlets of several countries bear."""


def press_sides(
    index: Index, view: View, labels: Labels, codes: tuple[str, str]
) -> Iterator[PressSide]:
    """Yield what the outlets of each side tell, of other countries, and of those nobody knows.

    An event that outlets of several sides tell of counts for each of them.
    """
    found = [code for code in queries.press(index, view) if not view.press or code in view.press]
    others = tuple(code for code in found if code not in {*codes, UNKNOWN})
    names = {code: f"Outlets made in {labels.country(code)}" for code in codes}
    wanted = (
        *((code, names[code], (code,)) for code in codes),
        ("others", "Outlets made elsewhere", others),
        (UNKNOWN, "Outlets of which it is not known", (UNKNOWN,)),
    )
    for side, name, countries in wanted:
        if side in codes or set(countries) & set(found):
            yield _side(index, view.having(press=countries), side, name)


def _side(index: Index, view: View, side: str, name: str) -> PressSide:
    """Return what some outlets tell."""
    rows = queries.quads(index, view)
    counts = {row["quad"]: row["events"] for row in rows}
    events = sum(counts.values())
    return PressSide(
        side=side,
        name=name,
        countries=view.press,
        events=events,
        quads=(counts.get(1, 0), counts.get(2, 0), counts.get(3, 0), counts.get(4, 0)),
        scale=round(sum(row["scale"] for row in rows) / events, 2) if events else None,
        address=f"/{view.query()}",
    )


def outlet_voices(index: Index, view: View) -> tuple[OutletVoice, ...]:
    """Return what each of the busiest outlets tells."""
    rows = queries.outlets(index, view, OUTLETS)
    made = queries.press_of(index, [row["outlet"] for row in rows])
    return tuple(
        OutletVoice(
            name=row["outlet"],
            events=row["events"],
            conflict=round(row["conflict"] / row["events"], 3),
            scale=round(row["scale"], 2),
            address=f"/{view.having(outlet=(row['outlet'],)).query()}",
            country=_one(made[row["outlet"]]["countries"]),
            how=_one(made[row["outlet"]]["hows"]),
        )
        for row in rows
    )


def _one(values: Sequence[str | None]) -> str | None:
    """Return the only value, that there are several, or that there is none."""
    known = [value for value in values if value not in {None, UNKNOWN}]
    return known[0] if len(known) == 1 else SEVERAL if known else None
