"""The place of an event word against gold.

Reads JSON lines with ``text`` and ``spans``: one span ``VERB``, the event word, and the spans
``LOCATION`` where it happened, or none. A choice is right when its characters overlap those of a
gold place, or when neither has one. A tenth of the texts, by their hash, is held.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import spacy

from dragoman.coding.where.choice import choose_place
from dragoman.coding.where.placed import placed_sentences
from dragoman.errors import InputError
from dragoman.evaluation.counting import share, weights
from dragoman.evaluation.measured import PARTS, Half, Measured, Part, Slip, fingerprint
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from spacy.language import Language
    from spacy.tokens import Doc

    from dragoman.coding.coder import Coder
    from dragoman.coding.where.place import PlaceMention
    from dragoman.coding.where.placed import Placed
    from dragoman.evaluation.counting import Share
    from dragoman.language.tree import Token

TENTH = 10
Characters = tuple[int, int]
"""First code point and one past the last."""


@dataclass(frozen=True, slots=True)
class Row:
    """An event word of the gold."""

    id: str
    text: str
    trigger: int
    """Code point at which the event word begins."""
    places: tuple[Characters, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One event word, compared."""

    row: Row
    chosen: PlaceMention | None

    @property
    def right(self) -> bool:
        """Whether the choice overlaps a gold place, or neither has one."""
        if self.chosen is None or not self.row.places:
            return self.chosen is None and not self.row.places
        return overlaps(self.chosen, self.row)


def evaluate_event_places(path: Path, coder: Coder) -> Measured:
    """Count the places of event words; the part ``held`` is a tenth of the texts.

    Raises:
        InputError: the file holds no such rows.
    """
    results = [Result(row, _choice(trigger, placed)) for row, trigger, placed in pairs(path, coder)]
    parts = {
        part: _part([r for r in results if part in (tenth(r.row.text), "all")]) for part in PARTS
    }
    wrong = (r for r in results if not r.right and tenth(r.row.text) == "dev")
    return Measured(
        "Places of event words", "words", fingerprint(path), parts, tuple(map(_slip, wrong))
    )


def tenth(text: str) -> Half:
    """Return which part of the gold a text is in, by its hash: a tenth is held."""
    return "dev" if hashlib.sha256(text.encode()).digest()[0] % TENTH else "held"


def overlaps(mention: PlaceMention, row: Row) -> bool:
    """Whether a place shares a character with one of the gold's."""
    return any(mention.start < end and start < mention.end for start, end in row.places)


def pairs(path: Path, coder: Coder) -> Iterator[tuple[Row, Token | None, Placed | None]]:
    """Yield each row with its event word and the sentence it stands in, parsed."""
    text: str | None = None
    read: list[Placed] = []
    for row in read_rows(path):
        if row.text != text:
            text = row.text
            read = list(placed_sentences(Report(id=row.id, text=text), coder))
        found = ((p.token_at(row.trigger), p) for p in read)
        yield row, *next(((t, p) for t, p in found if t is not None), (None, None))


def _choice(trigger: Token | None, placed: Placed | None) -> PlaceMention | None:
    """Return the place that the coder gives an event word."""
    return choose_place(placed.places, trigger) if trigger is not None and placed else None


def _part(results: Sequence[Result]) -> Part:
    """Return the measures of some event words."""
    if not results:
        return Part(0, {})
    drawn = weights(len(results))
    told = [bool(r.row.places) for r in results]
    chosen = [r.chosen is not None for r in results]
    right = [r.right for r in results]

    def among(base: Sequence[bool]) -> Share:
        """Return the share of right ones among some."""
        return share([(r and b, b) for r, b in zip(right, base, strict=True)], drawn)

    measures = {
        "accuracy": among([True] * len(results)),
        "right_of_chosen": among(chosen),
        "right_of_gold": among(told),
        "right_without_place": among([not t for t in told]),
    }
    return Part(len(results), measures, {"gold": sum(told), "chosen": sum(chosen)})


def _slip(result: Result) -> Slip:
    """Return a miss for the list."""
    row, chosen = result.row, result.chosen
    kind = "not chosen" if chosen is None else "wrong place" if row.places else "no place told"
    gold = ", ".join(row.text[start:end] for start, end in row.places) or "-"
    word = row.text[row.trigger :].split(maxsplit=1)[0]
    text = f"{word}: {gold} | {chosen.text if chosen else '-'} | {row.text.strip()}"
    codes = {
        "trigger": row.trigger,
        "chosen": None if chosen is None else [chosen.start, chosen.end],
    }
    return Slip(row.id, kind, text, codes)


def read_rows(path: Path) -> Iterator[Row]:
    """Yield the event words of a gold file.

    Raises:
        InputError: a line is no row with an event word.
    """
    words = spacy.blank("en")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            loaded = json.loads(line)
            verb = next(s for s in loaded["spans"] if s["label"] == "VERB")
        except (ValueError, KeyError, TypeError, StopIteration) as error:
            raise InputError(
                f"{path}:{number}: no text with a span VERB; give a file such as "
                "event-location-dev.jsonl"
            ) from error
        yield Row(str(number), loaded["text"], verb["start"], tuple(_places(loaded, words)))


def _places(loaded: dict[str, Any], words: Language) -> Iterable[Characters]:
    """Yield where the gold has places.

    About one span in eight counts tokens and not characters: it is empty or cuts a word. Such a
    span is read as the numbers of its first and last token, as spaCy's English tokeniser cuts them.
    """
    text, doc = loaded["text"], None
    for span in loaded["spans"]:
        at = span["start"], span["end"]
        if span["label"] != "LOCATION":
            continue
        if _is_whole(text, *at):
            yield at
            continue
        doc = words(text) if doc is None else doc
        if at[1] < len(doc):
            yield _of_tokens(doc, *at)


def _of_tokens(doc: Doc, first: int, last: int) -> Characters:
    """Return the characters of tokens."""
    return doc[first].idx, doc[last].idx + len(doc[last])


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether characters are whole words."""
    if not text[start:end].strip() or end - start <= 2:
        return text[start:end].isupper() and _is_edge(text, start) and _is_edge(text, end)
    return _is_edge(text, start) and _is_edge(text, end)


def _is_edge(text: str, at: int) -> bool:
    """Whether no word goes on over an offset."""
    return not (text[at - 1 : at].isalnum() and text[at : at + 1].isalnum())
