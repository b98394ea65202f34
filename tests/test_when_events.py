"""Which date is an event's: sentences of our own, parsed by the shipped pipeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

import dragoman
from dragoman.coding.coder import find_sentences
from dragoman.coding.when.event import EventDate, ReportDates, day_of
from dragoman.language.pipeline import load_pipeline
from dragoman.language.segments import Dateline, lay_out
from dragoman.language.tree import trees

if TYPE_CHECKING:
    from spacy.language import Language

ANCHOR = date(2022, 6, 15)
CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8")
)
NOT_YET = {"will", "would", "to", "must"}
"""Words before a trigger that say it has not happened; the coder takes this from modality."""


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


def dated(
    nlp: Language, text: str, triggers: dict[str, str], anchor: date | None
) -> dict[str, Any]:
    """Return the dates of some words' events, by word."""
    reader, found = ReportDates(anchor), {}
    sentences = list(find_sentences(text, lay_out(text)))
    docs = trees(nlp, (text[s.start : s.end] for s in sentences))
    for sentence, doc in zip(sentences, docs, strict=True):
        for span in doc.sents:
            dates = reader.read(span, sentence)
            for token in span:
                if token.text in triggers:
                    happened = triggers[token.text] == "past"
                    found[token.text] = (
                        dates.of(token, ahead=not happened, happened=happened),
                        reader,
                    )
    return found


def test_a_paragraph_keeps_telling_of_the_past(nlp: Language) -> None:
    text = "Rebels seized the port in 1998. They killed the mayor.\n\nThe army retook it."
    found = dated(nlp, text, {"killed": "past", "retook": "past"}, ANCHOR)
    killed, retook = found["killed"][0], found["retook"][0]
    assert days(killed) == (date(1998, 1, 1), date(1998, 12, 31))
    assert killed.words is not None
    assert text[killed.words.start : killed.words.end] == "1998"
    assert days(retook) == (ANCHOR, None)


def test_the_following_day_counts_from_the_day_spoken_of(nlp: Language) -> None:
    text = "The kings met on 2 May. The following day they signed a pact."
    found, _ = dated(nlp, text, {"signed": "past"}, ANCHOR)["signed"]
    assert days(found) == (date(2022, 5, 3), None)


def test_without_a_day_of_the_report_nothing_is_invented(nlp: Language) -> None:
    text = "Rebels attacked the port on Monday. Troops fled. The rebels had met in 2019."
    found = dated(nlp, text, {"attacked": "past", "fled": "past", "met": "past"}, None)
    assert days(found["attacked"][0]) == (None, None)
    assert days(found["fled"][0]) == (None, None)
    assert days(found["met"][0]) == (date(2019, 1, 1), date(2019, 12, 31))


@pytest.mark.parametrize(
    ("printed", "published", "day"),
    [
        ("June 14", date(2022, 6, 15), date(2022, 6, 14)),
        ("Tuesday", date(2022, 6, 15), date(2022, 6, 14)),
        ("14 March", date(2022, 6, 15), date(2022, 6, 15)),
        ("June 14, 2022", None, date(2022, 6, 14)),
        ("June 14", None, None),
        (None, date(2022, 6, 15), date(2022, 6, 15)),
    ],
)
def test_day_of_a_dateline(printed: str | None, published: date | None, day: date | None) -> None:
    assert day_of(published, Dateline("QUITO", 0, 5, printed)) == day


def test_the_coder_counts_from_the_dateline() -> None:
    coded = dragoman.load().code(
        "QUITO, June 14 (Reuters) - Peru expelled the ambassador of Chile today.",
        published="2022-06-15",
    )
    (mention,) = coded.mentions
    assert (mention.date, mention.date_info and mention.date_info.anchor) == ("2022-06-14",) * 2


def days(found: EventDate) -> tuple[date | None, date | None]:
    return found.first, found.last if found.last != found.first else None


@pytest.mark.parametrize("case", CASES, ids=[f"{c['trigger']}: {c['text']}" for c in CASES])
def test_date_of_an_event(case: dict[str, Any], nlp: Language) -> None:
    words = case["text"].split()
    before = words[words.index(next(w for w in words if w.startswith(case["trigger"]))) - 1]
    tense = case.get("tense", "future" if before in NOT_YET else "past")
    found, reader = dated(nlp, case["text"], {case["trigger"]: tense}, ANCHOR)[case["trigger"]]
    assert days(found) == (case["day"], case.get("end"))
    if "aux" in case:
        assert reader.is_history(found) == (case["aux"] == "historical")
    if "stated" in case:
        assert (found.words is not None) == case["stated"]
