"""Join the trained parts into the one pipeline that ships in the package."""

from __future__ import annotations

import argparse
import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

import spacy
from tokenizer import set_up

from dragoman.language import packed

if TYPE_CHECKING:
    from spacy.language import Language

META = {
    "lang": "en",
    "name": "dragoman_ud_news",
    "description": "English UD pipeline for news: tags, trees, sentences, names.",
    "author": "The Dragoman authors",
    "license": "Apache-2.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM (openly licensed genres)", "license": "CC BY 4.0 annotations"},
        {"name": "CrossNER politics", "license": "MIT"},
        {
            "name": "PolNeAR, trees and names by Stanford CoreNLP (silver)",
            "license": "texts not shipped",
        },
        {"name": "GloVe 6B, 100 numbers a word", "license": "PDDL 1.0"},
    ],
}


def assemble(vectors: Path, parser: Path, words: Path, out: Path) -> None:
    """Put both trained parts on the vectors and write them packed into ``out``."""
    nlp = spacy.load(vectors)
    set_up(nlp)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # spaCy saves vectors without the attribute they go by
        tagging, parsing = spacy.load(words), _parsing(parser)
        for name in ("tok2vec", "tagger", "morphologizer"):
            nlp.add_pipe(name, source=tagging)
        nlp.add_pipe("parser", source=parsing)
        nlp.add_pipe("ner", source=tagging)
    out.mkdir(parents=True, exist_ok=True)
    nlp.meta.update(META)
    packed.save(nlp, out)
    meta = {**META, "version": nlp.meta["version"], "spacy_version": nlp.meta["spacy_version"]}
    (out / "meta.json").write_text(
        json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def _parsing(folder: Path) -> Language:
    """Load what holds the parser: a stage of training, or a packed pipeline to take it from."""
    if packed.is_packed(folder):
        return packed.load(folder)
    parsing = spacy.load(folder)
    parsing.replace_listeners("tok2vec", "parser", ["model.tok2vec"])
    return parsing


def main() -> None:
    """Assemble ``--parser`` and ``--words`` on ``--vectors`` into ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    for name in ("vectors", "parser", "words", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    assemble(given.vectors, given.parser, given.words, given.out)


if __name__ == "__main__":
    main()
