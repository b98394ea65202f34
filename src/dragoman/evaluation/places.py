"""Place names against gold: which are found, and how near their points are.

Reads the XML of the LGL and TR-News corpora: articles with their toponyms, each with the offsets
of its characters and, mostly, a point. A toponym is found when a place name that the coder reads
has exactly its characters. Of those found, the ones whose gold has a point are counted as near
when the coder's point lies within 161 km (100 miles); a name without a point is not near.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree  # type: ignore[import-untyped]

from dragoman.coding.where.placed import placed_sentences
from dragoman.errors import InputError
from dragoman.evaluation.counting import Count, field, share, weights
from dragoman.evaluation.measured import PARTS, Measured, Part, Slip, fingerprint, half
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from dragoman.coding.coder import Coder
    from dragoman.coding.where.place import PlaceMention

NEAR = 161.0
"""Kilometres: 100 miles."""
RADIUS = 6371.0
"""Of the Earth, in kilometres."""

Point = tuple[float, float]
"""Latitude and longitude, decimal degrees."""
Characters = tuple[int, int]
"""First code point and one past the last."""


@dataclass(frozen=True, slots=True)
class Article:
    """A report of the gold with its toponyms."""

    report: Report
    toponyms: dict[Characters, Point | None]


@dataclass(frozen=True, slots=True)
class Result:
    """One article, counted."""

    id: str
    found: Count
    near: tuple[int, int]
    """Near ones among the found whose gold has a point."""
    slips: tuple[Slip, ...]


def evaluate_places(path: Path, coder: Coder) -> Measured:
    """Count the places of a gold file, by halves of its articles.

    Raises:
        InputError: the file is no XML of articles with toponyms.
    """
    results = [_count(article, coder) for article in read_articles(path)]
    parts = {part: _part([r for r in results if part in (half(r.id), "all")]) for part in PARTS}
    slips = tuple(s for r in results if half(r.id) == "dev" for s in r.slips)
    return Measured("Places", "reports", fingerprint(path), parts, slips)


def _part(results: Sequence[Result]) -> Part:
    """Return the measures of some articles."""
    if not results:
        return Part(0, {})
    drawn = weights(len(results))
    score = field([r.found for r in results], drawn)
    if score is None:
        return Part(len(results), {})
    near = share([r.near for r in results], drawn)
    measures = {"precision": score.precision, "recall": score.recall, "f1": score.f1}
    return Part(
        len(results), {**measures, "within_161km": near}, {"gold": score.gold, "coded": score.coded}
    )


def _count(article: Article, coder: Coder) -> Result:
    """Compare the places the coder reads with those of the gold."""
    read = {p.name: p for s in placed_sentences(article.report, coder) for p in s.places}
    gold = article.toponyms
    hits = read.keys() & gold.keys()
    far = [at for at in hits if gold[at] is not None and not _is_near(read[at], gold[at])]
    pointed = sum(gold[at] is not None for at in hits)
    return Result(
        article.report.id,
        Count(len(hits), len(read) - len(hits), len(gold) - len(hits)),
        (pointed - len(far), pointed),
        tuple(_slips(article, read, far)),
    )


def _slips(
    article: Article, read: dict[Characters, PlaceMention], far: Sequence[Characters]
) -> Iterator[Slip]:
    """Yield what went wrong in one article, in the order of its text."""
    gold = article.toponyms
    kinds = dict.fromkeys(gold.keys() - read.keys(), "not found")
    kinds |= dict.fromkeys(read.keys() - gold.keys(), "no place")
    kinds |= dict.fromkeys(far, "far off")
    for at in sorted(kinds):
        location = read[at].location if at in read else None
        text = article.report.text[slice(*at)]
        place = f"{location.resolved_place}, {location.country_code}" if location else ""
        codes = {"start": at[0], "end": at[1], "geonameid": location and location.geonameid}
        yield Slip(article.report.id, kinds[at], f"{text}  {place}".strip(), codes)


def _is_near(mention: PlaceMention, point: Point | None) -> bool:
    """Whether a mention's point lies within 161 km of another."""
    place = mention.location
    if place.lat is None or place.lon is None or point is None:
        return False
    return kilometres((place.lat, place.lon), point) <= NEAR


def kilometres(one: Point, other: Point) -> float:
    """Return the distance of two points along a great circle."""
    a, b, c, d = map(math.radians, (*one, *other))
    chord = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * RADIUS * math.asin(math.sqrt(min(1.0, chord)))


def read_articles(path: Path) -> Iterator[Article]:
    """Yield the articles of a gold file.

    Raises:
        InputError: the file is no XML of articles with toponyms.
    """
    try:
        root = etree.parse(path, etree.XMLParser(resolve_entities=False)).getroot()
    except (OSError, etree.XMLSyntaxError) as error:
        raise InputError(f"{path}: no XML ({error}); give a file such as lgl.xml") from error
    articles = root.findall("article")
    if root.tag != "articles" or not articles:
        raise InputError(
            f"{path}: <{root.tag}> found, <articles> expected; give lgl.xml or its like"
        )
    for element in articles:
        yield _article(element)


def _article(element: etree._Element) -> Article:
    """Read one article."""
    text = element.findtext("text") or ""
    report = Report(
        id=element.get("docid") or "",
        text=text,
        title=_trimmed(element, "title"),
        url=_trimmed(element, "url"),
        outlet=_trimmed(element, "domain"),
    )
    spots = (_toponym(toponym, text) for toponym in element.iter("toponym"))
    return Article(report, dict(spots))


def _trimmed(element: etree._Element, tag: str) -> str | None:
    """Return a child's text without white space around it, ``None`` when there is none."""
    return (element.findtext(tag) or "").strip() or None


def _toponym(element: etree._Element, text: str) -> tuple[Characters, Point | None]:
    """Return where a toponym stands, and its point.

    Some offsets of TR-News are a few characters off; the nearest place of the same words counts.
    """
    start, end = int(element.findtext("start") or 0), int(element.findtext("end") or 0)
    words = (element.findtext("phrase") or "").strip()
    if text[start:end] != words and words in text:
        start = min(_occurrences(words, text), key=lambda at: abs(at - start))
        end = start + len(words)
    lat, lon = element.findtext(".//lat"), element.findtext(".//lon")
    return (start, end), (float(lat), float(lon)) if lat and lon else None


def _occurrences(words: str, text: str) -> Iterator[int]:
    """Yield where some words stand in a text."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)
