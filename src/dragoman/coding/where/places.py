"""Where: find the place names of a sentence.

What a name means in its report is the atlas's business (``atlas.py``); this module decides
which words are place names at all. Which of them tells where an event happened is chosen in
``choice.py``. All word lists stand in ``data/places.yaml``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.where.gazetteer_data import CITY, DISTRICT, places, words
from dragoman.coding.where.names import Words
from dragoman.coding.where.place import PlaceMention
from dragoman.coding.where.scan import area
from dragoman.record import Location

if TYPE_CHECKING:
    from dragoman.coding.where.atlas import Atlas
    from dragoman.coding.where.gazetteer_data import Candidate
    from dragoman.coding.where.place import Kind
    from dragoman.language.tree import Doc, Span


def find_places(sentence: Span, base: int, atlas: Atlas) -> list[PlaceMention]:
    """Return the place names of a sentence, left to right, longest first, none inside another.

    Args:
        sentence: the sentence; its Doc may carry entities and a parse, but need not.
        base: code point of the report at which the Doc's text starts.
        atlas: what names mean in the report.
    """
    finder = _Finder(sentence, base, atlas, Words(sentence, atlas))
    found: list[PlaceMention] = []
    index = sentence.start
    while index < sentence.end:
        mention = finder.at(index)
        if mention is not None:
            found.append(mention)
        index = index + 1 if mention is None else max(mention.last, index) + 1
    return found


@dataclass(frozen=True, slots=True)
class _Finder:
    """One pass over the tokens of a sentence."""

    sentence: Span
    base: int
    atlas: Atlas
    words: Words

    @property
    def doc(self) -> Doc:
        """The Doc of the sentence."""
        return self.sentence.doc

    def at(self, start: int) -> PlaceMention | None:
        """Return the place name that starts at a token: the longest of what it can be."""
        if not self.words.starts(start):
            return None
        known = self._known(start)
        end = known.last + 1 if known else start
        site = max(self.words.street(start), self.words.site(start))
        if site > end:
            return self._unknown(start, site, "site")
        named = self.words.named(start)
        if named > end:
            return self._unknown(start, named, "name")
        known = known or self._people(start)
        told = self.words.told(start) if known is None else start
        return self._unknown(start, told, "name") if told > start else known

    def _known(self, start: int) -> PlaceMention | None:
        """Return the longest name of the gazetteer that starts at a token."""
        for end in range(self.words.reach(start), start, -1):
            last = self.words.word(end - 1)
            if not last[:1].isupper() and last not in words("airport_heads"):
                continue
            found = self._read(start, end)
            if found is not None:
                return found
        return None

    def _read(self, start: int, end: int) -> PlaceMention | None:
        """Return what the tokens name as a place, ``None`` when they name none."""
        text = self.words.name(start, end)
        city = self._airport_city(start, end)
        if not (city or self.atlas.countries.state(text) or self.atlas.gazetteer.knows(text)):
            return None
        inside = self.words.inside_other(start, end)
        if not inside and not self.words.stands_alone(start, end):
            return None
        candidate = self._meaning(start, end, city)
        if candidate is None:
            return None
        location = self.atlas.gazetteer.location(candidate, text)
        return self._mention(start, end, location, "part" if inside else "name")

    def _meaning(self, start: int, end: int, city: str | None) -> Candidate | None:
        """Return what a name means in the report, when it is believed to be a place."""
        text = self.words.name(start, end)
        if city is not None and not self.atlas.gazetteer.lookup(text):
            best = self.atlas.best(city)
            return replace(best, kind="airport") if best and best.level == CITY else None
        within, level = self._area_after(end), self.words.level_beside(start, end)
        best = self.atlas.best(text, within=within, level=level)
        if best is None and within is not None:
            within, best = None, self.atlas.best(text, level=level)
        placed = within is not None or level is not None
        if best is None or not (placed or self.words.believed(start, end, best)):
            return None
        return best

    def _airport_city(self, start: int, end: int) -> str | None:
        """Return the name before "Airport", ``None`` when the words name no airport."""
        if self.words.word(end - 1) not in words("airport_heads"):
            return None
        rest = self.words.text(start, end - 1).split()
        while rest and rest[-1].title() in places()["airport_middles"]:
            rest.pop()
        name = " ".join(rest)
        return name if name and self.atlas.gazetteer.knows(name) else None

    def _area_after(self, end: int) -> Candidate | None:
        """Return the country, state or province of "City, Area"."""
        if self.words.word(end) != "," or end + 1 >= self.sentence.end:
            return None
        for stop in range(min(self.words.reach(end + 1), end + 4), end + 1, -1):
            found = area(self.words.text(end + 1, stop), self.atlas.gazetteer, self.atlas.countries)
            if found is not None:
                return found
        return None

    def _unknown(self, start: int, end: int, kind: Kind) -> PlaceMention:
        """Return a place that the gazetteer does not know, in the area behind it if one stands."""
        text = self.words.text(start, end)
        within = self._area_after(end) or self._town_of(start, end)
        location = Location(extracted_place=text)
        if within is not None:
            location = self.atlas.gazetteer.location(within, text)
        return self._mention(start, end, location, kind)

    def _town_of(self, start: int, end: int) -> Candidate | None:
        """Return the town that a place is named after and lies in or at: "Homs Airport"."""
        if end - start == 1 or self.words.word(end - 1) not in words("towns_own"):
            return None
        level = places()["words"]["kinds"].get(self.words.word(end - 1))
        return self.atlas.best(self.words.name(start, end - 1), level=level)

    def _people(self, start: int) -> PlaceMention | None:
        """Return the country that an adjective tells: "Syrian", "Sri Lankans"."""
        for end in range(min(start + 2, self.sentence.end), start, -1):
            text = self.words.text(start, end)
            code = self.atlas.countries.people(text)
            country = None if code is None else self.atlas.gazetteer.country(code)
            if country is not None and self.words.may_be_people(start):
                location = self.atlas.gazetteer.location(country, text)
                return self._mention(start, end, location, "people")
        return None

    def _mention(self, start: int, end: int, location: Location, kind: Kind) -> PlaceMention:
        """Return a mention of tokens ``start`` to ``end`` - 1, with "southern" before them."""
        first = self.words.with_direction(start) if kind == "name" else start
        whole, name = self.doc[first:end], self.doc[start:end]
        level = location.resolution
        if kind == "name" and level == CITY and self.words.is_near(first):
            level = DISTRICT
        return PlaceMention(
            first=first,
            last=end - 1,
            start=self.base + whole.start_char,
            end=self.base + whole.end_char,
            text=whole.text,
            location=msgspec.structs.replace(
                location, extracted_place=whole.text, resolution=level
            ),
            kind=kind,
            name=(self.base + name.start_char, self.base + name.end_char),
        )
