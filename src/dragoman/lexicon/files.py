"""The lexicon's files, read beside each other: the package's frames and a user's own.

The package's lie in one folder (``words.yaml``, ``light.yaml``, ``events/*.yaml``); a user's own in
a folder of the same layout, of which ``events`` alone is needed, or in a single file. Every fault
of every file is gathered; nothing stops at the first one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from pydantic import ValidationError

from dragoman.lexicon.schema import EventFile
from dragoman.yamlfile import entry_of, read_yaml, schema_fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

DATA = Path(__file__).parent / "data"
EVENTS = "events"
"""The folder of a lexicon that holds a file for each event type."""
Sets = dict[str, list[str]]


@dataclass(frozen=True)
class Source:
    """One file of frames."""

    label: str
    """What faults call it."""
    file: EventFile
    sets: Mapping[str, list[str]]
    """Word sets its frames may ask for."""
    own: bool
    """Whether it is the user's."""


@dataclass(frozen=True)
class Folder:
    """What was read of one lexicon."""

    sources: tuple[Source, ...]
    words: Sets
    """Word sets that its files share."""
    light: Sets
    """Light verbs."""


def package_folder(path: Path, faults: list[str], *, frames: bool) -> Folder:
    """Read the package's lexicon, or with ``frames`` false its words alone."""
    words = _sets(path / "words.yaml", "words.yaml", faults, needed=True)
    light = _sets(path / "light.yaml", "light.yaml", faults, needed=True)
    files = sorted((path / EVENTS).glob("*.yaml")) if frames else []
    read = ((file.name, _read(file, file.name, faults)) for file in files)
    sources = (Source(n, f, {**words, **f.words}, own=False) for n, f in read if f)
    return Folder(tuple(sources), words, light)


def own_folder(path: Path, base: Folder, faults: list[str]) -> Folder:
    """Read a user's lexicon, a folder or a file; the package's word sets are there too."""
    root = path if path.is_dir() else path.parent
    words = {**base.words, **_sets(root / "words.yaml", "words.yaml", faults, needed=False)}
    light = _sets(root / "light.yaml", "light.yaml", faults, needed=False)
    files = sorted((path / EVENTS).glob("*.yaml")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        faults.append(
            f"{path}: no frames there; expected a folder with {EVENTS}/*.yaml, or one such file"
        )
        return Folder((), words, light)
    labels = {file: file.relative_to(root).as_posix() for file in files}
    read = ((label, _read(file, label, faults)) for file, label in labels.items())
    sources = (Source(n, f, {**words, **f.words}, own=True) for n, f in read if f)
    return Folder(tuple(sources), words, light)


def _sets(path: Path, label: str, faults: list[str], *, needed: bool) -> Sets:
    """Read a mapping of name to word list."""
    if not needed and not path.exists():
        return {}
    try:
        found: Any = read_yaml(path)
        return {str(name): [str(word) for word in words] for name, words in found.items()}
    except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
        faults.append(f"{label}: cannot be read ({error}); expected a mapping of name to word list")
        return {}


def _read(path: Path, label: str, faults: list[str]) -> EventFile | None:
    """Read one file of frames; note its faults instead of raising."""
    data: Any = None
    try:
        data = read_yaml(path)
        return EventFile.model_validate(data)
    except ValidationError as error:  # a ValueError too, so it comes first
        faults += [schema_fault(label, _entry(data, e["loc"]), e) for e in error.errors()]
    except (OSError, yaml.YAMLError, ValueError) as error:
        faults.append(f"{label}: not valid YAML: {' '.join(str(error).split())}")
    return None


def _entry(data: Any, loc: Sequence[int | str]) -> str:
    """Name the entry a schema's fault stands in, a frame by its id alone."""
    return entry_of(data, loc).removeprefix("frames: ") if len(loc) > 1 else entry_of(data, loc)


def beside(base: Folder, own: Iterable[Folder], faults: list[str]) -> tuple[Source, ...]:
    """Return every file of frames, those of the package without what a user's own replace.

    A user's frame takes the place of a package's with its id; a file with ``instead`` the place of
    all the package's frames of its type.
    """
    theirs = [source for folder in own for source in folder.sources]
    faults += _repeated_ids(theirs or base.sources)
    ids = {frame.id for source in theirs for frame in source.file.frames}
    gone = {source.file.event for source in theirs if source.file.instead}
    kept = (s for s in base.sources if s.file.event not in gone)
    return (*filter(None, (_without(source, ids) for source in kept)), *theirs)


def _without(source: Source, ids: set[str]) -> Source | None:
    """Return a file without the frames of some ids; ``None`` when none is left."""
    frames = [frame for frame in source.file.frames if frame.id not in ids]
    if len(frames) == len(source.file.frames):
        return source
    file = source.file.model_copy(update={"frames": frames})
    return Source(source.label, file, source.sets, source.own) if frames else None


def _repeated_ids(sources: Iterable[Source]) -> Iterator[str]:
    """Find frame ids used twice."""
    places = [(frame.id, source.label) for source in sources for frame in source.file.frames]
    counts = Counter(name for name, _ in places)
    for name, label in places:
        if counts[name] > 1:
            yield f"{label}: {name}: this id is used twice; give each frame its own"
