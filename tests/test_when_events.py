"""Which date is an event's: sentences of our own, parsed by the shipped pipeline."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dragoman.coding.coder import find_sentences
from dragoman.coding.when_event import EventDate, ReportDates, day_of
from dragoman.language.pipeline import load_pipeline, parse
from dragoman.language.segments import Dateline, lay_out

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
    docs = parse(nlp, (text[s.start : s.end] for s in sentences))
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
