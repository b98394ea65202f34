"""When a source is asked next. No chance is in it: the same answers give the same times."""

from __future__ import annotations

LONGEST = 86_400.0
"""Seconds of the longest pause that a feed's own hints or failures lead to."""
SHORTEST = 60.0
"""Seconds of the shortest pause between two readings of a source."""
TOGETHER = 60.0
"""Sources due within so many seconds are read in one round, when the last of them is due."""


def due(now: float, read: float, every: float, pause: float, blocked: float) -> float:
    """Return when a source is to be asked again, seconds since 1970.

    Args:
        now: the time.
        read: when it was last asked; 0 for never.
        every: the user's interval in seconds; 0 when something else sets the rhythm.
        pause: what the feed and its server ask for at least (``ttl``, ``sy:updatePeriod``,
            ``max-age``), seconds; counted up to a day.
        blocked: not before this time, because of a failure.
    """
    if read > now:  # the clock was set back
        return now
    wanted = read + max(every, min(pause, LONGEST)) if read else now
    return max(wanted, blocked)


def back_off(every: float, failures: int, wait: float | None) -> float:
    """Return the seconds to leave a source alone: twice as long after every failure, up to a day.

    Args:
        every: the user's interval in seconds.
        failures: failures in a row, this one included.
        wait: the seconds of Retry-After; always honoured in full.
    """
    pause = max(every, SHORTEST) * 2.0 ** min(failures - 1, 20)
    return max(min(pause, max(LONGEST, every)), wait or 0.0)


def next_round(now: float, times: list[float]) -> float:
    """Return when the next round begins: never before a source in it is due."""
    first = max(now, min(times))
    return max(time for time in times if time <= first + TOGETHER)
