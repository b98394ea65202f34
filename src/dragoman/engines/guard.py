"""One report, coded so that nothing in it can end a run: faults and long work become rejects."""

from __future__ import annotations

import math
import signal
import threading
from typing import TYPE_CHECKING, Protocol

import msgspec

from dragoman.readers import Reject

if TYPE_CHECKING:
    from dragoman.record import Coded, Report

CHARACTERS = 100_000
"""Code points of a report that the time cap is for; a longer one may take more, in proportion."""
LONGEST_REASON = 300
"""Code points of a fault's message that a reject keeps."""
AGAIN = 1.0
"""Seconds of processor time until a report that went on past its time is stopped again."""


class Caps(msgspec.Struct, frozen=True, kw_only=True):
    """What one report may cost."""

    seconds: float | None = 60.0
    """Processor time for each ``CHARACTERS`` begun; ``None``: as long as it takes.

    Processor time and not time by the clock: what is coded must not hang on the machine's load.
    """
    memory: int | None = None
    """Bytes that a process which codes may hold; ``None``: as many as there are."""

    def seconds_for(self, report: Report) -> float | None:
        """Return the processor time that a report may take."""
        if self.seconds is None:
            return None
        return self.seconds * max(1, math.ceil(len(report.text) / CHARACTERS))


class Coder(Protocol):
    """What an engine needs of a coder: ``dragoman.load`` returns one."""

    def code_report(self, report: Report, /) -> Coded:
        """Code one report."""


class _OverTime(BaseException):
    """A report took too long; no part of a coder may take this for a fault of its own."""


def code_one(coder: Coder, report: Report, caps: Caps) -> Coded | Reject:
    """Code a report; return why it cannot be coded where it cannot.

    The time cap needs the main thread and a system with timers (not Windows).

    Raises:
        KeyboardInterrupt: asked for; as all that is no fault of the report.
        MemoryError: there is a cap, so this process is one that can be replaced.
    """
    seconds = caps.seconds_for(report)
    try:
        _set_timer(seconds)
        return coder.code_report(report)
    except _OverTime:
        return over_time(report, seconds or 0.0)
    except MemoryError:
        if caps.memory is not None:
            raise
        return reject(report, "out of memory")
    except Exception as error:  # noqa: BLE001 - whatever a report does, the run goes on
        return reject(report, f"{type(error).__name__}: {error}")
    finally:
        _set_timer(None)


def reject(report: Report, reason: str) -> Reject:
    """Return the reject of a report that could not be coded."""
    short = " ".join(reason.split())[:LONGEST_REASON]
    return Reject(where=report.id, row=None, reason=f"cannot be coded ({short})")


def over_time(report: Report, seconds: float) -> Reject:
    """Return the reject of a report that took too long."""
    return reject(report, f"over {seconds:g} seconds of work; --seconds-per-report sets the limit")


def _set_timer(seconds: float | None) -> None:
    """Let the work at hand be stopped after so much processor time; ``None``: let it be."""
    alone = threading.current_thread() is threading.main_thread()
    if not (alone and hasattr(signal, "setitimer")):
        return
    if seconds is None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        return
    signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, AGAIN)


def _stop(*_: object) -> None:
    """Stop the report at hand."""
    raise _OverTime
