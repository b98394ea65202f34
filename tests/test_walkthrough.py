"""The walk-through of docs/lexicon.md does what it says, from nothing to records."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from walkthrough import run, same, steps, write

if TYPE_CHECKING:
    import pytest

PAGE = Path(__file__).parent.parent / "docs" / "lexicon.md"


def test_every_command_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    walk = [step for step in steps(PAGE.read_text("utf-8")) if step.file or step.command]
    assert [step for step in walk if step.command]
    for step in walk:
        if step.file:
            write(tmp_path, step)
        else:
            printed = run(step.command, monkeypatch, capsys)
            assert same(printed, step.text), f"$ {step.command}\n{printed}"
