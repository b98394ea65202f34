"""What the places of a whole report mean: its atlas and its dateline."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dragoman.coding.where.atlas import Atlas
from dragoman.coding.where.country_names import CountryNames
from dragoman.coding.where.gazetteer_data import places
from dragoman.coding.where.scan import area

if TYPE_CHECKING:
    from dragoman.coding.coder import Tools
    from dragoman.language.segments import Dateline
    from dragoman.record import Location, Report


def atlas_of(report: Report, tools: Tools) -> Atlas:
    """Weigh the places of a report by each other, the country of its web address considered."""
    texts = [report.text] if report.title is None else [report.title, report.text]
    countries = CountryNames(tools.knowledge)
    return Atlas.of(texts, tools.gazetteer, countries, tools.gazetteer.code(_domain(report)))


def place_of_dateline(line: Dateline, atlas: Atlas) -> Location | None:
    """Return where a report was filed, ``None`` when the dateline names no known place."""
    words = line.place.title() if line.place.isupper() else line.place
    name, _, rest = (part.strip() for part in words.partition(","))
    within = area(rest, atlas.gazetteer, atlas.countries) if rest else None
    found = atlas.best(name, within=within) or atlas.best(words)
    if found is None or found.iso3 is None:
        return None
    return atlas.gazetteer.location(found, line.place)


def _domain(report: Report) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that a web address ends in: "GB" for bbc.co.uk."""
    address = report.url or report.outlet or ""
    host = urlsplit(address).hostname if "//" in address else address.split("/")[0]
    ending = (host or "").strip().rpartition(".")[2].lower()
    if len(ending) != 2 or ending in places()["open_domains"]:
        return None
    return str(places()["domains"].get(ending, ending.upper()))
