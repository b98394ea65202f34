"""An event with what is known of its reports, as every format asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.export.ids import Numbers
    from dragoman.record import Entity, Event, EventMention

LAST = "9999-99-99"
"""Sorts behind every date."""


class Press(msgspec.Struct, frozen=True, kw_only=True):
    """What exports need of a report."""

    id: str
    """Its id in the record."""
    published: str | None = None
    """Publication date, ``YYYY-MM-DD``."""
    outlet: str | None = None
    """Name of the publisher."""
    url: str | None = None
    """Where it was published."""
    language: str = "en"
    """ISO 639-1 code."""
    length: int | None = None
    """Code points of its text; ``None`` when the text is not in the record."""


class Pair(NamedTuple):
    """One row of a dyadic format."""

    number: int
    """Its number, 31 bits; 0 when none was asked for."""
    source: Entity | None
    """Who did it."""
    target: Entity | None
    """To whom."""
    places: tuple[int | None, int | None]
    """Place of the source among the actors, and of the target among the recipients (among the
    actors when the event is reciprocal), from 0."""


@dataclass(frozen=True, slots=True)
class Story:
    """An event, its reports and its rows in a dyadic format."""

    event: Event
    """The event, with its mentions."""
    reports: tuple[Press, ...]
    """The reports that state it, by publication date and id; undated ones last."""
    pairs: tuple[Pair, ...]
    """Its pairs of parties; at least one."""
    reviewed: tuple[str, ...] = ()
    """What reviewers made of it, in words; empty when nobody has looked at it."""

    @property
    def first(self) -> Press:
        """The report that was published first."""
        return self.reports[0]

    @property
    def outlets(self) -> tuple[str, ...]:
        """Names of the outlets, the first to report it first."""
        return tuple(dict.fromkeys(r.outlet for r in self.reports if r.outlet))

    @property
    def urls(self) -> tuple[str, ...]:
        """Addresses of the reports, ready for a list: a semicolon in one is written %3B."""
        urls = (r.url.replace(";", "%3B") for r in self.reports if r.url)
        return tuple(dict.fromkeys(urls))

    def published(self) -> tuple[str | None, str | None]:
        """Return the first and the last publication date."""
        days = [r.published for r in self.reports if r.published]
        return (min(days), max(days)) if days else (None, None)

    def mentions(self) -> Iterator[tuple[EventMention, Press]]:
        """Yield every sentence that states the event, with its report, the first report first."""
        for report in self.reports:
            found = [m for m in self.event.mentions if m.report == report.id]
            for mention in sorted(found, key=lambda m: (m.sentence, m.id)):
                yield mention, report


def story(
    event: Event,
    reports: Mapping[str, Press],
    reciprocal: Sequence[str],
    numbers: Numbers | None = None,
    reviewed: tuple[str, ...] = (),
) -> Story:
    """Put an event together with its reports and its pairs.

    Args:
        event: the event.
        reports: reports by id; one that is not there is known by its id alone.
        reciprocal: types whose actors are all participants when no recipient is stated.
        numbers: where the pairs take their numbers; without it they have none.
        reviewed: what reviewers made of it.
    """
    ids = dict.fromkeys(mention.report for mention in event.mentions)
    known = [reports.get(each) or Press(id=each) for each in ids]
    ordered = sorted(known, key=lambda r: (r.published or LAST, r.id))
    pairs = _pairs(event, reciprocal, numbers)
    return Story(event, tuple(ordered or [Press(id=event.id)]), tuple(pairs), reviewed)


def _pairs(event: Event, reciprocal: Sequence[str], numbers: Numbers | None) -> Iterator[Pair]:
    """Yield an event's pairs, the first under the event's own number."""
    mutual = not event.recipient and len(event.actor) > 1 and set(event.event) & set(reciprocal)
    targets = event.actor if mutual else event.recipient
    for turn, (i, j) in enumerate(_places(len(event.actor), len(targets), mutual=bool(mutual))):
        key = event.id if turn == 0 else f"{event.id}/{i}/{j}"
        yield Pair(
            numbers.number(key) if numbers else 0,
            None if i is None else event.actor[i],
            None if j is None else targets[j],
            (i, j),
        )


def _places(
    sources: int, targets: int, *, mutual: bool
) -> Iterator[tuple[int, ...]] | Iterator[tuple[int | None, int | None]]:
    """Yield the places of the parties of each pair; ``None`` for a side without any."""
    if mutual:
        return permutations(range(sources), 2)
    return product(range(sources) if sources else [None], range(targets) if targets else [None])
