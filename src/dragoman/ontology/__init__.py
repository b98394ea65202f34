"""PLOVER 2.0 and CAMEO as data: types, modes, scores, contexts, and the rules between types.

``load()`` reads ``data/plover.yaml`` and ``data/cameo.yaml`` into a frozen ``Ontology``, and a
user's own types with them (``own.py``). There is no shared state: two ontologies with different
settings can live in one process.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from dragoman.errors import DataError
from dragoman.ontology.own import NAME, OwnOntology, merged, own_faults, own_ontology
from dragoman.ontology.schema import Cameo, Depth, Plover, cross_faults, depth_faults

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from importlib.resources.abc import Traversable
    from pathlib import Path

__all__ = ["NAME", "Ontology", "load"]

_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Ontology:
    """Everything the coder asks about types, modes, contexts and codes.

    Methods that take a type raise ``KeyError`` for a name that ``types`` does not hold;
    the lexicon's loader checks every name before a report is coded.
    """

    plover: Plover
    cameo: Cameo
    depth: Depth
    quads: Mapping[str, int]
    """Quad class of each type whose class the user has set."""
    instead: bool = False
    """Whether the user's types stand in place of PLOVER's."""

    @property
    def types(self) -> tuple[str, ...]:
        """The event types, in the manual's order."""
        return tuple(self.plover.types)

    @property
    def contexts(self) -> tuple[str, ...]:
        """The contexts, in the manual's order."""
        return tuple(self.plover.contexts)

    @property
    def context_words(self) -> dict[str, tuple[str, ...]]:
        """Lower-case words and phrases that give a sentence each context."""
        return {name: tuple(item.words) for name, item in self.plover.contexts.items()}

    @property
    def sectors(self) -> dict[str, str]:
        """Sector codes and what they mean."""
        return dict(self.plover.sectors)

    @property
    def future(self) -> dict[str, str]:
        """What a coming event of a type is; types that stay themselves are absent."""
        return dict(self.plover.future)

    @property
    def refused(self) -> frozenset[str]:
        """Types that are a REJECT when they are refused."""
        return frozenset(self.plover.refused)

    @property
    def promised(self) -> dict[str, str]:
        """What a promise, offer or plan of a type is."""
        return dict(self.plover.promised)

    def quad(self, event: str) -> int:
        """Return 1 verbal cooperation, 2 material cooperation, 3 verbal, 4 material conflict."""
        return self.quads.get(event, self.plover.types[event].quad)

    def requires_recipient(self, event: str) -> bool:
        """Tell whether an event of the type is incomplete without a recipient."""
        return self.plover.types[event].requires_recipient

    def modes(self, event: str) -> tuple[str, ...]:
        """Return the modes of the type, in the manual's order; empty when it has none."""
        return tuple(self.plover.types[event].modes)

    def score(self, event: str, modes: Sequence[str] = ()) -> float:
        """Return the PLOVER score, -10..10; of several modes the one furthest from zero."""
        entry = self.plover.types[event]
        scores = [entry.modes[mode].score for mode in modes if mode in entry.modes]
        known = [score for score in scores if score is not None]
        return max(known, key=abs) if known else entry.score

    def mode_of(self, event: str, embedded: str, modes: Sequence[str] = ()) -> str | None:
        """Return the mode a wish, refusal or threat takes from the event it is about.

        Args:
            event: the outer type, REQUEST, REJECT or THREATEN.
            embedded: type of the event that is wished, refused or threatened.
            modes: its modes.

        Returns:
            A mode of ``event``; ``None`` when the table has no line for it.
        """
        table = self.plover.mode_of.get(event, {})
        keys = [*(f"{embedded}.{mode}" for mode in modes), embedded]
        return next((table[key] for key in keys if key in table), None)

    def mode_words(self, event: str) -> dict[str, tuple[str, ...]]:
        """Return the cue words of each mode, the strongest mode first; empty for other types."""
        table = self.plover.mode_words.get(event, {})
        return {mode: tuple(words) for mode, words in table.items()}

    def goldstein(self, code: str) -> float:
        """Return the Goldstein score of a CAMEO code, -10..10.

        A longer code that is not listed has the score of the nearest code above it.

        Raises:
            KeyError: no listed code starts ``code``.
        """
        for end in range(len(code), 1, -1):
            if (entry := self.cameo.codes.get(code[:end])) is not None:
                return entry.goldstein
        raise KeyError(code)

    def root_code(self, event: str, modes: Sequence[str] = ()) -> str | None:
        """Return the CAMEO code of a type, narrowed by the mode CAMEO knows that scores furthest.

        ``None`` for a user's type without one, and for types that are not known.
        """
        root = self.cameo.roots.get(event)
        if root is None:
            return None
        known = [mode for mode in modes if mode in root.modes]
        if not known:
            return root.code
        return root.modes[max(known, key=lambda mode: abs(self.score(event, (mode,))))]

    def code_about(self, event: str, inner: str) -> str | None:
        """Return the CAMEO code of a wish, refusal, promise or threat by the code it is about.

        Args:
            event: the outer type: AGREE, REQUEST, REJECT or THREATEN.
            inner: code of the event that is wished, refused, promised or threatened.

        Returns:
            ``None`` when CAMEO has no code of its own for it.
        """
        table = self.depth.about.get(event, {})
        return next(
            (table[inner[:n]] for n in range(len(inner), 1, -1) if inner[:n] in table), None
        )

    @property
    def narrower(self) -> dict[str, dict[str, list[str]]]:
        """Codes to the narrower codes that words of the clause make of them; the first wins."""
        return self.depth.narrower


def load(
    folder: Path | None = None,
    quads: Mapping[str, int] | None = None,
    own: Path | None = None,
) -> Ontology:
    """Read and check the ontology.

    Args:
        folder: where ``plover.yaml``, ``cameo.yaml`` and ``cameo-depth.yaml`` lie; without it
            the package's own.
        quads: other quad classes for single types, e.g. ``{"SANCTION": 3}``.
        own: a user's ontology, a file or a folder that holds ``ontology.yaml``.

    Raises:
        DataError: with every fault of every file.
    """
    home: Traversable = folder or resources.files("dragoman.ontology") / "data"
    faults: list[str] = []
    plover = _read(home / "plover.yaml", Plover, faults)
    cameo = _read(home / "cameo.yaml", Cameo, faults)
    depth = _read(home / "cameo-depth.yaml", Depth, faults)
    theirs = own_ontology(own, faults) if own else OwnOntology()
    if depth and cameo:
        faults += depth_faults(depth, cameo)
    if plover and cameo:
        faults += cross_faults(plover, cameo)
        faults += own_faults(theirs, plover, cameo) if theirs and own else []
    if faults or plover is None or cameo is None or depth is None or theirs is None:
        raise DataError(faults)
    plover, cameo = merged(theirs, plover, cameo)
    set_quads = {**theirs.quads, **(quads or {})}
    if faults := _quad_faults(plover, set_quads):
        raise DataError(faults)
    return Ontology(plover, cameo, depth, set_quads, instead=theirs.instead)


def _read(path: Traversable, model: type[_Model], faults: list[str]) -> _Model | None:
    """Return the checked file, or add its faults and return ``None``."""
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        return model.model_validate(data)
    except OSError as error:
        faults.append(f"{path.name}: cannot be read ({error.strerror}); restore the file")
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        faults.append(f"{path.name}: no valid YAML: {' '.join(str(error).split())}; correct it")
    except ValidationError as error:
        for item in error.errors():
            entry = ": ".join(str(part) for part in item["loc"])
            faults.append(f"{path.name}: {entry}: {item['msg']}, found {item['input']!r:.80}")
    return None


def _quad_faults(plover: Plover, quads: Mapping[str, int]) -> list[str]:
    """Return a fault for each unknown type or class among the caller's quad classes."""
    return [
        f"quads: {event}: {quad} found; give a known type one of {sorted(plover.quads)}"
        for event, quad in quads.items()
        if event not in plover.types or quad not in plover.quads
    ]
