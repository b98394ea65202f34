"""Readers: every format, every name of a column, and everything that goes wrong."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.readers import MAX_CHARACTERS, Defaults, Reject, read
from dragoman.readers.dates import parse_date
from dragoman.record import Report

if TYPE_CHECKING:
    from pathlib import Path


def reports(*inputs: Path | str, defaults: Defaults | None = None) -> list[Report]:
    items = list(read([str(i) for i in inputs], defaults))
    assert all(isinstance(item, Report) for item in items), items
    return [item for item in items if isinstance(item, Report)]


def rejects(*inputs: Path | str) -> list[Reject]:
    return [item for item in read([str(i) for i in inputs]) if isinstance(item, Reject)]


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("Monday, July 4, 2022", "2022-07-04"),
        ("2022-07-04T23:30:00-05:00", "2022-07-04"),
        ("20220704T101500Z", "2022-07-04"),
        ("24/07/2022 10:15", "2022-07-24"),
        ("07/24/2022", "2022-07-24"),
        ("07/07/2022", "2022-07-07"),
        ("4th of July, 2022", "2022-07-04"),
        ("04-JUL-2022", "2022-07-04"),
        ("10:15 AM ET, Mon July 4, 2022", "2022-07-04"),
        ("Mon, 04 Jul 2022 10:15:00 GMT", "2022-07-04"),
        ("Sept. 4, 2022 | 4:58pm EST", "2022-09-04"),
        ("03/04/2022", None),
        ("1 May 2022, updated 3 May 2022", None),
        ("31 February 2022", None),
        ("4/7/22", None),
        ("July 2022", None),
        ("1656892800", None),
        ("yesterday", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_as_printed(printed: str | None, date: str | None) -> None:
    assert parse_date(printed) == date


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_iso_date_is_read(day: dt.date) -> None:
    assert parse_date(str(day)) == str(day)


@given(st.text(max_size=60))
def test_no_text_breaks_the_date_parser(printed: str) -> None:
    parse_date(printed)


def test_text_is_untouched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeff\n  One\r\ntwo\rthree \u2028é\n".encode())
    (report,) = reports(tmp_path / "a.txt")
    assert report.text == "\n  One\r\ntwo\rthree \u2028é\n"
    assert report.id == "a.txt:1"


def test_old_encodings_of_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Peña met Müller, “gladly”".encode("cp1252"))
    (tmp_path / "b.md").write_bytes("Peña met Müller".encode("utf-16"))
    texts = [r.text for r in reports(tmp_path / "a.txt", tmp_path / "b.md")]
    assert texts == ["Peña met Müller, “gladly”", "Peña met Müller"]


def test_binary_text_file_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"PK\x00\x01")
    (reject,) = rejects(tmp_path / "a.txt")
    assert "binary" in reject.reason


def test_empty_and_too_large_texts_are_rejects(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n", "utf-8")
    (tmp_path / "b.txt").write_text("x" * (MAX_CHARACTERS + 1), "utf-8")
    (tmp_path / "c.txt").write_text("x" * (5 * MAX_CHARACTERS), "utf-8")
    reasons = [r.reason for r in rejects(tmp_path)]
    assert reasons[0] == "empty text"
    assert "expected at most 20,000,000" in reasons[1]
    assert "expected at most" in reasons[2]


def test_jsonl_rows_and_rejects(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'\xef\xbb\xbf{"id": 7, "Body": "one", "Date": "4 July 2022", "source": "S", "LINK": "u"}\n'
        b'\n{"text": "two"\n["three"]\n{"title": "no text"}\n{"text": "\\ud800"}\n'
        b'{"text": 5}\n{"text": "vier", "language": "de"}\n{"text": "six", "language": "en-GB"}\n'
        b'{"id": "7", "text": "again"}\n{"text": "\xff"}'
    )
    items = list(read([str(path)]))
    good = [i for i in items if isinstance(i, Report)]
    assert good[0] == Report(id="7", text="one", published="2022-07-04", outlet="S", url="u")
    assert [(r.id, r.text) for r in good[1:]] == [("a.jsonl:9", "six")]
    bad = [i for i in items if isinstance(i, Reject)]
    assert [r.row for r in bad] == [3, 4, 5, 6, 7, 8, None, 11]
    assert "'de' is not supported" in bad[5].reason
    assert "used before" in bad[6].reason


def test_gzip_and_json(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "one"}\n'))
    (tmp_path / "b.json").write_text('{"status": "ok", "articles": [{"content": "two"}]}', "utf-8")
    (tmp_path / "c.json").write_text('{"text": "three"}', "utf-8")
    found = reports(tmp_path)
    assert [(r.id, r.text) for r in found] == [
        ("a.jsonl.gz:1", "one"),
        ("b.json:1", "two"),
        ("c.json:1", "three"),
    ]


def test_truncated_gzip_keeps_what_was_read(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"text": f"{n} {n * 7919 % 65521}"}) + "\n" for n in range(60_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines.encode())[:-2000])
    items = list(read([str(tmp_path / "a.jsonl.gz")]))
    assert isinstance(items[0], Report)
    assert isinstance(items[-1], Reject)
    assert "breaks off" in items[-1].reason


def test_hostile_cells_are_plain_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(
        b'id,text,title\r\n1,"=HYPERLINK(""http://x"")\r\nline two",<script>alert(1)</script>\r\n'
        b"2,\x1b[31mred,@SUM(A1)\r\n3,only two\r\n"
        b"4," + "Peña".encode("cp1252") + b",t\r\n\r\n../../etc/passwd,five,\r\n"
    )
    items = list(read([str(path)]))
    good = [i for i in items if isinstance(i, Report)]
    assert [r.text for r in good] == [
        '=HYPERLINK("http://x")\r\nline two',
        "\x1b[31mred",
        "Peña",
        "five",
    ]
    assert good[0].title == "<script>alert(1)</script>"
    assert [i.row for i in items if isinstance(i, Reject)] == [3]


def test_separators_and_long_cells(tmp_path: Path) -> None:
    long = "word " * 100_000
    (tmp_path / "a.csv").write_text(f"Datum;Text\n2022-07-04;{long}\n", "utf-8")
    (tmp_path / "b.tsv").write_text("text\tpublished\ntwo\t2022-07-05\n", "utf-16")
    found = reports(tmp_path)
    assert [len(r.text) for r in found] == [500_000, 3]
    assert found[1].published == "2022-07-05"


def test_parquet(tmp_path: Path) -> None:
    table = pa.table(
        {"doc_id": [1.0, 2.0], "text": ["one", None], "date": [dt.date(2022, 7, 4)] * 2}
    )
    pq.write_table(table, tmp_path / "a.parquet")
    items = list(read([str(tmp_path / "a.parquet")]))
    assert items[0] == Report(id="1", text="one", published="2022-07-04")
    assert isinstance(items[1], Reject)


def test_html_is_plain_text(tmp_path: Path) -> None:
    page = (
        "<html><head><title>Talks</title><meta property='article:published_time'"
        " content='2022-07-04T10:00:00Z'></head><body><nav>Home | Login</nav><article>"
        "<p>The envoy landed in Muscat on Sunday for two days of talks.</p>"
        "<script>alert(1)</script><p>She [bold]met[/bold] the minister &lt;b&gt;.</p>"
        "</article></body></html>"
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    (tmp_path / "b.htm").write_text("<html></html>", "utf-8")
    items = list(read([str(tmp_path)]))
    assert isinstance(items[0], Report)
    assert items[0].published == "2022-07-04"
    assert "alert" not in items[0].text
    assert "[bold]met[/bold] the minister <b>" in items[0].text
    assert isinstance(items[1], Reject)


def test_feeds(tmp_path: Path) -> None:
    feed = (
        "<rss version='2.0'><channel><title>Our Daily</title><item><guid>g1</guid><title>A &amp; B"
        "</title><link>http://x/1</link><pubDate>Mon, 04 Jul 2022 10:00:00 GMT</pubDate>"
        "<description>&lt;p&gt;One.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p&gt;Two."
        "&lt;/p&gt;</description></item><item><title>empty</title></item></channel></rss>"
    )
    (tmp_path / "a.rss").write_text(feed, "utf-8")
    (tmp_path / "b.xml").write_text("<data/>", "utf-8")
    items = list(read([str(tmp_path)]))
    assert items[0] == Report(
        id="g1", text="One.\nTwo.", title="A & B", published="2022-07-04", outlet="Our Daily",
        url="http://x/1",
    )  # fmt: skip
    assert [type(i) for i in items[1:]] == [Reject, Reject]


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'\n {"text": "one"}\n{"text": "two"}', [("stdin:1", "one"), ("stdin:2", "two")]),
        (b"\n Plain [text].\n", [("stdin:1", "\n Plain [text].\n")]),
    ],
)
def test_standard_input(
    data: bytes, found: list[tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(data)))
    assert [(r.id, r.text) for r in reports("-")] == found


def test_defaults_fill_only_what_is_not_stated(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b", "date": "03/04/2022", "outlet": "S"}\n', "utf-8")
    first, second = reports(path, defaults=Defaults(published="2020-01-01", outlet="D"))
    assert (first.published, first.outlet) == ("2020-01-01", "D")
    assert (second.published, second.outlet) == (None, "S")


def test_ids_of_files_with_one_name_differ(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text("text", "utf-8")
    ids = [r.id for r in reports(tmp_path / "x" / "a.txt", tmp_path / "y" / "a.txt")]
    assert len(set(ids)) == 2
    assert [r.id for r in reports(tmp_path)] == ["x/a.txt:1", "y/a.txt:1"]
    assert len(reports(tmp_path / "x" / "a.txt", tmp_path / "x", str(tmp_path / "x/*.txt"))) == 1


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text", "utf-8")
    (tmp_path / "b.txt").write_text("text", "utf-8")
    items = read([str(tmp_path)])
    next(items)
    (tmp_path / "b.txt").unlink()
    assert isinstance(next(items), Reject)


def bad_inputs() -> list[tuple[str, bytes | None, str]]:
    return [
        ("missing.txt", None, "no such file"),
        ("a.docx", b"x", "unknown kind of file"),
        ("noending", b"x", "no ending"),
        ("a.parquet.gz", gzip.compress(b"x"), "unknown kind of file"),
        ("a.jsonl.gz", b"not gzip", "cannot be read"),
        ("a.parquet", b"PAR1 no", "no Parquet file"),
        ("a.csv", b"a,b\n1,2\n", "no text column; found a, b"),
        ("b.csv", b"text\n\0\0\0", "binary"),
        ("empty.csv", b"", "no text column"),
        ("*.nothing", None, "no file matches"),
    ]


@pytest.mark.parametrize(("name", "data", "message"), bad_inputs())
def test_unreadable_inputs_are_one_line_at_once(
    tmp_path: Path, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=message) as caught:
        read([str(tmp_path / name)])
    assert "\n" not in str(caught.value)


def test_bad_files_of_a_folder_are_rejects(tmp_path: Path) -> None:
    for name, data, _ in bad_inputs():
        if data is not None:
            (tmp_path / name).write_bytes(data)
    (tmp_path / ".hidden").write_bytes(b"x")
    (tmp_path / "z.txt").write_text("good", "utf-8")
    items = list(read([str(tmp_path)]))
    assert [type(i) for i in items].count(Report) == 1
    assert len(items) == 9
