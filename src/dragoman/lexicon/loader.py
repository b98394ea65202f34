"""Read the lexicon's files, gather every fault, and compile the frames into an index.

The index goes from surface form to triggers, so the cost of coding grows with
the triggers in a sentence and not with the size of the lexicon.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from dragoman.errors import DataError
from dragoman.language.forms import noun_forms, verb_forms, word_forms
from dragoman.lexicon.files import DATA, beside, own_folder, package_folder
from dragoman.lexicon.names import KINDS, Names, name_faults

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

    from dragoman.lexicon.files import Source
    from dragoman.lexicon.schema import EventFile, Frame

JOINT = re.compile(r"\S\S \S\S")
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

    @cached_property
    def by_words(self) -> bool:
        """Whether words alone decide it: nobody's party is read for it."""
        return not self.kinds and not self.slot.endswith(".owner")

    @cached_property
    def joints(self) -> frozenset[str]:
        """Return a space of each phrase with the letters beside it: "ir st" of "air strike".

        No phrase stands in a text that has none of these; "" is for a phrase of too short words.
        """
        return frozenset(map(_joint, self.phrases))

    @cached_property
    def by_event(self) -> bool:
        """Whether it asks what event a word reports."""
        return "event" in self.kinds or any(kind.isupper() for kind in self.kinds)


def _joint(phrase: str) -> str:
    """Return the first space of a phrase with two letters on each side, "" when there is none."""
    found = JOINT.search(phrase)
    return found.group() if found is not None else ""


Conditions = tuple[tuple[tuple[int, Condition], ...], tuple[Condition, ...]]
"""Numbered conditions that must hold, and those that must not."""


@dataclass(frozen=True)
class Compiled:
    """A frame ready for matching."""

    frame: Frame
    event: str
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    own: bool = False
    """Whether it is the user's."""

    @property
    def id(self) -> str:
        """The frame's id."""
        return self.frame.id

    @property
    def asks_no(self) -> bool:
        """Whether a condition asks for "no": "has no intention of" is not negated by it."""
        return any(all(w.startswith("no ") for w in words) for words in self.frame.when.values())

    @cached_property
    def needed(self) -> tuple[Condition, ...]:
        """Return the conditions that words alone decide and that must hold."""
        return tuple(c for c in self.when if c.by_words)

    @cached_property
    def steps(self) -> tuple[Conditions, Conditions]:
        """Return the conditions in the order of their cost: by words alone, then by parties."""
        return self._step(by_words=True), self._step(by_words=False)

    def _step(self, *, by_words: bool) -> Conditions:
        """Return the conditions that words alone decide, or the others."""
        return (
            tuple((n, c) for n, c in enumerate(self.when) if c.by_words is by_words),
            tuple(c for c in self.unless if c.by_words is by_words),
        )


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
    own: frozenset[str]
    """Ids of the user's own frames."""
    triggers: Mapping[str, tuple[Trigger, ...]]
    cues: Mapping[str, Mapping[str, frozenset[str]]]
    """Event type to mode to the words that add the mode."""
    light: frozenset[str]
    """Surface forms of light verbs."""
    passive_light: frozenset[str]
    """Surface forms of light verbs whose subject is on the receiving end."""

    def starting_from(self, word: str) -> list[Compiled]:
        """Return the frames that a word in any form starts, in the order of the files.

        Of several words, "call off" or "phone call", the frames with all of them.
        """
        parts = word.lower().replace("-", " - ").split()
        found: dict[str, Compiled] = {}
        for part in dict.fromkeys(parts):
            for trigger in self.triggers.get(part, ()):
                beside = (trigger.particle or "").split()
                if len(parts) == 1 or sorted([part, *beside]) == sorted(parts):
                    found[trigger.compiled.id] = trigger.compiled
        order = [frame.id for frame in self.frames]
        return sorted(found.values(), key=lambda compiled: order.index(compiled.id))

    @property
    def frames(self) -> list[Frame]:
        """Every frame, in the order of the files."""
        return [frame for file in self.files for frame in file.frames]

    @classmethod
    def load(  # noqa: PLR0913 - what frames may name comes from the ontology, which is not known here
        cls,
        folder: Path = DATA,
        *,
        own: Iterable[Path] = (),
        shipped: bool = True,
        types: Mapping[str, Iterable[str]] | None = None,
        contexts: Collection[str] = (),
        codes: Collection[str] = (),
    ) -> Lexicon:
        """Read and compile the lexicon.

        Args:
            folder: holds ``words.yaml``, ``light.yaml`` and ``events/*.yaml``.
            own: a user's frames, read beside those: folders with ``events/*.yaml``, or files.
            shipped: whether the frames of ``folder`` are read, or its words alone.
            types: event types with their modes; unknown names are faults.
            contexts: contexts; not checked when empty.
            codes: CAMEO codes; not checked when empty.

        Raises:
            DataError: with every fault of every file.
        """
        faults: list[str] = []
        base = package_folder(folder, faults, frames=shipped)
        theirs = [own_folder(path, base, faults) for path in own]
        sources = beside(base, theirs, faults)
        if types:
            faults += name_faults(sources, Names(types, contexts, codes))
        compiled = [
            _compile(frame, source, faults) for source in sources for frame in source.file.frames
        ]
        if faults:
            raise DataError(faults)
        light = [each.light for each in (base, *theirs)]
        return cls(
            files=tuple(source.file for source in sources),
            own=frozenset(f.id for s in sources if s.own for f in s.file.frames),
            triggers=_index(compiled),
            cues=_cues(sources),
            light=_verbs(w for each in light for w in each.get("light_verbs", ())),
            passive_light=_verbs(w for each in light for w in each.get("passive_light_verbs", ())),
        )


def _cues(sources: Iterable[Source]) -> dict[str, dict[str, frozenset[str]]]:
    """Return the words that add each mode, by type; several files of a type add up."""
    found: dict[str, dict[str, frozenset[str]]] = {}
    for source in sources:
        modes = found.setdefault(source.file.event, {})
        for mode, words in source.file.mode_cues.items():
            modes[mode] = modes.get(mode, frozenset()) | _forms(words)
    return found


def _compile(frame: Frame, source: Source, faults: list[str]) -> Compiled:
    """Turn a frame's conditions into sets."""
    where = f"{source.label}: {frame.id}"
    if not (frame.verbs or frame.nouns or frame.adjectives):
        faults.append(f"{where}: has no trigger; give it verbs, nouns or adjectives")

    def conditions(lines: Mapping[str, list[str]]) -> tuple[Condition, ...]:
        return tuple(
            _condition(slot, items, source.sets, where, faults) for slot, items in lines.items()
        )

    faults += [
        f"{where}: {slot}: asks for {word} and forbids it; remove one"
        for slot in sorted(frame.when.keys() & frame.unless.keys())
        for word in sorted(set(frame.when[slot]) & set(frame.unless[slot]))
    ]
    return Compiled(
        frame, source.file.event, conditions(frame.when), conditions(frame.unless), source.own
    )


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
