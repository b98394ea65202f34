"""Inputs that are named by an address are read as those that are named by a path."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.errors import InputError
from dragoman.readers import Reject, read
from dragoman.readers.stored import files_at, is_address
from dragoman.record import Report

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [{"text": f"Envoy {n} met him.\n" * 500} for n in range(40)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "more").mkdir()
    pq.write_table(pa.Table.from_pylist(ROWS[:20]), tmp_path / "a.parquet")
    lines = "".join(json.dumps(row) + "\n" for row in ROWS[20:])
    (tmp_path / "more" / "b.jsonl").write_text(lines, "utf-8")
    (tmp_path / ".hidden.txt").write_text("Envoy", "utf-8")
    return tmp_path


def reports(*inputs: str) -> list[Report]:
    found = list(read(inputs))
    assert not [item for item in found if isinstance(item, Reject)]
    return [item for item in found if isinstance(item, Report)]


def test_an_address_is_read_as_its_path(folder: Path) -> None:
    for name in ("a.parquet", "more/b.jsonl", ""):
        assert reports(f"file://{folder}/{name}") == reports(f"{folder}/{name}")
    assert reports(f"file://{folder}")[-1].id == "more/b.jsonl:20"


def test_files_of_a_folder_have_addresses(folder: Path) -> None:
    ((path, label),) = files_at(f"file://{folder}/more")
    assert (str(path), label) == (f"file://{folder}/more/b.jsonl", "b.jsonl")
    assert path.stat().st_size == (folder / "more" / "b.jsonl").stat().st_size


@pytest.mark.parametrize("name", ["file:///no/such/file.jsonl", "nothing://there/a.jsonl"])
def test_what_is_not_there_is_one_line(name: str) -> None:
    with pytest.raises(InputError) as fault:
        read([name])
    assert name in str(fault.value)
    assert "\n" not in str(fault.value)


def test_paths_are_no_addresses() -> None:
    assert is_address("s3://bucket/news.parquet")
    assert not any(map(is_address, ("news.parquet", "C://news", "a/b://c", "-")))
