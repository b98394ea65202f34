"""The CAMEO code of an event, as deep as its frame, its words and what it is about allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.match import Inner
from dragoman.coding.what.slots import clause_words
from dragoman.language.forms import word_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.what.match import Match
    from dragoman.language.tree import Token
    from dragoman.ontology import Ontology


class Codes:
    """Gives mentions their CAMEO codes; made once for a coder."""

    def __init__(self, ontology: Ontology) -> None:
        """Keep the ontology and make the forms of its words."""
        self._ontology = ontology
        self._narrower = {
            code: {deeper: _forms(words) for deeper, words in lines.items()}
            for code, lines in ontology.narrower.items()
        }

    def code(
        self, match: Match, event: str, modes: Sequence[str], inner: Inner | None
    ) -> str | None:
        """Return the code of a match; ``None`` for a user's type that has none.

        Args:
            match: the frame that fired.
            event: its type after the rules between types.
            modes: its modes.
            inner: the event it is about, if any.
        """
        base = self._base(match, event, modes, inner)
        lines = self._narrower.get(base or "")
        if not lines:
            return base
        tokens = _told(match.trigger)
        words = {t.lower_ for t in tokens}
        text = f" {' '.join(t.lower_ for t in tokens)} "
        fits = (c for c, (single, long) in lines.items() if single & words or _any(long, text))
        return next(fits, base)

    def _base(
        self, match: Match, event: str, modes: Sequence[str], inner: Inner | None
    ) -> str | None:
        """Return the code before the words of the clause are looked at."""
        frame, ontology = match.compiled.frame, self._ontology
        about = inner
        if event != match.event and not (inner and frame.promise):
            about = Inner(match.event, tuple(frame.mode), frame.cameo)
        exact = self._about(event, about) if about and about.event != event else None
        if event != match.event or frame.cameo is None:
            return exact or ontology.root_code(event, modes)
        if frame.cameo == ontology.root_code(event):  # general on purpose, for its own modes
            taken = frame.mode if frame.mode_from is None else ()
            return exact or ontology.root_code(event, [m for m in modes if m not in taken])
        return exact if exact and len(exact) > len(frame.cameo) else frame.cameo

    def _about(self, event: str, inner: Inner) -> str | None:
        """Return the code of a type by the event it is about."""
        code = inner.cameo or self._ontology.root_code(inner.event, inner.mode)
        return self._ontology.code_about(event, code) if code else None


def _forms(words: Iterable[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return every form of single words, and phrases with every form of their last."""
    single: set[str] = set()
    long: list[str] = []
    for word in words:
        spaced = " ".join(word.replace("-", " - ").split())
        if " " in spaced:
            start, last = spaced.rsplit(" ", 1)
            long += [f" {start} {form} " for form in sorted(word_forms(last))]
        else:
            single |= word_forms(word)
    return frozenset(single), tuple(long)


def _any(phrases: Iterable[str], text: str) -> bool:
    """Tell whether one of some phrases stands in a text."""
    return any(phrase in text for phrase in phrases)


def _told(trigger: Token) -> list[Token]:
    """Return the words of a trigger's clause but those of its subject: who says it is not it."""
    words = clause_words(trigger)
    subjects = (t for t in words if t.dep_.startswith("nsubj"))
    phrases = ({t.i for t in subject.subtree} for subject in subjects)
    spoken = {i for phrase in phrases if trigger.i not in phrase for i in phrase}
    return [t for t in words if t.i not in spoken]
