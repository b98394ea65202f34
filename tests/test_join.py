"""Mentions of one happening become one event; different happenings stay apart."""

from __future__ import annotations

from typing import Any

import msgspec

from dragoman import ontology
from dragoman.record import DateInfo, Entity, Evidence, Mention, Report, Span
from dragoman.stories.join import join

ONTOLOGY = ontology.load()
REPORT = Report(id="r", text="x" * 500)


def mention(number: int, actor: str, recipient: str, **changes: Any) -> Mention:
    """Make a visit of one country to another."""
    fields: dict[str, Any] = {
        "id": f"r:{number}",
        "report": "r",
        "sentence": number,
        "segment": "body",
        "text": "x",
        "start": number,
        "end": number + 1,
        "frame": "consult.visit.noun",
        "event": "CONSULT",
        "mode": ("visit",),
        "cameo": "042",
        "confidence": 0.7,
        "actor": (Entity(code=actor, entity_text=actor),),
        "recipient": (Entity(code=recipient, entity_text=recipient),),
        "evidence": Evidence(trigger=(Span(number, number + 1, "x"),)),
    }
    return Mention(**{**fields, **changes})


def dated(day: str) -> dict[str, Any]:
    """Return the fields of a stated date."""
    return {"date": day, "date_info": DateInfo(text="x", start=0, end=1)}


def count(*mentions: Mention) -> int:
    """Return how many events some mentions make."""
    return len(join(mentions, [REPORT], ONTOLOGY, "m"))


def test_same_dyad_and_day_is_one_event() -> None:
    assert count(mention(1, "IRN", "RUS"), mention(2, "IRN", "RUS")) == 1


def test_other_day_is_another_event() -> None:
    one, other = (
        mention(1, "IRN", "RUS", **dated("2021-10-17")),
        mention(2, "IRN", "RUS", **dated("2021-11-02")),
    )
    assert count(one, other) == 2


def test_undated_mention_joins_the_dated_one() -> None:
    events = join(
        [mention(1, "IRN", "RUS"), mention(2, "IRN", "RUS", **dated("2021-10-17"))],
        [REPORT],
        ONTOLOGY,
        "m",
    )
    assert len(events) == 1
    assert events[0].date == "2021-10-17"


def test_other_dyad_is_another_event() -> None:
    assert count(mention(1, "IRN", "RUS"), mention(2, "IRN", "CHN")) == 2


def test_denied_and_stated_stay_apart() -> None:
    assert count(mention(1, "IRN", "RUS"), mention(2, "IRN", "RUS", aux=("negated",))) == 2


def test_direction_counts_in_conflict() -> None:
    attack = {"event": "ASSAULT", "mode": (), "cameo": "190"}
    assert count(mention(1, "IRN", "RUS", **attack), mention(2, "RUS", "IRN", **attack)) == 2


def test_event_keeps_the_fullest_reading_of_a_party() -> None:
    named = Entity(
        code="IRN", sector=("MIL",), entity_text="Gen. B", identifier_text="A B", office="Chief"
    )
    bare = mention(1, "IRN", "RUS")
    events = join(
        [bare, msgspec.structs.replace(mention(2, "IRN", "RUS"), actor=(named,))],
        [REPORT],
        ONTOLOGY,
        "m",
    )
    assert [e.identifier_text for e in events[0].actor] == ["A B"]


def test_id_does_not_depend_on_confidence() -> None:
    one = join([mention(1, "IRN", "RUS")], [REPORT], ONTOLOGY, "m")[0]
    other = join([mention(1, "IRN", "RUS", confidence=0.1)], [REPORT], ONTOLOGY, "m")[0]
    assert one.id == other.id


def test_a_date_far_from_the_reports_day_is_another_event() -> None:
    today = mention(1, "IRN", "RUS", date="2021-10-18")
    recalled = mention(2, "IRN", "RUS", **dated("2021-01-12"))
    near = mention(3, "IRN", "RUS", **dated("2021-10-16"))
    assert count(today, recalled) == 2
    assert count(today, near) == 1


def test_speakers_of_other_roles_do_not_speak_as_one() -> None:
    def said(number: int, *sectors: str) -> Mention:
        speaker = Entity(code="EGY", sector=sectors, entity_text="x")
        made = mention(number, "EGY", "EGY", event="ACCUSE", mode=())
        return msgspec.structs.replace(made, actor=(speaker,))

    assert count(said(1, "GOV"), said(2, "REL"), said(3, "REB")) == 3
    assert count(said(1, "GOV"), said(2, "GOV", "MIL")) == 1
    assert count(said(1, "GOV"), said(2)) == 1
