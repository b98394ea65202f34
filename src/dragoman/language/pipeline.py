"""Load the pipeline that parses: the one in the package, or another one with UD labels.

Nothing is downloaded. What the coder needs from a pipeline is checked at load
and said in one message when it is missing.
"""

from __future__ import annotations

import itertools
import warnings
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import ModelError
from dragoman.language.mending import mend
from dragoman.language.packed import is_packed, load
from dragoman.language.relations import add_to, scheme_of
from dragoman.language.sentences import may_begin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.language import Language
    from spacy.tokens import Doc, Token

MODEL = Path(__file__).parent / "model"
"""The pipeline that ships in the package."""
NEEDED_LABELS = frozenset(
    {"nsubj", "obj", "obl", "nmod", "nmod:poss", "conj", "case", "acl:relcl", "ccomp", "xcomp"}
)
NEEDED_PARTS = frozenset({"token.tag", "token.pos"})
"""What a pipeline's parts must set beside the tree; names are read where there are any."""
BATCH = 64
"""Sentences parsed at a time."""

CLOSERS = frozenset({'"', "'", ")", "]", "''"})
"""Signs that may stand between the end of a sentence and the next one."""
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
    source = str(MODEL) if name is None else name
    try:
        nlp = _load(source)
    except (OSError, ValueError, zlib.error) as error:
        raise ModelError(
            f"pipeline {source!r} cannot be loaded ({str(error).splitlines()[0]}); give an installed "  # noqa: E501
            "spaCy package or a folder, or leave --pipeline out to use the one that ships"
        ) from error
    _check(nlp, source)
    return nlp


def _load(source: str) -> Language:
    """Load a packed pipeline or any of spaCy's."""
    import spacy  # a second of imports that `--help` need not pay  # noqa: PLC0415

    if is_packed(Path(source)):
        return load(Path(source))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(source)


def _check(nlp: Language, source: str) -> None:
    """Refuse a pipeline that lacks parts or UD labels; add the map that makes them UD."""
    if "parser" not in nlp.pipe_names:
        raise ModelError(
            f"pipeline {source!r} has no parser, only {nlp.pipe_names}; name one with a UD parser"
        )
    unset = NEEDED_PARTS - {a for p in nlp.pipe_names for a in nlp.get_pipe_meta(p).assigns}
    if unset:
        raise ModelError(
            f"pipeline {source!r} does not set {', '.join(sorted(unset))}, only the work of "
            f"{nlp.pipe_names}; name one with a tagger and a morphologizer"
        )
    labels = set(nlp.pipe_labels["parser"])
    scheme = scheme_of(nlp, labels) if NEEDED_LABELS - labels else None
    spoken = {ud for label in labels for ud in (scheme.reaches(label) if scheme else (label,))}
    lacking = NEEDED_LABELS - spoken
    if lacking:
        raise ModelError(
            f"pipeline {source!r} does not speak Universal Dependencies: its parser lacks "
            f"the labels {', '.join(sorted(lacking))}; name a pipeline trained on a UD treebank, "
            "or give it a map of its labels (docs/pipelines.md)"
        )
    if scheme:
        add_to(nlp, scheme)


def parse(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Parse sentences, each into a ``Doc`` of its own; trees that cannot be are mended.

    The splitter has decided where sentences end; inside one, the parser may begin
    another only after closing punctuation (``sentences.may_begin``) and a space.
    """
    for doc in nlp.pipe((_prepared(nlp, text) for text in texts), batch_size=BATCH):
        yield mend(doc)


def words_of(nlp: Language, text: str) -> list[str]:
    """Return the tokens of a sentence, as ``parse`` cuts them."""
    return [token.text for token in nlp.make_doc(plain(text))]


def _prepared(nlp: Language, text: str) -> Doc:
    """Tokenise a sentence and forbid ends where none can be."""
    doc = nlp.make_doc(plain(text))
    for before, token in itertools.pairwise(doc):
        if not (before.whitespace_ and may_begin(_closing(before), token.text)):
            token.is_sent_start = False
    return doc


def _closing(token: Token) -> str:
    """Return a token as the end of a sentence shows it: a full stop with its word before it."""
    if token.text in CLOSERS and token.i:
        return _closing(token.nbor(-1))
    if token.text == "." and token.i and not token.nbor(-1).whitespace_:
        return token.nbor(-1).text + "."
    return token.text
