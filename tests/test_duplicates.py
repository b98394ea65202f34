"""Near-duplicates: what is marked, and that the order of things decides nothing."""

from __future__ import annotations

import itertools
import json
import random
import sys
from typing import TYPE_CHECKING

import pytest
from fakes import code
from hypothesis import given
from hypothesis import strategies as st

from dragoman import cli
from dragoman.errors import InputError
from dragoman.record import Report
from dragoman.store import check
from dragoman.store.duck import DuckSink, connect
from dragoman.stories.likeness import ALIKE, FEWEST, bands, jaccard, runs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

WORDS = [f"word{n}" for n in range(5_000)]


def story(seed: int, length: int = 200) -> str:
    """Return a text of its own for every seed."""
    chance = random.Random(seed)  # noqa: S311 - made texts, no secret
    return " ".join(chance.choices(WORDS, k=length))


def edited(text: str, changes: int, seed: int = 0) -> str:
    """Return a text with so many of its words replaced."""
    chance = random.Random(seed)  # noqa: S311
    words = text.split()
    for at in chance.sample(range(len(words)), changes):
        words[at] = f"edit{seed}x{at}"
    return " ".join(words)


def report(name: str, text: str, published: str | None = None) -> Report:
    return Report(id=name, text=text, published=published, outlet=f"The {name}")


def stored(path: Path, *batches: Sequence[Report]) -> None:
    """Write a record, a run for every batch."""
    for batch in batches:
        sink = DuckSink(path)
        sink.write([code(report) for report in batch])
        sink.close()


def marks(path: Path) -> list[tuple[str, str, float]]:
    with connect(path, read_only=True) as connection:
        return connection.execute("SELECT * FROM duplicates ORDER BY report").fetchall()


def test_wire_stories_are_marked(tmp_path: Path) -> None:
    wire = story(1)
    byline = f"By our own staff. {wire} Read more on our pages."
    path = tmp_path / "a.duckdb"
    stored(
        path,
        [
            report("late", byline, "2024-03-03"),
            report("first", wire, "2024-03-01"),
            report("edited", edited(wire, 3), "2024-03-02"),
            report("undated", wire.upper().replace(" ", ",  ")),
            report("rewritten", edited(wire, 30), "2024-03-01"),
            report("other", story(2), "2024-03-01"),
        ],
    )
    found = marks(path)
    assert [(name, original) for name, original, _ in found] == [
        ("edited", "first"),
        ("late", "first"),
        ("undated", "first"),
    ]
    assert all(ALIKE <= share <= 1 for *_, share in found)
    assert found[2][2] == 1


def test_short_texts_are_no_duplicates(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    short = story(1, FEWEST)
    stored(path, [report(f"r{n}", short) for n in range(5)])
    assert marks(path) == []


def test_a_copy_of_a_copy_repeats_the_first(tmp_path: Path) -> None:
    first = story(1)
    second = edited(first, 4, 1)
    third = edited(second, 4, 2)
    assert jaccard(runs(first), runs(third)) < ALIKE <= jaccard(runs(second), runs(third))
    path = tmp_path / "a.duckdb"
    named = zip("abc", (first, second, third), strict=True)
    stored(path, [report(name, text, "2024-03-01") for name, text in named])
    # Whether the third meets the first in a band, or only the second, it is of one group.
    assert {original for _, original, _ in marks(path)} == {"a"}


def some_reports() -> list[Report]:
    made = [
        report(f"s{seed}v{v}", edited(story(seed), v, v), f"2024-03-{1 + (seed * 7 + v) % 28:02d}")
        for seed, v in itertools.product(range(12), range(5))
    ]
    return [*made, *(report(f"x{n}", story(100 + n)) for n in range(20))]


@pytest.mark.parametrize("seed", range(2))
def test_order_and_runs_decide_nothing(tmp_path: Path, seed: int) -> None:
    reports = some_reports()
    stored(tmp_path / "whole.duckdb", reports)
    random.Random(seed).shuffle(reports)  # noqa: S311
    stored(tmp_path / "parts.duckdb", *(reports[low : low + 11] for low in range(0, 80, 11)))
    expected = marks(tmp_path / "whole.duckdb")
    assert len(expected) > 40
    assert marks(tmp_path / "parts.duckdb") == expected


def test_an_earlier_report_becomes_the_original(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    stored(path, [report("b", story(1), "2024-03-02"), report("c", story(1), "2024-03-03")])
    assert [mark[:2] for mark in marks(path)] == [("c", "b")]
    stored(path, [report("a", edited(story(1), 1), "2024-03-01")])
    assert [mark[:2] for mark in marks(path)] == [("b", "a"), ("c", "a")]


def test_many_copies_of_one_text_are_no_burden(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    stored(path, [report(f"r{n:04d}", story(1)) for n in range(2_000)])
    with connect(path, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM likeness").fetchall() == [(1_999,)]
    assert {original for _, original, _ in marks(path)} == {"r0000"}


def test_a_record_from_before_is_marked_by_the_command(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    stored(path, some_reports())
    expected = marks(path)
    with connect(path) as connection:
        for table in ("signatures", "likeness", "duplicates"):
            connection.execute(f"DROP TABLE {table}")
    found = check.duplicates(path)
    assert marks(path) == expected
    assert sum(group.copies for group in found) == len(expected)
    assert [g.copies for g in found] == sorted((g.copies for g in found), reverse=True)
    assert check.faults(path) == []


def test_signatures_of_another_maker_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    stored(path, some_reports())
    expected = marks(path)
    with connect(path) as connection:
        connection.execute("UPDATE signatures SET maker = 'older', bands = []")
    check.duplicates(path)
    assert marks(path) == expected


def test_command_lists_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "a.duckdb", tmp_path / "d.jsonl"
    stored(path, [report("a", story(1), "2024-03-01"), report("b\x1b[31m", story(1))])
    for more in ([], ["--out", str(out)]):
        monkeypatch.setattr(sys, "argv", ["dragoman", "store", "duplicates", str(path), *more])
        with pytest.raises(SystemExit) as left:
            cli.main()
        assert not left.value.code
    printed = capsys.readouterr()
    assert "1 reports repeat 1 others" in printed.err
    assert "\x1b[31m" not in printed.out
    (line,) = out.read_text("utf-8").splitlines()
    group = json.loads(line)
    assert (group["original"], group["copies"]) == ("a", 1)
    with pytest.raises(InputError, match="no such file"):
        check.duplicates(tmp_path / "missing.duckdb")


def test_pairs_that_are_alike_meet() -> None:
    met = alike = 0
    for seed, changes in itertools.product(range(60), range(6)):
        one, other = story(seed), edited(story(seed), changes, seed)
        if jaccard(runs(one), runs(other)) >= ALIKE:
            alike += 1
            met += bool(set(bands(one)) & set(bands(other)))
    assert alike > 200
    assert met == alike


@given(st.text(max_size=400))
def test_no_text_breaks_a_signature(text: str) -> None:
    assert bands(text) == bands(text)
    assert len(bands(text)) in {0, 25}


def test_a_very_long_text() -> None:
    assert len(bands(story(1, 100_000))) == 25
