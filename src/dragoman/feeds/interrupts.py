"""Ctrl-C that waits for the report at hand."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


class Interrupts:
    """Holds an interruption back while a report is coded or written.

    Elsewhere, in a request or while waiting for the next round, Ctrl-C acts at once.
    A second Ctrl-C always does. Outside the main thread Python gives no signals, and
    this does nothing.
    """

    def __init__(self) -> None:
        """Begin with nothing held and nothing asked."""
        self._holding = False
        self._asked = False

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Stand in for Python's own handler while the body runs."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = signal.signal(signal.SIGINT, self._interrupted)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _interrupted(self, *_: Any) -> None:
        """Raise, or note it for the end of what must be finished first."""
        if self._holding and not self._asked:
            self._asked = True
            return
        raise KeyboardInterrupt

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let the body finish; raise ``KeyboardInterrupt`` behind it if that was asked."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._asked:
            self._asked = False
            raise KeyboardInterrupt
