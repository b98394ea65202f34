"""What every page says of the record as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.web.contexts import RecordState
from dragoman.web.index import sql

if TYPE_CHECKING:
    from dragoman.web.room import Room


def record_state(room: Room) -> RecordState:
    """Return the state of the record."""
    index = room.index
    row = index.remembered.of("state", lambda: index.rows(sql("state"))[0])
    return RecordState(**row, name=room.record.name, stale=room.stale)
