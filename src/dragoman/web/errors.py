"""What goes wrong on a page: one shape of answer, for people as a page and for programs as JSON."""

from __future__ import annotations

from pydantic import BaseModel

from dragoman.errors import DragomanError


class Fault(BaseModel):
    """The answer to what cannot be answered."""

    status: int
    """HTTP status."""
    error: str
    """What is wrong, in a few words."""
    detail: str
    """What was found, what was expected, what to do."""


class WebError(DragomanError):
    """Something that a reader asked for and cannot have.

    Args:
        status: HTTP status.
        error: what is wrong, in a few words.
        detail: what was found, what was expected, what to do.
    """

    def __init__(self, status: int, error: str, detail: str) -> None:
        """Keep the answer."""
        self.fault = Fault(status=status, error=error, detail=detail)
        super().__init__(f"{error}: {detail}")


class NotThereError(WebError):
    """There is no such thing in the record."""

    def __init__(self, what: str, name: str, *, detail: str = "") -> None:
        """Name what is not there."""
        how = detail or f"This record holds no {what} of that name. Copy one from a page of it."
        super().__init__(404, f"No {what} {name[:80]!r}", how)


class BusyError(WebError):
    """The record cannot be read just now."""

    def __init__(self, detail: str) -> None:
        """Say why."""
        super().__init__(503, "The record is busy", detail)
