"""GDELT 2.0: the event table, one row a pair of parties, and the mentions table."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.export.cells import Row
    from dragoman.export.story import Pair, Press, Story
    from dragoman.export.world import World
    from dragoman.record import Entity, EventMention, Location, Span

WEB, CITATION = 1, 2
"""GDELT's kinds of mention that a record can hold."""
NOWHERE = -1
"""GDELT's offset of what a sentence does not name."""


def event_rows(story: Story, world: World) -> Iterator[Row]:
    """Yield a row of the event table for each pair of an event; it must have a date."""
    shared = _when(story) | _what(story, world) | _where(story, world)
    for pair in story.pairs:
        yield {
            "GLOBALEVENTID": pair.number,
            **shared,
            **_actor("Actor1", pair.source, world),
            **_actor("Actor2", pair.target, world),
        }


def mention_rows(story: Story, world: World) -> Iterator[Row]:
    """Yield a row of the mentions table for each pair and sentence; GDELT's key is kept.

    Of several mentions of an event in one sentence the surest goes in.
    """
    del world
    surest: dict[tuple[str, int], tuple[EventMention, Press]] = {}
    for mention, report in story.mentions():
        known = surest.get((report.id, mention.sentence))
        if known is None or mention.confidence > known[0].confidence:
            surest[report.id, mention.sentence] = (mention, report)
    for pair in story.pairs:
        for mention, report in surest.values():
            yield {"GLOBALEVENTID": pair.number, **_mention(story, pair, mention, report)}


def stamp(day: str) -> int:
    """Return a date as GDELT's YYYYMMDDHHMMSS, at midnight."""
    return int(day.replace("-", "")) * 1_000_000


def added(story: Story) -> int:
    """Return when the event was first reported; its own date when no report says."""
    return stamp(story.published()[0] or story.event.date or "0000-00-00")


def identifier(report: Press) -> str:
    """Return the URL of a report, or a citation of it."""
    return report.url or " ".join(filter(None, (report.outlet, report.id)))


def _when(story: Story) -> Row:
    """Return the columns of the date."""
    year, month, day = (int(part) for part in (story.event.date or "").split("-"))
    # The codebook says month * 30, the tables have (month - 1) * 30: 2007-07-04 is 2007.5041.
    fraction = ((month - 1) * 30 + day) / 365
    return {
        "SQLDATE": year * 10_000 + month * 100 + day,
        "MonthYear": year * 100 + month,
        "Year": year,
        "FractionDate": round(year + fraction, 4),
    }


def _actor(side: str, entity: Entity | None, world: World) -> Row:
    """Return the columns of one actor."""
    types = [*world.types(entity), "", "", ""]
    name = (entity.identifier_text or entity.entity_text).upper() if entity else None
    return {
        f"{side}Code": world.actor_code(entity),
        f"{side}Name": name,
        f"{side}CountryCode": world.cameo_country(entity),
        f"{side}KnownGroupCode": world.known_group(entity),
        **dict.fromkeys(f"{side}{each}" for each in _UNKNOWN),
        **{f"{side}Type{turn}Code": types[turn - 1] for turn in (1, 2, 3)},
        **_nowhere(f"{side}Geo"),
    }


_UNKNOWN = ("EthnicCode", "Religion1Code", "Religion2Code")
_PARTS = ("FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def _nowhere(name: str) -> Row:
    """Return the columns of a place that is not known."""
    return {f"{name}_Type": 0, **dict.fromkeys(f"{name}_{part}" for part in _PARTS)}


def _what(story: Story, world: World) -> Row:
    """Return the columns of the event and of its reports."""
    cameo, event = world.cameo(story.event), story.event
    unnamed = sum(report.outlet is None for report in story.reports)
    early = world.maps.root_sentences
    root = any(m.segment == "headline" or m.sentence < early for m in event.mentions)
    return {
        "IsRootEvent": int(root),
        "EventCode": cameo.code,
        "EventBaseCode": cameo.code[:3],
        "EventRootCode": cameo.code[:2],
        "QuadClass": world.maps.quad_of_root["gdelt"][cameo.code[:2]],
        "GoldsteinScale": cameo.goldstein,
        "NumMentions": len(event.mentions),
        "NumSources": len(story.outlets) + unnamed,
        "NumArticles": len(story.reports),
        "AvgTone": None,
        "DATEADDED": added(story),
        "SOURCEURL": identifier(story.first),
    }


def _where(story: Story, world: World) -> Row:
    """Return the columns of the action's place."""
    place = story.event.event_loc
    kind = _geo_type(place) if place else 0
    if place is None or kind == 0:
        return _nowhere("ActionGeo")
    country, adm1 = world.fips(place.country_code), world.adm1(place)
    return {
        "ActionGeo_Type": kind,
        "ActionGeo_FullName": _full_name(place, kind),
        "ActionGeo_CountryCode": country,
        "ActionGeo_ADM1Code": adm1,
        "ActionGeo_ADM2Code": None,
        "ActionGeo_Lat": place.lat,
        "ActionGeo_Long": place.lon,
        "ActionGeo_FeatureID": country if kind == 1 else adm1 if kind in {2, 5} else None,
    }


def _geo_type(place: Location) -> int:
    """Return GDELT's kind of a place: 1 country, 2 and 5 state, 3 and 4 city; 0 unknown."""
    american = place.country_code == "USA"
    level = place.resolution or (4 if place.city else 2 if place.province else 1)
    if level == 1:
        return 1 if place.country_code else 0
    if level == 2:
        return 2 if american else 5
    return 3 if american else 4


def _full_name(place: Location, kind: int) -> str:
    """Return "City, Province, Country" as far as the kind of place goes."""
    spot = place.city or place.resolved_place or place.extracted_place
    parts = [place.country]
    if kind != 1:
        parts.insert(0, place.province)
    if kind in {3, 4}:
        parts.insert(0, spot)
    return ", ".join(dict.fromkeys(filter(None, parts))) or spot


def _mention(story: Story, pair: Pair, mention: EventMention, report: Press) -> Row:
    """Return the columns of one mention."""
    evidence, percent = mention.evidence, round(mention.confidence * 10) * 10
    return {
        "EventTimeDate": added(story),
        "MentionTimeDate": stamp(report.published) if report.published else added(story),
        "MentionType": WEB if report.url else CITATION,
        "MentionSourceName": host(report.url) or report.outlet,
        "MentionIdentifier": identifier(report),
        "SentenceID": mention.sentence + 1,
        "Actor1CharOffset": _offset(pair.source, evidence.actor),
        "Actor2CharOffset": _offset(pair.target, evidence.recipient or evidence.actor),
        "ActionCharOffset": evidence.trigger[0].start if evidence.trigger else NOWHERE,
        "InRawText": 1,
        "Confidence": min(100, max(10, percent)),
        "MentionDocLen": report.length,
        "MentionDocTone": None,
        "MentionDocTranslationInfo": None,
        "Extras": None,
    }


def host(url: str | None) -> str | None:
    """Return the host of an address, without "www."; ``None`` when it has none."""
    try:
        found = urlsplit(url or "").hostname
    except ValueError:
        return None
    return found.removeprefix("www.") if found else None


def _offset(entity: Entity | None, spans: Sequence[Span]) -> int:
    """Return where a sentence names an entity; a lone span is the entity's by any name."""
    if entity is None:
        return NOWHERE
    named = [span for span in spans if span.text == entity.entity_text]
    chosen = named or (spans if len(spans) == 1 else ())
    return chosen[0].start if chosen else NOWHERE
