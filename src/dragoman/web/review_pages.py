"""The pages of review as contexts: the overview, and one mention to be judged."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dragoman.review import figures
from dragoman.review.fold import effective
from dragoman.review.verdicts import Joining
from dragoman.review.words import text_of
from dragoman.store.columns import from_row, report_from_row
from dragoman.store.duck import sql as store_sql
from dragoman.web import queries, queue, texts
from dragoman.web.contexts import Account
from dragoman.web.errors import NotThereError
from dragoman.web.lines import line
from dragoman.web.queue import Queue
from dragoman.web.review_contexts import (
    AccountRow,
    Agreed,
    Figure,
    JudgePage,
    Moved,
    Opinion,
    ReviewPage,
    Sample,
)
from dragoman.web.review_fields import rows
from dragoman.web.room import sql
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Mention, Report
    from dragoman.review.figures import Precision, Rate
    from dragoman.review.fold import Folded, Says
    from dragoman.review.found import Found
    from dragoman.web.contexts import EventLine
    from dragoman.web.desk import Desk

AROUND = 700
"""Characters of the text shown before a sentence, and behind it."""
DAYS, NEAR = 7, 8
"""Events that may be the same: how far apart, and how many are shown."""


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


# -- the overview --------------------------------------------------------------------


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


def figure(found: Precision) -> Figure:
    """Return the precision of a type."""
    right, whole = _ends(found.right), _ends(found.whole)
    return Figure(
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


# -- one mention ---------------------------------------------------------------------


def judge_page(sitting: Sitting, at: str | None, said: str = "", fault: str = "") -> JudgePage:
    """Return a mention to be judged, or that there is none left.

    Raises:
        NotThereError: there is no such mention.
        BusyError: the record is being written.
    """
    row = sitting.at(at)
    about = {} if row is None else _mention_fields(sitting, row)
    index = sitting.desk.room.index
    empty: dict[str, Any] = {
        "mention": None, "heading": "Nothing is left in this queue", "account": None,
        "before": "", "after": "", "pieces": (), "fields": (), "mine": None, "opinions": (),
        "line": None, "accounts": (), "near": (), "moved": (), "previous": None, "next": None,
        "figure": None,
    }  # fmt: skip
    return JudgePage(
        record=record_state(sitting.desk.room),
        title=about.get("heading", "Review"),
        reviewer=sitting.reviewer,
        type=sitting.queue.type,
        event=sitting.queue.event,
        disputes=sitting.queue.disputes,
        done=sitting.done(),
        size=queue.size(index, sitting.queue, len(sitting.disputed)),
        said=said,
        fault=fault,
        **{**empty, **about},
    )


@dataclass(frozen=True)
class Told:
    """A mention as the record has it."""

    mention: Mention
    report: Report
    accounts: tuple[AccountRow, ...]
    """Accounts of its event."""
    manifest: str
    """What read it."""


def read_mention(desk: Desk, name: str) -> Told:
    """Return a mention with its report and the accounts of its event.

    Raises:
        NotThereError: there is none of this id.
        BusyError: the record is being written.
    """
    with desk.room.open_record() as record:  # once: opening it takes most of the time
        found = record.rows(store_sql("mention"), [name])
        if not found:
            raise NotThereError("mention", name)
        mention = from_row("mentions", found[0])
        reports = record.rows(store_sql("whole_reports"), {"ids": [mention.report]})
        wanted = {"report": mention.report, "mention": name}
        own = record.rows(sql("account_with"), wanted)
        event = {"event": own[0]["event"] if own else ""}
        told = record.rows(sql("accounts_of"), event)
    this = {row["id"] for row in own}
    return Told(
        mention=mention,
        report=report_from_row(reports[0]),
        accounts=tuple(AccountRow(**row, this=row["id"] in this) for row in told),
        manifest=own[0]["manifest"] if own else "",
    )


def _mention_fields(sitting: Sitting, row: dict[str, Any]) -> dict[str, Any]:
    """Return what a page tells of one mention."""
    desk, index = sitting.desk, sitting.desk.room.index
    told = read_mention(desk, row["mention"])
    mention, report = told.mention, told.report
    mine = sitting.mine.get(mention.id)
    says = mine
    if sitting.queue.disputes and says is None and mention.id in sitting.found.held:
        says = sitting.found.held[mention.id].says
    left = queries.lines(index, [row["event"]])
    shown = line(left[0], desk.labels) if left else None
    previous = queue.before(index, sitting.queue, row["place"], sitting.disputed)
    following = queue.after(index, sitting.queue, row["place"], (), sitting.disputed)
    names = [p.get("mention") if p else None for p in (previous, following)]
    return {
        "mention": mention.id,
        "heading": _heading(mention),
        "account": _account(report),
        **_around(mention, report),
        "fields": tuple(rows(mention, says, report, desk.labels)),
        "mine": _opinion(mine) if mine else None,
        "opinions": tuple(_others(sitting, mention.id)),
        "line": shown,
        "accounts": told.accounts,
        "near": _near(desk, row["event"]),
        "moved": tuple(_moved(sitting, {account.id for account in told.accounts})),
        "previous": sitting.queue.address(names[0]) if names[0] else None,
        "next": sitting.queue.address(names[1]) if names[1] else None,
        "figure": _figure_of(sitting, mention.event),
    }


def _heading(mention: Mention) -> str:
    """Return in a few words what a mention says."""
    sides = [
        ", ".join(e.identifier_text or e.entity_text for e in side)
        for side in (mention.actor, mention.recipient)
    ]
    whom = f" to {sides[1]}" if sides[1] else ""
    return f"{' '.join((mention.event, *mention.mode))}: {sides[0] or 'somebody'}{whom}"


def _account(report: Report) -> Account:
    """Return a report without its sentences."""
    names = ("title", "outlet", "published", "url", "language")
    return Account(report=report.id, tellings=(), **{name: getattr(report, name) for name in names})


def _around(mention: Mention, report: Report) -> dict[str, Any]:
    """Return a sentence with the text around it."""
    start, end = mention.start, mention.end
    return {
        "before": report.text[max(0, start - AROUND) : start],
        "after": report.text[end : end + AROUND],
        "pieces": texts.pieces(report.text, start, end, texts.marks(mention)),
    }


def _opinion(says: Says) -> Opinion:
    """Return what a reviewer says."""
    return Opinion(
        reviewer=says.reviewer,
        label=says.label,
        when=says.at[0],
        corrections={name: text_of(name, value) for name, value in says.corrected.items()},
    )


def _others(sitting: Sitting, mention: str) -> Iterator[Opinion]:
    """Yield what each reviewer says, where they disagree and it is to be settled."""
    if sitting.queue.disputes and mention in sitting.found.held:
        yield from map(_opinion, sitting.found.held[mention].opinions)


def _figure_of(sitting: Sitting, kind: str) -> Figure | None:
    """Return the precision of a type as judged so far."""
    every = figures.precision(sitting.found)
    return next((figure(each) for each in every if each.type == kind), None)


def _near(desk: Desk, event: str) -> tuple[EventLine, ...]:
    """Return what may be the same event as one."""
    index = desk.room.index
    wanted = {"event": event, "days": DAYS, "most": NEAR}
    near = [row["id"] for row in index.rows(sql("near"), wanted)]
    by_id = {row["id"]: row for row in queries.lines(index, near)}
    return tuple(line(by_id[name], desk.labels) for name in near if name in by_id)


def _moved(sitting: Sitting, accounts: set[str]) -> Iterator[Moved]:
    """Yield what was said of some accounts, and counts."""
    for said in effective(sitting.desk.reviews.verdicts()):
        if isinstance(said, Joining) and accounts & {said.of, *said.accounts}:
            yield Moved(
                id=said.id,
                verdict=said.verdict,
                reviewer=said.reviewer,
                when=said.when,
                of=said.of,
                accounts=tuple(said.accounts),
            )
