"""The count of who says what against annotated texts, on a small gold of our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.errors import InputError
from dragoman.evaluation.brat import read_brat
from dragoman.evaluation.kinds import evaluator_of
from dragoman.evaluation.sources import Side, evaluate_sources, match

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.coder import Coder

TEXT = "The minister said the bridge was closed. The mayor loves trains.\n"
ANNOTATED = (
    "T1\tSource 0 12\tThe minister\n"
    "T2\tCue 13 17\tsaid\n"
    "T3\tContent 18 39\tthe bridge was closed\n"
    "T4\tAttribution 13 17\tsaid\n"
    "E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3\n"
    "#1\tAnnotatorNotes T4\tsure\n"
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Write one text annotated by two people."""
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one_a.ann").write_text(ANNOTATED, encoding="utf-8")
    (tmp_path / "one_b.ann").write_text("", encoding="utf-8")
    return tmp_path


def test_first_annotator_counts(gold: Path) -> None:
    (text,) = read_brat(gold)
    (saying,) = text.sayings
    assert (saying.source, saying.cue, saying.content) == (((0, 12),), ((13, 17),), ((18, 39),))


def test_pieces_of_a_content_are_read(gold: Path) -> None:
    lines = ANNOTATED.replace("Content 18 39", "Content 18 28;29 39")
    (gold / "one_a.ann").write_text(lines, encoding="utf-8")
    (text,) = read_brat(gold)
    assert text.sayings[0].content == ((18, 28), (29, 39))


def test_shares_of_a_small_gold(gold: Path, coder: Coder) -> None:
    numbers = evaluate_sources(gold, coder).measures()
    assert numbers["all.gold"] == 1
    assert numbers["all.coded"] == 2  # "loves trains" is none of the gold's
    assert numbers["all.recall"] == 1
    assert numbers["all.precision"] == 0.5
    assert numbers["all.f1"] == pytest.approx(2 / 3)
    assert numbers["all.source"] == 1


def test_misses_hold_no_text_in_their_codes(gold: Path, coder: Coder) -> None:
    for slip in evaluate_sources(gold, coder).slips:
        values = [v for v in slip.codes.values() if isinstance(v, str)]
        assert not any(v in TEXT for v in values)


def test_each_attribution_is_matched_once_and_the_closest_first() -> None:
    nobody: frozenset[int] = frozenset()
    wanted = [Side(frozenset(range(10)), nobody), Side(frozenset(range(8, 20)), nobody)]
    got = [Side(frozenset(range(20)), nobody), Side(frozenset(range(9)), nobody)]
    pairs = match(wanted, got)
    assert [(p.gold, p.said, p.shared) for p in pairs] == [(0, 1, 9), (1, 0, 12)]


def test_folder_of_annotations_is_known(gold: Path) -> None:
    assert evaluator_of(gold) is evaluate_sources


def test_absent_gold_never_passes(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no \.txt"):
        list(read_brat(tmp_path))
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match="one_"):
        list(read_brat(tmp_path))
