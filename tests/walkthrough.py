"""A page's walk-through as a test: its files are written, its commands run, its outputs compared.

A fence ```` ```yaml sea/ontology.yaml ```` is a file. A fence ```` ```console ```` holds commands
behind ``$``, each with what it prints; ``...`` stands for any words.
"""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from dragoman.cli import main

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pytest

FENCE = re.compile(r"^```(\S*) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


class Step(NamedTuple):
    """A file to write or a command to run."""

    file: str
    """Its name; empty for a command."""
    command: str
    """The command without ``$``; empty for a file."""
    text: str
    """The file's content, or what the command prints."""


def steps(page: str) -> Iterator[Step]:
    """Yield the steps of a page in order."""
    for kind, name, body in FENCE.findall(page):
        if name:
            yield Step(name, "", body)
        elif kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, printed = part.partition("\n")
                yield Step("", command, printed)


def write(folder: Path, step: Step) -> None:
    """Write a file below a folder."""
    path = folder / step.file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(step.text, encoding="utf-8")


def run(command: str, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]) -> str:
    """Return what a command prints, what it says on standard error last."""
    patch.setattr(sys, "argv", shlex.split(command))
    with suppress(SystemExit):
        main()
    out, err = capture.readouterr()
    return "\n".join(line.rstrip() for line in f"{out}{err}".splitlines() if line.strip())


def same(printed: str, page: str) -> bool:
    """Tell whether an output is what the page shows."""
    shown = "\n".join(line.rstrip() for line in page.splitlines() if line.strip())
    pattern = re.escape(shown).replace(re.escape("..."), ".*?")
    return re.fullmatch(pattern, printed, re.DOTALL) is not None
