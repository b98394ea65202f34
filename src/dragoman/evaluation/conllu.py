"""Read GUM's CoNLL-U: documents with their sentences and the mentions of entities in them.

Mentions stand in the last column as ``Entity=(12-person-new-...-2-coref(7-place-...`` and ``12)``:
number of the entity in its document, type, and, sixth, which words of the mention are its head.
Mentions in several pieces are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PIECE = re.compile(r"\((?P<open>[^()]+)(?P<whole>\))?|(?P<close>[^()]+)\)")
ENTITY = re.compile(r"(?:^|\|)Entity=(?P<marks>[^|]*)")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of an entity in one sentence."""

    entity: str
    """Its number in the document."""
    kind: str
    """person, organization, place, ..."""
    start: int
    """Code point in the sentence's text where it begins."""
    end: int
    heads: tuple[tuple[int, int], ...]
    """Start and end of the words that are its head."""
    grammar: str
    """Features of its first head word: ``Person=3|PronType=Prs``."""

    @property
    def speaks(self) -> bool:
        """Whether it is "I", "we" or "you"."""
        return "Person=1" in self.grammar or "Person=2" in self.grammar

    @property
    def points(self) -> bool:
        """Whether it is a personal pronoun of the third person."""
        return "Person=3" in self.grammar and "PronType=Prs" in self.grammar


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its text, and its mentions in the order they close."""

    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A document."""

    id: str
    genre: str
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class _Open:
    """A document that is being read."""

    id: str
    sentences: list[Sentence] = field(default_factory=list)


def read_documents(path: Path) -> list[Document]:
    """Read every document of a file.

    Raises:
        InputError: the file is absent, or has no documents.
    """
    if not path.is_file():
        raise InputError(f"{path}: no gold file found; give a .conllu file of GUM")
    found: list[_Open] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        notes = dict(_notes(block))
        if "newdoc id" in notes:
            found.append(_Open(notes["newdoc id"]))
        if found and "text" in notes:
            found[-1].sentences.append(_sentence(block, notes["text"]))
    if not found:
        raise InputError(f"{path}: no '# newdoc id' found; expected a .conllu file of GUM")
    return [Document(d.id, _genre(d.id), tuple(d.sentences)) for d in found]


def _genre(name: str) -> str:
    """Return a document's genre: ``news`` for ``GUM_news_iodine``."""
    parts = name.split("_")
    return parts[1] if len(parts) > 1 else ""


def _notes(block: str) -> Iterator[tuple[str, str]]:
    """Yield the comments of a sentence: ``# text = ...``."""
    for line in block.splitlines():
        if line.startswith("# ") and " = " in line:
            name, _, value = line[2:].partition(" = ")
            yield name, value


def _sentence(block: str, text: str) -> Sentence:
    """Read one sentence."""
    rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
    rows = [row for row in rows if row[0].isdigit()]
    spans, at = [], 0
    for row in rows:
        at = max(text.find(row[1], at), at)
        spans.append((at, at + len(row[1])))
        at += len(row[1])
    return Sentence(text, tuple(_mentions(rows, spans)))


def _mentions(rows: list[list[str]], spans: list[tuple[int, int]]) -> Iterator[Mention]:
    """Yield the mentions of a sentence as they close."""
    waiting: dict[str, list[tuple[list[str], int]]] = {}
    for index, row in enumerate(rows):
        marks = ENTITY.search(row[-1])
        for piece in PIECE.finditer(marks["marks"] if marks else ""):
            name = (piece["open"] or piece["close"]).split("-", 1)[0]
            if piece["open"]:
                waiting.setdefault(name, []).append((piece["open"].split("-"), index))
            if (piece["close"] or piece["whole"]) and waiting.get(name) and "[" not in name:
                fields, first = waiting[name].pop()
                yield _mention(fields, rows[first : index + 1], spans[first : index + 1])


def _mention(fields: list[str], rows: list[list[str]], spans: list[tuple[int, int]]) -> Mention:
    """Put a mention together from its fields and the spans of its words."""
    heads = [int(part) - 1 for part in fields[5].split(",") if part.isdigit()]
    heads = [head for head in heads if head < len(spans)] or [len(spans) - 1]
    return Mention(
        entity=fields[0],
        kind=fields[1],
        start=spans[0][0],
        end=spans[-1][1],
        heads=tuple(spans[head] for head in heads),
        grammar=rows[heads[0]][5],
    )
