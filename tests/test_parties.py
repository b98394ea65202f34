"""Who: how a phrase becomes an entity, and how references are followed through a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from spacy.tokens import Span

from dragoman.coding.who.discourse import follow, identity, remember
from dragoman.coding.who.memory import Memory
from dragoman.coding.who.parties import PartyReader
from dragoman.language.tree import tree_of

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Token

Read = tuple[str | None, str]
"""Country and sectors joined by "+"."""


def subjects(coder: Coder, text: str) -> list[Party]:
    """Return the parties of a sentence's first subject."""
    doc = tree_of(coder.nlp(text))
    tools = coder.tools
    memory = Memory(states=frozenset(tools.knowledge.states))
    sentence = doc[:]
    head: Token = next(t for t in doc if t.dep_.startswith("nsubj"))
    return PartyReader(sentence, tools.knowledge, memory, tools.words).parties(head)


def shown(parties: list[Party]) -> list[Read]:
    """Return countries and sectors."""
    return [(p.entity.code, "+".join(p.entity.sector)) for p in parties]


FROM_THE_TEXT = [
    # title, office, apposition, possessive
    ("President Anna Okoro of Ghana resigned.", [("GHA", "GOV")]),
    ("Gen. Boris Okoro, the chief of staff of the Ghanaian army, resigned.", [("GHA", "MIL")]),
    ("Peru's interior minister resigned.", [("PER", "GOV")]),
    ("The minister of defence of the Republic of Chad resigned.", [("TCD", "GOV")]),
    # sent from one state to another
    ("Kenya's ambassador to Norway resigned.", [("KEN", "GOV")]),
    ("The Turkish embassy in Oslo protested.", [("TUR", "GOV")]),
    # a spokesman for, nested organisations
    ("A spokesman for the Malian army resigned.", [("MLI", "GOV")]),
    ("The head of the Cuban central bank resigned.", [("CUB", "GOV")]),
    # where somebody was born is not whose they are
    ("The Iranian-born Swedish lawmaker resigned.", [("SWE", "LEG")]),
    ("Peru's interior minister, the son of Japanese immigrants, resigned.", [("PER", "GOV")]),
    # a surname is no state
    ("President Steve Israel of Ghana resigned.", [("GHA", "GOV")]),
    # coordination
    ("Russian and Belarusian soldiers arrived.", [("RUS", "MIL"), ("BLR", "MIL")]),
    (
        "The foreign ministers of Iran, Russia and Turkey arrived.",
        [("IRN", "GOV"), ("RUS", "GOV"), ("TUR", "GOV")],
    ),
    # groups
    ("Two Kenyan civilians died.", [("KEN", "CVL")]),
    ("Zambian opposition lawmakers left.", [("ZMB", "LEG+OPP")]),
    ("Thousands of Chilean students marched.", [("CHL", "EDU")]),
    # what others do with a group does not make it theirs
    ("French-backed rebels retreated.", [(None, "REB")]),
    ("Ethnic Albanians marched.", [(None, "CVL")]),
    # a group's officers are the group's
    ("A Boko Haram commander fled.", [("NGA", "REB")]),
    # a capital or a seat stands for its state
    ("Ankara protested.", [("TUR", "GOV")]),
    ("The Kremlin protested on Monday.", [("RUS", "GOV")]),
]


@pytest.mark.parametrize(("text", "expected"), FROM_THE_TEXT)
def test_parties_of_a_phrase(coder: Coder, text: str, expected: list[Read]) -> None:
    assert shown(subjects(coder, text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Police custody ended.",
        "The Cuban Adjustment Act ended.",
        "The Ford Crown Victoria stopped.",
    ],
)
def test_no_party(coder: Coder, text: str) -> None:
    assert not [p for p in subjects(coder, text) if p.entity.code]


def identities(coder: Coder, text: str) -> dict[str, set[tuple[str, str]]]:
    """Return who each word of a report stands for."""
    tools = coder.tools
    doc = tree_of(coder.nlp(text))
    found: dict[str, set[tuple[str, str]]] = {}
    for parties in follow(doc.sents, tools.knowledge, tools.words, "2021-05-05"):
        for party in parties:
            found.setdefault(doc[party.head].text, set()).add(identity(party))
    return found


SAME = [
    ("President Anna Okoro of Ghana visited Norway. She praised the king.", "Okoro", "She"),
    ("The Ghanaian army attacked the town on Monday. It lost ten soldiers.", "army", "It"),
    ("Kenyan soldiers attacked the town on Monday. They lost a tank.", "soldiers", "They"),
    ("Kenya's ambassador to Norway spoke. The ambassador left.", "ambassador", "ambassador"),
    (
        "The Lake Chad Basin Alliance (LCBA) met in Niger. The LCBA elected a chairman.",
        "Alliance",
        "LCBA",
    ),
]


@pytest.mark.parametrize(("text", "first", "second"), SAME)
def test_references_are_followed(coder: Coder, text: str, first: str, second: str) -> None:
    found = identities(coder, text)
    assert found[first] & found[second]


def test_two_sides_are_the_last_two_named_together(coder: Coder) -> None:
    found = identities(coder, "Peru and Chile met on Monday. The two sides signed a treaty.")
    assert found["sides"] == found["Peru"] | found["Chile"]


def test_this_country_is_the_state_spoken_of(coder: Coder) -> None:
    found = identities(coder, "The soldiers left Chad. The army of this country stayed.")
    assert found["country"] == found["Chad"]


def test_a_woman_is_not_he(coder: Coder) -> None:
    found = identities(coder, "Mrs. Anna Okoro met Mr. Boris Adeyemi. He praised the treaty.")
    assert found["He"] == found["Adeyemi"]


def test_a_pronoun_shows_whom_it_means(coder: Coder) -> None:
    (mention,) = coder.code("The Chadian army said it had attacked Libya.").mentions
    assert [s.text for s in mention.evidence.actor] == ["The Chadian army", "it"]


def test_nobody_known_behind_a_bomb_is_unk(coder: Coder) -> None:
    (mention,) = coder.code("A car bomb killed two soldiers in Somalia.").mentions
    assert [(p.code, p.sector) for p in mention.actor] == [("SOM", ("UNK",))]


def test_namesake_towns_give_no_country(coder: Coder) -> None:
    tools = coder.tools
    memory = Memory(states=frozenset(tools.knowledge.states))
    doc = tree_of(coder.nlp("The police searched a house in Georgetown."))
    remember(PartyReader(doc[:], tools.knowledge, memory, tools.words))
    assert not memory.codes


def test_sources_are_no_party(coder: Coder) -> None:
    coded = coder.code("Hundreds of Egyptians protested in Cairo, according to Al-Ahram.")
    assert all(p.identifier_text != "Al-Ahram" for m in coded.mentions for p in m.recipient)


def test_white_space_is_nobody(coder: Coder) -> None:
    parsed = coder.nlp("Presidents  of Ghana met.")
    parsed.ents = [Span(parsed, 1, 2, label="PERSON")]
    doc = tree_of(parsed)
    blank, span = doc[1], doc.ents[0]
    assert blank.text == " "
    reader = PartyReader(doc[:], coder.tools.knowledge, Memory(), coder.tools.words)
    assert reader.persons.name_of(blank, span) is None
