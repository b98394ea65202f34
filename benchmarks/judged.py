"""Precision on real reports: mentions that people judged by hand, found again in today's record.

Usage:
    python benchmarks/judged.py SHARED draw SHEET [--reports N] [--skip N]   mentions to judge
    python benchmarks/judged.py SHARED keep SHEET --draw NAME                keep what was judged
    python benchmarks/judged.py SHARED given                                what was judged
    python benchmarks/judged.py SHARED [--floors PATH]                       count

``draw`` codes N reports of each corpus (in an order told by the hash of their ids) and writes a
sheet, a line a mention, with the sentence and what was coded; the judge reads the report and writes
true or false (null where nothing can be said) for each field into ``right``. ``keep`` takes the
verdicts into ``gold/judged``, without any text, under the name of the draw. Counting codes the
judged reports again: a verdict holds for a field as long as the field's value is the same; what has
changed since, and mentions that nobody has judged, are counted as not judged.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

import dragoman
from dragoman.evaluation.counting import share, weights
from dragoman.evaluation.dates import read_timed
from dragoman.evaluation.measured import PARTS, half
from dragoman.readers.inputs import read
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.coding.coder import Coder
    from dragoman.record import Entity, Mention

KEPT = Path(__file__).parent.parent / "gold" / "judged"
FIELDS = ("type", "actor", "recipient", "aux", "date", "place", "source")
Row = dict[str, Any]


def corpora(shared: Path) -> dict[str, list[Report]]:
    """Return the reports of each corpus, in the order of the hash of their ids."""
    found = {
        "tr-news": list(_news(shared / "corpora" / "tr-news-dev.jsonl")),
        "polnear": list(_polnear(shared / "attribution" / "polnear-train")),
        "aquaint": list(_aquaint(shared / "time" / "aquaint")),
    }
    return {name: sorted(reports, key=_order) for name, reports in found.items()}


def _news(path: Path) -> Iterator[Report]:
    """Yield the reports of a JSONL file, read as ``dragoman code`` reads them."""
    for found in read([str(path)]):
        if isinstance(found, Report):
            yield found


def _polnear(folder: Path) -> Iterator[Report]:
    """Yield PolNeAR's texts; outlet and day stand in their names."""
    for path in sorted(folder.glob("*.txt")):
        outlet, published, _ = path.stem.split("_", 2)
        text = path.read_bytes().decode("utf-8")
        yield Report(id=path.stem, text=text, outlet=outlet, published=published)


def _aquaint(folder: Path) -> Iterator[Report]:
    """Yield the agency reports whose dates are marked, without the marks."""
    for timed in read_timed(folder):
        yield Report(id=timed.id, text=timed.text, published=timed.published.isoformat())


def _order(report: Report) -> str:
    """Return the hash of a report's id."""
    return hashlib.sha256(report.id.encode()).hexdigest()


def values(mention: Mention) -> Row:
    """Return the fields of a mention that are judged, as codes."""
    place, said = mention.event_loc, mention.attribution
    return {
        "type": mention.event,
        "actor": [_entity(e) for e in mention.actor],
        "recipient": [_entity(e) for e in mention.recipient],
        "aux": list(mention.aux),
        "date": [mention.date, mention.enddate],
        "place": [place.country_code, place.geonameid, place.resolved_place] if place else None,
        "source": [_entity(said.source) if said.source else None, said.kind] if said else None,
    }


def _entity(entity: Entity) -> list[Any]:
    """Return an entity as its codes."""
    return [entity.code, list(entity.sector)]


def sheet(coder: Coder, reports: Iterable[Report]) -> Iterator[Row]:
    """Yield what a judge fills in, a row a mention."""
    for coded in coder.stream(reports):
        for mention in coded.mentions:
            yield {
                "report": coded.report.id,
                "published": coded.report.published,
                "trigger": mention.evidence.trigger[0].start,
                "text": mention.text,
                "coded": values(mention),
                "words": _words(mention),
                "right": dict.fromkeys(FIELDS),
                "note": "",
            }


def _words(mention: Mention) -> Row:
    """Return a mention's evidence as words, for the judge."""
    said = mention.attribution
    return {
        "frame": mention.frame,
        "mode": list(mention.mode),
        "trigger": [s.text for s in mention.evidence.trigger],
        "actor": [e.entity_text for e in mention.actor],
        "recipient": [e.entity_text for e in mention.recipient],
        "place": mention.event_loc.extracted_place if mention.event_loc else None,
        "date": mention.date_info.text if mention.date_info else None,
        "source": said.source.entity_text if said and said.source else None,
    }


def keep(path: Path, draw: str) -> None:
    """Add a sheet's verdicts to the kept ones; a mention judged again has its newest verdict.

    Args:
        path: the sheet.
        draw: the name of the draw: its day, and which of the day.
    """
    rows = {_key(row): row for row in kept()}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if any(verdict is not None for verdict in row["right"].values()):
            kept_of = {k: row[k] for k in ("report", "trigger", "coded", "right")}
            rows[_key(row)] = {**kept_of, "draw": draw}
    lines = [json.dumps(rows[key], ensure_ascii=False) + "\n" for key in sorted(rows)]
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / "mentions.jsonl").write_text("".join(lines), encoding="utf-8")


def kept() -> list[Row]:
    """Return the kept verdicts."""
    path = KEPT / "mentions.jsonl"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(line) for line in lines]


def given() -> Iterator[str]:
    """Yield a line a draw and corpus: mentions judged, and the right ones of those judged."""
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in kept():
        parts.setdefault((row["draw"], _corpus(row["report"])), []).append(row)
    for (draw, name), rows in sorted(parts.items()):
        yield f"{draw}, {name}: {_given(rows)}"
    for draw in sorted({draw for draw, _ in parts}):
        whole = [row for (drawn, _), rows in parts.items() if drawn == draw for row in rows]
        yield f"{draw}, all: {_given(whole)}"


def _given(rows: list[Row]) -> str:
    """Return what was judged of some mentions, type and parties with their intervals."""
    by_report: dict[str, list[dict[str, bool | None]]] = {}
    for row in rows:
        by_report.setdefault(row["report"], []).append(row["right"])
    drawn = weights(len(by_report))
    sides = ("type", "actor", "recipient")
    shares = {
        "type": share(
            [(sum(bool(r["type"]) for r in s), len(s)) for s in by_report.values()], drawn
        ),
        "parties": share(
            [(sum(all(r[f] for f in sides) for r in s), len(s)) for s in by_report.values()], drawn
        ),
    }
    told = [f"{k} {v.value:.2f} ({v.low:.2f}-{v.high:.2f})" for k, v in shares.items()]
    right = [r for each in by_report.values() for r in each]
    for field in FIELDS:
        seen = [r[field] for r in right if r[field] is not None]
        told.append(f"{field} {sum(seen)} of {len(seen)}")
    return f"{len(rows)} mentions of {len(by_report)} reports; {', '.join(told)}"


def _corpus(report: str) -> str:
    """Return which corpus a report is of, by the look of its id."""
    if report.startswith("tr-"):
        return "TR-News"
    return "PolNeAR" if "_" in report else "AQUAINT"


def _key(row: Row) -> tuple[str, int, str]:
    """Return which mention a row is about."""
    return row["report"], row["trigger"], row["coded"]["type"]


def judged(row: Row, verdicts: dict[tuple[str, int, str], Row]) -> dict[str, bool | None]:
    """Return the verdicts that hold for today's mention, by field; ``None`` where there is none.

    ``parties`` is right when type, actor and recipient are.
    """
    old = verdicts.get(_key(row))
    if old is None:
        return dict.fromkeys((*FIELDS, "parties"))
    same = {f: old["coded"].get(f) == row["coded"][f] for f in FIELDS}
    holds = {f: old["right"].get(f) if same[f] else None for f in FIELDS}
    sides = [holds[f] for f in ("type", "actor", "recipient")]
    unknown = None if None in sides else all(sides)
    holds["parties"] = False if False in sides else unknown
    return holds


def count(rows: list[Row], verdicts: dict[tuple[str, int, str], Row]) -> dict[str, Any]:
    """Return precision by field with its interval over reports, and how much was judged."""
    by_report: dict[str, list[dict[str, bool | None]]] = {}
    for row in rows:
        by_report.setdefault(row["report"], []).append(judged(row, verdicts))
    drawn = weights(len(by_report))
    found: dict[str, Any] = {"mentions": len(rows)}
    for field in (*FIELDS, "parties"):
        seen = [[v[field] for v in each if v[field] is not None] for each in by_report.values()]
        found[field] = share([(sum(map(bool, s)), len(s)) for s in seen], drawn)
        found[f"{field}.judged"] = sum(map(len, seen))
    return found


def show(name: str, counted: dict[str, Any]) -> None:
    """Print a table of precision by field."""
    print(f"{name}: {counted['mentions']} mentions")
    for field in (*FIELDS, "parties"):
        right, seen = counted[field], counted[f"{field}.judged"]
        if right.value is not None:
            interval = f"({right.low:.2f}-{right.high:.2f})"
            print(f"  {field:<10} {right.value:.3f} {interval} of {seen} judged")


def main() -> None:
    """Draw, keep or count."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument(
        "what", nargs="?", choices=("draw", "keep", "given", "count"), default="count"
    )
    parser.add_argument("sheet", nargs="?", type=Path)
    parser.add_argument("--reports", type=int, default=50, help="of each corpus")
    parser.add_argument("--skip", type=int, default=0, help="reports of each corpus to leave out")
    parser.add_argument("--draw", default="undated", help="keep: the draw's name")
    parser.add_argument("--floors", type=Path)
    asked = parser.parse_args()
    if asked.what == "keep":
        keep(asked.sheet, asked.draw)
        return
    if asked.what == "given":
        print("\n".join(given()))
        return
    found = corpora(asked.shared)
    if asked.what == "draw":
        some = [r for rs in found.values() for r in rs[asked.skip : asked.skip + asked.reports]]
        lines = (json.dumps(row, ensure_ascii=False) for row in sheet(dragoman.load(), some))
        asked.sheet.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return
    counted = count_parts([r for rs in found.values() for r in rs])
    for name, each in counted.items():
        show(name, each)
    sys.exit(sunk(counted, asked.floors))


def count_parts(reports: list[Report]) -> dict[str, dict[str, Any]]:
    """Code the judged reports again and count each half, by the hash of the report's id."""
    verdicts = {_key(row): row for row in kept()}
    wanted = {row["report"] for row in verdicts.values()}
    rows = list(sheet(dragoman.load(), (r for r in reports if r.id in wanted)))
    parts = {p: [r for r in rows if p in ("all", half(r["report"]))] for p in PARTS}
    return {name: count(some, verdicts) for name, some in parts.items() if some}


def sunk(counted: dict[str, dict[str, Any]], floors: Path | None) -> int:
    """Print the measures below their floors; return the exit status."""
    limits = yaml.safe_load(floors.read_text(encoding="utf-8"))["floors"] if floors else {}
    below = 0
    for name, floor in limits.items():
        part, field = name.split(".", 1)
        value = counted[part][field]
        value = getattr(value, "value", value)
        if value is None or value < floor:
            print(f"{name}: {value} is below its floor {floor}", file=sys.stderr)
            below = 1
    return below


if __name__ == "__main__":
    main()
