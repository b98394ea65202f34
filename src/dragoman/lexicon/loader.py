"""Read the lexicon's files, gather every fault, and compile the frames into an index.

The index goes from surface form to triggers, so the cost of coding grows with
the triggers in a sentence and not with the size of the lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml
from pydantic import ValidationError

from dragoman.errors import DataError
from dragoman.language.forms import noun_forms, verb_forms, word_forms
from dragoman.lexicon.schema import EventFile, Frame
from dragoman.yamlfile import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DATA = Path(__file__).parent / "data"
WORD = re.compile(r"[^\W_]+")
KINDS = frozenset(
    {
        "any",
        "none",
        "actor",
        "country",
        "armed",
        "politician",
        "press",
        "person",
        "place",
        "event",
        "infinitive",
    }
)
Pos = Literal["verb", "noun", "adjective"]


@dataclass(frozen=True)
class Condition:
    """One compiled line of ``when`` or ``unless``."""

    slot: str
    words: frozenset[str]
    """Surface forms, one of which the slot's head must have."""
    phrases: tuple[str, ...]
    """Lower-cased phrases, one of which the slot's text must hold."""
    kinds: frozenset[str]
    """Tests such as ``actor`` or ``none``; event types in upper case."""


@dataclass(frozen=True)
class Compiled:
    """A frame ready for matching."""

    frame: Frame
    event: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]

    @property
    def id(self) -> str:
        """The frame's id."""
        return self.frame.id


@dataclass(frozen=True)
class Trigger:
    """One way a frame can start: a surface form, its part of speech, its particle."""

    compiled: Compiled
    pos: Pos
    base: str
    particle: str | None


@dataclass(frozen=True)
class Lexicon:
    """Every frame, indexed by the surface forms that can start it."""

    files: tuple[EventFile, ...]
    triggers: Mapping[str, tuple[Trigger, ...]]
    cues: Mapping[str, Mapping[str, frozenset[str]]]
    """Event type to mode to the words that add the mode."""
    light: frozenset[str]
    """Surface forms of light verbs."""
    passive_light: frozenset[str]
    """Surface forms of light verbs whose subject is on the receiving end."""

    def demands(self) -> Iterator[tuple[str, tuple[frozenset[str], ...]]]:
        """Yield each trigger's surface form with the words its frame cannot do without."""
        known: dict[tuple[str, str | None], tuple[frozenset[str], ...]] = {}
        for form, triggers in self.triggers.items():
            for trigger in triggers:
                key = trigger.compiled.id, trigger.particle
                if key not in known:
                    known[key] = _demands(trigger)
                yield WORD.findall(form)[-1], known[key]

    @property
    def frames(self) -> list[Frame]:
        """Every frame, in the order of the files."""
        return [frame for file in self.files for frame in file.frames]

    @classmethod
    def load(
        cls, folder: Path = DATA, *, types: Mapping[str, Iterable[str]] | None = None
    ) -> Lexicon:
        """Read and compile the lexicon.

        Args:
            folder: holds ``words.yaml``, ``light.yaml`` and ``events/*.yaml``.
            types: PLOVER event types with their modes; unknown names are faults.

        Raises:
            DataError: with every fault of every file.
        """
        faults: list[str] = []
        shared = _shared(folder, faults)
        files = [
            file
            for path in sorted((folder / "events").glob("*.yaml"))
            if (file := _read(path, faults))
        ]
        faults += _unknown_names(files, types) if types else []
        faults += _repeated_ids(files)
        compiled = [
            _compile(frame, file, shared, faults) for file in files for frame in file.frames
        ]
        if faults:
            raise DataError(faults)
        light = read_yaml(folder / "light.yaml")
        return cls(
            files=tuple(files),
            triggers=_index(compiled),
            cues={file.event: {m: _forms(w) for m, w in file.mode_cues.items()} for file in files},
            light=_verbs(light["light_verbs"]),
            passive_light=_verbs(light["passive_light_verbs"]),
        )


def _shared(folder: Path, faults: list[str]) -> dict[str, list[str]]:
    """Read the word sets that all files share."""
    try:
        return {str(k): [str(w) for w in v] for k, v in read_yaml(folder / "words.yaml").items()}
    except (OSError, yaml.YAMLError, AttributeError, ValueError) as error:
        faults.append(
            f"words.yaml: cannot be read ({error}); expected a mapping of name to word list"
        )
        return {}


def _read(path: Path, faults: list[str]) -> EventFile | None:
    """Read one file of frames; note its faults instead of raising."""
    try:
        return EventFile.model_validate(read_yaml(path))
    except ValidationError as error:
        faults += [f"{path.name}: {_place(path, e['loc'])}: {e['msg']}" for e in error.errors()]
    except (yaml.YAMLError, ValueError) as error:
        faults.append(f"{path.name}: not valid YAML: {' '.join(str(error).split())}")
    return None


def _place(path: Path, loc: tuple[int | str, ...]) -> str:
    """Name the entry a schema fault stands in, by its frame id where there is one."""
    frames = read_yaml(path).get("frames") if isinstance(read_yaml(path), dict) else None
    parts = [str(part) for part in loc]
    if len(loc) > 1 and loc[0] == "frames" and isinstance(loc[1], int) and frames:
        entry = frames[loc[1]]
        named = entry.get("id") if isinstance(entry, dict) else None
        parts[:2] = [str(named or f"frame {loc[1] + 1}")]
    return ".".join(parts)


def _unknown_names(files: Iterable[EventFile], types: Mapping[str, Iterable[str]]) -> list[str]:
    """List event types and modes that PLOVER does not know."""
    faults = []
    for file in files:
        if file.event not in types:
            faults.append(
                f"{file.event}: not a PLOVER event type; expected one of {', '.join(types)}"
            )
            continue
        modes = set(types[file.event])
        used = {mode: frame.id for frame in file.frames for mode in frame.mode}
        used.update(dict.fromkeys(file.mode_cues, "mode_cues"))
        faults += [
            f"{where}: mode {mode!r} is not one of {file.event}'s: "
            + (", ".join(sorted(modes)) or "none")
            for mode, where in used.items()
            if mode not in modes
        ]
    return faults


def _repeated_ids(files: Iterable[EventFile]) -> list[str]:
    """List frame ids used twice."""
    seen: set[str] = set()
    faults = []
    for frame in (frame for file in files for frame in file.frames):
        if frame.id in seen:
            faults.append(f"{frame.id}: this id is used twice; give each frame its own")
        seen.add(frame.id)
        if not (frame.verbs or frame.nouns or frame.adjectives):
            faults.append(f"{frame.id}: has no trigger; give it verbs, nouns or adjectives")
    return faults


def _compile(
    frame: Frame, file: EventFile, shared: Mapping[str, list[str]], faults: list[str]
) -> Compiled:
    """Turn a frame's conditions into sets."""
    sets = {**shared, **file.words}

    def conditions(lines: Mapping[str, list[str]]) -> tuple[Condition, ...]:
        return tuple(
            _condition(slot, items, sets, frame.id, faults) for slot, items in lines.items()
        )

    return Compiled(frame, file.event, conditions(frame.when), conditions(frame.unless))


def _condition(
    slot: str, items: Iterable[str], sets: Mapping[str, list[str]], where: str, faults: list[str]
) -> Condition:
    """Compile one line; unknown sets and kinds are faults."""
    words: list[str] = []
    kinds: set[str] = set()
    for item in items:
        if item.startswith("$"):
            if item[1:] not in sets:
                faults.append(f"{where}: {slot}: no word set {item}; define it under words:")
            words += sets.get(item[1:], [])
        elif item.startswith("<"):
            kind = item.strip("<>")
            if kind not in KINDS and not kind.isupper():
                faults.append(
                    f"{where}: {slot}: no test {item}; expected one of {', '.join(sorted(KINDS))}"
                )
            kinds.add(kind)
        else:
            words.append(item)
    # the tokeniser splits hyphens: "cease-fire" stands in the text as "cease - fire"
    words = [word.replace("-", " - ") if "-" in word else word for word in words]
    clausal = slot.startswith(("comp", "clause")) or slot == "gov"
    phrases = _phrases((word for word in words if " " in word), inflect=clausal)
    single = [w.lower() for w in words if " " not in w]
    forms = _forms(single) if clausal else frozenset(f for w in single for f in noun_forms(w))
    return Condition(slot, forms, phrases, frozenset(kinds))


def _phrases(words: Iterable[str], *, inflect: bool) -> tuple[str, ...]:
    """Return phrases in lower case, in a clause with every form of their first word."""
    found: set[str] = set()
    for word in words:
        first, *rest = word.lower().split()
        heads = word_forms(first) if inflect and first.isalpha() else {first}
        found |= {" ".join([head, *rest]) for head in heads}
    return tuple(sorted(found))


def _forms(words: Iterable[str]) -> frozenset[str]:
    """Return every surface form of some words; phrases stay as they are."""
    found: set[str] = set()
    for word in words:
        found |= {word.lower()} if " " in word else word_forms(word.lower())
    return frozenset(found)


def _verbs(words: Iterable[str]) -> frozenset[str]:
    """Return every surface form of the first word of some verbs."""
    return frozenset(form for word in words for form in verb_forms(word.split()[0]))


def _demands(trigger: Trigger) -> tuple[frozenset[str], ...]:
    """Return the word sets of which a sentence must hold one each for a trigger to fire."""
    sets = [
        {*condition.words, *condition.phrases}
        for condition in trigger.compiled.when
        if not condition.kinds and (condition.words or condition.phrases)
    ]
    if trigger.particle is not None:
        sets.append({trigger.particle})
    # what holds no letter or digit ("%") cannot be asked for
    pieces = [[WORD.findall(word) for word in found] for found in sets]
    return tuple(frozenset(p[0] for p in found) for found in pieces if all(found))


def _index(compiled: Iterable[Compiled]) -> dict[str, tuple[Trigger, ...]]:
    """Index frames by the surface forms of their triggers."""
    index: dict[str, list[Trigger]] = defaultdict(list)
    for item in compiled:
        for base in item.frame.verbs:
            head, _, particle = base.partition(" ")
            for form in verb_forms(head.lower()):
                index[form].append(Trigger(item, "verb", base, particle.lower() or None))
        for base in item.frame.nouns:
            spaced = " ".join(base.lower().replace("-", " - ").split())
            first, head = spaced.rsplit(" ", 1) if " " in spaced else (None, spaced)
            for form in noun_forms(head):
                index[form].append(Trigger(item, "noun", base, first))
        for base in item.frame.adjectives:
            index[base.lower()].append(Trigger(item, "adjective", base, None))
    return {form: tuple(triggers) for form, triggers in index.items()}
