"""What decides whether two accounts tell of one happening: numbers a user can tune."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.errors import DataError

DATA = Path(__file__).parent / "data" / "joining.yaml"


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Weights(_Strict):
    """Points for what two accounts have in common or not; hundredths of log odds."""

    base: int
    day_same: int
    day_within: int
    day_assumed: int
    day_apart: int
    place_same: int
    place_far: int
    place_coarse: int
    place_other: int
    place_abroad: int
    mode_same: int
    mode_other: int
    person_same: int
    person_other: int
    sides_same: int
    sides_open: int
    sides_wider: int
    sides_other: int
    roles_other: int
    trigger_same: int
    size_same: int
    size_far: int
    words: int
    words_free: int = Field(ge=0, le=100)


class Joining(_Strict):
    """The settings of a join."""

    window_days: int = Field(ge=0, le=31)
    """Stated days so far apart can still be one happening."""
    distance_km: float = Field(gt=0)
    """Towns further apart are different places."""
    directed: bool
    """Whether the direction tells events apart."""
    threshold: int
    """Points that two groups of accounts must reach on average over their pairs."""
    unlinked: int = Field(le=0)
    """Points of a pair without a link."""
    assumed_days: int = Field(ge=0, le=31)
    """Days before its publication that a report without a date may tell of."""
    spread_days: int = Field(ge=0, le=31)
    """Longer spans of time only meet equal spans."""
    near_km: float = Field(ge=0)
    """Places so near are one."""
    weights: Weights
    recall_days: int = Field(ge=0)
    """Within a report: days from its own day that part a stated date from an unstated one."""
    who_tells: frozenset[str]
    """Types that the sectors of their actors tell apart within a report."""
    where_tells: frozenset[str]
    """Types whose place tells happenings apart."""
    never_compared: frozenset[str]
    """Words, cut to six letters, that are left out of every comparison."""


@cache
def joining() -> Joining:
    """Return the settings that ship.

    Raises:
        DataError: with every fault of the file.
    """
    return read(yaml.safe_load(DATA.read_text(encoding="utf-8")), DATA.name)


def read(data: Any, name: str) -> Joining:
    """Check settings that were read from a file or a record.

    Raises:
        DataError: with every fault.
    """
    try:
        return Joining.model_validate(data)
    except ValidationError as error:
        raise DataError(
            [
                f"{name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}, "
                f"found {fault['input']!r:.80}; correct it"
                for fault in error.errors()
            ]
        ) from error
