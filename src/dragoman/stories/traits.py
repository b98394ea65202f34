"""What an account is compared by: the columns of the table of accounts.

An **account** is what one report tells of one happening. Everything here is a plain value that
SQL can compare; it is taken from the account's own event and report and from nothing else, so that
it never changes when other reports come in.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from dragoman.stories.build import TWO_SIDED, codes, persons

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.record import Amount, Event, Report
    from dragoman.stories.settings import Joining

WORD = re.compile(r"[^\W_]{3,}")
STEM = 6
"""Letters of a word that are compared: "missile" and "missiles" are one."""
MOST_WORDS = 60
"""Words of an account that are compared."""
MOST_SIDES = 6
"""States of an account that are paired with one another."""
CITY = 4
"""Level of resolution from which a place is a point (``Location.resolution``)."""
DENIED = "denial"


class Traits(msgspec.Struct, frozen=True, kw_only=True):
    """What an account is compared by."""

    type: str
    """PLOVER event type."""
    state: str
    """``plain``, or the auxiliary modes; a denial by somebody is an account of the plain event."""
    modes: tuple[str, ...]
    """PLOVER modes."""
    did: tuple[str, ...]
    """Codes of the actors."""
    was: tuple[str, ...]
    """Codes of the recipients."""
    pairs: tuple[str, ...]
    """Pairs of codes, ``A|B`` in the order of the alphabet; ``A|A`` for an event within a state."""
    half: bool
    """Whether only one side is known, so that there is no pair."""
    persons: tuple[str, ...]
    """Surnames of the office holders named."""
    first_day: str | None
    """First day on which it may have happened, ``YYYY-MM-DD``."""
    last_day: str | None
    """Last such day."""
    stated: bool
    """Whether the report states the date."""
    country: str | None
    """Code of the country of the stated place."""
    lat: float | None
    """Latitude of a stated town or a place in one."""
    lon: float | None
    """Longitude of it."""
    triggers: tuple[str, ...]
    """Words that report the event, in lower case."""
    words: tuple[str, ...]
    """Words of its sentences, cut to six letters."""
    figures: tuple[str, ...]
    """Numbers it gives, ``dead 7``."""
    dead: int | None
    """People killed, the higher number of a pair."""
    injured: int | None
    """People injured."""
    arrested: int | None
    """People arrested."""
    crowd: int | None
    """People gathered."""


def traits_of(event: Event, report: Report, settings: Joining) -> Traits:
    """Return what an account is compared by.

    Args:
        event: the mentions of one happening in one report, joined.
        report: the report.
        settings: days, and words to leave out.
    """
    did, was = sorted(codes(event.actor)), sorted(codes(event.recipient))
    first, last, stated = _days(event, report, settings)
    place = event.event_loc if any(m.evidence.event_loc for m in event.mentions) else None
    point = place if place is not None and (place.resolution or 0) >= CITY else None
    pairs = _pairs(event.event[0], did, was)
    return Traits(
        type=event.event[0],
        state=_state(event),
        modes=tuple(sorted(event.mode)),
        did=tuple(did),
        was=tuple(was),
        pairs=pairs,
        half=not pairs,
        persons=tuple(sorted(persons((*event.actor, *event.recipient)))),
        first_day=first,
        last_day=last,
        stated=stated,
        country=place.country_code if place is not None else None,
        lat=point.lat if point is not None else None,
        lon=point.lon if point is not None else None,
        triggers=tuple(
            sorted({s.text.lower() for m in event.mentions for s in m.evidence.trigger})
        ),
        words=_words((m.text for m in event.mentions), settings.never_compared),
        figures=tuple(_figures(event)),
        **{name: _high(getattr(event.size, name)) for name in event.size.__struct_fields__},
    )


def _state(event: Event) -> str:
    """Return the auxiliary modes as one word; what a source denies may be what others report."""
    denied = any(m.attribution is not None and m.attribution.kind == DENIED for m in event.mentions)
    left = [mode for mode in event.aux if not (mode == "negated" and denied)]
    return "+".join(sorted(left)) or "plain"


def _pairs(type_: str, did: list[str], was: list[str]) -> tuple[str, ...]:
    """Return the pairs of states between which something happened; none when a side is open."""
    if type_ in TWO_SIDED:
        sides = sorted({*did, *was})[:MOST_SIDES]
        crossed = list(combinations(sides, 2))
        within = [(c, c) for c in sides if c in did and c in was and len(sides) == 1]
    else:
        crossed = [(a, b) for a in did[:MOST_SIDES] for b in was[:MOST_SIDES]]
        within = []
    return tuple(sorted({"|".join(sorted(pair)) for pair in [*crossed, *within]}))


def _days(event: Event, report: Report, settings: Joining) -> tuple[str | None, str | None, bool]:
    """Return the first and last day on which an event may have happened, and if it is stated."""
    if event.date is None:
        return None, None, False
    if any(m.date_info is not None for m in event.mentions):
        first, last = sorted((event.date, event.enddate or event.date))
        return first, last, True
    if report.published is None:
        first, last = sorted((event.date, event.enddate or event.date))
        return first, last, False
    came_out = date.fromisoformat(event.date).toordinal()
    earliest = date.fromordinal(max(1, came_out - settings.assumed_days))
    return earliest.isoformat(), event.date, False


def _words(texts: Iterable[str], left_out: frozenset[str]) -> tuple[str, ...]:
    """Return the words of some sentences that are worth comparing, in alphabetical order."""
    stems = {word[:STEM] for text in texts for word in WORD.findall(text.lower())}
    return tuple(sorted(stems - left_out)[:MOST_WORDS])


def _figures(event: Event) -> Iterable[str]:
    """Yield each number of an account with what it counts."""
    for name in event.size.__struct_fields__:
        amount = getattr(event.size, name)
        for number in sorted(set(amount)) if isinstance(amount, tuple) else [amount]:
            if number is not None:
                yield f"{name} {number}"


def _high(amount: Amount) -> int | None:
    """Return the higher number of an amount."""
    return amount[1] if isinstance(amount, tuple) else amount
