"""Speak UD 2 for pipelines that name relations otherwise.

A last component renames what the parser wrote. Only names are changed, no heads: a scheme
whose trees are built otherwise (prepositions as heads, say) cannot be mapped.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import msgspec

from dragoman.errors import ModelError
from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "dragoman_relations"
"""Name of the component, and of the map in a pipeline's ``meta.json``."""
PREDICATES = frozenset({"VERB", "AUX", "ADJ", "ADV"})


class Scheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How another scheme's relations are called in UD 2."""

    relations: dict[str, str]
    tells: tuple[str, ...] = ()
    """Relations by which the scheme is known."""
    oblique: tuple[str, ...] = ()
    """UD 2 names that become ``obl`` below a predicate."""

    def reaches(self, label: str) -> set[str]:
        """Return the UD 2 relations that a parser's label may become."""
        named = self.relations.get(label, label)
        return {named, _obl(named)} if named in self.oblique else {named}

    def rename(self, doc: Doc) -> Doc:
        """Rename the relations of a document in place."""
        for token in doc:
            named = self.relations.get(token.dep_, token.dep_)
            below = token.head.pos_ in PREDICATES and token.head.i != token.i
            token.dep_ = _obl(named) if below and named in self.oblique else named
        return doc


def _obl(label: str) -> str:
    """Return a noun's relation as a predicate's: "nmod:unmarked" as "obl:unmarked"."""
    return f"obl:{kind}" if (kind := label.partition(":")[2]) else "obl"


@cache
def _known() -> dict[str, Scheme]:
    """Read the schemes that ship."""
    return msgspec.convert(read_data("relations.yaml"), dict[str, Scheme])


def scheme_of(nlp: Language, labels: set[str]) -> Scheme | None:
    """Return the map a pipeline brings, or the one that its labels tell; ``None`` for neither.

    Raises:
        ModelError: the pipeline's own map is not in the form of ``relations.yaml``.
    """
    own = nlp.meta.get(COMPONENT)
    if own is not None:
        try:
            return msgspec.convert(own, Scheme)
        except msgspec.ValidationError as error:
            raise ModelError(
                f"the pipeline's meta.json has a {COMPONENT!r} that cannot be read ({error}); "
                'give {"relations": {"THEIRS": "UD 2"}, "oblique": ["nmod"]}, or leave it out'
            ) from error
    return next((s for s in _known().values() if labels.issuperset(s.tells)), None)


def add_to(nlp: Language, scheme: Scheme) -> None:
    """Let a pipeline's last component rename its relations."""
    from spacy.language import Language  # noqa: PLC0415 - slow to import

    if not Language.has_factory(COMPONENT):
        Language.factory(COMPONENT, default_config={"scheme": {}})(_component)
    nlp.add_pipe(COMPONENT, config={"scheme": msgspec.to_builtins(scheme)})


def _component(nlp: Language, name: str, scheme: dict[str, object]) -> _Renamer:
    """Make the component, as spaCy calls it."""
    del nlp, name
    return _Renamer(msgspec.convert(scheme, Scheme))


class _Renamer:
    """A pipeline component."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme

    def __call__(self, doc: Doc) -> Doc:
        return self.scheme.rename(doc)
