"""Names for the gold treebank that has none: what the first stage finds, mended by its gold tags.

EWT's training part says which words are proper nouns, not what they name. A name that the first
stage of tags and names finds is kept where gold proper nouns bear it out, and widened to the whole
run of them; a run that it leaves out is unknown, so that nothing is learned from it either way.
Words that are no proper nouns are known to be no names, but for dates and peoples. What the actor
data knows as one kind of thing only is of that kind.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from augment import recased
from corpora import CROSSNER_TIMES, SENTENCES_PER_DOC, WORD, named_docs, word_doc, write
from kinds import Kinds
from names import past_titles
from spacy.tokens import DocBin
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from treebanks import group, read_conllu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language
    from spacy.tokens import Doc
    from treebanks import Sentence

UNTAGGED = frozenset({"DATE", "NORP"})
"""Kinds of name that need no proper noun."""


def mended(nlp: Language, sentences: Iterator[Sentence]) -> Iterator[Doc]:
    """Yield a treebank's documents with the names that its gold tags bear out."""
    kinds = Kinds()
    for batch in group(sentences, SENTENCES_PER_DOC):
        gold = word_doc(nlp.vocab, batch)
        found = word_doc(nlp.vocab, batch)
        for _, part in nlp.pipeline:
            found = part(found)
        runs = list(_runs(gold))
        names = [(e.start, e.end, e.label_) for e in found.ents]
        kept = filter_spans(
            [span for name in names if (span := _borne_out(gold, runs, names, name)) is not None]
        )
        open_runs = [gold[s:e] for s, e in runs if not any(k.start < e and s < k.end for k in kept)]
        kept = [DocSpan(gold, s.start, s.end, label=kinds.known(s.text) or s.label_) for s in kept]
        gold.set_ents(kept, missing=open_runs, default="outside")
        yield gold


def _runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the first word and the end of each longest run of proper nouns in a sentence."""
    start: int | None = None
    for token in doc:
        if token.pos_ == "PROPN":
            start = token.i if start is None else start
        elif start is not None:
            yield start, token.i
            start = None
    if start is not None:
        yield start, len(doc)


def _borne_out(
    doc: Doc,
    runs: list[tuple[int, int]],
    names: list[tuple[int, int, str]],
    name: tuple[int, int, str],
) -> DocSpan | None:
    """Return a found name as the gold tags have it; none where they speak against it."""
    start, end, label = name
    touching = [run for run in runs if run[0] < end and start < run[1]]
    if label in UNTAGGED:
        return DocSpan(doc, start, end, label=label)
    if not touching:
        return None
    first, last = touching[0], touching[-1]
    start = _edge(first, names, name, start, at=0)
    end = _edge(last, names, name, end, at=1)
    if label == "PERSON":
        start = past_titles([token.text for token in doc[:end]], start)
    return DocSpan(doc, start, end, label=label) if start < end else None


def _edge(
    run: tuple[int, int],
    names: list[tuple[int, int, str]],
    name: tuple[int, int, str],
    found: int,
    *,
    at: int,
) -> int:
    """Return the run's edge when no other name shares the run, else where the name was found."""
    shared = any(other != name and other[0] < run[1] and run[0] < other[1] for other in names)
    return found if shared else run[at]


def main() -> None:
    """Write ``words-train.spacy``: the second stage's corpus, mended names of EWT among it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--before", type=Path, required=True, help="the first stage's pipeline")
    parser.add_argument("--vectors", type=Path, required=True)
    given = parser.parse_args()
    nlp = spacy.load(given.before, exclude=["tagger", "morphologizer"])
    # spaCy forgets by what its vectors are looked up when it saves a pipeline
    nlp.vocab.vectors = spacy.load(given.vectors).vocab.vectors
    web = mended(nlp, read_conllu(given.shared / "treebanks" / "ewt-train.conllu"))
    few = [doc for doc in named_docs(nlp, given.shared, "train") for _ in range(CROSSNER_TIMES)]
    rest = DocBin().from_disk(given.corpora / "words-rest.spacy").get_docs(nlp.vocab)
    write([*recased(web), *few, *rest], WORD, given.corpora / "words-train.spacy")


if __name__ == "__main__":
    main()
