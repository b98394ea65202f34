"""The fields a reviewer can correct: their values as data, and in a mention.

A value is plain JSON, so that it can be kept, compared and read by people (as a line of text:
``words``): ``"ASSAULT"`` for ``event``; lists of words for ``mode``, ``context``, ``aux``;
``[{"code": "IRN", "sector": ["GOV"], "name": "Iran"}]`` for ``actor`` and ``recipient``;
``["2024-03-05", null]`` for ``date``; ``{"country": "UKR", "name": "Kharkiv"}`` for ``place``,
with ``lat`` and ``lon`` in degrees where stated; ``{"dead": 3, "injured": [5, 7]}`` for ``size``;
a party with its ``kind`` for ``source``.
``null``: not stated; of ``source``: the outlet itself says so.
"""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, get_args

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_serializer,
    model_validator,
)

from dragoman.record import Attribution, AttributionKind, Aux, Entity, Location, Size

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record import Mention

FieldName = Literal[
    "event",
    "mode",
    "context",
    "actor",
    "recipient",
    "date",
    "place",
    "aux",
    "size",
    "source",
]
FIELDS: tuple[FieldName, ...] = get_args(FieldName)
"""In the order of their keys, 1 to 9 and 0."""
AUX: tuple[str, ...] = get_args(Aux)
KINDS: tuple[str, ...] = get_args(AttributionKind)
Value = Any
"""A value as plain JSON."""


def _day(text: str) -> str:
    """Return a day, as ISO 8601 has it."""
    if dt.date.fromisoformat(text).isoformat() != text:
        raise ValueError("expected YYYY-MM-DD")
    return text


def _ordered(days: tuple[str, str | None]) -> tuple[str, str | None]:
    """Return a span whose last day is not before its first."""
    if days[1] is not None and days[1] < days[0]:
        raise ValueError("the last day is before the first")
    return days


def _rising(pair: tuple[int, int]) -> tuple[int, int]:
    """Return a range whose higher number is not the lower."""
    if pair[1] < pair[0]:
        raise ValueError("the higher number is below the lower")
    return pair


Code = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Type = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z_-]{1,39}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,39}$")]
Name = Annotated[str, StringConstraints(max_length=300, strip_whitespace=True)]
Day = Annotated[str, AfterValidator(_day)]
Number = Annotated[int, Field(ge=0, le=10**10)]
Words = Annotated[list[Word], Field(max_length=100)]


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Party(_Strict):
    """An actor or recipient."""

    code: Code | None
    sector: Annotated[list[Code], Field(max_length=10)] = []
    name: Name = ""


class Spot(_Strict):
    """A place."""

    country: Code | None
    name: Name = ""
    lat: Annotated[float, Field(ge=-90, le=90)] | None = None
    lon: Annotated[float, Field(ge=-180, le=180)] | None = None

    @model_validator(mode="after")
    def _both(self) -> Self:
        """Take both coordinates or none."""
        if (self.lat is None) != (self.lon is None):
            raise ValueError("a latitude and a longitude belong together")
        return self

    @model_serializer
    def _stated(self) -> dict[str, Value]:
        """Leave coordinates out that nobody states."""
        named: dict[str, Value] = {"country": self.country, "name": self.name}
        return named if self.lat is None else named | {"lat": self.lat, "lon": self.lon}


class Source(Party):
    """Who says so."""

    kind: AttributionKind = "claim"


Amount = Number | Annotated[tuple[Number, Number], AfterValidator(_rising)]
Days = Annotated[tuple[Day, Day | None], AfterValidator(_ordered)]
_Parties = Annotated[list[Party], Field(max_length=50)]
_MODELS: MappingProxyType[str, TypeAdapter[Any]] = MappingProxyType(
    {
        "event": TypeAdapter(Type),
        "mode": TypeAdapter(Words),
        "context": TypeAdapter(Words),
        "actor": TypeAdapter(_Parties),
        "recipient": TypeAdapter(_Parties),
        "date": TypeAdapter(Days | None),
        "place": TypeAdapter(Spot | None),
        "aux": TypeAdapter(list[Aux]),
        "size": TypeAdapter(dict[Literal["dead", "injured", "arrested", "crowd"], Amount]),
        "source": TypeAdapter(Source | None),
    }
)


def checked(field: str, value: Value) -> Value:
    """Return a value as plain JSON, every part in its place.

    Raises:
        ValidationError: it is no value of this field.
        KeyError: there is no such field.
    """
    model = _MODELS[field]
    return model.dump_python(model.validate_python(value), mode="json")


# -- of a mention --------------------------------------------------------------------


def values(mention: Mention) -> dict[FieldName, Value]:
    """Return every field of a mention that can be judged."""
    said, place = mention.attribution, mention.event_loc
    name = (place.resolved_place or place.extracted_place) if place else ""
    return {
        "event": mention.event,
        "mode": list(mention.mode),
        "context": list(mention.context),
        "actor": [_party(e) for e in mention.actor],
        "recipient": [_party(e) for e in mention.recipient],
        "date": [mention.date, mention.enddate] if mention.date else None,
        "place": {"country": place.country_code, "name": name} if place else None,
        "aux": list(mention.aux),
        "size": _numbers(mention.size),
        "source": _speaker(said) if said else None,
    }


def _speaker(said: Attribution) -> dict[str, Value]:
    """Return who says so as a value; a party of no words where nobody is named."""
    return {**_party(said.source or Entity(entity_text="")), "kind": said.kind}


def _party(entity: Entity) -> dict[str, Value]:
    """Return an entity as a value."""
    name = entity.identifier_text or entity.entity_text
    return {"code": entity.code, "sector": list(entity.sector), "name": name}


def _numbers(size: Size) -> dict[str, Value]:
    """Return the numbers that are given."""
    built = msgspec.to_builtins(size)
    return {n: list(v) if isinstance(v, tuple) else v for n, v in built.items() if v is not None}


# -- into a mention ------------------------------------------------------------------


def put(mention: Mention, field: str, value: Value) -> Mention:
    """Return a mention with another value in a field; what the value does not say is kept or open.

    Args:
        mention: as it was read.
        field: one of ``FIELDS``.
        value: as ``checked`` returns it.
    """
    if field in {"actor", "recipient"}:
        made: Any = tuple(_entity(party, getattr(mention, field)) for party in value)
        return msgspec.structs.replace(mention, **{field: made})
    if field == "date":
        first, last = value or (None, None)
        return msgspec.structs.replace(mention, date=first, enddate=last)
    if field == "place":
        return msgspec.structs.replace(mention, event_loc=_location(value, mention.event_loc))
    if field == "size":
        numbers = {n: tuple(v) if isinstance(v, list) else v for n, v in value.items()}
        return msgspec.structs.replace(mention, size=Size(**numbers))
    if field == "source":
        return msgspec.structs.replace(mention, attribution=_attribution(value, mention))
    made = value if field == "event" else tuple(value)
    return msgspec.structs.replace(mention, **{field: made})


def _entity(party: dict[str, Value], known: Iterable[Entity]) -> Entity:
    """Return a party as an entity: the known one of its name with its codes, or a new one."""
    name = party["name"]
    old = next((e for e in known if name in {e.identifier_text, e.entity_text}), None)
    if old is not None and old.code == party["code"]:
        return msgspec.structs.replace(old, sector=tuple(party["sector"]))
    words = old.entity_text if old is not None else name
    return Entity(
        code=party["code"],
        sector=tuple(party["sector"]),
        entity_text=words,
        identifier_text=name or None,
    )


def _location(spot: dict[str, Value] | None, old: Location | None) -> Location | None:
    """Return a place; what is known of it stays only while it is the same place."""
    if spot is None:
        return None
    if (
        "lat" not in spot
        and old is not None
        and (old.country_code, old.resolved_place or old.extracted_place)
        == (
            spot["country"],
            spot["name"],
        )
    ):
        return old
    words = old.extracted_place if old is not None else spot["name"]
    return Location(
        extracted_place=words,
        resolved_place=spot["name"] or None,
        country_code=spot["country"],
        lat=spot.get("lat"),
        lon=spot.get("lon"),
    )


def _attribution(source: dict[str, Value] | None, mention: Mention) -> Attribution | None:
    """Return who says so, with the cue that was read."""
    if source is None:
        return None
    old = mention.attribution
    entity = _entity(source, [old.source] if old and old.source else [])
    if old is not None:
        return msgspec.structs.replace(old, source=entity, kind=source["kind"])
    return Attribution(
        source=entity, cue="", kind=source["kind"], start=mention.start, end=mention.start
    )
