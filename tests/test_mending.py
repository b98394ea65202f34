"""Mending of trees: each rule on a tree built by hand, and what must stay as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from trees import parsed

from dragoman.language.mending import RULES, Tree, mend

if TYPE_CHECKING:
    from spacy.tokens import Doc


def relations(doc: Doc) -> dict[str, tuple[str, str]]:
    """Return relation and head of every word."""
    return {t.text: (t.dep_, t.head.text) for t in doc}


def test_verb_with_subject_takes_its_nouns_place() -> None:
    doc = mend(parsed(
        ("Jets", "NNS", "nsubj", 2), ("shelled", "VBD", "amod", 3), ("positions", "NNS", "root", 0),
        (".", ".", "punct", 3),
    ))  # fmt: skip
    assert relations(doc) == {
        "Jets": ("nsubj", "shelled"), "shelled": ("ROOT", "shelled"),
        "positions": ("obj", "shelled"), ".": ("punct", "shelled"),
    }  # fmt: skip


def test_compound_adjective_stays_a_modifier() -> None:
    doc = mend(parsed(
        ("A", "DT", "det", 4), ("family", "NN", "nsubj", 3), ("owned", "VBN", "amod", 4),
        ("firm", "NN", "nsubj", 5), ("closed", "VBD", "root", 0),
    ))  # fmt: skip
    assert relations(doc)["owned"] == ("amod", "firm")


def test_verb_below_a_nominal_root_is_the_root() -> None:
    doc = mend(parsed(
        ("Bishop", "NN", "root", 0), ("on", "IN", "case", 3), ("Sunday", "NNP", "nmod", 1),
        ("called", "VBD", "acl", 3), ("again", "RB", "advmod", 4), (".", ".", "punct", 1),
    ))  # fmt: skip
    assert relations(doc)["called"] == ("ROOT", "called")
    assert relations(doc)["Bishop"] == ("nsubj", "called")
    assert relations(doc)["."] == ("punct", "called")


def test_headline_with_a_relative_clause_keeps_its_noun() -> None:
    doc = mend(parsed(
        ("Deal", "NN", "root", 0), ("that", "WDT", "nsubj", 3), ("ended", "VBD", "acl", 1),
        ("war", "NN", "obj", 3),
    ))  # fmt: skip
    assert relations(doc)["ended"] == ("acl", "Deal")


def test_preposition_belongs_to_the_head_of_its_phrase() -> None:
    doc = mend(parsed(
        ("He", "PRP", "nsubj:pass", 3), ("was", "VBD", "aux:pass", 3), ("tried", "VBN", "root", 0),
        ("by", "IN", "case", 6), ("a", "DT", "det", 6), ("war", "NN", "compound", 7),
        ("court", "NN", "obj", 3),
    ))  # fmt: skip
    found = relations(doc)
    assert found["by"] == ("case", "court")
    assert found["a"] == ("det", "court")
    assert found["court"] == ("obl:agent", "tried")


def test_object_with_preposition_is_oblique() -> None:
    doc = mend(parsed(
        ("They", "PRP", "nsubj", 2), ("called", "VBD", "root", 0), ("for", "IN", "case", 4),
        ("calm", "NN", "obj", 2),
    ))  # fmt: skip
    assert relations(doc)["calm"] == ("obl", "called")


def test_number_with_preposition_stays_an_object() -> None:
    doc = mend(parsed(
        ("They", "PRP", "nsubj", 2), ("held", "VBD", "root", 0), ("over", "IN", "case", 4),
        ("men", "NNS", "obj", 2),
    ))  # fmt: skip
    assert relations(doc)["men"] == ("obj", "held")


def test_second_subject_names_the_first() -> None:
    doc = mend(parsed(
        ("emir", "NN", "nsubj", 4), (",", ",", "punct", 3), ("Khalid", "NNP", "nsubj", 4),
        ("spoke", "VBD", "root", 0),
    ))  # fmt: skip
    assert relations(doc)["Khalid"] == ("appos", "emir")


def test_day_and_dateline_are_no_subjects() -> None:
    day = mend(parsed(
        ("judge", "NN", "nsubj", 3), ("Thursday", "NNP", "nsubj", 3), ("ruled", "VBD", "root", 0),
    ))  # fmt: skip
    assert relations(day)["Thursday"] == ("obl:unmarked", "ruled")
    line = mend(parsed(
        ("KHARTOUM", "NNP", "nsubj", 4), ("--", ":", "punct", 1), ("Omar", "NNP", "nsubj", 4),
        ("spoke", "VBD", "root", 0),
    ))  # fmt: skip
    assert relations(line)["KHARTOUM"] == ("dep", "spoke")
    assert relations(line)["Omar"] == ("nsubj", "spoke")


def test_day_before_a_subject_is_no_part_of_it() -> None:
    doc = mend(parsed(
        ("On", "IN", "case", 4), ("Tuesday", "NNP", "compound", 4), ("night", "NN", "compound", 4),
        ("rebels", "NNS", "obl", 5), ("shelled", "VBD", "root", 0), ("towns", "NNS", "obj", 5),
    ))  # fmt: skip
    assert relations(doc) == {
        "On": ("case", "night"), "Tuesday": ("compound", "night"), "night": ("obl", "shelled"),
        "rebels": ("nsubj", "shelled"), "shelled": ("ROOT", "shelled"), "towns": ("obj", "shelled"),
    }  # fmt: skip


def test_sound_tree_is_left_alone() -> None:
    rows = (
        ("Turkey", "NNP", "nsubj", 2), ("expelled", "VBD", "root", 0), ("Greek", "JJ", "amod", 4),
        ("envoys", "NNS", "obj", 2),
    )  # fmt: skip
    assert relations(mend(parsed(*rows))) == relations(parsed(*rows))


LABELS = st.sampled_from(
    ["nsubj", "obj", "obl", "amod", "compound", "acl", "case", "flat", "aux:pass", "punct"]
)
TAGS = st.sampled_from(["VBD", "NN", "NNP", "IN", "VBN", "JJ", "PRP"])


@given(st.lists(st.tuples(TAGS, LABELS, st.integers(0, 99)), min_size=1, max_size=9))
def test_any_tree_stays_a_tree(rows: list[tuple[str, str, int]]) -> None:
    """Every word reaches the one root, whatever the rules changed."""
    order = [("w", tag, label, 1 + up % i if i else 0) for i, (tag, label, up) in enumerate(rows)]
    mended = Tree.of(parsed(*order))
    for rule in RULES:
        rule(mended)
    roots = [i for i, h in enumerate(mended.heads) if h == i]
    assert len(roots) == 1
    assert mended.below(roots[0]) == set(range(len(rows)))
