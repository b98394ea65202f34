"""Reports of any length: coded in parts, with the offsets, numbers and memory of one report."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from dragoman.coding import coder as coders
from dragoman.coding.coder import find_sentences, parts
from dragoman.engines import Caps, code_one
from dragoman.language.segments import lay_out
from dragoman.record import Coded, Report

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

PARAGRAPHS = (
    "MUSCAT, March 5 - Iran's foreign minister Karim Sadri arrived in Muscat on Tuesday.",
    "He met the Omani foreign minister. Both sides signed an agreement on fishing.",
    "Turkish jets bombed a village in northern Iraq on Monday, killing four people.",
    '"Our troops have shelled the port," said a spokesman for the Yemeni army.',
    "Sadri criticised the United States. Police in Athens arrested nine protesters.",
    "On 12 February, Chad expelled two French diplomats. A day later, France recalled its envoy.",
)
LONG = Report(id="long", text="\n\n".join(PARAGRAPHS * 6), published="2024-03-05")


def test_parts_say_what_the_whole_does(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = coder.code_report(LONG)
    monkeypatch.setattr(coders, "PART", 400)
    assert coder.code_report(LONG) == whole
    assert len(whole.mentions) > 30
    for mention in whole.mentions:
        assert LONG.text[mention.start : mention.end] == mention.text


def test_parts_are_whole_paragraphs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coders, "PART", 400)
    sentences = list(find_sentences(LONG.text, lay_out(LONG.text)))
    found = list(parts(sentences))
    assert [s for part in found for s in part] == sentences
    assert len(found) > 5
    for part, following in pairwise(found):
        assert part[-1].block != following[0].block
        assert 400 <= following[0].start - part[0].start < 800


def test_a_text_without_paragraphs_is_cut_at_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coders, "PART", 400)
    text = "Chad expelled two French diplomats. " * 100
    found = list(parts(find_sentences(text, lay_out(text))))
    assert len(found) == 5
    assert sum(len(part) for part in found) == 100


@pytest.mark.parametrize("piece", [".", "?!", '"', "Iran, ", "((", "\n", "A."])
def test_no_text_takes_for_ever(coder: Coder, piece: str) -> None:
    report = Report(id="r", text=piece * 100_000)
    assert isinstance(code_one(coder, report, Caps(seconds=5)), Coded)


def test_rare_words_are_forgotten(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = coder.nlp.vocab.strings
    monkeypatch.setattr(coder, "_most_words", len(kept))
    before = len(kept)
    texts = [f"Chad expelled Abcd{n}efgh of Wxyz{n}ville." for n in range(20)]
    forgetful = [coder.code(text, id="r") for text in texts]
    assert len(kept) == before
    monkeypatch.setattr(coder, "_most_words", before + 10_000)
    assert [coder.code(text, id="r") for text in texts] == forgetful
    assert len(kept) > before
