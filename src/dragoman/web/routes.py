"""The addresses, part by part: each part is a function from a desk to its routes.

Another part is one more function in ``ROUTERS``.
"""

from __future__ import annotations

import mimetypes
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, File, Form, Path, Query, Request, Response, UploadFile
from starlette.exceptions import HTTPException

from dragoman.web.answer import answer
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
from dragoman.web.errors import WebError
from dragoman.web.events import event_page, explain_page, report_page
from dragoman.web.filters import View  # noqa: TC001 - FastAPI reads it
from dragoman.web.pages import room_page
from dragoman.web.review import reviewing
from dragoman.web.tryit import empty_page, pasted, try_page, uploaded

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.web.desk import Desk

EventId = Annotated[str, Path(description="Id of an event.")]
ReportId = Annotated[str, Path(description="Id of a report; slashes in it as %2F.")]
Code = Annotated[str, Path(description="Code of a country.")]


def reading(desk: Desk) -> APIRouter:
    """Return the routes of the room, of events and of reports."""
    routes = APIRouter()

    @routes.get("/", response_model=RoomPage, summary="Search, facets, pictures, events")
    def room(request: Request, view: Annotated[View, Query()]) -> Response:
        def make() -> Response:
            made = room_page(desk.room, desk.labels, view)
            return answer(request, "room.html", made, view=view, labels=desk.labels, **drawn(made))

        return desk.once(request, make)

    @routes.get("/events/{name}", response_model=EventPage, summary="One event")
    def event(request: Request, name: EventId) -> Response:
        def make() -> Response:
            made = event_page(desk.room, desk.labels, name)
            marks = reviewed(desk, name)
            return answer(request, "event.html", made, labels=desk.labels, reviewed=marks)

        return desk.once(request, make)

    @routes.get("/reports/{name:path}", response_model=ReportPage, summary="One report")
    def report(request: Request, name: ReportId) -> Response:
        def make() -> Response:
            return answer(request, "report.html", report_page(desk.room, desk.labels, name))

        return desk.once(request, make)

    return routes


def reviewed(desk: Desk, event: str) -> tuple[str, ...]:
    """Return what reviewers made of an event, in words."""
    try:
        made = desk.reviews.of_event(event)
    except WebError as error:  # the event can be read all the same
        return (error.fault.error,)
    gone = made.dropped.get(event)
    return (*made.marks.get(event, ()), *((gone,) if gone else ()))


def pictures(desk: Desk) -> APIRouter:
    """Return the routes of pairs and changes."""
    routes = APIRouter()

    @routes.get("/dyads/{one}/{other}", response_model=DyadPage, summary="Two countries")
    def dyad(request: Request, one: Code, other: Code, view: Annotated[View, Query()]) -> Response:
        def make() -> Response:
            made = dyad_page(desk.room, desk.labels, one, other, view)
            bars = timeline_bars(made.timeline)
            return answer(request, "dyad.html", made, view=view, labels=desk.labels, bars=bars)

        return desk.once(request, make)

    @routes.get("/changes", response_model=ChangesPage, summary="What is out of the ordinary")
    def changes(request: Request, view: Annotated[View, Query()]) -> Response:
        def make() -> Response:
            made = changes_page(desk.room, desk.labels, view)
            return answer(request, "changes.html", made, view=view)

        return desk.once(request, make)

    return routes


def about(desk: Desk) -> APIRouter:
    """Return the route of the API's description."""
    routes = APIRouter()

    @routes.get("/api", response_model=ApiPage, summary="This description, for people")
    def api(request: Request) -> Response:
        return answer(request, "api.html", api_page(desk.room, request.app.openapi()))

    return routes


def trying(desk: Desk) -> APIRouter:
    """Return the routes that need the coder."""
    routes = APIRouter()

    @routes.get("/events/{name}/explain", response_model=ExplainPage, summary="Why an event is so")
    def explained(request: Request, name: EventId) -> Response:
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


ROUTERS: tuple[Callable[[Desk], APIRouter], ...] = (
    reading,
    pictures,
    trying,
    reviewing,
    about,
    static,
)
"""What makes each part's routes, in the order of the API's page."""
