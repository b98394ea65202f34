"""What every evaluator gives back: shares by name, for each half of a gold set and for the whole.

A gold set that rules are tuned on is cut into two halves by the hash of its units' ids: misses
are listed for the half ``dev`` alone; the half ``held`` is only counted.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from dragoman.evaluation.counting import Share

Half = Literal["dev", "held"]
PARTS = ("dev", "held", "all")


def half(name: str) -> Half:
    """Return which half of its gold set a unit is in, by the hash of its id."""
    return "held" if hashlib.sha256(name.encode()).digest()[0] % 2 else "dev"


def fingerprint(path: Path, pattern: str = "*") -> str:
    """Return the SHA-256 of a gold file, or of the files of a gold folder with their names.

    Args:
        path: a file, or a folder.
        pattern: which files of a folder count.
    """
    if path.is_file():
        return hashlib.sha256(path.read_bytes()).hexdigest()
    digest = hashlib.sha256()
    for file in sorted(path.glob(pattern)):
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Slip:
    """One miss."""

    id: str
    """Of the unit."""
    kind: str
    """What went wrong, in a word or two: ``not found``, ``far off``."""
    text: str
    """For the terminal; may quote the gold."""
    codes: Mapping[str, Any]
    """For a file: ids, offsets, codes; never a text of the gold."""


@dataclass(frozen=True, slots=True)
class Part:
    """A half of a gold set, or all of it."""

    size: int
    """Units."""
    measures: Mapping[str, Share]
    """By name, in the order they are shown."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """What else was counted, by name: ``gold``, ``coded``."""


@dataclass(frozen=True, slots=True)
class Measured:
    """An evaluation by parts."""

    title: str
    """What was counted, for a table's title."""
    unit: str
    """What was counted in: ``reports``, ``sentences``."""
    sha256: str
    """Fingerprint of the gold."""
    parts: Mapping[str, Part]
    """By ``dev``, ``held``, ``all``, in that order."""
    slips: tuple[Slip, ...] = ()
    """Misses of the half ``dev``."""

    def measures(self) -> dict[str, float]:
        """Return every number by its name: ``held.f1``, ``all.reports`` and so on."""
        numbers: dict[str, float] = {}
        for name, part in self.parts.items():
            counts = {self.unit: part.size, **part.counts}
            numbers.update({f"{name}.{count}": float(n) for count, n in counts.items()})
            for measure, share in part.measures.items():
                if share.value is not None:
                    numbers[f"{name}.{measure}"] = share.value
        return numbers
