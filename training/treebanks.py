"""Read CoNLL-U: gold treebanks and silver trees, words with the spaces of their texts."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.language.pipeline import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


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
        plain(columns[1]), columns[2], columns[3], columns[4], feats, head, columns[7], misc, space
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


BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "``": '"', "''": '"'}


def silver_sentences(path: Path) -> Iterator[Sentence]:
    """Yield silver sentences with spaces read off their offsets, brackets as in the text."""
    for sentence in read_conllu(path):
        words = sentence.words
        for word, following in itertools.pairwise(words):
            end = int(word.misc["Offset"].split(":")[1])
            word.space_after = int(following.misc["Offset"].split(":")[0]) > end
        for word in words:
            word.form, word.upos = BRACKETS.get(word.form, word.form), ""
        yield sentence


def text_of(sentences: list[Sentence]) -> str:
    """Return the raw text of some sentences, joined as they stood."""
    return "".join(w.form + (" " if w.space_after else "") for s in sentences for w in s.words)
