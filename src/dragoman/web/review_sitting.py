"""One reviewer at one queue: what is judged, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dragoman.web import queue
from dragoman.web.errors import NotThereError

if TYPE_CHECKING:
    from dragoman.review.fold import Folded, Says
    from dragoman.review.found import Found
    from dragoman.web.desk import Desk
    from dragoman.web.queue import Queue


@dataclass(frozen=True)
class Sitting:
    """One reviewer at one queue, at one moment."""

    desk: Desk
    reviewer: str
    queue: Queue

    @cached_property
    def _state(self) -> tuple[Folded, Found]:
        """What counts of the ledger."""
        return self.desk.reviews.state()

    @property
    def folded(self) -> Folded:
        """The ledger."""
        return self._state[0]

    @property
    def found(self) -> Found:
        """What of it is in the record."""
        return self._state[1]

    @cached_property
    def mine(self) -> dict[str, Says]:
        """What this reviewer says, by id of the mention; what is read otherwise now is open."""
        own = self.folded.of(self.reviewer)
        keys = {id(held): key for key, held in self.folded.mentions.items()}
        says = {name: own.get(keys[id(held)]) for name, held in self.found.held.items()}
        return {
            name: each
            for name, each in says.items()
            if each is not None and not (name in self.found.changed and each.label == "accepted")
        }

    @cached_property
    def disputed(self) -> tuple[str, ...]:
        """Mentions on which reviewers disagree."""
        return tuple(name for name, held in self.found.held.items() if held.disputed)

    def done(self) -> int:
        """Return how many mentions of the queue this reviewer has judged."""
        rows = queue.rows_of(self.desk.room.index, self.mine)
        kept = self.queue
        return sum(
            (not kept.type or row["type"] == kept.type)
            and (not kept.event or row["event"] == kept.event)
            and (not kept.disputes or row["mention"] in self.disputed)
            for row in rows
        )

    def at(self, mention: str | None) -> dict[str, Any] | None:
        """Return where a mention stands in the queue; the first open one without a name.

        Raises:
            NotThereError: there is none of this id.
        """
        index = self.desk.room.index
        if mention is None:
            passed = () if self.queue.disputes else self.mine
            return queue.first(index, self.queue, passed, self.disputed)
        found = queue.rows_of(index, [mention])
        if not found:
            raise NotThereError("mention", mention)
        return found[0]

    def following(self, place: str) -> str | None:
        """Return the next open mention behind a place, else the first open one."""
        index = self.desk.room.index
        passed = () if self.queue.disputes else self.mine
        row = queue.after(index, self.queue, place, passed, self.disputed)
        row = row or queue.first(index, self.queue, passed, self.disputed)
        return row["mention"] if row else None
