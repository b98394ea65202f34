"""A document of headings, paragraphs and tables, as Markdown or as HTML.

Names of outlets and of files stand in it, so every text is escaped.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.export.cells import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS = re.compile(r"([\\`*_\[\]<>|#~])")
_STYLE = (
    "body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .6em;text-align:left}"
    "td.n{text-align:right}code{font-size:90%}"
)


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the document's."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; the first cell of a row is a name as it stands in the data."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]


Block = Heading | Text | Table


def markdown(blocks: Sequence[Block]) -> str:
    """Return the document as Markdown."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def _markdown(block: Block) -> str:
    """Return one block as Markdown."""
    if isinstance(block, Heading):
        return f"{'#' * block.level} {_marked(block.text)}"
    if isinstance(block, Text):
        return _marked(block.text)
    lines = [block.head, ["---"] * len(block.head)]
    body = [[_name(str(row[0])), *map(_value, row[1:])] for row in block.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (*lines, *body))


def _marked(text: str) -> str:
    """Return a text in which no character is taken for Markdown."""
    return _MARKS.sub(r"\\\1", clean(text))


def _name(text: str) -> str:
    """Return a name as code."""
    line = clean(text).replace("|", "\\|").replace("`", "'")
    return f"`{line}`" if line else ""


def _value(value: str | int) -> str:
    """Return what stands beside a name."""
    return f"{value:,}" if isinstance(value, int) else _marked(value)


def page(blocks: Sequence[Block]) -> str:
    """Return the document as one HTML page that needs nothing else."""
    title = next((b.text for b in blocks if isinstance(b, Heading)), "")
    head = f'<meta charset="utf-8"><title>{_safe(title)}</title><style>{_STYLE}</style>'
    body = "\n".join(map(_html, blocks))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>\n{body}\n</body></html>\n'


def _html(block: Block) -> str:
    """Return one block as HTML."""
    if isinstance(block, Heading):
        return f"<h{block.level}>{_safe(block.text)}</h{block.level}>"
    if isinstance(block, Text):
        return f"<p>{_safe(block.text)}</p>"
    head = "".join(f"<th>{_safe(each)}</th>" for each in block.head)
    rows = (
        f"<tr><td><code>{_safe(str(row[0]))}</code></td>{''.join(map(_cell, row[1:]))}</tr>"
        for row in block.rows
    )
    return f"<table>\n<tr>{head}</tr>\n" + "\n".join(rows) + "\n</table>"


def _cell(value: str | int) -> str:
    """Return a cell of a table."""
    return f'<td class="n">{value:,}</td>' if isinstance(value, int) else f"<td>{_safe(value)}</td>"


def _safe(text: str) -> str:
    """Return a text in which no character is taken for HTML."""
    return html.escape(clean(text))
