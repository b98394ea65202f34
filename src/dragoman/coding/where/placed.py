"""Every sentence of a report with its places, as the coder reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.coder import find_sentences
from dragoman.coding.where.places import find_places
from dragoman.coding.where.report import atlas_of
from dragoman.language.segments import lay_out
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.coding.coder import Coder
    from dragoman.coding.where.place import PlaceMention
    from dragoman.language.tree import Span, Token
    from dragoman.record import Report


@dataclass(frozen=True, slots=True)
class Placed:
    """A parsed sentence with its places."""

    span: Span
    """The sentence; its Doc may hold others."""
    base: int
    """Code point of the report at which the Doc's text starts."""
    places: tuple[PlaceMention, ...]
    """From left to right."""

    def token_at(self, offset: int) -> Token | None:
        """Return the token that covers a code point of the report, ``None`` outside."""
        at = offset - self.base
        return next((t for t in self.span if t.idx <= at < t.idx + max(1, len(t))), None)


def placed_sentences(report: Report, coder: Coder) -> Iterator[Placed]:
    """Yield every sentence of a report, whatever its segment, with its places."""
    atlas = atlas_of(report, coder.tools)
    sentences = list(find_sentences(report.text, lay_out(report.text, report.title)))
    docs = trees(coder.nlp, (report.text[s.start : s.end] for s in sentences))
    for sentence, doc in zip(sentences, docs, strict=True):
        for span in doc.sents:
            yield Placed(span, sentence.start, tuple(find_places(span, sentence.start, atlas)))
