"""The page of the API, made from its own description."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from dragoman.web import contexts
from dragoman.web.contexts import ApiPage, Context, Operation, Parameter
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.web.room import Room


def api_page(room: Room, description: dict[str, Any]) -> ApiPage:
    """Return the page of the API.

    Args:
        room: the record.
        description: the application's OpenAPI description.
    """
    return ApiPage(
        record=record_state(room),
        title="API",
        operations=tuple(operations(description)),
        models=models(),
    )


def models() -> dict[str, dict[str, str]]:
    """Return every context by name: its fields and what they hold, as their docstrings say."""
    made = {}
    for name, model in inspect.getmembers(contexts, inspect.isclass):
        if issubclass(model, Context) and model is not Context:
            fields = model.model_fields.items()
            made[name] = {field: info.description or "" for field, info in fields}
    return made


def operations(description: dict[str, Any]) -> Iterator[Operation]:
    """Yield every address.

    Args:
        description: an OpenAPI description.
    """
    for path, methods in description["paths"].items():
        for method, about in methods.items():
            given = [_parameter(p) for p in about.get("parameters", ())]
            yield Operation(
                method=method.upper(),
                path=path,
                about=about.get("summary", ""),
                parameters=(*given, *_body(about, description)),
                answer=_answer(about),
            )


def _parameter(given: dict[str, Any]) -> Parameter:
    """Return a parameter of an address."""
    about = given.get("description", "")
    return Parameter(
        name=given["name"], where=given["in"], kind=_kind(given.get("schema", {})), about=about
    )


def _kind(schema: dict[str, Any]) -> str:
    """Return a type in a word or two."""
    if "anyOf" in schema:
        return " or ".join(_kind(part) for part in schema["anyOf"] if part.get("type") != "null")
    if schema.get("type") == "array":
        return f"several {_kind(schema.get('items', {}))}" if "items" in schema else "list"
    if "enum" in schema:
        return " ".join(map(str, schema["enum"]))
    return str(schema.get("format") or schema.get("type") or "")


def _body(about: dict[str, Any], description: dict[str, Any]) -> Iterator[Parameter]:
    """Yield the fields of a form."""
    for content in about.get("requestBody", {}).get("content", {}).values():
        name = content["schema"].get("$ref", "").rpartition("/")[2]
        schema = description["components"]["schemas"].get(name, {})
        for field, part in schema.get("properties", {}).items():
            told = part.get("description", "")
            yield Parameter(name=field, where="body", kind=_kind(part), about=told)


def _answer(about: dict[str, Any]) -> str:
    """Return the name of the context that an address answers with."""
    content = about["responses"].get("200", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    return str(schema.get("$ref", "")).rpartition("/")[2]
