"""What a tree says of subject, object and prepositions, on hand-built trees."""

from __future__ import annotations

from dragoman.coding.what.clauses import (
    case_of,
    complement,
    conjuncts,
    is_passive,
    logical_object,
    logical_subject,
    prepositional,
)
from tests.trees import tree


def test_active_clause() -> None:
    doc = tree(
        ("Russia", "NNP", "nsubj", 2),
        ("attacked", "VBD", "root", 0),
        ("Ukraine", "NNP", "obj", 2),
    )
    assert logical_subject(doc[1]) == doc[0]
    assert logical_object(doc[1]) == doc[2]


def test_passive_turns_round() -> None:
    doc = tree(
        ("Ukraine", "NNP", "nsubj:pass", 3),
        ("was", "VBD", "aux:pass", 3),
        ("attacked", "VBN", "root", 0),
        ("by", "IN", "case", 5),
        ("Russia", "NNP", "obl:agent", 3),
    )
    assert is_passive(doc[2])
    assert logical_subject(doc[2]) == doc[4]
    assert logical_object(doc[2]) == doc[0]


def test_infinitive_takes_the_object_as_subject() -> None:
    doc = tree(
        ("Turkey", "NNP", "nsubj", 2),
        ("asked", "VBD", "root", 0),
        ("Syria", "NNP", "obj", 2),
        ("to", "TO", "mark", 5),
        ("release", "VB", "xcomp", 2),
        ("prisoners", "NNS", "obj", 5),
    )
    assert complement(doc[1]) == doc[4]
    assert logical_subject(doc[4]) == doc[2]


def test_joined_verbs_share_the_subject() -> None:
    doc = tree(
        ("Rebels", "NNS", "nsubj", 2),
        ("entered", "VBD", "root", 0),
        ("and", "CC", "cc", 4),
        ("burned", "VBD", "conj", 2),
        ("villages", "NNS", "obj", 4),
    )
    assert logical_subject(doc[3]) == doc[0]


def test_relative_clause_without_object_means_its_noun() -> None:
    doc = tree(
        ("city", "NN", "root", 0),
        ("rebels", "NNS", "nsubj", 3),
        ("seized", "VBD", "acl:relcl", 1),
    )
    assert logical_object(doc[2]) == doc[0]


def test_relative_pronoun_means_its_noun() -> None:
    doc = tree(
        ("troops", "NNS", "root", 0),
        ("who", "WP", "nsubj", 3),
        ("fled", "VBD", "acl:relcl", 1),
    )
    assert logical_subject(doc[2]) == doc[0]


def test_prepositions_and_coordination() -> None:
    doc = tree(
        ("talks", "NNS", "root", 0),
        ("between", "IN", "case", 3),
        ("Iran", "NNP", "nmod", 1),
        ("and", "CC", "cc", 5),
        ("Iraq", "NNP", "conj", 3),
    )
    found = prepositional(doc[0], "between")
    assert found == doc[2]
    assert case_of(doc[2]) == "between"
    assert [t.text for t in conjuncts(doc[2])] == ["Iran", "Iraq"]
