"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from dragoman.store.sink import OutputError, beside, sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

UNFINISHED = ".part"
"""What the name of a file ends in while it is being written."""


def check_target(target: Path, record: Path) -> None:
    """Raise when a file cannot be written where it is asked for.

    Raises:
        OutputError: it is the record itself or a folder, or its folder is missing or closed.
    """
    folder = target.parent
    if target.is_dir():
        raise OutputError(f"{target}: is a folder; expected the name of a file")
    if not folder.is_dir():
        raise OutputError(f"{target}: no folder {folder}; make it first or name another")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"{target}: folder {folder} cannot be written to; name another")
    if target.exists() and target.samefile(record):
        raise OutputError(f"{target}: is the record itself; give the export another name")


@contextmanager
def whole(target: Path) -> Iterator[BinaryIO]:
    """Give a stream to write a file's bytes to; the file has its name once all of it is on disk.

    Raises:
        OutputError: the disk is full, or the file cannot be written.
    """
    part = beside(target, UNFINISHED)
    try:
        with part.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{target}: cannot be written ({reason}); make room") from error
    finally:
        part.unlink(missing_ok=True)
