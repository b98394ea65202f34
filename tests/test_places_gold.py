"""Evaluations of places: what is counted, on small gold of our own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import InputError
from dragoman.evaluation.event_places import evaluate_event_places, read_rows, tenth
from dragoman.evaluation.kinds import evaluator_of
from dragoman.evaluation.places import evaluate_places, kilometres, read_articles

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.coding.coder import Coder

TEXT = "Rebels shelled Grozny on Friday. The mayor of Vienna said nothing about Qwertzburg."
ROW = "Rebels fought police in Grozny on Friday and two men died."


def toponym(words: str, point: str = "", shift: int = 0) -> str:
    start = TEXT.index(words) + shift
    return (
        f"<toponym><start>{start}</start><end>{start + len(words)}</end>"
        f"<phrase>{words}</phrase>{point}</toponym>"
    )


def gold(folder: Path, *toponyms: str) -> Path:
    path = folder / "made.xml"
    path.write_text(
        f'<articles><article docid="a"><title>x</title><text>{TEXT}</text>'
        f"<toponyms>{''.join(toponyms)}</toponyms></article></articles>"
    )
    return path


NEAR = "<gaztag><lat>43.3</lat><lon>45.7</lon></gaztag>"
FAR = "<gaztag><lat>0</lat><lon>0</lon></gaztag>"


def test_found_by_exact_characters_and_near_by_distance(tmp_path: Path, coder: Coder) -> None:
    measured = evaluate_places(
        gold(tmp_path, toponym("Grozny", NEAR), toponym("Vienna", FAR), toponym("Qwertzburg")),
        coder,
    )
    numbers = measured.measures()
    assert (numbers["all.gold"], numbers["all.within_161km"]) == (3, 0.5)
    assert numbers["all.recall"] >= 2 / 3


def test_a_toponym_without_a_point_counts_for_finding_alone(tmp_path: Path, coder: Coder) -> None:
    measured = evaluate_places(gold(tmp_path, toponym("Grozny")), coder)
    assert "all.within_161km" not in measured.measures()
    assert measured.measures()["all.recall"] == 1


def test_offsets_that_are_a_little_off_are_mended(tmp_path: Path) -> None:
    (article,) = read_articles(gold(tmp_path, toponym("Vienna", shift=2)))
    ((start, end),) = article.toponyms
    assert TEXT[start:end] == "Vienna"


def test_misses_quote_no_gold_in_their_codes(tmp_path: Path, coder: Coder) -> None:
    measured = evaluate_places(
        gold(tmp_path, toponym("Vienna", FAR), toponym("Grozny", FAR)), coder
    )
    assert not [s for s in measured.slips if "Vienna" in json.dumps(dict(s.codes))]


def test_other_xml_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text("<rss/>")
    with pytest.raises(InputError, match="<articles> expected"):
        list(read_articles(path))


def test_distance() -> None:
    assert kilometres((48.86, 2.35), (51.51, -0.13)) == pytest.approx(344, abs=3)


def rows(folder: Path, *places: tuple[int, int]) -> Path:
    verb = ROW.index("fought")
    spans = [{"start": verb, "end": verb + 6, "label": "VERB"}]
    spans += [{"start": a, "end": b, "label": "LOCATION"} for a, b in places]
    path = folder / "made.jsonl"
    path.write_text(json.dumps({"text": ROW, "spans": spans}) + "\n")
    return path


def test_a_choice_is_right_when_it_overlaps(tmp_path: Path, coder: Coder) -> None:
    start = ROW.index("Grozny")
    measured = evaluate_event_places(rows(tmp_path, (start, start + 6)), coder)
    assert measured.measures()["all.accuracy"] == 1
    none = evaluate_event_places(rows(tmp_path), coder)
    assert none.measures()["all.accuracy"] == 0


def test_spans_that_count_tokens_are_read_as_tokens(tmp_path: Path) -> None:
    (row,) = read_rows(rows(tmp_path, (4, 4)))
    assert [ROW[a:b] for a, b in row.places] == ["Grozny"]


def test_a_tenth_of_the_texts_is_held() -> None:
    held = sum(tenth(f"text {n}") == "held" for n in range(2000))
    assert 150 < held < 250


def test_gold_is_told_by_ending_and_first_line(tmp_path: Path) -> None:
    assert evaluator_of(rows(tmp_path)) is evaluate_event_places
    assert evaluator_of(gold(tmp_path)) is evaluate_places
    assert evaluator_of(tmp_path / "none.jsonl") is None
