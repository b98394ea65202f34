"""Events and mentions as a table that a person reads in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dragoman.cli.plain import plain
from dragoman.record import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.record import Attribution, Coded, Entity, Location, Mention
    from dragoman.store import Level

_SNIPPET = 160
"""Characters of a sentence that are shown."""
_HEADINGS = ("date", "what", "who", "where", "said by", "conf.", "text")


class Listing:
    """Gathers the first ``most`` rows, so that memory stays flat, and counts the rest."""

    def __init__(self, level: Level, most: int) -> None:
        """Begin with no rows."""
        self._level, self._most = level, most
        self._rows: list[tuple[str, ...]] = []
        self.more = 0
        """Rows beyond the first ``most``."""

    def add(self, coded: Coded) -> None:
        """Add the rows of one coded report."""
        items: Sequence[Event | Mention] = (
            coded.mentions if self._level == "mention" else coded.events
        )
        for item in items:
            if len(self._rows) < self._most:
                self._rows.append(tuple(map(plain, _cells(item))))
            else:
                self.more += 1

    def table(self) -> Table | None:
        """Return the table, or ``None`` when there is no row."""
        if not self._rows:
            return None
        table = Table(show_lines=True, expand=True)
        for heading in _HEADINGS:
            table.add_column(
                heading,
                ratio=3 if heading == "text" else None,
                no_wrap=heading in {"date", "conf."},
                overflow="fold",
            )
        for row in self._rows:
            # Text, never str: brackets in a report are no markup.
            table.add_row(*map(Text, row))
        return table


def _cells(item: Event | Mention) -> tuple[str, ...]:
    """Return a row's cells, in the order of the headings."""
    if isinstance(item, Event):
        first = item.mentions[0] if item.mentions else None
        types, text = item.event, first.text if first else ""
        attribution = first.attribution if first else None
    else:
        types, text, attribution = (item.event,), item.text, item.attribution
    return (
        item.date or "",
        _what(types, item.mode, item.aux),
        f"{_names(item.actor) or '?'} → {_names(item.recipient) or '?'}",
        _place(item.event_loc),
        _said_by(attribution),
        f"{item.confidence:.2f}",
        text if len(text) <= _SNIPPET else text[: _SNIPPET - 1] + "…",
    )


def _what(types: Iterable[str], modes: Iterable[str], aux: Iterable[str]) -> str:
    """Return type, mode and auxiliary modes: ``CONSULT/visit (future)``."""
    head = "/".join(filter(None, (", ".join(types), ", ".join(modes))))
    tail = ", ".join(aux)
    return f"{head} ({tail})" if tail else head


def _names(entities: Iterable[Entity]) -> str:
    """Return entities with their codes: ``Moscow [RUS GOV]``."""
    return ", ".join(
        f"{e.identifier_text or e.entity_text} [{' '.join((e.code or '?', *e.sector))}]"
        for e in entities
    )


def _place(location: Location | None) -> str:
    """Return a place and its country code."""
    if location is None:
        return ""
    name = location.resolved_place or location.extracted_place
    return f"{name} [{location.country_code}]" if location.country_code else name


def _said_by(attribution: Attribution | None) -> str:
    """Return the speaker and how it is said; empty when the outlet itself states it."""
    if attribution is None:
        return ""
    source = attribution.source
    return f"{source.identifier_text or source.entity_text} ({attribution.kind})"
