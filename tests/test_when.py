"""Date expressions: found where they stand, reckoned from the anchor, never invented."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import spacy
import yaml
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.coding.when import patterns
from dragoman.coding.when.choice import choose_date
from dragoman.coding.when.dates import DateExpression, find_dates, find_times, meant, resolve
from dragoman.coding.when.schema import check
from dragoman.coding.when.timex import timex
from dragoman.coding.when.values import easter
from dragoman.errors import DataError
from dragoman.language.tree import Doc as Tree
from dragoman.language.tree import tree_of

ANCHOR = date(2021, 10, 18)  # a Monday
NLP = spacy.blank("en")


def read(text: str, base: int = 0) -> list[DateExpression]:
    doc = NLP(text)
    return find_dates(doc[:], base)


def only(text: str) -> DateExpression:
    found = read(text)
    assert len(found) == 1, [e.text for e in found]
    return found[0]


def days(text: str, tense: str = "past") -> tuple[str | None, str | None]:
    start, end = resolve(only(text), ANCHOR, tense)  # type: ignore[arg-type]
    return start and start.isoformat(), end and end.isoformat()


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("He landed on Sunday evening.", "2021-10-17", "2021-10-17"),
        ("They met on Monday.", "2021-10-18", "2021-10-18"),
        ("They met last Monday.", "2021-10-11", "2021-10-11"),
        ("Gunfire broke out early on Friday.", "2021-10-15", "2021-10-15"),
        ("It fell yesterday.", "2021-10-17", "2021-10-17"),
        ("It fell last night.", "2021-10-17", "2021-10-17"),
        ("The ministers met last week.", "2021-10-11", "2021-10-17"),
        ("The ministers met last month.", "2021-09-01", "2021-09-30"),
        ("The ministers met last year.", "2020-01-01", "2020-12-31"),
        ("They fled last summer.", "2021-06-01", "2021-08-31"),
        ("They fled two days ago.", "2021-10-16", "2021-10-16"),
        ("They fled a week earlier.", "2021-10-11", "2021-10-17"),
        ("It has worsened in recent days.", "2021-10-15", "2021-10-18"),
        ("It has worsened over the past two weeks.", "2021-10-04", "2021-10-18"),
        ("They signed on 3 March.", "2021-03-03", "2021-03-03"),
        ("They signed on March 3, 2016.", "2016-03-03", "2016-03-03"),
        ("They signed on 3/12/2016.", "2016-03-12", "2016-03-12"),
        ("They signed on 13/12/2016.", "2016-12-13", "2016-12-13"),
        ("They signed on 2016-03-12.", "2016-03-12", "2016-03-12"),
        ("They signed in March.", "2021-03-01", "2021-03-31"),
        ("They signed in 1979.", "1979-01-01", "1979-12-31"),
        ("They signed in March 2011.", "2011-03-01", "2011-03-31"),
        ("They signed in April last year.", "2020-04-01", "2020-04-30"),
        ("They signed in mid-August.", "2021-08-11", "2021-08-20"),
        ("It was common in the 1990s.", "1990-01-01", "1999-12-31"),
        ("They met from 3 to 5 March.", "2021-03-03", "2021-03-05"),
        ("They met between March 30 and April 2, 2016.", "2016-03-30", "2016-04-02"),
        ("They met from December 30 to January 2.", "2020-12-30", "2021-01-02"),
        ("They met from Monday to Wednesday.", "2021-10-11", "2021-10-13"),
        ("They fought from 2011 to 2014.", "2011-01-01", "2014-12-31"),
        ("They rested over the weekend.", "2021-10-16", "2021-10-17"),
        ("They fled the day before yesterday.", "2021-10-16", "2021-10-16"),
    ],
)
def test_past_reckoning(text: str, start: str, end: str) -> None:
    assert days(text) == (start, end)


def test_bare_day_nearly_a_year_back_is_the_coming_one() -> None:
    assert days("The vote was put off until Christmas Day.")[1] == "2021-12-25"


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("They will meet on Friday.", "2021-10-22"),
        ("They will meet next Monday.", "2021-10-25"),
        ("They will meet tomorrow.", "2021-10-19"),
        ("They will meet next week.", "2021-10-25"),
        ("They will meet next month.", "2021-11-01"),
        ("They will meet in March.", "2022-03-01"),
        ("They will meet on 3 March.", "2022-03-03"),
        ("They will meet at the weekend.", "2021-10-23"),
    ],
)
def test_future_reckoning(text: str, start: str) -> None:
    assert days(text, "future")[0] == start


@pytest.mark.parametrize(
    "text",
    [
        "They talked for three days.",
        "A four-month siege ended.",
        "A 22-year-old was held.",
        "A man aged 45 was held.",
        "At least 2,003 people marched.",
        "In 2000 villages nobody voted.",
        "He may march with them.",
        "Bloody Sunday is remembered.",
        "A 1999 km road was closed.",
    ],
)
def test_no_date(text: str) -> None:
    assert read(text) == []


def test_since_is_a_bound_and_no_event_date() -> None:
    found = only("They have ruled since 2003.")
    assert (found.relation, found.event_date) == ("since", False)
    assert resolve(found, ANCHOR, "past") == (date(2003, 1, 1), None)


def test_past_stretch_after_for_is_a_duration() -> None:
    assert not only("They have ruled for the past two years.").event_date


def test_without_anchor_only_absolute_dates_resolve() -> None:
    assert resolve(only("They met on Friday."), None, "past") == (None, None)
    assert resolve(only("They met on 4 March 2016."), None, "past")[0] == date(2016, 3, 4)


def test_anaphoric_needs_its_reference() -> None:
    found = only("They left the following day.")
    assert resolve(found, ANCHOR, "past") == (None, None)
    assert resolve(found, ANCHOR, "past", reference=date(2021, 5, 1))[0] == date(2021, 5, 2)


def test_granularity_and_absolute() -> None:
    assert only("in March 2011").granularity == "month"
    assert only("in 1979").absolute
    assert not only("on Friday").absolute
    assert only("last week").granularity == "week"


WORDS = st.sampled_from(
    [
        "on",
        "in",
        "the",
        "last",
        "next",
        "Friday",
        "March",
        "3",
        "2016",
        ",",
        "week",
        "two",
        "days",
        "ago",
        "since",
        "1990s",
        "mid",
        "-",
        "August",
        "é",
        "😀",
        "between",
        "and",
        "to",
        "early",
        "12/3/2016",
        "2016-02-30",
        "weekend",
        "summer",
        "of",
        "31",
        "February",
        "'s",
        "Christmas",
    ]
)


@given(st.lists(WORDS, max_size=25), st.integers(0, 5000))
def test_offsets_quote_the_text(words: list[str], base: int) -> None:
    text = " ".join(words)
    doc = NLP(text)
    last_end = base
    for found in find_dates(doc[:], base):
        assert text[found.start - base : found.end - base] == found.text
        assert found.start >= last_end
        assert doc[found.first].idx <= found.start - base
        assert doc[found.last].idx + len(doc[found.last]) >= found.end - base
        last_end = found.end


@given(
    st.lists(WORDS, max_size=12),
    st.dates(date(1, 1, 1), date(9999, 12, 31)),
    st.sampled_from(["past", "present", "future"]),
)
def test_resolution_never_fails_and_is_ordered(words: list[str], anchor: date, tense: str) -> None:
    doc = tree_of(NLP(" ".join(words)))
    for found in find_dates(doc[:], 0):
        start, end = resolve(found, anchor, tense)  # type: ignore[arg-type]
        assert start is None or end is None or start <= end


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_weekday_lies_within_a_week(anchor: date) -> None:
    found = only("They met on Friday.")
    past, _ = resolve(found, anchor, "past")
    ahead, _ = resolve(found, anchor, "future")
    assert past is not None
    assert ahead is not None
    assert timedelta(0) <= anchor - past < timedelta(7)
    assert timedelta(0) <= ahead - anchor < timedelta(7)


def parsed(words: str, heads: list[int], deps: str, pos: str) -> Tree:
    return tree_of(
        Doc(NLP.vocab, words=words.split(), heads=heads, deps=deps.split(), pos=pos.split())
    )


def test_choice_follows_the_tree() -> None:
    doc = parsed(
        "Aides said Friday that troops attacked Monday",
        [1, 1, 1, 5, 5, 1, 5],
        "nsubj ROOT obl:unmarked mark nsubj ccomp obl:unmarked",
        "NOUN VERB PROPN SCONJ NOUN VERB PROPN",
    )
    found = find_dates(doc[:], 0)
    said, attacked = choose_date(found, doc[1]), choose_date(found, doc[5])
    assert said is not None
    assert attacked is not None
    assert (said.text, attacked.text) == ("Friday", "Monday")
    assert choose_date(found[:1], doc[5]) is None


def test_choice_over_a_light_verb() -> None:
    doc = parsed(
        "Ministers held talks Friday",
        [1, 1, 1, 1],
        "nsubj ROOT obj obl:unmarked",
        "NOUN VERB NOUN PROPN",
    )
    chosen = choose_date(find_dates(doc[:], 0), doc[2])
    assert chosen is not None
    assert chosen.text == "Friday"


def test_choice_without_a_parse_is_the_nearest() -> None:
    doc = tree_of(NLP("On Monday they signed what they had broken off last Friday."))
    chosen = choose_date(find_dates(doc[:], 0), doc[3])
    assert chosen is not None
    assert chosen.text == "Monday"


def test_date_that_names_a_thing_is_chosen_for_that_thing_only() -> None:
    doc = tree_of(NLP("They praised the 2015 accord."))
    found = find_dates(doc[:], 0)
    assert [e.relation for e in found] == ["of"]
    assert choose_date(found, doc[1]) is None
    assert choose_date(found, doc[4]) == found[0]


RULES = yaml.safe_load(patterns.DATA.read_text(encoding="utf-8"))["patterns"]


@pytest.mark.parametrize("rule", RULES, ids=[f"{r['kind']}: {r['example']}" for r in RULES])
def test_every_pattern_finds_its_example(rule: dict[str, str]) -> None:
    assert rule["kind"] in {m.reading.kind for m in patterns.find(rule["example"])}


def test_faults_of_the_file_are_told_at_once() -> None:
    raw = yaml.safe_load(patterns.DATA.read_text(encoding="utf-8"))
    raw["patterns"][0]["regex"] = "{moon} <DAWN>"
    raw["patterns"][1]["regex"] = "{planet}"
    with pytest.raises(DataError) as caught:
        check(raw, "dates.yaml")
    assert [word in str(caught.value) for word in ("'moon'", "'DAWN'", "'planet'")] == [True] * 3
    raw["patterns"][1]["kind"], raw["history_days"] = "moonday", -1
    with pytest.raises(DataError) as caught:
        check(raw, "dates.yaml")
    assert [w in str(caught.value) for w in ("patterns.1.kind", "history_days")] == [True] * 2


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("on Sunday evening", "DATE", "2021-10-17"),
        ("at 9:40 a.m. on Sunday", "TIME", "2021-10-17T09:40"),
        ("last week", "DATE", "2021-W41"),
        ("at the weekend", "DATE", "2021-W41-WE"),
        ("in August", "DATE", "2021-08"),
        ("last summer", "DATE", "2021-SU"),
        ("in the third quarter of 2015", "DATE", "2015-Q3"),
        ("in the first half of 2015", "DATE", "2015-H1"),
        ("in 1979", "DATE", "1979"),
        ("in the 1990s", "DATE", "199"),
        ("in the late '60s", "DATE", "196"),
        ("in the 19th century", "DATE", "18"),
        ("ten years ago", "DATE", "2011"),
        ("for three days", "DURATION", "P3D"),
        ("in a 12-hour siege", "DURATION", "PT12H"),
        ("for 3 1/2 hours", "DURATION", "PT3H30M"),
        ("for a year and a half", "DURATION", "P1.5Y"),
        ("over the past decade", "DURATION", "P10Y"),
        ("for several weeks", "DURATION", "PXW"),
        ("a daily briefing", "SET", "P1D"),
        ("every two years", "SET", "P2Y"),
        ("on Fridays", "SET", "XXXX-WXX-5"),
        ("they now agree", "DATE", "PRESENT_REF"),
        ("in the future", "DATE", "FUTURE_REF"),
        ("Good Friday 2022", "DATE", "2022-04-15"),
    ],
)
def test_timex_value(text: str, kind: str, value: str) -> None:
    doc = NLP(text)
    (found,) = find_times(doc[:], 0)
    assert timex(found.reading, meant(found, ANCHOR)) == (kind, value)


@given(st.integers(1600, 2400))
def test_easter_is_a_sunday_in_spring(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert date(year, 3, 22) <= day <= date(year, 4, 25)
