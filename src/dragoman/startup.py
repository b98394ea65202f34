"""Make a start short: no garbage collection while large tables are built."""

from __future__ import annotations

import atexit
import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def no_collection() -> Iterator[None]:
    """Pause the garbage collector while data is loaded that stays for good.

    Python looks through all objects again and again while a table grows; a third of a cold
    start went there. Afterwards the collector is as it was, but passes over what was loaded.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        atexit.register(gc.unfreeze)  # or the interpreter could not clear up after others
        if was_on:
            gc.enable()
