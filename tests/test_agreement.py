"""The agreement of two readings: events are paired by their triggers, values counted in pairs."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest

from dragoman.evaluation.challenge_gold import GoldMention, Item

PATH = Path(__file__).parent.parent / "benchmarks" / "agreement.py"
SPEC = importlib.util.spec_from_file_location("agreement", PATH)
assert SPEC is not None
assert SPEC.loader is not None
counting = importlib.util.module_from_spec(SPEC)
sys.modules["agreement"] = counting
SPEC.loader.exec_module(counting)

TEXT = "Oslo put its army on alert and urged Riga to follow; the army stayed on alert."


def item(*events: GoldMention) -> Item:
    return Item(id="i", text=TEXT, published=date(2024, 3, 5), events=list(events))


def event(trigger: str | list[str], *types: str, nth: int = 1) -> GoldMention:
    return GoldMention(trigger=trigger, types=list(types) or ["MOBILIZE"], nth=nth)


def test_alpha_of_a_known_table() -> None:
    pairs = [("a", "a"), ("a", "b"), ("b", "b"), ("b", "b")]
    found = counting.agreement(pairs)
    assert (found.units, found.same) == (4, 0.75)
    assert found.alpha == pytest.approx(1 - 7 * 2 / (2 * 3 * 5))  # by hand, from the coincidences


def test_values_without_variation_have_no_alpha() -> None:
    assert counting.agreement([(None, None)] * 3) == counting.Agreement(3, 1.0, None)
    assert counting.agreement([]).alpha is None


def test_parts_of_a_trigger_are_found_in_their_order() -> None:
    at = counting.offsets(item(event(["put", "on alert"])), event(["put", "on alert"]))
    assert at == frozenset({*range(5, 8), *range(18, 26)})
    assert min(counting.offsets(item(), event("on alert", nth=2))) == TEXT.rindex("on alert")


def test_the_largest_overlap_is_one_event_and_the_rest_stand_alone() -> None:
    long, short, other = event("put its army on alert"), event("put"), event("urged", "REQUEST")
    alert = event("alert", "AID")
    pairs = list(counting.align(item(long, other), item(short, alert)))
    assert pairs == [(long, alert), (other, None), (None, short)]


def test_a_type_that_may_be_either_is_the_other_readers() -> None:
    pledge = event("urged", "CONCEDE", "AGREE")
    assert counting.types(pledge, event("urged", "CONCEDE")) == ("CONCEDE", "CONCEDE")
    assert counting.types(pledge, event("urged", "AID")) == ("AGREE", "AID")
    assert counting.types(None, pledge) == ("none", "AGREE")


def test_both_readings_hold_the_same_items() -> None:
    items = counting.read()
    assert len(items) == 160
    assert all(one.id == two.id and one.text == two.text for one, two in items)


def test_readme_shows_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    counting.main()
    readme = (counting.GOLD / "README.md").read_text(encoding="utf-8")
    assert capsys.readouterr().out in readme
