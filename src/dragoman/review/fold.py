"""Lines to states: what each reviewer now says of each mention, and what holds between them.

Nothing depends on the order in which lines are read: they are taken by time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dragoman.review.ledger import moment
from dragoman.review.verdicts import Correction, Joining, Judgement, Undo

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.review.values import Value
    from dragoman.review.verdicts import About, Drawn, Judged, Verdict

Label = Literal["accepted", "corrected", "rejected"]
Key = tuple[str, int, str]
"""A mention whatever its number in the report: report, first code point of the trigger, type."""


@dataclass
class Says:
    """What one reviewer says of one mention."""

    reviewer: str
    about: About
    """As it stood when it was last judged."""
    rejected: bool = False
    corrected: dict[str, Value] = field(default_factory=dict)
    """Fields and their right values."""
    drawn: Drawn | None = None
    """The widest sample it was drawn for."""
    settles: bool = False
    """Whether it settles a disagreement; it is then no opinion of the reviewer's own."""
    at: tuple[str, str] = ("", "")
    """Moment of the last line."""

    @property
    def label(self) -> Label:
        """The verdict in a word."""
        if self.rejected:
            return "rejected"
        return "corrected" if self.corrected else "accepted"

    @property
    def right(self) -> bool:
        """Whether there is such an event, of this type."""
        return not self.rejected and "event" not in self.corrected

    def agrees(self, other: Says) -> bool:
        """Whether another says the same, field for field."""
        return self.rejected == other.rejected and self.corrected == other.corrected

    def take(self, line: Judged) -> None:
        """Take in the reviewer's next line."""
        self.about, self.settles, self.at = line.about, line.settles, moment(line)
        self.drawn = "all" if "all" in {self.drawn, line.drawn} else self.drawn or line.drawn
        if isinstance(line, Correction):
            self.rejected = False
            self.corrected[line.field] = line.value
            return
        self.rejected = line.verdict == "reject"
        if self.rejected:
            self.corrected = {}


@dataclass(frozen=True)
class Held:
    """What holds for one mention."""

    opinions: tuple[Says, ...]
    """Of each reviewer by time, without those that settle."""
    settled: Says | None
    """The last verdict that was given in sight of the others."""

    @property
    def disputed(self) -> bool:
        """Whether reviewers disagree and nobody has settled it."""
        if self.settled is not None or not self.opinions:
            return False
        first, *others = self.opinions
        return not all(first.agrees(other) for other in others)

    @property
    def says(self) -> Says | None:
        """What takes effect; nothing while reviewers disagree."""
        if self.settled is not None:
            return self.settled
        return None if self.disputed else self.opinions[-1]

    @property
    def drawn(self) -> Drawn | None:
        """The widest sample that any reviewer drew it for."""
        every = {o.drawn for o in self.opinions} | {self.settled.drawn if self.settled else None}
        return "all" if "all" in every else "type" if "type" in every else None

    @property
    def about(self) -> About:
        """The mention as it stood when it was last judged."""
        every = [*self.opinions, *([self.settled] if self.settled else [])]
        return max(every, key=lambda says: says.at).about


@dataclass(frozen=True)
class Folded:
    """Everything that counts of a ledger."""

    mentions: Mapping[Key, Held]
    """By what they are about, in the order they were first judged."""
    joinings: tuple[Joining, ...]
    """By time."""
    last: Mapping[str, Verdict]
    """Each reviewer's last line that counts and is no undo."""

    @property
    def reviewers(self) -> tuple[str, ...]:
        """Everybody who judged a mention, by name."""
        return tuple(sorted({o.reviewer for held in self.mentions.values() for o in held.opinions}))

    def of(self, reviewer: str) -> dict[Key, Says]:
        """Return what one reviewer says; what they settled is in it."""
        return {
            key: says
            for key, held in self.mentions.items()
            for says in (*held.opinions, held.settled)
            if says is not None and says.reviewer == reviewer
        }


def key_of(about: About) -> Key:
    """Return which mention a verdict is about."""
    return about.report, about.trigger, about.saw["event"]


def effective(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Return the lines that count, by time, without undo lines and what they undo."""
    undone: set[str] = set()
    kept: list[Verdict] = []
    once = {verdict.id: verdict for verdict in verdicts}
    # The last first: an undo is later than what it undoes.
    for verdict in sorted(once.values(), key=moment, reverse=True):
        if verdict.id in undone:
            continue
        if isinstance(verdict, Undo):
            undone.add(verdict.undoes)
        else:
            kept.append(verdict)
    return kept[::-1]


def fold(verdicts: Iterable[Verdict]) -> Folded:
    """Return what counts of some lines."""
    opinions: dict[Key, dict[str, Says]] = {}
    settled: dict[Key, dict[str, Says]] = {}
    joinings: list[Joining] = []
    last: dict[str, Verdict] = {}
    for line in effective(verdicts):
        last[line.reviewer] = line
        if isinstance(line, Joining):
            joinings.append(line)
        elif isinstance(line, (Judgement, Correction)):
            for kept in (opinions, settled):  # both have every key, in the order of first judgement
                kept.setdefault(key_of(line.about), {})
            _hear((settled if line.settles else opinions)[key_of(line.about)], line)
    mentions = {
        key: _held(those.values(), settled[key].values()) for key, those in opinions.items()
    }
    return Folded(mentions, tuple(joinings), last)


def _hear(said: dict[str, Says], line: Judged) -> None:
    """Take in a line of a reviewer."""
    said.setdefault(line.reviewer, Says(line.reviewer, line.about)).take(line)


def _held(opinions: Iterable[Says], settled: Iterable[Says]) -> Held:
    """Return what holds between some reviewers."""
    ordered = tuple(sorted(opinions, key=lambda says: says.at))
    return Held(ordered, max(settled, key=lambda says: says.at, default=None))
