"""Cells of a table: one line each, and never a command for a spreadsheet.

Text of reports is hostile. In every cell, white space of any kind becomes one blank, control
characters and direction overrides go, halves of surrogate pairs become U+FFFD. A cell that a
spreadsheet would take for a formula gets an apostrophe in front. Numbers are numbers: ``-3.5``
stays as it is.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.export.schema import Column, Format

Value = str | int | float | None
"""What a row holds for one column; ``None`` is not stated."""
Row = dict[str, Value]
"""Column name to value."""

CAP = 32_000
"""Characters a cell holds at most; spreadsheets cut at 32,767."""
MORE = "…"
"""Stands where a cell was cut."""
_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_HALF = re.compile(r"[\ud800-\udfff]")
_UNSEEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001 - the wide forms start formulas too


def clean(text: str) -> str:
    """Return a text as one line of characters that are there to be seen."""
    if text.isascii() and text.isprintable() and "  " not in text and len(text) <= CAP:
        return text.strip()  # most cells; the rest is for the others
    line = _BLANK.sub(" ", _UNSEEN.sub("", _HALF.sub("\ufffd", text))).strip()
    return line if len(line) <= CAP else line[: CAP - 1] + MORE


def guard(line: str) -> str:
    """Return a line that no spreadsheet takes for a formula."""
    return f"'{line}" if line.startswith(_FORMULA) else line


def joined(items: Iterable[str | None], separator: str = ";", missing: str | None = None) -> Value:
    """Return several values as one, or ``None`` when none of them is stated.

    A separator's mark within an item becomes a comma. What does not fit into a cell is left
    out from the first item that does not.

    Args:
        items: the values, in order.
        separator: what goes between them.
        missing: what stands for a value that is not stated; without it, it is passed over.
    """
    mark = separator.strip()
    parts = [clean(item).replace(mark, ",") if item else None for item in items]
    if not any(parts):
        return None
    shown = [part or missing for part in parts if part or missing is not None]
    return _fitting([part for part in shown if part is not None], separator)


def _fitting(parts: list[str], separator: str) -> str:
    """Return the leading parts that fit into a cell."""
    whole = separator.join(parts)
    while len(whole) > CAP:
        if len(parts) == 1:
            return whole[: CAP - 1] + MORE
        parts = parts[: max(1, len(parts) * CAP // len(whole) - 1)]
        whole = separator.join([*parts, MORE])
    return whole


def cell(value: Value, layout: Format) -> str:
    """Return a value as a format writes it."""
    if value is None:
        return layout.missing
    if isinstance(value, str):
        line = clean(value)
        if line and not line.isalnum():
            for old, new in layout.replace.items():
                line = line.replace(old, new)
        return guard(line) or layout.missing
    if isinstance(value, float) and not math.isfinite(value):
        return layout.missing
    return number(value)


def number(value: float) -> str:
    """Return a number in plain digits, never with an exponent."""
    text = repr(value)
    if "e" not in text:
        return text
    return f"{value:.12f}".rstrip("0").rstrip(".") or "0"


def cells(row: Row, columns: list[Column], layout: Format) -> list[str]:
    """Return a row's cells in the order of the columns.

    Raises:
        KeyError: the row lacks a column.
    """
    return [cell(row[column.name], layout) for column in columns]
