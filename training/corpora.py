"""Turn the raw treebanks and name corpora into spaCy's binary training files.

Rooms of this module, in order: read CoNLL-U, rebuild each text's spaces, cut
documents into training documents, collect entity spans, write ``.spacy`` files.

Sources (see ``training/README.md`` for licences): UD English EWT and GUM for
trees, tags and lemmas; GUM's ``Entity=`` annotations, CrossNER politics and
silver names for entities. Nothing is shuffled and nothing is random, so the
same treebanks give the same bytes.
"""

from __future__ import annotations

import argparse
import itertools
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.util import filter_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.vocab import Vocab

SENTENCES_PER_DOC = 10
"""Sentences in one training document: enough for the parser to learn where
sentences end, short enough for an even batch."""

CROSSNER_LABELS = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "MISC",
}
SILVER_LABELS = {"PERSON": "PERSON", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT"}


@dataclass
class Word:
    """One syntactic word of a CoNLL-U sentence."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str
    misc: dict[str, str]
    space_after: bool = True


@dataclass
class Sentence:
    """One CoNLL-U sentence and the comment lines that stood above it."""

    words: list[Word] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    @property
    def starts_document(self) -> bool:
        """Whether a ``# newdoc`` line stands above this sentence."""
        return any(line.startswith("# newdoc") for line in self.comments)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """Yield the sentences of a CoNLL-U file, words with their spaces restored."""
    sentence = Sentence()
    fused_end, fused_space = 0, True
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.strip():
            if sentence.words:
                yield sentence
            sentence, fused_end = Sentence(), 0
        elif line.startswith("#"):
            sentence.comments.append(line)
        else:
            columns = line.split("\t")
            misc = _misc(columns[9])
            if "-" in columns[0]:
                fused_end = int(columns[0].split("-")[1])
                fused_space = misc.get("SpaceAfter") != "No"
            elif "." not in columns[0]:
                word = _word(columns, misc)
                number = int(columns[0])
                if number <= fused_end:
                    word.space_after = fused_space if number == fused_end else False
                sentence.words.append(word)
    if sentence.words:
        yield sentence


def _misc(column: str) -> dict[str, str]:
    """Split the MISC column into its keys and values."""
    return dict(part.partition("=")[::2] for part in column.split("|") if "=" in part)


def _word(columns: list[str], misc: dict[str, str]) -> Word:
    """Build a word from the ten columns of its line."""
    head = int(columns[6]) if columns[6].isdigit() else 0
    feats = "" if columns[5] == "_" else columns[5]
    space = misc.get("SpaceAfter") != "No"
    return Word(
        columns[1], columns[2], columns[3], columns[4], feats, head, columns[7], misc, space
    )


def group(sentences: Iterator[Sentence], size: int) -> Iterator[list[Sentence]]:
    """Gather consecutive sentences of one document, at most ``size`` at a time."""
    batch: list[Sentence] = []
    for sentence in sentences:
        if batch and (sentence.starts_document or len(batch) == size):
            yield batch
            batch = []
        batch.append(sentence)
    if batch:
        yield batch


def tree_doc(vocab: Vocab, sentences: list[Sentence]) -> Doc:
    """Make a gold document with tags, morphology, lemmas, heads and sentence starts."""
    words = [word for sentence in sentences for word in sentence.words]
    heads, starts = [], []
    offset = 0
    for sentence in sentences:
        for index, word in enumerate(sentence.words):
            heads.append(offset + (word.head - 1 if word.head else index))
            starts.append(index == 0)
        offset += len(sentence.words)
    return Doc(
        vocab,
        words=[word.form for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.feats for word in words],
        lemmas=[word.lemma for word in words],
        heads=heads,
        deps=[word.deprel if word.head else "ROOT" for word in words],
    )


OPEN = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-([a-z]+)[^()]*")
TOKEN = re.compile(r"\(\d+(?:\[\d+/\d+\])?-[^()]*\)?|\d+(?:\[\d+/\d+\])?\)")
NAME_TAGS = frozenset({"PROPN"})
NAME_EDGES = frozenset({"DET", "PUNCT", "ADP", "PART"})


def gum_entities(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the named entities of a GUM sentence as (first, last + 1, label).

    GUM marks every mention. Kept here are mentions whose words are all part of
    a name: proper nouns, joined by at most a preposition, a hyphen or an article.
    """
    found: list[tuple[int, int, str]] = []
    opened: list[tuple[str, str, int]] = []
    for index, word in enumerate(sentence.words):
        for mark in TOKEN.findall(word.misc.get("Entity", "")):
            if mark.startswith("("):
                match = OPEN.match(mark)
                if match:
                    opened.append((match[1], match[2], index))
                if not mark.endswith(")"):
                    continue
                number = match[1] if match else ""
            else:
                number = mark[:-1]
            start = next((o for o in reversed(opened) if o[0] == number), None)
            if start:
                opened.remove(start)
                found.append((start[2], index + 1, start[1]))
    return [name for span in found if (name := _as_name(sentence, *span))]


def _as_name(sentence: Sentence, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """Trim a mention's edges; return it when what is left is a name of a known kind."""
    words = sentence.words
    while start < end and words[start].upos in NAME_EDGES:
        start += 1
    while end > start and (words[end - 1].upos in NAME_EDGES or words[end - 1].form == "'s"):
        end -= 1
    inside = [word.upos for word in words[start:end]]
    label = GUM_LABELS.get(kind)
    if (
        not label
        or not inside
        or inside[-1] not in NAME_TAGS
        or inside[0] not in NAME_TAGS | {"ADJ"}
    ):
        return None
    plain = all(upos in NAME_TAGS | NAME_EDGES | {"ADJ", "NUM"} for upos in inside)
    return (start, end, label) if plain else None


def name_doc(
    vocab: Vocab, sentences: list[Sentence], spans: list[list[tuple[int, int, str]]]
) -> Doc:
    """Make a document that carries names only."""
    words = [word for sentence in sentences for word in sentence.words]
    doc = Doc(vocab, words=[w.form for w in words], spaces=[w.space_after for w in words])
    offset, entities = 0, []
    for sentence, names in zip(sentences, spans, strict=True):
        entities += [Span(doc, offset + s, offset + e, label=label) for s, e, label in names]
        offset += len(sentence.words)
    doc.ents = filter_spans(entities)
    return doc


def silver_sentences(path: Path) -> Iterator[Sentence]:
    """Yield silver sentences with spaces read off their character offsets."""
    for sentence in read_conllu(path):
        words = sentence.words
        for word, following in itertools.pairwise(words):
            end = int(word.misc["Offset"].split(":")[1])
            word.space_after = int(following.misc["Offset"].split(":")[0]) > end
        yield sentence


BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def bio_names(tags: list[str], labels: dict[str, str]) -> list[tuple[int, int, str]]:
    """Read (first, last + 1, label) spans off a BIO sequence."""
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if kind and (prefix != "I" or name != kind):
            spans.append((start, index, kind))
            kind = ""
        if prefix == "B" or (prefix == "I" and not kind):
            start, kind = index, name
    return [(s, e, labels[k]) for s, e, k in spans if k in labels]


def crossner(path: Path) -> Iterator[tuple[Sentence, list[tuple[int, int, str]]]]:
    """Yield CrossNER sentences; its two columns hold a word and a BIO tag."""
    words: list[Word] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            form, tag = line.split()[:2]
            words.append(Word(form, form, "", "", "", 0, "", {}))
            tags.append(tag)
        elif words:
            yield Sentence(words=words), bio_names(tags, CROSSNER_LABELS)
            words, tags = [], []


def write_trees(sources: list[Path], target: Path) -> None:
    """Write the gold trees of several treebanks into one training file."""
    vocab = spacy.blank("en").vocab
    store = DocBin(
        attrs=["ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "HEAD", "DEP", "SENT_START"]
    )
    for source in sources:
        for batch in group(read_conllu(source), SENTENCES_PER_DOC):
            store.add(tree_doc(vocab, batch))
    store.to_disk(target)


def write_names(gum: Path, silver: Path | None, cross: Path | None, target: Path) -> None:
    """Write every corpus that marks names into one training file."""
    vocab = spacy.blank("en").vocab
    store = DocBin(attrs=["ORTH", "SPACY", "ENT_IOB", "ENT_TYPE"])
    for batch in group(read_conllu(gum), SENTENCES_PER_DOC):
        store.add(name_doc(vocab, batch, [gum_entities(s) for s in batch]))
    if cross:
        for sentence, names in crossner(cross):
            store.add(name_doc(vocab, [sentence], [names]))
    if silver:
        for batch in group(silver_sentences(silver), SENTENCES_PER_DOC):
            spans = []
            for sentence in batch:
                for word in sentence.words:
                    word.form = BRACKETS.get(word.form, word.form)
                spans.append(
                    bio_names([w.misc.get("NER", "O") for w in sentence.words], SILVER_LABELS)
                )
            store.add(name_doc(vocab, batch, spans))
    store.to_disk(target)


def main() -> None:
    """Read ``--shared``'s corpora and write the training files into ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    trees, out = given.shared / "treebanks", given.out
    out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev"):
        write_trees(
            [trees / f"ewt-{part}.conllu", trees / f"gum-{part}.conllu"],
            out / f"trees-{part}.spacy",
        )
    write_names(
        trees / "gum-train.conllu",
        given.shared / "silver" / "polnear-train.conllu",
        given.shared / "ner" / "crossner-politics-train.txt",
        out / "names-train.spacy",
    )
    write_names(
        trees / "gum-dev.conllu",
        None,
        given.shared / "ner" / "crossner-politics-dev.txt",
        out / "names-dev.spacy",
    )


if __name__ == "__main__":
    main()
