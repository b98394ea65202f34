"""Find one event or mention of a stored record by its id, with the reports behind it.

A DuckDB file holds the reports whole; a file of JSON lines holds only the sentences,
so what a pronoun in them means cannot be told from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import InputError
from dragoman.record import Event, EventMention, Mention, Report
from dragoman.store.columns import from_row, report_from_row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import duckdb

KINDS = (".duckdb", ".jsonl")
"""Endings of the records that can be looked into."""


class Stated(msgspec.Struct, frozen=True, kw_only=True):
    """A sentence that states what was looked for."""

    report: Report
    """The report; only the sentence when the record does not hold the whole."""
    sentence: int | None
    """Number of the sentence in the report; ``None`` when the report is the sentence."""
    mention: str
    """Id of the mention."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """An event or mention of a record, and the sentences that state it."""

    item: Event | Mention
    """The record itself."""
    stated: tuple[Stated, ...]
    """Its sentences, in the record's order."""
    whole: bool
    """Whether the reports are whole."""


def look_up(record: Path, wanted: str) -> Hit:
    """Return an event or mention of a record.

    Args:
        record: a ``.duckdb`` or ``.jsonl`` file that ``dragoman code`` has written.
        wanted: id of an event or mention.

    Raises:
        InputError: no such file, another kind of file, or no such id in it.
        OutputError: the file is no DuckDB file, or is open elsewhere.
    """
    if record.suffix.lower() not in KINDS:
        raise InputError(
            f"{record}: {record.suffix or 'no ending'} found, {' or '.join(KINDS)} expected;"
            " give a record that dragoman code --out has written"
        )
    if not record.is_file():
        raise InputError(f"{record}: no such file; write one with dragoman code ... --out {record}")
    found = _in_duckdb(record, wanted) if record.suffix.lower() == ".duckdb" else None
    found = found or (_in_jsonl(record, wanted) if record.suffix.lower() == ".jsonl" else None)
    if found is None:
        raise InputError(
            f"{record}: no event or mention {wanted!r} in it; copy an id from the record"
        )
    return found


def _in_duckdb(path: Path, wanted: str) -> Hit | None:
    """Look into a DuckDB file."""
    import duckdb  # noqa: PLC0415 - slow to import

    from dragoman.store.duck import connect, rows, sql  # noqa: PLC0415 - imports it too

    with connect(path, read_only=True) as connection:
        try:
            event = rows(connection, sql("event"), [wanted])
            mention = [] if event else rows(connection, sql("mention"), [wanted])
            item = next((from_row("events", row) for row in event), None) or next(
                (from_row("mentions", row) for row in mention), None
            )
            return _whole(connection, sql("report"), item) if item is not None else None
        except duckdb.Error as error:
            reason = str(error).partition("\n")[0]
            raise InputError(
                f"{path}: not a record of dragoman code ({reason}); give one it has written"
            ) from error


def _whole(connection: duckdb.DuckDBPyConnection, query: str, item: Event | Mention) -> Hit:
    """Return a hit with the reports of its sentences."""
    from dragoman.store.duck import rows  # noqa: PLC0415 - slow to import

    mentions: Iterable[EventMention | Mention] = (
        item.mentions if isinstance(item, Event) else (item,)
    )
    stated = tuple(
        Stated(report=report_from_row(row), sentence=m.sentence, mention=m.id)
        for m in mentions
        for row in rows(connection, query, [m.report])
    )
    return Hit(item=item, stated=stated, whole=True)


def _in_jsonl(path: Path, wanted: str) -> Hit | None:
    """Look into a file of JSON lines, of events or of mentions."""
    mark = msgspec.json.encode(wanted)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if mark not in line:
                continue
            item = _decoded(path, number, line)
            if item.id == wanted:
                return _alone(item, wanted)
            if isinstance(item, Event) and wanted in {m.id for m in item.mentions}:
                return _alone(item, wanted)
    return None


def _decoded(path: Path, number: int, line: bytes) -> Event | Mention:
    """Return the record of a line.

    Raises:
        InputError: it is neither an event nor a mention.
    """
    try:
        keys = msgspec.json.decode(line, type=dict[str, msgspec.Raw])
        if "mentions" in keys:
            return msgspec.json.decode(line, type=Event)
        return msgspec.json.decode(line, type=Mention)
    except msgspec.DecodeError as error:
        raise InputError(
            f"{path} line {number}: neither an event nor a mention ({error}); give a record that"
            " dragoman code --out has written"
        ) from error


def _alone(item: Event | Mention, wanted: str) -> Hit:
    """Return a hit whose reports are its sentences alone."""
    mentions: Iterable[EventMention | Mention] = (
        item.mentions if isinstance(item, Event) else (item,)
    )
    chosen = [m for m in mentions if wanted in {item.id, m.id}]
    return Hit(item=item, stated=tuple(_sentence(item, m) for m in chosen), whole=False)


def _sentence(item: Event | Mention, mention: EventMention | Mention) -> Stated:
    """Return a sentence as a report of its own."""
    report = Report(id=mention.report, text=mention.text, published=_published(item, mention))
    return Stated(report=report, sentence=None, mention=mention.id)


def _published(item: Event | Mention, mention: EventMention | Mention) -> str | None:
    """Return the day a report was published, as far as a record without reports tells it.

    It is the anchor of a date in the same report; without any, the event's own date.
    """
    others = item.mentions if isinstance(item, Event) else ()
    near = [mention, *(m for m in others if m.report == mention.report)]
    anchors = (m.date_info.anchor for m in near if m.date_info is not None)
    return next(filter(None, anchors), item.date if mention.date_info is None else None)
