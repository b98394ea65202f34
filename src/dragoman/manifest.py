"""The manifest: one hash over everything that decides a record's content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

PACKAGE = Path(__file__).parent
DATA_FOLDERS = ("lexicon/data", "ontology/data", "actors/data", "coding/data", "language/data")


@cache
def program_version() -> str:
    """Return the installed version, "0+unknown" from a bare source tree."""
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "0+unknown"


def manifest_of(nlp: Language, extra: Iterable[Path] = ()) -> str:
    """Return the hash of version, program, data files, pipeline and the user's files.

    Args:
        nlp: the pipeline.
        extra: the user's ontology, lexicon and actors, files or folders of YAML files.

    Returns:
        ``sha256:...``; equal hashes mean equal records for equal reports.
    """
    digest = hashlib.sha256(program_version().encode())
    for path in sorted(PACKAGE.rglob("*.py")):
        _add(digest, path, PACKAGE)
    for folder in DATA_FOLDERS:
        for path in sorted((PACKAGE / folder).rglob("*.yaml")):
            _add(digest, path, PACKAGE)
    for root in extra:
        for path in sorted(root.rglob("*.yaml")) if root.is_dir() else [root]:
            _add(digest, path, root if root.is_dir() else root.parent)
    digest.update(",".join(nlp.pipe_names).encode())
    if nlp.path is not None:
        for path in sorted(p for p in Path(nlp.path).rglob("*") if p.is_file()):
            _add(digest, path, Path(nlp.path))
    return f"sha256:{digest.hexdigest()}"


def _add(digest: hashlib._Hash, path: Path, root: Path) -> None:
    """Add a file's relative name and content."""
    digest.update(path.relative_to(root).as_posix().encode())
    digest.update(path.read_bytes())
