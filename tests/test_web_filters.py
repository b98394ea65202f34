"""The state of an address: read, written in one form, and turned into conditions with values."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dragoman.web.filters import ANY, FACETS, LISTS, View, where


def read(query: str) -> View:
    return View.model_validate(parse_qs(query.removeprefix("?")) if query else {})


def single(view: View) -> View:
    """Return a view read back from its own address, as FastAPI reads it."""
    given = parse_qs(view.query().removeprefix("?"))
    return View.model_validate({k: v if k in LISTS else v[0] for k, v in given.items()})


texts = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20)


@given(
    st.builds(
        View,
        q=texts,
        type=st.lists(st.sampled_from(["CONSULT", "ASSAULT"]), max_size=2),
        outlet=st.lists(texts, max_size=3),
        quad=st.lists(st.integers(1, 4), max_size=4),
        since=st.none() | st.dates(),
        min=st.sampled_from([0.0, 0.5, 0.85]),
        box=st.none() | st.just((-10.5, 20, 30.25, 45)),
        order=st.sampled_from(["new", "old", "told"]),
    )
)
def test_an_address_says_all(view: View) -> None:
    assert single(view) == view
    assert single(view).query() == view.query()


def test_same_question_has_the_same_address() -> None:
    one = View(type=("CONSULT", "AID"), outlet=("b", "a"))
    other = View(outlet=("a", "b", "a"), type=("AID", "CONSULT"))
    assert one == other
    assert one.query() == other.query() == "?type=AID&type=CONSULT&outlet=a&outlet=b"
    assert View().query() == ""


def test_toggling_twice_changes_nothing() -> None:
    view = View(type=("AID",), after="x")
    assert view.toggled("type", "CONSULT").toggled("type", "CONSULT") == View(type=("AID",))
    assert view.toggled("quad", 3).quad == (3,)
    assert view.toggled("type", "AID").after == ""


def test_what_readers_give_is_never_in_the_statement() -> None:
    nasty = "x'); DROP TABLE event; --"
    view = View(
        q=nasty, outlet=(nasty,), party=(nasty,), since=dt.date(2024, 1, 1), box=(1, 2, 3, 4)
    )
    condition, values = where(view)
    assert "DROP" not in condition
    assert condition.count("?") == len(values)
    assert [nasty] in values


def test_plain_events_alone_unless_told() -> None:
    assert where(View())[0] == "plain"
    assert where(View(aux=(ANY,)))[0] == "true"
    assert "aux_lists" in where(View(aux=("future",)))[0]
    assert where(View(aux=("future",)), leave_out="aux")[0] == "true"


def test_own_choice_does_not_count_in_a_facet() -> None:
    view = View(type=("AID",), quad=(1,))
    condition, values = where(view, leave_out="type")
    assert values == [[1]]
    assert "what_lists" not in condition


@pytest.mark.parametrize(
    "given",
    [
        {"since": "yesterday"},
        {"min": "2"},
        {"box": "1,2,3"},
        {"box": "20,0,10,5"},
        {"box": "0,0,999,5"},
        {"quad": ["x"]},
        {"order": "sideways"},
        {"q": "x" * 201},
        {"outlet": ["x"] * 30 + [str(n) for n in range(50)]},
    ],
)
def test_what_cannot_be_read_is_said(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        View.model_validate(given)


def test_every_facet_is_a_field_that_is_described() -> None:
    for name in FACETS:
        assert View.model_fields[name].description
