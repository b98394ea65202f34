"""Code real reports and check what must always hold: no crash, every span right, memory flat.

Usage: python benchmarks/robustness.py SHARED [--limit N]

Reads TR-News development reports and all PolNeAR training texts under ``SHARED``; prints the
reports, sentences, mentions and events counted, spans that are not where they say
(there must be none), and the peak memory after each tenth of the run.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import dragoman
from dragoman.record import Coded, Report

if TYPE_CHECKING:
    from collections.abc import Iterator


def reports(shared: Path) -> Iterator[Report]:
    """Yield every report of the two corpora."""
    for line in (shared / "corpora" / "tr-news-dev.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Report(id=row["id"], text=row["text"], title=row.get("title"))
    for path in sorted((shared / "attribution" / "polnear-train").glob("*.txt")):
        yield Report(id=path.stem, text=path.read_bytes().decode("utf-8"), published="2016-10-01")


def wrong_spans(coded: Coded) -> int:
    """Count evidence that does not stand where it says."""
    text = coded.report.text
    spans = [
        span
        for m in coded.mentions
        for group in (
            m.evidence.trigger,
            m.evidence.actor,
            m.evidence.recipient,
            m.evidence.event_loc,
        )
        for span in group
    ]
    wrong = sum(text[s.start : s.end] != s.text for s in spans)
    wrong += sum(text[m.start : m.end] != m.text for m in coded.mentions)
    dated = [m.date_info for m in coded.mentions if m.date_info is not None]
    wrong += sum(text[d.start : d.end] != d.text for d in dated)
    said = [m.attribution for m in coded.mentions if m.attribution is not None]
    return wrong + sum(text[a.start : a.end].casefold() != a.cue.casefold() for a in said)


def memory() -> int:
    """Return the peak memory of this process in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    """Run the check; exit 1 when a span is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--limit", type=int, default=None)
    given = parser.parse_args()
    everything = list(reports(given.shared))[: given.limit]
    coder = dragoman.load()
    totals = {
        "reports": 0,
        "sentences": 0,
        "parsed": 0,
        "words": 0,
        "mentions": 0,
        "events": 0,
        "wrong spans": 0,
    }
    marks = []
    for number, coded in enumerate(coder.stream(everything), 1):
        totals["reports"] += 1
        for name in ("sentences", "parsed", "words"):
            totals[name] += getattr(coded, name)
        totals["mentions"] += len(coded.mentions)
        totals["events"] += len(coded.events)
        totals["wrong spans"] += wrong_spans(coded)
        if number % max(1, len(everything) // 10) == 0:
            marks.append(memory())
    print(", ".join(f"{value} {name}" for name, value in totals.items()))
    print("peak MiB after each tenth:", " ".join(map(str, marks)))
    sys.exit(1 if totals["wrong spans"] else 0)


if __name__ == "__main__":
    main()
