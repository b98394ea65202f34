"""The gate stops what cannot hold an event and never what the coder would code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

EXAMPLES = Path(__file__).parent.parent / "examples" / "reports.jsonl"


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey expelled three diplomats.",
        "they arrested him on Friday",
        "A deal was signed in Geneva.",
        "Police fired tear gas.",
    ],
)
def test_passes(coder: Coder, sentence: str) -> None:
    assert coder.gate.passes(sentence)


@pytest.mark.parametrize(
    "sentence", ["The trees blossom.", "it was late", "", "42", "...!?", "Many trees blossom."]
)
def test_stops(coder: Coder, sentence: str) -> None:
    assert not coder.gate.passes(sentence)


def test_costs_no_event(coder: Coder, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the gate open every example report gives the same mentions."""
    rows = [json.loads(line) for line in EXAMPLES.read_text(encoding="utf-8").splitlines()]
    gated = [coder.code(r["text"], published=r["published"]).mentions for r in rows]
    monkeypatch.setattr(type(coder.gate), "passes", lambda *_: True)
    opened = [coder.code(r["text"], published=r["published"]).mentions for r in rows]
    spots = [[(m.start, m.frame) for m in ms] for ms in gated]
    assert spots == [[(m.start, m.frame) for m in ms] for ms in opened]
