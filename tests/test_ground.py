"""To whom, where the frame's slots name no party: towns, provinces, groups of countries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.record import Entity

Read = tuple[str | None, str]


def recipients(coder: Coder, text: str) -> list[Read]:
    """Return country and words of the recipients of a text's first mention."""
    mentions = coder.code(text, published="2024-03-05").mentions
    assert mentions, text
    return [_shown(e) for e in mentions[0].recipient]


def _shown(entity: Entity) -> Read:
    return entity.code, entity.entity_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hezbollah shelled Haifa on Tuesday.", [("ISR", "Haifa")]),
        ("Russia captured three cities west of Kharkiv.", [("UKR", "Kharkiv")]),
        ("The Peruvian president declared a state of siege in Arequipa.", [("PER", "Arequipa")]),
        # a party in the frame's slots comes first
        ("Police arrested six people in Madrid.", [("ESP", "six people")]),
        # talks are held in a place, not with it
        ("Sudan's army refused to attend peace talks in Geneva.", []),
        # an army at home is deployed against nobody
        ("Chile deployed its army in Valparaiso.", []),
    ],
)
def test_a_place_is_recipient_where_the_act_is_done_to_it(
    coder: Coder, text: str, expected: list[Read]
) -> None:
    assert recipients(coder, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister promised Norway's support for efforts to rebuild the Afghan economy.",
            [("AFG", "the Afghan economy")],
        ),
        # what happened since is no part of what was refused
        ("The Taliban refused to allow flights since the U.S. left last week.", []),
        ("Libyan forces released a Turkish ship.", [("TUR", "a Turkish ship")]),
        ("Norway suspended aid to European allies.", [(None, "European allies")]),
    ],
)
def test_parties_deeper_in_what_is_done(coder: Coder, text: str, expected: list[Read]) -> None:
    assert recipients(coder, text) == expected


def test_a_states_organ_without_a_country_is_recorded(coder: Coder) -> None:
    (mention,) = coder.code("The opposition demanded an apology from the prime minister.").mentions
    assert [e.code for e in (*mention.actor, *mention.recipient)] == [None, None]


def test_waters_that_bear_a_states_name_are_nobody(coder: Coder) -> None:
    (mention,) = coder.code("China condemned the patrols in the Gulf of Mexico.").mentions
    assert "MEX" not in {e.code for e in mention.recipient}


def test_whom_a_court_deals_with_is_in_its_country(coder: Coder) -> None:
    text = "A court in Manila sentenced a former mayor to 14 years in prison."
    codes = {e.code for m in coder.code(text).mentions for e in m.recipient}
    assert codes == {"PHL"}


def test_nobody_of_note_is_not_recorded(coder: Coder) -> None:
    assert not coder.code("Two students demanded an apology from their teacher.").mentions


def test_a_road_is_nobody_though_it_is_named_after_somebody(coder: Coder) -> None:
    text = "Kentucky police said two men were arrested after a shooting on Dean Woods Road."
    found = [e.entity_text for m in coder.code(text).mentions for e in m.recipient]
    assert found
    assert not any("Road" in words for words in found)


def test_whose_thing_opens_a_list_owns_the_rest(coder: Coder) -> None:
    (mention,) = coder.code("Israeli helicopters and tanks shelled Beirut on Monday.").mentions
    assert [e.code for e in mention.actor] == ["ISR", "ISR"]


def test_nobody_is_named_behind_an_explosion(coder: Coder) -> None:
    text = "Three Iraqi civilians were killed in a suicide bombing on Monday."
    (mention,) = coder.code(text).mentions
    assert [(e.code, e.sector) for e in mention.actor] == [("IRQ", ("UNK",))]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Lebanon Police arrested a man in Boone County, Indiana, on Thursday.", "USA"),
        ("Lebanon accused Israel of shelling the town of Tyre.", "LBN"),
        ("Greenland rejected the American offer.", "DNK"),
        ("China criticised Ohio, Texas and Pennsylvania.", "CHN"),
    ],
)
def test_a_town_is_not_the_state_whose_name_it_bears(coder: Coder, text: str, code: str) -> None:
    assert coder.code(text).mentions[0].actor[0].code == code
