"""What a process that codes does: it loads a coder once, then answers a report at a time."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from dragoman.engines.guard import Caps, Coder, code_one
from dragoman.errors import DragomanError
from dragoman.readers import Reject
from dragoman.record import Coded, Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    Load = Callable[[], Coder]
    """Makes the coder; travels to the process, so it is no lambda."""

ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
"""Environment of a process that codes: there is a process for every core already."""
NO_MEMORY = 71
"""Exit code of a process that ran out of memory; one that follows it has all of its own again."""
GRACE = 5
"""Seconds of processor time past the cap after which the system ends a process that Python
cannot stop, because it is deep in a library."""


class Answer(msgspec.Struct, frozen=True, array_like=True):
    """What a report became, as it travels between processes."""

    coded: Coded | None = None
    reject: Reject | None = None


class Loaded(NamedTuple):
    """How loading the coder ended."""

    manifest: str = ""
    """What the coder is."""
    fault: DragomanError | None = None
    """Why there is none."""


_ENCODER = msgspec.msgpack.Encoder()
_ANSWERS = msgspec.msgpack.Decoder(Answer)
_REPORTS = msgspec.msgpack.Decoder(Report)


def packed(item: msgspec.Struct) -> bytes:
    """Return a record as bytes that travel."""
    return _ENCODER.encode(item)


def unpacked(answer: bytes) -> Coded | Reject:
    """Return what a report became.

    Raises:
        ValueError: the bytes are no answer.
    """
    found = _ANSWERS.decode(answer)
    kept = found.coded or found.reject
    if kept is None:
        raise ValueError("an empty answer")
    return kept


class Desk:
    """A coder at work in a process of its own."""

    def __init__(self, load: Load, caps: Caps) -> None:
        """Keep what to do; the coder is loaded by ``open``."""
        self._load, self._caps = load, caps
        self._coder: Coder | None = None

    def open(self) -> Loaded:
        """Load the coder."""
        _cap_memory(self._caps.memory)
        try:
            self._coder = self._load()
        except DragomanError as fault:
            return Loaded(fault=fault)
        return Loaded(str(getattr(self._coder, "manifest", "")))

    def code(self, report: bytes) -> bytes:
        """Code a packed report; return the packed answer."""
        if self._coder is None:
            raise RuntimeError("no coder is loaded")
        given = _REPORTS.decode(report)
        _cap_time(self._caps.seconds_for(given))
        found = code_one(self._coder, given, self._caps)
        _cap_time(None)
        return packed(Answer(reject=found) if isinstance(found, Reject) else Answer(coded=found))


def serve(line: Connection, load: Load, caps: Caps) -> None:
    """Answer reports until nobody asks any more: the whole life of a process of the pool.

    Args:
        line: what comes in and goes out: first a ``Loaded``, then an answer a report.
        load: makes the coder.
        caps: what a report may cost.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us
    desk = Desk(load, caps)
    try:
        line.send(desk.open())
        while True:
            line.send_bytes(desk.code(line.recv_bytes()))
    except MemoryError:
        sys.exit(NO_MEMORY)
    except (EOFError, OSError):
        return  # nobody is there any more, so there is nothing to do


def _cap_memory(most: int | None) -> None:
    """Let this process hold so many bytes and no more; only Linux keeps to it."""
    if most is not None and sys.platform == "linux":
        import resource  # not on Windows  # noqa: PLC0415

        hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _cap_time(seconds: float | None) -> None:
    """Let the system end this process when it works on for so long; ``None``: let it be."""
    if os.name != "posix":
        return
    import resource  # not on Windows  # noqa: PLC0415

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    last = hard if seconds is None else int(time.process_time() + seconds) + GRACE
    with suppress(ValueError):  # whoever started us allows less
        resource.setrlimit(resource.RLIMIT_CPU, (last, hard))
