"""Names of places in plain text: quick, without a parse, to learn what a report is about.

What stands here need not be right everywhere: a name that may belong to a person is taken with a
doubt. Which words of a sentence are places is decided by ``where.py``, with the parse.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.where.gazetteer_data import places, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.where.country_names import CountryNames
    from dragoman.coding.where.gazetteer import Gazetteer
    from dragoman.coding.where.gazetteer_data import Candidate

WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_][\w-]*(?:['’](?!s\b)\w+)*\.?|[,;:()!?\n]")
"""A word with the full stop behind it, an abbreviation, or a mark that parts names."""
LONGEST = 5
"""Words in the longest name."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A name in a text."""

    text: str
    within: Candidate | None = None
    """The area that follows: "Paris, Texas"."""
    people: str | None = None
    """Code of the country, when it is an adjective ("Syrian")."""
    doubted: bool = False
    """Whether it may be a part of another name."""


def scan(text: str, gazetteer: Gazetteer, countries: CountryNames) -> list[Seen]:
    """Return the names of places in a text, in its order."""
    return list(_Scan([m.group() for m in WORD.finditer(text)], gazetteer, countries).names())


@dataclass(frozen=True, slots=True)
class _Scan:
    """One pass over the words of a text."""

    tokens: Sequence[str]
    gazetteer: Gazetteer
    countries: CountryNames

    def names(self) -> Iterator[Seen]:
        """Yield names from left to right, the longest at each word."""
        free = 0
        for index, token in enumerate(self.tokens):
            if index < free or not token[0].isupper():
                continue
            free, seen = self._at(index)
            if seen is not None:
                yield seen

    def _at(self, start: int) -> tuple[int, Seen | None]:
        """Return the longest name that starts at a capitalised word, and where it ends."""
        for end in range(self._reach(start), start, -1):
            name = self._name(start, end)
            if name is not None:
                return end, self._seen(name, start, end)
        if self.tokens[start] in words("titles"):
            return start + 1, None
        people = self.countries.people(self.tokens[start].rstrip("."))
        return start + 1, None if people is None else Seen(self.tokens[start], people=people)

    def _reach(self, start: int) -> int:
        """Return the end of the words that can belong to one name."""
        end = start + 1
        while end < len(self.tokens) and end - start < LONGEST:
            token = self.tokens[end]
            if not token[0].isupper() and token not in words("small"):
                break
            end += 1
        return end

    def _name(self, start: int, end: int) -> str | None:
        """Return some words as the gazetteer or the list of states has them."""
        if not self.tokens[end - 1][0].isupper():
            return None
        text = " ".join(self.tokens[start:end])
        for form in dict.fromkeys((text, text.rstrip("."))):
            if self.countries.state(form) or self.gazetteer.knows(form):
                return None if form in words("never") else form
        return None

    def _seen(self, name: str, start: int, end: int) -> Seen:
        """Return a name with the area behind it."""
        within = self._area(end)
        before = self.tokens[start - 1] if start else ""
        after = self.tokens[end] if end < len(self.tokens) else ""
        person = before.strip(",") in words("titles") or name in words("guarded")
        other = (before[:1].isupper() and before not in words("directions")) or (
            after[:1].isupper() and not self.tokens[end - 1].endswith(".")
        )
        return Seen(name, within, doubted=within is None and (person or other))

    def _area(self, end: int) -> Candidate | None:
        """Return the country, state or province behind a comma."""
        if end + 1 >= len(self.tokens) or self.tokens[end] != ",":
            return None
        for stop in range(min(len(self.tokens), end + 4), end + 1, -1):
            text = " ".join(self.tokens[end + 1 : stop])
            area = self.area(text) or self.area(text.rstrip("."))
            if area is not None:
                return area
        return None

    def area(self, text: str) -> Candidate | None:
        """Return the country, state or province that a name means."""
        return area(text, self.gazetteer, self.countries)


def area(text: str, gazetteer: Gazetteer, countries: CountryNames) -> Candidate | None:
    """Return the country, state or province that a name means behind "City,"."""
    if not text[:1].isupper():
        return None
    known = [c for c in gazetteer.areas(_spelt(text)) if c.kind in ("state", "region", "province")]
    state = next((c for c in known if c.kind == "state"), None)
    code = countries.state(text)
    if state is None and code is not None:
        return gazetteer.country(code)
    return state or next(iter(known), None)


def _spelt(text: str) -> str:
    """Return a US state's abbreviation of one form for its postal code: "KY" is "Ky."."""
    forms = places()["states"].get(text)
    return str(forms[2]) if forms and len(forms) > 2 else text
