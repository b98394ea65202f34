"""The words that tell who says so: ``attribution.yaml`` under a strict schema."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, model_validator

from dragoman.errors import DataError
from dragoman.language.forms import noun_forms, verb_forms
from dragoman.record import AttributionKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dragoman.language.tree import Token

FILE = "attribution.yaml"
KINDS: tuple[AttributionKind, ...] = get_args(AttributionKind)


def _split(value: Any) -> Any:
    """Take a list apart that is written ``a; b``."""
    return [p.strip() for p in value.split(";") if p.strip()] if isinstance(value, str) else value


Several = Annotated[list[str], BeforeValidator(_split)]
Table = dict[AttributionKind, Several]


class _Schema(BaseModel):
    """The data file: every list, and no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verbs: Table
    takes: dict[str, Several]
    speakers: Several
    phrases: Table
    views: Table
    nouns: Table
    noun_takes: dict[str, Several]
    holders: Several
    owners: Several
    view_cases: Several
    negations: Several
    adjectives: Table
    adjective_takes: dict[str, Several]
    adverbs: Table
    evaluative: Several

    @model_validator(mode="after")
    def _all_have_kinds(self) -> _Schema:
        """See that every word with a complement has a kind."""
        pairs = (
            ("takes", self.takes, self.verbs),
            ("noun_takes", self.noun_takes, self.nouns),
            ("adjective_takes", self.adjective_takes, self.adjectives),
        )
        faults = [
            f"{name}.{key}: {word!r} has no kind"
            for name, takes, kinds in pairs
            for key, words in takes.items()
            for word in words
            if word not in {w for ws in kinds.values() for w in ws}
        ]
        if faults:
            raise ValueError("; ".join(faults))
        return self


@dataclass(frozen=True)
class Cues:
    """Words of one part of speech: the kind of each form, and the forms that take a complement."""

    kinds: Mapping[str, AttributionKind]
    """By surface form."""
    takes: Mapping[str, frozenset[str]]
    """``clause``, ``infinitive``, ``predicate``, ``object`` or a preposition: its surface forms."""

    def take(self, complement: str, form: str) -> bool:
        """Whether a form takes a complement: ``"clause"``, ``"object"``, ``"about"``, ..."""
        return form in self.takes.get(complement, frozenset())


@dataclass(frozen=True)
class SpeechWords:
    """The words of ``attribution.yaml`` by surface form."""

    verbs: Cues
    nouns: Cues
    adjectives: Cues
    phrases: Mapping[str, AttributionKind]
    views: Mapping[str, AttributionKind]
    adverbs: Mapping[str, AttributionKind]
    holders: frozenset[str]
    owners: frozenset[str]
    view_cases: frozenset[str]
    negations: frozenset[str]
    speakers: frozenset[str]
    evaluative: frozenset[str]

    def judges(self, form: str) -> bool:
        """Whether a word judges what it modifies: "barbaric", "brutally"."""
        return form in self.evaluative or form.removesuffix("ly") in self.evaluative

    @cached_property
    def phrase_starts(self) -> frozenset[str]:
        """Return the first words of the phrases."""
        return frozenset(phrase.split(" ", 1)[0] for phrase in self.phrases)

    @cached_property
    def view_starts(self) -> frozenset[str]:
        """Return the first words of the views."""
        return frozenset(view.split(" ", 1)[0] for view in self.views)

    @cached_property
    def forms(self) -> frozenset[str]:
        """Return the words that can begin a cue."""
        kinds = (self.verbs.kinds, self.nouns.kinds, self.adjectives.kinds, self.adverbs)
        return self.phrase_starts.union(self.view_starts, *kinds)

    def phrase_at(self, word: Token) -> str:
        """Return the phrase, such as "according to", that begins at a word; "" for none."""
        return _begins(self.phrases, word)

    def view_at(self, word: Token) -> str:
        """Return the view, such as "point of view", that begins at a word; "" for none."""
        return _begins(self.views, word)

    @classmethod
    def of(cls, raw: Mapping[str, object]) -> SpeechWords:
        """Read the data file and expand its base forms.

        Raises:
            DataError: with every fault of the file.
        """
        try:
            data = _Schema.model_validate(raw)
        except ValidationError as error:
            raise DataError(
                [f"{FILE}: {_place(e['loc'])}{e['msg']}; correct it" for e in error.errors()]
            ) from error
        return cls(
            verbs=_cues(data.verbs, data.takes, verb_forms),
            nouns=_cues(data.nouns, data.noun_takes, noun_forms),
            adjectives=_cues(data.adjectives, data.adjective_takes, _itself),
            phrases=_kinds(data.phrases, _itself),
            views=_kinds(data.views, noun_forms),
            adverbs=_kinds(data.adverbs, _itself),
            holders=frozenset(f for w in data.holders for f in verb_forms(w)),
            owners=frozenset(data.owners),
            view_cases=frozenset(data.view_cases),
            negations=frozenset(data.negations),
            speakers=frozenset(w.lower() for w in data.speakers),
            evaluative=frozenset(data.evaluative),
        )


def _begins(phrases: Iterable[str], word: Token) -> str:
    """Return the first of some phrases that begins at a word; "" for none."""
    for phrase in phrases:
        length = phrase.count(" ") + 1
        if word.doc[word.i : word.i + length].text.lower() == phrase:
            return phrase
    return ""


def _place(location: Iterable[object]) -> str:
    """Name where in the file a fault lies."""
    path = ".".join(str(part) for part in location)
    return f"{path}: " if path else ""


def _itself(word: str) -> tuple[str, ...]:
    """Return a word that has one form."""
    return (word,)


def _kinds(
    table: Mapping[AttributionKind, list[str]], forms: Callable[[str], Iterable[str]]
) -> dict[str, AttributionKind]:
    """Return the kind of each surface form; the first kind of the record's order wins."""
    return {f: kind for kind in reversed(KINDS) for w in table.get(kind, ()) for f in forms(w)}


def _cues(
    table: Mapping[AttributionKind, list[str]],
    takes: Mapping[str, list[str]],
    forms: Callable[[str], Iterable[str]],
) -> Cues:
    """Expand the words of one part of speech."""
    expanded = {key: frozenset(f for w in words for f in forms(w)) for key, words in takes.items()}
    return Cues(_kinds(table, forms), expanded)
