"""The numbers and abbreviations that other data sets know a state by."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from dragoman.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors.knowledge import Knowledge


class _File(BaseModel):
    """The file ``data/codes.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    not_iso: list[str]
    """PLOVER's codes of states that ISO 3166 does not list."""
    cow: dict[int, str]
    """Correlates of War number to abbreviation."""


@dataclass(frozen=True)
class Code:
    """What a country code of the record is in other data sets; ``None``: nothing."""

    code: str
    """PLOVER's code."""
    iso3: str | None
    """ISO 3166-1 alpha-3."""
    name: str
    """English name."""
    cown: int | None
    """Correlates of War number."""
    cowc: str | None
    """Correlates of War abbreviation."""
    gwn: int | None
    """Gleditsch and Ward number."""


def read_data(name: str) -> Any:
    """Return a data file of this room as it stands.

    Raises:
        DataError: it is no YAML.
    """
    try:
        text = files("dragoman.analysis").joinpath(f"data/{name}.yaml").read_text("utf-8")
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError) as error:
        raise DataError([f"{name}.yaml: cannot be read as YAML: {error}; restore it"]) from error


def load_codes(known: Knowledge) -> dict[str, Code]:
    """Return every code of the knowledge base: states first, then what is no state.

    Raises:
        DataError: the file of codes breaks its schema.
    """
    try:
        file = _File.model_validate(read_data("codes"))
    except ValidationError as error:
        raise DataError(
            [f"codes.yaml: {item['loc']}: {item['msg']}; mend it" for item in error.errors()]
        ) from error
    states = {
        s.code: Code(
            code=s.code,
            iso3=None if s.code in file.not_iso else s.code,
            name=s.name,
            cown=s.cow,
            cowc=file.cow.get(s.cow) if s.cow is not None else None,
            gwn=s.gw,
        )
        for s in known.states.values()
    }
    others = {c: Code(c, None, name, None, None, None) for c, name in known.codes.items()}
    return others | states


def check_codes(given: Iterable[str], codes: dict[str, Code], known: Knowledge) -> tuple[str, ...]:
    """Return some codes of the command line in capitals, each once, in their order.

    Raises:
        InputError: one of them is no country code.
    """
    found = dict.fromkeys(code.strip().upper() for code in given if code.strip())
    for code in found:
        if code not in codes:
            meant = next((e.code for e in known.lookup(code) if e.code), None)
            hint = f"did you mean {meant}?" if meant else "give its code"
            raise InputError(
                f"{code!r}: no country code; expected ISO 3166 alpha-3 such as IRN, or one of"
                f" {', '.join(known.codes)}; {hint}"
            )
    return tuple(found)
