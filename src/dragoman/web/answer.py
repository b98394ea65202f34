"""One context, three answers: a page, JSON, or a table as CSV, at the same address.

``?as=json`` and ``?as=csv`` ask for the others; so does the header ``Accept``. JSON is the very
context that the page is drawn from; CSV is the page's main list.
"""

from __future__ import annotations

import csv
import hashlib
import io
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote, urlencode

from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from dragoman.export.cells import clean, guard
from dragoman.web import labels
from dragoman.web.labels import number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fastapi import Request
    from pydantic import BaseModel

Form = Literal["html", "json", "csv"]
"""What ``as=`` may say."""
_TYPES: dict[str, Form] = {"application/json": "json", "text/csv": "csv", "text/html": "html"}


def form_of(request: Request) -> Form:
    """Return which answer is wanted."""
    asked = request.query_params.get("as", "")
    for form in _TYPES.values():
        if asked == form:
            return form
    for part in request.headers.get("accept", "").split(","):
        if (kind := part.partition(";")[0].strip()) in _TYPES:
            return _TYPES[kind]
    return "html"


def answer(
    request: Request, template: str, context: BaseModel, *, status: int = 200, **drawn: Any
) -> Response:
    """Return a context as what the reader wants.

    Args:
        request: the question.
        template: the page's template.
        context: what the page is given, and what JSON gives.
        status: HTTP status.
        drawn: pictures of the context, for the page alone.
    """
    form = form_of(request)
    if form == "json":
        return Response(context.model_dump_json(), status, media_type="application/json")
    if form == "csv" and hasattr(context, "table"):
        name = f"{template.partition('.')[0]}.csv"
        head = {"Content-Disposition": f'attachment; filename="dragoman-{name}"'}
        return Response(written(list(context.table())), status, head, "text/csv; charset=utf-8")
    return HTMLResponse(page(request, template, context, drawn), status)


def page(request: Request, template: str, context: BaseModel, drawn: Mapping[str, Any]) -> str:
    """Return a context as a page."""
    fields = {name: getattr(context, name) for name in type(context).model_fields}
    return (
        environment()
        .get_template(template)
        .render(**fields, **drawn, path=_path(request), asked=_asked(request))
    )


def _path(request: Request) -> str:
    """Return the path as it was asked for: an id in it may hold slashes or a question mark."""
    raw = request.scope.get("raw_path") or quote(request.url.path).encode()
    return bytes(raw).partition(b"?")[0].decode("ascii", "replace")


def _asked(request: Request) -> str:
    """Return the query without the form, to ask for another form of the same."""
    kept = [(k, v) for k, v in request.query_params.multi_items() if k not in {"as", "token"}]
    return urlencode(kept)


@cache
def environment() -> Environment:
    """Return the templates; every text is escaped."""
    made = Environment(
        loader=PackageLoader("dragoman.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["number"] = number
    made.filters["segment"] = lambda name: quote(name, safe="")  # an id may hold slashes
    made.globals |= {
        "QUADS": labels.QUADS,
        "SIGNS": labels.SIGNS,
        "AUX": labels.AUX,
        "REVIEW": labels.REVIEW,
    }
    made.globals["asset"] = asset
    return made


@cache
def asset(name: str) -> str:
    """Return the address of a file of the package, which changes when the file does."""
    held = files("dragoman.web").joinpath(f"static/{name}").read_bytes()
    return f"/static/{name}?{hashlib.sha256(held).hexdigest()[:8]}"


def written(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return rows as CSV by RFC 4180; no cell is a formula."""
    made = io.StringIO()
    if rows:
        writer = csv.writer(made)
        writer.writerow(rows[0])
        for row in rows:
            writer.writerow(_cell(value) for value in row.values())
    return made.getvalue()


def _cell(value: Any) -> str:
    """Return a value as a cell."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    if isinstance(value, (tuple, list)):
        return guard(clean("; ".join(str(part) for part in value)))
    return guard(clean(str(value)))
