"""The evaluation of dates, on small made TimeML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dragoman
from dragoman.errors import InputError
from dragoman.evaluation.dates import evaluate_dates, read_timed
from dragoman.evaluation.kinds import evaluator_of

if TYPE_CHECKING:
    from pathlib import Path

MADE = """<?xml version="1.0" ?>
<TimeML><DOCID>{id}</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2021-10-18">2021-10-18</TIMEX3></DCT>
<TEXT>The <EVENT eid="e1">talks</EVENT> began
<TIMEX3 tid="t1" type="DATE" value="2021-10-15">{first}</TIMEX3> &amp; ended after
<TIMEX3 tid="t2" type="DURATION" value="{length}">two days</TIMEX3>. Nobody met
<TIMEX3 tid="t3" type="DATE" value="2021-W4">that week of which they spoke</TIMEX3>.</TEXT>
</TimeML>
"""


def write(folder: Path, name: str, *, first: str = "Friday", length: str = "P2D") -> None:
    text = MADE.format(id=name, first=first, length=length)
    (folder / f"{name}.tml").write_text(text, encoding="utf-8")


def test_reads_text_and_expressions(tmp_path: Path) -> None:
    write(tmp_path, "one")
    (timed,) = read_timed(tmp_path)
    spans = [timed.text[t.start : t.end].strip() for t in timed.timexes]
    assert spans == ["Friday", "two days", "that week of which they spoke"]
    assert timed.timexes[2].value == "2021-W04"
    assert "& ended" in timed.text
    assert timed.published.isoformat() == "2021-10-18"


def test_counts_what_was_found_and_read(tmp_path: Path) -> None:
    for number in range(6):
        write(tmp_path, f"r{number}", length="P2D" if number else "P3D")
    assert evaluator_of(tmp_path) is evaluate_dates
    counted = evaluate_dates(tmp_path, dragoman.load())
    everything = counted.parts["all"]
    assert everything.size == 6
    assert counted.parts["dev"].size + counted.parts["held"].size == 6
    assert everything.counts == {"gold": 18, "coded": 18}
    assert everything.measures["f1"].value == 1
    strict, value = everything.measures["strict_f1"].value, everything.measures["value"].value
    assert strict is not None
    assert value is not None
    assert strict < 1
    assert value == pytest.approx(11 / 18)
    assert {slip.kind for slip in counted.slips} == {"other value"}


@pytest.mark.parametrize("content", [None, "<TimeML>", "<TimeML><TEXT>x</TEXT></TimeML>"])
def test_what_is_no_gold_is_one_line(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "a.tml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_timed(tmp_path)
    assert "\n" not in str(caught.value)
