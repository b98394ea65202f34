"""The picture of a panel: its busiest units under each other, on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from dragoman.analysis import charts, periods
from dragoman.analysis.theme import load_theme, write_picture

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.analysis.panel import Panel

MOST_UNITS = 6
"""Units in one picture."""


def picture_panel(panel: Panel, path: Path) -> None:
    """Draw a panel's busiest units into an ``.svg``, ``.png`` or ``.json`` file."""
    write_picture(panel_spec(panel), path)


def panel_spec(panel: Panel) -> dict[str, Any]:
    """Return the picture of a panel as a Vega-Lite specification with its data."""
    theme, by = load_theme(), panel.job.by
    units = [unit for unit in panel.totals(MOST_UNITS) if unit["events"]] or panel.totals(1)
    rows = [panel.query.records("history", (u["code_a"], u["code_b"])) for u in units]
    reading = rows[0] if rows else []
    per_report = any(row["reports_read"] for row in reading)
    drawn = [charts.bars(part, by, per_report=per_report) for part in rows]
    domain = charts.extent(bar for part in drawn for bar in part)
    height = 240 if len(units) < 2 else 92
    line = height * domain[1] / (domain[1] - domain[0])
    parts: list[Any] = []
    for number, (unit, data) in enumerate(zip(units, drawn, strict=True)):
        axis = charts.time_axis(panel.first, panel.last, labels=number == len(units) - 1)
        body = charts.stacked(data, axis, domain, "", theme)
        beside = charts.labels(height, line, theme) if number == 0 else []
        heading = f"{unit_name(unit, panel)}  ·  {unit['events']:,} events"
        part = alt.layer(body, *beside).properties(width=theme.width, height=height)
        if len(units) > 1:
            part = part.properties(title=charts.small_title(heading, theme))
        parts.append(part)
    axis = charts.time_axis(panel.first, panel.last, labels=False)
    parts.append(charts.strip(reading, by, axis, theme))
    gaps = per_report and not all(row["reports_read"] for row in reading)
    subtitle = _subtitle(panel, per_report=per_report, gaps=gaps)
    return charts.finished(parts, _title(panel, units), subtitle)


def unit_name(unit: dict[str, Any], panel: Panel) -> str:
    """Return what a unit is called: "Iran", "Iran → Russia" or "Iran and Russia"."""
    a, b = unit["name_a"] or unit["code_a"], unit["name_b"] or unit["code_b"]
    if panel.job.unit == "country":
        return str(a)
    return f"{a} → {b}" if panel.job.is_directed else f"{a} and {b}"


def _title(panel: Panel, units: list[dict[str, Any]]) -> str:
    """Return what the picture shows, in one line."""
    if not units or not units[0]["events"]:
        return "No events in this panel"
    name, kind = unit_name(units[0], panel), "countries" if panel.job.unit == "country" else "pairs"
    most = max(charts.UPWARD + charts.DOWNWARD, key=lambda quad: units[0][quad])
    share = units[0][most] / units[0]["events"]
    looks = load_theme().quads[most].name
    if len(units) == 1:
        leading = "mostly" if share > 0.5 else "most often"
        return f"{name}: {units[0]['events']:,} events, {leading} {looks}"
    shown = f"the {len(units)} busiest of {panel.units:,} {kind}"
    if panel.units <= len(units):
        shown = f"{len(units)} {kind}"
    return f"{name} leads {shown} with {units[0]['events']:,} events, {share:.0%} of them {looks}"


def _subtitle(panel: Panel, *, per_report: bool, gaps: bool) -> list[str]:
    """Return how the picture is to be read."""
    by = panel.job.by
    first = periods.label(panel.first, by)
    last = periods.label(periods.first_day(panel.last, by), by)
    what = "Events per 1,000 reports read" if per_report else "Events (no report is dated)"
    said = [f"{what}, by {by}, {first} to {last}. Cooperation above the line, conflict below."]
    if per_report:
        why = (
            "Set against the reports read, so that more media does not look like more of anything."
        )
        said.append(why + gaps * " Gaps: nothing was read.")
    return said
