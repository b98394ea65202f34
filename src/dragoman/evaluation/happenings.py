"""Gold of happenings: which mentions of many reports tell of the same one.

A folder of YAML files (``gold/happenings``); its README says how it was written. Reports are coded
as any others; a mention belongs to the happening of its sentence that has its type.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as day
from datetime import timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from dragoman.errors import DataError, InputError
from dragoman.evaluation.measured import half
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from dragoman.evaluation.measured import Half
    from dragoman.record import Mention

WEEK = timedelta(days=7)
BREAK = "\n\n"
"""Between a title and the text."""


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Happening(_Strict):
    """One act at one time and place."""

    id: str
    date: day
    enddate: day | None = None
    type: str
    actor: list[str]
    recipient: list[str]
    place: str | None
    about: str


class Said(_Strict):
    """A sentence and the happenings it states."""

    text: str
    acts: list[str]


class GoldReport(_Strict):
    """One invented report."""

    id: str
    outlet: str
    published: day
    title: str
    title_acts: list[str]
    sentences: list[Said]

    def report(self) -> Report:
        """Return it as the program reads reports: the title, then the text."""
        text = self.title + BREAK + " ".join(s.text for s in self.sentences)
        return Report(
            id=self.id,
            text=text,
            title=self.title,
            published=self.published.isoformat(),
            outlet=self.outlet,
        )

    def acts_at(self, start: int) -> list[str]:
        """Return the happenings of the sentence that holds a code point of the text."""
        if start < len(self.title):
            return self.title_acts
        at = len(self.title) + len(BREAK)
        for sentence in self.sentences:
            at += len(sentence.text) + 1
            if start < at:
                return sentence.acts
        return []


class Story(_Strict):
    """Happenings that are easily confused, with every report about them."""

    id: str
    happenings: list[Happening]
    reports: list[GoldReport]

    @model_validator(mode="after")
    def _acts_are_known(self) -> Story:
        """See that every act is one of the story's happenings."""
        known = {h.id for h in self.happenings}
        used = {a for r in self.reports for s in (*r.sentences,) for a in s.acts}
        used |= {a for r in self.reports for a in r.title_acts}
        if used - known:
            raise ValueError(f"acts {sorted(used - known)} are none of its happenings")
        return self

    @property
    def half(self) -> Half:
        """Return which half the story is in, by the hash of its id."""
        return half(self.id)


class _File(_Strict):
    """One file."""

    stories: list[Story]


@dataclass(frozen=True, slots=True)
class Joined:
    """How well mentions were joined."""

    mentions: int
    """Mentions that belong to a happening."""
    precision: float
    """B-cubed: share of a mention's event that tells of its happening, on average."""
    recall: float
    """B-cubed: share of a mention's happening that is in its event."""
    pairs: int
    """Pairs of different happenings of one dyad and week that were both coded."""
    mixed: int
    """Pairs of them that share an event."""

    @property
    def f1(self) -> float:
        """Return the harmonic mean of B-cubed precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_stories(folder: Path) -> list[Story]:
    """Read every file of a folder.

    Raises:
        InputError: there is no such folder or nothing in it.
        DataError: with every fault of every file.
    """
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise InputError(f"{folder}: no .yaml file of happenings in it; give gold/happenings")
    stories: list[Story] = []
    faults: list[str] = []
    for path in paths:
        try:
            data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            stories += _File.model_validate(data).stories
        except yaml.YAMLError as error:
            faults.append(f"{path.name}: no valid YAML: {error}; correct it")
        except ValidationError as error:
            faults += [f"{path.name}: {e['loc']}: {e['msg']}; correct it" for e in error.errors()]
    if faults:
        raise DataError(faults)
    return stories


def labels(stories: Iterable[Story], mentions: Iterable[Mention]) -> dict[str, str]:
    """Return the happening of each mention that has one of its type."""
    reports = {r.id: (r, {h.id: h for h in s.happenings}) for s in stories for r in s.reports}
    found: dict[str, str] = {}
    for mention in mentions:
        report, known = reports[mention.report]
        spot = mention.evidence.trigger[0].start
        fitting = [a for a in report.acts_at(spot) if known[a].type == mention.event]
        if len(fitting) == 1:
            found[mention.id] = fitting[0]
    return found


def count(stories: Iterable[Story], truth: Mapping[str, str], event: Mapping[str, str]) -> Joined:
    """Compare the true grouping with the joined one.

    Args:
        stories: the gold.
        truth: mention to happening.
        event: mention to event.
    """
    happening_of, event_of = _gathered(truth), _gathered({m: event[m] for m in truth})
    precision = recall = 0.0
    for mention, happening in truth.items():
        both = len(happening_of[happening] & event_of[event[mention]])
        precision += both / len(event_of[event[mention]])
        recall += both / len(happening_of[happening])
    base = len(truth) or 1
    pairs = [p for story in stories for p in _look_alikes(story, happening_of)]
    mixed = sum(
        bool(_events(a, happening_of, event) & _events(b, happening_of, event)) for a, b in pairs
    )
    return Joined(len(truth), precision / base, recall / base, len(pairs), mixed)


def _gathered(of: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the mentions of each happening or event."""
    gathered: dict[str, set[str]] = {}
    for mention, name in of.items():
        gathered.setdefault(name, set()).add(mention)
    return gathered


def _look_alikes(story: Story, coded: Mapping[str, object]) -> list[tuple[str, str]]:
    """Return pairs of coded happenings of one dyad within a week."""
    return [
        (a.id, b.id)
        for a, b in combinations([h for h in story.happenings if h.id in coded], 2)
        if {*a.actor, *a.recipient} == {*b.actor, *b.recipient} and abs(a.date - b.date) <= WEEK
    ]


def _events(happening: str, of: Mapping[str, set[str]], event: Mapping[str, str]) -> set[str]:
    """Return the events that hold a mention of a happening."""
    return {event[mention] for mention in of[happening]}
