"""Agents of older dictionaries, words such as "envoy", as groups of role words."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.actors.entries import fold
from dragoman.actors.schema import RoleGroup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.actors.knowledge import Knowledge


@dataclass(frozen=True)
class Agent:
    """One agent, its forms in lower case."""

    sector: tuple[str, ...]
    forms: tuple[str, ...]
    """The word; then its plurals, where the dictionary gives them."""
    regular: bool
    """Whether the program makes the plural."""


def groups_of(agents: Iterable[Agent], known: Knowledge) -> tuple[list[RoleGroup], int]:
    """Return agents as groups by sector, and how many the base knows alike.

    A word that the base has as a title, or as somebody a state sends, stays one.
    """
    lists: dict[tuple[str, ...], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    alike = 0
    for agent in agents:
        role = known.roles.words.get(fold(agent.forms[0]))
        if role is not None and role.sector == agent.sector:
            alike += 1
            continue
        place = "collective"
        if agent.regular:
            place = "agents" if role is None else _place(title=role.is_title, sends=role.sends)
        lists[agent.sector][place] += agent.forms
    groups = [
        RoleGroup.model_validate({"sector": list(sector), **{k: _once(v) for k, v in w.items()}})
        for sector, w in lists.items()
    ]
    return groups, alike


def _place(*, title: bool, sends: bool) -> str:
    """Return the list of a group that a word goes to."""
    return "sends" if sends else "titles" if title else "agents"


def _once(words: list[str]) -> list[str]:
    """Return words without repetitions."""
    return list(dict.fromkeys(words))
