"""What the coder passes over without a search could not have been found by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy

from dragoman.actors import Knowledge
from dragoman.coding.what.frames import _joints
from dragoman.coding.who.names import LONGEST, find_names
from dragoman.coding.who.phrases import last_run
from dragoman.language.tree import tree_of
from dragoman.lexicon import Lexicon

if TYPE_CHECKING:
    from dragoman.language.tree import Span

NLP = spacy.blank("en")
TEXTS = [
    "The U.S. and Côte d'Ivoire told Al-Qaida, the P.L.O. and the  African Union so.",
    "UK's Foreign Office, al-Shabab and HAMAS met Emmanuel Macron in São Tomé.",
    "Turkey's Kurdistan Workers' Party (PKK) and 10 Downing Street denied it.",
    "RUSSIA AND THE US AGREE",
]


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.load()


def searched(sentence: Span, knowledge: Knowledge) -> list[tuple[int, int]]:
    """Return the longest known names of a sentence, every row of words looked up."""
    found: list[tuple[int, int]] = []
    for token in sentence:
        if found and token.i < found[-1][1]:
            continue
        if not (token.text[:1].isupper() or token.text[:1].isdigit() or token.lower_ == "al"):
            continue
        for end in range(min(sentence.end, token.i + LONGEST), token.i, -1):
            text = " ".join(sentence.doc[token.i : end].text.split())
            shouted = len(text) <= 3 and text.isalpha() and sentence.text.isupper()
            if not shouted and any(e.matches(text) for e in knowledge.lookup(text)):
                found.append((token.i, end))
                break
    return found


def test_no_name_is_passed_over(knowledge: Knowledge) -> None:
    names = [entries[0].form for entries in list(knowledge.phrases.values())[::40]]
    for text in [*TEXTS, *(f"Then {name} and {name}'s came." for name in names)]:
        sentence = tree_of(NLP(text))[:]
        found = [(n.start, n.end) for n in find_names(sentence, knowledge)]
        assert found == searched(sentence, knowledge), text


def test_every_role_has_a_known_end(knowledge: Knowledge) -> None:
    for role in list(knowledge.roles.words)[::5]:
        last = NLP(f"the {role}")[-1].text
        assert last_run(last) in knowledge.roles.endings or not last_run(last), role


def test_every_phrase_has_its_joint() -> None:
    conditions = {
        condition
        for triggers in Lexicon.load().triggers.values()
        for trigger in triggers
        for condition in (*trigger.compiled.when, *trigger.compiled.unless)
    }
    for condition in conditions:
        for phrase in condition.phrases:
            inside = f"an un{phrase}s".split(" ")  # a phrase may begin and end inside words
            assert not condition.joints.isdisjoint(_joints(inside)), phrase
