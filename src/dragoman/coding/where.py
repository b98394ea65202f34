"""Where: find the place names of a sentence and choose the one of an event.

What a name means is the gazetteer's business (``gazetteer.py``); this module decides
which words are place names at all, and which of them tell where the event happened.
All word lists stand in ``data/places.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from dragoman.coding.gazetteer import Gazetteer, shared
from dragoman.coding.gazetteer_data import CITY, Candidate, places, words
from dragoman.coding.where_choice import PlaceMention, choose_place

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from dragoman.record import Location

__all__ = ["Candidate", "Gazetteer", "PlaceMention", "choose_place", "find_places"]

LONGEST = 6
"""Tokens in the longest place name that is looked for."""
PERSONS = frozenset({"PERSON", "PER"})
NO_PLACES = PERSONS | {"ORG", "NORP", "MISC"}
KNOWN_LABELS = NO_PLACES | {"LOC", "GPE", "FAC"}
LARGE = 100_000
"""Inhabitants from which a name that is not the canonical one is believed on its own."""
TOWN = 20_000
"""The same for the canonical name."""


IsCountry = Callable[[str], str | None]
"""Gives the ISO 3166-1 alpha-3 code of a country's name, or ``None``."""


@dataclass(frozen=True, slots=True)
class _Reader:
    """What reading a sentence needs beside its tokens."""

    sentence: Span
    is_country: IsCountry
    gazetteer: Gazetteer
    context: Mapping[str, int]

    @property
    def doc(self) -> Doc:
        """The Doc of the sentence."""
        return self.sentence.doc

    def token(self, index: int) -> Token | None:
        """Return a token of the sentence, ``None`` beyond its ends."""
        inside = self.sentence.start <= index < self.sentence.end
        return self.doc[index] if inside else None

    def text(self, start: int, end: int) -> str:
        """Return the words of tokens ``start`` to ``end`` - 1, white space single."""
        return " ".join(self.doc[start:end].text.split())

    def area(self, start: int, end: int) -> Candidate | None:
        """Return the country, state or province that some tokens name."""
        text = self.text(start, end)
        code = self.is_country(text)
        if code is not None:
            return self.gazetteer.country(code)
        known = [c for c in self.gazetteer.lookup(text) if c.kind not in ("city", "airport")]
        return max(known, key=lambda c: (c.kind == "state", c.kind == "country"), default=None)


def find_places(
    sentence: Span,
    base: int,
    is_country: IsCountry,
    *,
    gazetteer: Gazetteer | None = None,
    context: Mapping[str, int] | None = None,
) -> list[PlaceMention]:
    """Return the place names of a sentence, left to right, longest first, none inside another.

    Args:
        sentence: the sentence; its Doc may carry entities and a parse, but need not.
        base: code point of the report at which the Doc's text starts.
        is_country: gives the ISO 3166-1 alpha-3 code of a country's name.
        gazetteer: where names are looked up; the shared one when not given.
        context: how often each country was named in the report, by the same codes.
    """
    reader = _Reader(sentence, is_country, gazetteer or shared(), context or {})
    found: list[PlaceMention] = []
    index = sentence.start
    while index < sentence.end:
        mention = _longest_at(reader, index, base)
        if mention is not None:
            found.append(mention)
        index = index + 1 if mention is None else mention.last + 1
    return found


def _longest_at(reader: _Reader, start: int, base: int) -> PlaceMention | None:
    """Return the longest place name that starts at a token."""
    if not reader.doc[start].text[:1].isupper():
        return None
    for end in range(min(reader.sentence.end, start + LONGEST), start, -1):
        if not reader.doc[end - 1].text[-1:].isalpha() and not reader.doc[end - 1].text.endswith(
            "."
        ):
            continue
        location = _read(reader, start, end)
        if location is not None:
            return _mention(reader, start, end, base, location)
    return None


def _mention(reader: _Reader, start: int, end: int, base: int, location: Location) -> PlaceMention:
    """Return a mention of tokens ``start`` to ``end`` - 1."""
    span = reader.doc[start:end]
    return PlaceMention(
        first=start,
        last=end - 1,
        start=base + span.start_char,
        end=base + span.end_char,
        text=span.text,
        location=msgspec.structs.replace(location, extracted_place=span.text),
    )


def _read(reader: _Reader, start: int, end: int) -> Location | None:
    """Return what the tokens name as a place, ``None`` when they name none."""
    text = reader.text(start, end)
    code = reader.is_country(text)
    if code is None and not _could_be(reader, text, end):
        return None
    if not _stands_alone(reader, start, end):
        return None
    if code is not None:
        country = reader.gazetteer.country(code)
        return None if country is None else reader.gazetteer.location(country, text)
    return _read_place(reader, start, end, text)


def _could_be(reader: _Reader, text: str, end: int) -> bool:
    """Whether the gazetteer holds a name, or an airport is named after a city it holds."""
    if reader.gazetteer.knows(text):
        return True
    return _airport_base(reader.doc[end - 1].text, text) is not None


def _read_place(reader: _Reader, start: int, end: int, text: str) -> Location | None:
    """Return a place that is no country."""
    city = _airport_base(reader.doc[end - 1].text, text)
    if city is not None and not reader.gazetteer.lookup(text):
        best = reader.gazetteer.best(city, context=reader.context)
        return None if best is None or best.level != CITY else _airport(reader, best, text)
    within, level = _area_after(reader, end), _level_beside(reader, start, end)
    best = reader.gazetteer.best(text, context=reader.context, within=within, level=level)
    if best is None and within is not None:
        within = None
        best = reader.gazetteer.best(text, context=reader.context, level=level)
    if best is None or not _believed(
        reader, start, end, best, placed=within is not None or level is not None
    ):
        return None
    return reader.gazetteer.location(best, text)


def _airport(reader: _Reader, city: Candidate, text: str) -> Location:
    """Return an airport known only by its city: the city, as for the airports of the data file."""
    return reader.gazetteer.location(replace(city, kind="airport"), text)


def _airport_base(last: str, text: str) -> str | None:
    """Return the name before "Airport", ``None`` when the words name no airport."""
    if last not in words("airport_heads"):
        return None
    rest = text[: -len(last)].split()
    while rest and rest[-1].title() in places()["airport_middles"]:
        rest.pop()
    return " ".join(rest) or None


def _area_after(reader: _Reader, end: int) -> Candidate | None:
    """Return the country, state or province of "City, Area"."""
    comma = reader.token(end)
    if comma is None or comma.text != ",":
        return None
    for stop in range(min(reader.sentence.end, end + 5), end + 1, -1):
        if reader.doc[end + 1].text[:1].isupper():
            area = reader.area(end + 1, stop)
            if area is not None:
                return area
    return None


def _level_beside(reader: _Reader, start: int, end: int) -> int | None:
    """Return the level that "X province" or "the province of X" tells."""
    kinds: dict[str, int] = places()["words"]["kinds"]
    following, before, kind = reader.token(end), reader.token(start - 1), reader.token(start - 2)
    if following is not None and following.text in kinds:
        return kinds[following.text]
    if before is not None and before.lower_ == "of" and kind is not None:
        return kinds.get(kind.text)
    return None


def _stands_alone(reader: _Reader, start: int, end: int) -> bool:
    """Whether the words are a whole name, not part of a person's or organisation's."""
    labels = {t.ent_type_ for t in reader.doc[start:end]} & KNOWN_LABELS
    if labels:
        return not labels & NO_PLACES
    return _left_free(reader, start) and _right_free(reader, start, end)


def _left_free(reader: _Reader, start: int) -> bool:
    """Whether the word before does not belong to the same name ("Jack London")."""
    before = reader.token(start - 1)
    if before is None:
        return True
    if before.text in words("titles"):
        return False
    if before.text == "-" and before.idx + 1 == reader.doc[start].idx and not before.whitespace_:
        return False
    if before.lower_ == "of":
        owner = reader.token(start - 2)
        return owner is None or owner.text not in words("organisations")
    free = before.is_stop or before.text in words("directions") or before.text in words("dates")
    return (
        free
        or not before.text[:1].isupper()
        or before.lower_ in words("locative")
        or _is_area(reader, start - 1)
    )


def _is_area(reader: _Reader, index: int) -> bool:
    """Whether one token names a country ("Israel West Bank")."""
    return reader.is_country(reader.doc[index].text) is not None


def _right_free(reader: _Reader, start: int, end: int) -> bool:
    """Whether the word after does not belong to the same name ("Paris Hilton")."""
    following = reader.token(end)
    if following is None or following.is_stop or not following.text[:1].isupper():
        return not (
            following is not None and following.text == "-" and not reader.doc[end - 1].whitespace_
        )
    if following.text in words("organisations"):
        return False
    beside = following.text in words("dates") or following.text in places()["words"]["kinds"]
    return beside or _is_area(reader, end) or _after_preposition(reader, start)


def _after_preposition(reader: _Reader, start: int, kind: str = "locative") -> bool:
    """Whether a locative preposition stands before, a direction or article between."""
    before = reader.token(start - 1)
    if before is not None and (
        before.text.title() in words("directions") or before.lower_ == "the"
    ):
        before = reader.token(before.i - 1)
    return before is not None and before.lower_ in words(kind) - {"and"}


def _believed(reader: _Reader, start: int, end: int, best: Candidate, *, placed: bool) -> bool:
    """Whether the words are the place and no homograph of it: "Reading", "Bush", "Nice"."""
    text = reader.text(start, end)
    if placed:
        return True
    if text in words("never") or (end - start == 1 and _is_common(reader.doc[start])):
        return False
    if best.kind != "city":
        return True
    if text in words("guarded") and text not in words("unguarded"):
        return _after_preposition(reader, start, "sure")
    large = best.population >= (TOWN if best.exact else LARGE)
    return large or _after_preposition(reader, start)


def _is_common(token: Token) -> bool:
    """Whether a capitalised word is no name: a stop word, or tagged as no noun."""
    return token.is_stop or (bool(token.pos_) and token.pos_ not in ("PROPN", "NOUN", "X"))
