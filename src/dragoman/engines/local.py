"""Workers on this machine."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from multiprocessing import get_context
from signal import Signals
from typing import TYPE_CHECKING

from dragoman.engines.pool import SILENT, Died
from dragoman.engines.worker import NO_MEMORY, ONE_THREAD, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.engines.guard import Caps
    from dragoman.engines.worker import Load, Loaded

STARTING = threading.Lock()
"""Processes are started one at a time: the environment that they get is the whole process's."""


class LocalWorker:
    """A process on this machine."""

    def __init__(self, load: Load, caps: Caps) -> None:
        """Start the process; it loads its coder while others start."""
        context = get_context("spawn")  # nothing of this process's threads and files is inherited
        self._line, far = context.Pipe()
        self._process = context.Process(target=serve, args=(far, load, caps), daemon=True)
        with STARTING, _environment(ONE_THREAD):
            self._process.start()
        far.close()

    @property
    def pid(self) -> int | None:
        """Number of the process."""
        return self._process.pid

    def opened(self) -> Loaded:
        """Wait until the coder is loaded."""
        try:
            loaded: Loaded = self._line.recv()
        except (EOFError, OSError) as error:
            raise self._died() from error
        return loaded

    def code(self, report: bytes, seconds: float | None) -> bytes:
        """Have one packed report coded."""
        try:
            self._line.send_bytes(report)
            if not self._line.poll(None if seconds is None else seconds * SILENT):
                self.stop()
                raise Died("no answer", over_time=True)
            return self._line.recv_bytes()
        except (EOFError, OSError) as error:
            raise self._died() from error

    def _died(self) -> Died:
        """Return how the process ended."""
        self._process.join(SILENT)
        code = self._process.exitcode
        self.stop()
        if code == NO_MEMORY:
            return Died("out of memory; --memory-per-worker sets the limit")
        if code is None or code >= 0:
            return Died(f"exit code {code}")
        name = Signals(-code).name
        return Died(f"killed by {name}", over_time=name == "SIGXCPU")

    def stop(self) -> None:
        """End the process; whoever waits for its answer learns that it died."""
        self._process.kill()
        self._process.join()


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment for the body."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def cores() -> int:
    """Return the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):  # not on macOS and Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
