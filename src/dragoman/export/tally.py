"""Counts of what an export holds, for its codebook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.export.story import Story
    from dragoman.record import Entity


@dataclass
class Tally:
    """Counts by code; an event counts once for each code, however often it has it."""

    events: int = 0
    """Events."""
    rows: int = 0
    """Rows of the format."""
    accounts: int = 0
    """Reports of events: a report that states two events counts twice."""
    undated: int = 0
    """Events without a date."""
    first: str | None = None
    """First date of an event."""
    last: str | None = None
    """Last date of an event."""
    left_out: Counter[str] = field(default_factory=Counter)
    """Events that stayed out, by the reason."""
    reviewed: Counter[str] = field(default_factory=Counter)
    """What reviewers made of events, in words."""
    types: Counter[str] = field(default_factory=Counter)
    modes: Counter[str] = field(default_factory=Counter)
    """``TYPE.mode``."""
    contexts: Counter[str] = field(default_factory=Counter)
    quads: Counter[str] = field(default_factory=Counter)
    cameo: Counter[str] = field(default_factory=Counter)
    aux: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    """Kinds of attribution."""
    sectors: dict[str, Counter[str]] = field(default_factory=lambda: _sides("actor", "recipient"))
    codes: dict[str, Counter[str]] = field(
        default_factory=lambda: _sides("actor", "recipient", "place")
    )
    outlets: Counter[str] = field(default_factory=Counter)
    coders: Counter[str] = field(default_factory=Counter)
    manifests: Counter[str] = field(default_factory=Counter)

    def add(self, story: Story) -> None:
        """Count an event."""
        event = story.event
        self.events += 1
        self.accounts += len(story.reports)
        self._date(event.date)
        self.reviewed.update(story.reviewed)
        self.types.update(set(event.event))
        self.modes.update({f"{kind}.{mode}" for kind in event.event for mode in event.mode})
        self.contexts.update(set(event.context))
        self.quads[str(event.quad_code)] += 1
        self.cameo.update([event.cameo.code] if event.cameo else [])
        self.aux.update(set(event.aux))
        self.kinds.update({m.attribution.kind for m in event.mentions if m.attribution})
        self._side("actor", event.actor)
        self._side("recipient", event.recipient)
        place = event.event_loc.country_code if event.event_loc else None
        self.codes["place"].update([place] if place else [])
        self.outlets.update(story.outlets)
        self.coders[event.coder] += 1
        self.manifests[event.manifest] += 1

    def _date(self, day: str | None) -> None:
        """Count a date."""
        if day is None:
            self.undated += 1
            return
        self.first = min(self.first or day, day)
        self.last = max(self.last or day, day)

    def _side(self, side: str, entities: tuple[Entity, ...]) -> None:
        """Count the codes of one side."""
        self.codes[side].update({entity.code for entity in entities if entity.code})
        self.sectors[side].update({sector for entity in entities for sector in entity.sector})


def _sides(*names: str) -> dict[str, Counter[str]]:
    """Return empty counts by side."""
    return {name: Counter() for name in names}
