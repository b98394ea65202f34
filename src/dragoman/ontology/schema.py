"""Strict schemas of the ontology's files, and the checks between their entries.

Unknown keys, wrong types, unknown names and scores off the scale are faults. A fault is one
line: file, entry, what was found, what to do. Nothing stops at the first one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Score = Annotated[float, Field(ge=-10, le=10)]
Code = Annotated[str, StringConstraints(pattern=r"^\d{2,4}$")]
Word = Annotated[str, StringConstraints(pattern=r"^[^\sA-Z]([^A-Z]*[^\sA-Z])?$")]
Type = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+$")]
Target = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]+(\.[A-Za-z0-9-]+)?$")]
Sector = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


class Strict(BaseModel):
    """A mapping that takes no keys but its own and converts nothing."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Mode(Strict):
    """One mode of a type; without a score it has its type's."""

    meaning: str
    score: Score | None = None


class EventType(Strict):
    """One PLOVER type."""

    quad: Literal[1, 2, 3, 4]
    requires_recipient: bool
    score: Score
    printed: Score | None = None
    """What the manual's table prints, where that is read as a slip."""
    meaning: str
    modes: dict[str, Mode] = {}


class Context(Strict):
    """One context and the words that give it to a sentence."""

    meaning: str
    words: list[Word] = Field(min_length=1)


class Plover(Strict):
    """``plover.yaml``."""

    quads: dict[int, str]
    types: dict[Type, EventType]
    future: dict[Type, Type]
    refused: list[Type]
    promised: dict[Type, Type]
    mode_of: dict[Type, dict[Target, str]]
    mode_words: dict[Type, dict[str, list[Word]]]
    sectors: dict[Sector, str]
    contexts: dict[str, Context]


class CameoCode(Strict):
    """One CAMEO code."""

    event: Type
    mode: str | None = None
    goldstein: Score
    label: str


class Root(Strict):
    """The CAMEO code of a type, and of its modes where CAMEO has a narrower one."""

    code: Code
    modes: dict[str, Code] = {}


class Cameo(Strict):
    """``cameo.yaml``."""

    codes: dict[Code, CameoCode]
    roots: dict[Type, Root]


class Depth(Strict):
    """``cameo-depth.yaml``."""

    about: dict[Type, dict[Code, Code]]
    narrower: dict[Code, dict[Code, list[Word]]]


def depth_faults(depth: Depth, cameo: Cameo) -> list[str]:
    """Return every code of the depth tables that is unknown or not of the root it stands under."""
    pairs = [
        *(
            ("about", cameo.roots[t].code, new)
            for t, lines in depth.about.items()
            for new in lines.values()
        ),
        *(("narrower", old, new) for old, lines in depth.narrower.items() for new in lines),
    ]
    return [
        f'cameo-depth.yaml: {table}: "{new}" is no code below "{old}"; correct it'
        for table, old, new in pairs
        if new not in cameo.codes or new[:2] != old[:2] or len(new) < len(old)
    ]


def cross_faults(plover: Plover, cameo: Cameo) -> list[str]:
    """Return every name one entry uses and no other defines; empty when all fit."""
    faults = [
        *_type_names(plover, cameo),
        *mode_tables(plover, "plover.yaml"),
        *_cameo_modes(plover, cameo),
        *repeats(plover, "plover.yaml"),
    ]
    return list(faults)


def _type_names(plover: Plover, cameo: Cameo) -> Iterator[str]:
    """Find types named in a table that ``types`` does not define, and types without a root."""
    uses: dict[str, Iterable[str]] = {
        "plover.yaml: future": [*plover.future, *plover.future.values()],
        "plover.yaml: refused": plover.refused,
        "plover.yaml: promised": [*plover.promised, *plover.promised.values()],
        "plover.yaml: mode_of": plover.mode_of,
        "plover.yaml: mode_words": plover.mode_words,
        "cameo.yaml: codes": [code.event for code in cameo.codes.values()],
        "cameo.yaml: roots": cameo.roots,
    }
    for where, names in uses.items():
        for name in sorted(set(names) - set(plover.types)):
            yield f"{where}: {name} is no event type; define it under types or correct it"
    for name in sorted(set(plover.types) - set(cameo.roots)):
        yield f"cameo.yaml: roots: {name} has no code; add it"


def _has(plover: Plover, event: str, mode: str) -> bool:
    """Tell whether the type knows the mode; an unknown type is reported elsewhere."""
    return event not in plover.types or mode in plover.types[event].modes


def mode_tables(plover: Plover, file: str) -> Iterator[str]:
    """Find modes in ``mode_of`` and ``mode_words`` that their type does not have."""
    known = "define it or correct it"
    for event, table in plover.mode_of.items():
        for target, mode in table.items():
            kind, _, narrow = target.partition(".")
            if not _has(plover, event, mode):
                yield f"{file}: mode_of: {event}: {target}: {event} has no mode {mode}; {known}"
            if kind not in plover.types or (narrow and not _has(plover, kind, narrow)):
                yield f"{file}: mode_of: {event}: {target} is no TYPE or TYPE.mode; correct it"
    for event, cues in plover.mode_words.items():
        for mode in cues:
            if not _has(plover, event, mode):
                yield f"{file}: mode_words: {event} has no mode {mode}; {known}"


def _cameo_modes(plover: Plover, cameo: Cameo) -> Iterator[str]:
    """Find CAMEO entries with a mode their type lacks, and roots without an entry."""
    for name, code in cameo.codes.items():
        if code.mode and not _has(plover, code.event, code.mode):
            yield f"cameo.yaml: codes: {name}: {code.event} has no mode {code.mode}"
    for event, root in cameo.roots.items():
        for mode in root.modes:
            if not _has(plover, event, mode):
                yield f"cameo.yaml: roots: {event} has no mode {mode}"
        for name in [root.code, *root.modes.values()]:
            if name not in cameo.codes:
                yield f'cameo.yaml: roots: {event}: "{name}" is not among codes; add it there'


def repeats(plover: Plover, file: str) -> Iterator[str]:
    """Find words written twice in one context."""
    lists: Mapping[str, list[str]] = {
        name: list(context.words) for name, context in plover.contexts.items()
    }
    for name, words in lists.items():
        for word in sorted({word for word in words if words.count(word) > 1}):
            yield f"{file}: contexts: {name}: '{word}' stands twice; remove one"
