"""What verdicts make of a record's events: for exports, and for anybody who reads the record.

Only the events that a verdict is about are looked at. Rejected sentences are taken out and
corrected ones put right, then the event is built anew from what is left, exactly as the record
builds it; a corrected type, date, place or auxiliary mode is the event's whatever its other
sentences say. While reviewers disagree about a sentence, it stays as it was read.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman import ontology
from dragoman.review.found import find, sql
from dragoman.review.groups import regrouped
from dragoman.review.values import put
from dragoman.store.columns import from_row, report_from_row
from dragoman.store.recorded import Recorded
from dragoman.stories.build import cites_of, event_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dragoman.ontology import Ontology
    from dragoman.record import Cameo, Event, Mention, Report
    from dragoman.review.fold import Folded, Says
    from dragoman.review.found import Ask, Found

Row = dict[str, Any]
REJECTED = "rejected in review"
JOINED = "joined to another in review"
LAST = "~"
"""Sorts behind every date."""


@dataclass(frozen=True)
class Changes:
    """What verdicts make of a record."""

    dropped: Mapping[str, str] = field(default_factory=dict)
    """Events that are none any more, and why."""
    events: Mapping[str, Event] = field(default_factory=dict)
    """Events that are otherwise, or are new, by id."""
    marks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What review says of an event, by id, in words: ``corrected date``."""

    def pages(self, pages: Iterable[list[Event]]) -> Iterator[list[Event]]:
        """Put changed events in the place of the record's, the order of date and id kept.

        Args:
            pages: the record's events, by date and id. Dropped ones stay: the caller leaves
                them out and says why.
        """
        waiting = deque(sorted(self.events.values(), key=_place))
        for page in pages:
            out: list[Event] = []
            for event in page:
                while waiting and _place(waiting[0]) < _place(event):
                    out.append(waiting.popleft())
                if event.id not in self.events:
                    out.append(event)
            yield out
        if waiting:
            yield list(waiting)


def _place(event: Event) -> tuple[str, str]:
    """Return where an event stands in the record's order."""
    return event.date or LAST, event.id


def changes(folded: Folded, ask: Ask) -> Changes:
    """Return what verdicts make of a record.

    Args:
        folded: the ledger.
        ask: runs statements on the record.
    """
    if not folded.mentions and not folded.joinings:
        return Changes()
    found = find(folded, ask)
    parts = _parts(folded, found, ask)
    before = {part["of_account"]: str(part["of_event"]) for part in parts}
    groups = regrouped(before, list(before), folded.joinings)  # parts come in the record's order
    return _Rebuilding(found, before, groups).changes(parts, ask)


def _parts(folded: Folded, found: Found, ask: Ask) -> list[Row]:
    """Return the mentions of every event that a verdict is about."""
    accounts = {name for line in folded.joinings for name in (*line.accounts, line.of)}
    reports = {m.report for m in found.mentions.values()}
    wanted = {
        "accounts": sorted(accounts),
        "reports": sorted(reports),
        "mentions": sorted(found.mentions),
    }
    events = [row["event"] for row in ask(sql("touched"), wanted)]
    return ask(sql("parts"), {"events": sorted(events)})


@cache
def _ontology() -> Ontology:
    """Return the ontology that ships; reading it takes a moment."""
    return ontology.load()


@dataclass
class _Rebuilding:
    """Builds the events of regrouped accounts."""

    found: Found
    before: Mapping[str, str]
    """The event of each account in the record."""
    groups: Mapping[str, str]
    """The event of each account now."""
    known: Ontology = field(default_factory=_ontology)
    dropped: dict[str, str] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    marks: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def changes(self, parts: list[Row], ask: Ask) -> Changes:
        """Return what becomes of the events of some mentions."""
        stand = ask(sql("events"), {"events": sorted(set(self.before.values()))})
        stored = {str(row["id"]): from_row("events", row) for row in stand}
        ordered = sorted(parts, key=lambda part: self.groups[part["of_account"]])
        now = groupby(ordered, key=lambda part: self.groups[part["of_account"]])
        for name, its in now:
            self._event(name, list(its), stored.get(name))
        for name in sorted(set(self.before.values()) - set(self.groups.values())):
            self.dropped[name] = JOINED
        return Changes(self.dropped, self.events, self.marks)

    def _event(self, name: str, parts: list[Row], stored: Event | None) -> None:
        """Find out what becomes of one event."""
        mentions = [from_row("mentions", part) for part in parts]
        moved = self._moved(name, parts)
        says = {m.id: s for m in mentions if (s := self._says(m.id)) is not None}
        left = [m for m in mentions if m.id not in says or not says[m.id].rejected]
        if not left:
            if name in set(self.before.values()):
                self.dropped[name] = REJECTED
            return
        self.marks[name] = tuple(self._marks(mentions, says, moved))
        touched = any(s.rejected or s.corrected for s in says.values())
        if moved or touched or stored is None:
            kept = {m.id for m in left}
            rows = [part for part in parts if part["id"] in kept]
            self.events[name] = self._built(name, rows, left, says)

    def _moved(self, name: str, parts: list[Row]) -> list[str]:
        """Return whether accounts came to an event or left it."""
        came = {self.before[part["of_account"]] for part in parts} - {name}
        left = any(its == name and self.groups[a] != name for a, its in self.before.items())
        joined = len({self.before[part["of_account"]] for part in parts}) > 1
        split = left or (bool(came) and not joined)
        return ["joined"] * joined + ["split"] * split

    def _says(self, mention: str) -> Says | None:
        """Return what takes effect on a mention."""
        held = self.found.held.get(mention)
        return None if held is None or mention in self.found.changed else held.says

    def _marks(
        self, mentions: Sequence[Mention], says: Mapping[str, Says], moved: list[str]
    ) -> Iterator[str]:
        """Yield what review says of an event, in words."""
        labels = [says[m.id].label if m.id in says else None for m in mentions]
        if all(labels):
            yield "judged"
        elif any(labels):
            yield "judged in part"
        for name in dict.fromkeys(f for s in says.values() for f in s.corrected):
            yield f"corrected {name}"
        if "rejected" in labels:
            yield "sentence rejected"
        yield from moved
        if any(m.id in self.found.held and self.found.held[m.id].disputed for m in mentions):
            yield "disputed"

    def _built(
        self, name: str, rows: list[Row], mentions: list[Mention], says: Mapping[str, Says]
    ) -> Event:
        """Return an event built from what is left of it."""
        right = [_right(m, says.get(m.id)) for m in mentions]
        reports = {str(row["report"]): _report(row) for row in rows}
        event = event_of(
            [msgspec.structs.replace(m, event=mentions[0].event) for m in right],
            cites_of(reports.values()),
            Recorded(rows, self.known),
            rows[-1]["account_manifest"],
            id=name,
        )
        event = msgspec.structs.replace(event, coder=rows[-1]["account_coder"])
        latest = sorted((s for s in says.values() if s.corrected), key=lambda s: s.at)
        for said in latest:
            event = self._decided(event, said, next(m for m in right if says.get(m.id) is said))
        return event

    def _decided(self, event: Event, said: Says, mention: Mention) -> Event:
        """Return an event with the fields that one corrected sentence decides."""
        fields: dict[str, Any] = {}
        if "date" in said.corrected:
            fields |= {"date": mention.date, "enddate": mention.enddate}
        if "place" in said.corrected:
            fields["event_loc"] = mention.event_loc
        if "aux" in said.corrected:
            fields["aux"] = mention.aux
        if "event" in said.corrected:
            fields |= self._typed(mention.event, event.mode)
        elif "mode" in said.corrected:
            fields |= self._typed(event.event[0], event.mode)
        return msgspec.structs.replace(event, **fields)

    def _typed(self, kind: str, modes: Sequence[str]) -> dict[str, Any]:
        """Return what depends on an event's type; of a type that is unknown, what can be told."""
        if kind not in self.known.types:
            return {"event": (kind,)}
        kept = tuple(mode for mode in modes if mode in self.known.modes(kind))
        return {
            "event": (kind,),
            "mode": kept,
            "quad_code": self.known.quad(kind),
            "event_scale": self.known.score(kind, kept),
            "cameo": self._cameo(kind, kept),
        }

    def _cameo(self, kind: str, modes: Sequence[str]) -> Cameo | None:
        """Return the CAMEO code that the ontology has for a type and its modes."""
        from dragoman.record import Cameo  # noqa: PLC0415 - its name is a type's above

        code = self.known.root_code(kind, modes)
        return Cameo(code=code, goldstein=self.known.goldstein(code)) if code else None


def _right(mention: Mention, says: Says | None) -> Mention:
    """Return a mention as it should have been read."""
    for name, value in (says.corrected if says else {}).items():
        mention = put(mention, name, value)
    return mention


def _report(row: Row) -> Report:
    """Return the report of a mention, without its text."""
    names = ("title", "published", "outlet", "url", "language")
    return report_from_row(
        {"id": row["report"], "text": "", **{n: row[f"report_{n}"] for n in names}}
        | dict.fromkeys(("sentences", "parsed", "words"), 0)
    )
