"""The verdicts on the record that is open, kept ready for pages."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dragoman.errors import DataError
from dragoman.review.apply import changes
from dragoman.review.fold import Folded, fold
from dragoman.review.found import Found, find, sql
from dragoman.review.ledger import Ledger, ledger_of
from dragoman.store.sink import OutputError
from dragoman.web.errors import WebError
from dragoman.web.index import Remembered
from dragoman.web.index import sql as web_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.review.apply import Changes
    from dragoman.review.verdicts import Verdict
    from dragoman.web.room import Room


class Reviews:
    """What reviewers have written of a record, read again when anything has changed."""

    def __init__(self, room: Room, reviewer: str | None = None) -> None:
        """Take the record.

        Args:
            room: the record.
            reviewer: who judges where nobody has given a name.
        """
        self.room, self.reviewer = room, reviewer
        self._remembered, self._rows = Remembered(2), Remembered(4)

    @cached_property
    def ledger(self) -> Ledger:
        """The file of the verdicts."""
        return Ledger(ledger_of(self.room.record))

    def edition(self) -> str:
        """Return what tells one state of the verdicts from another."""
        try:
            verdicts = self.verdicts()
        except WebError as error:  # the rest of the room can be read all the same
            return str(error)
        return f"{len(verdicts)} {verdicts[-1].id}" if verdicts else ""

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return every verdict by time.

        Raises:
            WebError: the ledger holds lines that are no verdicts.
        """
        try:
            return self.ledger.verdicts()
        except DataError as error:
            raise WebError(500, "The ledger cannot be read", str(error)) from error

    def add(self, fields: dict[str, Any]) -> None:
        """Add a verdict; it is on disk when this returns.

        Args:
            fields: what it says, without ``id`` and ``when``.

        Raises:
            WebError: the ledger cannot be read or written.
        """
        try:
            self.ledger.add(fields)
        except DataError as error:
            raise WebError(500, "The ledger cannot be read", str(error)) from error
        except OutputError as error:
            raise WebError(503, "The verdict cannot be written", str(error)) from error

    def state(self) -> tuple[Folded, Found]:
        """Return what counts of the ledger, and what of it is in the record.

        Raises:
            WebError: the ledger holds lines that are no verdicts.
            BusyError: the record is being written.
        """
        verdicts = self.verdicts()
        key = (self.room.index.mark, self.edition())
        return self._remembered.of(key, lambda: self._state(verdicts))

    def _state(self, verdicts: Sequence[Verdict]) -> tuple[Folded, Found]:
        """Return the same, made anew."""
        folded = fold(verdicts)
        return folded, find(folded, self._ask) if folded.mentions else Found()

    def _ask(self, query: str, values: dict[str, Any]) -> list[dict[str, Any]]:
        """Return rows of the record; the mentions of a report are read once."""
        if query != sql("mentions"):
            with self.room.open_record() as record:
                return record.rows(query, values)
        kept: dict[str, list[dict[str, Any]]] = self._rows.of(self.room.index.mark, dict)
        new = [name for name in values["reports"] if name not in kept]
        if new:
            kept.update({name: [] for name in new})
            with self.room.open_record() as record:
                for row in record.rows(query, {"reports": new}):
                    kept[row["report"]].append(row)
        return [row for name in values["reports"] for row in kept[name]]

    def moved(self, folded: Folded) -> set[str]:
        """Return the events of accounts that reviewers joined or split.

        Raises:
            BusyError: the record is being written.
        """
        accounts = {name for line in folded.joinings for name in (*line.accounts, line.of)}
        if not accounts:
            return set()
        with self.room.open_record() as record:
            rows = record.rows(web_sql("account_events"), {"accounts": sorted(accounts)})
        return {row["event"] for row in rows}

    def of_event(self, event: str) -> Changes:
        """Return what the verdicts on one event's mentions make of it."""
        folded, found = self.state()
        if not folded.mentions and not folded.joinings:
            return changes(folded, self._ask)
        asked = self.room.index.rows(
            "SELECT mention FROM queue WHERE event = $event", {"event": event}
        )
        mine = {row["mention"] for row in asked}
        held = {id(each) for name, each in found.held.items() if name in mine}
        some = {key: each for key, each in folded.mentions.items() if id(each) in held}
        return changes(replace(folded, mentions=some), self._ask)
