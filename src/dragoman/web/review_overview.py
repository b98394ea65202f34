"""The overview of review as a context: what was judged, how well, and what can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.review import figures
from dragoman.web import queue
from dragoman.web.contexts import Agreed, Judged, ReviewPage, Sample
from dragoman.web.queue import Queue
from dragoman.web.review_sitting import Sitting
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.review.figures import Precision, Rate
    from dragoman.web.desk import Desk


def review_page(desk: Desk, reviewer: str | None) -> ReviewPage:
    """Return what was judged, and the queues."""
    sitting = Sitting(desk, reviewer or "", Queue())
    found = sitting.found
    return ReviewPage(
        record=record_state(desk.room),
        title="Review",
        reviewer=reviewer,
        reviewers=sitting.folded.reviewers,
        ledger=desk.reviews.ledger.path.name,
        lines=len(desk.reviews.verdicts()),
        judged=len(found.held),
        figures=tuple(figure(each) for each in figures.precision(found)),
        agreed=_agreed(figures.agreement(found.held.values())),
        disputes=len(sitting.disputed),
        again=len(found.changed),
        gone=len(found.gone),
        samples=tuple(_samples(sitting)),
    )


def _samples(sitting: Sitting) -> Iterator[Sample]:
    """Yield the queues."""
    index = sitting.desk.room.index
    every = queue.sizes(index)
    mine = [row["type"] for row in queue.rows_of(index, sitting.mine)]
    yield Sample(type=None, mentions=sum(every.values()), mine=len(mine), address=Queue().address())
    for kind, mentions in every.items():
        yield Sample(
            type=kind,
            mentions=mentions,
            mine=mine.count(kind),
            address=Queue(type=kind).address(),
        )


def figure(found: Precision) -> Judged:
    """Return the precision of a type."""
    right, whole = _ends(found.right), _ends(found.whole)
    return Judged(
        type=found.type,
        judged=found.right.of,
        right=right[0],
        right_low=right[1],
        right_high=right[2],
        whole=whole[0],
        whole_low=whole[1],
        whole_high=whole[2],
    )


def _ends(rate: Rate) -> tuple[float | None, float | None, float | None]:
    """Return a share with its interval, as shown."""
    if rate.value is None or rate.interval is None:
        return None, None, None
    return round(rate.value, 3), round(rate.interval[0], 3), round(rate.interval[1], 3)


def _agreed(found: figures.Agreement) -> Agreed:
    """Return the agreement of reviewers."""
    share, low, high = _ends(found.share)
    alpha = None if found.alpha is None else round(found.alpha, 3)
    return Agreed(
        mentions=found.mentions,
        share=share,
        low=low,
        high=high,
        alpha=alpha,
        whole=_ends(found.whole)[0],
    )
