"""The shipped pipeline cuts tokens as news writes them and as UD cuts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.language.pipeline import load_pipeline

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load_pipeline()


@pytest.mark.parametrize(
    "tokens",
    [
        "U.S. - led forces",
        "pro-Western parties",
        "anti-aircraft guns",
        "F - 16 jets",
        "a 20 - year - old man",
        "Maj. Gen. Qamar",
        "and / or",
        "the deal . The end",
        "the years 1914 – 1918",
        "who ?!",
        "the actor ( s ) named",
        "He did n't go",
        "Lt. Col. John F. Ward 's men",
    ],
)
def test_cut(nlp: Language, tokens: str) -> None:
    glued = {
        "U.S. - led": "U.S.-led",
        "F - 16": "F-16",
        "20 - year - old": "20-year-old",
        "and / or": "and/or",
        "deal . The": "deal.The",
        "1914 – 1918": "1914–1918",
        "who ?!": "who?!",
        "actor ( s ) named": "actor(s) named",
        "did n't": "didn't",
        "Ward 's": "Ward's",
    }
    text = tokens
    for apart, together in glued.items():
        text = text.replace(apart, together)
    assert [token.text for token in nlp.make_doc(text)] == tokens.split()


def test_tokens_cover_the_text(nlp: Language) -> None:
    text = "He said:Yes!!! (see note[1]) -- the al-Shabaab/ISIS <<deal>> ==== end…"
    assert nlp.make_doc(text).text == text
