"""The page of review as a context on which one mention is judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.review import figures
from dragoman.review.fold import effective
from dragoman.review.verdicts import Joining
from dragoman.review.words import text_of
from dragoman.store.columns import from_row, report_from_row
from dragoman.store.duck import sql as store_sql
from dragoman.web import queries, queue, texts
from dragoman.web.contexts import (
    Account,
    AccountRow,
    Judged,
    JudgePage,
    Moved,
    Opinion,
)
from dragoman.web.errors import NotThereError
from dragoman.web.index import sql
from dragoman.web.lines import line
from dragoman.web.review_fields import rows
from dragoman.web.review_overview import figure
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Mention, Report
    from dragoman.review.fold import Says
    from dragoman.web.contexts import EventLine
    from dragoman.web.desk import Desk
    from dragoman.web.review_sitting import Sitting

AROUND = 700
"""Characters of the text shown before a sentence, and behind it."""
DAYS, NEAR = 7, 8
"""Events that may be the same: how far apart, and how many are shown."""


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
    shown = _unseen(line(left[0], desk.labels)) if left else None
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


def _figure_of(sitting: Sitting, kind: str) -> Judged | None:
    """Return the precision of a type as judged so far."""
    every = figures.precision(sitting.found)
    return next((figure(each) for each in every if each.type == kind), None)


def _unseen(shown: EventLine) -> EventLine:
    """Return an event without what others said of it: everybody judges alone."""
    return shown.model_copy(update={"review": None})


def _near(desk: Desk, event: str) -> tuple[EventLine, ...]:
    """Return what may be the same event as one."""
    index = desk.room.index
    wanted = {"event": event, "days": DAYS, "most": NEAR}
    near = [row["id"] for row in index.rows(sql("near"), wanted)]
    by_id = {row["id"]: row for row in queries.lines(index, near)}
    return tuple(_unseen(line(by_id[name], desk.labels)) for name in near if name in by_id)


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
