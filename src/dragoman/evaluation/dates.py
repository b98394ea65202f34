"""Dates: the time expressions of reports against gold in TimeML (TIMEX3).

Every ``.tml`` file of a folder is one report, its document creation time the anchor. Counted are
the expressions of its text: found (overlapping, as TempEval's relaxed measure, and strictly with
the same characters), of the right type, and with the right value.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.coding.when_report import parse_timed, times_of
from dragoman.errors import InputError
from dragoman.evaluation.counting import Count, field, share, weights
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from dragoman.coding.coder import Coder
    from dragoman.coding.when_report import Told
    from dragoman.evaluation.counting import Share

PATTERN = "*.tml"
WEEK = re.compile(r"-W(\d)$")
"""A week written with one digit."""


@dataclass(frozen=True, slots=True)
class Timex:
    """One expression of the gold."""

    start: int
    """First code point in the report's text."""
    end: int
    """One past its last code point."""
    type: str
    """``DATE TIME DURATION SET``."""
    value: str
    """TIMEX3 value; weeks with two digits."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One report of the gold."""

    id: str
    text: str
    published: date
    timexes: tuple[Timex, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """What was counted in one report."""

    relaxed: Count
    strict: Count
    typed: tuple[int, int]
    """Right types, expressions found."""
    valued: tuple[int, int]
    """Right values, expressions found."""


def evaluate_dates(path: Path, coder: Coder) -> Measured:
    """Count how well the time expressions of a folder of TimeML are found and read.

    Args:
        path: a folder of ``.tml`` files.
        coder: gives the pipeline.

    Raises:
        InputError: the folder has no such file, or one that cannot be read.
    """
    tallies: dict[str, Tally] = {}
    slips: list[Slip] = []
    for timed in read_timed(path):
        report = Report(id=timed.id, text=timed.text, published=timed.published.isoformat())
        told = times_of(parse_timed(report, coder.nlp), timed.published)
        pairs = _paired(timed.timexes, told)
        tallies[timed.id] = _tally(timed, told, pairs)
        if half(timed.id) == "dev":
            slips += _slips(timed, told, pairs)
    return Measured(
        title="Time expressions",
        unit="reports",
        sha256=fingerprint(path, PATTERN),
        parts={
            name: _part([t for i, t in tallies.items() if name in (half(i), "all")])
            for name in PARTS
        },
        slips=tuple(slips),
    )


def read_timed(folder: Path) -> list[Timed]:
    """Return the reports of a folder of TimeML, in the order of their names.

    Raises:
        InputError: there are none, or one cannot be read.
    """
    files = sorted(folder.glob(PATTERN))
    if not files:
        raise InputError(f"{folder}: no {PATTERN} file; name a folder of TimeML")
    return [_timed(file) for file in files]


def _timed(file: Path) -> Timed:
    """Read one file.

    Raises:
        InputError: it is not TimeML with a text and a document creation time.
    """
    try:
        root = ET.fromstring(file.read_bytes())  # noqa: S314  # gold of one's own
        made, body = root.find("DCT/TIMEX3"), root.find("TEXT")
        published = date.fromisoformat((made.get("value") or "")[:10])  # type: ignore[union-attr]
    except (ET.ParseError, AttributeError, ValueError) as error:
        raise InputError(f"{file}: {error}; expected TimeML with TEXT and a DCT") from error
    if body is None:
        raise InputError(f"{file}: no TEXT; expected TimeML")
    pieces: list[str] = []
    timexes = tuple(_walk(body, pieces, 0)[1])
    name = root.findtext("DOCID", file.stem).strip()
    return Timed(name, "".join(pieces), published, timexes)


def _walk(element: Element, pieces: list[str], at: int) -> tuple[int, list[Timex]]:
    """Collect an element's text; return where it ends and the expressions in it."""
    start, found = at, []
    pieces.append(element.text or "")
    at += len(pieces[-1])
    for child in element:
        at, inner = _walk(child, pieces, at)
        found += inner
        pieces.append(child.tail or "")
        at += len(pieces[-1])
    if element.tag == "TIMEX3":
        value = WEEK.sub(r"-W0\1", element.get("value", ""))
        found.append(Timex(start, at, element.get("type", ""), value))
    return at, found


def _paired(gold: Sequence[Timex], told: Sequence[Told]) -> dict[int, int]:
    """Return gold -> coded by position: each coded one goes to the first gold one it overlaps."""
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for i, timex in enumerate(gold):
        overlapping = [
            j
            for j, t in enumerate(told)
            if j not in taken and t.start < timex.end and timex.start < t.end
        ]
        if overlapping:
            pairs[i] = max(overlapping, key=lambda j: _shared(timex, told[j]))
            taken.add(pairs[i])
    return pairs


def _shared(timex: Timex, told: Told) -> int:
    """Return how many characters two expressions share."""
    return min(timex.end, told.end) - max(timex.start, told.start)


def _tally(timed: Timed, told: Sequence[Told], pairs: dict[int, int]) -> Tally:
    """Count one report."""
    both = [(timed.timexes[i], told[j]) for i, j in pairs.items()]
    exact = sum((g.start, g.end) == (t.start, t.end) for g, t in both)
    gold, coded = len(timed.timexes), len(told)
    return Tally(
        relaxed=Count(len(both), coded - len(both), gold - len(both)),
        strict=Count(exact, coded - exact, gold - exact),
        typed=(sum(g.type == t.type for g, t in both), len(both)),
        valued=(sum(g.value == t.value for g, t in both), len(both)),
    )


def _part(tallies: Sequence[Tally]) -> Part:
    """Return the shares of some reports."""
    if not tallies:
        return Part(0, {})
    drawn = weights(len(tallies))
    measures: dict[str, Share] = {}
    relaxed = field([t.relaxed for t in tallies], drawn)
    strict = field([t.strict for t in tallies], drawn)
    if relaxed is None or strict is None:
        return Part(len(tallies), {})
    measures = {"f1": relaxed.f1, "precision": relaxed.precision, "recall": relaxed.recall}
    measures["strict_f1"] = strict.f1
    measures["value"] = share([t.valued for t in tallies], drawn)
    measures["type"] = share([t.typed for t in tallies], drawn)
    return Part(len(tallies), measures, {"gold": relaxed.gold, "coded": relaxed.coded})


def _slips(timed: Timed, told: Sequence[Told], pairs: dict[int, int]) -> list[Slip]:
    """Return a report's misses."""
    slips = []
    for i, timex in enumerate(timed.timexes):
        if i not in pairs:
            slips.append(_slip(timed, "not found", timex, f"{timex.value}"))
        elif (found := told[pairs[i]]).value != timex.value:
            slips.append(_slip(timed, "other value", timex, f"{timex.value}, read {found.value}"))
    extra = set(range(len(told))) - set(pairs.values())
    return slips + [_slip(timed, "not in gold", told[j], told[j].value) for j in sorted(extra)]


def _slip(timed: Timed, kind: str, where: Timex | Told, values: str) -> Slip:
    """Return one miss, its words in their surroundings."""
    text, start, end = timed.text, where.start, where.end
    around = f"{text[max(0, start - 40) : start]}[{text[start:end]}]{text[end : end + 30]}"
    codes = {"start": start, "end": end, "values": values}
    return Slip(timed.id, kind, f"{values}: {' '.join(around.split())}", codes)
