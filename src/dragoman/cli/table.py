"""Events and mentions as a table that a person reads in the terminal."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from dragoman.cli.colours import PARTS, QUADS, type_style
from dragoman.cli.plain import plain
from dragoman.record import Event

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.record import Attribution, Coded, Entity, Location, Mention
    from dragoman.store import Level

_SNIPPET = 160
"""Characters of a sentence that are shown."""
_BEFORE = 40
"""Characters shown before the trigger of a sentence that is cut."""
_NARROW = 15
"""Most characters of a line in the narrow columns."""
_SURE = 0.7
"""Confidence from which a row is not dimmed."""


class Listing:
    """Gathers the first ``most`` rows, so that memory stays flat, and counts the rest."""

    def __init__(self, level: Level, most: int) -> None:
        """Begin with no rows."""
        self._level, self._most = level, most
        self._rows: list[tuple[Text, ...]] = []
        self.more = 0
        """Rows beyond the first ``most``."""
        self.first: str | None = None
        """Id of the first event or mention."""

    def add(self, coded: Coded) -> None:
        """Add the rows of one coded report."""
        items: Sequence[Event | Mention] = (
            coded.mentions if self._level == "mention" else coded.events
        )
        for item in items:
            self.first = self.first or item.id
            if len(self._rows) < self._most:
                self._rows.append(_cells(item))
            else:
                self.more += 1

    def table(self) -> Table | None:
        """Return the table, ``None`` when there are no rows."""
        if not self._rows:
            return None
        table = Table(
            box=SIMPLE_HEAD,
            header_style="bold",
            expand=True,
            padding=(0, 1, 1, 0),
            caption=_legend(),
            caption_justify="left",
        )
        table.add_column("when, where", min_width=10, max_width=_NARROW + 3, overflow="fold")
        table.add_column("what", min_width=12, max_width=_NARROW, overflow="fold")
        table.add_column("who → whom", ratio=4, min_width=20, overflow="fold")
        table.add_column("in these words, said by", ratio=5, min_width=20, overflow="fold")
        table.add_column("conf.", justify="right", no_wrap=True)
        for row in self._rows:
            table.add_row(*row)
        return table


def _legend() -> Text:
    """Return what the colours of the types mean."""
    return Text("  ").join(Text(f"■ {name}", style=style) for style, name in QUADS.values())


def _cells(item: Event | Mention) -> tuple[Text, ...]:
    """Return a row's cells, in the order of the columns."""
    return (
        _lines(Text(_days(item)), place_text(item.event_loc)),
        _what(item),
        _lines(_names(item.actor, PARTS["actor"]), _whom(item)),
        _stated(item),
        Text(f"{item.confidence:.2f}", style="" if item.confidence >= _SURE else "dim"),
    )


def _lines(*parts: Text) -> Text:
    """Return the parts that say something, a line each."""
    return Text("\n").join(part for part in parts if part)


def _days(item: Event | Mention) -> str:
    """Return the day, or the days: a whole month as ``2024-03``, a whole year as ``2024``."""
    first, last = item.date or "", item.enddate or ""
    if not (first and last):
        return first
    if first[4:] == "-01-01" and last == f"{first[:4]}-12-31":
        return first[:4]
    ends_month = (date.fromisoformat(last) + timedelta(days=1)).day == 1
    if first[:7] == last[:7] and first.endswith("-01") and ends_month:
        return first[:7]
    return f"{first}\nto {last}"


def what_text(
    types: Iterable[str], modes: Iterable[str], aux: Iterable[str], quad: int | None = None
) -> Text:
    """Return type, mode and auxiliary modes, coloured by quad class: ``CONSULT/visit (future)``.

    Without the event's own quad class the colour is that of the type in PLOVER.
    """
    styles = {t: QUADS[quad][0] if quad else type_style(t) for t in types}
    found = Text(", ").join(Text(plain(t), style=f"bold {styles[t]}") for t in styles)
    mode, tail = plain(", ".join(modes)), plain(", ".join(aux))
    if mode:
        found.append(f"/{mode}", style="default")
    if tail:
        found.append(f" ({tail})", style="italic")
    return found


def _what(item: Event | Mention) -> Text:
    """Return type and modes, on two lines where one would be too wide."""
    types = item.event if isinstance(item, Event) else (item.event,)
    quad = item.quad_code if isinstance(item, Event) else None
    found = what_text(types, item.mode, item.aux, quad)
    head, mark, _ = found.plain.partition("/")
    wide = len(found.plain.partition(" (")[0]) > _NARROW
    return Text("\n").join(found.divide([len(head) + 1])) if mark and wide else found


def _whom(item: Event | Mention) -> Text:
    """Return the recipients behind an arrow; nothing when there are none."""
    names = _names(item.recipient, PARTS["recipient"])
    return Text("→ ") + names if item.recipient else Text()


def _names(entities: Iterable[Entity], style: str) -> Text:
    """Return entities with their codes: ``Moscow [RUS GOV]``; a question mark for nobody."""
    found = [
        Text(plain(e.identifier_text or e.entity_text)).append(
            f" [{plain(' '.join((e.code or '?', *e.sector)))}]", style=style
        )
        for e in entities
    ]
    return Text("\n").join(found) if found else Text("?")


def place_text(location: Location | None) -> Text:
    """Return a place and its country code; empty when there is none."""
    if location is None:
        return Text()
    found = Text(plain(location.resolved_place or location.extracted_place))
    code = f" [{plain(location.country_code)}]" if location.country_code else ""
    return found.append(code, style=PARTS["event_loc"])


def said_text(attribution: Attribution) -> Text:
    """Return the speaker and how it is said: ``Iran (claim)``."""
    source = attribution.source
    found = Text(plain(source.identifier_text or source.entity_text))
    codes = " ".join(filter(None, (source.code, *source.sector)))
    if codes:
        found.append(f" [{plain(codes)}]", style="bold")
    return found.append(f" ({attribution.kind})", style="italic")


def _stated(item: Event | Mention) -> Text:
    """Return the sentence around its trigger, who says so, and how many more sentences do."""
    first = item.mentions[0] if isinstance(item, Event) and item.mentions else item
    if isinstance(first, Event):
        return Text()
    said = first.attribution
    lines = [_snippet(first.text, first.evidence.trigger[0].text if first.evidence.trigger else "")]
    if said is not None:
        lines.append(Text("said by ", style="dim") + said_text(said))
    more = len(item.mentions) - 1 if isinstance(item, Event) else 0
    if more:
        lines.append(Text(f"and {more} more sentence{'s' if more > 1 else ''}", style="dim"))
    return _lines(*lines)


def _snippet(text: str, trigger: str) -> Text:
    """Return a sentence, cut around its trigger when it is long, the trigger marked."""
    text, trigger = plain(text), plain(trigger)
    at = max(0, text.find(trigger))
    start = 0 if len(text) <= _SNIPPET else max(0, min(at - _BEFORE, len(text) - _SNIPPET))
    end = min(len(text), start + _SNIPPET)
    if start:
        start = text.find(" ", start, at) + 1 or start
    found = Text(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}")
    shift = at - start + bool(start)
    found.stylize(PARTS["trigger"], shift, shift + len(trigger))
    return found
