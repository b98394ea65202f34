"""Feeds taken apart, lists of sources, the schedule, and what is kept."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from feedserver import item, rss
from hypothesis import given
from hypothesis import strategies as st

from dragoman.cli.options import as_bytes, as_seconds
from dragoman.errors import InputError
from dragoman.feeds.entries import MAX_ENTRIES, FeedError, read_entries
from dragoman.feeds.known import Known
from dragoman.feeds.schedule import LONGEST, TOGETHER, back_off, due, next_round
from dragoman.feeds.sources import find_sources
from dragoman.feeds.state import SourceState, State, Waiting
from dragoman.record import Report
from dragoman.store import OutputError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.feeds.entries import Feed
    from dragoman.record import Coded

NOW = 1_700_000_000.0


def entries(text: str | bytes, outlet: str | None = None) -> Feed:
    data = text.encode() if isinstance(text, str) else text
    return read_entries(data, "a.example", "https://a.example/world/feed", outlet)


def test_ids() -> None:
    found = entries(
        rss(
            item(1, "One."),
            item(2, "Two.", guid="77"),
            item(3, "Three.", guid="", link="/story/3"),
            item(4, "Four.", guid="", link=""),
            item(5, "Five.", guid="tag:" + "x" * 3000),
        )
    ).entries
    ids = [entry.id for entry in found]
    assert ids[:3] == ["urn:x:1", "a.example:77", "https://a.example/story/3"]
    assert all(i.startswith("a.example:") and len(i) == 26 for i in ids[3:])
    assert len({entry.digest for entry in found}) == 5
    assert entries(rss(item(4, "Four.", guid="", link=""))).entries[0].id == ids[3]


def test_script_and_markup_are_text() -> None:
    (entry,) = entries(
        rss(item(1, "<p>One.</p><script>alert(1)</script>", title="<script>x()</script>A <b>b</b>"))
    ).entries
    assert (entry.fields["title"], entry.fields["text"]) == ("A b", "One.")


def test_what_stands_twice_comes_once() -> None:
    found = entries(rss(item(1, "One."), item(1, "One."), item(1, "Other.")))
    assert [entry.fields["text"] for entry in found.entries] == ["One.", "Other."]


def test_outlet_is_the_users_name() -> None:
    assert entries(rss(item(1, "One."))).entries[0].fields["outlet"] == "Our Daily"
    assert entries(rss(item(1, "One.")), "Times").entries[0].fields["outlet"] == "Times"


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ("<ttl>60</ttl>", 3600),
        ("<ttl>-5</ttl>", 0),
        ("<ttl>999999999999</ttl>", 0),
        ("<sy:updatePeriod> hourly </sy:updatePeriod>", 3600),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            21_600,
        ),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>",
            86_400,
        ),
        ("<sy:updatePeriod>often</sy:updatePeriod>", 0),
        ("<ttl>15</ttl><sy:updatePeriod>hourly</sy:updatePeriod>", 3600),
    ],
)
def test_hints(more: str, seconds: float) -> None:
    assert entries(rss(more=more)).hint == seconds


def test_atom() -> None:
    atom = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><id>tag:a,2022:1</id>"
        "<title>T</title><link href='/1'/><updated>2022-07-04T10:00:00Z</updated>"
        "<content type='html'>&lt;p&gt;Whole text.&lt;/p&gt;</content><summary>Short.</summary>"
        "</entry></feed>"
    )
    (entry,) = entries(atom).entries
    assert entry.id == "tag:a,2022:1"
    assert entry.fields["text"] == "Whole text."
    assert entry.fields["url"] == "https://a.example/1"


def test_bad_xml_is_read_as_far_as_it_goes() -> None:
    torn = rss(item(1, "One."), item(2, "Two & three."))[:-60]
    assert entries(torn).entries[0].id == "urn:x:1"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "no feed"),
        (b"\0\1\2", "no feed"),
        (b"<data/>", "no feed"),
        (b"{}", "no feed"),
        (b"<!doctype html><html><p>hi", "a web page, no feed"),
        (
            b"<html><head><link rel=alternate type='application/rss+xml' href='/rss.xml'>",
            "it names the feed https://a.example/rss.xml",
        ),
    ],
)
def test_no_feed(data: bytes, message: str) -> None:
    with pytest.raises(FeedError) as caught:
        entries(data)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_empty_feed_is_a_feed() -> None:
    assert entries(rss()).entries == ()


def test_entities_reach_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hush", "utf-8")
    doctype = f"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY x SYSTEM 'file://{secret}'>]>"
    body = rss(item(1, "See &amp;x; here.")).replace("&amp;amp;", "&").partition("?>")[2]
    found = entries(doctype + body).entries
    assert "hush" not in str(found)


def test_many_entries_are_cut() -> None:
    found = entries(rss(*(item(n, "x") for n in range(MAX_ENTRIES + 7))))
    assert (len(found.entries), found.more) == (MAX_ENTRIES, 7)


@given(st.binary() | st.text().map(str.encode))
def test_anything_is_a_feed_or_an_error(data: bytes) -> None:
    for before in (b"", b"<rss version='2.0'><channel><item><title>"):
        with suppress(FeedError):
            assert all(entry.id for entry in read_entries(before + data, "a", None, None).entries)


# Lists of sources


def test_lists(tmp_path: Path) -> None:
    (tmp_path / "feed.rss").write_text(rss(item(1, "One.")), "utf-8")
    (tmp_path / "list.txt").write_text(
        "\ufeff# outlets\n\nhttps://A.example/feed#top   The  Times \nfeed.rss\n"
        "https://a.example/feed\n",
        "utf-8",
    )
    (tmp_path / "list.opml").write_text(
        "<?xml version='1.0'?><opml><body><outline text='World'>"
        "<outline text='B &amp; C' xmlUrl='https://b.example/?a=1&b=2'/>"
        "<outline xmlUrl='https://c.example/'></outline></outline></body></opml>",
        "utf-8",
    )
    found = find_sources([str(tmp_path / "list.txt"), str(tmp_path / "list.opml")])
    assert [(s.address, s.outlet) for s in found] == [
        ("https://a.example/feed", "The Times"),
        (str(tmp_path / "feed.rss"), None),
        ("https://b.example/?a=1&b=2", "B & C"),
        ("https://c.example/", None),
    ]
    assert [s.host for s in found[:2]] == ["a.example", "feed.rss"]


def test_every_fault_of_a_list_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "l.txt").write_text("htp://x/\nnot there.xml\nhttp://u:p@x/\nhttp://ok/\n", "utf-8")
    (tmp_path / "l.opml").write_text("<opml><outline xmlUrl='file:///etc/passwd'/></opml>", "utf-8")
    names = [str(tmp_path / "l.txt"), str(tmp_path / "l.opml"), str(tmp_path / "none"), "ftp://x/"]
    with pytest.raises(InputError) as caught:
        find_sources(names)
    lines = str(caught.value).splitlines()
    assert len(lines) == 6
    assert "line 1: scheme 'htp'" in lines[0]
    assert "line 2: 'not' is neither" in lines[1]
    assert "user name" in lines[2]
    assert "scheme 'file'" in lines[3]
    assert "cannot be read" in lines[4]
    (tmp_path / "empty").write_text("# none\n", "utf-8")
    with pytest.raises(InputError, match="no source"):
        find_sources([str(tmp_path / "empty")])


# The schedule


def test_due() -> None:
    assert due(NOW, read=0, every=900, pause=9000, blocked=0) == NOW
    assert due(NOW, read=NOW - 5, every=900, pause=60, blocked=0) == NOW + 895
    assert due(NOW, read=NOW, every=900, pause=3600, blocked=0) == NOW + 3600
    assert due(NOW, read=NOW, every=900, pause=10**9, blocked=0) == NOW + LONGEST
    assert due(NOW, read=NOW, every=0, pause=0, blocked=0) == NOW
    assert due(NOW, read=NOW, every=900, pause=0, blocked=NOW + 5000) == NOW + 5000
    assert due(NOW, read=NOW + 10**6, every=900, pause=0, blocked=0) == NOW


@given(st.floats(60, 10**6), st.integers(1, 10**6), st.none() | st.floats(0, 10**6))
def test_back_off_is_bounded_and_grows(every: float, failures: int, wait: float | None) -> None:
    pause = back_off(every, failures, wait)
    assert pause >= max(every, wait or 0.0)
    assert pause <= max(LONGEST, every, wait or 0.0)
    assert back_off(every, failures + 1, wait) >= pause
    assert back_off(every, failures, wait) == pause


def test_back_off_doubles() -> None:
    assert [back_off(900, n, None) for n in (1, 2, 3, 20)] == [900, 1800, 3600, LONGEST]
    assert back_off(900, 1, 5000) == 5000


@given(st.lists(st.floats(NOW - 10**5, NOW + 10**5), min_size=1))
def test_a_round_begins_when_what_is_in_it_is_due(times: list[float]) -> None:
    begins = next_round(NOW, times)
    first = max(NOW, min(times))
    assert first <= max(begins, NOW) <= first + TOGETHER


# Revisions


class FakeSink:
    """A record that holds some texts."""

    def __init__(self, texts: dict[str, str]) -> None:
        """Hold them as they are now."""
        self.texts = dict(texts)

    def done(self) -> set[str]:
        """Return their ids."""
        return set(self.texts)

    def clashes(self, report: Report) -> bool:
        """Return whether another text is there."""
        return self.texts.get(report.id, report.text) != report.text

    def write(self, batch: Sequence[Coded]) -> None:
        """Take nothing."""

    def close(self, *, complete: bool = True) -> None:
        """Do nothing."""


def test_an_id_never_stands_for_two_texts() -> None:
    known = Known(FakeSink({"a": "1", "a;rev=2": "2"}))
    told = [known.place(Report(id="a", text=t)) for t in ("1", "2", "3", "2", "3", "1")]
    assert [(p.standing, p.report.id) for p in told] == [
        ("unchanged", "a"),
        ("unchanged", "a;rev=2"),
        ("changed", "a;rev=3"),
        ("unchanged", "a;rev=2"),
        ("unchanged", "a;rev=3"),
        ("unchanged", "a"),
    ]
    assert known.place(Report(id="b", text="1")).standing == "new"


@given(st.lists(st.tuples(st.sampled_from(["a", "a;rev=2", "b"]), st.text(max_size=1))))
def test_ids_and_texts_are_one_to_one(given_: list[tuple[str, str]]) -> None:
    """Whether the record is closed and opened between two reports makes no difference."""
    stored: dict[str, str] = {}
    known = Known(FakeSink({}))
    for name, text in given_:
        standing, report = known.place(Report(id=name, text=text))
        assert (standing, report) == Known(FakeSink(stored)).place(Report(id=name, text=text))
        assert standing == "unchanged" or report.id not in stored
        assert stored.setdefault(report.id, text) == text


# What is kept


def test_state_comes_back(tmp_path: Path) -> None:
    (entry,) = entries(rss(item(1, "One."))).entries
    state = State(tmp_path / "s")
    waiting = {entry.digest: Waiting(entry=entry, tries=1)}
    kept = SourceState(read=5.0, seen={"d": "r", "e": None}, waiting=waiting)
    state.keep("a", kept, {"h": 9.0})
    state.close()
    again = State(tmp_path / "s")
    assert again.source("a") == kept
    assert again.source("b") == SourceState()
    assert again.holds() == {"h": 9.0}
    again.close()


def test_two_watchers_on_one_record(tmp_path: Path) -> None:
    first = State(tmp_path / "s")
    with pytest.raises(OutputError, match="another dragoman watch"):
        State(tmp_path / "s")
    first.close()
    State(tmp_path / "s").close()


def test_files_that_are_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x" * 5000, "utf-8")
    with pytest.raises(OutputError, match="delete it"):
        State(tmp_path / "text")
    with sqlite3.connect(tmp_path / "newer") as connection:
        connection.execute("PRAGMA user_version = 9")
    connection.close()
    with pytest.raises(OutputError, match="version 9"):
        State(tmp_path / "newer")
    with pytest.raises(OutputError, match="cannot be written"):
        State(tmp_path / "no" / "folder")


# Options


def test_spans_and_sizes() -> None:
    assert [as_seconds(t) for t in ("90s", "15m", " 2H", "1d")] == [90, 900, 7200, 86_400]
    assert [as_bytes(t) for t in ("100", "500K", "8m", "1G")] == [100, 512_000, 8 * 2**20, 2**30]
    for bad in ("", "15", "0m", "-1m", "1.5h", "٣m", "m"):
        with pytest.raises(InputError, match="expected one like"):
            as_seconds(bad)
    for bad in ("", "0", "8 X", "-1", "1e9"):
        with pytest.raises(InputError, match="expected one like"):
            as_bytes(bad)
