"""Names and adjectives of countries, as the knowledge base has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.actors import Entry, Knowledge

    Lookup = Callable[[str], list[Entry]]


class CountryNames:
    """Answers which country a name or an adjective means; remembers while a report is read."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Take the knowledge base."""
        self._lookup: Lookup = knowledge.lookup
        self._known: dict[tuple[str, str], str | None] = {}

    def state(self, name: str) -> str | None:
        """Return the ISO 3166-1 alpha-3 code of a state's name, ``None`` for other names."""
        return self._code(name, "state")

    def people(self, word: str) -> str | None:
        """Return the code of the country that an adjective or a people's name tells."""
        return self._code(word, "adjective")

    def other(self, name: str) -> bool:
        """Whether a name is that of a person, a group or a body, and of no place."""
        found = [e for e in self._lookup(name) if e.matches(name)]
        return bool(found) and all(e.kind in ("person", "group", "organisation") for e in found)

    def _code(self, text: str, kind: str) -> str | None:
        """Return the code of the first entry of a kind."""
        key = text, kind
        if key not in self._known:
            found = (e.code for e in self._lookup(text) if e.kind == kind and e.matches(text))
            self._known[key] = next(found, None)
        return self._known[key]
