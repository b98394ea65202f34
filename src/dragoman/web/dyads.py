"""The page of two countries."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

from dragoman.analysis import periods
from dragoman.web import changes, press, queries
from dragoman.web.contexts import DyadPage, Month, PersonCount, Side, Theme, Voice
from dragoman.web.errors import NotThereError
from dragoman.web.filters import ANY, View
from dragoman.web.lines import line, parties
from dragoman.web.pages import cells
from dragoman.web.state import record_state
from dragoman.web.timelines import timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.web.index import Index
    from dragoman.web.labels import Labels
    from dragoman.web.room import Room

THEMES: Mapping[str, dict[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Met": {"type": ("CONSULT",)},
        "Agreed and worked together": {"type": ("AGREE", "AID", "COOPERATE", "SUPPORT")},
        "Accused and rejected": {"type": ("ACCUSE", "REJECT")},
        "Threatened": {"type": ("THREATEN",)},
        "Fought and coerced": {"type": ("ASSAULT", "COERCE", "MOBILIZE", "SANCTION")},
        "Denied": {"kind": ("denial",)},
    }
)
"""Parts of a pair's story and what is asked for each."""
SHOWN, MONTHS, EACH, PEOPLE, ROWS = 4, 12, 5, 16, 4000


def dyad_page(room: Room, labels: Labels, one: str, other: str, view: View) -> DyadPage:
    """Return the page of two countries.

    Raises:
        NotThereError: one of them is no country code, or both are the same.
    """
    a, b = sorted((one.upper(), other.upper()))
    if a == b or not {a, b} <= labels.countries.keys():
        detail = "Give two different codes of countries, such as /dyads/IRN/RUS."
        raise NotThereError("pair of countries", f"{one}-{other}", detail=detail)
    index, view = room.index, view.having(dyad=(f"{a}-{b}",))
    totals = queries.totals(index, view)
    story, earlier = _story(index, view, labels, f"/dyads/{a}/{b}")
    return DyadPage(
        record=record_state(room),
        title=labels.value("dyad", f"{a}-{b}"),
        a=_side(a, labels),
        b=_side(b, labels),
        events=totals["events"],
        ways=tuple(
            c for c in cells(queries.pairs(index, view, ROWS)) if {c.source, c.target} == {a, b}
        ),
        timeline=timeline(index, view),
        finding=changes.finding(room, view, labels),
        themes=tuple(_themes(index, view, labels)),
        people=_people(index, view, labels, (a, b)),
        voices=tuple(_voices(index, view, labels, (a, b))),
        press=tuple(press.press_sides(index, view, labels, (a, b))),
        outlets=press.outlet_voices(index, view),
        story=story,
        earlier=earlier,
    )


def _side(code: str, labels: Labels) -> Side:
    """Return a country as a side."""
    name = labels.country(code) or code
    return Side(code=code, country=name, name=name, office=None, sector=())


def _story(
    index: Index, view: View, labels: Labels, path: str
) -> tuple[tuple[Month, ...], str | None]:
    """Return the last months, and the address of the months before them."""
    found = queries.story(index, view, EACH, MONTHS)
    rows = queries.numbered(index, [row["n"] for row in found])
    known = {row["n"]: line(row, labels) for row in rows}
    made = []
    for start, group in groupby(found, key=lambda row: row["month"]):
        many = list(group)
        within = view.having(since=start, until=periods.last_day(start, "month"))
        made.append(
            Month(
                month=start.isoformat()[:7],
                events=many[0]["events"],
                address=f"/{within.query()}",
                lines=tuple(known[row["n"]] for row in many),
            )
        )
    if len(made) < MONTHS:
        return tuple(made), None
    before = view.having(dyad=(), until=periods.step(found[-1]["month"], "day", -1))
    older = queries.totals(index, view.having(until=before.until))["events"]
    return tuple(made), f"{path}{before.query()}" if older else None


def _themes(index: Index, view: View, labels: Labels) -> Iterator[Theme]:
    """Yield the parts of the story that something is known of."""
    for title, asked in THEMES.items():
        wanted = view.having(**asked, **({"aux": (ANY,)} if title == "Denied" else {}))
        if not (count := queries.totals(index, wanted)["events"]):
            continue
        rows = queries.page(index, wanted, SHOWN)[:SHOWN]
        yield Theme(
            title=title,
            events=count,
            address=f"/{wanted.query()}",
            lines=tuple(line(row, labels) for row in rows),
        )


def _people(
    index: Index, view: View, labels: Labels, codes: tuple[str, str]
) -> tuple[PersonCount, ...]:
    """Return the named persons and bodies of the two sides, busiest first."""
    counts: Counter[tuple[str, str]] = Counter()
    offices: dict[tuple[str, str], Counter[str]] = {}
    for row in queries.parties(index, view, ROWS):
        for entity in {*parties(row["actors"]), *parties(row["recipients"])}:
            name = entity.identifier_text
            if not name or entity.code not in codes or name == labels.country(entity.code):
                continue
            key = (name, entity.code)
            counts[key] += row["events"]
            if entity.office:
                offices.setdefault(key, Counter())[entity.office.strip()] += row["events"]
    busiest = sorted(counts, key=lambda key: (-counts[key], key))[:PEOPLE]
    return tuple(
        PersonCount(
            name=name,
            code=code,
            office=_most(offices.get((name, code), Counter())),
            events=counts[name, code],
            address=f"/{view.having(name=(name,)).query()}",
        )
        for name, code in busiest
    )


def _most(counts: Counter[str]) -> str | None:
    """Return the most frequent text, of equal ones the first in the alphabet."""
    return min(counts, key=lambda text: (-counts[text], text)) if counts else None


def _voices(index: Index, view: View, labels: Labels, codes: tuple[str, str]) -> Iterator[Voice]:
    """Yield what each side is quoted with, others are, and the outlets state themselves."""
    for said in (*codes, "other", "outlet"):
        wanted = view.having(said=(said,))
        rows = queries.quads(index, wanted)
        events = sum(row["events"] for row in rows)
        if events:
            yield Voice(
                name=labels.value("said", said),
                events=events,
                conflict=round(sum(r["events"] for r in rows if r["quad"] > 2) / events, 3),
                scale=round(sum(row["scale"] for row in rows) / events, 2),
                address=f"/{wanted.query()}",
            )
