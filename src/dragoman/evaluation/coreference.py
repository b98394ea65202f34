"""Count how well a report's memory follows its persons, organisations and states.

Gold are GUM's documents of the genres in which actors speak or are spoken of (news, speech,
interview). What counts are mentions of persons, organisations and places; "I", "we" and "you" are
left out: the coder follows nobody by them. Our parties are paired with gold mentions by their
head. Over the pairs, B-cubed compares our grouping with the gold's. ``read`` is the share of
gold mentions that are paired and ``pronouns`` the share of third-person
pronouns with a mention before them that are linked to a mention of the right entity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.who.discourse import follow, identity
from dragoman.evaluation.conllu import read_documents
from dragoman.evaluation.counting import Share, share, weights
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.coding.who.party import Party
    from dragoman.evaluation.conllu import Document, Mention
    from dragoman.language.tree import Span, Token

GENRES = frozenset({"news", "speech", "interview"})
KINDS = frozenset({"person", "organization", "place"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold mention and what we read it as."""

    entity: str
    ours: tuple[str, str] | None
    """Our identity of it; ``None``: not read as a party."""
    pronoun: bool
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document's pairs."""

    id: str
    pairs: tuple[Pair, ...]

    def shares(self) -> dict[str, tuple[float, float]]:
        """Return hits and base of each measure."""
        read = [p for p in self.pairs if p.ours is not None]
        precision, recall = _b_cubed(read)
        told = [i for i, p in enumerate(self.pairs) if p.pronoun and _seen(p, self.pairs[:i])]
        right = sum(_linked(self.pairs[i], self.pairs[:i]) for i in told)
        return {
            "precision": (precision, len(read)),
            "recall": (recall, len(read)),
            "read": (len(read), len(self.pairs)),
            "pronouns": (right, len(told)),
        }


def evaluate_coreference(path: Path, coder: Coder) -> Measured:
    """Follow the actors of a GUM file's documents and count.

    Args:
        path: ``.conllu`` with ``Entity=`` in the last column.
        coder: whose reader of parties is measured.

    Raises:
        InputError: the gold is absent or has no such documents.
    """
    documents = [d for d in read_documents(path) if d.genre in GENRES]
    sheets = [Sheet(d.id, tuple(_pairs(d, coder))) for d in documents]
    parts = {n: [s for s in sheets if n in {"all", half(s.id)}] for n in PARTS}
    return Measured(
        title="Actors followed through a report (B-cubed)",
        unit="documents",
        sha256=fingerprint(path),
        parts={name: _part(some) for name, some in parts.items()},
        slips=tuple(slip for s in sheets if half(s.id) == "dev" for slip in _slips(s)),
    )


def _part(sheets: Sequence[Sheet]) -> Part:
    """Sum up some documents."""
    rows = [sheet.shares() for sheet in sheets]
    names = tuple(rows[0]) if rows else ()
    drawn = weights(max(1, len(rows)))
    measures = {name: share([row[name] for row in rows], drawn) for name in names}
    if measures:
        measures["f1"] = Share(_f1(measures["precision"], measures["recall"]), None, None)
    counts = {"mentions": sum(len(sheet.pairs) for sheet in sheets)}
    return Part(size=len(sheets), measures=measures, counts=counts)


def _f1(precision: Share, recall: Share) -> float | None:
    """Return the harmonic mean of B-cubed precision and recall."""
    if not precision.value or not recall.value:
        return None
    return 2 * precision.value * recall.value / (precision.value + recall.value)


def _pairs(document: Document, coder: Coder) -> Iterator[Pair]:
    """Yield the gold mentions that count, each with our reading of it."""
    docs = list(trees(coder.nlp, (sentence.text for sentence in document.sentences)))
    spans = [(number, span) for number, doc in enumerate(docs) for span in doc.sents]
    tools = coder.tools
    read = follow((span for _, span in spans), tools.knowledge, tools.words)
    for (number, span), parties in zip(spans, read, strict=True):
        for mention in document.sentences[number].mentions:
            if mention.kind in KINDS and not mention.speaks and _within(mention, span):
                yield _pair(mention, span, parties)


def _within(mention: Mention, span: Span) -> bool:
    """Whether a mention's head stands in a sentence as our pipeline cuts it."""
    return span.start_char <= mention.heads[0][0] < span.end_char


def _pair(mention: Mention, span: Span, parties: list[Party]) -> Pair:
    """Pair a gold mention with the party whose head is its head."""
    party = next((p for p in parties if _headed(mention, span.doc[p.head])), None)
    return Pair(
        entity=mention.entity,
        ours=identity(party) if party is not None else None,
        pronoun=mention.points,
        text=span.doc.text[mention.start : mention.end],
    )


def _headed(mention: Mention, token: Token) -> bool:
    """Whether a token is the head of a mention."""
    return any(start <= token.idx < end for start, end in mention.heads)


def _seen(pair: Pair, before: Sequence[Pair]) -> bool:
    """Whether an entity was mentioned before."""
    return any(other.entity == pair.entity for other in before)


def _linked(pair: Pair, before: Sequence[Pair]) -> bool:
    """Whether the mention we last read as the same party is one of the same entity."""
    same = (other for other in reversed(before) if pair.ours and other.ours == pair.ours)
    last = next(same, None)
    return last is not None and last.entity == pair.entity


def _b_cubed(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the sums of B-cubed precision and recall over pairs that were read."""
    ours: defaultdict[tuple[str, str] | None, Counter[str]] = defaultdict(Counter)
    sizes = Counter(p.entity for p in pairs)
    for p in pairs:
        ours[p.ours][p.entity] += 1
    both = [(ours[p.ours][p.entity], ours[p.ours].total(), sizes[p.entity]) for p in pairs]
    return sum(b / mine for b, mine, _ in both), sum(b / theirs for b, _, theirs in both)


def _slips(sheet: Sheet) -> Iterator[Slip]:
    """Yield the pronouns that were linked to another entity, or to none."""
    for at, pair in enumerate(sheet.pairs):
        before = sheet.pairs[:at]
        if pair.pronoun and not _linked(pair, before) and _seen(pair, before):
            last = next(p for p in reversed(sheet.pairs[:at]) if p.entity == pair.entity)
            ours = pair.ours[1] if pair.ours else "nobody"
            yield Slip(
                id=f"{sheet.id}:{at}",
                kind="pronoun",
                text=f"  {pair.text!r} means {last.text!r}; read as {ours!r}",
                codes={"entity": pair.entity},
            )
