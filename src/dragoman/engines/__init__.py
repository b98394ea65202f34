"""Engines: where reports are coded. In this process, in a pool of processes, on a Ray cluster.

The output is the same, byte for byte: an engine gives what it was given in the same order, and
a report that cannot be coded comes back as a ``Reject`` with its reason.
"""

from dragoman.engines.choice import Choice, EngineName, open_engine
from dragoman.engines.guard import Caps, Coder, code_one
from dragoman.engines.pool import Engine, EngineError

__all__ = [
    "Caps",
    "Choice",
    "Coder",
    "Engine",
    "EngineError",
    "EngineName",
    "code_one",
    "open_engine",
]
