"""What large inputs need: packed files, one language, samples, how far a run has come."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import random
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from fakes import FakeCoder, code
from fastwarc.stream_io import Lz4Writer
from rich.console import Console
from spacy.lang.de.examples import sentences as german
from spacy.lang.fr.examples import sentences as french

from dragoman.cli.progress import described, progress
from dragoman.errors import InputError
from dragoman.readers import Defaults, Meter, Reject, read, read_sample
from dragoman.readers import rows as rows_reader
from dragoman.readers.language import SHORTEST, other_language
from dragoman.record import Report
from dragoman.runs import Job, Summary, run_code

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parent.parent
ENGLISH = (
    "The two delegations met in the capital on Monday and agreed to open the border again, a"
    " spokesman for the foreign ministry said after the talks."
)


def lz4(data: bytes) -> bytes:
    out = io.BytesIO()
    with Lz4Writer(out) as stream:
        stream.write(data)
    return out.getvalue()


PACKERS: list[tuple[str, Callable[[bytes], bytes]]] = [
    (".gz", gzip.compress),
    (".bz2", bz2.compress),
    (".xz", lzma.compress),
    (".zst", zstandard.compress),
    (".lz4", lz4),
]


def split(*paths: Path, **more: object) -> tuple[list[Report], list[Reject]]:
    items = list(read([str(path) for path in paths], **more))  # type: ignore[arg-type]
    return (
        [item for item in items if isinstance(item, Report)],
        [item for item in items if isinstance(item, Reject)],
    )


def numbered(count: int) -> list[bytes]:
    texts = (f"{n} {n * 7919 % 65521} {n * 104729 % 999983}" for n in range(count))
    return [json.dumps({"id": f"r{n}", "text": text}).encode() for n, text in enumerate(texts)]


# -- packed files --------------------------------------------------------------------


@pytest.mark.parametrize(("ending", "pack"), PACKERS)
def test_packed_files_of_several_parts(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    lines = numbered(3000)
    parts = [b"\n".join(lines[low : low + 1000]) + b"\n" for low in range(0, 3000, 1000)]
    (tmp_path / f"a.jsonl{ending}").write_bytes(b"".join(map(pack, parts)))
    (tmp_path / f"b.csv{ending}").write_bytes(pack(b"id,text\n1,one\n"))
    (tmp_path / f"c.txt{ending}").write_bytes(pack(b"two"))
    (tmp_path / f"D.TSV{ending.upper()}").write_bytes(pack(b"id\ttext\n2\tthree\n"))
    found, bad = split(*sorted(tmp_path.iterdir()))
    assert bad == []
    assert len(found) == 3003
    assert {r.text for r in found} >= {"one", "two", "three"}


@pytest.mark.parametrize(("ending", "pack"), PACKERS)
def test_a_torn_file_keeps_what_was_read(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    whole = b"".join(pack(b"\n".join(numbered(20_000)) + b"\n") for _ in range(2))
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(whole[: -len(whole) // 8])
    found, bad = split(path)
    assert len(found) > 19_900  # Arrow's decoder keeps back what it read last
    assert "breaks off" in bad[-1].reason


@pytest.mark.parametrize(("ending", "pack"), PACKERS)
def test_what_is_not_packed_so_is_one_line(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / f"a.jsonl{ending}"
    path.write_bytes(b"no such packing at all")
    with pytest.raises(InputError, match="cannot be read") as caught:
        read([str(path)])
    assert "\n" not in str(caught.value)
    path.write_bytes(pack(b'{"text": "x"}\n')[:9])
    assert [r.reason[:4] for r in split(tmp_path)[1]] == ["cann"]


@pytest.mark.parametrize(("ending", "pack"), [PACKERS[0], PACKERS[2], PACKERS[3]])
def test_a_line_that_unpacks_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    monkeypatch.setattr(rows_reader, "MAX_LINE", 1_000_000)
    (tmp_path / f"a.jsonl{ending}").write_bytes(pack(b" x" * 5_000_000 + b'\n{"text": "y"}\n'))
    found, bad = split(tmp_path)
    assert [r.text for r in found] == ["y"]
    assert "line over" in bad[0].reason


# -- Parquet -------------------------------------------------------------------------


def test_parquet_is_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    noise = random.Random(1)  # noqa: S311 - noise, no secret
    schema = pa.schema({"id": pa.string(), "text": pa.string(), "other": pa.string()})
    with pq.ParquetWriter(path, schema) as writer:
        for low in range(0, 4000, 1000):
            texts = [noise.randbytes(10_000).hex() for _ in range(1000)]
            rows = {"id": [f"r{low + n}" for n in range(1000)], "text": texts, "other": texts}
            writer.write_table(pa.table(rows, schema))
    meter = Meter()
    before = pa.total_allocated_bytes()
    most = 0
    shares = []
    for number, _ in enumerate(read([str(path)], meter=meter)):
        most = max(most, pa.total_allocated_bytes() - before)
        if number % 1000 == 500:
            shares.append(meter.done / (meter.total or 1))
    assert most < 60_000_000  # of 160; a column of a row group has 20
    assert shares == pytest.approx([0.125, 0.375, 0.625, 0.875], abs=0.01)


# -- language ------------------------------------------------------------------------


def rows(path: Path, *some: dict[str, object]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in some), "utf-8")
    return path


def test_other_languages_are_passed_over(tmp_path: Path) -> None:
    texts = {"e": ENGLISH, "d": " ".join(german), "f": " ".join(french), "short": german[0][:90]}
    some = [{"id": name, "text": text} for name, text in texts.items()]
    path = rows(tmp_path / "a.jsonl", *some)
    found, bad = split(path)
    assert [r.id for r in found] == ["e", "short"]
    assert [(r.row, r.language) for r in bad] == [(2, "de"), (3, "fr")]
    assert "expected one in 'en'" in bad[0].reason
    assert len(split(path, defaults=Defaults(only=None))[0]) == 4


def test_what_a_report_states_is_believed(tmp_path: Path) -> None:
    text = " ".join(german)
    some = [
        {"id": "1", "text": text, "language": "en-US"},
        {"id": "2", "text": ENGLISH, "language": "de"},
        {"id": "3", "text": text, "language": " "},
    ]
    path = rows(tmp_path / "a.jsonl", *some)
    found, bad = split(path)
    assert [r.id for r in found] == ["1"]
    assert [r.language for r in bad] == ["de", "de"]
    found, bad = split(path, defaults=Defaults(only=None))
    assert [r.language for r in found] == ["en", "de", "en"]
    assert bad == []


@pytest.mark.parametrize(
    "text", ["1,234 " * 100, "!" * 500, " " * 99 + "x", "Kyiv Lviv Odesa " * 3, "\ud800" * 200, ""]
)
def test_what_is_no_language_is_kept(text: str) -> None:
    assert other_language(text, "en") is None


def test_short_texts_are_not_judged() -> None:
    text = " ".join(french)
    assert other_language(text[: SHORTEST - 1], "en") is None
    assert other_language(text[:SHORTEST], "en") == "fr"


def test_every_example_is_in_english() -> None:
    found, bad = split(ROOT / "examples" / "reports.jsonl", *(ROOT / "examples").glob("*.txt"))
    assert bad == []
    assert all(other_language(report.text, "en") is None for report in found)


def test_the_summary_counts_languages(tmp_path: Path) -> None:
    some = [{"text": ENGLISH}, {"text": " ".join(german)}, {"text": " ".join(french)}, {"text": ""}]
    out = tmp_path / "o.jsonl"
    job = Job(inputs=(str(rows(tmp_path / "a.jsonl", *some)),), out=str(out))
    summary = run_code(job, lambda _: FakeCoder())
    assert (summary.reports, summary.rejects, summary.foreign) == (1, 1, 2)
    assert summary.languages == {"de": 1, "fr": 1}
    listed = (tmp_path / "o.jsonl.rejects.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line).get("language") for line in listed] == ["de", "fr", None]


# -- samples -------------------------------------------------------------------------


def ids(path: Path, sample: str) -> list[str]:
    return [r.id for r in split(path, sample=read_sample(sample))[0]]


def test_a_sample_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    lines = numbered(2000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    share, some = ids(path, "5%"), ids(path, "100")
    assert 60 < len(share) < 140
    assert len(some) == 100
    assert some == sorted(some, key=lambda name: int(name[1:]))
    lines.sort(key=len)
    path.write_bytes(b"\n".join(lines))
    assert set(ids(path, "5%")) == set(share)
    assert set(ids(path, "100")) == set(some)
    assert set(share) <= set(ids(path, "10%"))
    assert set(some) <= set(ids(path, "200"))
    assert len(ids(path, "9999")) == 2000
    assert len(ids(path, "100%")) == 2000


@pytest.mark.parametrize("bad", ["0", "0%", "101%", "-5", "five", "5%%", "1e3", "", "½", "9" * 30])
def test_bad_samples_are_one_line(bad: str) -> None:
    with pytest.raises(InputError, match="expected a number of reports"):
        read_sample(bad)


def test_limit_counts_what_is_in_the_sample(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(numbered(500)))
    coder = FakeCoder()
    job = Job(inputs=(str(path),), sample=read_sample("20%"), limit=7)
    run_code(job, lambda _: coder)
    assert coder.seen == ids(path, "20%")[:7]


# -- how far -------------------------------------------------------------------------


def test_bytes_read_of_bytes_there(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(numbered(20_000)))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(b'{"id": "last", "text": "x"}'))
    (tmp_path / "c.docx").write_bytes(b"x" * 10)
    meter = Meter()
    items = read([str(tmp_path)], meter=meter)
    size = sum(path.stat().st_size for path in tmp_path.iterdir())
    assert (meter.total, meter.done) == (size, 0)
    seen = [meter.done for _ in items]
    assert seen == sorted(seen)
    assert 0 < seen[10_000] < size
    assert meter.done == size


def test_standard_input_has_no_end_that_is_known() -> None:
    meter = Meter()
    read(["-"], meter=meter)
    assert meter.total is None


def test_progress_has_a_rate_and_the_time_left(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(numbered(200)))
    screen = Console(file=io.StringIO(), force_terminal=True, width=150)
    shown = []
    with progress(screen, shown.append) as watch:
        run_code(Job(inputs=(str(tmp_path / "a.jsonl"),)), lambda _: FakeCoder(), watch)
    assert len(shown) == 200
    assert "200 reports" in screen.file.getvalue()  # type: ignore[attr-defined]
    assert described(Summary(reports=50, rejects=2, foreign=3), 20.0) == (
        "50 reports, 2.5 a second, 0 events, 5 passed over"
    )


def test_no_progress_without_a_terminal() -> None:
    silent = Console(file=io.StringIO(), force_terminal=False)
    with progress(silent, lambda _: None) as watch:
        watch(code(Report(id="a", text="Envoy.")), Summary())
    assert silent.file.getvalue() == ""  # type: ignore[attr-defined]
