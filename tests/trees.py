"""Hand-built documents with dependency trees: tests of the coder's logic need no model."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from dragoman.language.tree import Doc as Tree
from dragoman.language.tree import tree_of

VOCAB = spacy.blank("en").vocab


def tree(*rows: tuple[str, str, str, int]) -> Tree:
    """Build a document as the coder reads it; ``parsed`` says how."""
    return tree_of(parsed(*rows))


def parsed(*rows: tuple[str, str, str, int]) -> Doc:
    """Build a document.

    Args:
        rows: word, Penn tag, relation, 1-based number of the head (0 for the root).
    """
    coarse = {
        "V": "VERB",
        "N": "NOUN",
        "J": "ADJ",
        "D": "DET",
        "I": "ADP",
        "R": "ADV",
        "P": "PRON",
        "C": "CCONJ",
    }
    return Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=["PROPN" if row[1].startswith("NNP") else coarse.get(row[1][0], "X") for row in rows],
        deps=[row[2] if row[3] else "ROOT" for row in rows],
        heads=[row[3] - 1 if row[3] else i for i, row in enumerate(rows)],
    )
