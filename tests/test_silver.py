"""Silver trees: UD's first scheme brought into the second, on small trees built by hand."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "training"))

from silver import convert
from treebanks import Word


def _words(rows: str) -> list[Word]:
    """Read "form tag head relation [NER]" rows."""
    words = []
    for row in rows.strip().splitlines():
        form, tag, head, relation, *name = row.split()
        misc = {"NER": name[0]} if name else {}
        words.append(Word(form, form, "", tag, "", int(head), relation, misc))
    return words


def _tree(words: list[Word]) -> list[tuple[str, int, str]]:
    return [(w.form, w.head, w.deprel) for w in words]


def test_passive_agent_and_oblique() -> None:
    words = _words("""
        Rebels NNS 3 nsubjpass
        were VBD 3 auxpass
        hit VBN 0 root
        by IN 5 case
        planes NNS 3 nmod
        in IN 7 case
        May NNP 3 nmod
    """)
    convert(words, frozenset())
    assert [w.deprel for w in words] == [
        "nsubj:pass", "aux:pass", "root", "case", "obl:agent", "case", "obl",
    ]  # fmt: skip


def test_person_is_headed_by_its_first_name_and_the_title_describes_it() -> None:
    words = _words("""
        President NNP 3 compound
        Ana NNP 3 compound B-PERSON
        Ruiz NNP 4 nsubj I-PERSON
        left VBD 0 root
    """)
    convert(words, frozenset())
    assert _tree(words) == [
        ("President", 2, "nmod:desc"),
        ("Ana", 4, "nsubj"),
        ("Ruiz", 2, "flat"),
        ("left", 0, "root"),
    ]


def test_conjunction_and_comma_hang_on_what_follows() -> None:
    words = _words("""
        Iran NNP 6 nsubj
        , , 1 punct
        Iraq NNP 1 conj
        and CC 1 cc
        Oman NNP 1 conj
        agreed VBD 0 root
        . . 6 punct
    """)
    convert(words, frozenset())
    heads = [w.head for w in words]
    assert heads == [6, 3, 1, 5, 1, 0, 6]


def test_quotation_marks_hang_on_what_they_enclose() -> None:
    words = _words("""
        " `` 3 punct
        We PRP 3 nsubj
        won VBD 6 ccomp
        " '' 6 punct
        he PRP 6 nsubj
        said VBD 0 root
    """)
    convert(words, frozenset())
    assert [words[0].head, words[3].head] == [3, 3]


def test_words_that_gold_trees_hang_as_adjectives() -> None:
    words = _words("""
        White NNP 2 compound
        House NNP 0 root
    """)
    convert(words, frozenset({"White"}))
    assert words[0].deprel == "amod"
