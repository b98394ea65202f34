"""Hostile text in every field of every format: rows hold, no formulas, words come back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any, get_args

import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from record_files import event, mention

from dragoman.export.cells import CAP, cell, guard, joined, number
from dragoman.export.load import layout
from dragoman.export.story import Press, story
from dragoman.export.world import World
from dragoman.export.writers import Name, open_writer
from dragoman.record import Attribution, Entity, Event, Evidence, Location, Span, to_json

if TYPE_CHECKING:
    from dragoman.export.story import Story

NAMES: tuple[Name, ...] = get_args(Name)
TABLES: tuple[Name, ...] = tuple(n for n in NAMES if n not in {"plover", "parquet"})
FORMULA = tuple("=+-@＝＋－＠")  # noqa: RUF001
NASTY = "\t\n\r\x00\x0b\x85\u2028\u202e\ufeff\ud800\"'\\#;,|`=+-@＝* a9é文\U0001f600"  # noqa: RUF001
hostile = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=12)
maybe = st.none() | hostile
WORLD = World.load()
LIMITS = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def entities(draw: st.DrawFn) -> Entity:
    """Draw an entity."""
    return Entity(
        code=draw(st.sampled_from([None, "IRN", "UNO", "USA"])),
        sector=draw(st.sampled_from([(), ("GOV",), ("REB", "UNK", "JRN")])),
        entity_text=draw(hostile),
        identifier_text=draw(maybe),
        identifier_id=draw(maybe),
        office=draw(maybe),
    )


@st.composite
def places(draw: st.DrawFn) -> Location:
    """Draw a place."""
    return Location(
        extracted_place=draw(hostile),
        resolved_place=draw(maybe),
        lat=draw(st.floats(-90, 90)),
        lon=draw(st.floats(-180, 180)),
        city=draw(maybe),
        province=draw(maybe),
        country=draw(maybe),
        country_code=draw(st.sampled_from([None, "USA", "YEM", "KOS"])),
        resolution=draw(st.none() | st.integers(1, 5)),
    )


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Draw an event of up to three reports, with its reports."""
    ids = draw(st.lists(hostile, max_size=3, unique=True))
    span = Span(start=0, end=1, text=draw(hostile))
    source = Attribution(source=draw(entities()), cue=draw(hostile), start=0, end=1)
    mentions = tuple(
        mention(
            each,
            number_,
            text=draw(hostile),
            attribution=draw(st.sampled_from([None, source])),
            evidence=Evidence(trigger=(span,), actor=(span,), event_loc=(span,)),
        )
        for number_, each in enumerate(ids)
    )
    made = event(
        draw(st.sampled_from(["00aa", "ffee"])),
        event=draw(st.sampled_from([("CONSULT",), ("ASSAULT",)])),
        mode=(),
        actor=tuple(draw(st.lists(entities(), max_size=2))),
        recipient=tuple(draw(st.lists(entities(), max_size=2))),
        event_loc=draw(st.none() | places()),
        mentions=mentions,
        coder=draw(hostile),
    )
    press = {
        each: Press(id=each, outlet=draw(maybe), url=draw(maybe), published="2024-03-05", length=9)
        for each in ids
    }
    return story(made, press, WORLD.maps.reciprocal)


def written(name: Name, made: Story) -> tuple[bytes, int]:
    """Return the bytes and the rows of a story."""
    stream = io.BytesIO()
    writer = open_writer(name, stream, WORLD)
    rows = writer.write([made])
    writer.close()
    return stream.getvalue(), rows


def parsed(name: Name, raw: bytes) -> list[list[str]]:
    """Return the cells of a table, without its header."""
    text = raw.decode()
    if name == "csv":
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
        assert text.count("\r\n") == text.count("\n") == len(lines)
    else:
        assert '"' not in text
        assert "\r" not in text
        lines = [line.split("\t") for line in text.split("\n")[:-1]]
    return lines[1:] if layout(name).header else lines


def words(text: str) -> str:
    """Return the letters and digits of a text."""
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize("name", TABLES)
@LIMITS
@given(made=stories())
def test_no_text_breaks_a_row_or_starts_a_formula(name: Name, made: Story) -> None:
    raw, rows = written(name, made)
    columns = layout(name).columns
    lines = parsed(name, raw)
    assert len(lines) == rows
    for line in lines:
        assert len(line) == len(columns)
        for column, found in zip(columns, line, strict=True):
            assert len(found) <= CAP + 1
            assert not any(ord(c) < 32 or 127 <= ord(c) < 160 or c in "\u2028\u202e" for c in found)
            if column.type in {"integer", "number"}:
                assert found == layout(name).missing or float(found) is not None
            else:
                assert not found.startswith(FORMULA)


@LIMITS
@given(made=stories())
def test_words_and_numbers_come_back(made: Story) -> None:
    loc = made.event.event_loc
    wanted = (loc and loc.extracted_place) or ""
    for name, column in (("csv", "place_text"), ("polecat", "Raw Placename")):
        (line,) = parsed(name, written(name, made)[0])
        row = dict(zip([c.name for c in layout(name).columns], line, strict=True))
        missing = layout(name).missing
        found = row[column]
        assert words(found) == words(wanted) or (found == missing and not words(wanted))
        lat = row["place_lat" if name == "csv" else "Latitude"]
        assert lat == missing if loc is None else float(lat) == pytest.approx(loc.lat, abs=1e-12)


@LIMITS
@given(made=stories())
def test_plover_and_parquet_take_any_text(made: Story) -> None:
    raw, rows = written("plover", made)
    assert (raw.count(b"\n"), rows) == (1, 1)
    back = msgspec.json.decode(raw, type=Event)
    try:
        assert raw == to_json(made.event) + b"\n"
    except UnicodeEncodeError:  # a half of a surrogate pair; all else is there
        assert len(back.mentions) == len(made.event.mentions)
    (row,) = pq.read_table(io.BytesIO(written("parquet", made)[0])).to_pylist()
    for entity, kept in zip(made.event.actor, row["actor"], strict=True):
        assert words(kept["entity_text"].replace("?", "")) == words(entity.entity_text)


@given(hostile)
@example('=HYPERLINK("http://x")')
@example("\u202e\t=1+1")
@example("'=1")
def test_a_cell_is_one_harmless_line(text: str) -> None:
    form = layout("csv")
    shown = cell(text, form)
    assert cell(shown, form) == shown
    assert not shown.startswith(FORMULA)
    assert shown == shown.strip()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (-3.5, "-3.5"),
        (0.0, "0.0"),
        (1e-7, "0.0000001"),
        (-1, "-1"),
        (float("nan"), ""),
        (1e-20, "0"),
    ],
)
def test_numbers_stay_numbers(value: Any, shown: str) -> None:
    assert cell(value, layout("csv")) == shown


def test_guard_leaves_plain_words() -> None:
    assert guard("Iran") == "Iran"
    assert guard("-5") == "'-5"
    assert number(12) == "12"


def test_lists_are_cut_at_an_item() -> None:
    many = joined([f"https://example.org/{i:06}" for i in range(5000)])
    assert isinstance(many, str)
    assert len(many) <= CAP
    assert many.endswith(";…")
    assert joined(["a; b", None, "c"], "; ", missing="None") == "a, b; None; c"
    assert joined([None, None], "; ", missing="None") is None
    assert joined(["x" * 40_000]) == "x" * (CAP - 1) + "…"
