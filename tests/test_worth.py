"""What is told in the words of an event and is none, and acts that a report tells again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from dragoman.coding.coder import DATA
from dragoman.coding.what.worth import Worth

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

NONE = [
    ("Will Norway send troops to Mali?", "MOBILIZE"),
    ("Most voters in Chile criticised the president over taxes.", "ACCUSE"),
    ("The mayor of Lyon flew to Paris in France on Sunday.", "CONSULT"),
    ("A woman was stabbed in her home in Regina, Canada.", "ASSAULT"),
    ("A Danish airline apologised to a passenger in Denmark.", "CONCEDE"),
    ("The senator from Ohio defended his record on Monday.", "SUPPORT"),
    ("Kenya should withdraw its troops from Somalia.", "RETREAT"),
    ("The French president met journalists from Le Monde.", "CONSULT"),
]
SOME = [
    ("Why did Turkey attack Syria?", "ASSAULT"),
    ("The French president flew to Berlin on Sunday.", "CONSULT"),
    ("A Nigerian man was stabbed by police in Lagos.", "ASSAULT"),
    ("Activists in Chile criticised the president over taxes.", "ACCUSE"),
    ("The Chilean president defended the Peruvian government.", "SUPPORT"),
]


@pytest.mark.parametrize(("text", "event"), NONE)
def test_no_event(text: str, event: str, coder: Coder) -> None:
    assert event not in [m.event for m in coder.code(text, published="2016-05-01").mentions]


@pytest.mark.parametrize(("text", "event"), SOME)
def test_still_an_event(text: str, event: str, coder: Coder) -> None:
    assert event in [m.event for m in coder.code(text, published="2016-05-01").mentions]


def test_sport_is_told_by_many_words_of_its_own() -> None:
    raw = yaml.load((DATA / "worth.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    worth = Worth.of(raw)
    match = "The striker scored a late goal; the coach praised the squad, fans and referee. "
    assert worth.topic(match + "The league season ends with a derby.") == "sport"
    assert worth.topic("The minister scored a point in the debate on the budget.") is None


def test_an_act_told_again_has_its_actor_place_and_day(coder: Coder) -> None:
    text = (
        "Al-Shabaab attacked an army base in Mogadishu, Somalia, on 3 March 2016. "
        "Four soldiers were killed in the attack."
    )
    again = coder.code(text, published="2016-03-06").mentions[-1]
    assert [e.sector for e in again.actor] == [("REB",)]
    assert again.date == "2016-03-03"
    assert again.event_loc is not None
    assert again.event_loc.country_code == "SOM"
    for span in again.evidence.actor:
        assert text[span.start : span.end] == span.text


def test_acts_that_differ_in_their_actors_lend_none(coder: Coder) -> None:
    text = (
        "Syrian rebels attacked a base in Aleppo. Syrian soldiers attacked a market in Aleppo. "
        "Three people were killed in Aleppo."
    )
    last = coder.code(text, published="2016-03-08").mentions[-1]
    assert last.recipient
    assert not last.actor


def test_violence_named_after_a_place_was_done_there(coder: Coder) -> None:
    mentions = coder.code("The Kenya bombing killed 20 people.", published="1998-08-09").mentions
    assert not [e for m in mentions for e in m.actor if e.code == "KEN" and "UNK" not in e.sector]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("The last Ugandan company marched out of Bor on Wednesday.", "RETREAT"),
        ("Seoul's subway drivers called off a walkout on Monday.", "CONCEDE"),
        ("Lithuania's dairy farmers said they would block the highway.", "THREATEN"),
    ],
)
def test_soldiers_and_protesters_are_no_private_persons(
    coder: Coder, text: str, event: str
) -> None:
    assert event in {m.event for m in coder.code(text).mentions}
