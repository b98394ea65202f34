"""What review says of each event, in a word, so that a room can be narrowed down by it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.web.errors import WebError
from dragoman.web.index import sql

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.review.fold import Held
    from dragoman.web.index import Index, Row
    from dragoman.web.reviews import Reviews


def tell(reviews: Reviews, index: Index) -> None:
    """Let an index know what reviewers say now; nothing where the ledger cannot be read."""
    index.judge(reviews.edition(), lambda: labels(reviews, index))


def labels(reviews: Reviews, index: Index) -> dict[str, str]:
    """Return ``accepted``, ``corrected``, ``rejected`` or ``disputed`` for each judged event."""
    try:
        folded, found = reviews.state()
        moved = reviews.moved(folded)
    except WebError:  # the rest of the room can be read all the same
        return {}
    made = dict.fromkeys(sorted(moved), "corrected")
    standing = {name: held for name, held in found.held.items() if name not in found.changed}
    for event, rows in groupby(_told(index, standing), key=lambda row: str(row["event"])):
        many = list(rows)
        said = _label([standing[row["mention"]] for row in many], many[0]["mentions"])
        made[event] = "corrected" if event in moved and said == "accepted" else said
    return made


def _told(index: Index, mentions: Iterable[str]) -> list[Row]:
    """Return judged mentions with their events and how many mentions those have."""
    wanted = sorted(mentions)
    return index.rows(sql("judged_events"), [wanted]) if wanted else []


def _label(held: Iterable[Held], mentions: int) -> str:
    """Return what the verdicts on some of an event's mentions make of it.

    Args:
        held: what holds for those that were judged.
        mentions: how many the event has.
    """
    says = [each.says for each in held]
    if any(each is None for each in says):
        return "disputed"
    rejected = sum(each.rejected for each in says if each)
    if rejected == mentions:
        return "rejected"
    return "corrected" if rejected or any(e.corrected for e in says if e) else "accepted"
