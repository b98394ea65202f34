"""What a reader of foreign dictionaries hands on: our entries, and what it left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.actors.schema import ActorsFile

if TYPE_CHECKING:
    from dragoman.actors.schema import Actor, Person, RoleGroup

SHOWN = 60
"""Characters of a line that a message quotes."""


@dataclass(frozen=True)
class Skipped:
    """Something that was left out."""

    line: int
    """Line of the file, from 1; row with its heading for tables; item for JSON."""
    text: str
    """What stood there, shortened."""
    reason: str
    """Why it was left out, and what to do."""

    def __str__(self) -> str:
        """Return one line."""
        return f"line {self.line}: {self.text}: {self.reason}"


@dataclass
class Converted:
    """What was read from one file."""

    actors: list[Actor] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    roles: list[RoleGroup] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    read: int = 0
    """Entries that the file holds."""
    known: int = 0
    """Entries left out because the base says the same."""

    def skip(self, line: int, text: str, reason: str) -> None:
        """Note something that is left out."""
        short = " ".join(text.split())
        self.skipped.append(
            Skipped(line, short if len(short) <= SHOWN else f"{short[: SHOWN - 3]}...", reason)
        )

    @property
    def file(self) -> ActorsFile:
        """What was read, as a file of actors."""
        return ActorsFile.model_construct(actors=self.actors, people=self.people, roles=self.roles)
