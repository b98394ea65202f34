"""A dyad or a country against its own past.

Three spans of periods: ``this`` one, the ``window`` before it, and the ``baseline`` before it,
which holds the window. ``this`` is set against both, and the window against the part of the
baseline that lies before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from dragoman.actors.knowledge import Knowledge
from dragoman.analysis import periods, statistics
from dragoman.analysis.codes import check_codes, load_codes
from dragoman.analysis.panel import Aux, PanelJob, open_panel
from dragoman.analysis.query import open_record
from dragoman.analysis.statistics import Counts, Verdict
from dragoman.errors import InputError

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from dragoman.analysis.periods import By

MEASURES = (
    "events",
    "n_verbal_cooperation",
    "n_material_cooperation",
    "n_verbal_conflict",
    "n_material_conflict",
)
"""Counts that are compared, as a panel names them."""
Odd = Literal["many", "few"]
Against = Literal["this:window", "this:baseline", "window:before"]
"""What is set against what; ``before`` is the baseline without the window."""


@dataclass(frozen=True)
class CompareJob:
    """What is compared."""

    record: Path
    """The record."""
    countries: tuple[str, ...]
    """One code, or two."""
    by: By = "week"
    """The period."""
    window: int = 4
    """Periods of the recent past."""
    baseline: int = 52
    """Periods of the whole past, the window among them."""
    at: dt.date | None = None
    """A day of ``this`` period; without it the last period that is over."""
    directed: bool = False
    """Only what the first does to the second (or what the only one does)."""
    aux: Aux = "plain"
    """``plain``: only events without an auxiliary mode."""
    min_confidence: float = 0.0
    """Least confidence, 0..1."""


@dataclass(frozen=True)
class Line:
    """One measure, one comparison."""

    measure: str
    """A count as a panel names it, or ``scale_mean``."""
    compared: Against
    """What is set against what."""
    now: float | None
    """Events a period (of the scale its mean) on the left side."""
    past: float | None
    """The same on the right side."""
    now_per_1000: float | None
    """Events per 1,000 reports read on the left side."""
    past_per_1000: float | None
    """The same on the right side."""
    ratio: float | None
    """Of the two rates per report; of the scale the difference of the means."""
    p: float | None
    """Chance of such a difference without a change, before the correction for many looks."""
    verdict: Verdict
    """What may be said."""


@dataclass(frozen=True)
class Comparison:
    """A dyad or a country against its own past."""

    job: CompareJob
    """What was asked for, codes in capitals."""
    names: tuple[str, ...]
    """English names of the countries."""
    history: list[dict[str, Any]]
    """The periods in order, the last one ``this``; columns as a panel's."""
    lines: list[Line]
    """Every measure and comparison."""
    shifts: tuple[int, ...]
    """Periods of the history from which the rate of events is lastingly another."""
    odd: dict[int, Odd]
    """Periods of the history with oddly many or few events for their stretch."""

    def rows(self) -> list[dict[str, Any]]:
        """Return the history as rows, each with its span and whether it is odd or a shift."""
        last = len(self.history) - 1
        window = last - self.job.window
        return [
            {
                **dict(zip(("code_a", "code_b"), self.job.countries, strict=False)),
                "period": periods.label(row["date"], self.job.by),
                **row,
                "span": "this" if i == last else "window" if i >= window else "baseline",
                "shift": i in self.shifts,
                "odd": self.odd.get(i),
            }
            for i, row in enumerate(self.history)
        ]


def compare(job: CompareJob, known: Knowledge | None = None) -> Comparison:
    """Set a dyad or a country against its own past.

    Args:
        job: what is compared.
        known: the knowledge base of actors; the shipped one without it.

    Raises:
        InputError: the record, a country, the spans or the day cannot be used.
    """
    known = known or Knowledge.load()
    codes = load_codes(known)
    job = replace(job, countries=check_codes(job.countries, codes, known))
    if len(job.countries) not in {1, 2}:
        raise InputError(
            f"{len(job.countries)} countries: {' '.join(job.countries)}; expected one, or two"
            " different ones, such as IRN RUS"
        )
    if not 0 < job.window < job.baseline:
        raise InputError(
            f"--window {job.window}, --baseline {job.baseline}: expected at least 1, and a"
            " baseline longer than the window, such as --window 4 --baseline 52"
        )
    rows, scores = _history(job, known)
    shifts, odd = _shifts_and_odd(rows)
    return Comparison(
        job=job,
        names=tuple(codes[code].name for code in job.countries),
        history=rows,
        lines=_lines(job, rows, scores),
        shifts=shifts,
        odd=odd,
    )


def _history(
    job: CompareJob, known: Knowledge
) -> tuple[list[dict[str, Any]], dict[dt.date, list[float]]]:
    """Return the periods of the comparison, and the scores of the events of each."""
    this, first = _this_period(job)
    begin = max(periods.step(this, job.by, -job.baseline), first)
    directed, pair = job.directed, job.countries
    panel_job = PanelJob(
        record=job.record,
        unit="dyad" if len(pair) == 2 else "country",
        by=job.by,
        directed=directed,
        since=begin,
        until=this,
        countries=pair,
        aux=job.aux,
        min_confidence=job.min_confidence,
    )
    unit = (*(pair if directed else sorted(pair)), "")[:2]
    with open_panel(panel_job, known) as panel:
        scores: dict[dt.date, list[float]] = {}
        for period, score in panel.query.rows("scores", unit):
            scores.setdefault(period, []).append(score)
        return panel.query.records("history", unit), scores


def _this_period(job: CompareJob) -> tuple[dt.date, dt.date]:
    """Return the first days of ``this`` period and of the first that was read.

    Raises:
        InputError: no report has a publication date, or none was published by then.
    """
    with open_record(job.record) as query:
        first, last = query.rows("published")[0]
    if first is None:
        raise InputError(
            f"{job.record}: no report has a publication date; expected some, code with --published"
        )
    begin, this = (periods.first_day(day, job.by) for day in (first, job.at or last))
    if job.at is None and periods.last_day(this, job.by) > last:
        this = max(periods.step(this, job.by, -1), begin)
    if this <= begin:
        raise InputError(
            f"{periods.label(this, job.by)}: nothing before it to compare with; reports were"
            f" published from {first} to {last}, choose a later --at or a finer --by"
        )
    return this, begin


def _counts(rows: list[dict[str, Any]], measure: str) -> Counts:
    """Return one measure of some periods."""
    return Counts(tuple(r[measure] for r in rows), tuple(r["reports_read"] for r in rows))


def _spans(job: CompareJob, size: int) -> dict[Against, tuple[slice, slice]]:
    """Return the periods of both sides of each comparison."""
    last = size - 1
    window = max(0, last - job.window)
    this = slice(last, size)
    return {
        "this:window": (this, slice(window, last)),
        "this:baseline": (this, slice(0, last)),
        "window:before": (slice(window, last), slice(0, window)),
    }


def _lines(
    job: CompareJob, rows: list[dict[str, Any]], scores: dict[dt.date, list[float]]
) -> list[Line]:
    """Return every comparison of every measure."""
    spans = _spans(job, len(rows))
    asked = [(m, a, rows[spans[a][0]], rows[spans[a][1]]) for m in MEASURES for a in spans]
    judged = []
    for measure, _, now, past in asked:
        whole = _counts(rows[:-1], measure)
        enough = whole.periods_read >= statistics.FEWEST_PERIODS
        one, other = _counts(now, measure), _counts(past, measure)
        found = statistics.judge(one, other, statistics.dispersion(whole))
        judged.append((one, found if enough else replace(found, p=None)))
    said = statistics.verdicts(judged)
    counts = [
        _line(measure, against, counts, _counts(past, measure), judgement.p, verdict)
        for (measure, against, _, past), (counts, judgement), verdict in zip(
            asked, judged, said, strict=True
        )
    ]
    return counts + [_scale(a, rows[spans[a][0]], rows[spans[a][1]], scores) for a in spans]


def _line(  # noqa: PLR0913, PLR0917 - one argument a field
    measure: str, against: Against, now: Counts, past: Counts, p: float | None, verdict: Verdict
) -> Line:
    """Return one comparison of one count."""
    one, other = _per_1000(now), _per_1000(past)
    return Line(
        measure=measure,
        compared=against,
        now=now.total / now.periods_read if now.periods_read else None,
        past=past.total / past.periods_read if past.periods_read else None,
        now_per_1000=one,
        past_per_1000=other,
        ratio=one / other if one is not None and other else None,
        p=p,
        verdict=verdict,
    )


def _per_1000(counts: Counts) -> float | None:
    """Return events per 1,000 reports read; ``None`` when nothing was read."""
    return 1000 * counts.total / counts.read if counts.read else None


def _scale(
    against: Against,
    now: list[dict[str, Any]],
    past: list[dict[str, Any]],
    scores: dict[dt.date, list[float]],
) -> Line:
    """Return one comparison of the scores of events."""
    one = [score for row in now for score in scores.get(row["date"], ())]
    other = [score for row in past for score in scores.get(row["date"], ())]
    p = statistics.scores_differ(one, other)
    means = [sum(side) / len(side) if side else None for side in (one, other)]
    change = means[0] - means[1] if means[0] is not None and means[1] is not None else None
    verdict: Verdict = "too few events to tell"
    if p is not None:
        verdict = "no clear change"
        if p <= statistics.SHIFT_P and change:
            verdict = "more" if change > 0 else "fewer"
    return Line("scale_mean", against, means[0], means[1], None, None, change, p, verdict)


def _shifts_and_odd(rows: list[dict[str, Any]]) -> tuple[tuple[int, ...], dict[int, Odd]]:
    """Return the lasting shifts and the odd periods of the history."""
    history = _counts(rows, "events")
    cuts = statistics.shifts(history)
    found = statistics.odd_periods(history, cuts)
    odd: dict[int, Odd] = {
        i: "many" if history.events[i] > (judged.expected or 0) else "few"
        for i, judged in found.items()
    }
    return tuple(cuts), odd
