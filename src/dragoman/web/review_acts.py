"""What a reviewer's form does: a line in the ledger, and the address to go on at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, Field

from dragoman.review.found import mention_key
from dragoman.review.values import FIELDS, values
from dragoman.review.verdicts import Correction, Judgement
from dragoman.web import queue as order
from dragoman.web.errors import NotThereError, WebError
from dragoman.web.index import sql
from dragoman.web.queue import Queue
from dragoman.web.review_fields import value_of
from dragoman.web.review_pages import read_mention
from dragoman.web.review_sitting import Sitting

if TYPE_CHECKING:
    from dragoman.record import Mention
    from dragoman.web.desk import Desk
    from dragoman.web.review_pages import Told


class Given(BaseModel):
    """A form of review."""

    action: Literal["accept", "reject", "correct", "join", "split", "undo"] = Field(
        description="What is said."
    )
    mention: str = Field("", max_length=2000, description="Of which mention.")
    field: str = Field("", max_length=20, description="Which field is corrected.")
    value: str = Field("", max_length=4000, description="To what, as a line of text.")
    of: str = Field("", max_length=2000, description="The event that is joined or split.")
    accounts: list[str] = Field([], max_length=1000, description="Accounts joined or split.")
    type: str = Field("", max_length=40, description="The queue's type.")
    event: str = Field("", max_length=2000, description="The queue's event.")
    disputes: bool = Field(False, description="Whether it is the queue of disagreements.")

    @property
    def queue(self) -> Queue:
        """The queue."""
        return Queue(self.type or None, self.event or None, self.disputes)


def act(sitting: Sitting, given: Given) -> str:
    """Write what a form says; return the address to go on at.

    Raises:
        WebError: it cannot be written so.
        OutputError: the ledger cannot be written.
    """
    if given.action == "undo":
        return undo(sitting, given.mention)
    if given.action in {"join", "split"}:
        return move(sitting, given)
    return judged(sitting, given)


def judged(sitting: Sitting, given: Given) -> str:
    """Write a verdict on a mention; return the address to go on at.

    Raises:
        NotThereError: there is no such mention.
        ValueFault: the field cannot have the value.
        OutputError: the ledger cannot be written.
    """
    desk, queue, name = sitting.desk, sitting.queue, given.mention
    told = read_mention(desk, name)
    fields: dict[str, Any] = {
        "reviewer": sitting.reviewer,
        "verdict": given.action,
        "about": _about(told),
        "drawn": queue.drawn,
        "settles": queue.disputes,
    }
    if given.action == "correct":
        desk.reviews.add(fields | _correction(desk, told.mention, given))
        return queue.address(at=name, said="corrected")
    place = sitting.at(name)
    desk.reviews.add(fields)
    now = Sitting(desk, sitting.reviewer, queue)
    following = now.following(place["place"] if place else "")
    return queue.address(at=following, said=f"{given.action}ed")


def _correction(desk: Desk, mention: Mention, given: Given) -> dict[str, Any]:
    """Return the field and the value that a reviewer gave.

    Raises:
        WebError: there is no such field, or it cannot have the value.
    """
    if given.field not in FIELDS:
        raise WebError(422, f"No field {given.field!r}", f"Expected one of {', '.join(FIELDS)}.")
    known = order.sizes(desk.room.index)
    return {"field": given.field, "value": value_of(given.field, given.value, mention, known)}


def _about(told: Told) -> dict[str, Any]:
    """Return what a verdict keeps of a mention."""
    report, trigger, _ = mention_key(told.mention)
    return {
        "mention": told.mention.id,
        "report": report,
        "trigger": trigger,
        "manifest": told.manifest,
        "saw": values(told.mention),
    }


def undo(sitting: Sitting, at: str) -> str:
    """Undo the reviewer's last line that counts; return the address of what it was about."""
    last = sitting.folded.last.get(sitting.reviewer)
    if last is None:
        return sitting.queue.address(at=at or None, said="nothing")
    fields = {"reviewer": sitting.reviewer, "verdict": "undo", "undoes": last.id}
    sitting.desk.reviews.add(fields)
    if isinstance(last, (Judgement, Correction)):
        there = order.rows_of(sitting.desk.room.index, [last.about.mention])
        at = there[0]["mention"] if there else at
    return sitting.queue.address(at=at or None, said="undone")


def move(sitting: Sitting, given: Given) -> str:
    """Write that accounts are of one event or are not; return the address to go on at.

    Raises:
        WebError: there is nothing to join or to split.
        NotThereError: there are no such accounts.
    """
    desk, some, joins = sitting.desk, set(given.accounts), given.action == "join"
    with desk.room.open_record() as record:
        told = [row["id"] for row in record.rows(sql("accounts_of"), {"event": given.of})]
        known = record.rows(sql("accounts_known"), {"accounts": sorted(some)})
    if not told or len(known) < len(some):
        raise NotThereError("account", ", ".join(sorted(some)) if told else given.of)
    # The event is meant by its first account, unless that is itself the one that is moved.
    first = [given.of] if joins else []
    stay = next((name for name in (*first, *told) if name not in some), None)
    if not some or stay is None:
        detail = "Choose accounts; of an event that is split, at least one must stay."
        raise WebError(422, f"Nothing to {given.action}", detail)
    fields = {"reviewer": sitting.reviewer, "verdict": given.action}
    desk.reviews.add({**fields, "accounts": sorted(some), "of": stay})
    said = "joined" if joins else "split"
    return sitting.queue.address(at=given.mention or None, said=said)
