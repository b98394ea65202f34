"""Statements: what a report lets others say. ``read_statements`` reads a whole parsed report.

    sentences -> quotations with their speakers -> clauses, tails, phrases, nouns -> nested

The statement that holds another's cue is its parent: in "Interfax quoted the ministry as
saying ..." the ministry speaks inside what Interfax says.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from dragoman.coding.said.heading import heading, label
from dragoman.coding.said.quotations import (
    LONGEST_MARK,
    SPEAKING,
    Place,
    Quotations,
    attached,
)
from dragoman.coding.said.reporting import reported
from dragoman.coding.said.statement import Holders, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.coding.coder import Sentence
    from dragoman.coding.said.cues import SpeechWords
    from dragoman.coding.said.statement import Piece, Statement
    from dragoman.language.tree import Doc, Span

HEADLINE_WORDS = 22
"""Words and marks of a headline at most."""


def read_statements(
    text: str, sentences: Sequence[Sentence], docs: Mapping[int, Doc], words: SpeechWords
) -> tuple[Statement, ...]:
    """Return the statements of a report, in the order of their cues.

    Args:
        text: the report.
        sentences: all of its sentences, in the order of the text.
        docs: parses of some of them, by the sentence's number; what stands in the others is
            read only as part of a quotation.
        words: the reporting words.
    """
    reader = Quotations(text, words)
    found: dict[tuple[int, int], Statement] = {}
    last: Statement | None = None
    for _, group in groupby(sentences, key=paragraph_of):
        members = list(group)
        parsed = [(s, docs[s.number]) for s in members if s.number in docs]
        if not parsed and not (last and all_quoted(members)):
            last = None
            continue
        here = _read_paragraph(members[0], parsed, reader, words, last)
        found.update(((s.base, s.cue.i), s) for s in here)
        last = _last_speaker(here, members[0].quotes)
    return nested(found.values())


def all_quoted(members: Sequence[Sentence]) -> bool:
    """Whether a paragraph is one quotation."""
    quotes, block = members[0].quotes, members[0].block
    around = (block.end - block.start) - sum(end - start for start, end in quotes)
    return len(quotes) == 1 and around <= 2 * LONGEST_MARK


def _read_paragraph(
    first: Sentence,
    members: Sequence[tuple[Sentence, Doc]],
    reader: Quotations,
    words: SpeechWords,
    last: Statement | None,
) -> list[Statement]:
    """Return the statements of one paragraph, and the one before it if that goes on."""
    quotes = first.quotes
    spoken, alone = reader.read(
        quotes, [Place(span, s.start) for s, d in members for span in d.sents]
    )
    found = spoken + (_named_first(members) if members else [])
    for sentence, doc in members:
        taken = frozenset(s.cue.i for s in spoken if s.base == sentence.start)
        for span in doc.sents:
            found += reported(span, words, sentence.start, taken, quotes)
    opens = bool(quotes) and quotes[0][0] - first.block.start <= LONGEST_MARK
    whole = [_filled(s, quotes) for s in found]
    return attached(sorted(whole, key=_position), alone, last if opens else None)


def _named_first(members: Sequence[tuple[Sentence, Doc]]) -> list[Statement]:
    """Return what a name with a colon lets a headline or a paragraph say."""
    sentence, doc = members[0]
    span = doc[:]
    alone = sentence.start == sentence.block.start and sentence.end == sentence.block.end
    if sentence.block.kind == "headline" or (not sentence.number and alone and _short(span)):
        found = heading(span, sentence.start)
    elif sentence.start == sentence.block.start:
        found = label(span, sentence.start, sentence.block.end)
    else:
        found = None
    return [found] if found else []


def _short(span: Span) -> bool:
    """Whether a sentence is as short as a headline."""
    return len(span) <= HEADLINE_WORDS


def _filled(statement: Statement, quotes: Sequence[Piece]) -> Statement:
    """Let what is said reach over the whole of a quotation that it begins or ends in."""
    at = statement.cue_span[0]
    if statement.way not in SPEAKING or overlapping(quotes, at, at + 1):
        return statement
    return replace(statement, content=tuple(_reach(piece, quotes) for piece in statement.content))


def _reach(piece: Piece, quotes: Sequence[Piece]) -> Piece:
    """Return a piece with the quotations that it shares words with."""
    over = [piece, *overlapping(quotes, *piece)]
    return min(start for start, _ in over), max(end for _, end in over)


def _last_speaker(here: Sequence[Statement], quotes: Sequence[Piece]) -> Statement | None:
    """Return who speaks at the end of a paragraph, so that the next quotation is theirs."""
    hosts = [s for s in here if s.way in SPEAKING and s.speaker is not None and quotes]
    return max(hosts, key=_reached) if hosts else None


def _reached(statement: Statement) -> int:
    """Return where what is said ends."""
    return max(end for _, end in statement.content)


def paragraph_of(sentence: Sentence) -> int:
    """Return where a sentence's paragraph begins."""
    return sentence.block.start


def nested(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return statements in the order of the text, each with the one that it stands in."""
    ordered = sorted(statements, key=_position)
    parents: dict[int, Statement] = {}
    holders = Holders(ordered)
    for one in ordered:
        over = [o for o in holders.at(one.cue_span[0]) if _within(one, o)]
        if over:
            parents[id(one)] = min(over, key=_size)
    return tuple(replace(s, parent=parents.get(id(s))) for s in ordered)


def _within(inner: Statement, outer: Statement) -> bool:
    """Whether a statement stands in one that holds its cue: of two such, the longer is outer."""
    if inner is outer:
        return False
    return not inner.holds(outer.cue_span[0]) or inner.size < outer.size


def _position(statement: Statement) -> tuple[int, int]:
    """Return where a statement's cue stands; the longer statement first."""
    return statement.cue_span[0], -statement.size


def _size(statement: Statement) -> int:
    """Return how much a statement holds."""
    return statement.size
