"""Files as checkpoints: one that was wholly read and coded need not be read again.

A file is finished when it has been read to its end and every report of it is stored, and so is
every file before it. What is noted then says which file it was and how it was read; a file that
has changed since, or is to be read otherwise, is read again.
"""

from __future__ import annotations

import os
from collections import deque
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


class FileNote(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it was when it was finished."""

    path: str
    """Where it lies, links followed."""
    label: str
    """What ids made for its reports begin with."""
    size: int
    """Bytes."""
    modified: int
    """When it was last changed, nanoseconds since 1970."""
    asked: str
    """Hash of how it was read: settings and coder."""
    rejects: int = 0
    """Bytes of the unfinished file of rejects when it was finished; 0 once the run has ended."""
    faulty: bool = False
    """Whether it could not be opened or broke off, so that a later run tries it again."""

    def like(self, other: FileNote) -> bool:
        """Return whether the file is as it was and is read as it was."""
        now = msgspec.structs.replace(other, rejects=self.rejects, faulty=self.faulty)
        return now == self


class _Open:
    """A file of this run that is not finished."""

    def __init__(self, note: FileNote | None) -> None:
        """Begin with nothing read."""
        self.note = note
        self.left = 0
        self.ended = False
        self.rejects: int | None = None
        self.faulty = False

    @property
    def complete(self) -> bool:
        """Whether all that was sent of it has come back."""
        return self.ended and not self.left

    @property
    def finished(self) -> FileNote | None:
        """What is noted of it."""
        if self.note is None:
            return None
        return msgspec.structs.replace(self.note, rejects=self.rejects or 0, faulty=self.faulty)


class Shards:
    """Which files need not be read, and which become finished as a run goes on."""

    def __init__(self) -> None:
        """Begin with no files."""
        self.rejects: Callable[[], int] = lambda: 0
        """Tells how many bytes of rejects have been written."""
        self.sources: Sequence[tuple[Path, str]] = ()
        """Paths and labels of the files to read, in their order."""
        self._asked = ""
        self.skipped: set[Path] = set()
        """Files that are passed over."""
        self._open: deque[_Open] = deque()
        self._complete: list[_Open] = []

    def choose(self, known: Iterable[FileNote], asked: str) -> int:
        """Choose the files that need not be read.

        A file whose rejects are in the unfinished file of rejects is passed over only with
        every file before it: the others' would be listed twice.

        Args:
            known: files that were finished before.
            asked: hash of how files are read now.

        Returns:
            Bytes of the unfinished file of rejects that are of the chosen files.
        """
        self._asked, kept, first = asked, 0, True
        by_path = {note.path: note for note in known}
        for path, label in self.sources:
            now = self._note(path, label)
            before = None if now is None else by_path.get(now.path)
            if now and before and before.like(now) and _stays(before, first=first):
                self.skipped.add(path)
                kept = max(kept, before.rejects)
            else:
                first = False
        return kept

    def _note(self, path: Path, label: str) -> FileNote | None:
        """Return what tells a file from others, ``None`` for what is no file."""
        if not path.is_file():
            return None
        state, real = path.stat(), os.path.realpath(path)
        return FileNote(
            path=real,
            label=label,
            size=state.st_size,
            modified=state.st_mtime_ns,
            asked=self._asked,
        )

    def begins(self, path: Path, label: str) -> bool:
        """Note that a file comes next and return whether it must be read."""
        if path in self.skipped:
            return False
        self._open.append(_Open(self._note(path, label)))
        return True

    def fails(self) -> None:
        """Note that the file at hand cannot be read, or not to its end."""
        self._open[-1].faulty = True

    def ends(self) -> None:
        """Note that nothing more comes of the file at hand."""
        self._open[-1].ended = True
        self._gather()

    def sent(self) -> None:
        """Note that a report or reject of the file at hand goes to be coded."""
        if self._open:
            self._open[-1].left += 1

    def out(self) -> None:
        """Note that the next of what was sent has come back: it comes in the order of sending."""
        first = next((file for file in self._open if file.left), None)
        if first is not None:
            first.left -= 1
            self._gather()

    def _gather(self) -> None:
        """Set aside the files of which everything has come back, with their rejects so far."""
        while self._open and self._open[0].complete:
            file = self._open.popleft()
            file.rejects = self.rejects()
            self._complete.append(file)

    def finished(self) -> list[FileNote]:
        """Return the files that are finished, now that all that came back is stored."""
        complete, self._complete = self._complete, []
        return [note for note in (file.finished for file in complete) if note is not None]


def _stays(before: FileNote, *, first: bool) -> bool:
    """Return whether a file need not be read again.

    Args:
        before: what was noted of it.
        first: whether the same is true of every file before it.
    """
    return first if before.rejects else not before.faulty
