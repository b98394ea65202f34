"""Workers on a Ray cluster: the same pool, its processes being Ray's actors.

Why Ray's actors and not Ray Data's ``map_batches``: Ray Data tries a block of reports again as a
whole, without end, or drops it as a whole; it cannot reject the one report that is the cause. And
what an interrupted run has done already must be known before a report is coded, not after.
"""

from __future__ import annotations

import logging
import os
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from dragoman.engines.local import cores
from dragoman.engines.pool import SILENT, Died, EngineError, Pool
from dragoman.engines.worker import Desk, Loaded

if TYPE_CHECKING:
    from dragoman.engines.guard import Caps
    from dragoman.engines.worker import Load

STARTING = 600.0
"""Seconds in which the cluster must find room for a worker and load its coder."""


def ray_pool(load: Load, workers: int, caps: Caps) -> Pool:
    """Open a pool on the cluster that ``RAY_ADDRESS`` names, or on one of this machine.

    Args:
        load: makes a coder; what it imports must be installed on every node.
        workers: how many actors; 0: one for each CPU of the cluster.
        caps: what a report may cost.

    Raises:
        EngineError: Ray is not installed, or the cluster cannot be reached.
        DragomanError: the coder cannot be loaded.
    """
    ray = _connected(workers or cores())
    most = workers or int(ray.cluster_resources().get("CPU", 1))
    return Pool(partial(RayWorker, ray, load, caps), most, caps)


def _connected(here: int) -> Any:
    """Return Ray, connected to a cluster.

    When none is named, one is started on this machine, ``here`` workers large.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing is told to anybody
    try:
        import ray  # an extra  # noqa: PLC0415
    except ImportError as error:
        raise EngineError("Ray is not installed; pip install 'dragoman[ray]'") from error
    if not ray.is_initialized():
        options: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
        if not os.environ.get("RAY_ADDRESS"):  # a cluster of our own, for us alone
            options |= {"address": "local", "num_cpus": here, "include_dashboard": False}
        try:
            ray.init(**options)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            reason = str(error).partition("\n")[0]
            raise EngineError(
                f"no Ray cluster ({reason}); start one, or check RAY_ADDRESS"
            ) from error
    return ray


class RayWorker:
    """An actor of the cluster."""

    def __init__(self, ray: Any, load: Load, caps: Caps) -> None:
        """Ask for the actor; the cluster starts it where there is room."""
        self._ray = ray
        # Replaced and tried again by the pool, which knows which report it was.
        actor = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(Desk)
        self._actor = actor.remote(load, caps)

    def opened(self) -> Loaded:
        """Wait until the coder is loaded."""
        loaded: Loaded = self._got(self._actor.open.remote(), STARTING)
        return loaded

    def code(self, report: bytes, seconds: float | None) -> bytes:
        """Have one packed report coded."""
        wait = None if seconds is None else seconds * SILENT
        answer: bytes = self._got(self._actor.code.remote(report), wait)
        return answer

    def _got(self, answer: Any, wait: float | None) -> Any:
        """Wait for what the actor returns."""
        errors = self._ray.exceptions
        try:
            return self._ray.get(answer, timeout=wait)
        except errors.GetTimeoutError as error:
            self.stop()
            raise Died("no answer", over_time=True) from error
        except errors.RayError as error:
            self.stop()
            raise Died(_how(error)) from error

    def stop(self) -> None:
        """End the actor."""
        with suppress(Exception):  # it is gone, or the whole cluster is
            self._ray.kill(self._actor)


def _how(error: Exception) -> str:
    """Return how an actor ended, in a few words."""
    cause = getattr(error, "cause", None)
    return type(cause).__name__ if cause is not None else type(error).__name__
