"""A parse as plain Python says what spaCy's own says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import spacy

from dragoman.language.tree import tree_of

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

TEXT = (
    "The U.S. ambassador to Chad, who met rebels on Sunday, didn't say why.\nMr. Ali (45) left!  "
    '"We will go," he said.'
)
PLAIN = (
    "text lower_ pos_ tag_ dep_ ent_type_ ent_iob_ is_punct is_space is_alpha is_stop whitespace_"
)
WORDS = "head left_edge right_edge"
MANY = "children subtree ancestors"


@pytest.fixture(scope="module")
def both(coder: Coder) -> tuple[Any, Any]:
    """Return the same parse, spaCy's and ours."""
    parsed = coder.nlp(TEXT)
    return parsed, tree_of(parsed)


def test_words_say_the_same(both: tuple[Any, Any]) -> None:
    for theirs, ours in zip(*both, strict=True):
        assert (ours.i, ours.idx, len(ours)) == (theirs.i, theirs.idx, len(theirs))
        for name in PLAIN.split():
            assert getattr(ours, name) == getattr(theirs, name), (name, ours)
        for name in WORDS.split():
            assert getattr(ours, name).i == getattr(theirs, name).i, (name, ours)
        for name in MANY.split():
            found = [t.i for t in getattr(ours, name)]
            assert found == [t.i for t in getattr(theirs, name)], (name, ours)
        assert ours.sent.text == theirs.sent.text


def test_spans_say_the_same(both: tuple[Any, Any]) -> None:
    theirs, ours = both
    assert ours.text == theirs.text
    assert [(e.text, e.label_) for e in ours.ents] == [(e.text, e.label_) for e in theirs.ents]
    assert [s.text for s in ours.sents] == [s.text for s in theirs.sents]
    for start in range(len(theirs)):
        for end in range(start + 1, len(theirs) + 1):
            one, other = ours[start:end], theirs[start:end]
            assert (one.text, one.root.i) == (other.text, other.root.i)
            assert (one.start_char, one.end_char) == (other.start_char, other.end_char)
            assert [e.text for e in one.ents] == [e.text for e in other.ents]
            assert one[-1].i == other[-1].i
            assert [t.i for t in one[1:]] == [t.i for t in other[1:]]


def test_words_within_characters(both: tuple[Any, Any]) -> None:
    theirs, ours = both
    for start in range(0, len(TEXT), 3):
        for end in range(start + 1, len(TEXT), 5):
            found = ours.within(start, end)
            wanted = theirs.char_span(start, end, alignment_mode="contract")
            assert (found.text if found else "") == (wanted.text if wanted else "")


def test_what_is_not_parsed_is_one_sentence() -> None:
    doc = tree_of(spacy.blank("en")("They left. He stayed."))
    assert not doc.has_annotation("DEP")
    assert [s.text for s in doc.sents] == ["They left. He stayed."]
    assert doc[0].head is doc[0]


def test_crossing_branches_keep_their_order() -> None:
    parsed = spacy.tokens.Doc(
        spacy.blank("en").vocab,
        words=["They", "saw", "a", "dog", "yesterday", "that", "barked"],
        heads=[1, 1, 3, 1, 1, 6, 3],
        deps=["nsubj", "ROOT", "det", "obj", "obl", "mark", "acl"],
    )
    doc = tree_of(parsed)
    for theirs, ours in zip(parsed, doc, strict=True):
        assert [t.i for t in ours.subtree] == [t.i for t in theirs.subtree]
    assert [t.text for t in doc[3].subtree] == ["a", "dog", "that", "barked"]
    assert (doc[3].left_edge.text, doc[3].right_edge.text) == ("a", "barked")
