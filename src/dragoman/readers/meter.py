"""How much input there is, and how far it has been read."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Meter:
    """Counts bytes of the files as they lie on disk, packed or not."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.total: int | None = None
        """Bytes of all files; ``None`` where that is not known."""
        self._before = 0
        self._size = 0
        self._raw: BinaryIO | None = None
        self._share: float | None = None

    @property
    def done(self) -> int:
        """Bytes that have been read, those of finished files included."""
        if self._share is not None:
            return self._before + int(self._share * self._size)
        return self._before + min(self._here(), self._size)

    def _here(self) -> int:
        """Return how far the open file has been read; 0 where that cannot be told, as of a pipe."""
        raw = self._raw
        return 0 if raw is None or raw.closed or not raw.seekable() else raw.tell()

    def at_share(self, share: float) -> None:
        """Note how far the file at hand has been read, from 0 to 1, where its bytes do not tell."""
        self._share = share

    def passed(self, path: Path) -> None:
        """Note that a file is not read."""
        self._before += path.stat().st_size if path.exists() else 0

    @contextmanager
    def reading(self, path: Path, raw: BinaryIO) -> Iterator[Meter]:
        """Follow the reading of one open file; at the end it counts as read."""
        self._size, self._raw = path.stat().st_size, raw
        try:
            yield self
        finally:
            self._before += self._size
            self._size, self._raw, self._share = 0, None, None
