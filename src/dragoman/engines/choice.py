"""Which engine is wanted, and how one is opened by its name."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal

import msgspec

from dragoman.engines.guard import Caps
from dragoman.engines.inprocess import InProcess
from dragoman.engines.local import LocalWorker, cores
from dragoman.engines.pool import Pool
from dragoman.errors import InputError

if TYPE_CHECKING:
    from dragoman.engines.pool import Engine
    from dragoman.engines.worker import Load

EngineName = Literal["in-process", "pool", "ray"]
"""Where reports are coded."""


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """Which engine, how large, and what a report may cost there."""

    name: EngineName | None = None
    """``None``: a pool where workers are asked for, else this process."""
    workers: int | None = None
    """Processes that code; 0 or ``None``: one for each core (of the cluster)."""
    caps: Caps = Caps()
    """What a report may cost."""


def open_engine(choice: Choice, load: Load) -> Engine:
    """Open an engine and load its coders.

    Args:
        choice: what is wanted.
        load: makes a coder; for a pool and Ray it travels, so it is no lambda there.

    Raises:
        InputError: workers are asked for where there are none, or fewer than none.
        DragomanError: the coder cannot be loaded, or the engine not be had.
    """
    name = choice.name or ("in-process" if choice.workers is None else "pool")
    if choice.workers is not None and choice.workers < 0:
        raise InputError(f"{choice.workers} workers; expected 0 (one for each core) or more")
    if name == "in-process":
        if choice.workers not in {None, 1}:
            raise InputError("--workers goes with --engine pool or ray; leave one of them out")
        return InProcess(load(), choice.caps)
    if name == "ray":
        from dragoman.engines.rays import ray_pool  # an extra, and slow  # noqa: PLC0415

        return ray_pool(load, choice.workers or 0, choice.caps)
    return Pool(partial(LocalWorker, load, choice.caps), choice.workers or cores(), choice.caps)
