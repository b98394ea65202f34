"""What the page of the API is given."""

from __future__ import annotations

from dragoman.web.contexts.base import Context, RecordState


class Parameter(Context):
    """Something that an address takes."""

    name: str
    """Its name."""
    where: str
    """``query``, ``path`` or ``body``."""
    kind: str
    """Its type."""
    about: str
    """What it does."""


class Operation(Context):
    """An address of the API."""

    method: str
    """``GET`` or ``POST``."""
    path: str
    """The address."""
    about: str
    """What it gives."""
    parameters: tuple[Parameter, ...]
    """What it takes."""
    answer: str
    """Name of the context that it answers with."""


class ApiPage(Context):
    """The API: every address, what it takes, what it gives."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    operations: tuple[Operation, ...]
    """Every address."""
    models: dict[str, dict[str, str]]
    """Every context: field and what it holds."""

    def table(self) -> list[dict[str, object]]:
        """Return every address with everything it takes, for CSV."""
        return [
            {"method": each.method, "path": each.path, "answer": each.answer, **dict(parameter)}
            for each in self.operations
            for parameter in each.parameters
        ]
