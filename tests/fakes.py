"""A coder that finds one event in every report, for tests of what surrounds it."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import duckdb

from dragoman.errors import DataError
from dragoman.record import (
    Attribution,
    CiteInfo,
    Coded,
    Entity,
    Event,
    EventMention,
    Evidence,
    Location,
    Mention,
    Report,
    Size,
    Span,
)
from dragoman.store.columns import TABLES

IRAN = Entity(code="IRN", sector=("GOV",), entity_text="Tehran", identifier_text="Iran")
OMAN = Entity(code=None, entity_text="the =HYPERLINK() envoy")


class FakeCoder:
    """Codes the first word of a report as its one event.

    Args:
        crash_at: number of the report, from 0, at which it fails as a killed process would.
        poisoned: id of a report that cannot be coded.
    """

    manifest = "sha256:fake"

    def __init__(self, crash_at: int | None = None, poisoned: str | None = None) -> None:
        """Begin with nothing seen."""
        self.crash_at, self.poisoned = crash_at, poisoned
        self.seen: list[str] = []

    def code_report(self, report: Report) -> Coded:
        """Code a report, noting its id."""
        if len(self.seen) == self.crash_at:
            raise KeyboardInterrupt
        if report.id == self.poisoned:
            raise ValueError("no such word")
        self.seen.append(report.id)
        return code(report)


def code(report: Report) -> Coded:
    mention = make_mention(report)
    return Coded(
        report=report,
        sentences=1,
        parsed=1,
        words=len(report.text.split()),
        mentions=(mention,),
        events=(make_event(report, mention),),
    )


def make_mention(report: Report) -> Mention:
    word = report.text.split()[0]
    start = report.text.index(word)
    said = Attribution(source=IRAN, cue="said", kind="claim", start=0, end=4)
    return Mention(
        id=f"{report.id}:0",
        report=report.id,
        sentence=0,
        segment="body",
        text=report.text,
        start=0,
        end=len(report.text),
        frame="consult.visit.arrive",
        event="CONSULT",
        mode=("visit",),
        actor=(IRAN,),
        recipient=(OMAN,),
        event_loc=Location(extracted_place="Muscat", country_code="OMN", lat=23.6, lon=58.4),
        date=report.published,
        size=Size(dead=3, crowd=(100, 200)),
        attribution=said if "said" in report.text else None,
        confidence=0.5,
        evidence=Evidence(trigger=(Span(start=start, end=start + len(word), text=word),)),
    )


def make_event(report: Report, mention: Mention) -> Event:
    kept = {name: getattr(mention, name) for name in EventMention.__struct_fields__}
    return Event(
        id=f"e-{report.id}",
        date=mention.date,
        enddate=None,
        event=(mention.event,),
        mode=mention.mode,
        context=(),
        actor=mention.actor,
        recipient=mention.recipient,
        event_loc=mention.event_loc,
        quad_code=1,
        event_scale=4.0,
        cameo=None,
        aux=(),
        confidence=0.5,
        size=mention.size,
        mentions=(EventMention(**kept),),
        cite_info=(CiteInfo(title=report.title),),
        coder="fake",
        manifest="sha256:fake",
    )


class TroubledCoder(FakeCoder):
    """Does what the second word of a report says: raise, spin, eat, die, die-once, sleep.

    Args:
        folder: where "die-once" notes that it has died.
    """

    def __init__(self, folder: str) -> None:
        """Begin with nothing seen."""
        super().__init__()
        self.folder = Path(folder)

    def code_report(self, report: Report) -> Coded:
        """Get into trouble or code a report."""
        trouble = report.text.split()[1]
        if trouble == "raise":
            raise ValueError("no such word")
        if trouble == "sleep":
            time.sleep(0.01)
        while trouble == "spin":
            sum(range(1000))
        if trouble == "eat":
            bytearray(10**10)
        note = self.folder / report.id
        if trouble == "die" or (trouble == "die-once" and not note.exists()):
            note.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().code_report(report)


def load_troubled(folder: str, pipeline: str | None = None) -> TroubledCoder:
    """Make a coder, as processes of their own do."""
    if pipeline == "none":
        raise DataError(["a.yaml: one fault", "b.yaml: another"])
    return TroubledCoder(folder)


def stored(path: Path) -> object:
    """Return everything an output holds, byte for byte where it is a file of ours."""
    if path.suffix == ".duckdb":
        with duckdb.connect(str(path), read_only=True) as connection:
            return {t: connection.execute(f'FROM "{t}"').fetchall() for t in TABLES}
    if path.is_dir():
        return {p.name: p.read_bytes() for p in sorted(path.iterdir())}
    return path.read_bytes()
