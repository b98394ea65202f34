"""Read the export's data files: the columns of each format, and the maps between vocabularies."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dragoman.errors import DataError
from dragoman.export.schema import CameoNames, Format, Maps
from dragoman.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).parent / "data"
_Model = TypeVar("_Model", bound=BaseModel)


@cache
def layout(name: str) -> Format:
    """Return the columns and marks of a tabular format.

    Args:
        name: ``polecat``, ``icews``, ``gdelt``, ``gdelt-mentions``, ``phoenix`` or ``csv``.

    Raises:
        DataError: its file breaks the schema, or names a column twice.
    """
    found = _read(DATA / f"{name}.yaml", Format)
    names = [column.name for column in found.columns]
    twice = sorted({each for each in names if names.count(each) > 1})
    if twice:
        raise DataError([f"{name}.yaml: column {each} stands twice; rename one" for each in twice])
    return found


@cache
def maps() -> Maps:
    """Return how sectors, codes and places are said in the other formats.

    Raises:
        DataError: the file breaks its schema.
    """
    return _read(DATA / "maps.yaml", Maps)


@cache
def cameo_names() -> Mapping[str, str]:
    """Return CAMEO's name of each code of three or four digits.

    Raises:
        DataError: the file breaks its schema.
    """
    return _read(DATA / "cameo-names.yaml", CameoNames).names


def _read(path: Path, model: type[_Model]) -> _Model:
    """Return a checked file."""
    try:
        return model.model_validate(read_yaml(path))
    except ValidationError as error:  # a ValueError too, so it comes first
        places = ((".".join(map(str, e["loc"])), e["msg"]) for e in error.errors())
        raise DataError([f"{path.name}: {place}: {message}" for place, message in places]) from None
    except (OSError, ValueError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise DataError([f"{path.name}: cannot be read as YAML: {reason}"]) from error
