"""Write a file of actors: one entry a line, in the short forms that people write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from dragoman.actors.schema import ActorsFile, Dated, Reading, Tenure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def as_yaml(file: ActorsFile) -> str:
    """Return a file of actors as YAML; reading it gives the same file."""
    lines: list[str] = []
    for name, value in _fields(file):
        if isinstance(value, list) and value and isinstance(value[0], BaseModel):
            lines += [f"{name}:", *(f"- {_mapping(item)}" for item in value)]
        elif isinstance(value, dict):
            lines += [f"{name}:", *(f"  {_text(k)}: {_text(v)}" for k, v in value.items())]
        else:
            lines.append(f"{name}: {_value(value)}")
    return "\n".join([*lines, ""])


def _fields(model: BaseModel) -> Iterator[tuple[str, Any]]:
    """Yield the fields of a model that say something, by the names a file has for them."""
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if info.is_required() or value not in (None, [], {}):
            yield info.alias or name, value


def _mapping(model: BaseModel) -> str:
    """Return an entry on one line."""
    return "{" + ", ".join(f"{name}: {_value(value)}" for name, value in _fields(model)) + "}"


def _value(value: Any) -> str:
    """Return a value as YAML."""
    if not isinstance(value, list):
        return _text(value)
    if not value:
        return "[]"
    parts = [_short(item) if isinstance(item, BaseModel) else str(item) for item in value]
    if all(part is not None and ";" not in part for part in parts):
        return _text("; ".join(part for part in parts if part is not None))
    return f"[{', '.join(map(_one, value))}]"


def _one(value: Any) -> str:
    """Return one member of a list that has no short form."""
    return _mapping(value) if isinstance(value, BaseModel) else _text(value)


def _short(model: BaseModel) -> str | None:
    """Return the short form of an office or a reading, ``None`` where it would read otherwise."""
    if isinstance(model, Tenure):
        text = f"{model.office}{_sectors(model.sector)}{_span(model)}"
    elif isinstance(model, Reading):
        text = f"{model.code or ''}{_sectors(model.sector)}{_span(model)}".strip()
    else:
        return None
    try:
        return text if type(model).model_validate(text) == model else None
    except ValueError:
        return None


def _sectors(sectors: Sequence[str] | None) -> str:
    """Return sectors in brackets."""
    return f" [{' '.join(sectors)}]" if sectors else ""


def _span(dated: Dated) -> str:
    """Return the ends of a time."""
    return f" {dated.since or ''}..{dated.until or ''}" if dated.since or dated.until else ""


def _text(value: Any) -> str:
    """Return a text in double quotes, which YAML and JSON read alike; codes and names plain."""
    text = str(value)
    return (
        text
        if text.isascii() and text.isalnum() and not text.isdigit()
        else json.dumps(text, ensure_ascii=False)
    )
