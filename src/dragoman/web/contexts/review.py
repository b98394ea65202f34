"""What the pages of review are given."""

from __future__ import annotations

from dragoman.web.contexts.base import Account, Context, EventLine, Piece, RecordState


class Judged(Context):
    """What was judged of one type."""

    type: str
    """As it was coded; ``all`` for all that were drawn from the whole record."""
    judged: int
    """Drawn mentions that reviewers have judged and agree on."""
    right: float | None
    """Share of them that are such events, of this type."""
    right_low: float | None
    """Lower end of its 95% interval."""
    right_high: float | None
    """Higher end of its 95% interval."""
    whole: float | None
    """Share of which every field is right."""
    whole_low: float | None
    """Lower end of its 95% interval."""
    whole_high: float | None
    """Higher end of its 95% interval."""


class Agreed(Context):
    """How far reviewers agree, each judging alone."""

    mentions: int
    """Judged by two or more."""
    share: float | None
    """Share of pairs of verdicts that agree on whether there is such an event."""
    low: float | None
    """Lower end of its 95% interval."""
    high: float | None
    """Higher end of its 95% interval."""
    alpha: float | None
    """Krippendorff's alpha of the same."""
    whole: float | None
    """Share of pairs of verdicts that agree field for field."""


class Sample(Context):
    """A queue that can be judged."""

    type: str | None
    """A type; none for all."""
    mentions: int
    """Mentions in it."""
    mine: int
    """Of them judged by this reviewer."""
    address: str
    """Where to begin or to go on."""


class ReviewPage(Context):
    """Review: what has been judged, and what can be."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    reviewer: str | None
    """Who judges; none before a name was given."""
    reviewers: tuple[str, ...]
    """Everybody who has judged."""
    ledger: str
    """Name of the file that holds the verdicts, beside the record."""
    lines: int
    """Lines in it."""
    judged: int
    """Mentions that somebody has judged."""
    figures: tuple[Judged, ...]
    """Precision, of all and by type."""
    agreed: Agreed
    """How far reviewers agree."""
    disputes: int
    """Mentions on which they disagree."""
    again: int
    """Mentions that were accepted and are read otherwise since: to be judged again."""
    gone: int
    """Judged mentions that are no longer in the record."""
    samples: tuple[Sample, ...]
    """Queues: all, then by type."""

    def table(self) -> list[dict[str, object]]:
        """Return precision by type, for CSV."""
        return [figure.model_dump() for figure in self.figures]


class FieldRow(Context):
    """A field of the mention that is judged."""

    key: str
    """The key that corrects it."""
    name: str
    """Its name."""
    title: str
    """What it is called."""
    read: str
    """Its value as the program read it, as a line of text."""
    text: str
    """Its value as the reviewer left it, ready to be changed."""
    empty: str
    """What it means when there is no value."""
    corrected: bool
    """Whether the reviewer has corrected it."""
    hint: str
    """How a value is written."""
    choices: tuple[str, ...]
    """Values that can be picked, where there are not many."""
    why: str
    """How it was read."""


class Opinion(Context):
    """What one reviewer says."""

    reviewer: str
    """Who."""
    label: str
    """``accepted``, ``corrected`` or ``rejected``."""
    when: str
    """When, UTC."""
    corrections: dict[str, str]
    """Fields and their right values, as lines of text."""


class AccountRow(Context):
    """An account of the event."""

    id: str
    """Its id."""
    report: str
    """Id of its report."""
    outlet: str | None
    """Who published it."""
    published: str | None
    """When."""
    sentence: str
    """Its first sentence."""
    this: bool
    """Whether the judged sentence is in it."""


class Moved(Context):
    """What a reviewer said of accounts of this event."""

    id: str
    """Id of the line."""
    verdict: str
    """``join`` or ``split``."""
    reviewer: str
    """Who."""
    when: str
    """When, UTC."""
    of: str
    """The account that others were joined to or split from."""
    accounts: tuple[str, ...]
    """The others."""


class JudgePage(Context):
    """One mention to be judged; none when the queue is done."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    reviewer: str
    """Who judges."""
    type: str | None
    """The queue's type."""
    event: str | None
    """The queue's event."""
    disputes: bool
    """Whether it is the queue of disagreements."""
    done: int
    """Mentions of the queue that this reviewer has judged."""
    size: int
    """Mentions of the queue."""
    said: str
    """What was just done, for people."""
    fault: str
    """What was wrong with what was given."""
    mention: str | None
    """Id of the mention."""
    heading: str
    """What the mention says happened."""
    account: Account | None
    """The report, and the sentence with how it was read."""
    before: str
    """The text before the sentence."""
    after: str
    """The text after it."""
    pieces: tuple[Piece, ...]
    """The sentence, marked."""
    fields: tuple[FieldRow, ...]
    """Its fields."""
    mine: Opinion | None
    """What this reviewer says of it."""
    opinions: tuple[Opinion, ...]
    """What others say; only in the queue of disagreements."""
    line: EventLine | None
    """The event that the mention belongs to."""
    accounts: tuple[AccountRow, ...]
    """Accounts of that event."""
    near: tuple[EventLine, ...]
    """Events that may be the same."""
    moved: tuple[Moved, ...]
    """What reviewers said of those accounts."""
    previous: str | None
    """Address of the mention before."""
    next: str | None
    """Address of the mention after."""
    figure: Judged | None
    """Precision of this type."""

    def table(self) -> list[dict[str, object]]:
        """Return the fields of the mention, for CSV."""
        return [{"mention": self.mention, **dict(field)} for field in self.fields]
