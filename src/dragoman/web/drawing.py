"""The pictures of the room's page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dragoman.analysis import periods
from dragoman.web.pictures.bars import bars
from dragoman.web.pictures.net import net
from dragoman.web.pictures.table import matrix
from dragoman.web.pictures.world import world

if TYPE_CHECKING:
    from dragoman.web.contexts import RoomPage, Timeline
    from dragoman.web.pictures.bars import Bars


def drawn(made: RoomPage) -> dict[str, Any]:
    """Return every picture of the room's page, by its name in the template."""
    return {
        "bars": timeline_bars(made.timeline),
        "matrix": matrix(made.pairs),
        "net": net(made.pairs),
        "world": world(made.places),
    }


def timeline_bars(timeline: Timeline) -> Bars:
    """Return the drawing of a timeline."""
    by: Any = timeline.by
    return bars(timeline, {p.start: periods.last_day(p.start, by) for p in timeline.periods})
