"""Count the challenge set: every field of every event, and look-alikes that gave an event.

A gold event is met by the mention of its type in its sentence that fits it best; each mention
meets one event. ``found`` is the share of events that are met, ``full`` the share met with the
right countries on both sides; ``precision`` the share of mentions that meet an event;
``false_alarms`` the share of items without events that gave one. Fields are counted on met events.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from dragoman.evaluation.challenge_gold import read_items
from dragoman.evaluation.counting import Count, share, weights
from dragoman.evaluation.counting import field as field_score
from dragoman.evaluation.gold import load_labels
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.evaluation.challenge_gold import GoldMention, GoldParty, Item
    from dragoman.evaluation.counting import Share
    from dragoman.evaluation.gold import Labels
    from dragoman.record import Entity, Mention

SETS = ("mode", "context", "aux", "actor_sector", "recipient_sector", "size")
ONES = ("date", "place", "source")
SHARES = ("found", "full", "precision", "false_alarms")
DAYS_OF_WEEK = 7


@dataclass(slots=True)
class Tally:
    """The counts of one item."""

    shares: dict[str, tuple[int, int]] = field(default_factory=dict)
    fields: dict[str, Count] = field(default_factory=dict)
    slips: list[Slip] = field(default_factory=list)

    def add(self, name: str, count: Count) -> None:
        """Add to a field."""
        self.fields[name] = self.fields.get(name, Count()) + count


def evaluate_challenge(folder: Path, coder: Coder) -> Measured:
    """Code every item and count it.

    Args:
        folder: ``gold/challenge``.
        coder: codes the items.

    Raises:
        InputError, DataError: the gold is absent or broken.
    """
    items = read_items(folder)
    judge = Judge(load_labels())
    tallies = {
        item.id: judge.item(item, coder.code_report(item.report()).mentions) for item in items
    }
    parts = {p: [t for i, t in tallies.items() if p in ("all", half(i))] for p in PARTS}
    return Measured(
        title="Challenge set",
        unit="items",
        sha256=fingerprint(folder, "*.yaml"),
        parts={name: _part(some) for name, some in parts.items()},
        slips=tuple(s for i, t in tallies.items() if half(i) == "dev" for s in t.slips),
    )


def _part(tallies: list[Tally]) -> Part:
    """Add the tallies of some items up."""
    drawn = weights(len(tallies))
    measures: dict[str, Share] = {
        name: share([t.shares.get(name, (0, 0)) for t in tallies], drawn) for name in SHARES
    }
    for name in (*SETS, *ONES):
        score = field_score([t.fields.get(name) for t in tallies], drawn)
        if score is not None:
            measures[f"{name}.f1"] = score.f1
    counted = [t.shares["found"][1] for t in tallies]
    counts = {
        "events": sum(counted),
        "mentions": sum(t.shares["precision"][1] for t in tallies),
        "lookalikes": counted.count(0),
    }
    return Part(len(tallies), measures, counts)


@dataclass(frozen=True, slots=True)
class Judge:
    """Compares mentions with the gold of an item."""

    labels: Labels

    def item(self, item: Item, mentions: Sequence[Mention]) -> Tally:
        """Count one item."""
        met = self.match(item, mentions)
        full = sum(m is not None and self.full(e, m) for e, m in met)
        used = {id(m) for _, m in met if m is not None}
        tally = Tally()
        tally.shares["found"] = (sum(m is not None for _, m in met), len(met))
        tally.shares["full"] = (full, len(met))
        tally.shares["precision"] = (len(used), len(mentions))
        if not item.events:
            tally.shares["false_alarms"] = (int(bool(mentions)), 1)
        for event, mention in met:
            if mention is not None:
                self._fields(tally, event, mention)
        wrong = [m for m in mentions if id(m) not in used]
        tally.slips += [s for e, m in met if (s := self._miss(item, e, m)) is not None]
        tally.slips += [_slip(item, "not in gold", None, m) for m in wrong]
        return tally

    def match(
        self, item: Item, mentions: Sequence[Mention]
    ) -> list[tuple[GoldMention, Mention | None]]:
        """Give each gold event the free mention of its type and sentence that fits it best."""
        pairs = sorted(
            (
                (*self._fit(item, event, mention), n, k)
                for n, event in enumerate(item.events)
                for k, mention in enumerate(mentions)
                if mention.event in event.right_types
                and mention.start <= item.start_of(event) < mention.end
            ),
            key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3]),
        )
        taken: dict[int, int] = {}
        for _, _, n, k in pairs:
            if n not in taken and k not in taken.values():
                taken[n] = k
        return [(e, mentions[taken[n]] if n in taken else None) for n, e in enumerate(item.events)]

    def _fit(self, item: Item, event: GoldMention, mention: Mention) -> tuple[bool, bool]:
        """Return whether trigger and parties are the event's."""
        start = item.start_of(event)
        end = start + len(event.words[0])
        touches = any(s.start < end and start < s.end for s in mention.evidence.trigger)
        return touches, self.full(event, mention)

    def full(self, event: GoldMention, mention: Mention) -> bool:
        """Whether the countries of both sides are the event's; no order where both act."""
        gold = self._codes(event.actor), self._codes(event.recipient)
        coded = self._coded(mention.actor), self._coded(mention.recipient)
        if len(event.actor) > 1 and not event.recipient:
            return gold[0] == coded[0] | coded[1]
        return gold == coded

    def _codes(self, parties: Iterable[GoldParty]) -> set[str]:
        """Return the countries of gold parties."""
        return {self.labels.same(p.code) for p in parties if p.code}

    def _coded(self, entities: Iterable[Entity]) -> set[str]:
        """Return the countries of coded parties."""
        return {self.labels.same(e.code) for e in entities if e.code}

    def _fields(self, tally: Tally, event: GoldMention, mention: Mention) -> None:
        """Count the fields of a met event."""
        sets: dict[str, tuple[Iterable[str], Iterable[str]]] = {
            "mode": (event.mode, mention.mode),
            "context": (event.context, mention.context),
            "aux": (event.aux, mention.aux),
            "actor_sector": _sectors(event.actor, mention.actor),
            "recipient_sector": _sectors(event.recipient, mention.recipient),
            "size": (_sizes(event), _coded_sizes(mention)),
        }
        for name, (gold, coded) in sets.items():
            tally.add(name, _sets(set(gold), set(coded)))
        tally.add("date", _one(event.date is not None, _dated(mention), _same_day(event, mention)))
        tally.add("place", _place(event, mention))
        tally.add("source", _source(event, mention))

    def _miss(self, item: Item, event: GoldMention, mention: Mention | None) -> Slip | None:
        """Return what is wrong with an event, ``None`` when type and parties are right."""
        if mention is None:
            return _slip(item, "not found", event, None)
        return None if self.full(event, mention) else _slip(item, "not full", event, mention)


def _sets(gold: set[str], coded: set[str]) -> Count:
    """Count values of which an event may have several."""
    return Count(len(gold & coded), len(coded - gold), len(gold - coded))


def _one(wanted: bool, coded: bool, right: bool) -> Count:
    """Count a field that holds one value."""
    hit = wanted and coded and right
    return Count(int(hit), int(coded and not hit), int(wanted and not hit))


def _sectors(parties: Iterable[GoldParty], entities: Iterable[Entity]) -> tuple[set[str], set[str]]:
    """Return the sectors of one side, gold and coded."""
    return {s for p in parties for s in p.sector}, {s for e in entities for s in e.sector}


def _sizes(event: GoldMention) -> set[str]:
    """Return gold sizes as ``dead=3`` or ``dead=3-5``."""
    return {f"{name}={_number(value)}" for name, value in event.size.items()}


def _coded_sizes(mention: Mention) -> set[str]:
    """Return coded sizes in the same form."""
    found = {n: getattr(mention.size, n) for n in ("dead", "injured", "arrested", "crowd")}
    return {f"{name}={_number(value)}" for name, value in found.items() if value is not None}


def _number(value: int | Sequence[int]) -> str:
    """Return a number, or the least and the most."""
    return str(value) if isinstance(value, int) else "-".join(map(str, value))


def _dated(mention: Mention) -> bool:
    """Whether the date was read from the text, not taken from the day of publication."""
    return mention.date is not None and mention.date_info is not None


def _same_day(event: GoldMention, mention: Mention) -> bool:
    """Whether two dates agree, as exactly as the gold's words are."""
    if event.date is None or mention.date is None:
        return False
    coded = date.fromisoformat(mention.date)
    if event.granularity == "week":
        return abs((coded - event.date).days) < DAYS_OF_WEEK
    if event.granularity == "decade":
        return coded.year // 10 == event.date.year // 10
    kept = {"day": 3, "month": 2, "year": 1}[event.granularity]
    return coded.timetuple()[:kept] == event.date.timetuple()[:kept]


def _place(event: GoldMention, mention: Mention) -> Count:
    """Count the place: right when it shares a word with the gold's and the country is the same."""
    place, coded = event.place, mention.event_loc
    names = (
        [coded.extracted_place, coded.resolved_place, coded.city, coded.province] if coded else []
    )
    alike = bool(place and _words(place.text) & _words(" ".join(n for n in names if n)))
    country = bool(place and coded and place.country in (None, coded.country_code))
    return _one(place is not None, coded is not None, alike and country)


def _source(event: GoldMention, mention: Mention) -> Count:
    """Count the source: right when it shares a word with the gold's."""
    said, gold = mention.attribution, event.said_by
    names = [said.source.entity_text, said.source.identifier_text] if said and said.source else []
    alike = bool(gold and _words(gold.text) & _words(" ".join(n for n in names if n)))
    return _one(gold is not None, said is not None, alike)


def _words(text: str) -> set[str]:
    """Return the words of a text that tell it from others, case-folded."""
    return set(re.findall(r"\w{2,}", text.casefold())) - {"the", "of", "and", "in", "for"}


def _slip(item: Item, kind: str, event: GoldMention | None, mention: Mention | None) -> Slip:
    """Return a miss: what was expected and what was coded."""
    where = mention.text if mention else _sentence(item, event)
    lines = [" ".join(where.split()), f"expected {_expected(event)}", f"coded    {_coded(mention)}"]
    codes = {
        "expected": sorted(event.right_types) if event else [],
        "coded": mention.event if mention else None,
        "frame": mention.frame if mention else None,
    }
    return Slip(item.id, kind, "\n".join(f"  {line}" for line in lines), codes)


def _expected(event: GoldMention | None) -> str:
    """Return a gold event in a line."""
    if event is None:
        return "nothing"
    actor, recipient = ([p.code or p.text for p in side] for side in (event.actor, event.recipient))
    return f"{'|'.join(sorted(event.right_types))} {event.words} {actor} -> {recipient} {event.aux}"


def _coded(mention: Mention | None) -> str:
    """Return a mention in a line."""
    if mention is None:
        return "nothing"
    actor, recipient = ([e.code for e in side] for side in (mention.actor, mention.recipient))
    return f"{mention.event} {actor} -> {recipient} {list(mention.aux)} by {mention.frame}"


def _sentence(item: Item, event: GoldMention | None) -> str:
    """Return the paragraph that holds an event."""
    start = item.start_of(event) if event else 0
    return item.text[item.text.rfind("\n", 0, start) + 1 :].split("\n", 1)[0]
