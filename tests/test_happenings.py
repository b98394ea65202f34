"""The gold of happenings: its files are whole, and the counting is right."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dragoman import ontology
from dragoman.errors import DataError, InputError
from dragoman.evaluation.happenings import GoldReport, Happening, Said, Story, count, read_stories

GOLD = Path(__file__).parent.parent / "gold" / "happenings"


def story(*days: str) -> Story:
    """Return a story of one happening a day between the same two states."""
    happenings = [
        Happening(
            id=f"h{n}", date=date.fromisoformat(day), type="ASSAULT", actor=["RUS"],
            recipient=["UKR"], place=None, about="x",
        )
        for n, day in enumerate(days)
    ]  # fmt: skip
    return Story(id="s", happenings=happenings, reports=[])


def test_gold_is_what_its_readme_says() -> None:
    stories = read_stories(GOLD)
    happenings = [h for s in stories for h in s.happenings]
    reports = [r for s in stories for r in s.reports]
    assert (len(stories), len(happenings), len(reports)) == (33, 176, 484)
    assert len({h.id for h in happenings}) == len(happenings)
    assert len({r.id for r in reports}) == len(reports)
    assert {h.type for h in happenings} == set(ontology.load().types)
    assert {s.half for s in stories} == {"dev", "held"}


def test_acts_are_found_by_offset() -> None:
    report = GoldReport(
        id="r", outlet="o", published=date(2024, 3, 5), title="Strike", title_acts=["t"],
        sentences=[Said(text="One thing.", acts=["a"]), Said(text="Another.", acts=[])],
    )  # fmt: skip
    text = report.report().text
    assert report.acts_at(0) == ["t"]
    assert report.acts_at(text.index("thing")) == ["a"]
    assert report.acts_at(text.index("Another")) == []


def test_perfect_join_counts_as_one() -> None:
    truth = {"m1": "h0", "m2": "h0", "m3": "h1"}
    joined = count([story("2024-03-05", "2024-03-06")], truth, {"m1": "e", "m2": "e", "m3": "f"})
    assert (joined.f1, joined.pairs, joined.mixed) == (1.0, 1, 0)


def test_everything_in_one_event_costs_precision() -> None:
    truth = {"m1": "h0", "m2": "h0", "m3": "h1"}
    joined = count([story("2024-03-05", "2024-03-06")], truth, dict.fromkeys(truth, "e"))
    assert joined.recall == 1.0
    assert joined.precision == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert joined.mixed == 1


def test_nothing_joined_costs_recall() -> None:
    truth = {"m1": "h0", "m2": "h0"}
    joined = count([story("2024-03-05")], truth, {"m1": "e", "m2": "f"})
    assert (joined.precision, joined.recall) == (1.0, 0.5)


def test_far_apart_is_no_look_alike() -> None:
    truth = {"m1": "h0", "m2": "h1"}
    joined = count([story("2024-03-05", "2024-05-06")], truth, {"m1": "e", "m2": "f"})
    assert joined.pairs == 0


def test_absent_and_broken_gold_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_stories(tmp_path)
    (tmp_path / "x.yaml").write_text("stories: [{id: a, happenings: [], reports: 3}]", "utf-8")
    (tmp_path / "y.yaml").write_text("stories: 1", "utf-8")
    with pytest.raises(DataError) as caught:
        read_stories(tmp_path)
    assert len(caught.value.faults) == 2
