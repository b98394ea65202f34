"""Users' own actors: read any dictionary and merge it into the user's file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from dragoman.actors import tabari, wikidata
from dragoman.actors.codes import Codes, Roles
from dragoman.actors.converted import Converted
from dragoman.actors.knowledge import read_file
from dragoman.actors.schema import Actor, ActorsFile, Person
from dragoman.actors.written import as_yaml
from dragoman.errors import DataError, InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from dragoman.actors.knowledge import Knowledge
    from dragoman.actors.schema import ActorKind, RoleGroup

Named = TypeVar("Named", Actor, Person)
YAML = frozenset({".yaml", ".yml"})
HEAD = """# Actors of your own. Made by dragoman actors add; use it with dragoman code --actors.
# Change it as you like: lines of comments above the first entry stay.
"""


@dataclass(frozen=True)
class Options:
    """What a reader cannot know of a dictionary."""

    kind: ActorKind | None = None
    """What every actor is; guessed from codes and offices without it."""
    roles: Roles = "cameo"
    """Whose role codes it uses."""
    sector: tuple[str, ...] = ()
    """Sectors of actors that state none."""


class Merged(NamedTuple):
    """A user's file with what was added."""

    file: ActorsFile
    added: int
    """Entries that are new."""
    replaced: tuple[str, ...]
    """Names of entries that took the place of others."""


def convert(path: Path, base: Knowledge, options: Options) -> Converted:
    """Read a dictionary of any kind; the kind follows the ending, then the content.

    Args:
        path: a YAML file in our own form, a TABARI or PETRARCH dictionary, or a query's result.
        base: the package's knowledge base.
        options: what the file does not say.

    Raises:
        InputError: it cannot be read, or is none of these.
        DataError: a file in our own form breaks its schema.
    """
    if path.suffix in YAML:
        return _own_form(path)
    text = _text_of(path)
    if wikidata.looks_like(text):
        return wikidata.read_result(text, base, options.kind, options.sector)
    if tabari.looks_like(text):
        return tabari.read_dictionary(text, Codes(base, options.roles), options.kind)
    raise InputError(
        f"{path}: no dictionary that is known; expected lines as NAME [CODE] (TABARI, PETRARCH), a"
        " Wikidata result (.csv, .json) with columns item and itemLabel, or our own .yaml"
    )


def _own_form(path: Path) -> Converted:
    """Return a file in our own form as what a reader hands on.

    Raises:
        DataError: it breaks its schema, or holds sections that cannot be merged.
    """
    file = read_own(path)
    other = [s for s in ("states", "historical", "regions", "organisations", "groups")
             if getattr(file, s)]  # fmt: skip
    if other:
        raise DataError(
            [f"{path}: section {s} is not merged; put the file itself into a folder that you give"
             " to dragoman code --actors" for s in other]
        )  # fmt: skip
    size = len(file.actors) + len(file.people) + len(file.roles)
    return Converted([*file.actors], [*file.people], [*file.roles], read=size)


def read_own(path: Path) -> ActorsFile:
    """Return a user's file; an empty one where there is none yet.

    Raises:
        DataError: with every fault of its schema.
    """
    if not path.exists():
        return ActorsFile()
    faults: list[str] = []
    file = read_file(path, faults)
    if file is None:
        raise DataError(faults)
    return file


def _text_of(path: Path) -> str:
    """Return a file's text: UTF-8, else Windows-1252, as older dictionaries are.

    Raises:
        InputError: it cannot be opened.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); name a file") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


# -- merging -------------------------------------------------------------------------------


def merge(own: ActorsFile, added: Converted) -> Merged:
    """Add what was read to a user's file; an entry of the same name takes the older one's place."""
    actors, gone = _joined(own.actors, added.actors)
    people, gone_people = _joined(own.people, added.people)
    roles = [*added.roles, *(g for g in own.roles if g not in added.roles)]
    changed = {"actors": actors, "people": people, "roles": _without_repeats(roles)}
    size = len(actors) + len(people) - len(own.actors) - len(own.people)
    return Merged(own.model_copy(update=changed), size, (*gone, *gone_people))


def _joined(own: Sequence[Named], added: Sequence[Named]) -> tuple[list[Named], list[str]]:
    """Return two lists of entries as one, and the names of those replaced by a different one."""
    by_name = {_key(entry): entry for entry in own}
    new = {_key(entry): entry for entry in added}
    gone = [key[0] for key, entry in new.items() if by_name.get(key, entry) != entry]
    return list((by_name | new).values()), gone


def _key(entry: Actor | Person) -> tuple[str, str | None]:
    """Return what an entry is known by: its name, a person's with the country."""
    return entry.name, entry.code if isinstance(entry, Person) else None


def _without_repeats(roles: Iterable[RoleGroup]) -> list[RoleGroup]:
    """Return groups of role words, each word in the first that has it."""
    seen: set[str] = set()
    kept = []
    for group in roles:
        lists = {}
        for name in ("titles", "agents", "collective", "sends"):
            lists[name] = [w for w in getattr(group, name) if w not in seen]
        seen.update(word for words in lists.values() for word in words)
        if any(lists.values()):
            kept.append(group.model_copy(update=lists))
    return kept


def write(path: Path, file: ActorsFile) -> None:
    """Write a user's file, whole or not at all; the comments at its top stay.

    Raises:
        InputError: it cannot be written.
    """
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_text(_head(path) + as_yaml(file), encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be written ({error.strerror}); make its folder first or name another"
        ) from error


def _head(path: Path) -> str:
    """Return the comments at the top of a file that is there, else the usual ones."""
    if not path.exists():
        return HEAD
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    top = next((i for i, line in enumerate(lines) if line.strip() and line[0] != "#"), len(lines))
    return "".join(lines[:top]) or HEAD
