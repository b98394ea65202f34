"""Every error Dragoman raises on purpose: what was found, what was expected, what to do.

Commands print the message as one line (a list of faults: one line each) and
leave with exit code 2. Anything else that is raised is a defect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class DragomanError(Exception):
    """Base of all errors that a user can mend."""


class DataError(DragomanError):
    """A data file (lexicon, ontology, actors) breaks its schema.

    Args:
        faults: every fault found, each with file, entry and remedy.
    """

    def __init__(self, faults: Sequence[str]) -> None:
        """Keep the faults and join them, one a line."""
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))

    def __reduce__(self) -> tuple[type[DataError], tuple[tuple[str, ...]]]:
        """Let the error travel between processes with its faults."""
        return type(self), (self.faults,)


class InputError(DragomanError):
    """Something given on the command line cannot be read."""


class ModelError(DragomanError):
    """The language pipeline is missing or lacks what the coder needs."""
