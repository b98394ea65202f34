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
    "stories": "joins:evaluate_joins",
    "- id": "challenge:evaluate_challenge",
    "timeml": "dates:evaluate_dates",
    "judged": "reviewed:evaluate_reviewed",
}
"""Evaluators of folders, by what ``_content`` finds in them: ``module:function``."""
FILES: dict[str, str] = {}
"""Evaluators of files, by ending."""


def evaluator_of(path: Path) -> Evaluator | None:
    """Return what counts the gold at a path; ``None``: a file of events, or no known kind.

    Evaluators are imported when asked for: some bring slow imports with them.

    Raises:
        InputError: a folder that holds no known gold.
    """
    name = _of_folder(path) if path.is_dir() else FILES.get(path.suffix)
    if name is None:
        return None
    module, function = name.split(":")
    found: Evaluator = getattr(import_module(f"dragoman.evaluation.{module}"), function)
    return found


def _of_folder(folder: Path) -> str:
    """Return the name of a folder's evaluator."""
    content = _content(folder)
    if content not in FOLDERS:
        raise InputError(
            f"{folder}: {content or 'no gold'} found, {', '.join(FOLDERS)} expected; "
            "give a folder such as gold/happenings"
        )
    return FOLDERS[content]


def _content(folder: Path) -> str:
    """Return what kind of gold a folder holds."""
    if next(folder.glob("*.tml"), None) is not None:
        return "timeml"
    if (folder / JUDGED).is_file():
        return "judged"
    first = next(iter(sorted(folder.glob("*.yaml"))), None)
    return first.read_text(encoding="utf-8").split(":", 1)[0].strip() if first else ""
