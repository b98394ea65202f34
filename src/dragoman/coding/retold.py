"""Acts that a report comes back to: who did it, where and when may stand in an earlier sentence.

"A gunman opened fire in Lima. Two officers were killed in the attack." The second sentence names
nobody who acts. Where all that was told of such acts before agrees, it has the same actor, place
and day; evidence then points to the sentence that says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.record import Entity, Mention

DATA = Path(__file__).parent / "data" / "retold.yaml"


class Lists(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``retold.yaml``."""

    sides: frozenset[str]
    setting: frozenset[str]
    undone: frozenset[str]
    nobody: frozenset[str]
    inner: frozenset[str]
    reach: int


@cache
def lists() -> Lists:
    """Return the data file; read once."""
    raw = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return msgspec.convert(raw, Lists)


@dataclass
class Retold:
    """The acts of one report so far."""

    told: list[Mention] = field(default_factory=list)

    def complete(self, mention: Mention, *, placed: bool) -> Mention:
        """Return a mention with what was told of its act before, and remember it.

        Args:
            mention: what a sentence tells.
            placed: whether the sentence itself gives its place.
        """
        earlier = list(self._same(mention, placed=placed))
        if mention.event in lists().sides and _nobody(mention.actor):
            mention = _with_actor(mention, earlier)
        if mention.event in lists().setting:
            mention = _with_setting(mention, earlier, placed=placed)
        self.told.append(mention)
        return mention

    def _same(self, mention: Mention, *, placed: bool) -> Iterator[Mention]:
        """Yield the earlier mentions that may tell of the same act, the nearest first."""
        for other in reversed(self.told):
            near = mention.sentence - other.sentence <= lists().reach
            if near and _alike(mention, other) and (not placed or _same_country(mention, other)):
                yield other


def _alike(one: Mention, other: Mention) -> bool:
    """Whether two mentions tell of acts of one kind that took place, on days that may be one."""
    if one.event != other.event or one.aux != other.aux or lists().undone & set(one.aux):
        return False
    stated = one.date_info is not None and other.date_info is not None
    return not stated or one.date == other.date


def _same_country(one: Mention, other: Mention) -> bool:
    """Whether two places lie in one country, as far as is known."""
    a, b = one.event_loc, other.event_loc
    codes = {p.country_code for p in (a, b) if p is not None} - {None}
    return len(codes) < 2


def _nobody(actors: tuple[Entity, ...]) -> bool:
    """Whether no actor is known: none, or somebody unknown."""
    return all(lists().nobody & set(e.sector) for e in actors)


def _with_actor(mention: Mention, earlier: list[Mention]) -> Mention:
    """Give a mention the actor that all earlier ones agree on, unless it was done to that one."""
    known = [m for m in earlier if not _nobody(m.actor)]
    if not known or len({_who(m.actor) for m in known}) > 1:
        return mention
    source = known[0]
    if any(_own(a, r) for a in source.actor for r in mention.recipient):
        return mention
    evidence = msgspec.structs.replace(mention.evidence, actor=source.evidence.actor)
    return msgspec.structs.replace(mention, actor=source.actor, evidence=evidence)


def _who(actors: tuple[Entity, ...]) -> tuple[tuple[str | None, tuple[str, ...]], ...]:
    """Return some actors as their codes."""
    return tuple(sorted((e.code or "", e.sector) for e in actors))


def _own(actor: Entity, recipient: Entity) -> bool:
    """Whether somebody would have done it to the own side."""
    if actor.code != recipient.code:
        return False
    inner = bool(lists().inner & set(actor.sector))
    return not inner or bool(set(actor.sector) & set(recipient.sector))


def _with_setting(mention: Mention, earlier: list[Mention], *, placed: bool) -> Mention:
    """Give a mention the place and the day of the nearest earlier one with the same sides."""
    same = [m for m in earlier if _who(m.actor) == _who(mention.actor)]
    where = next((m for m in same if m.event_loc is not None and m.evidence.event_loc), None)
    if not placed and where is not None:
        evidence = msgspec.structs.replace(mention.evidence, event_loc=where.evidence.event_loc)
        mention = msgspec.structs.replace(mention, event_loc=where.event_loc, evidence=evidence)
    when = next((m for m in same if m.date_info is not None), None)
    if mention.date_info is None and when is not None:
        mention = msgspec.structs.replace(
            mention, date=when.date, enddate=when.enddate, date_info=when.date_info
        )
    return mention
