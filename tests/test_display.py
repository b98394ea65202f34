"""Coded reports and events as HTML: the text is kept, escaped, and highlighted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from fakes import code
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from dragoman.display import COLOURS, coded_html, event_html, highlight
from dragoman.record import Entity, Report, Span

HOSTILE = "<script>alert('x')</script> & \"<b onclick='y'>\" said so"
MARKS = st.lists(
    st.tuples(
        st.integers(min_value=-5, max_value=60),
        st.integers(min_value=-5, max_value=60),
        st.sampled_from(sorted(COLOURS)),
    ),
    max_size=12,
)


class Tags(HTMLParser):
    """Gathers the names of tags and checks that they close."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.names: set[str] = set()
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.names.add(tag)
        assert not any(name.startswith("on") for name, _ in attrs)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the last tag."""
        assert self.open.pop() == tag


@given(text=st.text(max_size=50), marks=MARKS)
def test_any_marks_keep_and_escape_the_text(text: str, marks: list[tuple[int, int, str]]) -> None:
    shown = highlight(text, marks)
    bare = re.sub(r'<mark title="[a-z, ]+" style="[^"<>&]+">|</mark>', "", shown)
    assert not re.search("[<>\"']", bare)
    assert re.sub("&(amp|lt|gt|quot|#x27);", _meant, bare) == text
    page = Tags(shown)
    assert page.names <= {"mark"}
    assert not page.open


def _meant(entity: re.Match[str]) -> str:
    return {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "#x27": "'"}[entity[1]]


@given(text=st.text(min_size=1, max_size=50), marks=MARKS)
def test_every_mark_is_shown(text: str, marks: list[tuple[int, int, str]]) -> None:
    shown = highlight(text, marks)
    for start, end, part in marks:
        if max(0, start) < min(len(text), end):
            assert COLOURS[part][0] in shown


def test_overlapping_marks_name_both_parts() -> None:
    shown = highlight("Iranian envoy", [(0, 13, "actor"), (8, 13, "trigger")])
    assert shown.count("<mark") == 2
    assert '>Iranian </mark><mark title="trigger, actor"' in shown
    assert "border-bottom" in shown


def test_coded_report_is_shown_escaped() -> None:
    coded = code(Report(id="<r>", text=HOSTILE, title="<i>T</i>", published="2024-03-05"))
    page = coded_html(coded)
    assert page == coded._repr_html_()
    assert Tags(page).names.isdisjoint({"script", "b", "i"})
    assert not Tags(page).open
    for part in ("&lt;script&gt;", "&lt;i&gt;T&lt;/i&gt;", "2024-03-05", "CONSULT", "Iran"):
        assert part in page
    assert page.count("<tr>") == 2


def test_event_highlights_its_sentences() -> None:
    event = code(Report(id="r", text="arrived in Oman")).events[0]
    page = event_html(event)
    assert page == event._repr_html_()
    assert re.search(r"<mark[^>]*>arrived</mark> in Oman", page)


def test_event_finds_where_its_sentence_begins() -> None:
    event = code(Report(id="r", text="he said they said it")).events[0]
    shift = 1_000
    spans = {
        "trigger": (Span(start=shift + 13, end=shift + 17, text="said"),),
        "actor": (Span(start=shift + 8, end=shift + 12, text="they"),),
        "event_loc": (Span(start=3, end=7, text="Oslo"),),
    }
    mention = replace(event.mentions[0], evidence=replace(event.mentions[0].evidence, **spans))
    page = event_html(replace(event, mentions=(mention,)))
    assert re.search(r"he said <mark[^>]*>they</mark> <mark[^>]*>said</mark> it", page)


def test_evidence_that_fits_nowhere_is_not_shown() -> None:
    event = code(Report(id="r", text="arrived")).events[0]
    odd = replace(event.mentions[0].evidence, trigger=(Span(start=0, end=4, text="went"),))
    mention = replace(event.mentions[0], evidence=odd)
    assert "<mark" not in event_html(replace(event, mentions=(mention,)))


def test_entities_and_sources_are_escaped() -> None:
    event = code(Report(id="r", text="Envoy said so.")).events[0]
    hostile = Entity(code=None, entity_text='"><script>', identifier_text="<script>")
    page = event_html(replace(event, actor=(hostile,), recipient=(hostile,)))
    assert "script" not in Tags(page).names
    assert "[?]" in page


def test_report_without_events() -> None:
    coded = replace(code(Report(id="r", text="Nothing.")), mentions=(), events=())
    assert "No events." in coded_html(coded)
