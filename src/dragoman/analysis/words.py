"""What a comparison found, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.analysis import periods
from dragoman.analysis.theme import load_theme

if TYPE_CHECKING:
    from dragoman.analysis.compare import Comparison, Line


def pair_name(found: Comparison) -> str:
    """Return who is compared: "Iran", "Iran and Russia" or "Iran → Russia"."""
    return (" → " if found.job.directed else " and ").join(found.names)


def measure_name(measure: str) -> str:
    """Return what a measure is called."""
    quads = load_theme().quads
    return (
        quads[measure].name
        if measure in quads
        else {"scale_mean": "PLOVER scale"}.get(measure, measure)
    )


def side_names(found: Comparison, line: Line) -> tuple[str, str]:
    """Return what the two sides of a comparison are called."""
    by, job = found.job.by, found.job
    size = len(found.history) - 1
    window = min(job.window, size)
    this = periods.label(found.history[-1]["date"], by)
    return {
        "this:window": (this, f"the last {many(window, by)}"),
        "this:baseline": (this, f"the last {many(size, by)}"),
        "window:before": (f"the last {many(window, by)}", f"the {many(size - window, by)} before"),
    }[line.compared]


def many(count: int, by: str) -> str:
    """Return "4 weeks"."""
    return f"{count} {by}{'s' * (count != 1)}"


def headline(found: Comparison) -> str:
    """Return the finding in one line: the clearest change, or that there is none."""
    clear = [line for line in found.lines if line.verdict in {"more", "fewer"}]
    clear = [line for line in clear if line.measure != "scale_mean"]
    if clear:
        best = min(clear, key=lambda line: (line.measure != "events", line.p or 0.0))
        now, past = side_names(found, best)
        return f"{pair_name(found)}: {_amount(best)} in {now} than in {past}"
    if found.shifts:
        return f"{pair_name(found)}: {_shift(found)}"
    told = [line for line in found.lines if line.verdict == "no clear change"]
    told.sort(key=lambda line: line.compared != "window:before")
    if told:
        now, past = side_names(found, told[0])
        return f"{pair_name(found)}: no clear change in {now} against {past}"
    return f"{pair_name(found)}: too few events to tell a change"


def _amount(line: Line) -> str:
    """Return "more verbal conflict" or "fewer events"."""
    few = "fewer" if line.measure == "events" else "less"
    return f"{'more' if line.verdict == 'more' else few} {measure_name(line.measure)}"


def _shift(found: Comparison) -> str:
    """Return the latest lasting shift in words."""
    bounds = [0, *found.shifts, len(found.history)]
    before, after = (
        1000 * sum(r["events"] for r in part) / max(1, sum(r["reports_read"] for r in part))
        for part in (
            found.history[bounds[-3] : bounds[-2]],
            found.history[bounds[-2] : bounds[-1]],
        )
    )
    start = periods.label(found.history[bounds[-2]]["date"], found.job.by)
    return f"{'more' if after > before else 'fewer'} events since {start} than before"
