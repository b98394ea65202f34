"""Web archives: what becomes a report, what is passed over, and everything that is broken."""

from __future__ import annotations

import bz2
import gzip
import io
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest
from fastwarc.stream_io import Lz4Writer, ZstdWriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcs import STORY, answer, archive, page, record, records

from dragoman.errors import InputError
from dragoman.readers import Reject, read, read_sample, warc
from dragoman.readers.archive import MAX_BROKEN, MAX_RECORD
from dragoman.readers.shape import Defaults, Place
from dragoman.readers.warc import read_warc
from dragoman.record import Report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def packed(writer: type[Lz4Writer | ZstdWriter]) -> Callable[[bytes], bytes]:
    def pack(data: bytes) -> bytes:
        out = io.BytesIO()
        with writer(out) as stream:
            stream.write(data)
        return out.getvalue()

    return pack


def split(path: Path, defaults: Defaults | None = None) -> tuple[list[Report], list[Reject]]:
    items = list(read([str(path)], defaults))
    return (
        [item for item in items if isinstance(item, Report)],
        [item for item in items if isinstance(item, Reject)],
    )


def from_bytes(data: bytes) -> tuple[list[Report], list[Reject]]:
    items = list(read_warc(io.BytesIO(data), Place("a.warc", "a.warc"), Defaults()))
    return (
        [item for item in items if isinstance(item, Report)],
        [item for item in items if isinstance(item, Reject)],
    )


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.warc", lambda data: data),
        ("a.warc.gz", gzip.compress),
        ("a.warc.bz2", bz2.compress),
        ("a.warc.zst", packed(ZstdWriter)),
        ("a.warc.lz4", packed(Lz4Writer)),
    ],
)
def test_pages_become_reports(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    found, bad = split(archive(tmp_path / name, records(4), pack))
    assert bad == []
    assert [r.id for r in found] == [f"{n:08d}" for n in range(4)]
    first = found[0]
    assert first.url == "https://www.example.org/0"
    assert first.outlet == "example.org"
    assert first.published == "2024-03-01"
    assert first.title == "Story 0"
    assert "told reporters" in first.text
    assert "Home" not in first.text


def test_one_gzip_around_everything(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzip.compress(b"".join(records(4))))
    found, bad = split(tmp_path / "a.warc.gz")
    assert (len(found), bad) == (4, [])


def test_what_is_no_report_is_passed_over(tmp_path: Path) -> None:
    others = [
        record(b"software: x\r\n", kind="warcinfo"),
        record(b"GET / HTTP/1.1\r\n\r\n", kind="request"),
        record(answer(page(), status=404)),
        record(answer(page(), status=301)),
        record(answer(b"%PDF-1.4", "application/pdf")),
        record(answer(b"{}", "application/json")),
        record(b"20240309 dns", "dns:example.org"),
        record(answer(b"no markup at all", "")),
    ]
    found, bad = split(archive(tmp_path / "a.warc.gz", [*others, *records(1)]))
    assert (len(found), bad) == (1, [])


def test_a_page_without_a_date_has_none(tmp_path: Path) -> None:
    undated = page(1).replace(b"2024-03-02T10:00:00Z", b"")
    future = page(1).replace(b"2024-03-02", b"2031-03-02")
    parts = [record(answer(undated), name="<urn:uuid:a>"), record(answer(future), name="<b>")]
    found, _ = split(archive(tmp_path / "a.warc.gz", parts))
    assert [r.published for r in found] == [None, None]
    found, _ = split(tmp_path / "a.warc.gz", Defaults(published="2024-03-05"))
    assert [r.published for r in found] == ["2024-03-05"] * 2


def test_ids_are_the_records_own_or_of_their_content() -> None:
    same = [record(answer(page(n)), name=None) for n in (1, 1, 2)]
    odd = [record(answer(page(3)), name=name) for name in ("<x y>", "<" + "x" * 300 + ">")]
    found, _ = from_bytes(b"".join((*same, *odd)))
    ids = [r.id for r in found]
    assert ids[0] == ids[1] != ids[2]
    assert all(len(name) == 32 for name in ids)
    assert ids[3] == ids[4]


@pytest.mark.parametrize(
    ("kind", "encoding", "head"),
    [
        ("text/html; charset=windows-1252", "cp1252", ""),
        ('text/html; Charset="ISO-8859-1"', "cp1252", ""),
        ("text/html", "cp1252", '<meta charset="windows-1252">'),
        ("text/html", "cp1252", '<meta http-equiv="x" content="text/html; charset=latin1">'),
        ("text/html; charset=base64", "cp1252", ""),
        ("text/html; charset=utf-8", "cp1252", ""),
        ("text/html; charset=iso-8859-1", "utf-8", ""),
        ("text/html; charset=koi8-r", "koi8-r", '<meta charset="utf-8">'),
        ("application/xhtml+xml", "utf-16", ""),
        ("text/html; charset=\xff\xfe", "cp1252", '<meta charset="\x01"'),
    ],
)
def test_encodings(kind: str, encoding: str, head: str) -> None:
    name = "Иванов" if encoding == "koi8-r" else "Peña “gladly”"
    body = page(1, STORY.replace("president", f"president {name}"), head).decode()
    (report,), bad = from_bytes(record(answer(body.encode(encoding), kind)))
    assert bad == []
    assert f"president {name} of" in report.text


@pytest.mark.parametrize(
    ("headers", "pack"),
    [
        (("Content-Encoding: gzip",), gzip.compress),
        (("Content-Encoding: deflate",), zlib.compress),
        (("Transfer-Encoding: chunked",), lambda b: b"%x\r\n%b\r\n0\r\n\r\n" % (len(b), b)),
        (("Content-Encoding: gzip", "Transfer-Encoding: chunked"), lambda b: b),
        (("Content-Encoding: br",), lambda b: b),
        (("Content-Encoding: identity, nonsense",), lambda b: b),
    ],
)
def test_packing_for_the_way(headers: tuple[str, ...], pack: Callable[[bytes], bytes]) -> None:
    found, bad = from_bytes(record(answer(pack(page()), "text/html", *headers)) + records(1)[0])
    assert (len(found), bad) == (2, [])


def test_a_page_that_unpacks_without_end_is_a_reject() -> None:
    bomb = gzip.compress(b"<html>" + b" " * (20 * MAX_RECORD))
    parts = [record(answer(bomb, "text/html", "Content-Encoding: gzip")), *records(1)]
    tracemalloc.start()
    found, bad = from_bytes(b"".join(parts))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == len(bad) == 1
    assert "a page over 10,000,000 bytes" in bad[0].reason
    assert peak < 8 * MAX_RECORD


def test_too_large_a_record_is_not_read(tmp_path: Path) -> None:
    large = record(answer(b"<html>" + b"x" * MAX_RECORD))
    found, bad = split(archive(tmp_path / "a.warc.gz", [*records(1), large, *records(1, 1)]))
    assert len(found) == 2
    assert [r.row for r in bad] == [2]
    assert "expected at most 10,000,000" in bad[0].reason


def damaged(data: bytes) -> bytes:
    return data[:60] + bytes(byte ^ 0xFF for byte in data[60:90]) + data[90:]


@pytest.mark.parametrize(
    "broken",
    [
        damaged(gzip.compress(records(1, 9)[0])),
        gzip.compress(records(1, 9)[0])[:100],
        gzip.compress(b"no record at all"),
        gzip.compress(record(answer(page()), length=9_000_000)),
        gzip.compress(record(answer(page()), length=10**15)),
        gzip.compress(record(answer(page()), length=-5)),
        gzip.compress(record(answer(page()), length="9" * 40)),
        gzip.compress(record(answer(page()), length="x")),
        gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n"),
        gzip.compress(record(answer(page()), "http://x/" + "y" * 100_000)),
        b"\x1f\x8b\x08" * 5,
        b"stray bytes between two records",
    ],
)
def test_reading_goes_on_after_a_broken_record(tmp_path: Path, broken: bytes) -> None:
    good = [gzip.compress(data) for data in records(4)]
    whole = archive(tmp_path / "a.warc.gz", [*good[:2], broken, *good[2:]], lambda data: data)
    found, bad = split(whole)
    assert [r.id for r in found] == [f"{n:08d}" for n in range(4)]
    assert len(bad) == 1
    assert bad[0].where == str(whole)
    assert "byte" in bad[0].reason


def test_reading_goes_on_in_a_plain_file() -> None:
    good = records(4)
    for broken in (b"junk\r\n" * 50, record(answer(page()), length=9_000_000)):
        found, bad = from_bytes(b"".join((*good[:2], broken, *good[2:])))
        assert [r.id for r in found] == [f"{n:08d}" for n in range(4)]
        assert len(bad) == 1


@pytest.mark.parametrize("pack", [gzip.compress, packed(ZstdWriter), packed(Lz4Writer), bytes])
def test_a_torn_file_is_told_wherever_it_breaks_off(pack: Callable[[bytes], bytes]) -> None:
    good = [pack(data) for data in records(2)]
    # The last bytes are marks of the end; of a beginning of LZ4 nothing can be told.
    for cut in range(15, len(good[1]) - 8, 7):
        found, bad = from_bytes(good[0] + good[1][:cut])
        assert [r.id for r in found][:1] == ["00000000"]
        assert len(bad) == 1, cut


def test_a_file_of_nothing_but_marks_ends() -> None:
    found, bad = from_bytes(records(1)[0] + b"WARC/1.0\r\n" * 10 * MAX_BROKEN)
    assert len(found) == 1
    assert len(bad) <= 2
    assert "broken places" in bad[-1].reason


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_no_damage_breaks_the_reader(data: st.DataObject) -> None:
    whole = bytearray(b"".join(gzip.compress(part) for part in records(2)))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(whole) - 1))
        whole[at : at + data.draw(st.integers(0, 20))] = data.draw(st.binary(max_size=20))
    found, _ = from_bytes(bytes(whole))
    assert len(found) <= 3


@pytest.mark.parametrize(
    "body",
    [
        b"<html>" + b"<div>" * 100_000 + STORY.encode(),
        b"<html><body>" + b"<!--" * 10_000,
        b"<html>\x00\x01\x02",
        b"\x1f\x8b\x08<html>",
        gzip.compress(page()),
        b"",
        b"<html><head><meta charset=" + b"a" * 5_000,
        b"<!DOCTYPE html [<!ENTITY a 'b'>]><html><body><p>&a;</p>",
        b"<script>alert(1)</script>" * 1_000,
    ],
)
def test_hostile_pages_end_nothing(body: bytes) -> None:
    found, _ = from_bytes(record(answer(body)) + records(1, 1)[0])
    assert found[-1].id == "00000001"


@pytest.mark.parametrize("url", ["http://[::1", "https://", "javascript:alert(1)", "http://\x00/"])
def test_hostile_addresses(url: str) -> None:
    found, _ = from_bytes(record(answer(page()), url) + records(1, 1)[0])
    assert found[-1].id == "00000001"


def test_pages_that_are_not_in_the_sample_are_not_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = archive(tmp_path / "a.warc.gz", records(60))
    every = [item.id for item in read([str(path)]) if isinstance(item, Report)]
    opened = []
    kept = warc.page_report
    monkeypatch.setattr(warc, "page_report", lambda *a: opened.append(a) or kept(*a))
    sample = read_sample("10%")
    found = [item.id for item in read([str(path)], sample=sample) if isinstance(item, Report)]
    assert found == [name for name in every if sample.may_have(name)]
    assert 0 < len(opened) == len(found) < 20


def test_other_files_are_no_archives(tmp_path: Path) -> None:
    for data in (b"", b"<html>", b"PK\x03\x04"):
        (tmp_path / "a.warc").write_bytes(data)
        with pytest.raises(InputError, match="no WARC record"):
            read([str(tmp_path / "a.warc")])


def test_memory_is_flat(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        filler = [record(answer(b"x" * 1_000_000, "image/png"))] * count
        path = archive(tmp_path / f"{count}.warc.gz", [*filler, *records(1)])
        tracemalloc.start()
        assert len(split(path)[0]) == 1
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(1)  # imports
    assert peak(40) < peak(2) + 2_000_000
