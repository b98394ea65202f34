"""Sources to reports: files, folders, globs and standard input, read lazily.

``read`` is the whole interface. What cannot become a report comes out as a
``Reject`` in its place; what cannot be opened at all raises ``InputError``.
"""

from __future__ import annotations

from dragoman.readers.inputs import read
from dragoman.readers.meter import Meter
from dragoman.readers.sample import Sample, read_sample
from dragoman.readers.shape import MAX_CHARACTERS, Defaults, Reject
from dragoman.readers.shards import FileNote, Shards

__all__ = [
    "MAX_CHARACTERS",
    "Defaults",
    "FileNote",
    "Meter",
    "Reject",
    "Sample",
    "Shards",
    "read",
    "read_sample",
]
