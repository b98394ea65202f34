"""The challenge set: its files are whole, and its README says what is in them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from dragoman import ontology
from dragoman.errors import DataError, InputError
from dragoman.evaluation.challenge_gold import Item, read_items
from dragoman.evaluation.measured import half

GOLD = Path(__file__).parent.parent / "gold" / "challenge"
AUXILIARY = {"historical", "future", "hypothetical", "negated"}
README = (GOLD / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return read_items(GOLD)


def test_gold_is_what_its_readme_says(items: list[Item]) -> None:
    halves = Counter(half(i.id) for i in items)
    rows = {
        "items": len(items),
        "single sentences written for a type": sum(
            i.title is None and "lookalike" not in i.id for i in items
        ),
        "single sentences that look like a type": sum("lookalike" in i.id for i in items),
        "short reports with a title": sum(i.title is not None for i in items),
        "events": sum(len(i.events) for i in items),
        "items without an event": sum(not i.events for i in items),
        "items in the half `dev`": halves["dev"],
        "items in the half `held`": halves["held"],
    }
    for name, number in rows.items():
        assert f"| {name} | {number} |" in README


def test_readme_counts_types_modes_and_sources(items: list[Item]) -> None:
    events = [e for i in items for e in i.events]
    types = Counter(t for e in events for t in e.right_types)
    assert set(types) == set(ontology.load().types)
    for name, number in types.items():
        assert f"| {name} | {number} |" in README
    words = " ".join(README.split())
    aux = Counter(a for e in events for a in e.aux)
    kinds = Counter(e.said_by.kind for e in events if e.said_by is not None)
    for counts in (aux, kinds):
        assert ", ".join(f"{n} {name}" for name, n in counts.most_common()) in words


def test_values_are_those_of_the_ontology(items: list[Item]) -> None:
    known = ontology.load()
    for item in items:
        for event in item.events:
            modes = {m for t in event.right_types for m in known.plover.types[t].modes}
            assert set(event.mode) <= modes, item.id
            assert set(event.context) <= set(known.contexts), item.id
            assert set(event.aux) <= AUXILIARY, item.id
            sectors = {s for p in (*event.actor, *event.recipient) for s in p.sector}
            assert sectors <= set(known.sectors), item.id
            assert set(event.size) <= {"dead", "injured", "arrested", "crowd"}, item.id


def test_parties_places_and_sources_stand_in_their_text(items: list[Item]) -> None:
    for item in items:
        for event in item.events:
            named = [*event.actor, *event.recipient, event.place, event.said_by]
            assert all(one.text in item.text for one in named if one is not None), item.id


def test_denied_is_negated(items: list[Item]) -> None:
    for item in items:
        for event in item.events:
            if event.said_by is not None and event.said_by.kind == "denial":
                assert "negated" in event.aux, item.id


def test_absent_and_broken_gold_are_errors(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_items(tmp_path)
    row = "{id: a, text: Oslo slept., published: 2024-03-05, events: [{trigger: ran, type: AID}]}"
    (tmp_path / "x.yaml").write_text(f"[{row}]", "utf-8")
    with pytest.raises(DataError, match="does not stand"):
        read_items(tmp_path)
