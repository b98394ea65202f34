"""Count who says what against PolNeAR: contents by overlap, sources of those that match.

PolNeAR marks only the outermost statement, never one inside another, so only the program's
outermost statements are counted. Each gold attribution is matched with at most one statement,
the pairs that share most first (Dice over words). Precision is the share of a statement's words
that its gold content holds, recall the share of a gold content's words that its statement holds,
both averaged over attributions; what has no match counts 0. A source is right when it shares a
word with the gold's; it is counted where at least half of the content is shared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.coding.coder import CODED, LONGEST_SENTENCE, find_sentences
from dragoman.coding.said.statements import read_statements
from dragoman.evaluation.brat import read_brat
from dragoman.evaluation.counting import PERCENTILES, Share, weights
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half
from dragoman.language.segments import lay_out
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from dragoman.coding.coder import Coder
    from dragoman.coding.said.statement import Statement
    from dragoman.evaluation.brat import GoldSaying, GoldText, Spans

WORD = re.compile(r"\w+")
MATCHED = 0.5
"""Dice overlap of contents from which an attribution counts as found."""
SHOWN = 120
"""Code points of a content that a miss shows."""


@dataclass(frozen=True)
class Side:
    """An attribution as sets of words, by the offset of each: of the gold or of the program."""

    content: frozenset[int]
    source: frozenset[int]


@dataclass(frozen=True)
class Pair:
    """A gold attribution and the statement it is matched with."""

    gold: int
    said: int
    shared: int
    """Words that both contents hold."""
    overlap: float
    """Dice: twice the shared words by the words of both."""


@dataclass(frozen=True)
class Counted:
    """One text counted."""

    id: str
    precise: float
    """Shares of the statements' words that are right, added up."""
    said: int
    """Statements."""
    recalled: float
    """Shares of the gold contents' words that were found, added up."""
    gold: int
    """Gold attributions."""
    found: int
    """Gold attributions matched by half."""
    named: int
    """Of these, those with a source."""
    right: int
    """Of these, those whose source is right."""


def evaluate_sources(folder: Path, coder: Coder) -> Measured:
    """Read the statements of annotated texts and count each half.

    Every sentence is parsed: what is counted is the reading, not the gate.

    Args:
        folder: of brat's files, such as PolNeAR's.
        coder: its pipeline and reporting words are used.

    Raises:
        InputError: the folder is no such gold.
    """
    counted: list[Counted] = []
    slips: list[Slip] = []
    for gold in read_brat(folder):
        said = outermost(gold.text, coder)
        one, pairs = _count(gold, said)
        counted.append(one)
        if half(gold.id) == "dev":
            slips += _slips(gold, said, pairs)
    parts = {p: [c for c in counted if p in {"all", half(c.id)}] for p in PARTS}
    return Measured(
        title="Who says what (contents by shared words, sources of what matched)",
        unit="reports",
        sha256=fingerprint(folder, "*.ann"),
        parts={name: _part(some) for name, some in parts.items()},
        slips=tuple(slips),
    )


def outermost(text: str, coder: Coder) -> list[Statement]:
    """Return the statements of a text that stand in no other, all of its sentences parsed."""
    sentences = list(find_sentences(text, lay_out(text)))
    chosen = [s for s in sentences if s.block.kind in CODED and s.end - s.start <= LONGEST_SENTENCE]
    docs = trees(coder.nlp, (text[s.start : s.end] for s in chosen))
    parsed = {s.number: doc for s, doc in zip(chosen, docs, strict=True)}
    found = read_statements(text, sentences, parsed, coder.tools.speech)
    return [s for s in found if s.parent is None and _words(text, s.content)]


def _words(text: str, spans: Spans) -> frozenset[int]:
    """Return where the words of some pieces of a text begin."""
    return frozenset(m.start() for start, end in spans for m in WORD.finditer(text, start, end))


def _count(gold: GoldText, said: Sequence[Statement]) -> tuple[Counted, list[Pair]]:
    """Count one text and return what was matched."""
    wanted = sides(gold.text, gold.sayings)
    got = [Side(_words(gold.text, s.content), _words(gold.text, _source(s))) for s in said]
    pairs = match(wanted, got)
    found = [p for p in pairs if p.overlap >= MATCHED]
    named = [p for p in found if wanted[p.gold].source]
    counted = Counted(
        id=gold.id,
        precise=sum(p.shared / len(got[p.said].content) for p in pairs),
        said=len(got),
        recalled=sum(p.shared / len(wanted[p.gold].content) for p in pairs),
        gold=len(wanted),
        found=len(found),
        named=len(named),
        right=sum(bool(wanted[p.gold].source & got[p.said].source) for p in named),
    )
    return counted, pairs


def sides(text: str, sayings: Iterable[GoldSaying]) -> list[Side]:
    """Return annotated attributions as sets of words."""
    return [Side(_words(text, g.content), _words(text, g.source)) for g in sayings]


def _source(statement: Statement) -> Spans:
    """Return the words that name a statement's source; none when nobody is named."""
    span = statement.source_span
    return (span,) if span else ()


def match(wanted: Sequence[Side], got: Sequence[Side]) -> list[Pair]:
    """Match each gold attribution with at most one statement, those that share most first."""
    candidates = [
        Pair(i, j, shared, 2 * shared / (len(g.content) + len(s.content)))
        for i, g in enumerate(wanted)
        for j, s in enumerate(got)
        if (shared := len(g.content & s.content))
    ]
    pairs: list[Pair] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for pair in sorted(candidates, key=_most_shared):
        if pair.gold not in taken[0] and pair.said not in taken[1]:
            pairs.append(pair)
            taken[0].add(pair.gold)
            taken[1].add(pair.said)
    return pairs


def _most_shared(pair: Pair) -> tuple[float, int, int, int]:
    """Return a key that sorts pairs by what they share, most first."""
    return -pair.overlap, -pair.shared, pair.gold, pair.said


def _part(counted: Sequence[Counted]) -> Part:
    """Return the shares of some texts, with intervals over texts."""
    table = np.array(
        [(c.precise, c.said, c.recalled, c.gold, c.found, c.named, c.right) for c in counted],
        dtype=float,
    ).reshape(-1, 7)
    drawn = weights(len(counted)) if counted else np.zeros((0, 0), dtype=np.int64)
    measures = {
        "precision": _precision,
        "recall": _recall,
        "f1": _f1,
        "found.f1": _found,
        "source": _right,
    }
    return Part(
        size=len(counted),
        measures={name: _share(table, drawn, of) for name, of in measures.items()},
        counts={
            "gold": sum(c.gold for c in counted),
            "coded": sum(c.said for c in counted),
            "sources": sum(c.named for c in counted),
        },
    )


def _share(
    table: NDArray[np.float64],
    drawn: NDArray[np.int64],
    of: Callable[[NDArray[np.float64]], float],
) -> Share:
    """Return a number of summed rows with its interval; nothing when there is nothing to count."""
    if not table[:, 1].sum() or not table[:, 3].sum() or not table[:, 5].sum():
        return Share(None, None, None)
    low, high = np.percentile([of(sums) for sums in drawn @ table], PERCENTILES)
    return Share(float(of(table.sum(axis=0))), float(low), float(high))


def _precision(sums: NDArray[np.float64]) -> float:
    """Return the mean share of a statement's words that are right."""
    return float(sums[0] / max(sums[1], 1))


def _recall(sums: NDArray[np.float64]) -> float:
    """Return the mean share of a gold content's words that were found."""
    return float(sums[2] / max(sums[3], 1))


def _f1(sums: NDArray[np.float64]) -> float:
    """Return the harmonic mean of precision and recall."""
    both = _precision(sums) + _recall(sums)
    return 2 * _precision(sums) * _recall(sums) / both if both else 0.0


def _found(sums: NDArray[np.float64]) -> float:
    """Return F1 over attributions, one found when half of its content is shared."""
    return float(2 * sums[4] / max(sums[1] + sums[3], 1))


def _right(sums: NDArray[np.float64]) -> float:
    """Return the share of right sources among attributions that were found and name one."""
    return float(sums[6] / max(sums[5], 1))


def _slips(gold: GoldText, said: Sequence[Statement], pairs: Sequence[Pair]) -> Iterator[Slip]:
    """Yield what was not found, what is not in the gold, and wrong sources."""
    found = {p.gold: p.said for p in pairs if p.overlap >= MATCHED}
    for number, wanted in enumerate(gold.sayings):
        if number not in found:
            yield _missed(gold, wanted)
        elif wanted.source and not _same_source(gold.text, wanted, said[found[number]]):
            yield _wrong_source(gold, wanted, said[found[number]])
    for number, one in enumerate(said):
        if number not in found.values():
            text = f"{one.way} {one.cue.text}: {_quote(gold.text, one.content)}"
            yield Slip(gold.id, "not in gold", text, _codes(one))


def _same_source(text: str, wanted: GoldSaying, got: Statement) -> bool:
    """Whether a statement's source shares a word with the gold's."""
    return bool(_words(text, wanted.source) & _words(text, _source(got)))


def _missed(gold: GoldText, wanted: GoldSaying) -> Slip:
    """Return a slip for an attribution that was not found."""
    text = " | ".join(_quote(gold.text, s) for s in (wanted.source, wanted.cue, wanted.content))
    return Slip(gold.id, "not found", text, {"cue": wanted.cue, "content": wanted.content})


def _wrong_source(gold: GoldText, wanted: GoldSaying, got: Statement) -> Slip:
    """Return a slip for a wrong source."""
    text = f"{_quote(gold.text, wanted.source)}, not {_quote(gold.text, _source(got)) or 'nobody'}"
    return Slip(gold.id, "source", text, {"source": wanted.source, **_codes(got)})


def _codes(statement: Statement) -> dict[str, Any]:
    """Return a statement without any text."""
    return {"way": statement.way, "said": statement.cue_span, "coded": _source(statement)}


def _quote(text: str, spans: Spans) -> str:
    """Return the words of some pieces on one line, cut to what a line shows."""
    return " ... ".join(" ".join(text[s:e].split()) for s, e in spans)[:SHOWN]
