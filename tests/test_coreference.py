"""The evaluator of references, on a small made document in GUM's form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.errors import InputError
from dragoman.evaluation.conllu import read_documents
from dragoman.evaluation.coreference import Pair, Sheet, evaluate_coreference
from dragoman.evaluation.kinds import evaluator_of

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.coder import Coder

THIRD = "Person=3|PronType=Prs"
SENTENCES = (
    (
        "The Chadian army left Libya.",
        [
            ("The", "_", "Entity=(1-organization-new-s-cf1-3-coref"),
            ("Chadian", "_", "_"),
            ("army", "_", "Entity=1)"),
            ("left", "_", "_"),
            ("Libya", "_", "Entity=(2-place-new-s-cf2-1-sgl)|SpaceAfter=No"),
            (".", "_", "_"),
        ],
    ),
    (
        "It lost ten soldiers.",
        [
            ("It", THIRD, "Entity=(1-organization-giv:act-s-cf1-1-ana)"),
            ("lost", "_", "_"),
            ("ten", "_", "Entity=(3-person-new-s-cf2-2-sgl"),
            ("soldiers", "_", "Entity=3)|SpaceAfter=No"),
            (".", "_", "_"),
        ],
    ),
)


def written(path: Path) -> Path:
    """Write the document."""
    blocks = []
    for number, (text, rows) in enumerate(SENTENCES):
        lines = [f"# sent_id = {number}", f"# text = {text}"]
        for at, (word, grammar, misc) in enumerate(rows, start=1):
            lines.append(f"{at}\t{word}\t_\t_\t_\t{grammar}\t_\t_\t_\t{misc}")
        blocks.append("\n".join(lines))
    path.write_text("# newdoc id = MADE_news_army\n" + "\n\n".join(blocks) + "\n\n")
    return path


def test_mentions_have_entity_head_and_grammar(tmp_path: Path) -> None:
    (document,) = read_documents(written(tmp_path / "made.conllu"))
    first, second = document.sentences
    assert document.genre == "news"
    assert [(m.entity, m.kind, m.start, m.end) for m in first.mentions] == [
        ("1", "organization", 0, 16),
        ("2", "place", 22, 27),
    ]
    assert first.mentions[0].heads == ((12, 16),)
    assert second.mentions[0].points
    assert not first.mentions[0].points


def test_the_coder_follows_the_army(tmp_path: Path, coder: Coder) -> None:
    path = written(tmp_path / "made.conllu")
    evaluator = evaluator_of(path)
    assert evaluator is evaluate_coreference
    measures = evaluator(path, coder).measures()
    assert measures["all.pronouns"] == 1.0
    assert measures["all.mentions"] == 4


def test_two_entities_as_one_cost_precision() -> None:
    ours = ("name", "Chad")
    pairs = (Pair("1", ours, False, "Chad"), Pair("2", ours, False, "Chad"))
    shares = Sheet("made", pairs).shares()
    assert shares["precision"] == (1.0, 2)
    assert shares["recall"] == (2.0, 2)


def test_a_pronoun_of_another_entity_is_wrong() -> None:
    pairs = (
        Pair("1", ("name", "Chad"), False, "Chad"),
        Pair("2", ("name", "Mali"), False, "Mali"),
        Pair("1", ("name", "Mali"), True, "it"),
    )
    assert Sheet("made", pairs).shares()["pronouns"] == (0, 1)


def test_absent_gold_never_passes(tmp_path: Path, coder: Coder) -> None:
    with pytest.raises(InputError):
        evaluate_coreference(tmp_path / "none.conllu", coder)
