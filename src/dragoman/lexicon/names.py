"""The names that frames use, held against what the ontology and the tests define."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from dragoman.lexicon.files import Source
    from dragoman.lexicon.schema import Example, Frame

KINDS = frozenset(
    {
        "any",
        "none",
        "actor",
        "country",
        "armed",
        "politician",
        "figure",
        "press",
        "person",
        "place",
        "event",
        "infinitive",
    }
)
"""Tests that a condition may ask for, beside event types."""


@dataclass(frozen=True)
class Names:
    """What the ontology defines; contexts and codes are not checked where they are empty."""

    types: Mapping[str, Iterable[str]]
    """Event types with their modes."""
    contexts: Collection[str] = ()
    """Contexts."""
    codes: Collection[str] = ()
    """CAMEO codes; one that starts with a known code is known."""


def name_faults(sources: Iterable[Source], names: Names) -> Iterator[str]:
    """Yield every type, mode, context and code of some files that nothing defines."""
    for source in sources:
        if source.file.event not in names.types:
            yield (
                f"{source.label}: event: {source.file.event} is not an event type; expected one of"
                f" {', '.join(names.types)}; types of your own come with --ontology"
            )
            continue
        known = set(names.types[source.file.event])
        for mode in source.file.mode_cues:
            yield from _mode(f"{source.label}: mode_cues", mode, source.file.event, known)
        for frame in source.file.frames:
            yield from _frame(f"{source.label}: {frame.id}", frame, source.file.event, names)


def _frame(where: str, frame: Frame, event: str, names: Names) -> Iterator[str]:
    """Yield the unknown names of one frame."""
    for mode in frame.mode:
        yield from _mode(where, mode, event, set(names.types[event]))
    for context in frame.context:
        if names.contexts and context not in names.contexts:
            yield (
                f"{where}: context: {context} is not one of {', '.join(names.contexts)}; correct it"
            )
    if frame.cameo and names.codes and not _is_code(frame.cameo, names.codes):
        yield f'{where}: cameo: "{frame.cameo}" is no code of CAMEO\'s; correct it or leave it out'
    for lines in (frame.when, frame.unless):
        for slot, items in lines.items():
            yield from _tests(f"{where}: {slot}", items, names)
    for example in frame.examples:
        yield from _example(where, example, event, names)


def _mode(where: str, mode: str, event: str, known: set[str]) -> Iterator[str]:
    """Yield a mode that its type does not have."""
    if mode not in known:
        listed = ", ".join(sorted(known)) or "none"
        yield f"{where}: mode {mode!r} is not one of {event}'s: {listed}; correct it"


def _is_code(code: str, codes: Collection[str]) -> bool:
    """Tell whether a CAMEO code, or one above it, is known."""
    return any(code[:end] in codes for end in range(len(code), 1, -1))


def _tests(where: str, items: Iterable[str], names: Names) -> Iterator[str]:
    """Yield tests for an event type that is not known; other tests are the compiler's to check."""
    for item in items:
        kind = item.strip("<>")
        if item.startswith("<") and kind.isupper() and kind not in names.types:
            yield f"{where}: {item} names no event type; correct it"


def _example(where: str, example: Example, event: str, names: Names) -> Iterator[str]:
    """Yield the unknown type or modes of an example."""
    kind = example.type or event
    if kind not in names.types:
        yield f"{where}: examples: type {kind} is not an event type; correct it"
        return
    for mode in example.mode or ():
        yield from _mode(f"{where}: examples", mode, kind, set(names.types[kind]))
