"""Coded reports and events as HTML, for notebooks and pages.

Every text is escaped and every style stands in its element: a notebook that drops
style sheets, or a page with its own, shows the same.
"""

from __future__ import annotations

from html import escape
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.record import (
        Attribution,
        Coded,
        Entity,
        Event,
        EventMention,
        Evidence,
        Location,
        Span,
    )

Mark = tuple[int, int, str]
"""First code point, one past the last, and the part of an event: a key of ``COLOURS``."""
COLOURS = MappingProxyType(
    {
        "trigger": ("trigger", "#ffd54f"),
        "actor": ("actor", "#90caf9"),
        "recipient": ("recipient", "#f48fb1"),
        "event_loc": ("place", "#a5d6a7"),
    }
)
"""Each field of ``Evidence``: what it is called, and its colour."""
QUADS = MappingProxyType(
    {
        1: ("verbal cooperation", "#0277bd"),
        2: ("material cooperation", "#2e7d32"),
        3: ("verbal conflict", "#b26a00"),
        4: ("material conflict", "#c62828"),
    }
)
"""Each quad class: what it is called, and its colour."""
_BOX = "white-space:pre-wrap;line-height:1.7;max-width:60em;margin:.5em 0"
_CELL = "text-align:left;vertical-align:top;padding:.3em .7em"


def coded_html(coded: Coded) -> str:
    """Return a coded report: its text with the evidence highlighted, a legend, its events."""
    report = coded.report
    marks = [mark for mention in coded.mentions for mark in _marks(mention.evidence, 0)]
    about = " · ".join(filter(None, (report.title, report.outlet, report.published)))
    head = f"<div><strong>{escape(about)}</strong></div>" if about else ""
    body = f'<div style="{_BOX}">{highlight(report.text, marks)}</div>'
    return f"<div>{head}{_legend() if marks else ''}{body}{_table(coded.events)}</div>"


def event_html(event: Event) -> str:
    """Return one event: its fields, and the sentences that state it with their evidence."""
    sentences = "".join(
        f'<li><div style="{_BOX}">{_sentence(mention)}</div>{_about(mention)}</li>'
        for mention in event.mentions
    )
    return f"<div>{_table((event,))}{_legend()}<ul>{sentences}</ul></div>"


def highlight(text: str, marks: Iterable[Mark]) -> str:
    """Return a text as HTML with its marks in colours; the text itself is kept whole.

    Where marks overlap, the background is that of the first part in ``COLOURS`` and the
    line below that of the last. Marks that are empty or reach beyond the text lose what
    is not there.

    Args:
        text: any text; it is escaped.
        marks: what to highlight, in any order.
    """
    kept = [(max(0, s), min(len(text), e), part) for s, e, part in marks]
    kept = [mark for mark in kept if mark[0] < mark[1]]
    edges = sorted({0, len(text), *(e for s, e, _ in kept), *(s for s, _, _ in kept)})
    pieces = pairwise(edges)
    return "".join(_piece(text[a:b], _parts_over(kept, a)) for a, b in pieces)


def _parts_over(marks: Sequence[Mark], at: int) -> list[str]:
    """Return the parts that lie over a code point, in the order of ``COLOURS``."""
    here = {part for start, end, part in marks if start <= at < end}
    return [part for part in COLOURS if part in here]


def _piece(text: str, parts: Sequence[str]) -> str:
    """Return a stretch of text that the same parts lie over."""
    if not parts:
        return escape(text)
    names = ", ".join(COLOURS[part][0] for part in parts)
    return f'<mark title="{names}" style="{_style(parts)}">{escape(text)}</mark>'


def _style(parts: Sequence[str]) -> str:
    """Return the style of a mark; dark text, so that a dark page can show it too."""
    ground, line = COLOURS[parts[0]][1], COLOURS[parts[-1]][1]
    below = f";border-bottom:3px solid {line}" if len(parts) > 1 else ""
    return f"background:{ground};color:#111;padding:.1em 0{below}"


def _legend() -> str:
    """Return what the colours mean."""
    items = " ".join(
        f'<span style="{_style([part])};padding:.1em .5em">{name}</span>'
        for part, (name, _) in COLOURS.items()
    )
    return f'<div style="margin:.4em 0">{items}</div>'


def _marks(evidence: Evidence, base: int) -> Iterator[Mark]:
    """Yield the marks of a mention's evidence, counted from code point ``base``."""
    for part in COLOURS:
        for span in getattr(evidence, part):
            yield span.start - base, span.end - base, part


def _sentence(mention: EventMention) -> str:
    """Return a mention's sentence with its evidence."""
    base = _base(mention)
    marks = [] if base is None else _marks(mention.evidence, base)
    # A dateline's place stands before the sentence: what does not fit is no mark of it.
    fitting = [m for m in marks if m[0] >= 0 and m[1] <= len(mention.text)]
    return highlight(mention.text, fitting)


def _base(mention: EventMention) -> int | None:
    """Return where a mention's sentence begins in its report, as its evidence tells.

    An event's record does not hold it; it is where every trigger word fits.
    """
    triggers = mention.evidence.trigger
    if not triggers:
        return None
    first = triggers[0]
    at = mention.text.find(first.text)
    while at >= 0:
        base = first.start - at
        if all(mention.text[s.start - base : s.end - base] == s.text for s in _inner(mention)):
            return base
        at = mention.text.find(first.text, at + 1)
    return None


def _inner(mention: EventMention) -> tuple[Span, ...]:
    """Return the evidence that stands in the sentence itself."""
    evidence = mention.evidence
    return (*evidence.trigger, *evidence.actor, *evidence.recipient)


def _about(mention: EventMention) -> str:
    """Return where a mention stands and who says so."""
    where = f"{mention.report}, sentence {mention.sentence}, {mention.frame}"
    return f"<small>{escape(where)}{_said(mention.attribution)}</small>"


# -- the table of events -------------------------------------------------------------


def _table(events: Sequence[Event]) -> str:
    """Return events as a table."""
    if not events:
        return "<p>No events.</p>"
    names = ("date", "event", "actor", "recipient", "place", "said by", "confidence")
    head = "".join(f'<th style="{_CELL}">{name}</th>' for name in names)
    rows = "".join(f"<tr>{''.join(map(_cell, _cells(event)))}</tr>" for event in events)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _cell(content: str) -> str:
    """Return a cell; its content is HTML already."""
    return f'<td style="{_CELL}">{content}</td>'


def _cells(event: Event) -> tuple[str, ...]:
    """Return the cells of an event, escaped."""
    said = [m.attribution for m in event.mentions]
    return (
        escape(" to ".join(filter(None, (event.date, event.enddate)))),
        _what(event),
        _entities(event.actor),
        _entities(event.recipient),
        _place(event.event_loc),
        _said(said[0] if said else None),
        f"{event.confidence:.2f}",
    )


def _what(event: Event) -> str:
    """Return type, modes and auxiliary modes, in the colour of the quad class."""
    name, colour = QUADS.get(event.quad_code, ("", "inherit"))
    kind = escape(", ".join(event.event))
    modes = escape(", ".join(event.mode))
    aux = escape(", ".join(event.aux))
    head = f'<strong style="color:{colour}" title="{name}">{kind}</strong>'
    return head + (f"/{modes}" if modes else "") + (f" <em>({aux})</em>" if aux else "")


def _entities(entities: Iterable[Entity]) -> str:
    """Return entities with their codes, a line each."""
    return "<br>".join(map(_entity, entities))


def _entity(entity: Entity) -> str:
    """Return an entity with its codes; its words in the report when one points at it."""
    codes = " ".join((entity.code or "?", *entity.sector))
    name = escape(entity.identifier_text or entity.entity_text)
    return f'<span title="{escape(entity.entity_text)}">{name}</span> [{escape(codes)}]'


def _place(location: Location | None) -> str:
    """Return a place with its country."""
    if location is None:
        return ""
    name = escape(location.resolved_place or location.extracted_place)
    return f"{name} [{escape(location.country_code)}]" if location.country_code else name


def _said(attribution: Attribution | None) -> str:
    """Return who says so, ``""`` when the outlet itself states it."""
    if attribution is None:
        return ""
    source = f"{_entity(attribution.source)} " if attribution.source else ""
    return f" {source}<em>({escape(attribution.kind)})</em>"
