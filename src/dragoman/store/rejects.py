"""The file of rejects: what could not be read, and why, as JSON lines."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import msgspec

from dragoman.readers import Reject
from dragoman.record import to_json
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import BinaryIO


class Rejects:
    """The file of rejects, written beside its name and renamed at the end."""

    def __init__(self, path: Path | None, *, always: bool) -> None:
        """Open the unfinished file.

        Args:
            path: what it is to be called; rejects are kept nowhere when ``None``.
            always: whether it is kept when nothing is in it.

        Raises:
            OutputError: it cannot be written.
        """
        self._path, self._always, self._any = path, always, False
        self._places: dict[bytes, int] = {}
        """Places of the lines of the finished file from which some were taken over."""
        self._stream: BinaryIO | None = None
        if path is not None:
            try:
                self._stream = self._part(path).open("ab")
            except OSError as error:
                raise OutputError(
                    f"{path}: rejects cannot be written ({error.strerror}); name another file"
                ) from error

    def go_on(self, kept: int, of: Collection[str]) -> None:
        """Keep what was rejected of files that are not read again, and nothing else.

        Args:
            kept: bytes at the beginning of the unfinished file that an interrupted run left.
            of: files that are not read again; without an unfinished file, their rejects are
                taken over from the finished one.
        """
        if self._stream is None or self._path is None:
            return
        if self.tell() < kept:
            self._take_back(kept)
        self._stream.seek(self._stream.truncate(min(kept, self.tell())))
        if not kept and of and self._path.exists():
            lines = self._path.read_bytes().splitlines(keepends=True)
            self._stream.writelines(line for line in lines if _where(line) in of)
            self._places = {line: place for place, line in enumerate(lines)}
        self._any = self.tell() > 0

    def _take_back(self, kept: int) -> None:
        """Begin with the finished file, where a run ended between naming it and its output."""
        if self._stream and self._path and self._path.exists():
            with self._path.open("rb") as before:
                beginning = before.read(kept)
            if len(beginning) == kept:
                self._stream.truncate(0)
                self._stream.write(beginning)
                self._stream.flush()

    def _put_in_order(self) -> None:
        """Let what was rejected before keep its place among what was taken over; new lines last."""
        if self._path is None or not self._places:
            return
        part, last = self._part(self._path), len(self._places)
        lines = part.read_bytes().splitlines(keepends=True)
        placed = sorted((self._places.get(line, last), n) for n, line in enumerate(lines))
        part.write_bytes(b"".join(lines[n] for _, n in placed))

    @staticmethod
    def _part(path: Path) -> Path:
        """Return the name of the unfinished file."""
        return path.with_name(path.name + ".part")

    def write(self, reject: Reject) -> None:
        """Add one reject."""
        self._any = True
        if self._stream:
            self._stream.write(to_json(reject) + b"\n")

    def tell(self) -> int:
        """Return how many bytes the unfinished file has."""
        return self._stream.tell() if self._stream else 0

    def sync(self) -> None:
        """Put the unfinished file on disk."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())

    def close(self, *, complete: bool, kept: bool) -> str | None:
        """Give the file its name, and return it; leave none when there is nothing in it.

        Args:
            complete: whether the run came to its end.
            kept: whether the next run goes on with the file if this one did not.
        """
        if self._path is None or self._stream is None:
            return None
        self._stream.close()
        if kept and not complete:
            return None
        if complete and (self._any or self._always):
            self._put_in_order()
            self._part(self._path).replace(self._path)
            return str(self._path)
        self._part(self._path).unlink()
        if complete:  # what an earlier run rejected no longer holds
            self._path.unlink(missing_ok=True)
        return None


def _where(line: bytes) -> str | None:
    """Return the file that a line is about, ``None`` when it cannot be told."""
    try:
        return msgspec.json.decode(line, type=Reject).where
    except msgspec.DecodeError:
        return None
