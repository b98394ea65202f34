"""What was judged as gold: reports with their judged mentions, for ``dragoman evaluate``.

A folder of two files of JSON lines: ``judged.jsonl``, a line a mention, without any text of a
report; ``reports.jsonl``, the reports they stand in, which are the user's own to keep or share.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dragoman.review.values import values
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from dragoman.record import Mention, Report
    from dragoman.review.fold import Says
    from dragoman.review.found import Found

JUDGED, REPORTS = "judged.jsonl", "reports.jsonl"
"""The files of a folder of gold."""


def gold_lines(found: Found) -> Iterator[dict[str, Any]]:
    """Yield a line for every mention that reviewers agree on, or that was settled.

    Yields:
        ``report``, ``trigger`` (its first code point), ``coded`` (the type that was judged),
        ``right`` (the right value of every field; ``None``: there is no such event),
        ``drawn``, and who judged it.
    """
    for name in sorted(found.held):
        held = found.held[name]
        if held.says is None or name in found.changed:
            continue
        mention, says = found.mentions[name], held.says
        yield {
            "report": mention.report,
            "trigger": _trigger(mention),
            "coded": mention.event,
            "right": None if says.rejected else _right(mention, says),
            "drawn": held.drawn,
            "reviewers": sorted({o.reviewer for o in held.opinions} | {says.reviewer}),
        }


def _right(mention: Mention, says: Says) -> dict[str, Any]:
    """Return the right value of every field; of a place its names, which are what is compared."""
    right: dict[str, Any] = dict(values(mention).items()) | says.corrected
    place = right["place"]
    return right | {"place": place and {name: place[name] for name in ("country", "name")}}


def _trigger(mention: Mention) -> int:
    """Return the first code point of a mention's trigger."""
    trigger = mention.evidence.trigger
    return trigger[0].start if trigger else mention.start


def write_gold(folder: Path, found: Found, reports: Iterable[Report]) -> int:
    """Write a folder of gold; return the number of judged mentions in it.

    Args:
        folder: made if it is not there; files of an earlier export are replaced.
        found: what was judged.
        reports: the reports that the mentions stand in.

    Raises:
        OutputError: it cannot be written.
    """
    lines = list(gold_lines(found))
    told = {line["report"] for line in lines}
    texts = [_report(r) for r in sorted(reports, key=lambda r: r.id) if r.id in told]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in ((REPORTS, texts), (JUDGED, lines)):
            unfinished = folder / f"{name}.part"
            unfinished.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
            unfinished.replace(folder / name)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be written ({error.strerror or error}); name another folder"
        ) from error
    return len(lines)


def _report(report: Report) -> dict[str, Any]:
    """Return a report as a line that ``dragoman code`` reads, too."""
    names = ("id", "text", "title", "published", "outlet", "url", "language")
    return {name: getattr(report, name) for name in names if getattr(report, name) is not None}
