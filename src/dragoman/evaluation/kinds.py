"""Which evaluator counts which gold: told by a path's ending, or by what a folder holds."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.review.gold import JUDGED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.evaluation.measured import Measured

    Evaluator = Callable[[Path, Coder], Measured]

FOLDERS = {
    "*.tml": "dates:evaluate_dates",
    "*.ann": "sources:evaluate_sources",
    JUDGED: "reviewed:evaluate_reviewed",
}
"""Evaluators of folders, ``module:function``, by the files that they hold."""
YAML = {"stories": "joins:evaluate_joins", "- id": "challenge:evaluate_challenge"}
"""Evaluators of folders of YAML files, by what the first of them begins with."""
FILES = {".conllu": "coreference:evaluate_coreference", ".xml": "places:evaluate_places"}
"""Evaluators of files, by ending."""
LINES = {'"label": "VERB"': "event_places:evaluate_event_places"}
"""Evaluators of files of JSON lines, by what stands in the first line."""


def evaluator_of(path: Path) -> Evaluator | None:
    """Return what counts the gold at a path; ``None``: a file of events, or no known kind.

    Evaluators are imported when asked for: some bring slow imports with them.

    Raises:
        InputError: a folder that holds no known gold.
    """
    name = _of_folder(path) if path.is_dir() else _of_file(path)
    if name is None:
        return None
    module, function = name.split(":")
    found: Evaluator = getattr(import_module(f"dragoman.evaluation.{module}"), function)
    return found


def _of_file(path: Path) -> str | None:
    """Return the name of a file's evaluator."""
    if path.suffix != ".jsonl" or not path.is_file():
        return FILES.get(path.suffix)
    with path.open(encoding="utf-8", errors="replace") as lines:
        first = lines.readline()
    return next((name for mark, name in LINES.items() if mark in first), None)


def _of_folder(folder: Path) -> str:
    """Return the name of a folder's evaluator."""
    for pattern, name in FOLDERS.items():
        if next(folder.glob(pattern), None) is not None:
            return name
    begins = _begins(folder)
    if begins not in YAML:
        raise InputError(
            f"{folder}: {begins or 'no gold'} found, {', '.join([*FOLDERS, *YAML])} expected; "
            "give a folder such as gold/happenings"
        )
    return YAML[begins]


def _begins(folder: Path) -> str:
    """Return what the first YAML file of a folder begins with."""
    first = next(iter(sorted(folder.glob("*.yaml"))), None)
    return first.read_text(encoding="utf-8").split(":", 1)[0].strip() if first else ""
