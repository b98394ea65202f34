"""Where a user's own actors and the package's differ.

What counts first: a reading that held on the report's day before one that did not; among
those the user's own before the package's; in one file, what stands first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dragoman.actors.entries import Words, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.actors.entries import Entry
    from dragoman.actors.knowledge import Knowledge
    from dragoman.actors.schema import ActorsFile


class Conflict(NamedTuple):
    """A name or role word of the user's that the package reads otherwise."""

    name: str
    own: str
    shipped: str

    def __str__(self) -> str:
        """Return one line."""
        return f"{self.name}: yours {self.own}; shipped {self.shipped}"


def conflicts(file: ActorsFile, base: Knowledge) -> Iterator[Conflict]:
    """Yield what a user's file reads otherwise than the package, for the same days.

    Args:
        file: the user's file.
        base: the package's knowledge base alone.
    """
    for entry in entries(file, Words()):
        for shipped in base.lookup(entry.form):
            if _differ(entry, shipped):
                yield Conflict(entry.form, described(entry), described(shipped))
                break
    for group in file.roles:
        for word in (*group.titles, *group.agents, *group.collective, *group.sends):
            role = base.roles.words.get(word)
            if role is not None and role.sector != tuple(group.sector):
                yield Conflict(word, " ".join(group.sector), " ".join(role.sector) or "no sector")


def _differ(one: Entry, other: Entry) -> bool:
    """Tell whether two readings say something else of one day: country or first sector."""
    return any(
        one.code != other.code or bool(mine and theirs and mine[0] != theirs[0])
        for since, until, mine in _times(one)
        for start, end, theirs in _times(other)
        if max(since, start) <= min(until, end)
    )


def _times(entry: Entry) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return first day, last day and sectors of what an entry says, office by office."""
    found = [(o.since, o.until, o.sector or entry.sector) for o in entry.offices]
    found = found or [(entry.since, entry.until, entry.sector)]
    return [(since or "", until or "9999-12-31", sector) for since, until, sector in found]


def described(entry: Entry) -> str:
    """Return a reading on one line: ``NOR GOV 1985-01-01..1994-12-31, person Kari Nordmann``."""
    span = f"{entry.since or ''}..{entry.until or ''}" if entry.since or entry.until else "always"
    said = " ".join([entry.code or "no country", *entry.sector])
    return f"{said} {span}, {entry.kind} {entry.name}"
