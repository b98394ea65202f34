"""What did not happen, and what lies ahead, as single words say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from dragoman.coding.coder import DATA

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

SAID = [
    ("No soldiers were killed in Mali on Sunday.", "ASSAULT", {"negated"}),
    ("Not one of the 31 demonstrators was detained in Bishkek.", "COERCE", {"negated"}),
    ("Nobody in Peru was arrested over the protest.", "COERCE", {"negated"}),
    ("The Croatian general staff made no threat against Serbia.", "THREATEN", {"negated"}),
    ("Police in Minsk arrested not only students but priests.", "COERCE", set()),
    ("No charges will be brought against the Maltese officers.", "ACCUSE", {"negated"}),
    ("If Peru were to arrest the bishop, Chile would protest.", "COERCE", {"hypothetical"}),
    ("Neither Berlin nor Warsaw would go so far as to blame Minsk.", "ACCUSE", {"negated"}),
    ("Mali accused Togo of theft, a charge Togo has denied.", "ACCUSE", set()),
    ("Hungary had no intention of accepting the offer.", "REJECT", set()),
    ("Hungary is to deport a Serbian student, her lawyer said.", "COERCE", {"future"}),
]


@pytest.mark.parametrize(("text", "event", "aux"), SAID)
def test_single_words(text: str, event: str, aux: set[str], coder: Coder) -> None:
    found = [set(m.aux) for m in coder.code(text).mentions if m.event == event]
    assert aux in found, found


def test_word_lists_hold_words() -> None:
    raw = yaml.load((DATA / "modality.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    wrong = {name: w for name, words in raw.items() for w in words if not isinstance(w, str)}
    assert not wrong, "an unquoted no, on or off is no text in YAML"
