"""A pool of workers, each a process with a coder: on this machine or on a cluster.

A worker has one report at a time and a line of its own, so that a worker that dies takes nothing
with it but its report. It is replaced, and the report is coded once more. Reports that come back
early wait for those before them; so many are under way and no more.

The standard library's pool of processes breaks as a whole when one dies, and other pools share a
queue whose lock may die with a process; a line for each worker needs no lock.
"""

from __future__ import annotations

import queue
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Protocol

from dragoman.engines.guard import over_time, reject
from dragoman.engines.worker import packed, unpacked
from dragoman.errors import DragomanError
from dragoman.readers import Reject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.engines.guard import Caps
    from dragoman.engines.worker import Loaded
    from dragoman.record import Coded, Report

AHEAD = 8
"""Reports under way for each worker: a slow one does not make the others wait at once."""
SILENT = 10.0
"""How many times its processor time a report may take by the clock before its worker is ended."""


class EngineError(DragomanError):
    """An engine cannot be had, or cannot go on."""


class Engine(Protocol):
    """A place where reports are coded."""

    manifest: str
    """What its coders are."""

    def code(self, items: Iterable[Report | Reject], /) -> Iterator[Coded | Reject]:
        """Give what reports become, lazily, in the order of the reports.

        Rejects among the items stay in their places.

        Raises:
            EngineError: there are no workers any more.
        """

    def close(self) -> None:
        """End every process; what is under way is dropped."""


class Died(Exception):  # noqa: N818 - what happened, not whose fault it is
    """A worker died over a report."""

    def __init__(self, how: str, *, over_time: bool = False) -> None:
        """Say how; ``over_time`` when it was ended because it took too long."""
        super().__init__(how)
        self.over_time = over_time


class Worker(Protocol):
    """One process that codes, as its pool sees it."""

    def opened(self) -> Loaded:
        """Wait until the coder is loaded.

        Raises:
            Died: it died before.
        """

    def code(self, report: bytes, seconds: float | None) -> bytes:
        """Have one packed report coded, in so much processor time.

        Raises:
            Died: it did not come back.
        """

    def stop(self) -> None:
        """End it at once."""


class Pool:
    """Workers, a thread of this process beside each, and the order of the reports."""

    def __init__(self, start: Callable[[], Worker], workers: int, caps: Caps) -> None:
        """Start every worker and wait until it is ready.

        Args:
            start: starts a worker.
            workers: how many.
            caps: what a report may cost.

        Raises:
            DragomanError: the coder cannot be loaded, or no worker be started.
        """
        self._start, self._caps = start, caps
        self._most = AHEAD * workers
        self._closed = False
        self._idle: queue.SimpleQueue[Worker] = queue.SimpleQueue()
        self._all: set[Worker] = set()
        self._keepers = ThreadPoolExecutor(workers, thread_name_prefix="worker")
        self.manifest = ""
        try:
            for _ in range(workers):
                self._all.add(start())
            for worker in self._all:
                self.manifest = _checked(worker)
                self._idle.put(worker)
        except BaseException:
            self.close()
            raise

    def code(self, items: Iterable[Report | Reject]) -> Iterator[Coded | Reject]:
        """Give what reports become, in their order; a bounded number is under way."""
        under_way: deque[Future[Coded | Reject]] = deque()
        for item in items:
            under_way.append(self._begun(item))
            while under_way and (len(under_way) >= self._most or under_way[0].done()):
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()

    def _begun(self, item: Report | Reject) -> Future[Coded | Reject]:
        """Put a report under way; a reject keeps its place among them."""
        if not isinstance(item, Reject):
            return self._keepers.submit(self._coded, item)
        future: Future[Coded | Reject] = Future()
        future.set_result(item)
        return future

    def _coded(self, report: Report) -> Coded | Reject:
        """Have a report coded, once more when its worker died."""
        seconds = self._caps.seconds_for(report)
        try:
            return self._asked(report)
        except Died as first:
            if first.over_time and seconds is not None:
                return over_time(report, seconds)
        try:
            return self._asked(report)
        except Died as second:
            return reject(report, f"its process died twice: {second}; the report may be the cause")

    def _asked(self, report: Report) -> Coded | Reject:
        """Have a report coded by the worker that is free.

        Raises:
            Died: the worker died over it, and was replaced.
        """
        worker = self._idle.get()
        try:
            answer = worker.code(packed(report), self._caps.seconds_for(report))
        except Died:
            worker = self._replaced(worker)
            raise
        finally:
            self._idle.put(worker)
        return unpacked(answer)

    def _replaced(self, dead: Worker) -> Worker:
        """Start another worker in the place of one that died."""
        self._all.discard(dead)
        if self._closed:
            return dead
        worker = self._start()
        self._all.add(worker)
        if self._closed:  # meanwhile
            worker.stop()
        _checked(worker)
        return worker

    def close(self) -> None:
        """End every worker."""
        self._closed = True
        self._keepers.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            worker.stop()


def _checked(worker: Worker) -> str:
    """Wait until a worker is ready, and return what its coder is.

    Raises:
        DragomanError: it has none.
    """
    try:
        loaded = worker.opened()
    except Died as death:
        raise EngineError(
            f"a process that codes ended while it was starting ({death}); each needs about 500 MB"
            " of memory; give fewer --workers"
        ) from death
    if loaded.fault is not None:
        raise loaded.fault
    return loaded.manifest
