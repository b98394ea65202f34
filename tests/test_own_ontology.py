"""Types and frames of one's own: read, checked, coded, kept, joined, counted and exported."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from typer.testing import CliRunner

import dragoman
from dragoman.analysis.panel import PanelJob, open_panel
from dragoman.cli import main, make_app
from dragoman.coding.coder import load_frames, make_tools
from dragoman.coding.examples import failures
from dragoman.errors import DataError
from dragoman.export.run import Job, export
from dragoman.manifest import manifest_of
from dragoman.ontology import load
from dragoman.ontology.own import OwnOntology
from dragoman.readers import Defaults, read
from dragoman.store import check
from dragoman.store.duck import DuckSink, connect
from dragoman.store.record import read_events

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.coding.coder import Coder
    from dragoman.record import Coded, Report

    Write = Callable[[str, str], Path]

PAGE = Path(__file__).parent.parent / "docs" / "lexicon.md"
SEA = Path(__file__).parent.parent / "examples" / "sea-incidents"
TYPES = """
types:
  RAMMING:
    meaning: one vessel drives into another
    quad: 4
    score: -8.5
    cameo: "190"
    modes: {sinking: {meaning: it goes down, score: -9.5, cameo: "194"}}
  GREETING: {meaning: vessels salute, quad: 1, score: 2}
"""
FRAMES = """
event: RAMMING
frames:
  - id: ramming.ram
    verbs: [ram]
    recipient: [obj]
    examples: [{text: A Chinese ship rammed a Philippine boat.}]
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file of a user's folder and return the folder."""

    def do(name: str, text: str) -> Path:
        path = tmp_path / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path / "own"

    return do


@pytest.fixture(scope="module")
def sailor() -> Coder:
    """A coder with the incidents at sea."""
    return dragoman.load(ontology=SEA)


@pytest.fixture(scope="module")
def coded(sailor: Coder) -> list[Coded]:
    """The example reports, coded."""
    reports: list[Report] = list(read([str(SEA / "reports.jsonl")], Defaults()))  # type: ignore[misc]
    return list(sailor.stream(reports))


@pytest.fixture(scope="module")
def record(coded: list[Coded], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """They in a record, a report at a time."""
    path = tmp_path_factory.mktemp("sea") / "sea.duckdb"
    for each in coded:
        sink = DuckSink(path)
        sink.write([each])
        sink.close()
    return path


def faults(load_it: Callable[[], object]) -> str:
    """Return the faults that loading gives."""
    with pytest.raises(DataError) as caught:
        load_it()
    return "\n".join(caught.value.faults)


# -- the ontology ------------------------------------------------------------------------


def test_own_types_stand_beside_plover(write: Write) -> None:
    known = load(own=write("ontology.yaml", TYPES))
    assert {"RAMMING", "GREETING", "ASSAULT"} <= set(known.types)
    assert (known.quad("RAMMING"), known.score("RAMMING"), known.modes("RAMMING")) == (
        4,
        -8.5,
        ("sinking",),
    )
    assert known.score("RAMMING", ("sinking",)) == -9.5
    assert known.root_code("RAMMING", ("sinking",)) == "194"
    assert known.root_code("GREETING") is None
    assert load().types == known.types[:-2]


def test_own_types_instead_of_plover(write: Write) -> None:
    folder = write("ontology.yaml", f"instead: yes\n{TYPES}")
    write("events/ramming.yaml", FRAMES)
    known = load(own=folder)
    assert known.types == ("RAMMING", "GREETING")
    assert known.contexts == load().contexts
    assert not known.future
    assert {f.id for f in load_frames(folder).frames} == {"ramming.ram"}


def test_class_of_sanction_by_a_file_of_one_line(write: Write) -> None:
    known = load(own=write("ontology.yaml", "quads: {SANCTION: 3}\n"))
    assert known.quad("SANCTION") == 3
    assert known.types == load().types


def test_more_modes_and_words_for_plover(write: Write) -> None:
    text = """
modes: {COERCE: {water-cannon: {meaning: sprays, score: -7.5, cameo: "175"}}}
contexts: {military: {words: [gunboat diplomacy]}, fisheries: {meaning: fish, words: [trawler]}}
"""
    known = load(own=write("ontology.yaml", text))
    assert known.score("COERCE", ("water-cannon",)) == -7.5
    assert known.root_code("COERCE", ("water-cannon",)) == "175"
    assert "gunboat diplomacy" in known.context_words["military"]
    assert known.contexts[-1] == "fisheries"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("types: {RAM: {quad: 7, score: -20, meaning: x}}", ["RAM: quad", "RAM: score"]),
        ("types: {ram: {quad: 4, score: -2, meaning: x}}", ["ram"]),
        ("types: {RAM: {quad: 4, meaning: x, colour: red}}", ["score: is missing", "colour"]),
        ("types: {AID: {quad: 2, score: 2, meaning: x}}", ["AID is one of PLOVER's"]),
        ("quads: {SANCTIO: 3}\nfuture: {AID: FOO}", ["SANCTIO", "FOO is no event type"]),
        ("modes: {COERCE: {arrest: {meaning: x}}}", ["arrest is there already"]),
        ('types: {RAM: {quad: 4, score: -2, meaning: x, cameo: "999"}}', ['"999" is no code']),
        ("mode_of: {THREATEN: {AID: rudely}}", ["THREATEN has no mode rudely"]),
        ("instead: yes\nrefused: [AID]", ["AID is no event type", "REJECT"]),
        ("types: [", ["cannot be read as YAML"]),
        ("quads: {AID: 3}\nquads: {AID: 2}", ["stands twice"]),
    ],
)
def test_every_fault_of_an_ontology_is_said(write: Write, text: str, said: list[str]) -> None:
    folder = write("ontology.yaml", text)
    found = faults(lambda: load(own=folder))
    assert all(part in found for part in said), found
    assert all(line.startswith("ontology.yaml") for line in found.splitlines())


def test_faults_of_types_and_frames_are_said_together(write: Write) -> None:
    write("ontology.yaml", "quads: {SANCTIO: 3}")
    folder = write("events/ramming.yaml", FRAMES.replace("verbs:", "verb:"))
    found = faults(lambda: make_tools(ontology=folder))
    assert "SANCTIO" in found
    assert "events/ramming.yaml: ramming.ram: verb" in found


def test_missing_folders_are_one_line_each(tmp_path: Path) -> None:
    found = faults(lambda: make_tools(tmp_path / "no-frames", None, tmp_path / "no-types"))
    assert "no-types" in found
    assert "no-frames" in found
    assert len(found.splitlines()) == 2


# -- the frames --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("event: RAMMING", "event: RAMING", "types of your own come with --ontology"),
        ("verbs: [ram]", "mode: [softly]\n    verbs: [ram]", "mode 'softly'"),
        ("verbs: [ram]", 'cameo: "99"\n    verbs: [ram]', '"99" is no code'),
        ("verbs: [ram]", "context: [weather]\n    verbs: [ram]", "context: weather"),
        ("verbs: [ram]", "verbs: [ram]\n    when: {obj: [<RAMING>]}", "<RAMING>"),
        ("verbs: [ram]", "verbs: [ram]\n    when: {obj: [$hulls]}", "no word set $hulls"),
        ("verbs: [ram]", "verbs: []", "no trigger"),
        ("verbs: [ram]", "verbs: [ram]\n    when: {obj: [a]}\n    unless: {obj: [a]}", "forbids"),
        ("boat.}", "boat., type: RAMMED}", "type RAMMED"),
        ("boat.}", "boat., aux: [soon]}", "aux"),
    ],
)
def test_every_fault_of_own_frames_is_said(write: Write, old: str, new: str, said: str) -> None:
    write("ontology.yaml", TYPES)
    folder = write("events/ramming.yaml", FRAMES.replace(old, new))
    found = faults(lambda: load_frames(folder))
    assert said in found
    assert found.startswith("events/ramming.yaml")


def test_a_frame_with_a_known_id_takes_its_place(write: Write) -> None:
    text = FRAMES.replace("RAMMING", "ASSAULT").replace("ramming.ram", "assault.ram")
    frames = load_frames(lexicon=write("events/assault.yaml", text)).frames
    (found,) = [frame for frame in frames if frame.id == "assault.ram"]
    assert found.verbs == ["ram"]
    assert len(frames) == len(load_frames().frames)


def test_a_file_stands_instead_of_a_types_frames(write: Write) -> None:
    text = FRAMES.replace("RAMMING", "ASSAULT\ninstead: yes")
    found = load_frames(lexicon=write("assault.yaml", text) / "assault.yaml")
    assert [f.id for file in found.files if file.event == "ASSAULT" for f in file.frames] == [
        "ramming.ram"
    ]
    assert not found.starting_from("assassinate")


def test_own_frames_start_from_their_forms(write: Write) -> None:
    write("ontology.yaml", TYPES)
    frames = load_frames(write("events/ramming.yaml", FRAMES))
    assert "ramming.ram" in {c.id for c in frames.starting_from("Rammed")}
    assert frames.own == {"ramming.ram"}
    assert "reject.meet.cancel" in {c.id for c in frames.starting_from("called off")}
    assert not frames.starting_from("xylophone")


# -- incidents at sea --------------------------------------------------------------------


def test_every_sentence_of_the_example_holds(sailor: Coder) -> None:
    assert list(failures(sailor, sailor.tools.lexicon.own)) == []


def test_own_types_are_coded_and_keep_their_scores(coded: list[Coded]) -> None:
    found = {e.event[0]: e for c in coded for e in c.events}
    assert {"RAMMING", "WATER_CANNON", "SEIZURE", "BOARDING", "FREEING", "SHADOWING"} <= set(found)
    assert {"ACCUSE", "THREATEN", "REQUEST"} <= set(found)
    seized = found["SEIZURE"]
    assert (seized.mode, seized.quad_code, seized.event_scale) == (("merchant",), 4, -8.5)
    assert found["BOARDING"].cameo is None
    assert (found["THREATEN"].mode, found["REQUEST"].mode) == (("restrict",), ("yield",))


def test_the_manifest_tells_the_ontology(sailor: Coder, coder: Coder) -> None:
    assert sailor.manifest != coder.manifest
    assert coder.tools.lexicon.own == frozenset()


def test_the_manifest_tells_content_and_not_where_it_lies(write: Write, coder: Coder) -> None:
    folder = write("ontology.yaml", TYPES)
    first = manifest_of(coder.nlp, [folder])
    write("notes.txt", "not read")
    assert manifest_of(coder.nlp, [folder]) == first
    moved = folder.rename(folder.with_name("moved"))
    assert manifest_of(coder.nlp, [moved]) == first
    (moved / "ontology.yaml").write_text(TYPES.replace("-8.5", "-8.0"))
    assert manifest_of(coder.nlp, [moved]) != first


@pytest.mark.parametrize("name", OwnOntology.model_fields)
def test_the_page_names_every_section(name: str) -> None:
    assert f"| `{name}` |" in PAGE.read_text("utf-8")


def test_a_record_joins_own_types_without_their_ontology(record: Path) -> None:
    assert check.faults(record) == []
    with connect(record, read_only=True) as connection:
        events = {e.event[0]: e for e in read_events(connection)}
    ramming = events["RAMMING"]
    assert {m.report for m in ramming.mentions} == {"shoal-supply-run", "shoal-second-report"}
    assert (ramming.quad_code, ramming.event_scale) == (4, -8.5)
    assert (events["FREEING"].quad_code, events["FREEING"].event_scale) == (2, 6.5)


def test_a_changed_class_stays_as_it_was_coded(coded: list[Coded], tmp_path: Path) -> None:
    def as_verbal(each: Coded) -> Coded:
        events = tuple(msgspec.structs.replace(e, quad_code=3) for e in each.events)
        return msgspec.structs.replace(each, events=events)

    sink = DuckSink(tmp_path / "r.duckdb")
    sink.write([as_verbal(each) for each in coded])
    sink.close()
    check.rejoin(tmp_path / "r.duckdb", replace_window(tmp_path / "r.duckdb"))
    with connect(tmp_path / "r.duckdb", read_only=True) as connection:
        assert {e.quad_code for e in read_events(connection)} == {3}


def replace_window(path: Path) -> object:
    """Return a record's settings with a wider window, so that everything is joined anew."""
    settings = check.settings_of(path)
    return settings.model_copy(update={"window_days": settings.window_days + 1})


def test_accounts_of_version_2_take_class_and_score_of_their_event(
    coded: list[Coded], tmp_path: Path
) -> None:
    path = tmp_path / "r.duckdb"
    sink = DuckSink(path)
    sink.write(coded)
    sink.close()
    with connect(path) as connection:
        for column in ("quad_code", "event_scale"):
            connection.execute(f"ALTER TABLE accounts DROP COLUMN {column}")
        connection.execute("UPDATE record_version SET version = 2")
    DuckSink(path).close()
    with connect(path, read_only=True) as connection:
        rows = connection.execute(
            "SELECT quad_code, event_scale FROM accounts WHERE type = 'RAMMING'"
        ).fetchall()
    assert set(rows) == {(4, -8.5)}


def test_a_panel_counts_own_types(record: Path) -> None:
    with open_panel(PanelJob(record=record, by="year")) as panel:
        rows = {(r["code_a"], r["code_b"]): r for r in panel.rows()}
    assert rows["CHN", "PHL"]["n_ramming"] == 1
    assert rows["IRN", "GRC"]["n_freeing"] == 1
    assert rows["IRN", "GRC"]["n_ramming"] == 0


@pytest.mark.parametrize("name", ["icews", "gdelt", "gdelt-mentions", "phoenix"])
def test_formats_of_cameo_leave_out_types_without_a_code(
    record: Path, tmp_path: Path, name: str
) -> None:
    done = export(Job(record=record, out=tmp_path / "out", name=name))  # type: ignore[arg-type]
    reasons = [reason for reason in done.tally.left_out if "CAMEO" in reason]
    assert {reason.split()[2] for reason in reasons} == {"BOARDING", "SHADOWING"}
    assert done.tally.types["RAMMING"] == 1


@pytest.mark.parametrize("name", ["csv", "polecat", "plover", "parquet"])
def test_other_formats_hold_every_type(record: Path, tmp_path: Path, name: str) -> None:
    job = Job(record=record, out=tmp_path / "out", name=name)  # type: ignore[arg-type]
    done = export(replace(job, ontology=SEA))
    assert done.tally.types["BOARDING"] == 1
    assert "officers go on board" in (tmp_path / "out.codebook.md").read_text("utf-8")


# -- the commands ------------------------------------------------------------------------


def test_check_lists_failing_sentences(write: Write) -> None:
    write("ontology.yaml", TYPES)
    text = FRAMES + "    not: [{text: A Danish ship rammed a Polish boat.}]\n"
    done = CliRunner().invoke(make_app(), ["lexicon", "check", str(write("events/r.yaml", text))])
    assert done.exit_code == 1
    assert "must not be RAMMING; coded: ramming.ram RAMMING DNK → POL" in done.output
    assert "failing 1" in done.output


def test_faults_of_files_are_exit_code_2(
    write: Write, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write("ontology.yaml", "quads: {SANCTIO: 3}")
    for arguments in (["lexicon", "check", str(folder)], ["code", "-", "--ontology", str(folder)]):
        monkeypatch.setattr("sys.argv", ["dragoman", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 2
        assert "dragoman: ontology.yaml: quads: SANCTIO" in capsys.readouterr().err


def test_code_takes_an_ontology(tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    arguments = ["code", str(SEA / "reports.jsonl"), "--ontology", str(SEA), "--out", str(out)]
    done = CliRunner().invoke(make_app(), arguments)
    assert done.exit_code == 0, done.output
    events = [msgspec.json.decode(line) for line in out.read_bytes().splitlines()]
    assert "RAMMING" in {kind for event in events for kind in event["event"]}


def test_check_takes_frames_and_types_from_two_places(write: Write, tmp_path: Path) -> None:
    types = tmp_path / "types.yaml"
    types.write_text(TYPES)
    frames = write("events/r.yaml", FRAMES)
    arguments = ["lexicon", "check", str(frames), "--ontology", str(types)]
    done = CliRunner().invoke(make_app(), arguments)
    assert done.exit_code == 0, done.output
    assert "frames 1," in done.output


def test_show_says_what_a_frame_asks_for() -> None:
    arguments = ["lexicon", "show", "shadowed", "--ontology", str(SEA)]
    done = CliRunner().invoke(make_app(), arguments)
    assert "SHADOWING  shadowing.shadow  (your own)" in done.output
    assert "recipient   obj" in done.output


def test_ids_of_an_export_stay_readable(record: Path, tmp_path: Path) -> None:
    export(Job(record=record, out=tmp_path / "flat.csv", name="csv"))
    with (tmp_path / "flat.csv").open(encoding="utf-8-sig", newline="") as stream:
        kinds = {kind for row in csv.DictReader(stream) for kind in row.values() if kind}
    assert "WATER_CANNON" in kinds
