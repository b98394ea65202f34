"""What verdicts do: to events, to exports, to figures, to gold."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq
import pytest
from review_cases import events, make, mentions, on
from typer.testing import CliRunner

from dragoman.cli import make_app
from dragoman.errors import DataError, InputError
from dragoman.evaluation.kinds import evaluator_of
from dragoman.evaluation.reviewed import evaluate_reviewed
from dragoman.export.run import Job, export
from dragoman.export.world import World
from dragoman.readers.inputs import read
from dragoman.record import Event
from dragoman.review.book import open_book
from dragoman.review.figures import Rate, agreement, alpha, precision
from dragoman.review.ledger import Ledger, ledger_of

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.record import Mention

WORLD = World.load()


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory, coder: Coder) -> Path:
    """A record of four sentences in three reports; two tell of one event."""
    return make(tmp_path_factory.mktemp("review") / "news.duckdb", coder)


@pytest.fixture
def record(tmp_path: Path, coded: Path) -> Path:
    """The record, to be judged."""
    return Path(shutil.copy(coded, tmp_path))


def add(record: Path, *many: dict[str, Any]) -> None:
    """Write verdicts."""
    Ledger(ledger_of(record)).add(*many)


def rows(record: Path, **how: Any) -> dict[str, dict[str, str]]:
    """Return the rows of a CSV export by id."""
    out = record.with_name("out.csv")
    export(Job(record=record, out=out, name="csv", **how), world=WORLD)
    with out.open(encoding="utf-8", newline="") as stream:
        return {row["id"]: row for row in csv.DictReader(stream)}


def of_type(record: Path, kind: str) -> list[Mention]:
    """Return the mentions of a type."""
    return [m for m in mentions(record) if m.event == kind]


def test_the_record_is_as_the_tests_think(record: Path) -> None:
    kinds = {row["event"]: row["reports"] for row in rows(record).values()}
    assert kinds == {"ASSAULT": "2", "SANCTION": "1", "THREATEN": "1"}
    assert len(of_type(record, "ASSAULT")) == 2


def test_a_rejected_event_is_left_out_unless_asked_for(record: Path) -> None:
    before = rows(record)
    (threat,) = of_type(record, "THREATEN")
    add(record, on(threat, "reject"))
    after = rows(record)
    assert {row["event"] for row in after.values()} == {"ASSAULT", "SANCTION"}
    assert rows(record, reviewed=False) == before
    done = export(Job(record=record, out=record.with_name("o"), name="icews"), world=WORLD)
    assert done.tally.left_out["rejected in review"] == 1
    assert "left out: rejected in review" in record.with_name("o.codebook.md").read_text("utf-8")


def test_a_rejected_sentence_leaves_the_event_of_the_others(record: Path) -> None:
    one, two = of_type(record, "ASSAULT")
    add(record, on(two, "reject"))
    (row,) = [r for r in rows(record).values() if r["event"] == "ASSAULT"]
    assert row["reports"] == "1"
    assert (row["dead_low"], row["dead_high"]) == ("4", "4")
    assert row["reviewed"] == "judged in part;sentence rejected"
    assert row["id"] == next(e["event"] for e in events(record) if e["report"] == one.report)


def test_an_accepted_event_is_unchanged_and_says_so(record: Path) -> None:
    before = rows(record)
    add(record, *(on(m, "accept") for m in of_type(record, "ASSAULT")))
    after = rows(record)
    changed = {name for name in before if before[name] != after[name]}
    (name,) = changed
    assert after[name] == before[name] | {"reviewed": "judged"}


@pytest.mark.parametrize(
    ("field", "value", "columns"),
    [
        ("date", ["2024-02-29", None], {"date": "2024-02-29", "enddate": ""}),
        ("date", None, {"date": ""}),
        ("place", {"country": "UKR", "name": "Izium"}, {"place": "Izium", "place_lat": ""}),
        (
            "place",
            {"country": "UKR", "name": "Izium", "lat": 49.21, "lon": 37.28},
            {"place": "Izium", "place_lat": "49.21"},
        ),
        ("place", None, {"place": ""}),
        ("aux", ["future"], {"aux": "future"}),
        (
            "event",
            "COERCE",
            {"event": "COERCE", "quad_code": "4", "event_scale": "-7.0"},
        ),
        ("size", {"dead": [2, 5], "injured": 9}, {"dead_low": "2", "injured_low": "9"}),
        (
            "recipient",
            [{"code": "MDA", "sector": ["GOV"], "name": "Moldova"}],
            {"recipient_code": "UKR;MDA"},
        ),
    ],
)
def test_a_corrected_field_takes_effect(
    record: Path, field: str, value: Any, columns: dict[str, str]
) -> None:
    first, second = of_type(record, "ASSAULT")
    add(record, on(second, "correct", field=field, value=value))
    found = [r for r in rows(record).values() if f"corrected {field}" in r["reviewed"]]
    (row,) = found
    shown = {name: row[name] for name in columns}
    if field == "recipient":
        assert set(shown["recipient_code"].split(";")) >= {"MDA"}
    elif field == "event":
        assert (row["event"], row["quad_code"]) == ("COERCE", "4")
        assert row["event_scale"] != rows(record, reviewed=False)[row["id"]]["event_scale"]
    else:
        assert shown == columns
    assert row["id"] in rows(record, reviewed=False)
    assert first.event == "ASSAULT"


def test_rows_stay_in_the_order_of_date_and_id(record: Path) -> None:
    threat, second = of_type(record, "THREATEN")[0], of_type(record, "ASSAULT")[1]
    add(
        record,
        on(threat, "correct", field="date", value=["1999-01-01", None]),
        on(second, "correct", field="date", value=["2030-01-01", None]),
    )
    keys = [(row["date"], row["id"]) for row in rows(record).values()]
    assert keys == sorted(keys)
    assert (keys[0][0], keys[-1][0]) == ("1999-01-01", "2030-01-01")


def test_a_split_makes_two_events_and_a_join_one(record: Path) -> None:
    assault = [e for e in events(record) if e["type"] == "ASSAULT"]
    (event,) = {e["event"] for e in assault}
    (other,) = [e["id"] for e in assault if e["id"] != event]
    split = {"verdict": "split", "reviewer": "Ada", "accounts": [other], "of": event}
    add(record, split)
    after = {name: row for name, row in rows(record).items() if row["event"] == "ASSAULT"}
    assert set(after) == {event, other}
    assert {row["reviewed"] for row in after.values()} == {"split"}
    assert {row["reports"] for row in after.values()} == {"1"}
    assert {row["dead_low"] for row in after.values()} == {"4", "6"}
    before = rows(record, reviewed=False)[event]
    add(record, {"verdict": "join", "reviewer": "Ada", "accounts": [other], "of": event})
    assert rows(record)[event] == before


def test_joined_events_are_one_with_the_accounts_of_both(record: Path) -> None:
    assault = [e for e in events(record) if e["type"] == "ASSAULT"]
    (threat,) = [e for e in events(record) if e["type"] == "THREATEN"]
    add(
        record,
        {"verdict": "join", "reviewer": "Ada", "accounts": [threat["id"]], "of": assault[0]["id"]},
    )
    after = rows(record)
    (row,) = [r for r in after.values() if r["reviewed"] == "joined"]
    assert row["reports"] == "3"
    done = export(Job(record=record, out=record.with_name("o"), name="csv"), world=WORLD)
    assert done.tally.left_out["joined to another in review"] == 1


def test_a_disagreement_changes_nothing_but_is_told(record: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    before = rows(record)
    add(record, on(threat, "accept"), on(threat, "reject", "Eve"))
    (row,) = [r for r in rows(record).values() if r["reviewed"]]
    assert row == before[row["id"]] | {"reviewed": "disputed"}
    add(record, on(threat, "reject", "Eve", settles=True))
    assert row["id"] not in rows(record)


def test_every_format_that_can_says_what_review_did(record: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    add(record, on(threat, "correct", field="date", value=["2024-01-01", None]))
    marks = ["judged", "corrected date"]
    out = record.with_name("out")
    export(Job(record=record, out=out, name="plover"), world=WORLD)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line.get("reviewed") for line in lines].count(marks) == 1
    assert [line.get("reviewed") for line in lines].count(None) == 2
    import msgspec  # noqa: PLC0415

    for line in out.read_bytes().splitlines():
        msgspec.json.decode(line, type=Event)
    export(Job(record=record, out=out, name="parquet"), world=WORLD)
    assert sorted(pq.read_table(out)["reviewed"].to_pylist()) == [[], [], marks]
    for name in ("polecat", "icews", "gdelt", "gdelt-mentions", "phoenix"):
        export(Job(record=record, out=out, name=name), world=WORLD)


def test_exports_twice_are_the_same_and_the_record_is_not_touched(record: Path) -> None:
    held = record.read_bytes()
    add(record, on(of_type(record, "ASSAULT")[0], "correct", field="mode", value=[]))
    assert rows(record) == rows(record)
    assert record.read_bytes() == held


def test_a_broken_ledger_stops_an_export(record: Path) -> None:
    ledger_of(record).write_text("{}\n{}\n", "utf-8")
    with pytest.raises(DataError, match=r"line 1(.|\n)*line 2"):
        rows(record)


# -- when the record is coded again ----------------------------------------------------


def test_verdicts_find_their_mention_by_trigger_and_type(record: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    moved = on(threat, "reject")
    moved["about"]["mention"] = "three:99"
    gone = on(threat, "reject", "Eve")
    gone["about"]["trigger"] = 5
    add(record, moved, gone)
    with open_book(record) as book:
        found = book.found()
    assert set(found.held) == {threat.id}
    assert len(found.gone) == 1


def test_an_acceptance_of_what_is_read_otherwise_now_does_not_hold(record: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    old = on(threat, "accept", drawn="all")
    old["about"]["saw"]["mode"] = ["before"]
    add(record, old)
    with open_book(record) as book:
        found = book.found()
        assert found.changed == {threat.id}
        assert book.changes().marks == {next(iter(book.changes().marks)): ()}
    assert precision(found)[0].right.of == 0


# -- figures ---------------------------------------------------------------------------


def test_precision_by_type_counts_what_was_drawn(record: Path) -> None:
    one, two = of_type(record, "ASSAULT")
    (threat,), (sanction,) = of_type(record, "THREATEN"), of_type(record, "SANCTION")
    add(
        record,
        on(one, "accept", drawn="all"),
        on(two, "correct", field="date", value=None, drawn="all"),
        on(threat, "reject", drawn="type"),
        on(sanction, "accept"),
    )
    with open_book(record) as book:
        found = precision(book.found())
    counted = {p.type: (p.right.hits, p.right.of, p.whole.hits) for p in found}
    assert counted == {"all": (2, 2, 1), "ASSAULT": (2, 2, 1), "THREATEN": (0, 1, 0)}


def test_a_corrected_type_is_a_wrong_one(record: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    add(record, on(threat, "correct", field="event", value="ACCUSE", drawn="all"))
    with open_book(record) as book:
        assert precision(book.found())[0].right == Rate(0, 1)


def test_intervals_are_wilsons() -> None:
    low, high = Rate(8, 10).interval or (0, 0)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert Rate(0, 0).interval is None
    assert Rate(3, 3).interval[1] == 1.0
    assert 0.4 < Rate(3, 3).interval[0] < 0.5


def test_alpha_is_krippendorffs() -> None:
    # Two judges, ten units, nominal: Krippendorff's own example of 2011 ("Computing ... Alpha").
    a = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    b = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert round(alpha(list(zip(a, b, strict=True))), 3) == 0.095
    assert alpha([(1, 1), (0, 0)]) == 1.0
    assert alpha([(1, 1), (1, 1)]) is None
    assert alpha([(1,)]) is None
    assert alpha([]) is None


def test_agreement_counts_what_each_said_alone(record: Path) -> None:
    one, two = of_type(record, "ASSAULT")
    (threat,) = of_type(record, "THREATEN")
    add(record, on(one, "accept"), on(one, "accept", "Eve"), on(two, "accept"))
    add(record, on(two, "correct", "Eve", field="date", value=None))
    add(record, on(threat, "reject"), on(threat, "accept", "Eve"))
    add(record, on(threat, "reject", "Eve", settles=True))
    with open_book(record) as book:
        found = agreement(book.found().held.values())
    assert (found.mentions, found.share, found.whole) == (3, Rate(2, 3), Rate(1, 3))


# -- gold, and the commands ------------------------------------------------------------


def run(*words: str | Path) -> Any:
    """Run a command."""
    return CliRunner().invoke(make_app(), ["review", *map(str, words)])


def test_gold_is_what_was_judged_and_evaluate_reads_it(
    record: Path, coder: Coder, tmp_path: Path
) -> None:
    one, two = of_type(record, "ASSAULT")
    (threat,), (sanction,) = of_type(record, "THREATEN"), of_type(record, "SANCTION")
    add(
        record,
        on(one, "accept"),
        on(two, "correct", field="date", value=None),
        on(threat, "reject"),
        on(sanction, "correct", field="event", value="REJECT"),
    )
    folder = tmp_path / "gold"
    found = run("export", record, "--out", folder)
    assert found.exit_code == 0, found.output
    assert "4 judged sentences" in found.stderr
    judged = (folder / "judged.jsonl").read_text("utf-8")
    assert "Kharkiv on Friday" not in judged  # no texts beside the reports
    assert evaluator_of(folder) is evaluate_reviewed
    measured = evaluate_reviewed(folder, coder)
    whole = measured.parts["all"].measures
    assert whole["found"].value == pytest.approx(2 / 3)
    assert whole["precision"].value == pytest.approx(2 / 4)
    assert whole["date"].value == pytest.approx(1 / 2)
    assert whole["actor"].value == 1.0
    first = (folder / "reports.jsonl").read_bytes()
    run("export", record, "--out", folder)
    assert (folder / "reports.jsonl").read_bytes() == first


def test_reports_of_gold_can_be_coded(record: Path, tmp_path: Path) -> None:
    add(record, on(of_type(record, "THREATEN")[0], "accept"))
    run("export", record, "--out", tmp_path / "gold")
    found = list(read([str(tmp_path / "gold" / "reports.jsonl")]))
    assert [r.id for r in found] == ["three"]


def test_disagreements_are_no_gold(record: Path, tmp_path: Path) -> None:
    (threat,) = of_type(record, "THREATEN")
    add(record, on(threat, "accept"), on(threat, "reject", "Eve"))
    found = run("export", record, "--out", tmp_path / "gold")
    assert "0 judged sentences" in found.stderr


def test_empty_and_broken_gold_never_passes(tmp_path: Path, coder: Coder) -> None:
    with pytest.raises(InputError, match="no such file"):
        evaluate_reviewed(tmp_path, coder)
    (tmp_path / "reports.jsonl").write_text('{"id": "a", "text": "b"}\n', "utf-8")
    (tmp_path / "judged.jsonl").write_text("", "utf-8")
    with pytest.raises(InputError, match="nothing in it"):
        evaluate_reviewed(tmp_path, coder)
    (tmp_path / "judged.jsonl").write_text("{}\n[]\n", "utf-8")
    with pytest.raises(DataError, match=r"line 1(.|\n)*line 2"):
        evaluate_reviewed(tmp_path, coder)


def test_status_and_merge(record: Path, tmp_path: Path) -> None:
    (threat,), (one, _) = of_type(record, "THREATEN"), of_type(record, "ASSAULT")
    add(record, on(threat, "accept", drawn="all"), on(one, "reject", drawn="all"))
    other = Ledger(tmp_path / "eve.review.jsonl")
    other.add(on(threat, "reject", "Eve", drawn="all"))
    assert run("merge", record, other.path).exit_code == 0
    assert "0 verdicts" in run("merge", record, other.path).stderr
    shown = run("status", record).output
    for words in ("2 sentences judged by Ada, Eve", "1 on which reviewers disagree", "ASSAULT"):
        assert words in shown
    assert "agreement on 1 sentences: 0.000" in shown


def test_commands_say_what_is_missing(tmp_path: Path) -> None:
    for words in (("status", tmp_path / "r.duckdb"), ("merge", tmp_path / "r", tmp_path / "l")):
        assert isinstance(run(*words).exception, InputError)
