"""From an old dictionary to coded events: ``dragoman actors add``, then ``--actors``."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import pytest

from dragoman import cli

if TYPE_CHECKING:
    from pathlib import Path

OLD = """\
; kept by hand since the nineties
FJORD_GUARD
+GUARD_OF_THE_FJORDS
\t[NORMIL 900101-20030408]
\t[NORREB >20030408]
"""
TEXT = """\
AARHUS - The Fjord Guard attacked Danish soldiers near Aarhus on Tuesday.

On Monday the Guard of the Fjords attacked Swedish soldiers in Malmo.
"""


def dragoman(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    """Run one command of the program; it must end well."""
    monkeypatch.setattr(sys, "argv", ["dragoman", *arguments])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code in {None, 0}


@pytest.mark.parametrize(
    ("published", "sector"), [("2001-05-16", ["MIL"]), ("2011-05-18", ["REB"])]
)
def test_added_actor_is_coded_by_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, published: str, sector: list[str]
) -> None:
    report, old = tmp_path / "report.txt", tmp_path / "old.actors"
    own, out = tmp_path / "own.yaml", tmp_path / "out.jsonl"
    report.write_text(TEXT, encoding="utf-8")
    old.write_text(OLD, encoding="utf-8")
    dragoman(monkeypatch, "actors", "add", str(old), "--to", str(own))
    dragoman(
        monkeypatch, "code", str(report), "--published", published,
        "--actors", str(own), "--out", str(out),
    )  # fmt: skip
    events = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert len(events) == 2
    for event in events:
        assert [(actor["code"], actor["sector"]) for actor in event["actor"]] == [("NOR", sector)]
