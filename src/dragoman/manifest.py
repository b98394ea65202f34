"""The manifest: one hash over everything that decides a record's content."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = Path(__file__).parent
DATA_FOLDERS = ("lexicon/data", "ontology/data", "actors/data", "coding/data", "language/data")


def program_version() -> str:
    """Return the installed version, "0+unknown" from a bare source tree."""
    try:
        return version("dragoman")
    except PackageNotFoundError:
        return "0+unknown"


@cache
def _data_hash() -> str:
    """Hash every data file of the package, by relative path and content."""
    digest = hashlib.sha256()
    for folder in DATA_FOLDERS:
        for path in sorted((PACKAGE / folder).rglob("*.yaml")):
            digest.update(path.relative_to(PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def manifest_of(nlp: Language) -> str:
    """Return the hash of program version, data files and pipeline, as ``sha256:...``."""
    meta = nlp.meta
    pipeline = (
        f"{meta.get('lang')}_{meta.get('name')}-{meta.get('version')}-{','.join(nlp.pipe_names)}"
    )
    parts = (program_version(), _data_hash(), pipeline, _weights_hash(nlp))
    return "sha256:" + hashlib.sha256("|".join(parts).encode()).hexdigest()


def _weights_hash(nlp: Language) -> str:
    """Hash the size and date-free content of the pipeline's weights by its files."""
    path = nlp.path
    if path is None:
        return ""
    digest = hashlib.sha256()
    for file in sorted(Path(path).rglob("model")):
        digest.update(str(file.stat().st_size).encode())
        with file.open("rb") as stream:
            digest.update(stream.read(65_536))
    return digest.hexdigest()
