"""Read the result of a Wikidata query: CSV, TSV or JSON as the query service exports them.

A row is an actor, or an actor in one office. Columns, in any order, others are passed over::

    item           address or Q number            itemLabel     name
    itemAltLabel   other names, between commas    countryCode   ISO code, of two or three letters
    positionLabel  office                         countryLabel  a country's name, instead
    start, end     days of the office             sector        PLOVER sectors

``COLUMNS`` lists the other names a column may have.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

from dragoman.actors.converted import Converted
from dragoman.actors.schema import Actor, ActorKind, Person, Reading, Tenure
from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.actors.knowledge import Knowledge

COLUMNS = {
    "item": ("item", "person", "actor", "organisation", "organization", "human"),
    "name": ("itemLabel", "personLabel", "actorLabel", "organisationLabel", "organizationLabel",
             "humanLabel", "label", "name"),
    "others": ("itemAltLabel", "personAltLabel", "actorAltLabel", "altLabel", "aliases", "alias"),
    "code": ("countryCode", "iso3", "iso2", "iso", "code"),
    "country": ("countryLabel", "stateLabel", "nationalityLabel", "citizenshipLabel"),
    "office": ("positionLabel", "officeLabel", "position", "office"),
    "since": ("start", "startTime", "since", "from"),
    "until": ("end", "endTime", "until", "to"),
    "sector": ("sector", "sectors"),
}  # fmt: skip
"""What the columns of a query may be called, by what they hold."""
_Q = re.compile(r"(?:.*/)?(Q[1-9]\d*)")
_DAY = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)(?:T.*)?")
Row = dict[str, str]


def looks_like(text: str) -> bool:
    """Tell whether a text is such a result: a column with items and one with names."""
    try:
        rows = _rows(text)
    except ValueError:
        return False
    return bool(rows) and {"item", "name"} <= set(_named(rows[0]))


def read_result(
    text: str,
    known: Knowledge,
    kind: ActorKind | None = None,
    sector: Sequence[str] = (),
) -> Converted:
    """Return the actors of a query's result.

    Args:
        text: the file's content.
        known: countries by name and code; words of offices, which tell sectors.
        kind: what every item is; without it an item with an office is a person, any other an
            organisation.
        sector: the sectors of items whose rows and offices tell none.

    Raises:
        InputError: the file is no table, or lacks a column for items or names.
    """
    try:
        rows = _rows(text)
    except ValueError as error:
        raise InputError(f"not a query's result: {error}; export it as CSV or JSON") from error
    first = _named(rows[0]) if rows else {}
    for needed in ("item", "name"):
        if needed not in first:
            has = ", ".join(rows[0]) if rows else "no rows"
            raise InputError(
                f"no column for the {needed}: found {has}; call it {COLUMNS[needed][0]}"
            )
    return _Reader(known, kind, tuple(sector)).read([_named(row) for row in rows])


# -- tables --------------------------------------------------------------------------------


def _rows(text: str) -> list[Row]:
    """Return the rows of a CSV, TSV or JSON text.

    Raises:
        ValueError: it is none of these.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] in "[{" and text.strip():
        return _json_rows(json.loads(text))
    is_tsv = "\t" in text.split("\n", 1)[0]
    table = csv.DictReader(
        io.StringIO(text),
        delimiter="\t" if is_tsv else ",",
        quoting=csv.QUOTE_NONE if is_tsv else csv.QUOTE_MINIMAL,
    )
    try:
        return [
            {_bare(k).lstrip("?"): _bare(v or "") for k, v in row.items() if isinstance(k, str)}
            for row in table
        ]
    except csv.Error as error:
        raise ValueError(f"line {table.line_num + 1}: {error}") from error


def _json_rows(loaded: Any) -> list[Row]:
    """Return the rows of either JSON form: plain values, or values with their types.

    Raises:
        ValueError: there is no list of rows.
    """
    if isinstance(loaded, dict):
        loaded = (loaded.get("results") or {}).get("bindings")
    if not isinstance(loaded, list) or not all(isinstance(row, dict) for row in loaded):
        raise ValueError("JSON without a list of rows")
    return [{key: _plain(value) for key, value in row.items()} for row in loaded]


def _plain(value: Any) -> str:
    """Return a JSON value as text; a value that is not known is empty."""
    if isinstance(value, dict):
        return "" if value.get("type") == "bnode" else str(value.get("value", ""))
    return "" if value is None else str(value)


def _bare(text: str) -> str:
    """Return a cell without the marks of verbose TSV: ``<address>``, ``"text"@en``."""
    found = re.fullmatch(r'<(.*)>|"(.*)"(?:@[\w-]+|\^\^<.*>)?', text.strip())
    return (found[1] or found[2] or "") if found else text.strip()


def _named(row: Row) -> Row:
    """Return a row by what its columns hold."""
    found: Row = {}
    for holds, names in COLUMNS.items():
        column = next((name for name in names if name in row), None)
        if column is not None:
            found[holds] = " ".join(row[column].replace(";", ",").split())
    return found


# -- actors --------------------------------------------------------------------------------


class _Reader:
    """Turns rows into actors; an item's rows need not stand together."""

    def __init__(self, known: Knowledge, kind: ActorKind | None, sector: tuple[str, ...]) -> None:
        self.known = known
        self.kind = kind
        self.sector = sector
        self.found = Converted()

    def read(self, rows: list[Row]) -> Converted:
        """Return the actors of all rows."""
        items: dict[str, list[tuple[int, Row]]] = {}
        for number, row in enumerate(rows, 2):
            q = _Q.fullmatch(row.get("item", ""))
            if q is None:
                self.found.skip(number, str(row.get("item")), "no item; expected a Q number")
            else:
                items.setdefault(q[1], []).append((number, row))
        self.found.read = len(items)
        for item, its_rows in items.items():
            self._item(item, its_rows)
        return self.found

    def _item(self, q: str, rows: list[tuple[int, Row]]) -> None:
        """Add one item."""
        number, first = rows[0]
        name = first.get("name", "")
        code = next((c for _, row in rows if (c := self._code(row))), None)
        if not name or _Q.fullmatch(name):
            self.found.skip(number, q, "has no name; ask the query for its label in English")
        elif code is None:
            self.found.skip(number, name, "has no country that is known; add a column countryCode")
        elif (self.kind or ("person" if any(r.get("office") for _, r in rows) else "")) == "person":
            self._person(q, code, name, rows)
        else:
            self._body(q, code, name, rows)

    def _person(self, q: str, code: str, name: str, rows: list[tuple[int, Row]]) -> None:
        """Add a person with the offices of their rows."""
        roles = list(self._tenures(rows))
        sector = self._sector(rows) or next((r.sector for r in roles if r.sector), None)
        if not sector:
            text = "no sector follows from the office; add a column sector, or give --sector"
            self.found.skip(rows[0][0], name, text)
            return
        own = [r if r.sector != sector else r.model_copy(update={"sector": None}) for r in roles]
        self.found.people.append(
            Person(code=code, name=name, names=_others(name, rows), sector=sector, roles=own,
                   wikidata=q)
        )  # fmt: skip

    def _body(self, q: str, code: str, name: str, rows: list[tuple[int, Row]]) -> None:
        """Add a state, an organisation or a group, with the days of its rows."""
        number, row = rows[0]
        since, until = self._span(number, name, row)
        made = {"code": code, "sector": self._sector(rows) or [], "from": since, "until": until}
        reading = Reading.model_validate(made)
        kind = self.kind or "organisation"
        self.found.actors.append(
            Actor(name=name, names=_others(name, rows), kind=kind, codes=[reading], wikidata=q)
        )

    def _code(self, row: Row) -> str | None:
        """Return the code of a row's country."""
        given = row.get("code", "").upper()
        if given in self.known.codes:
            return given
        if given and (state := self.known.state_of(given)):
            return state
        named = self.known.lookup(row["country"]) if row.get("country") else []
        return next((e.code for e in named if e.kind in ("state", "region")), None)

    def _sector(self, rows: list[tuple[int, Row]]) -> list[str] | None:
        """Return the sectors that the rows give, or the caller gave."""
        given = next((row["sector"] for _, row in rows if row.get("sector")), "")
        found = [part for part in re.split(r"[\s,]+", given) if part in self.known.sectors]
        return found or list(self.sector) or None

    def _tenures(self, rows: list[tuple[int, Row]]) -> Iterator[Tenure]:
        """Yield the offices of a person, in the order of the rows, none twice."""
        seen: set[tuple[str, str | None, str | None]] = set()
        for number, row in rows:
            office = row.get("office", "")
            since, until = self._span(number, office, row)
            if office and not _Q.fullmatch(office) and (office, since, until) not in seen:
                seen.add((office, since, until))
                made = {"office": office, "from": since, "until": until}
                yield Tenure.model_validate({**made, "sector": self._of_office(office)})

    def _of_office(self, office: str) -> list[str] | None:
        """Return the sector of an office, from the longest role word it begins with."""
        words = office.lower().split()
        for end in range(len(words), 0, -1):
            role = self.known.role(" ".join(words[:end]))
            if role is not None and role.sector:
                return list(role.sector)
        return None

    def _span(self, number: int, what: str, row: Row) -> tuple[str | None, str | None]:
        """Return the days of a row; a pair the wrong way round is left out."""
        since, until = (self._day(number, what, row.get(end, "")) for end in ("since", "until"))
        if since and until and since > until:
            self.found.skip(number, what, f"ends ({until}) before it begins ({since}); days left")
            return None, None
        return since, until

    def _day(self, number: int, what: str, text: str) -> str | None:
        """Return a day as ``YYYY-MM-DD``; ``None`` for one that is not known."""
        found = _DAY.fullmatch(text)
        try:
            if found:
                return str(date(int(found[1]), int(found[2]), int(found[3])))
        except ValueError:
            pass
        if text and not text.startswith(("_:", "t", "http")):  # marks of an unknown value
            self.found.skip(number, what, f"day {text}: expected YYYY-MM-DD; the day was left out")
        return None


def _others(name: str, rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[str]:
    """Return an item's other names."""
    names = [part.strip() for _, row in rows for part in row.get("others", "").split(",")]
    return [n for n in dict.fromkeys(names) if len(n) > 1 and n != name]
