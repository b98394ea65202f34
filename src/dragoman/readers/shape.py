"""The shape every reader gives its rows: raw fields in, ``Report`` or ``Reject`` out."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
import yaml

from dragoman.readers.dates import parse_date
from dragoman.readers.language import other_language
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Mapping

_CODE = re.compile("[a-z]{2,3}")
"""What a language code looks like."""
MAX_CHARACTERS = 20_000_000
"""Code points of the longest report that is coded; longer ones are rejected."""


class Defaults(msgspec.Struct, frozen=True, kw_only=True):
    """What is taken for a report that does not say it itself."""

    published: str | None = None
    """Publication date, ``YYYY-MM-DD``."""
    outlet: str | None = None
    """Name of the publisher."""
    language: str = "en"
    """ISO 639-1 code."""
    only: str | None = "en"
    """Language that reports must be in, as they state it or else as their text tells;
    ``None``: whatever they are in."""


class Reject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something in the input that could not become a report."""

    where: str
    """File or stream, as it was named."""
    row: int | None
    """Row from 1 (line of JSON lines, data row of a table); ``None``: the whole file."""
    reason: str
    """What was found and what was expected, one line."""
    language: str | None = None
    """The language a report is in, where that is why it is passed over."""


class Place(NamedTuple):
    """Where a raw row stands; made ids and rejects are named after it."""

    label: str
    """Short name of the file, unique within the run."""
    where: str
    """The file as the user named it."""
    row: int | None = None
    """Row from 1."""

    def at(self, row: int) -> Place:
        """Return the same file at another row."""
        return self._replace(row=row)

    def reject(self, reason: str, language: str | None = None) -> Reject:
        """Return a reject for this place."""
        line = " ".join(reason.split())
        return Reject(where=self.where, row=self.row, reason=line, language=language)


class _Names(NamedTuple):
    """What ``data/columns.yaml`` holds."""

    fields: dict[str, tuple[str, ...]]
    languages: dict[str, str]


def fold(name: str) -> str:
    """Return a column name without case, spaces, hyphens and underscores."""
    return "".join(ch for ch in name.casefold() if ch not in " -_\ufeff")


@cache
def _names() -> _Names:
    """Load the names of columns and languages once."""
    source = files("dragoman.readers").joinpath("data/columns.yaml").read_text("utf-8")
    data = yaml.load(source, Loader=yaml.CSafeLoader)
    return _Names(
        {field: tuple(map(fold, names)) for field, names in data["fields"].items()},
        {name: code for code, names in data["languages"].items() for name in names},
    )


def choose_columns(present: Mapping[str, Any] | list[str]) -> dict[str, str]:
    """Return ``field -> column`` for the columns that a row or table holds.

    Of several names for one field, the first of the list in ``data/columns.yaml``
    wins; ``text`` is absent from the result when no column can hold it.
    """
    folded: dict[str, str] = {}
    for name in present:
        folded.setdefault(fold(name), name)
    chosen = {}
    for field, names in _names().fields.items():
        column = next((folded[n] for n in names if n in folded), None)
        if column is not None:
            chosen[field] = column
    return chosen


def known_names(field: str) -> str:
    """Return the names a field may have, for a message."""
    return ", ".join(_names().fields[field])


def shape(row: Mapping[str, Any], place: Place, defaults: Defaults) -> Report | Reject:
    """Return the report that a row of raw fields holds, or why it holds none.

    Args:
        row: raw values under any of the known column names.
        place: where the row stands; gives ``file:row`` as id when the row has none.
        defaults: what to take where the row is silent.

    Returns:
        A report whose text is exactly the row's, or a reject: no text, empty text,
        text over ``MAX_CHARACTERS``, or a language that cannot be coded.
    """
    columns = choose_columns(row)
    raw = {field: row[column] for field, column in columns.items()}
    fault = _text_fault(raw)
    if fault:
        return place.reject(fault)
    language = _language(raw, place, defaults)
    return language if isinstance(language, Reject) else _report(raw, place, defaults, language)


def _language(raw: Mapping[str, Any], place: Place, defaults: Defaults) -> str | Reject:
    """Return the language of a row as it states it, else as its text tells; a reject for others.

    With ``defaults.only`` unset, nothing is judged: a code that is no code of two or three
    letters is taken for silence.
    """
    stated = _clean(raw.get("language"))
    tag = (stated or defaults.language).casefold().replace("_", "-").split("-")[0]
    code = _names().languages.get(tag)
    if defaults.only is None:
        return code or (tag if _CODE.fullmatch(tag) else defaults.language)
    if code != defaults.only:
        return place.reject(
            f"language {(stated or defaults.language)[:40]!r} is not supported; expected one of "
            f"{', '.join(sorted(set(_names().languages.values())))}",
            language=tag[:40],
        )
    found = None if stated else other_language(raw["text"], code)
    if found is None:
        return code
    return place.reject(
        f"the text is not in {code!r} but, as it seems, in {found!r}; expected one in {code!r},"
        " or one that states that it is",
        language=found,
    )


def _report(raw: dict[str, Any], place: Place, defaults: Defaults, language: str) -> Report:
    """Build the report from raw fields that passed every check."""
    # A date that is printed but cannot be read is unknown, not the default.
    printed = raw.get("published")
    date = parse_date(printed) if printed not in (None, "") else defaults.published
    return Report(
        id=_clean(raw.get("id")) or f"{place.label}:{place.row or 1}",
        text=raw["text"],
        title=_clean(raw.get("title")),
        published=date,
        outlet=_clean(raw.get("outlet")) or defaults.outlet,
        url=_clean(raw.get("url")),
        language=language,
    )


def _text_fault(raw: Mapping[str, Any]) -> str | None:
    """Return what is wrong with a row's text, or ``None``."""
    if "text" not in raw:
        return f"no text; expected a field named {known_names('text')}"
    text = raw["text"]
    if text is None or (isinstance(text, str) and not text.strip()):
        return "empty text"
    if not isinstance(text, str):
        return f"text is {type(text).__name__}; expected a string"
    if len(text) > MAX_CHARACTERS:
        return f"text of {len(text):,} characters; expected at most {MAX_CHARACTERS:,}"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "text holds half a surrogate pair; expected Unicode text"
    return None


def _clean(value: object) -> str | None:
    """Return a short field as stripped text, ``None`` when nothing is stated."""
    if value is None or isinstance(value, (dict, list, bool)):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # spreadsheets and pandas turn ids into floats
    text = str(value).encode("utf-8", "replace").decode("utf-8").strip()
    return text or None
