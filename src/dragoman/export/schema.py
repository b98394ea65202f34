"""Strict schemas of the export's data files: the columns of each format, and the maps."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Sector = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Cameo = Annotated[str, StringConstraints(pattern=r"^\d{3,4}$")]
Root = Annotated[str, StringConstraints(pattern=r"^\d\d$")]
Quad = Annotated[int, Field(ge=0, le=4)]
Kind = Literal["text", "code", "date", "integer", "number"]
"""What a column's cells are: ``text`` is words of a report or of a name list, and guarded."""
Per = Literal["event", "pair", "mention"]
"""What one row is of: an event, a pair of its parties, or a sentence and a pair."""


class Strict(BaseModel):
    """A mapping that takes no keys but its own; every scalar is handed over as text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Column(Strict):
    """One column of a format."""

    name: Name
    type: Kind
    doc: Name


class Format(Strict):
    """One tabular format."""

    title: Name
    header: bool
    """Whether the first line names the columns, as in the original."""
    missing: str
    """What stands for a value that is not there."""
    replace: dict[Annotated[str, StringConstraints(min_length=1, max_length=1)], str]
    """Characters that the original's readers take for something else, and what stands for them."""
    per: Per
    plain: bool
    """Whether only events without auxiliary modes go in unless they are asked for."""
    dated: bool
    """Whether an event without a date cannot go in."""
    columns: list[Column] = Field(min_length=1)


class Spoken(Strict):
    """A sector in other formats."""

    cameo: str
    icews: Name


class Group(Strict):
    """A code that is no country, in CAMEO."""

    type: Sector
    known: str = ""


class Maps(Strict):
    """``maps.yaml``."""

    reciprocal: list[Name]
    quads: dict[Quad, Name]
    aux: dict[Name, Name]
    """Auxiliary modes and what they mean."""
    kinds: dict[Name, Name]
    """Kinds of attribution and what they mean."""
    features: dict[int, Name]
    languages: dict[str, Name]
    quad_of_root: dict[Literal["gdelt", "phoenix"], dict[Root, Quad]]
    root_sentences: Annotated[int, Field(ge=0)]
    cameo_countries: dict[Sector, Sector]
    groups: dict[Sector, Group]
    sectors: dict[Sector, Spoken]
    icews_countries: dict[Sector, Name]
    adm1_not_fips: list[Sector]
    fips: dict[Sector, str]


class CameoNames(Strict):
    """``cameo-names.yaml``."""

    names: dict[Cameo, Name]
