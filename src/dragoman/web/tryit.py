"""A text or file of the reader's own: read at once, kept nowhere."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import InputError
from dragoman.readers import Defaults, Reject, read
from dragoman.readers.inputs import known_endings
from dragoman.record import Report
from dragoman.web.contexts import ReportRead, TryPage
from dragoman.web.errors import WebError
from dragoman.web.reading import read_report
from dragoman.web.state import record_state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.coder import Coder
    from dragoman.web.labels import Labels
    from dragoman.web.room import Room

LONGEST = 50_000
"""Characters of one report that the page reads."""
MOST = 20
"""Reports of a file that the page reads."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_HALF = re.compile(r"[\ud800-\udfff\x00]")


def empty_page(room: Room) -> TryPage:
    """Return the page before anything was given."""
    return TryPage(
        record=record_state(room), title="Try it", text="", published="", reports=(), problems=()
    )


def try_page(
    empty: TryPage, labels: Labels, coder: Coder, given: Sequence[Report | Reject]
) -> TryPage:
    """Return the page with what is read in some reports.

    Args:
        empty: the page without it.
        labels: names of codes.
        coder: what reads.
        given: the reports, and what could not become one.
    """
    problems = [f"{item.where}: {item.reason}" for item in given if isinstance(item, Reject)]
    reports: list[ReportRead] = []
    for report in (item for item in given if isinstance(item, Report)):
        if len(report.text) > LONGEST:
            problems.append(
                f"{report.title or report.id}: {len(report.text):,} characters; this page reads at"
                f" most {LONGEST:,}. Code longer ones with dragoman code."
            )
        else:
            reports.append(read_report(coder, report, labels, whole=not reports))
    return empty.model_copy(update={"reports": tuple(reports), "problems": tuple(problems)})


def pasted(text: str, title: str, day: str) -> list[Report | Reject]:
    """Return a text of a form as a report.

    Raises:
        WebError: there is no text, or the day is none.
    """
    tidy = _HALF.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r\n", "\n"))
    if not tidy.strip():
        raise WebError(422, "Nothing to read", "Paste a text, or choose a file.")
    headline = _HALF.sub("\N{REPLACEMENT CHARACTER}", title).strip() or None
    return [Report(id="text", text=tidy, title=headline, published=checked_day(day))]


def _named(item: Report | Reject, written: str, name: str) -> Report | Reject:
    """Return a report or a reject under the name that its file has for its reader."""
    if isinstance(item, Reject):
        return msgspec.structs.replace(item, where=name)
    return msgspec.structs.replace(item, id=item.id.replace(written, name, 1))


def uploaded(name: str, content: bytes, day: str) -> list[Report | Reject]:
    """Return the reports of a file.

    Raises:
        WebError: the file is of no kind that can be read.
    """
    ending = "".join(Path(re.sub(r"[^\w.\-]", "_", name[-80:])).suffixes[-2:])
    defaults = Defaults(published=checked_day(day))
    with tempfile.TemporaryDirectory(prefix="dragoman-") as folder:
        path = Path(folder) / f"file{ending if len(ending) < 16 else ''}"
        path.write_bytes(content)
        try:
            found = list(itertools.islice(read([str(path)], defaults), MOST))
            return [_named(item, path.name, name[:80]) for item in found]
        except InputError as error:
            detail = str(error).replace(str(path), name[:80])
            raise WebError(
                422, "The file cannot be read", f"{detail} ({known_endings()})"
            ) from error


def checked_day(day: str) -> str | None:
    """Return a day of a form; ``None`` when it is empty.

    Raises:
        WebError: it is none.
    """
    if not day:
        return None
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError as error:
        raise WebError(422, "No date", f"{day[:20]!r} found, YYYY-MM-DD expected.") from error
