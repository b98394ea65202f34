"""The application: every address, and what stands before and around it.

An address is a function from a view to a context; ``answer`` makes the page, JSON or CSV of it.
Other routes (review) are routers that take the same ``Desk``.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, FastAPI, File, Form, Query, Request, Response, UploadFile
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from dragoman import __version__
from dragoman.errors import DragomanError
from dragoman.web.answer import answer, page
from dragoman.web.apidocs import api_page
from dragoman.web.changes import changes_page
from dragoman.web.contexts import (
    ApiPage,
    ChangesPage,
    DyadPage,
    EventPage,
    ExplainPage,
    ReportPage,
    RoomPage,
    TryPage,
)
from dragoman.web.drawing import drawn, timeline_bars
from dragoman.web.dyads import dyad_page
from dragoman.web.errors import Fault, WebError
from dragoman.web.events import event_page, explain_page, report_page
from dragoman.web.filters import View  # noqa: TC001 - FastAPI reads it
from dragoman.web.labels import Labels
from dragoman.web.pages import room_page
from dragoman.web.room import Room
from dragoman.web.security import Guard, TooLargeError
from dragoman.web.tryit import empty_page, pasted, try_page, uploaded

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.coding.coder import Coder

FAULTS: dict[int | str, dict[str, type[Fault]]] = {
    status: {"model": Fault} for status in (401, 403, 404, 410, 413, 421, 422, 503)
}
"""The one shape of errors, for the description of the API."""


@dataclass
class Desk:
    """What every address works with."""

    room: Room
    """The record."""
    load: Callable[[], Coder]
    """Makes a coder; called when the first reader tries a text."""
    labels: Labels = field(default_factory=Labels.load)
    """Names of codes."""

    @cached_property
    def coder(self) -> Coder:
        """The coder."""
        return self.load()


def create_app(
    record: Path,
    *,
    token: str | None = None,
    hosts: frozenset[str] | None = None,
    load: Callable[[], Coder] | None = None,
    cache: Path | None = None,
) -> FastAPI:
    """Return the application over a record.

    Args:
        record: a DuckDB file of ``dragoman code``.
        token: what readers must show; ``None``: nothing.
        hosts: names that the host header may have; ``None``: any.
        load: makes the coder of the page "Try it"; the one that ships when ``None``.
        cache: folder that keeps indexes of records between starts.

    Raises:
        InputError: there is no such file, or it is no record.
    """
    desk = Desk(Room(record, cache=cache), load or _load)
    app = FastAPI(
        title="Dragoman, the reading room",
        version=__version__,
        docs_url=None,  # both draw on other hosts
        redoc_url=None,
        openapi_url="/api/openapi.json",
        responses=FAULTS,
    )
    app.state.desk = desk
    for make in routers():
        app.include_router(make(desk))
    _faults(app)
    app.add_middleware(Guard, hosts=hosts, token=token)
    return app


def routers() -> tuple[Callable[[Desk], APIRouter], ...]:
    """Return what makes each part's routes."""
    return (reading, trying, static)


def _load() -> Coder:
    """Load the coder that ships; late, because it is slow to import."""
    import dragoman  # noqa: PLC0415

    return dragoman.load()


def reading(desk: Desk) -> APIRouter:
    """Return the routes of the room, of events and of reports."""
    routes = APIRouter()

    @routes.get("/", response_model=RoomPage, summary="Search, facets, pictures, events")
    def room(request: Request, view: Annotated[View, Query()]) -> Response:
        made = room_page(desk.room, desk.labels, view)
        return answer(request, "room.html", made, view=view, labels=desk.labels, **drawn(made))

    @routes.get("/events/{name}", response_model=EventPage, summary="One event")
    def event(request: Request, name: str) -> Response:
        made = event_page(desk.room, desk.labels, name)
        return answer(request, "event.html", made, labels=desk.labels)

    @routes.get("/reports/{name:path}", response_model=ReportPage, summary="One report")
    def report(request: Request, name: str) -> Response:
        return answer(request, "report.html", report_page(desk.room, desk.labels, name))

    @routes.get("/dyads/{one}/{other}", response_model=DyadPage, summary="Two countries")
    def dyad(request: Request, one: str, other: str, view: Annotated[View, Query()]) -> Response:
        made = dyad_page(desk.room, desk.labels, one, other, view)
        bars = timeline_bars(made.timeline)
        return answer(request, "dyad.html", made, view=view, labels=desk.labels, bars=bars)

    @routes.get("/changes", response_model=ChangesPage, summary="What is out of the ordinary")
    def changes(request: Request, view: Annotated[View, Query()]) -> Response:
        made = changes_page(desk.room, desk.labels, view)
        return answer(request, "changes.html", made, view=view)

    @routes.get("/api", response_model=ApiPage, summary="This description, for people")
    def api(request: Request) -> Response:
        return answer(request, "api.html", api_page(desk.room, request.app.openapi()))

    return routes


def trying(desk: Desk) -> APIRouter:
    """Return the routes that need the coder."""
    routes = APIRouter()

    @routes.get("/events/{name}/explain", response_model=ExplainPage, summary="Why an event is so")
    def explained(request: Request, name: str) -> Response:
        made = explain_page(desk.room, desk.labels, desk.coder, name)
        return answer(request, "explain.html", made)

    @routes.get("/try", response_model=TryPage, summary="The form for a text of your own")
    def form(request: Request) -> Response:
        return answer(request, "try.html", empty_page(desk.room))

    @routes.post("/try", response_model=TryPage, summary="A text or file of your own, read")
    def tried(
        request: Request,
        text: Annotated[str, Form(description="The text of a report.")] = "",
        title: Annotated[str, Form(description="Its headline.")] = "",
        published: Annotated[str, Form(description="Day of publication, YYYY-MM-DD.")] = "",
        file: Annotated[UploadFile | None, File(description="Or a file of reports.")] = None,
    ) -> Response:
        if file is not None and file.filename:
            given = uploaded(file.filename, file.file.read(), published)
        else:
            given = pasted(text, title, published)
        empty = empty_page(desk.room).model_copy(update={"text": text, "published": published})
        made = try_page(empty, desk.labels, desk.coder, given)
        return answer(request, "try.html", made)

    return routes


def static(_: Desk) -> APIRouter:
    """Return the route of the files that ship."""
    routes = APIRouter(include_in_schema=False)
    held = {
        path.name: path.read_bytes()
        for path in files("dragoman.web").joinpath("static").iterdir()
        if path.is_file()
    }

    @routes.get("/static/{name}")
    def file(name: str) -> Response:
        if name not in held:
            raise HTTPException(404)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        head = {"Cache-Control": "public, max-age=31536000, immutable"}
        return Response(held[name], media_type=kind, headers=head)

    return routes


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

    @app.exception_handler(TooLargeError)
    def _large(request: Request, _: Exception) -> Response:
        detail = "Code larger files with dragoman code FILE --out NAME.duckdb."
        return fault(request, Fault(status=413, error="Too large", detail=detail))


def fault(request: Request, found: Fault) -> Response:
    """Return an error as a page for people, as JSON for programs."""
    if "text/html" in request.headers.get("accept", "") and request.query_params.get("as") is None:
        return Response(
            page(request, "fault.html", found, {"title": found.error, "record": None}),
            found.status,
            media_type="text/html",
        )
    return Response(found.model_dump_json(), found.status, media_type="application/json")
