"""The application: the routes over a record, and what stands before and around them.

An address is a function from a view to a context; ``answer`` makes the page, JSON or CSV of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.errors import DragomanError
from dragoman.web.answer import page
from dragoman.web.desk import Desk
from dragoman.web.errors import Fault, WebError
from dragoman.web.room import Room
from dragoman.web.routes import ROUTERS
from dragoman.web.security import Guard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.coding.coder import Coder

FAULTS: dict[int | str, dict[str, type[Fault]]] = {
    status: {"model": Fault} for status in (401, 403, 404, 410, 413, 421, 422, 503)
}
"""The one shape of errors, for the description of the API."""


def create_app(  # noqa: PLR0913 - each is named at the call
    record: Path,
    *,
    token: str | None = None,
    hosts: frozenset[str] | None = None,
    load: Callable[[], Coder] | None = None,
    cache: Path | None = None,
    reviewer: str | None = None,
) -> FastAPI:
    """Return the application over a record.

    Args:
        record: a DuckDB file of ``dragoman code``.
        token: what readers must show; ``None``: nothing.
        hosts: names that the host header may have; ``None``: any.
        load: makes the coder of the page "Try it"; the one that ships when ``None``.
        cache: folder that keeps indexes of records between starts.
        reviewer: who judges where no reader has given a name.

    Raises:
        InputError: there is no such file, or it is no record.
    """
    desk = Desk(Room(record, cache=cache), load or _load, reviewer=reviewer)
    app = FastAPI(
        title="Dragoman, the reading room",
        version=__version__,
        docs_url=None,  # both draw on other hosts
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=FAULTS,
    )
    app.state.desk = desk
    for make in ROUTERS:
        app.include_router(make(desk))
    _faults(app)
    app.add_middleware(Guard, hosts=hosts, token=token)
    return app


def _load() -> Coder:
    """Load the coder that ships; late, because it is slow to import."""
    import dragoman  # noqa: PLC0415

    return dragoman.load()


def _faults(app: FastAPI) -> None:
    """Answer every error in one shape."""

    @app.exception_handler(DragomanError)
    def _ours(request: Request, error: Exception) -> Response:
        if isinstance(error, WebError):
            return fault(request, error.fault)
        return fault(
            request, Fault(status=500, error="The record cannot be read", detail=str(error))
        )

    @app.exception_handler(RequestValidationError)
    def _misread(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)  # noqa: S101 - by registration
        found = "; ".join(f"{'.'.join(map(str, e['loc'][1:]))}: {e['msg']}" for e in error.errors())
        return fault(request, Fault(status=422, error="The address cannot be read", detail=found))

    @app.exception_handler(HTTPException)
    def _http(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - by registration
        detail = "There is no page at this address. Begin at / or look at /api."
        return fault(
            request, Fault(status=error.status_code, error=str(error.detail), detail=detail)
        )


def fault(request: Request, found: Fault) -> Response:
    """Return an error as a page for people, as JSON for programs."""
    if "text/html" in request.headers.get("accept", "") and request.query_params.get("as") is None:
        return Response(
            page(request, "fault.html", found, {"title": found.error, "record": None}),
            found.status,
            media_type="text/html",
        )
    return Response(found.model_dump_json(), found.status, media_type="application/json")
