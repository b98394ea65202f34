"""Join the trained parts into the one pipeline that ships in the package."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import spacy
from tokenizer import set_up

PARTS = {
    "tagger": ["tok2vec", "tagger", "morphologizer", "trainable_lemmatizer"],
    "parser": ["parser"],
    "names": ["ner"],
}
META = {
    "name": "dragoman_ud_news",
    "description": "English UD pipeline for news: tags, lemmas, trees, sentences, names.",
    "author": "The Dragoman authors",
    "license": "Apache-2.0",
    "sources": [
        {"name": "UD English EWT", "license": "CC BY-SA 4.0"},
        {"name": "UD English GUM (openly licensed genres)", "license": "CC BY 4.0 annotations"},
        {"name": "CrossNER politics", "license": "MIT"},
        {
            "name": "PolNeAR, names tagged by Stanford CoreNLP (silver)",
            "license": "texts not shipped",
        },
    ],
}


def assemble(parts: Path, out: Path) -> None:
    """Read ``parts/{parser,tagger,names}`` and write one pipeline to ``out``."""
    nlp = spacy.blank("en")
    set_up(nlp)
    for name, components in PARTS.items():
        source = spacy.load(parts / name)
        for component in components:
            if name != "tagger":
                source.replace_listeners("tok2vec", component, ["model.tok2vec"])
            nlp.add_pipe(component, source=source)
    nlp.meta.update(META)
    nlp.to_disk(out, exclude=["vocab.strings"])
    meta = json.loads((out / "meta.json").read_text(encoding="utf-8"))
    meta.pop("performance", None)
    (out / "meta.json").write_text(
        json.dumps(meta, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )


def main() -> None:
    """Assemble ``--parts`` into ``--out``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--parts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    assemble(given.parts, given.out)


if __name__ == "__main__":
    main()
