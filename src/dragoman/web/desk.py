"""What every address works with: the record, names, the coder, and answers already given."""

from __future__ import annotations

import hashlib
import secrets
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.responses import Response

from dragoman.web.answer import form_of
from dragoman.web.index import Remembered
from dragoman.web.judged import tell
from dragoman.web.labels import Labels
from dragoman.web.reviews import Reviews

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from dragoman.coding.coder import Coder
    from dragoman.web.room import Room

AT_ONCE = 3
"""Pages made at once; more wait, which is faster than sharing two cores by fifty."""
ANSWERS = 300
"""Whole answers kept for readers who ask the same: some 100 KB each."""


@dataclass
class Desk:
    """What every address works with."""

    room: Room
    """The record."""
    load: Callable[[], Coder]
    """Makes a coder; called when the first reader tries a text."""
    labels: Labels = field(default_factory=Labels.load)
    """Names of codes."""
    reviewer: str | None = None
    """Who judges where nobody has given a name."""
    answers: Remembered = field(default_factory=lambda: Remembered(ANSWERS))
    """The last answers."""
    turns: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE)
    )
    """A turn is one page: a reader waits once, however many questions the page asks."""
    begun: str = field(default_factory=lambda: secrets.token_hex(4))
    """Tells this run of the program from others, whose pages may look otherwise."""

    def once(self, request: Request, make: Callable[[], Response]) -> Response:
        """Return an answer, made only if nobody has asked the same since the record changed.

        Args:
            request: the question.
            make: makes the answer.
        """
        index = self.room.index
        tell(self.reviews, index)
        query = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "token"])
        state = (self.begun, index.mark, self.room.stale, self.reviews.edition())
        key = (state, request.url.path, query, form_of(request))
        tag = f'W/"{hashlib.sha256(repr(key).encode()).hexdigest()[:24]}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        made = self.answers.known(key)
        if made is None:
            with self.turns:
                made = self.answers.of(key, make)
        again = Response(made.body, made.status_code, dict(made.headers))
        again.headers["ETag"] = tag
        return again

    @cached_property
    def reviews(self) -> Reviews:
        """What reviewers have written."""
        return Reviews(self.room, self.reviewer)

    @cached_property
    def coder(self) -> Coder:
        """The coder."""
        return self.load()
