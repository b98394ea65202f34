"""Dragoman reads news reports and writes who did what to whom, when, where, and according to whom.

import dragoman

coder = dragoman.load()
coded = coder.code("Iran's foreign minister arrived in Moscow on Sunday.", published="2021-10-18")
coded.events
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.manifest import program_version

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

__version__ = program_version()
__all__ = ["__version__", "load"]


def load(
    pipeline: str | None = None,
    *,
    lexicon: str | Path | None = None,
    actors: str | Path | None = None,
    ontology: str | Path | None = None,
) -> Coder:
    """Load a coder.

    Args:
        pipeline: an installed spaCy package or a folder with UD labels; ``None`` for our own.
        lexicon: your own frames, a folder or a file, read beside the package's (see
            ``docs/lexicon.md``).
        actors: a file of your own actors, read on top of the package's.
        ontology: your own event types, a file or a folder that holds their frames too; beside
            PLOVER's, or instead of them where the file says so.

    Raises:
        DataError: a data file breaks its schema; the message lists every fault.
        ModelError: the pipeline cannot be loaded or lacks what the coder needs.
    """
    from dragoman.coding.coder import Coder  # heavy imports wait until they are needed  # noqa: PLC0415

    return Coder.load(
        pipeline=pipeline,
        lexicon=Path(lexicon) if lexicon else None,
        actors=Path(actors) if actors else None,
        ontology=Path(ontology) if ontology else None,
    )
