"""Place names: found where they stand, resolved with reason, chosen by the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from dragoman.actors import Knowledge
from dragoman.coding.where.areas import COUNTIES
from dragoman.coding.where.atlas import Atlas
from dragoman.coding.where.choice import choose_place
from dragoman.coding.where.country_names import CountryNames
from dragoman.coding.where.gazetteer import Gazetteer
from dragoman.coding.where.gazetteer_data import DATA, places
from dragoman.coding.where.places import find_places
from dragoman.coding.where.schema import checked
from dragoman.coding.where.world import World
from dragoman.errors import DataError
from dragoman.language.tree import Doc as Tree
from dragoman.language.tree import tree_of

if TYPE_CHECKING:
    from dragoman.coding.where.place import PlaceMention
    from dragoman.record import Location

NLP = spacy.blank("en")
GAZETTEER = Gazetteer()
COUNTRIES = CountryNames(Knowledge.load())


def atlas(*texts: str, home: str | None = None) -> Atlas:
    return Atlas.of(texts, GAZETTEER, COUNTRIES, home)


def resolve(name: str, *texts: str, home: str | None = None) -> Location | None:
    """Return what a name means in a report of some sentences."""
    found = atlas(*texts, home=home).best(name)
    return None if found is None else GAZETTEER.location(found, name)


def read(text: str, base: int = 0) -> list[PlaceMention]:
    return find_places(NLP(text)[:], base, atlas(text))


def texts(text: str) -> list[str]:
    return [m.text for m in read(text)]


def test_large_city_wins() -> None:
    found = resolve("Paris")
    assert found is not None
    assert (found.country_code, found.city, found.resolution) == ("FRA", "Paris", 4)
    assert found.geonameid == 2988507


@pytest.mark.parametrize(
    ("name", "text", "code", "province"),
    [
        ("Tripoli", "Beirut and Sidon were calm; Lebanon sent troops to Tripoli.", "LBN", None),
        ("Tripoli", "Libya's army left Tripoli.", "LBY", None),
        ("Georgia", "Georgia, Alabama and Florida burn, as does Atlanta.", "USA", "Georgia"),
        ("Georgia", "Russia and Georgia met in Tbilisi.", "GEO", None),
        ("Holyoke", "The mayors of Holyoke and Chicopee met.", "USA", "Massachusetts"),
        ("London", "Laurel County deputies left London, Ky.", "USA", "Kentucky"),
    ],
)  # fmt: skip
def test_the_report_moves_the_choice(name: str, text: str, code: str, province: str | None) -> None:
    found = resolve(name, text)
    assert found is not None
    assert found.country_code == code
    assert province is None or found.province == province


def test_a_name_put_into_an_area_once_is_meant_everywhere() -> None:
    text = "Police in Alexandria, La., made an arrest. Alexandria is quiet again."
    first, _, second = [m for m in read(text) if m.kind == "name"]
    assert (first.location.province, second.location.province) == ("Louisiana", "Louisiana")


def test_the_web_address_tells_a_country() -> None:
    alone, british = resolve("Newcastle"), resolve("Newcastle", "A man of Newcastle.", home="GBR")
    assert alone is not None
    assert british is not None
    assert british.country_code == "GBR"


def test_counties_lie_in_their_state() -> None:
    found = resolve("Lamar County", "They met in Paris, Texas, and toured Lamar County.")
    assert found is not None
    assert (found.province, found.resolution, found.country_code) == ("Texas", 3, "USA")
    assert COUNTIES.exists()


def test_small_towns_are_known() -> None:
    found = resolve("Churchill", "Churchill, Manitoba, is north of Winnipeg.")
    assert found is not None
    assert (found.country_code, found.province) == ("CAN", "Manitoba")


def test_city_and_area() -> None:
    texas = read("They met in Paris, Texas.")
    assert texas[0].location.country_code == "USA"
    assert texas[0].location.province == "Texas"
    samarra = read("A bomb went off in Samarra, Iraq.")
    assert [m.location.resolution for m in samarra] == [4, 1]
    assert samarra[0].location.province == "Salah ad Din"


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("Kiev", "UKR", 4),
        ("Sana'a", "YEM", 4),
        ("Raqqa", "SYR", 4),
        ("Washington", "USA", 4),
        ("New York", "USA", 4),
        ("West Bank", "PSE", 2),
        ("Helmand", "AFG", 2),
        ("Texas", "USA", 2),
        ("Kosovo", "KOS", 1),
        ("Vnukovo International Airport", "RUS", 4),
        ("Red Sea", None, None),
    ],
)
def test_known_names(name: str, code: str | None, level: int | None) -> None:
    found = resolve(name)
    assert found is not None
    assert (found.country_code, found.resolution) == (code, level)
    assert found.lat is not None


def test_airport_resolves_to_its_city() -> None:
    found = resolve("Vnukovo Airport")
    assert found is not None
    assert (found.resolved_place, found.geonameid) == ("Moscow", 524901)
    assert (found.extracted_place, found.province) == ("Vnukovo Airport", "Moscow")


def test_every_airport_has_a_city() -> None:
    levels = {name: resolve(name) for name in places()["airports"]}
    assert [
        name for name, found in levels.items() if found is None or found.geonameid is None
    ] == []


def test_unknown_name() -> None:
    assert GAZETTEER.lookup("Qwertzuiopolis") == ()
    assert resolve("Qwertzuiopolis") is None


def test_country_is_level_one() -> None:
    found = read("Troops left Iraq.")
    assert [(m.location.country_code, m.location.resolution) for m in found] == [("IRQ", 1)]


def test_province_word_sets_the_level() -> None:
    found = read("Clashes spread in Kandahar province.")
    assert (found[0].location.resolution, found[0].location.city) == (2, None)


@pytest.mark.parametrize(
    "text",
    [
        "Paris Hilton left early.",
        "Reading the statement, he smiled.",
        "Most of them agreed.",
        "Nice words were spoken.",
        "Aides of Clinton Bush and Lincoln said no.",
        "The University of Tehran closed.",
        "The Washington Post wrote it.",
        "Mr. London spoke.",
        "Jack London wrote it.",
    ],
)
def test_homographs_are_no_places(text: str) -> None:
    assert texts(text) == []


def test_date_after_a_place_does_not_hide_it() -> None:
    assert texts("They marched in Baghdad Friday.") == ["Baghdad"]


def test_capitals_of_a_dateline() -> None:
    assert read("NAIROBI, Jan. 3")[0].location.city == "Nairobi"


def test_entities_decide_when_present() -> None:
    doc = NLP("He met Moscow in Moscow.")
    doc.ents = [Span(doc, 2, 3, label="PERSON"), Span(doc, 4, 5, label="GPE")]
    assert [m.first for m in find_places(tree_of(doc)[:], 0, atlas(doc.text))] == [4]


def test_longest_name_first() -> None:
    assert texts("They sailed through the Strait of Hormuz.") == ["Strait of Hormuz"]


def test_every_fault_of_the_data_is_told() -> None:
    broken = {**places(), "seas": {"Red Sea": [200, 38]}, "more": 1}
    with pytest.raises(DataError) as raised:
        checked(DATA, broken)
    assert len(raised.value.faults) == 2


def test_provinces_name_codes_of_real_cities() -> None:
    codes = {(c.countrycode, c.admin1code) for c in World().cities}
    named = {(iso2, code) for iso2, table in places()["provinces"].items() for code in table}
    assert named <= codes


WORDS = st.sampled_from(
    [
        "in",
        "the",
        "of",
        "Paris",
        ",",
        "Texas",
        "New",
        "York",
        "City",
        "Baghdad",
        "Friday",
        "Iraq",
        "West",
        "Bank",
        "province",
        "Airport",
        "Mr.",
        "é",
        "😀",
        "-",
        "'s",
        "NAIROBI",
        "Vnukovo",
        "International",
        "Deir",
        "ez",
        "Zor",
        "attack",
        "Clinton",
        "from",
        "near",
        "North",
    ]
)


@settings(deadline=None)  # the first example reads the gazetteer
@given(st.lists(WORDS, max_size=25), st.integers(0, 5000))
def test_offsets_quote_the_text(words: list[str], base: int) -> None:
    text = " ".join(words)
    doc = NLP(text)
    last_end = base
    for found in find_places(doc[:], base, atlas(text)):
        assert text[found.start - base : found.end - base] == found.text
        assert found.location.extracted_place == found.text
        assert found.start >= last_end
        assert doc[found.first].idx == found.start - base
        last_end = found.end


def choose(doc: Doc, trigger: int) -> str | None:
    chosen = choose_place(find_places(doc[:], 0, atlas(doc.text)), doc[trigger])
    return chosen.text if chosen else None


def parsed(words: str, heads: list[int], deps: str, pos: str) -> Tree:
    return tree_of(
        Doc(NLP.vocab, words=words.split(), heads=heads, deps=deps.split(), pos=pos.split())
    )


def test_most_specific_place_wins() -> None:
    doc = parsed(
        "Police shot three in Samarra , Iraq",
        [1, 1, 1, 4, 1, 6, 4],
        "nsubj ROOT obj case obl punct appos",
        "NOUN VERB NUM ADP PROPN PUNCT PROPN",
    )
    assert choose(doc, 1) == "Samarra"


def test_place_of_arrival_beats_origin() -> None:
    doc = parsed(
        "He flew from Tehran to Moscow",
        [1, 1, 3, 1, 5, 1],
        "nsubj ROOT case obl case obl",
        "PRON VERB ADP PROPN ADP PROPN",
    )
    assert choose(doc, 1) == "Moscow"


def test_place_in_the_subject_counts_when_nothing_better_does() -> None:
    doc = parsed(
        "Police in Jericho shot three near Nablus",
        [3, 2, 0, 3, 3, 6, 3],
        "nsubj case nmod ROOT obj case obl",
        "NOUN ADP PROPN VERB NUM ADP PROPN",
    )
    assert choose(doc, 3) == "Nablus"
    short = parsed(
        "Police in Jericho shot three",
        [3, 2, 0, 3, 3],
        "nsubj case nmod ROOT obj",
        "NOUN ADP PROPN VERB NUM",
    )
    assert choose(short, 3) == "Jericho"


def test_city_of_name() -> None:
    doc = parsed(
        "Rebels died in the city of Nablus",
        [1, 1, 4, 4, 1, 6, 4],
        "nsubj ROOT case det obl case nmod",
        "NOUN VERB ADP DET NOUN ADP PROPN",
    )
    assert choose(doc, 1) == "Nablus"


def test_object_of_a_verb_that_takes_a_place() -> None:
    doc = parsed("Rebels stormed Mosul", [1, 1, 1], "nsubj ROOT obj", "NOUN VERB PROPN")
    assert choose(doc, 1) == "Mosul"
    other = parsed("Rebels praised Mosul", [1, 1, 1], "nsubj ROOT obj", "NOUN VERB PROPN")
    assert choose(other, 1) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Troops entered southern Lebanon.", [("southern Lebanon", "name")]),
        ("A bomb hit the village of Jibuville.", [("Jibuville", "name")]),
        ("Shots fell on Palestine Street.", [("Palestine Street", "site")]),
        ("They were held at Kawkab Army Base.", [("Kawkab Army Base", "site")]),
        ("Syrian soldiers left.", [("Syrian", "people")]),
    ],
)
def test_kinds_of_places(text: str, found: list[tuple[str, str]]) -> None:
    assert [(m.text, m.kind) for m in read(text)] == found


def test_a_direction_is_quoted_but_not_the_name() -> None:
    text = "Troops entered southern Lebanon."
    (place,) = read(text, base=100)
    assert text[place.name[0] - 100 : place.name[1] - 100] == "Lebanon"
    assert place.location.extracted_place == "southern Lebanon"
    assert place.location.resolution == 1


def test_near_a_town_is_not_in_it() -> None:
    (place,) = read("They fought near Kismayo.")
    assert (place.location.city, place.location.resolution) == ("Kismayo", 3)


def test_a_place_that_nobody_knows_claims_nothing() -> None:
    (place,) = read("A bomb hit the village of Jibuville.")
    assert (place.location.lat, place.location.resolution) == (None, None)


def test_adjectives_are_no_places_of_events() -> None:
    doc = parsed("Syrian troops fired", [1, 2, 2], "amod nsubj ROOT", "ADJ NOUN VERB")
    assert choose(doc, 2) is None
