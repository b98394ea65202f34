"""``dragoman.explain``: what the coder read, and that it is what the coder records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from dragoman.explain import Explanation, explain
from dragoman.record import Report

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

EXAMPLES = Path(__file__).parent.parent / "examples"
EXPELLED = "Turkey expelled three Greek diplomats on Friday."


def report(text: str, published: str | None = "2024-03-05") -> Report:
    return Report(id="r", text=text, published=published)


@pytest.fixture(scope="module")
def expelled(coder: Coder) -> Explanation:
    return explain(coder, report(EXPELLED))


def test_parse_is_whole(expelled: Explanation) -> None:
    (sentence,) = expelled.sentences
    assert [word.text for word in sentence.words][:3] == ["Turkey", "expelled", "three"]
    known = {word.index for word in sentence.words}
    assert all(word.head in known for word in sentence.words)
    assert any(word.head == word.index for word in sentence.words)
    assert all(EXPELLED[word.start : word.end] == word.text for word in sentence.words)


def test_names_and_dates_are_found(expelled: Explanation) -> None:
    (sentence,) = expelled.sentences
    found = {(item.kind, item.text): item for item in sentence.found}
    assert "TUR" in found["name", "Turkey"].means
    assert "GRC" in found["name", "Greek"].means
    assert found["date", "Friday"].means.startswith("2024-03-01")
    assert all(EXPELLED[f.start : f.end] == f.text for f in sentence.found)


def test_frame_slots_and_parties(expelled: Explanation) -> None:
    (fired,) = expelled.sentences[0].fired
    assert fired.mention.event == fired.frame_type == "SANCTION"
    assert "expelled" in fired.trigger
    slots = {(slot.role, slot.slot): slot.words for slot in fired.slots}
    assert slots["actor", "subj"] == ("Turkey",)
    assert slots["recipient", "obj"] == ("diplomats",)
    parties = {party.role: party for party in fired.parties}
    assert (parties["actor"].code, parties["recipient"].code) == ("TUR", "GRC")
    assert all(party.why for party in fired.parties)
    assert set(fired.weights) == set(fired.features)


def test_near_misses_say_why(expelled: Explanation) -> None:
    missed = expelled.sentences[0].missed
    assert missed
    assert all(item.frame and item.trigger == "expelled" and item.reason for item in missed)
    assert len(set(missed)) == len(missed)


def test_sentence_that_is_passed_over(coder: Coder) -> None:
    text = "Nobody slept.\n\nRelated news:\nTurkey expels three Greek diplomats\n"
    explained = explain(coder, report(text))
    link = next(s for s in explained.sentences if "Turkey" in s.text)
    assert link.segment == "related"
    assert link.passed_over
    assert link.words
    assert (link.fired, link.found) == ((), ())
    quiet = explained.sentences[0]
    assert quiet.passed_over is None or "gate" in quiet.passed_over


def test_no_publication_date_is_said(coder: Coder) -> None:
    (sentence,) = explain(coder, report(EXPELLED, published=None)).sentences
    (date,) = (item for item in sentence.found if item.kind == "date")
    assert "unresolved" in date.means


def test_empty_text(coder: Coder) -> None:
    assert explain(coder, report("")).sentences == ()


def test_only_chosen_sentences_read_in_context(coder: Coder) -> None:
    text = "Turkish President Ali Demir arrived in Athens. He met the Greek prime minister."
    (second,) = explain(coder, report(text), only={1}).sentences
    assert second.number == 1
    codes = {party.code for fired in second.fired for party in fired.parties}
    assert codes == {"TUR", "GRC"}


def test_mentions_are_those_the_coder_records(coder: Coder) -> None:
    lines = (EXAMPLES / "reports.jsonl").read_text("utf-8").splitlines()
    for line in lines[:4]:
        given = msgspec.convert(json.loads(line), Report)
        explained = explain(coder, given)
        mentions = tuple(fired.mention for s in explained.sentences for fired in s.fired)
        assert mentions == coder.code_report(given).mentions
