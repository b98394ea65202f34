"""The addresses of review: an overview, one mention at a time, and where verdicts are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from dragoman.review.verdicts import Reviewer
from dragoman.web.answer import answer
from dragoman.web.contexts import JudgePage, ReviewPage
from dragoman.web.errors import WebError
from dragoman.web.queue import Queue
from dragoman.web.review_acts import Given, act
from dragoman.web.review_fields import ValueFault
from dragoman.web.review_overview import review_page
from dragoman.web.review_pages import judge_page
from dragoman.web.review_sitting import Sitting

if TYPE_CHECKING:
    from dragoman.web.desk import Desk

COOKIE = "dragoman-reviewer"
YEAR = 365 * 24 * 3600
SAID = {
    "accepted": "Accepted.",
    "rejected": "Rejected.",
    "corrected": "Corrected.",
    "joined": "Joined.",
    "split": "Split.",
    "undone": "Undone.",
    "nothing": "There is nothing to undo.",
}
"""What an address may say was just done."""
_REVIEWER: TypeAdapter[str] = TypeAdapter(Reviewer)


class Asked(BaseModel):
    """What an address of review asks for."""

    at: str = Field("", max_length=2000, description="Id of a mention; the first open one without.")
    type: str = Field("", max_length=40, description="Mentions of one type.")
    event: str = Field("", max_length=2000, description="Mentions of one event.")
    disputes: bool = Field(False, description="Mentions on which reviewers disagree.")
    said: str = Field("", max_length=20, description="What was just done.")

    @property
    def queue(self) -> Queue:
        """The queue."""
        return Queue(self.type or None, self.event or None, self.disputes)


def reviewer_of(request: Request, desk: Desk) -> str | None:
    """Return who is judging: the name in the reader's cookie, else the program's own."""
    given = unquote(request.cookies.get(COOKIE, ""))
    try:
        return _REVIEWER.validate_python(given)
    except ValidationError:
        return desk.reviewer


def reviewing(desk: Desk) -> APIRouter:
    """Return the routes of review."""
    routes = APIRouter()

    @routes.get("/review", response_model=ReviewPage, summary="What was judged, and what can be")
    def overview(request: Request) -> Response:
        made = review_page(desk, reviewer_of(request, desk))
        return answer(request, "review.html", made, fault="")

    @routes.post("/review/name", summary="Say who judges", status_code=303)
    def name(
        request: Request, reviewer: Annotated[str, Form(description="A name.")] = ""
    ) -> Response:
        return named(request, desk, reviewer.strip())

    @routes.get("/review/judge", response_model=JudgePage, summary="One mention to be judged")
    def judge(request: Request, asked: Annotated[Asked, Query()]) -> Response:
        reviewer = reviewer_of(request, desk)
        if reviewer is None:
            return RedirectResponse("/review", 303)
        sitting = Sitting(desk, reviewer, asked.queue)
        made = judge_page(sitting, asked.at or None, SAID.get(asked.said, ""))
        return answer(request, "judge.html", made, wrong=None)

    @routes.post("/review/judge", summary="A verdict", status_code=303)
    def verdict(request: Request, given: Annotated[Given, Form()]) -> Response:
        reviewer = reviewer_of(request, desk)
        if reviewer is None:
            raise WebError(422, "Nobody judges", "Say who you are at /review first.")
        return written(request, Sitting(desk, reviewer, given.queue), given)

    return routes


def named(request: Request, desk: Desk, reviewer: str) -> Response:
    """Keep a reviewer's name in a cookie, or say what is wrong with it."""
    try:
        known = _REVIEWER.validate_python(reviewer)
    except ValidationError:
        made = review_page(desk, reviewer_of(request, desk))
        fault = "A name has 1 to 80 characters, all on one line."
        return answer(request, "review.html", made, status=422, fault=fault)
    back = RedirectResponse("/review", 303)
    how: dict[str, Any] = {"max_age": YEAR, "httponly": True, "samesite": "strict", "path": "/"}
    back.set_cookie(COOKIE, quote(known, safe=""), **how)
    return back


def written(request: Request, sitting: Sitting, given: Given) -> Response:
    """Do what a form says and go on, or show it again with what is wrong.

    Raises:
        WebError: what it is about is not there.
    """
    try:
        return RedirectResponse(act(sitting, given), 303)
    except WebError as error:
        if error.fault.status != 422 or not given.mention:
            raise
        made = judge_page(sitting, given.mention, fault=str(error))
        wrong = error if isinstance(error, ValueFault) else None
        return answer(request, "judge.html", made, status=422, wrong=wrong)
