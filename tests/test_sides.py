"""Which marked texts an argument covers."""

from __future__ import annotations

import pytest

from dragoman.evaluation import load_labels
from dragoman.evaluation.sides import mark
from dragoman.record import Span

SENTENCE = "The killing of a villager by Chadian troops, an outrage, angered Mali."


def covered(text: str, argument: str) -> bool:
    """Whether an argument covers a marked text."""
    marked = mark(SENTENCE, text, load_labels())
    assert marked is not None
    at = SENTENCE.find(argument)
    return marked.covered([Span(at, at + len(argument), argument)])


@pytest.mark.parametrize(
    ("text", "argument", "right"),
    [
        ("Chadian troops", "troops", True),  # the head
        ("Chadian troops", "Chadian", True),  # half of the words
        ("The killing of a villager", "killing", True),
        ("killing of a villager by Chadian troops", "villager", False),
        ("Chadian troops, an outrage", "outrage", False),  # behind the comma
        ("Mali", "troops", False),
    ],
)
def test_covered(text: str, argument: str, right: bool) -> None:
    assert covered(text, argument) is right


def test_a_text_that_is_not_there_is_not_marked() -> None:
    assert mark(SENTENCE, "Niger", load_labels()) is None
