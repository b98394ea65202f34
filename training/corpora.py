"""Turn the raw treebanks and name corpora into spaCy's binary training files.

For training and for development: ``trees`` (heads and relations, for the parser) and ``words``
(tags and names, which share an encoder). ``trees-first`` is gold and silver trees together, for
the parser's middle stage; ``words-first`` is for the first stage of tags and names, in
``words-train`` sentences with other names come in. Sources and licences:
``training/README.md``. Nothing is shuffled and nothing is random, so the same corpora give
the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from augment import recased, renamed, unaccented
from kinds import Kinds
from names import SILVER_LABELS, Span, bio_names, crossner, uner
from silver import silver_trees
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as DocSpan
from spacy.util import filter_spans
from tokenizer import set_up
from treebanks import Sentence, group, read_conllu, silver_sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.vocab import Vocab

SENTENCES_PER_DOC = 10
"""Sentences in one training document: enough for the parser to learn where
sentences end, short enough for an even batch."""
SILVER = Path("silver") / "polnear-train.conllu"
CROSSNER_TIMES = 3
"""Times that each of CrossNER's few gold sentences is learned in the second stage."""
HEADLINE_WORD = 3
"""Letters; words of so many are written small in headlines too."""
TREE = ["ORTH", "SPACY", "TAG", "POS", "HEAD", "DEP", "SENT_START"]
WORD = ["ORTH", "SPACY", "TAG", "POS", "ENT_IOB", "ENT_TYPE"]


def tree_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Make a gold document with tags, heads and sentence starts."""
    heads, deps = [], []
    offset = 0
    for sentence in sentences:
        for index, word in enumerate(sentence.words):
            heads.append(offset + (word.head - 1 if word.head else index))
            deps.append(word.deprel if word.head else "ROOT")
        offset += len(sentence.words)
    return _doc(vocab, sentences, heads=heads, deps=deps)


def _doc(vocab: Vocab, sentences: list[Sentence], **more: list[int] | list[str]) -> Doc:
    """Make a document of given words with their tags."""
    words = [word for sentence in sentences for word in sentence.words]
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        **more,
    )


def word_doc(vocab: Vocab, sentences: list[Sentence], names: list[list[Span]] | None = None) -> Doc:
    """Make a document with tags, and with names where they are known."""
    doc = _doc(vocab, sentences)
    if names is not None:
        doc.set_ents(_spans(doc, sentences, names), default="outside")
    return doc


def _spans(doc: Doc, sentences: list[Sentence], names: list[list[Span]]) -> list[DocSpan]:
    """Turn spans of each sentence into spans of the document."""
    offset, spans = 0, []
    for sentence, found in zip(sentences, names, strict=True):
        spans += [DocSpan(doc, offset + s, offset + e, label=label) for s, e, label in found]
        offset += len(sentence.words)
    return filter_spans(spans)


def recut(nlp: Language, doc: Doc) -> Doc:
    """Cut a document's text as our tokeniser does and carry its names over."""
    own = nlp.make_doc(doc.text)
    spans = [
        own.char_span(e.start_char, e.end_char, label=e.label_, alignment_mode="expand")
        for e in doc.ents
    ]
    own.set_ents(filter_spans([span for span in spans if span is not None]), default="outside")
    return own


def write(docs: Iterable[Doc], attrs: list[str], target: Path) -> None:
    """Write documents into one of spaCy's binary files."""
    store = DocBin(attrs=attrs)
    for doc in docs:
        store.add(doc)
    store.to_disk(target)


def trees(vocab: Vocab, *banks: Iterable[Sentence]) -> Iterator[Doc]:
    """Yield the trees of several treebanks."""
    for bank in banks:
        for batch in group(bank, SENTENCES_PER_DOC):
            yield tree_doc(vocab, batch)


def tagged(vocab: Vocab, *banks: Path) -> Iterator[Doc]:
    """Yield treebanks' tags; names are unknown, also GUM's, which draws names otherwise."""
    for bank in banks:
        for batch in group(read_conllu(bank), SENTENCES_PER_DOC):
            yield word_doc(vocab, batch)


def named(vocab: Vocab, cases: Iterable[tuple[Sentence, list[Span]]]) -> Iterator[Doc]:
    """Yield sentences with names, a document each."""
    for sentence, names in cases:
        yield word_doc(vocab, [sentence], [names])


def named_docs(nlp: Language, shared: Path, part: str) -> list[Doc]:
    """Return CrossNER's sentences with the finer kinds of name, and UNER's for development."""
    cases = [named(nlp.vocab, crossner(shared / "ner" / f"crossner-politics-{part}.txt"))]
    if part == "dev":
        cases.append(named(nlp.vocab, uner(shared / "ner" / "uner-ewt-dev.iob2")))
    kinds = Kinds()
    return [finer(kinds, doc) for case in cases for doc in case]


def finer(kinds: Kinds, doc: Doc) -> Doc:
    """Give a document's names their finer labels."""
    spans = [DocSpan(doc, e.start, e.end, label=kinds.finer(e.label_, e.text)) for e in doc.ents]
    doc.set_ents(spans, default="outside")
    return doc


def silver(nlp: Language, path: Path) -> Iterator[Doc]:
    """Yield the silver corpus with its names, cut as our tokeniser cuts; headlines left out."""
    running = (s for s in silver_sentences(path) if not is_headline(s))
    kinds = Kinds()
    for batch in group(running, SENTENCES_PER_DOC):
        names = [bio_names([w.misc.get("NER", "O") for w in s.words], SILVER_LABELS) for s in batch]
        yield finer(kinds, recut(nlp, word_doc(nlp.vocab, batch, names)))


def is_headline(sentence: Sentence) -> bool:
    """Whether most longer words begin with a capital: CoreNLP takes such lines for one name."""
    longer = [w.form for w in sentence.words if len(w.form) > HEADLINE_WORD and w.form.isalpha()]
    return 2 * sum(form[0].isupper() for form in longer) > len(longer)


def main() -> None:
    """Read ``--shared``'s corpora and write the training files into ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    out = given.out
    out.mkdir(parents=True, exist_ok=True)
    nlp = spacy.blank("en")
    set_up(nlp)
    train = write_trees(nlp, given.shared, out)
    write_words(nlp, given.shared, out)
    print(f"{train} training documents of gold trees")


def banks(shared: Path, part: str) -> list[Path]:
    """Return the gold treebanks of a part."""
    return [shared / "treebanks" / f"{name}-{part}.conllu" for name in ("ewt", "gum")]


def write_trees(nlp: Language, shared: Path, out: Path) -> int:
    """Write the parser's files; return how many gold documents it learns from."""
    gold = banks(shared, "train")
    heads = list(recased(trees(nlp.vocab, *map(read_conllu, gold))))
    write(heads, TREE, out / "trees-train.spacy")
    news = trees(nlp.vocab, silver_trees(shared / SILVER, gold))
    write(itertools.chain(heads, news), TREE, out / "trees-first.spacy")
    dev = trees(nlp.vocab, *map(read_conllu, banks(shared, "dev")))
    write(dev, TREE, out / "trees-dev.spacy")
    return len(heads)


def write_words(nlp: Language, shared: Path, out: Path) -> None:
    """Write the files of tags and names."""
    ewt, gum = banks(shared, "train")
    found, few = list(silver(nlp, shared / SILVER)), named_docs(nlp, shared, "train")
    first = [*tagged(nlp.vocab, ewt, gum), *few, *found]
    write(unaccented(recased(first)), WORD, out / "words-first.spacy")
    more = [*tagged(nlp.vocab, ewt, gum), *few * CROSSNER_TIMES, *renamed(nlp, found)]
    write(unaccented(recased(more)), WORD, out / "words-train.spacy")
    dev = [*tagged(nlp.vocab, *banks(shared, "dev")), *named_docs(nlp, shared, "dev")]
    write(dev, WORD, out / "words-dev.spacy")


if __name__ == "__main__":
    main()
