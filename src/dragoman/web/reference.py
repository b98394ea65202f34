"""The reference page of the reading room, ``docs/web.md``: its second half is made from the code.

``python -m dragoman.web.reference`` writes it anew below its line "Addresses".
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from fastapi import FastAPI

from dragoman.web.apidocs import models, operations
from dragoman.web.routes import ROUTERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.web.desk import Desk

HEAD = "## Addresses\n"
"""What is written by hand stands before this line."""


def reference(page: str) -> str:
    """Return the page with what is made from the code made anew.

    Args:
        page: the page as it stands.
    """
    return page.partition(HEAD)[0] + HEAD + "".join(_made())


def description() -> dict[str, Any]:
    """Return the OpenAPI description of every address; no record is needed for it."""
    app = FastAPI(title="Dragoman, the reading room")
    for make in ROUTERS:
        app.include_router(make(cast("Desk", None)))  # only the routes are looked at
    return app.openapi()


def _made() -> Iterator[str]:
    """Yield what is made from the code."""
    yield "\nMade from the docstrings of the code by `python -m dragoman.web.reference`.\n"
    for operation in operations(description()):
        yield f"\n### {operation.method} {operation.path}\n\n{operation.about}."
        if operation.answer:
            yield f" Its context is [{operation.answer}](#{operation.answer.lower()})."
        yield "\n"
        if operation.parameters:
            yield "\n| parameter | in | type | does |\n|---|---|---|---|\n"
        for p in operation.parameters:
            yield f"| `{p.name}` | {p.where} | {p.kind} | {p.about} |\n"
    yield "\n## Contexts\n\nWhat a page's template sees, and what `as=json` gives.\n"
    for name, fields in models().items():
        yield f"\n### {name}\n\n| field | holds |\n|---|---|\n"
        for field, about in fields.items():
            held = about.replace("``", "`")
            yield f"| `{field}` | {held} |\n"


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/web.md")
    target.write_text(reference(target.read_text("utf-8")), "utf-8")
