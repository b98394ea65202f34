"""Floors of quality: measures that must not sink, and the gold they were set on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Floors(BaseModel):
    """A file of floors: measures that must not sink, and the gold they were measured on."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    sha256: str | None = None
    """Fingerprint of the gold file, as ``--json`` prints it; checked when given."""
    floors: dict[str, float]
    """Least value by measure: ``found``, ``full``, ``type_precision``, ``actor.f1``, ..."""


def read_floors(path: Path) -> Floors:
    """Read a file of floors.

    Raises:
        InputError: no such file.
        DataError: with every fault of the file.
    """
    if not path.is_file():
        raise InputError(f"{path}: no floors file found; give the path of a YAML file")
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return Floors.model_validate(data)
    except ValidationError as error:
        faults = [f"{path.name}: {item['loc']}: {item['msg']}" for item in error.errors()]
        raise DataError(faults) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise DataError([f"{path.name}: no valid YAML: {error}; correct it"]) from error


def below(name: str, sha256: str, measures: Mapping[str, float], limits: Floors) -> list[str]:
    """Return a line for each measure below its floor.

    Args:
        name: of the gold.
        sha256: the gold's fingerprint.
        measures: what was counted, by name.
        limits: the floors.

    Raises:
        InputError: the floors were set on other gold, or name a measure this gold does not have.
    """
    if limits.sha256 and limits.sha256 != sha256:
        raise InputError(
            f"{name}: fingerprint {sha256} found, {limits.sha256} "
            "expected; evaluate the gold the floors were set on"
        )
    if unknown := sorted(set(limits.floors) - set(measures)):
        raise InputError(f"floors: no measure {', '.join(unknown)}; known: {', '.join(measures)}")
    return [
        f"{measure}: {measures[measure]:.3f} is below its floor {floor:.3f}"
        for measure, floor in limits.floors.items()
        if measures[measure] < floor
    ]
