"""Statements: what a report lets others say. ``read_statements`` reads a whole parsed report.

    sentences -> quotations with their speakers -> clauses, tails, phrases, nouns -> nested

The statement that holds another's cue is its parent: in "Interfax quoted the ministry as
saying ..." the ministry speaks inside what Interfax says.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.coding.heading import heading
from dragoman.coding.quotations import Place, Quotations
from dragoman.coding.reporting import Sayings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from dragoman.coding.coder import Sentence
    from dragoman.coding.cues import SpeechWords
    from dragoman.coding.statement import Statement


def read_statements(
    text: str, parsed: Sequence[tuple[Sentence, Doc]], words: SpeechWords
) -> tuple[Statement, ...]:
    """Return the statements of a report, in the order of their cues.

    Args:
        text: the report.
        parsed: those of its sentences that were parsed, in the order of the text; what
            stands in others is read only as part of a quotation.
        words: the reporting words.
    """
    reader = Quotations(text, words)
    for _, group in groupby(parsed, key=_paragraph):
        members = list(group)
        places = [Place(span, s.start) for s, doc in members for span in doc.sents]
        reader.read(members[0][0].quotes, places)
    found = list(reader.statements())
    for sentence, doc in parsed:
        taken = frozenset(i for base, i in reader.cues if base == sentence.start)
        for span in doc.sents:
            headline = heading(span, sentence.start) if sentence.block.kind == "headline" else None
            found += [headline] if headline else []
            found += Sayings(span, words, sentence.start, taken).all()
    return nested(found)


def _paragraph(item: tuple[Sentence, Doc]) -> int:
    """Return where a sentence's paragraph begins."""
    return item[0].block.start


def nested(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of the text, each with the one that it stands in."""
    ordered = sorted(statements, key=_position)
    parents: dict[int, Statement] = {}
    for one in ordered:
        over = [o for o in ordered if o is not one and o.holds(one.cue_span[0])]
        if over:
            parents[id(one)] = min(over, key=_size)
    return tuple(replace(s, parent=parents.get(id(s))) for s in ordered)


def _position(statement: Statement) -> tuple[int, int]:
    """Return where a statement's cue stands; the longer statement first."""
    return statement.cue_span[0], -statement.size


def _size(statement: Statement) -> int:
    """Return how much a statement holds."""
    return statement.size
