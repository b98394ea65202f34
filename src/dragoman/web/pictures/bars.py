"""The timeline as bars: cooperation above the line, conflict below it, deeds next to the line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from dragoman.web.labels import QUADS, number

if TYPE_CHECKING:
    import datetime as dt

    from dragoman.web.contexts import Period, Timeline

WIDTH, HEIGHT = 1000, 230
LEFT, TOP, BOTTOM = 44, 10, 46
"""Room for the labels of the scale, above the bars, and below them."""
STRIP = 20
"""Height of the strip of reports read, within the bottom."""
UP, DOWN = (2, 1), (4, 3)
"""Quad classes from the line outward."""
LABELS = 8
"""Dates below the bars, about."""


class Bar(NamedTuple):
    """One rectangle."""

    x: float
    y: float
    width: float
    height: float
    quad: int


class Column(NamedTuple):
    """One period: where it may be pointed at, and its bars."""

    x: float
    width: float
    start: dt.date
    end: dt.date
    address: str
    said: str
    """What it shows, in words."""
    bars: tuple[Bar, ...]
    read: float
    """Height of its bar in the strip of reports read."""


class Tick(NamedTuple):
    """A label of a scale."""

    at: float
    text: str


class Bars(NamedTuple):
    """The drawing."""

    width: int
    height: int
    left: int
    top: int
    line: float
    """Height of the line between cooperation and conflict."""
    floor: float
    """Where the bars end."""
    strip: float
    """Where the strip of reports read stands."""
    columns: tuple[Column, ...]
    across: tuple[Tick, ...]
    upward: tuple[Tick, ...]


def bars(timeline: Timeline, ends: dict[dt.date, dt.date]) -> Bars:
    """Return the drawing of a timeline.

    Args:
        timeline: what to draw.
        ends: last day of each period, by its first.
    """
    shares = [_amounts(period, timeline.measure) for period in timeline.periods]
    top = max((s for s in (sum(v for v in row if v > 0) for row in shares)), default=0.0)
    low = max((s for s in (-sum(v for v in row if v < 0) for row in shares)), default=0.0)
    high = HEIGHT - TOP - BOTTOM
    unit = high / ((top + low) or 1.0)
    line = TOP + top * unit if top + low else TOP + high / 2
    step = (WIDTH - LEFT) / max(len(shares), 1)
    most = max((p.reports for p in timeline.periods), default=0) or 1
    columns = tuple(
        Column(
            x=round(LEFT + i * step, 2),
            width=round(step, 2),
            start=period.start,
            end=ends[period.start],
            address=period.address,
            said=_said(period, timeline.measure),
            bars=tuple(_stack(LEFT + i * step, step, line, unit, amounts)),
            read=round(STRIP * period.reports / most, 2),
        )
        for i, (period, amounts) in enumerate(zip(timeline.periods, shares, strict=True))
    )
    return Bars(
        WIDTH, HEIGHT, LEFT, TOP, round(line, 2), HEIGHT - BOTTOM, HEIGHT - 22, columns,
        tuple(_dates(timeline, step)), tuple(_scale(top, low, line, unit)),
    )  # fmt: skip


def _amounts(period: Period, measure: str) -> tuple[float, float, float, float]:
    """Return what is drawn of ``UP`` and ``DOWN``, in their order; conflict is below zero."""
    if measure == "scale":
        value = period.scale or 0.0
        return (0.0, max(value, 0.0), 0.0, min(value, 0.0))
    share = 1.0
    if measure == "share":
        share = 1000 / period.reports if period.reports else 0.0
    one, two, three, four = (share * count for count in period.events)
    return (two, one, -four, -three)


def _stack(
    x: float, step: float, line: float, unit: float, amounts: tuple[float, float, float, float]
) -> list[Bar]:
    """Return the bars of one period."""
    gap = min(1.0, step * 0.12)
    made, up, down = [], line, line
    for quad, amount in zip((*UP, *DOWN), amounts, strict=True):
        height = abs(amount) * unit
        if not height:
            continue
        if amount > 0:
            up -= height
        y = up if amount > 0 else down
        if amount < 0:
            down += height
        made.append(
            Bar(round(x + gap / 2, 2), round(y, 2), round(step - gap, 2), round(height, 2), quad)
        )
    return made


def _said(period: Period, measure: str) -> str:
    """Return what a period shows, in words."""
    total = sum(period.events)
    parts = [f"{number(n)} {QUADS[q]}" for q, n in enumerate(period.events, 1) if n]
    if not total:
        return f"{period.label}: no events, {number(period.reports)} reports read"
    what = f"{period.label}: {number(total)} events ({', '.join(parts)})"
    if measure == "scale":
        what += f", mean score {period.scale:+.1f}"
    return f"{what}; {number(period.reports)} reports read"


def _dates(timeline: Timeline, step: float) -> list[Tick]:
    """Return some dates below the bars."""
    every = max(1, math.ceil(len(timeline.periods) / LABELS))
    return [
        Tick(round(LEFT + i * step, 2), period.label)
        for i, period in enumerate(timeline.periods)
        if i % every == 0 and LEFT + i * step < WIDTH - 50
    ]


def _scale(top: float, low: float, line: float, unit: float) -> list[Tick]:
    """Return round numbers of the scale; where all bars are whole numbers, so are they."""
    raw = (top + low) / 6
    if raw <= 0:
        return [Tick(round(line, 2), "0")]
    if (top + low).is_integer():
        raw = max(raw, 1.0)
    power = 10 ** math.floor(math.log10(raw))
    nice = next(n * power for n in (1, 2, 5, 10) if n * power >= raw)
    steps = range(-math.floor(low / nice + 1e-9), math.floor(top / nice + 1e-9) + 1)
    return [Tick(round(line - k * nice * unit, 2), number_of(abs(k * nice))) for k in steps]


def number_of(value: float) -> str:
    """Return a number of a scale, as short as it may be."""
    return number(round(value)) if value == round(value) else f"{value:.2g}"
