"""The picture of a comparison."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING, Any

import altair as alt

from dragoman.analysis import charts, periods
from dragoman.analysis.theme import Theme, load_theme, write_picture
from dragoman.analysis.words import headline, many

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.analysis.compare import Comparison

_HEIGHT = 260


def picture_comparison(found: Comparison, path: Path) -> None:
    """Draw a comparison into an ``.svg``, ``.png`` or ``.json`` file."""
    write_picture(comparison_spec(found), path)


def comparison_spec(found: Comparison) -> dict[str, Any]:
    """Return the picture of a comparison as a Vega-Lite specification with its data."""
    theme, rows, by = load_theme(), found.history, found.job.by
    data = charts.bars(rows, by, per_report=True)
    low, high = charts.extent(data)
    domain = (low, high + 0.1 * (high - low))  # room for the words above
    first, last = rows[0]["date"], periods.last_day(rows[-1]["date"], by)
    axis = charts.time_axis(first, last, labels=True)
    line = _HEIGHT * domain[1] / (domain[1] - domain[0])
    main = alt.layer(
        *_spans(found, axis, theme),
        charts.stacked(data, axis, domain, "", theme),
        *_levels(found, axis, theme),
        *_odd(found, axis, theme),
        *charts.labels(_HEIGHT, line, theme),
    ).properties(width=theme.width, height=_HEIGHT)
    below = charts.strip(rows, by, charts.time_axis(first, last, labels=False), theme)
    return charts.finished([main, below], headline(found), _subtitle(found))


def _subtitle(found: Comparison) -> list[str]:
    """Return how the picture is to be read."""
    by, rows = found.job.by, found.history
    first, last = (periods.label(rows[i]["date"], by) for i in (0, -1))
    what = f"Events per 1,000 reports read, by {by}, {first} to {last}."
    lines = [f"{what} Cooperation above the line, conflict below."]
    more = []
    if found.shifts:
        more.append("Dashed lines: mean before and after a lasting shift of the rate of events.")
    if not all(row["reports_read"] for row in rows):
        more.append("Gaps: nothing was read.")
    return [*lines, " ".join(more)] if more else lines


def _spans(found: Comparison, axis: alt.X, theme: Theme) -> list[alt.Chart]:
    """Return the shades behind the window and this period, with their names on top."""
    rows, by, last = found.history, found.job.by, len(found.history) - 1
    window = max(0, last - found.job.window)
    data = [
        {
            "from": charts.moment(rows[window]["date"]),
            "to": charts.moment(periods.step(rows[last]["date"], by)),
            "name": f"last {many(last - window, by)} and {periods.label(rows[last]['date'], by)}",
        }
    ]
    base = charts.over(data)
    shade = base.mark_rect(color=theme.shade).encode(
        x=axis, x2="to", y=alt.value(0), y2=alt.value(_HEIGHT)
    )
    text = base.mark_text(align="right", fontSize=11, color=theme.quiet, dx=0)
    return [shade, text.encode(x=alt.X("to:T"), y=alt.value(-8), text="name:N")]


def _levels(found: Comparison, axis: alt.X, theme: Theme) -> list[alt.Chart]:
    """Return the mean levels between lasting shifts, and each shift with its period's name."""
    if not found.shifts:
        return []
    rows, by = found.history, found.job.by
    bounds = [0, *found.shifts, len(rows)]
    data = []
    for begin, end in itertools.pairwise(bounds):
        read = sum(row["reports_read"] for row in rows[begin:end]) or 1
        for side, sign in ((charts.UPWARD, 1), (charts.DOWNWARD, -1)):
            total = sum(row[quad] for row in rows[begin:end] for quad in side)
            data.append(
                {
                    "from": charts.moment(rows[begin]["date"]),
                    "to": charts.moment(periods.step(rows[end - 1]["date"], by)),
                    "level": sign * 1000 * total / read,
                }
            )
    shifts = [
        {
            "from": charts.moment(rows[i]["date"]),
            "name": f"new level from {periods.label(rows[i]['date'], by)}",
        }
        for i in found.shifts
    ]
    level = charts.over(data).mark_rule(color=theme.mark, strokeDash=[4, 3], strokeWidth=1.2)
    base = charts.over(shifts)
    rule = base.mark_rule(color=theme.mark, strokeWidth=1)
    late = [shift for shift, i in zip(shifts, found.shifts, strict=True) if 3 * i > len(rows)]
    early = [shift for shift in shifts if shift not in late]
    look: dict[str, Any] = {"fontSize": 11, "fontWeight": "bold", "color": theme.mark}
    return [
        level.encode(x=axis, x2="to", y="level:Q"),
        rule.encode(x=axis, y=alt.value(0), y2=alt.value(_HEIGHT)),
        _names(late, axis).mark_text(align="right", dx=-5, **look),
        _names(early, axis).mark_text(align="left", dx=5, **look),
    ]


def _names(shifts: list[dict[str, str]], axis: alt.X) -> alt.Chart:
    """Return the chart that names shifts, but for its mark."""
    return charts.over(shifts).encode(x=axis, y=alt.value(8), text="name:N")


def _odd(found: Comparison, axis: alt.X, theme: Theme) -> list[alt.Chart]:
    """Return a dot and a name over each odd period."""
    by, data = found.job.by, []
    for index, kind in found.odd.items():
        row = found.history[index]
        share = 1000 / row["reports_read"] if row["reports_read"] else 0.0
        half = (periods.step(row["date"], by) - row["date"]) / 2
        middle = dt.datetime.combine(row["date"], dt.time()) + half
        data.append(
            {
                "from": f"{middle.isoformat()}Z",
                "level": share * sum(row[quad] for quad in charts.UPWARD),
                "name": f"{periods.label(row['date'], by)}: unusually {kind}",
            }
        )
    if not data:
        return []
    base = charts.over(data)
    dot = base.mark_point(shape="triangle-down", filled=True, size=60, color=theme.mark, yOffset=-8)
    text = base.mark_text(fontSize=10.5, color=theme.mark, dy=-18)
    return [
        dot.encode(x=axis, y="level:Q", opacity=alt.value(1)),
        text.encode(x=axis, y="level:Q", text="name:N"),
    ]
