"""A user's own ontology: types of their own beside PLOVER's or instead of them.

``own_ontology`` reads ``ontology.yaml``; ``merged`` puts it together with what ships, after
``own_faults`` has found every name that nothing defines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from dragoman.ontology.schema import (
    Cameo,
    Code,
    Context,
    EventType,
    Mode,
    Plover,
    Root,
    Score,
    Target,
    Type,
    Word,
    mode_tables,
    repeats,
)
from dragoman.yamlfile import entry_of, read_yaml, schema_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

NAME = "ontology.yaml"
"""The file's name in a folder."""
Quad = Annotated[int, Field(ge=1, le=4)]
ModeName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9-]*$")]
ContextName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
_Line = TypeVar("_Line")
Meaning = Annotated[str, StringConstraints(pattern=r"\S")]


class Part(BaseModel):
    """A mapping that takes no keys but its own; every scalar is read as text."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OwnMode(Part):
    """A mode; without a score it has its type's, without a CAMEO code too."""

    meaning: Meaning
    score: Score | None = None
    cameo: Code | None = None


class OwnType(Part):
    """An event type; without a CAMEO code its events have none."""

    meaning: Meaning
    quad: Quad
    score: Score
    requires_recipient: bool = False
    cameo: Code | None = None
    modes: dict[ModeName, OwnMode] = {}


class OwnContext(Part):
    """A context of one's own, or more words for one of PLOVER's."""

    meaning: Meaning = "own"
    words: list[Word] = Field(min_length=1)


class OwnOntology(Part):
    """``ontology.yaml``; every section may be left out."""

    instead: bool = False
    """Whether PLOVER's types are left out; its contexts and sectors stay."""
    types: dict[Type, OwnType] = {}
    modes: dict[Type, dict[ModeName, OwnMode]] = {}
    """More modes for types of PLOVER."""
    quads: dict[Type, Quad] = {}
    """Other quad classes for types of PLOVER."""
    future: dict[Type, Type] = {}
    refused: list[Type] = []
    promised: dict[Type, Type] = {}
    mode_of: dict[Type, dict[Target, str]] = {}
    mode_words: dict[Type, dict[str, list[Word]]] = {}
    contexts: dict[ContextName, OwnContext] = {}


def own_ontology(path: Path, faults: list[str]) -> OwnOntology | None:
    """Read a user's ontology, a file or a folder that holds ``ontology.yaml``.

    Args:
        path: the file or folder.
        faults: every fault of the file is added, a line each.
    """
    file = path / NAME if path.is_dir() else path
    if not file.is_file():
        faults.append(
            f"{file}: no such file; write your types there, or give frames for PLOVER's types"
            " with --lexicon"
        )
        return None
    data: object = None
    try:
        data = read_yaml(file)
        return OwnOntology.model_validate(data)
    except ValidationError as error:  # a ValueError too, so it comes first
        faults += [schema_fault(NAME, entry_of(data, e["loc"]), e) for e in error.errors()]
    except (OSError, ValueError, yaml.YAMLError) as error:
        faults.append(f"{file.name}: cannot be read as YAML: {' '.join(str(error).split())}")
    return None


def own_faults(own: OwnOntology, plover: Plover, cameo: Cameo) -> list[str]:
    """Return every name of an own ontology that nothing defines, or that is taken."""
    free = {name: t for name, t in own.types.items() if own.instead or name not in plover.types}
    whole, _ = merged(own.model_copy(update={"types": free}), plover, cameo)
    found = [
        *_taken(own, plover),
        *_unknown_types(own, whole),
        *_codes(own, cameo),
        *mode_tables(whole, NAME),
        *repeats(whole, NAME),
    ]
    return list(dict.fromkeys(found))


def _taken(own: OwnOntology, plover: Plover) -> Iterator[str]:
    """Find types and modes that PLOVER has already."""
    if own.instead:
        return
    for name in own.types:
        if name in plover.types:
            yield (
                f"{NAME}: types: {name} is one of PLOVER's; give yours another name, add to it"
                " under modes: and quads:, or leave PLOVER out with instead: yes"
            )
    for event, modes in own.modes.items():
        for mode in modes:
            if event in plover.types and mode in plover.types[event].modes:
                yield f"{NAME}: modes: {event}: {mode} is there already; give yours another name"


def _unknown_types(own: OwnOntology, whole: Plover) -> Iterator[str]:
    """Find types that a section names and nobody defines."""
    uses: dict[str, Iterable[str]] = {
        "modes": own.modes,
        "quads": own.quads,
        "future": [*own.future, *own.future.values()],
        "refused": own.refused,
        "promised": [*own.promised, *own.promised.values()],
        "mode_of": own.mode_of,
        "mode_words": own.mode_words,
    }
    for section, names in uses.items():
        for name in sorted(set(names) - set(whole.types)):
            yield f"{NAME}: {section}: {name} is no event type; define it under types or correct it"
    if own.refused and "REJECT" not in whole.types:
        yield f"{NAME}: refused: a refused event becomes a REJECT; define that type or remove this"


def _codes(own: OwnOntology, cameo: Cameo) -> Iterator[str]:
    """Find CAMEO codes that do not exist, and codes of modes whose type has none."""
    for name, entry in own.types.items():
        yield from _code(f"types: {name}", entry.cameo, cameo)
        for mode, part in entry.modes.items():
            yield from _code(f"types: {name}: modes: {mode}", part.cameo, cameo)
            if part.cameo and not entry.cameo:
                yield f"{NAME}: types: {name}: has no cameo, its mode {mode} has; give it one too"
    for name, modes in own.modes.items():
        for mode, part in modes.items():
            yield from _code(f"modes: {name}: {mode}", part.cameo, cameo)


def _code(where: str, code: str | None, cameo: Cameo) -> Iterator[str]:
    """Find a code that CAMEO does not have."""
    if code and code not in cameo.codes:
        yield f'{NAME}: {where}: cameo "{code}" is no code of CAMEO\'s; correct it or leave it out'


def merged(own: OwnOntology, plover: Plover, cameo: Cameo) -> tuple[Plover, Cameo]:
    """Return PLOVER and CAMEO with a user's ontology in them."""
    base = _without_types(plover) if own.instead else plover
    types = base.types | {name: _type(entry) for name, entry in own.types.items()}
    types |= {
        name: types[name].model_copy(update={"modes": types[name].modes | _modes(modes)})
        for name, modes in own.modes.items()
        if name in types
    }
    whole = base.model_copy(
        update={
            "types": types,
            "future": base.future | own.future,
            "refused": [*base.refused, *own.refused],
            "promised": base.promised | own.promised,
            "mode_of": _deep(base.mode_of, own.mode_of),
            "mode_words": _deep(base.mode_words, own.mode_words),
            "contexts": base.contexts | _contexts(base, own),
        }
    )
    roots = {} if own.instead else cameo.roots
    return whole, cameo.model_copy(update={"roots": roots | _roots(own, roots)})


def _without_types(plover: Plover) -> Plover:
    """Return PLOVER without its types and the rules between them."""
    tables = ("types", "future", "promised", "mode_of", "mode_words")
    return plover.model_copy(update={**{name: {} for name in tables}, "refused": []})


def _type(entry: OwnType) -> EventType:
    """Return a user's type as one of PLOVER's."""
    return EventType(
        quad=entry.quad,  # type: ignore[arg-type]  # 1 to 4 by the schema
        requires_recipient=entry.requires_recipient,
        score=entry.score,
        meaning=entry.meaning,
        modes=_modes(entry.modes),
    )


def _modes(modes: Mapping[str, OwnMode]) -> dict[str, Mode]:
    """Return a user's modes as PLOVER's."""
    return {name: Mode(meaning=mode.meaning, score=mode.score) for name, mode in modes.items()}


def _deep(
    base: dict[str, dict[str, _Line]], more: dict[str, dict[str, _Line]]
) -> dict[str, dict[str, _Line]]:
    """Return a table of tables with more lines in it."""
    return base | {name: base.get(name, {}) | table for name, table in more.items()}


def _contexts(base: Plover, own: OwnOntology) -> dict[str, Context]:
    """Return the contexts of an own ontology; words of a known one are added to it."""
    known = base.contexts
    return {
        name: known[name].model_copy(update={"words": [*known[name].words, *context.words]})
        if name in known
        else Context(meaning=context.meaning, words=context.words)
        for name, context in own.contexts.items()
    }


def _roots(own: OwnOntology, roots: Mapping[str, Root]) -> dict[str, Root]:
    """Return the CAMEO codes of a user's types and modes."""
    found = {
        name: Root(code=entry.cameo, modes=_mode_codes(entry.modes))
        for name, entry in own.types.items()
        if entry.cameo
    }
    found |= {
        name: roots[name].model_copy(update={"modes": roots[name].modes | _mode_codes(modes)})
        for name, modes in own.modes.items()
        if name in roots
    }
    return found


def _mode_codes(modes: Mapping[str, OwnMode]) -> dict[str, str]:
    """Return the CAMEO code of each mode that has one."""
    return {name: mode.cameo for name, mode in modes.items() if mode.cameo}
