"""Verdicts and the record: which of today's mentions each verdict is about, and whether it holds.

Reports may have been coded again since. A verdict is about the mention of its report that has the
same trigger and the same type. A rejection or a correction is a truth about the sentence and
holds; an acceptance is of the fields as they stood, and holds while they stand so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Protocol

from dragoman.review.values import values
from dragoman.store.columns import from_row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.record import Mention
    from dragoman.review.fold import Folded, Held, Key


class Ask(Protocol):
    """Runs a statement on the record."""

    def __call__(self, query: str, values: dict[str, Any], /) -> list[dict[str, Any]]:
        """Return the rows it finds, by column names."""


def sql(name: str) -> str:
    """Return one of the named statements of ``review/sql``."""
    return files("dragoman.review").joinpath(f"sql/{name}.sql").read_text("utf-8")


@dataclass(frozen=True)
class Found:
    """The verdicts of a ledger that are about something in the record."""

    held: Mapping[str, Held] = field(default_factory=dict)
    """By the id of today's mention."""
    mentions: Mapping[str, Mention] = field(default_factory=dict)
    """Today's mentions that were judged, by id."""
    changed: frozenset[str] = frozenset()
    """Ids of those accepted which are read otherwise now: to be judged again."""
    gone: tuple[Key, ...] = ()
    """Judged mentions that are no longer in the record."""


def find(folded: Folded, ask: Ask) -> Found:
    """Find the judged mentions in a record.

    Args:
        folded: the ledger.
        ask: runs statements on the record.
    """
    by_key = _mentions({report for report, _, _ in folded.mentions}, ask)
    held: dict[str, Held] = {}
    mentions: dict[str, Mention] = {}
    gone: list[Key] = []
    for key, each in folded.mentions.items():
        several = by_key.get(key, {})
        mention = several.get(each.about.mention) or next(iter(several.values()), None)
        if mention is None:
            gone.append(key)
        else:
            held[mention.id], mentions[mention.id] = each, mention
    changed = frozenset(name for name, each in held.items() if _changed(each, mentions[name]))
    return Found(held, mentions, changed, tuple(gone))


def _mentions(reports: Iterable[str], ask: Ask) -> dict[Key, dict[str, Mention]]:
    """Return the mentions of some reports by what verdicts know them by, and by id."""
    found: dict[Key, dict[str, Mention]] = {}
    for row in ask(sql("mentions"), {"reports": sorted(reports)}):
        mention = from_row("mentions", row)
        found.setdefault(mention_key(mention), {})[mention.id] = mention
    return found


def mention_key(mention: Mention) -> Key:
    """Return what verdicts know a mention by."""
    trigger = mention.evidence.trigger
    return mention.report, trigger[0].start if trigger else mention.start, mention.event


def _changed(held: Held, mention: Mention) -> bool:
    """Whether a mention was accepted, and is read otherwise now."""
    says = held.says
    return says is not None and says.label == "accepted" and says.about.saw != values(mention)
