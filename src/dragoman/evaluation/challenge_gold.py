"""The challenge set: items of one sentence or one report, with every field of every event marked.

A folder of YAML files (``gold/challenge``); its GUIDELINES say how it was written. Each file
is a list of items; ``ITEM`` is what the first line of a file of it begins with.
"""

from __future__ import annotations

from collections import Counter
from datetime import date as day
from typing import TYPE_CHECKING, Annotated, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    field_validator,
    model_validator,
)

from dragoman.errors import DataError, InputError
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SHOWN = 30
"""Faults that are listed."""
Count = int | Annotated[list[int], Field(min_length=2, max_length=2)]
"""A number, or the least and the most."""


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class GoldParty(_Strict):
    """An actor or recipient."""

    text: str
    code: str | None
    sector: list[str] = []


class GoldPlace(_Strict):
    """Where an event took place."""

    text: str
    country: str | None = None


class GoldSource(_Strict):
    """Who says so."""

    text: str
    kind: Literal["fact", "claim", "denial", "opinion"]


class GoldMention(_Strict):
    """One event as an item states it."""

    trigger: str | list[str]
    nth: int = 1
    """Which occurrence of the trigger's first words is meant, from 1."""
    type: str | None = None
    types: list[str] = []
    mode: list[str] = []
    context: list[str] = []
    aux: list[str] = []
    actor: list[GoldParty] = []
    recipient: list[GoldParty] = []
    date: day | None = None
    granularity: Literal["day", "week", "month", "year", "decade"] = "day"
    place: GoldPlace | None = None
    said_by: GoldSource | None = None
    size: dict[str, Count] = {}

    @field_validator("context")
    @classmethod
    def _named_as_in_the_ontology(cls, names: list[str]) -> list[str]:
        """Join the words of a context, which the manual prints apart."""
        return [name.replace(" ", "_") for name in names]

    @model_validator(mode="after")
    def _has_a_type(self) -> GoldMention:
        """See that there is at least one type."""
        if not self.right_types:
            raise ValueError("neither type nor types given; name the event's type")
        return self

    @property
    def right_types(self) -> frozenset[str]:
        """The types of which any one is right."""
        return frozenset(self.types or ([self.type] if self.type else []))

    @property
    def words(self) -> list[str]:
        """The trigger's parts."""
        return [self.trigger] if isinstance(self.trigger, str) else self.trigger


class Item(_Strict):
    """One text with its events; none: a look-alike, nothing should be coded."""

    id: str
    text: str
    published: day
    title: str | None = None
    outlet: str | None = None
    events: list[GoldMention]

    @model_validator(mode="after")
    def _triggers_stand_in_the_text(self) -> Item:
        """See that every trigger occurs."""
        for event in self.events:
            if self.start_of(event) < 0:
                raise ValueError(f"trigger {event.words} does not stand in the text")
        return self

    def start_of(self, event: GoldMention) -> int:
        """Return the code point at which an event's trigger starts, -1 when it does not stand."""
        at = -1
        for _ in range(event.nth):
            at = self.text.find(event.words[0], at + 1)
            if at < 0:
                return -1
        return at

    def report(self) -> Report:
        """Return it as the program reads reports."""
        published = self.published.isoformat()
        return Report(id=self.id, text=self.text, published=published, outlet=self.outlet)


def read_items(folder: Path) -> list[Item]:
    """Read every file of a folder, in the order of names and items.

    Raises:
        InputError: there is no file in it.
        DataError: with every fault of every file.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InputError(f"{folder}: no .yaml file of items in it; give gold/challenge")
    items: list[Item] = []
    faults: list[str] = []
    for path in paths:
        try:
            rows = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            faults.append(f"{path.name}: no valid YAML: {error}; correct it")
            continue
        items += _items(path.name, rows or [], faults)
    faults += [f"{name}: id used twice" for name in _twice(items)]
    if faults:
        raise DataError(faults[:SHOWN])
    return items


def _items(name: str, rows: list[object], faults: list[str]) -> Iterator[Item]:
    """Yield a file's items; add what is wrong with the others."""
    for row in rows:
        try:
            yield Item.model_validate(row)
        except ValidationError as error:
            where = row.get("id", "?") if isinstance(row, dict) else "?"
            faults += [f"{name}: {where}: {e['loc']}: {e['msg']}" for e in error.errors()]


def _twice(items: list[Item]) -> list[str]:
    """Return ids that stand for more than one item."""
    return [name for name, times in Counter(item.id for item in items).items() if times > 1]
