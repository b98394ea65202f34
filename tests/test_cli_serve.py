"""``dragoman serve``: what it prints, whom it answers, what it says when it cannot."""

from __future__ import annotations

import subprocess
import sys
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import pytest
from made_records import Happening, make_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COMMAND = [sys.executable, "-m", "dragoman", "serve"]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return make_record(tmp_path / "news.duckdb", [Happening("2024-03-01", "IRN", "RUS")], [])


def opened(*words: str | Path) -> Iterator[str]:
    """Start the command and give the line that it prints."""
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, text=True) as room:
        try:
            yield room.stdout.readline()
        finally:
            room.terminate()


def answer(address: str) -> int:
    """Return the status of an address."""
    try:
        with urllib.request.urlopen(address, timeout=60) as found:  # noqa: S310 - loopback
            return int(found.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_loopback_needs_no_token(record: Path) -> None:
    for line in opened(record, "--no-browser", "--port", "0"):
        assert line.startswith("news.duckdb is open at http://127.0.0.1:")
        assert answer(line.split()[-1]) == 200


def test_other_hosts_need_the_token_that_is_printed(record: Path) -> None:
    for line in opened(record, "--no-browser", "--port", "0", "--host", "0.0.0.0"):  # noqa: S104
        address = line.split()[-1].replace("0.0.0.0", "127.0.0.1")  # noqa: S104
        bare, _, token = address.partition("?token=")
        assert len(token) >= 32
        assert answer(bare) == 401
        request = urllib.request.Request(bare, headers={"Authorization": f"Bearer {token}"})  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as found:  # noqa: S310
            assert found.status == 200
        assert (record.parent / "cache" / "dragoman").stat().st_mode & 0o077 == 0


def test_what_cannot_be_opened_is_one_line(record: Path) -> None:
    def failed(*words: str | Path) -> str:
        done = subprocess.run(
            [*COMMAND, *words, "--no-browser"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        return done.stderr.splitlines()[-1]

    assert "no such file" in failed(record.with_name("none.duckdb"))
    for line in opened(record, "--no-browser", "--port", "0"):
        port = line.rpartition(":")[2].strip().rstrip("/")
        assert "give another --port" in failed(record, "--port", port)
