"""Who acts: the knowledge base of states, organisations, groups, people and roles."""

from dragoman.actors.entries import Entry, Kind, Office, fold
from dragoman.actors.knowledge import Knowledge
from dragoman.actors.roles import Role

__all__ = ["Entry", "Kind", "Knowledge", "Office", "Role", "fold"]
