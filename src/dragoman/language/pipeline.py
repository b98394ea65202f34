"""Load the pipeline that parses: the one in the package, or another one with UD labels.

Nothing is downloaded. What the coder needs from a pipeline is checked at load
and said in one message when it is missing.
"""

from __future__ import annotations

import itertools
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc

MODEL = Path(__file__).parent / "model"
"""The pipeline that ships in the package."""
NEEDED_LABELS = frozenset(
    {"nsubj", "obj", "obl", "nmod", "nmod:poss", "conj", "case", "acl:relcl", "ccomp", "xcomp"}
)
UNUSED = ("trainable_lemmatizer",)
"""Parts of our pipeline that the coder does not ask for: triggers are looked up by form."""
BATCH = 64
"""Sentences parsed at a time."""

_PLAIN = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "\n": " ",
        "\r": " ",
        "\t": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u200b": " ",
    }
)


def plain(text: str) -> str:
    """Return a text as the treebanks write it, code point for code point."""
    return text.translate(_PLAIN)


def load_pipeline(name: str | None = None) -> Language:
    """Load a pipeline and check that it has what the coder needs.

    Args:
        name: an installed spaCy package or a folder; the package's own when ``None``.

    Raises:
        ModelError: it cannot be loaded, or its labels are not Universal Dependencies.
    """
    import spacy  # a second of imports that `--help` need not pay  # noqa: PLC0415

    source = str(MODEL) if name is None else name
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            nlp = spacy.load(source, exclude=list(UNUSED) if name is None else [])
    except OSError as error:
        raise ModelError(
            f"pipeline {source!r} cannot be loaded ({str(error).splitlines()[0]}); give an installed "  # noqa: E501
            "spaCy package or a folder, or leave --pipeline out to use the one that ships"
        ) from error
    _check(nlp, source)
    return nlp


def _check(nlp: Language, source: str) -> None:
    """Refuse a pipeline without a parser or without UD labels."""
    if "parser" not in nlp.pipe_names:
        raise ModelError(
            f"pipeline {source!r} has no parser, only {nlp.pipe_names}; name one with a UD parser"
        )
    lacking = NEEDED_LABELS - set(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    if lacking:
        raise ModelError(
            f"pipeline {source!r} does not speak Universal Dependencies: its parser lacks "
            f"the labels {', '.join(sorted(lacking))}; name a pipeline trained on a UD treebank"
        )


INNER_END = re.compile(r"[.!?:;…]$")


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Parse sentences, each into a ``Doc`` of its own.

    The splitter has decided where sentences end; inside one, the parser may begin
    another only after closing punctuation.
    """
    yield from nlp.pipe((_prepared(nlp, text) for text in texts), batch_size=BATCH)


def _prepared(nlp: Language, text: str) -> Doc:
    """Tokenise a sentence and forbid ends where none can be."""
    doc = nlp.make_doc(plain(text))
    for before, token in itertools.pairwise(doc):
        if not INNER_END.search(before.text):
            token.is_sent_start = False
    return doc
