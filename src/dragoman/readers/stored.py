"""Files that are named by an address: ``s3://bucket/news.parquet``, ``gs://``, ``hdfs://``, ``file://``.

Nothing is fetched but what the user names. Arrow knows the kinds of stores, and takes keys and
regions from where their own tools do (``AWS_ACCESS_KEY_ID``, ``~/.aws``); an address may carry
options (``s3://bucket/news.parquet?region=eu-west-1``).
"""

from __future__ import annotations

import io
import re
from pathlib import PurePosixPath
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from dragoman.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = re.compile(r"[a-z][a-z0-9+]+://", re.IGNORECASE)
AHEAD = 1 << 20
"""Bytes asked for at a time: every question to a store costs a journey."""


class StoredFile:
    """One file of a store, with as much of a ``Path`` as readers use."""

    def __init__(self, store: Any, path: str, size: int, address: str) -> None:
        """Know where the file lies.

        Args:
            store: Arrow's file system.
            path: where it lies there.
            size: its bytes.
            address: how the user would name it.
        """
        self._store, self._path, self._size, self._address = store, path, size, address
        pure = PurePosixPath(path)
        self.name, self.suffix = pure.name, pure.suffix

    def __str__(self) -> str:
        """Return the address."""
        return self._address

    def __fspath__(self) -> str:
        """Return the address, which Arrow opens by itself where it reads Parquet."""
        return self._address

    def as_posix(self) -> str:
        """Return the address."""
        return self._address

    def with_suffix(self, suffix: str) -> PurePosixPath:
        """Return the path with another ending."""
        return PurePosixPath(self._path).with_suffix(suffix)

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return PurePosixPath(self._path).stem

    def exists(self) -> bool:
        """Return true: it was listed."""
        return True

    def is_dir(self) -> bool:
        """Return false."""
        return False

    def is_file(self) -> bool:
        """Return false: what lies in a store has no time of change that can be trusted."""
        return False

    def stat(self) -> SimpleNamespace:
        """Return its size."""
        return SimpleNamespace(st_size=self._size)

    def open(self, _: str = "rb") -> BinaryIO:
        """Open it for reading."""
        raw = self._store.open_input_file(self._path)
        return cast("BinaryIO", io.BufferedReader(raw, AHEAD))


def is_address(name: str) -> bool:
    """Whether an input is named by an address."""
    return bool(ADDRESS.match(name))


def files_at(address: str) -> list[tuple[Path, str]]:
    """Find the file at an address, or all files of a folder there, sorted, hidden ones left out.

    Returns:
        each with its label: its path below the folder, its name when it is the address itself.

    Raises:
        InputError: nothing is there, or the store cannot be reached or read.
    """
    from pyarrow import fs  # slow to import, and seldom needed  # noqa: PLC0415

    try:
        store, path = fs.FileSystem.from_uri(address)
        found = store.get_file_info(path)
        if found.type == fs.FileType.Directory:
            found = store.get_file_info(fs.FileSelector(path, recursive=True))
    except (OSError, ValueError) as error:
        reason = str(error).partition("\n")[0]
        raise InputError(
            f"{address}: cannot be reached ({reason}); check the address and your keys"
        ) from error
    listed = found if isinstance(found, list) else [found]
    files = [info for info in listed if info.type == fs.FileType.File]
    below = {info.path.removeprefix(path).strip("/"): info for info in files}
    kept = [name for name in sorted(below) if not re.search(r"(^|/)\.", name)]
    if not kept:
        raise InputError(f"{address}: no such file, nor a folder that holds any; check the address")
    return [_found(store, below[name], address, name) for name in kept]


def _found(store: Any, info: Any, asked: str, below: str) -> tuple[Path, str]:
    """Return a file below what was asked for, with its label; options stay in its address."""
    base, mark, options = asked.partition("?")
    address = f"{base.rstrip('/')}/{below}{mark}{options}" if below else asked
    file = StoredFile(store, info.path, info.size, address)
    return cast("Path", file), below or file.name
