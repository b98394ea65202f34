"""What a reader asks for: the state of a page's address, and the SQL that finds it.

``Filter`` says which events; ``View`` adds how they are shown. Both are read from the query of an
address and written back to it in one fixed form, so that the same question has the same address.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, Self
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 40
"""Values of one field at most."""
COUNTRIES = 250
"""Countries at most, where a choice may be of nearly all."""
Word = Annotated[str, Field(max_length=200)]
Words = Annotated[tuple[Word, ...], Field(max_length=MOST)]


class Facet(NamedTuple):
    """A field of which a page counts the values."""

    title: str
    """What it is called."""
    column: str
    """Its column in the index."""
    lists: str | None
    """The table of lists that the column stands in; ``None``: a column of the events themselves."""


FACETS = MappingProxyType(
    {
        "quad": Facet("Quad class", "quad", None),
        "type": Facet("Type", "type", "what"),
        "party": Facet("Actors", "party", "sides"),
        "dyad": Facet("Pairs", "dyad", "sides"),
        "country": Facet("Country of the event", "country", "spots"),
        "said": Facet("Who says so", "said", "sources"),
        "outlet": Facet("Outlet", "outlet", "outlets"),
        "aux": Facet("Did it happen?", "aux", "aux"),
        "review": Facet("As reviewed", "label", None),
        "press": Facet("Outlet made in", "press", "outlets"),
        "mode": Facet("Mode", "mode", "what"),
        "context": Facet("Context", "context", "what"),
        "name": Facet("Names", "name", "names"),
        "place": Facet("Place", "place", "spots"),
        "kind": Facet("Said as", "kind", "sources"),
    }
)
"""The facets in the order of the page."""
SIDES = MappingProxyType(
    {
        "actor": Facet("Who acted", "actor", "sides"),
        "recipient": Facet("To whom", "recipient", "sides"),
        "pair": Facet("Who to whom", "pair", "sides"),
    }
)
"""Fields that filter like facets and are not counted on the page."""
PLAIN, ANY = "plain", "any"
REVIEW, OPEN = "review", "open"
"""The facet of what reviewers say, which is no column of the events; what nobody has judged."""


def ordered(values: Iterable[Any]) -> tuple[Any, ...]:
    """Return values in one order, each once, so that a choice is written in one way."""
    return tuple(dict.fromkeys(sorted(values, key=str)))


def _upright(box: tuple[float, ...] | None) -> tuple[float, ...] | None:
    """Return the corners of a part of the map, south-west first.

    Raises:
        ValueError: there are not four, or they lie beyond the world.
    """
    if box is None:
        return None
    if len(box) != 4:
        raise ValueError("expected west, south, east, north")
    west, south, east, north = box
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError("expected west, south, east, north in degrees, west before east")
    return box


class Filter(BaseModel):
    """Which events are meant."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    q: str = Field(
        "",
        max_length=200,
        description="Words; all of them stand in an event's sentences or headlines.",
    )
    quad: Annotated[tuple[int, ...], Field(max_length=4)] = Field(
        (), description="Quad classes, 1 to 4."
    )
    type: Words = Field((), description="PLOVER types.")
    mode: Words = Field((), description="PLOVER modes.")
    context: Words = Field((), description="PLOVER contexts.")
    party: Words = Field((), description="Country codes on either side.")
    actor: Words = Field((), description="Country codes of who acted.")
    recipient: Words = Field((), description="Country codes of those acted upon.")
    dyad: Words = Field(
        (), description="Pairs of country codes in the order of the alphabet: IRN-RUS."
    )
    pair: Words = Field((), description="Directed pairs, IRN>RUS; who met whom counts both ways.")
    name: Words = Field((), description="Canonical names of actors and recipients.")
    country: Words = Field((), description="Country codes of where it happened.")
    place: Words = Field((), description="Names of places.")
    outlet: Words = Field((), description="Outlets that tell of it.")
    press: Annotated[tuple[Word, ...], Field(max_length=COUNTRIES)] = Field(
        (), description="Countries that outlets are made in: codes, or unknown."
    )
    said: Words = Field(
        (), description="Who says so: a country code, outlet (the outlet itself) or other."
    )
    kind: Words = Field((), description="fact, claim, denial, opinion.")
    aux: Words = Field((), description="Auxiliary modes; plain alone unless given; any for all.")
    review: Words = Field(
        (), description="What review says: accepted, corrected, rejected, disputed, open."
    )
    since: dt.date | None = Field(None, description="First day, YYYY-MM-DD.")
    until: dt.date | None = Field(None, description="Last day, included.")
    min: float = Field(0.0, ge=0, le=1, description="Least confidence.")
    box: Annotated[tuple[float, ...] | None, AfterValidator(_upright)] = Field(
        None, description="Part of the map: west,south,east,north in degrees, with commas."
    )

    @model_validator(mode="before")
    @classmethod
    def _read(cls, given: Any) -> Any:
        """Take a single text for a list of one, and a box written with commas."""
        if not isinstance(given, dict):
            return given
        tidy = {k: v for k, v in given.items() if v not in ("", [""], None, [])}
        for name, value in tidy.items():
            if name in LISTS:
                many = value if isinstance(value, (list, tuple)) else [value]
                tidy[name] = ordered(v for v in many if v != "")
        box = tidy.get("box")
        if isinstance(box, (list, tuple)) and len(box) == 1:
            box = box[0]
        if isinstance(box, str):
            tidy["box"] = tuple(box.split(","))
        return tidy

    def pairs(self) -> list[tuple[str, str]]:
        """Return what differs from the first page, as names and values in a fixed order."""
        made: list[tuple[str, str]] = []
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if value == field.default:
                continue
            if name == "box":
                made.append((name, ",".join(f"{part:g}" for part in value)))
            elif isinstance(value, tuple):
                made += [(name, str(part)) for part in value]
            else:
                made.append((name, f"{value:g}" if isinstance(value, float) else str(value)))
        return made

    def query(self) -> str:
        """Return the query of the address, with its question mark; empty for the first page."""
        pairs = self.pairs()
        return f"?{urlencode(pairs)}" if pairs else ""

    def having(self, **values: Any) -> Self:
        """Return the filter with some fields changed, on its first page.

        The values are the program's own and are not checked: a page has hundreds of addresses.
        """
        tidy = {k: ordered(v) if k in LISTS else v for k, v in values.items()}
        first = {"after": ""} if "after" in type(self).model_fields else {}
        return self.model_copy(update=first | tidy)

    def toggled(self, name: str, value: str | int) -> Self:
        """Return the filter with a value of a list added, or taken away if it is there."""
        held = getattr(self, name)
        rest = tuple(v for v in held if v != value)
        return self.having(**{name: rest if len(rest) < len(held) else (*held, value)})

    def selection(self) -> Filter:
        """Return which events are meant, without how they are shown."""
        return Filter.model_construct(**{name: getattr(self, name) for name in Filter.model_fields})


LISTS = frozenset({*FACETS, *SIDES})
"""Fields that hold lists."""
By = Literal["auto", "day", "week", "month", "year"]
Measure = Literal["events", "share", "scale"]
Order = Literal["new", "old", "told"]


class View(Filter):
    """Which events are meant and how they are shown."""

    order: Order = Field("new", description="new: last day first; old; told: most accounts first.")
    after: str = Field("", max_length=64, description="Id of the last event of the page before.")
    by: By = Field("auto", description="Period of the timeline.")
    measure: Measure = Field(
        "events",
        description="events: counts; share: by 1,000 reports read; scale: mean PLOVER score.",
    )


def where(wanted: Filter, leave_out: str | None = None) -> tuple[str, list[Any]]:
    """Return a condition on the table of events, and its values in order.

    The condition is made of this module's own words; what the reader gave is in the values.

    Args:
        wanted: which events.
        leave_out: a facet whose own choice is not to count, as when its values are counted.
    """
    parts: list[tuple[str, list[Any]]] = []
    for name, facet in {**FACETS, **SIDES}.items():
        chosen = getattr(wanted, name)
        if name == leave_out:
            continue
        if name == "aux" and chosen in {(), (PLAIN,)}:
            parts.append(("plain", []))
        elif name == REVIEW and chosen:
            parts.append(_judged(chosen))
        elif chosen and ANY not in chosen:
            parts.append((_among(facet), [list(chosen)]))
    parts += _bounds(wanted)
    for word in dict.fromkeys(wanted.q.split()):
        parts.append(("contains(words, lower(strip_accents(?)))", [word]))
    condition = " AND ".join(text for text, _ in parts) or "true"
    return condition, [value for _, values in parts for value in values]


def _judged(chosen: tuple[str, ...]) -> tuple[str, list[Any]]:
    """Return the condition that review says one of some things of an event."""
    among = "n IN (SELECT n FROM memory.judged WHERE list_contains(?, label))"
    if OPEN in chosen:
        among = f"({among} OR n NOT IN (SELECT n FROM memory.judged))"  # noqa: S608 - our words
    return among, [list(chosen)]


def _among(facet: Facet) -> str:
    """Return the condition that a facet has one of some values."""
    if facet.lists is None:
        return f"list_contains(?, {facet.column})"
    return (
        f"{facet.lists} IN (SELECT id FROM {facet.lists}_lists"  # noqa: S608 - our words
        f" WHERE list_has_any({facet.column}, ?))"
    )


def _bounds(wanted: Filter) -> list[tuple[str, list[Any]]]:
    """Return the conditions on dates, confidence and the map."""
    parts: list[tuple[str, list[Any]]] = []
    if wanted.since:
        parts.append(("last >= ?", [wanted.since]))
    if wanted.until:
        parts.append(("day <= ?", [wanted.until]))
    if wanted.min:
        parts.append(("confidence >= CAST(? AS FLOAT)", [wanted.min]))
    if wanted.box:
        west, south, east, north = wanted.box
        inside = "lon BETWEEN ? AND ? AND lat BETWEEN ? AND ?"
        condition = f"spots IN (SELECT id FROM spots_lists WHERE {inside})"  # noqa: S608 - our words
        parts.append((condition, [west, east, south, north]))
    return parts
