"""Count a record's own verdicts: what reviewers judged, coded again.

Gold is a folder of ``dragoman review export``. A right mention is met by a mention of its report
that has the same trigger and its right type; a wrong one, rejected or of another type, stands as
long as it is coded as it was judged. ``found`` is the share of right mentions that are met,
``precision`` the share of right ones among those met and those that stand; each field is counted
on right mentions that are met. What nobody judged counts nowhere: reviewers see what was coded,
so what the coder missed is not known.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec

from dragoman.errors import DataError, InputError
from dragoman.evaluation.counting import share, weights
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half
from dragoman.record import Report
from dragoman.review.found import mention_key
from dragoman.review.gold import JUDGED, REPORTS
from dragoman.review.values import FIELDS, values

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.record import Mention

COUNTED = tuple(name for name in FIELDS if name != "event")
"""Fields that are counted on met mentions, whose type is right."""
Pairs = dict[str, tuple[int, int]]
"""Hits and their base, by measure."""
SHOWN = 30
"""Faults that are listed."""


class Judged(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of ``judged.jsonl``."""

    report: str
    trigger: int
    """First code point of its trigger."""
    coded: str
    """The type that was judged."""
    right: dict[str, Any] | None
    """The right value of every field; ``None``: there is no such event."""
    drawn: str | None = None
    reviewers: list[str] = []

    @property
    def type(self) -> str | None:
        """Its right type; ``None``: there is no such event."""
        return None if self.right is None else str(self.right["event"])


def evaluate_reviewed(folder: Path, coder: Coder) -> Measured:
    """Code the reports of a folder of gold and count their judged mentions.

    Args:
        folder: as ``dragoman review export`` writes it.
        coder: codes the reports.

    Raises:
        InputError, DataError: the gold is absent or broken.
    """
    reports = _lines(folder / REPORTS, Report)
    by_report: dict[str, list[Judged]] = defaultdict(list)
    for line in _lines(folder / JUDGED, Judged):
        by_report[line.report].append(line)
    told = [report for report in reports if report.id in by_report]
    coded = {r.id: coder.code_report(r).mentions for r in told}
    counted = {name: _counted(by_report[name], mentions) for name, mentions in coded.items()}
    parts = {p: [c for n, c in counted.items() if p in ("all", half(n))] for p in PARTS}
    return Measured(
        title="Judged by reviewers",
        unit="reports",
        sha256=fingerprint(folder, "*.jsonl"),
        parts={name: _part(some) for name, some in parts.items()},
        slips=tuple(
            slip
            for name, mentions in coded.items()
            if half(name) == "dev"
            for slip in _slips(by_report[name], mentions)
        ),
    )


def _lines(path: Path, kind: type[Any]) -> list[Any]:
    """Return the lines of a file.

    Raises:
        InputError: there is none.
        DataError: with every line that is not of its kind.
    """
    if not path.is_file():
        raise InputError(f"{path}: no such file; write it with dragoman review export")
    found, faults = [], []
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except msgspec.DecodeError as error:
            faults.append(f"{path.name}: line {number}: {error}; export it again")
    if faults:
        raise DataError(faults[:SHOWN])
    if not found:
        raise InputError(f"{path}: nothing in it; judge some sentences in dragoman serve first")
    return found


def _part(counted: Sequence[Pairs]) -> Part:
    """Add up the counts of some reports."""
    judged = {"judged": sum(c["judged"][1] for c in counted)}
    if not counted:
        return Part(0, {}, judged)
    drawn, names = weights(len(counted)), ("found", "precision", *COUNTED)
    return Part(len(counted), {n: share([c[n] for c in counted], drawn) for n in names}, judged)


def _counted(judged: Sequence[Judged], mentions: Sequence[Mention]) -> Pairs:
    """Count the judged mentions of one report."""
    right = [(line, _at(line, line.type, mentions)) for line in judged if line.type]
    both = [(line.right, values(m)) for line, m in right if m is not None]
    stand = sum(_stands(line, mentions) is not None for line in judged)
    pairs: Pairs = {
        "judged": (0, len(judged)),
        "found": (len(both), len(right)),
        "precision": (len(both), len(both) + stand),
    }
    for name in COUNTED:
        hits = sum(gold is not None and gold[name] == coded[name] for gold, coded in both)
        pairs[name] = (hits, len(both))
    return pairs


def _at(line: Judged, kind: str | None, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention of a type at the trigger of a judged one."""
    return next((m for m in mentions if mention_key(m) == (line.report, line.trigger, kind)), None)


def _stands(line: Judged, mentions: Sequence[Mention]) -> Mention | None:
    """Return the mention that is coded although it was judged to be wrong."""
    return None if line.type == line.coded else _at(line, line.coded, mentions)


def _slips(judged: Sequence[Judged], mentions: Sequence[Mention]) -> list[Slip]:
    """Return what is wrong in one report."""
    made = []
    for line in judged:
        met, stands = _at(line, line.type, mentions), _stands(line, mentions)
        wrong = [f"wrong {line.coded}"] if stands is not None else _wrong(line, met)
        if not wrong:
            continue
        shown = stands or met
        text = " ".join(shown.text.split()) if shown else f"{line.type} at {line.trigger}"
        codes = {"trigger": line.trigger, "type": line.type, "wrong": wrong}
        made.append(Slip(line.report, ", ".join(wrong), f"  {text}", codes))
    return made


def _wrong(line: Judged, met: Mention | None) -> list[str]:
    """Return what is wrong with what meets a right mention, in words."""
    if line.right is None:
        return []
    if met is None:
        return ["not found"]
    coded = values(met)
    return [name for name in COUNTED if coded[name] != line.right[name]]
