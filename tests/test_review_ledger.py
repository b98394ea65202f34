"""The ledger: what a line may hold, how lines are kept, what they come to."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from review_cases import SAW, about, judged

from dragoman import ontology
from dragoman.errors import DataError
from dragoman.review.fold import Folded, fold, key_of
from dragoman.review.groups import regrouped
from dragoman.review.ledger import Ledger, ledger_of, read_ledger
from dragoman.review.values import FIELDS, checked
from dragoman.review.verdicts import Verdict, line_of, read_line, signed
from dragoman.review.words import parsed, text_of
from dragoman.store.sink import OutputError

if TYPE_CHECKING:
    from pathlib import Path

ONE = {**judged("accept"), "when": "2026-01-01T00:00:00.000000Z"}


def at(number: int, fields: dict[str, Any]) -> Verdict:
    """Return a verdict at a moment."""
    return signed({**fields, "when": f"2026-01-01T00:00:00.{number:06}Z"})


# -- a line ----------------------------------------------------------------------------


def test_line_comes_back_as_it_was() -> None:
    for fields in (
        judged("accept", drawn="all"),
        judged("reject", settles=True),
        judged("correct", field="date", value=None),
        judged("correct", field="actor", value=[{"code": None, "sector": [], "name": "\u202e<b>"}]),
        {"verdict": "join", "reviewer": "Ada", "accounts": ["b"], "of": "a"},
        {"verdict": "undo", "reviewer": "Ada", "undoes": "0" * 16},
    ):
        verdict = at(1, fields)
        assert read_line(line_of(verdict)) == verdict
        assert "\n" not in line_of(verdict)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"reviewer": ""}, "reviewer"),
        ({"reviewer": " Ada"}, "reviewer"),
        ({"reviewer": "A\nda"}, "reviewer"),
        ({"reviewer": "x" * 81}, "reviewer"),
        ({"when": "yesterday"}, "when"),
        ({"verdict": "perhaps"}, "perhaps"),
        ({"more": 1}, "more"),
        ({"about": about() | {"trigger": -1}}, "trigger"),
        ({"about": about() | {"saw": {}}}, "saw"),
        ({"verdict": "correct", "field": "colour", "value": "red"}, "field"),
        ({"verdict": "correct", "field": "date", "value": ["2024-13-01", None]}, "month"),
        ({"verdict": "correct", "field": "date", "value": ["2024-03-02", "2024-03-01"]}, "before"),
        ({"verdict": "correct", "field": "size", "value": {"dead": [5, 3]}}, "below"),
        ({"verdict": "correct", "field": "actor", "value": [{"code": "Iran"}]}, "code"),
    ],
)
def test_what_is_no_verdict_is_refused(change: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=f"(?s){fault}"):
        signed({**ONE, **change})


def test_a_line_that_was_changed_is_known() -> None:
    changed = json.loads(line_of(signed(ONE))) | {"reviewer": "Eve"}
    with pytest.raises(ValueError, match="changed after it was written"):
        read_line(json.dumps(changed))


def test_every_fault_of_a_ledger_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "r.review.jsonl"
    good = line_of(signed(ONE))
    path.write_text(f"{good}\n{{}}\nnot json\n{good}\n[]\n", "utf-8")
    with pytest.raises(DataError) as error:
        read_ledger(path)
    assert [f.split(": ")[1] for f in error.value.faults] == ["line 2", "line 3", "line 5"]


def test_nobody_undoes_what_another_wrote(tmp_path: Path) -> None:
    path = tmp_path / "r.review.jsonl"
    first = at(1, judged("accept", "Ada"))
    undo = at(2, {"verdict": "undo", "reviewer": "Eve", "undoes": first.id})
    path.write_text(f"{line_of(first)}\n{line_of(undo)}\n", "utf-8")
    with pytest.raises(DataError, match="only one's own"):
        read_ledger(path)


# -- values ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("event", "assault", "ASSAULT"),
        ("mode", "aerial, drones", ["aerial", "drones"]),
        ("context", "", []),
        ("actor", "IRN GOV MIL: Iran; -: gunmen; rus", [
            {"code": "IRN", "sector": ["GOV", "MIL"], "name": "Iran"},
            {"code": None, "sector": [], "name": "gunmen"},
            {"code": "RUS", "sector": [], "name": ""},
        ]),
        ("date", "2024-03-05", ["2024-03-05", None]),
        ("date", "2024-03-01 to 2024-03-31", ["2024-03-01", "2024-03-31"]),
        ("date", "", None),
        ("place", "UKR: Kharkiv", {"country": "UKR", "name": "Kharkiv"}),
        (
            "place",
            "UKR: Kharkiv @ 49.99, -36.5",
            {"country": "UKR", "name": "Kharkiv", "lat": 49.99, "lon": -36.5},
        ),
        ("place", "-: the @ sign", {"country": None, "name": "the @ sign"}),
        ("size", "dead=3, injured=5-7", {"dead": 3, "injured": [5, 7]}),
        ("source", "IRN GOV: Iran, denial", {
            "code": "IRN", "sector": ["GOV"], "name": "Iran", "kind": "denial"
        }),
        ("source", "", None),
    ],
)  # fmt: skip
def test_values_are_read_from_text_and_written(field: str, text: str, value: object) -> None:
    assert parsed(field, text) == value
    assert parsed(field, text_of(field, value)) == value


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("event", ""), ("event", "an assault"), ("actor", "Iran"), ("date", "Friday"),
        ("date", "20240305"), ("place", "UKR RUS: Kharkiv"), ("place", "UKR: Kharkiv @ 49"),
        ("place", "UKR: Kharkiv @ 95, 36"), ("size", "dead"), ("size", "lost=3"),
        ("source", "IRN: Iran"), ("aux", "perhaps"),
    ],
)  # fmt: skip
def test_what_is_no_value_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parsed(field, text)


def test_every_word_of_the_ontology_is_a_value() -> None:
    known = ontology.load()
    for kind in known.types:
        assert checked("event", kind) == kind
        assert checked("mode", list(known.modes(kind))) == list(known.modes(kind))
    assert checked("context", list(known.contexts)) == list(known.contexts)


# -- keeping ---------------------------------------------------------------------------


def test_a_ledger_only_grows(tmp_path: Path) -> None:
    ledger = Ledger(ledger_of(tmp_path / "r.duckdb"))
    assert ledger.verdicts() == ()
    held = b""
    for number in range(5):
        ledger.add(judged("accept", number=number))
        assert ledger.path.read_bytes().startswith(held)
        held = ledger.path.read_bytes()
    assert [v.about.mention for v in ledger.verdicts()] == [f"r1:{n}" for n in range(5)]
    assert ledger.path.name == "r.duckdb.review.jsonl"


def test_none_of_many_is_added_when_one_is_no_verdict(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "r.review.jsonl")
    with pytest.raises(ValidationError):
        ledger.add(judged("accept"), judged("perhaps"))
    assert ledger.path.read_bytes() == b""


@pytest.mark.parametrize("tail", [b'{"id": "12', b"\xff\xfe", b" "])
def test_what_a_power_cut_left_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    ledger = Ledger(tmp_path / "r.review.jsonl")
    ledger.add(judged("accept"))
    whole = ledger.path.read_bytes()
    ledger.path.write_bytes(whole + tail)
    assert len(Ledger(ledger.path).verdicts()) == 1
    ledger.add(judged("reject"))
    assert ledger.path.read_bytes().startswith(whole)
    assert len(Ledger(ledger.path).verdicts()) == 2


def test_a_whole_line_without_its_end_is_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "r.review.jsonl")
    ledger.add(judged("accept"))
    ledger.path.write_bytes(ledger.path.read_bytes().rstrip(b"\n"))
    ledger.add(judged("reject"))
    assert len(ledger.verdicts()) == 2


def test_many_writers_lose_nothing_and_moments_rise(tmp_path: Path) -> None:
    path = tmp_path / "r.review.jsonl"

    def write(name: str) -> None:
        ledger = Ledger(path)
        for number in range(20):
            ledger.add(judged("accept", name, number))

    threads = [threading.Thread(target=write, args=[f"R{n}"]) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = read_ledger(path)
    assert len(found) == 80
    assert len({v.when for v in found}) == 80


def test_ledgers_merge(tmp_path: Path) -> None:
    one, other = Ledger(tmp_path / "one.jsonl"), Ledger(tmp_path / "other.jsonl")
    one.add(judged("accept"))
    other.add(judged("reject", "Eve"))
    assert one.take(other.verdicts()) == 1
    assert one.take(other.verdicts()) == 0
    assert {v.reviewer for v in one.verdicts()} == {"Ada", "Eve"}
    both = one.path.read_text("utf-8") * 2  # as Git's union merge may leave it
    one.path.write_text(both, "utf-8")
    assert len(one.verdicts()) == 2


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        Ledger(tmp_path / "absent" / "r.review.jsonl").add(judged("accept"))


# -- folding ---------------------------------------------------------------------------


def labels(folded: Folded) -> dict[str, list[str]]:
    """Return what each reviewer says of each mention."""
    return {
        held.about.mention: [f"{o.reviewer} {o.label}" for o in held.opinions]
        for held in folded.mentions.values()
    }


def test_the_last_line_of_a_reviewer_counts() -> None:
    lines = [at(1, judged("accept")), at(2, judged("reject")), at(3, judged("accept", "Eve"))]
    assert labels(fold(lines)) == {"r1:0": ["Ada rejected", "Eve accepted"]}


def test_undo_brings_back_what_was_before_and_can_be_undone() -> None:
    lines = [at(1, judged("accept")), at(2, judged("reject"))]
    lines.append(at(3, {"verdict": "undo", "reviewer": "Ada", "undoes": lines[1].id}))
    assert labels(fold(lines)) == {"r1:0": ["Ada accepted"]}
    assert fold(lines).last["Ada"] == lines[0]
    lines.append(at(4, {"verdict": "undo", "reviewer": "Ada", "undoes": lines[2].id}))
    assert labels(fold(lines)) == {"r1:0": ["Ada rejected"]}


def test_corrections_gather_and_accepting_keeps_them() -> None:
    lines = [
        at(1, judged("correct", field="date", value=None)),
        at(2, judged("correct", field="mode", value=["drones"])),
        at(3, judged("accept")),
    ]
    (held,) = fold(lines).mentions.values()
    assert held.says
    assert held.says.corrected == {"date": None, "mode": ["drones"]}
    assert held.says.right
    assert (
        not fold([*lines, at(4, judged("reject"))]).mentions[key_of(lines[0].about)].says.corrected
    )


def test_a_disagreement_has_no_effect_until_it_is_settled() -> None:
    lines = [at(1, judged("accept")), at(2, judged("reject", "Eve"))]
    (held,) = fold(lines).mentions.values()
    assert held.disputed
    assert held.says is None
    lines.append(at(3, judged("reject", "Ada", settles=True)))
    (held,) = fold(lines).mentions.values()
    assert not held.disputed
    assert held.says.label == "rejected"
    assert [o.label for o in held.opinions] == ["accepted", "rejected"]  # for the agreement


def test_different_corrections_are_a_disagreement() -> None:
    lines = [
        at(1, judged("correct", field="mode", value=["drones"])),
        at(2, judged("correct", "Eve", field="mode", value=["aerial"])),
    ]
    assert next(iter(fold(lines).mentions.values())).disputed


STEP = st.tuples(
    st.sampled_from(["accept", "reject", "mode", "date", "undo", "settle", "join"]),
    st.sampled_from(["Ada", "Eve"]),
    st.integers(0, 2),
)


def story(steps: list[tuple[str, str, int]]) -> list[Verdict]:
    """Return the lines of some steps; an undo takes back one of the reviewer's last lines."""
    lines: list[Verdict] = []
    for number, (what, who, which) in enumerate(steps):
        mine = [line for line in lines if line.reviewer == who]
        if what == "undo":
            if mine:
                undone = mine[-1 - which % len(mine)].id
                lines.append(at(number, {"verdict": "undo", "reviewer": who, "undoes": undone}))
        elif what == "join":
            lines.append(
                at(
                    number,
                    {"verdict": "join", "reviewer": who, "accounts": [f"b{which}"], "of": "a"},
                )
            )
        elif what in {"mode", "date"}:
            value = ["drones"] if what == "mode" else None
            lines.append(at(number, judged("correct", who, which, field=what, value=value)))
        elif what == "settle":
            lines.append(at(number, judged("reject", who, which, settles=True)))
        else:
            lines.append(at(number, judged(what, who, which)))
    return lines


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, max_size=25), st.randoms(use_true_random=False))
def test_order_of_reading_decides_nothing(steps: list[Any], chance: Any) -> None:
    lines = story(steps)
    mixed = list(lines)
    chance.shuffle(mixed)
    assert fold(mixed) == fold(lines)
    assert fold([*mixed, *lines[:3]]) == fold(lines)  # lines that stand twice


@settings(max_examples=50, deadline=None)
@given(st.lists(STEP, max_size=15))
def test_undoing_everything_leaves_nothing(steps: list[Any]) -> None:
    lines = story(steps)
    while any(last := fold(lines).last.values()):
        line = next(iter(last))
        undo = {"verdict": "undo", "reviewer": line.reviewer, "undoes": line.id}
        lines.append(at(len(lines) + 100, undo))
    assert not fold(lines).mentions
    assert not fold(lines).joinings


# -- joining ---------------------------------------------------------------------------


def lines_of(*many: tuple[str, str, str]) -> list[Any]:
    """Return joinings and splits, ``("join", "b c", "a")``."""
    return [
        at(n, {"verdict": what, "reviewer": "Ada", "accounts": some.split(), "of": of})
        for n, (what, some, of) in enumerate(many)
    ]


def test_joined_events_have_the_id_of_their_first_account() -> None:
    events, order = {"a": "a", "b": "b", "c": "b", "d": "d"}, ["a", "b", "c", "d"]
    assert regrouped(events, order, []) == events
    joined = regrouped(events, order, lines_of(("join", "a", "c")))
    assert joined == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_a_split_takes_accounts_out_and_the_later_line_acts_on_what_is_left() -> None:
    events, order = dict.fromkeys("abcd", "a"), list("abcd")
    split = regrouped(events, order, lines_of(("split", "a b", "c")))
    assert split == {"a": "a", "b": "a", "c": "c", "d": "c"}
    again = regrouped(events, order, lines_of(("split", "a b", "c"), ("join", "a", "d")))
    assert again == events
    assert regrouped(events, order, lines_of(("join", "x", "a"), ("split", "x", "y"))) == events


def test_fields_are_ten_for_ten_keys() -> None:
    assert len(FIELDS) == 10
    assert set(FIELDS) == set(SAW)
