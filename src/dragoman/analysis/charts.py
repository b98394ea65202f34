"""Charts of panels and comparisons, as Vega-Lite specifications made with Altair.

Cooperation stands above the line, conflict below it, deeds next to the line; every bar is a
period's events per 1,000 reports read, and a strip below shows how much was read.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from dragoman.analysis import periods
from dragoman.analysis.theme import Theme, config, load_theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.analysis.periods import By

Row = dict[str, Any]
Weight = Literal["bold", "normal"]
UPWARD = ("n_material_cooperation", "n_verbal_cooperation")
"""Stacked upward from the line, in this order."""
DOWNWARD = ("n_material_conflict", "n_verbal_conflict")
"""Stacked downward from the line, in this order."""
_LABELS = ("n_verbal_cooperation", "n_material_cooperation", *DOWNWARD)
"""The labels beside a chart, from top to bottom as the bars are stacked."""


def moment(day: dt.date) -> str:
    """Return a day as Vega reads it the same in every time zone."""
    return f"{day.isoformat()}T00:00:00Z"


def bars(rows: Iterable[Mapping[str, Any]], by: By, *, per_report: bool) -> list[Row]:
    """Return the rectangles of some periods: from, to, quad class, low and high end.

    Args:
        rows: periods with ``date``, ``reports_read`` and the four counts.
        by: the kind of period.
        per_report: whether counts are set against 1,000 reports read; periods without reports
            then have no bars.
    """
    made: list[Row] = []
    for row in rows:
        share = 1000 / row["reports_read"] if per_report and row["reports_read"] else 1.0
        if per_report and not row["reports_read"]:
            continue
        begin, end = _edges(row["date"], by)
        for side, sign in ((UPWARD, 1), (DOWNWARD, -1)):
            low = 0.0
            for quad in side:
                high = low + sign * share * row[quad]
                if row[quad]:
                    made.append({"from": begin, "to": end, "quad": quad, "low": low, "high": high})
                low = high
    return made


def _edges(day: dt.date, by: By) -> tuple[str, str]:
    """Return the moments a period begins and ends."""
    return moment(day), moment(periods.step(day, by))


def over(data: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """Return an empty chart over some rows."""
    return alt.Chart(alt.InlineData(values=list(data)))


def time_axis(first: dt.date, last: dt.date, *, labels: bool) -> alt.X:
    """Return the horizontal axis from the first day to the last, in universal time."""
    end = moment(last + dt.timedelta(days=1))
    return alt.X(
        "from:T",
        scale=alt.Scale(type="utc", domain=[moment(first), end], nice=False),
        axis=alt.Axis(title=None, grid=False, labels=labels, labelOverlap=True, tickCount=8),
    )


def stacked(
    data: list[Row], axis: alt.X, domain: tuple[float, float], title: str, theme: Theme
) -> alt.LayerChart | alt.FacetChart:
    """Return the bars of the four quad classes around a line."""
    scale = alt.Scale(
        domain=list(theme.quads), range=[quad.colour for quad in theme.quads.values()]
    )
    chart = (
        over(data)
        .mark_rect(stroke="white", strokeWidth=0.6)
        .encode(
            x=axis,
            x2="to",
            y=alt.Y(
                "low:Q",
                scale=alt.Scale(domain=list(domain), nice=False),
                axis=alt.Axis(title=title, tickCount=5, labelExpr="format(abs(datum.value), '~g')"),
            ),
            y2="high",
            color=alt.Color("quad:N", scale=scale, legend=None),
        )
    )
    line = over([{}]).mark_rule(color=theme.ink, strokeWidth=1)
    return alt.layer(chart, line.encode(y=alt.datum(0)))


def labels(height: int, line: float, theme: Theme) -> list[alt.Chart]:
    """Return the names of the quad classes beside a chart, where their bars stand.

    Args:
        height: pixels of the chart.
        line: pixels from the top to the line between cooperation and conflict.
        theme: how it looks.
    """
    top = min(max(line, 34.0), height - 34.0)
    made: list[alt.Chart] = []
    for number, quad in enumerate(_LABELS):
        y = top + (number - 1.5) * 17
        look = theme.quads[quad]
        base = over([{}])
        square = base.mark_square(color=look.colour, opacity=1, size=110)
        text = base.mark_text(text=look.name, align="left", fontSize=12, color=theme.ink)
        made += [
            square.encode(x=alt.value(theme.width + 14), y=alt.value(y)),
            text.encode(x=alt.value(theme.width + 25), y=alt.value(y)),
        ]
    return made


def strip(rows: Sequence[Mapping[str, Any]], by: By, axis: alt.X, theme: Theme) -> alt.Chart:
    """Return the strip of reports read."""
    data = []
    for row in rows:
        begin, end = _edges(row["date"], by)
        data.append({"from": begin, "to": end, "low": 0, "high": row["reports_read"]})
    made: alt.Chart = (
        over(data)
        .mark_rect(color=theme.reports, stroke="white", strokeWidth=0.6)
        .encode(
            x=axis,
            x2="to",
            y=alt.Y("low:Q", axis=alt.Axis(title=None, tickCount=2, format="~s")),
            y2="high",
        )
        .properties(
            width=theme.width,
            height=44,
            title=small_title(f"Reports read, by {by}", theme, weight="normal"),
        )
    )
    return made


def small_title(text: str, theme: Theme, *, weight: Weight = "bold") -> alt.TitleParams:
    """Return the title of one part of a picture."""
    colour = theme.ink if weight == "bold" else theme.quiet
    return alt.TitleParams(text, fontSize=12.5, fontWeight=weight, offset=6, color=colour)


def extent(data: Iterable[Row]) -> tuple[float, float]:
    """Return the lowest and highest end of some bars, with a little air and never empty."""
    ends = [row["high"] for row in data]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    air = 0.06 * (high - low) or 1.0
    return (low - air if low else -air, high + air if high else air)


def finished(parts: Sequence[Any], title: str, subtitle: Sequence[str]) -> dict[str, Any]:
    """Return the parts under each other, with their title, as a Vega-Lite specification.

    The names that Altair counts its views by are left out: they depend on what else the
    process has drawn.
    """
    theme = load_theme()
    chart = (
        alt.vconcat(*parts)
        .resolve_scale(x="independent")
        .properties(title=alt.TitleParams(title, subtitle=list(subtitle)))
    )
    with alt.data_transformers.enable("default", consolidate_datasets=False, max_rows=None):
        spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = config(theme)
    unnamed = _without_names(spec)
    assert isinstance(unnamed, dict)  # noqa: S101 - it was one
    return unnamed


def _without_names(node: Any) -> Any:
    """Return a specification without the names of its views."""
    if isinstance(node, list):
        return [_without_names(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_view = "mark" in node or "layer" in node
    return {k: _without_names(v) for k, v in node.items() if not (is_view and k == "name")}
