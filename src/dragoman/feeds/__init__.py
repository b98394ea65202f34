"""Feeds: sources read on a schedule, politely, and what is new in them coded into a record.

``watch`` is the whole interface. This is the one room that uses the network.
"""

from __future__ import annotations

from dragoman.feeds.fetch import Limits
from dragoman.feeds.rounds import Line, Round
from dragoman.feeds.watch import WatchJob, watch

__all__ = ["Limits", "Line", "Round", "WatchJob", "watch"]
