"""Who says what: statements of whole reports, and the attribution of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from dragoman.coding.coder import DATA, find_sentences
from dragoman.coding.said.cues import SpeechWords
from dragoman.coding.said.reach import first_of
from dragoman.coding.said.speakers import speakers_of
from dragoman.coding.said.statement import Holders, overlapping
from dragoman.coding.said.statements import read_statements
from dragoman.errors import DataError
from dragoman.language.segments import lay_out
from dragoman.language.tree import trees
from tests.trees import tree

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.coding.said.statement import Statement
    from dragoman.record import Attribution


def statements(coder: Coder, text: str) -> tuple[Statement, ...]:
    """Return the statements of a text, every sentence parsed."""
    sentences = list(find_sentences(text, lay_out(text)))
    docs = trees(coder.nlp, (text[s.start : s.end] for s in sentences))
    parsed = {s.number: doc for s, doc in zip(sentences, docs, strict=True)}
    return read_statements(text, sentences, parsed, coder.tools.speech)


def read(coder: Coder, text: str) -> list[tuple[str, str, str, str]]:
    """Return way, source, cue and content of each outermost statement, as text."""
    return [
        (
            s.way,
            text[slice(*s.source_span)] if s.source_span else "",
            text[slice(*s.cue_span)],
            " / ".join(text[start:end] for start, end in s.content),
        )
        for s in statements(coder, text)
        if s.parent is None
    ]


WAYS = [
    (
        "The minister said on Monday that the bridge would be closed.",
        ("clause", "The minister", "said", "that the bridge would be closed"),
    ),
    (
        "The minister told reporters the bridge would be closed.",
        ("clause", "The minister", "told", "the bridge would be closed"),
    ),
    (
        "The bridge will be closed, the harbour agency said on Monday.",
        ("tail", "the harbour agency", "said", "The bridge will be closed"),
    ),
    (
        "The bridge, the minister said, will be closed.",
        ("tail", "the minister", "said", "The bridge / will be closed"),
    ),
    (
        "The bridge was closed, the minister said, adding that the tunnel was safe.",
        ("tail", "the minister", "said", "The bridge was closed"),
    ),
    (
        "According to the harbour agency, the bridge was closed.",
        ("phrase", "the harbour agency", "According to", "the bridge was closed"),
    ),
    (
        "The bridge was closed (it was unsafe, according to the agency).",
        ("phrase", "the agency", "according to", "it was unsafe"),
    ),
    (
        "In the opinion of the union, the bridge was unsafe.",
        ("view", "the union", "opinion", "the bridge was unsafe"),
    ),
    (
        "The governor criticised the closure of the bridge.",
        ("object", "The governor", "criticised", "the closure of the bridge"),
    ),
    (
        "The governor refused to close the bridge.",
        ("infinitive", "The governor", "refused", "to close the bridge"),
    ),
    (
        '"The bridge is unsafe," said the engineer.',
        ("quote", "the engineer", "said", "The bridge is unsafe,"),
    ),
    (
        'The engineer said: "The bridge is unsafe."',
        ("quote", "The engineer", "said", "The bridge is unsafe."),
    ),
    (
        "Nobody believed the mayor's claim that the bridge was safe.",
        ("noun", "the mayor", "claim", "that the bridge was safe"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), WAYS, ids=[w[1][0] + w[1][2] for w in WAYS])
def test_ways_of_saying(coder: Coder, text: str, expected: tuple[str, str, str, str]) -> None:
    assert expected in read(coder, text)


def test_quotation_runs_on_over_sentences_and_paragraphs(coder: Coder) -> None:
    text = (
        'The general spoke on Monday. "We hold the town. Nobody will leave," he said. "We stay.\n\n'
        '"The road is ours.\n\n'
        '"The river is ours."\n\n'
        "The rain went on."
    )
    (quote,) = [s for s in statements(coder, text) if s.way == "quote"]
    assert [text[start:end] for start, end in quote.content] == [
        "We hold the town. Nobody will leave,",
        "We stay.",
        "The road is ours.",
        "The river is ours.",
    ]


def test_words_in_marks_are_no_speech(coder: Coder) -> None:
    text = 'The "iron road" was closed, the minister said.'
    assert [way for way, *_ in read(coder, text)] == ["tail"]


def test_what_is_quoted_stays_inside_its_marks(coder: Coder) -> None:
    text = '"The bridge, they tell us, is safe," said the engineer.'
    outer = next(s for s in statements(coder, text) if s.way == "quote")
    inner = [s for s in statements(coder, text) if s.parent is not None]
    assert all(outer.holds(start) for s in inner for start, _ in s.content)


def test_headline_and_label_name_the_speaker(coder: Coder) -> None:
    text = "Oslo: ships will sail\n\nSvensson: The ships are ready. The crews are aboard.\n"
    found = read(coder, text)
    assert ("heading", "Oslo", ":", "ships will sail") in found
    label = next(f for f in found if f[1] == "Svensson")
    assert label[3].strip() == "The ships are ready. The crews are aboard."


def test_source_in_a_source_is_nested(coder: Coder) -> None:
    text = "Interfax quoted the ministry as saying that the port was shelled."
    inner = next(s for s in statements(coder, text) if s.cue.text == "saying")
    assert text[slice(*inner.source_span or (0, 0))] == "the ministry"
    assert inner.parent is not None
    assert inner.parent.cue.text == "quoted"


def said(coder: Coder, text: str, event: str, outlet: str | None = None) -> Attribution | None:
    """Return the attribution of the one event of a type."""
    coded = coder.code(text, published="2024-03-05", outlet=outlet)
    (mention, *_) = [m for m in coded.mentions if m.event == event]
    return mention.attribution


@pytest.mark.parametrize(
    ("text", "source", "cue", "kind"),
    [
        ("Russia said Ukraine had shelled Belgorod.", "Russia", "said", "claim"),
        ("Ukraine shelled Belgorod, Russia said.", "Russia", "said", "claim"),
        ("Russia confirmed that Ukraine had shelled Belgorod.", "Russia", "confirmed", "fact"),
        ("Ukraine denied that it had shelled Belgorod.", "Ukraine", "denied", "denial"),
        ("Russia fears that Ukraine will shell Belgorod.", "Russia", "fears", "opinion"),
        ("According to Russia, Ukraine shelled Belgorod.", "Russia", "According to", "claim"),
        (
            "Interfax quoted the Russian army as saying that Ukraine had shelled Belgorod.",
            "the Russian army", "saying", "claim",
        ),
        ("Ukraine shelled Belgorod, RIA said, citing Russia.", "Russia", "citing", "claim"),
        ("Russia reported a Ukrainian attack on Belgorod.", "Russia", "reported", "claim"),
    ],
)  # fmt: skip
def test_event_is_whose_statement_it_stands_in(
    coder: Coder, text: str, source: str, cue: str, kind: str
) -> None:
    found = said(coder, text, "ASSAULT")
    assert found is not None
    assert (found.source.entity_text, found.cue, found.kind) == (source, cue, kind)


def test_sentence_in_a_running_quotation_has_its_speaker(coder: Coder) -> None:
    text = (
        'Turkey\'s president spoke in Ankara. "This is a hard day," he said.\n\n'
        '"Greek soldiers attacked our post on Monday."'
    )
    found = said(coder, text, "ASSAULT")
    assert found is not None
    assert (found.source.code, found.cue) == ("TUR", "said")


def test_outlet_states_what_nobody_says(coder: Coder) -> None:
    assert said(coder, "Ukraine shelled Belgorod on Monday.", "ASSAULT") is None


def test_who_wants_says_nothing_of_what_happened(coder: Coder) -> None:
    assert said(coder, "France condemned Israel's attack on Iran.", "ASSAULT") is None


def test_what_was_not_said_is_nobodys(coder: Coder) -> None:
    text = "Russia did not say that Ukraine had shelled Belgorod."
    assert said(coder, text, "ASSAULT") is None


def test_allegedly_names_nobody(coder: Coder) -> None:
    found = said(coder, "Ukraine allegedly shelled Belgorod.", "ASSAULT")
    assert found is not None
    assert (found.source, found.cue, found.kind) == (None, "allegedly", "claim")


def test_outlets_own_judgement_is_an_opinion(coder: Coder) -> None:
    text = "Israel's barbaric attack on Iran shocked the region."
    found = said(coder, text, "ASSAULT", outlet="The Daily Test")
    assert found is not None
    assert (found.source, found.cue, found.kind) == (None, "barbaric", "opinion")


def test_who_passes_a_statement_on_is_kept(coder: Coder) -> None:
    text = (
        "Interfax quoted the Russian foreign ministry as saying that Turkey had expelled "
        "two Russian diplomats."
    )
    found = said(coder, text, "SANCTION")
    assert found is not None
    assert found.source is not None
    assert found.via is not None
    assert (found.source.code, found.source.sector) == ("RUS", ("GOV",))
    assert found.via.identifier_text == "Interfax"


def test_judgement_elsewhere_in_the_sentence_is_not_on_the_event(coder: Coder) -> None:
    text = "Israel attacked Iran after a brutal winter."
    assert said(coder, text, "ASSAULT") is None


def test_only_speakers_of_chosen_quotations_are_parsed_besides(coder: Coder) -> None:
    text = (
        'The day was fine. "It is late," said the clerk. "Troops shelled the port of Odesa."\n\n'
        "The clerk said it was cold."
    )
    sentences = list(find_sentences(text, lay_out(text)))
    quoted = next(s.number for s in sentences if "shelled" in text[s.start : s.end])
    found = speakers_of(text, sentences, {quoted}, coder.tools.speech)
    assert {text[sentences[n].start : sentences[n].end] for n in found} == {
        '"It is late," said the clerk.'
    }


def test_pieces_are_found_without_a_look_at_all() -> None:
    ordered = [(0, 5), (10, 20), (30, 40)]
    assert list(overlapping(ordered, 5, 10)) == []
    assert list(overlapping(ordered, 4, 31)) == ordered
    assert Holders([]).at(7) == []


def test_every_fault_of_the_words_is_reported_at_once() -> None:
    raw = yaml.safe_load((DATA / "attribution.yaml").read_text(encoding="utf-8"))
    raw["takes"] = {**raw["takes"], "clause": "say; flurble"}
    raw["colour"] = "red"
    del raw["adverbs"]
    with pytest.raises(DataError) as error:
        SpeechWords.of(raw)
    text = str(error.value)
    assert "colour" in text
    assert "adverbs" in text


def test_word_without_a_kind_is_a_fault() -> None:
    raw = yaml.safe_load((DATA / "attribution.yaml").read_text(encoding="utf-8"))
    raw["takes"] = {**raw["takes"], "clause": "say; flurble"}
    with pytest.raises(DataError, match="flurble"):
        SpeechWords.of(raw)


def test_phrase_of_marks_alone_begins_at_its_head() -> None:
    doc = tree(("*", "NFP", "nsubj", 2), ("said", "VBD", "ROOT", 0), ("so", "RB", "advmod", 2))
    assert first_of(doc[0]) == 0
