"""Evaluation: gold is read with its older names, counted by sentence, and held to floors."""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
import typer
from typer.testing import CliRunner

from dragoman import ontology
from dragoman.errors import DataError, InputError
from dragoman.evaluation import Gold, Result, evaluate, load_labels, read_gold
from dragoman.record import (
    Attribution,
    Coded,
    Entity,
    Evidence,
    Location,
    Mention,
    Report,
)

if TYPE_CHECKING:
    from pathlib import Path

command: Any = import_module("dragoman.cli.evaluate")
LABELS = load_labels()
ONTOLOGY = ontology.load()


def _record(**fields: Any) -> dict[str, Any]:
    return {"id": "x-1", "date": "2000-01-01", "text": "Peru asked Chile for help.", **fields}


def _side(*codes: str, sector: str | None = None) -> list[dict[str, str]]:
    extra = {"sector": sector} if sector else {}
    return [{"actorText": code.title(), "code": code, **extra} for code in codes]


def _gold(folder: Path, *records: dict[str, Any]) -> Gold:
    path = folder / "gold.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return read_gold(path, LABELS, ONTOLOGY)


def _entities(*codes: str, sector: str | None = None) -> tuple[Entity, ...]:
    return tuple(
        Entity(code=code, entity_text=code.title(), sector=(sector,) if sector else ())
        for code in codes
    )


def _mention(
    event: str, actor: tuple[Entity, ...], recipient: tuple[Entity, ...], **more: Any
) -> Mention:
    fields: dict[str, Any] = {"confidence": 0.9, "evidence": Evidence(trigger=()), **more}
    return Mention(
        id="r:0", report="r", sentence=0, segment="body", text="", start=0, end=0, frame="f.x",
        event=event, actor=actor, recipient=recipient, **fields,
    )  # fmt: skip


def _run(gold: Gold, *mentions: Mention) -> Result:
    def code(text: str, published: str | None, name: str) -> Coded:
        assert published is None
        report = Report(id=name, text=text)
        return Coded(report=report, sentences=1, parsed=1, words=1, mentions=mentions, events=())

    return evaluate(gold, code, LABELS)


def _value(result: Result, name: str) -> float | None:
    return result.measures().get(name)


def test_older_names_become_new_ones(tmp_path: Path) -> None:
    gold = _gold(
        tmp_path,
        _record(event="FIGHT", mode="other", source=_side("JAP"), target="", context="resource"),
        _record(event="AID", mode="pigeon"),
        _record(
            event="INVESTIGATE", source=_side("ITL", sector="GOVMOS"), context="refugee, rights"
        ),
    )
    (sentence,) = gold.sentences
    fight, _, investigate = sentence.events
    assert fight.type == {"ASSAULT"}
    assert fight.mode == ()
    assert fight.date == ""
    assert fight.context == (frozenset({"natural_resource"}),)
    assert (fight.actor[0].code, fight.recipient) == ("JPN", ())
    assert investigate.mode == (frozenset({"investigate"}),)
    assert investigate.actor[0].sectors == {"GOV"}
    assert len(investigate.context) == 2
    assert gold.unscored == ("mode pigeon",)


def test_new_names_are_read_too(tmp_path: Path) -> None:
    record = _record(
        event=["CONSULT"], mode=["visit"], actor=_side("IRN"), recipient=_side("RUS"),
        event_loc={"extracted_place": "Lima"}, aux=["future"], date="2020-02-03",
        attribution={"source": {"entity_text": "the ministry"}, "cue": "said"},
    )  # fmt: skip
    event = _gold(tmp_path, record).sentences[0].events[0]
    assert event.type == {"CONSULT"}
    assert (event.place, event.attribution, event.date) == ("Lima", "the ministry", "2020-02-03")
    assert event.aux == frozenset({"future"})


@pytest.mark.parametrize(
    ("actor", "recipient", "found", "full"),
    [(("PER",), ("CHL",), 1.0, 1.0), (("PER",), (), 1.0, 0.0), (("CHL",), ("PER",), 1.0, 0.0)],
)
def test_found_and_full(
    tmp_path: Path, actor: tuple[str, ...], recipient: tuple[str, ...], found: float, full: float
) -> None:
    gold = _gold(tmp_path, _record(event="DEMAND", source=_side("PER"), target=_side("CHL")))
    result = _run(gold, _mention("REQUEST", _entities(*actor), _entities(*recipient)))
    assert (result.found.value, result.full.value) == (found, full)


def test_nothing_coded(tmp_path: Path) -> None:
    gold = _gold(tmp_path, _record(event="AID", source=_side("PER"), target=_side("CHL")))
    result = _run(gold)
    assert (result.found.value, result.full.value, result.type_precision.value) == (0, 0, None)
    assert _value(result, "actor.recall") == 0
    assert [miss.kind for miss in result.misses] == ["not found"]


def test_reciprocal_parties_may_stand_on_either_side(tmp_path: Path) -> None:
    gold = _gold(tmp_path, _record(event="AGREE", source=_side("PER", "CHL"), target=""))
    both = _run(gold, _mention("AGREE", _entities("CHL", "PER"), ()))
    split = _run(gold, _mention("AGREE", _entities("PER"), _entities("CHL")))
    half = _run(gold, _mention("AGREE", _entities("PER"), ()))
    assert (both.full.value, split.full.value, half.full.value) == (1, 1, 0)
    assert _value(split, "actor.f1") == 1


def test_codes_that_count_as_one(tmp_path: Path) -> None:
    gold = _gold(tmp_path, _record(event="AID", source=_side("IGO"), target=_side("VTN")))
    assert _run(gold, _mention("AID", _entities("UNO"), _entities("VNM"))).full.value == 1


def test_a_host_may_be_either_side(tmp_path: Path) -> None:
    record = _record(event="CONSULT", mode="host", source=_side("RUS"), target=_side("JAP"))
    gold = _gold(tmp_path, record)
    visit = _mention("CONSULT", _entities("JPN"), _entities("RUS"), mode=("visit",))
    result = _run(gold, visit)
    assert result.full.value == 1
    assert _value(result, "mode.f1") == _value(result, "actor.f1") == 1


def test_records_that_share_a_text_are_one_sentence(tmp_path: Path) -> None:
    gold = _gold(
        tmp_path,
        _record(event="AID", source=_side("PER"), target=_side("CHL")),
        _record(event="CONSULT", source=_side("PER", "CHL")),
    )
    mention = _mention("AID", _entities("PER"), _entities("CHL"))
    stray = _mention("ASSAULT", _entities("PER"), _entities("CHL"))
    result = _run(gold, mention, mention, stray)
    assert len(gold.sentences) == 1
    assert result.type_precision.value == 0.5
    assert _value(result, "type.recall") == 0.5
    assert [miss.kind for miss in result.misses] == ["other type"]


def test_fields(tmp_path: Path) -> None:
    record = _record(
        event="ASSAULT", mode="heavy-weapons", source=_side("PER", sector="MIL"),
        target=_side("CHL"),
        context="military, unknown", eventLoc={"name": "port of Arica"}, date="2020-02-03", aux=[],
        attribution="the ministry of defence",
    )  # fmt: skip
    mention = _mention(
        "ASSAULT", _entities("PER", sector="MIL"), _entities("CHL", "BOL"), mode=("aerial",),
        context=("military", "economic"), date="2020-02-04", aux=("negated",),
        event_loc=Location(extracted_place="Arica"),
        attribution=Attribution(
            source=Entity(entity_text="The Ministry"), cue="said", start=0, end=4
        ),
    )  # fmt: skip
    measures = _run(_gold(tmp_path, record), mention).measures()
    assert measures["mode.f1"] == measures["actor.f1"] == measures["actor_sector.f1"] == 1
    assert measures["place.f1"] == measures["attribution.f1"] == 1
    assert (measures["context.precision"], measures["context.recall"]) == (0.5, 1)
    assert (measures["recipient.precision"], measures["recipient.recall"]) == (0.5, 1)
    assert measures["date.f1"] == 0
    assert measures["aux.precision"] == 0


def test_a_field_the_gold_does_not_have(tmp_path: Path) -> None:
    result = _run(_gold(tmp_path, _record(event="AID", source=_side("PER"), target=_side("CHL"))))
    assert result.fields["date"] is None
    assert result.fields["aux"] is None


def test_intervals_are_ordered_and_repeatable(tmp_path: Path) -> None:
    records = [
        _record(event="AID" if n % 3 else "AGREE", source=_side("PER"), text=f"Text {n}.")
        for n in range(40)
    ]
    mention = _mention("AID", _entities("PER"), ())
    first, second = (_run(_gold(tmp_path, *records), mention) for _ in range(2))
    assert first.found == second.found
    low, value, high = first.found.low, first.found.value, first.found.high
    assert low is not None
    assert value is not None
    assert high is not None
    assert 0 < low < value < high < 1


def test_table_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "gold.tsv"
    rows = [
        "sentence\tsource\ttarget\troot\tquad",
        "Peru freed two Chileans.\tthe state of Peru\ttwo Chileans\tYIELD\t2",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    gold = read_gold(path, LABELS, ONTOLOGY)
    assert gold.sentences[0].events[0].type == {"CONCEDE", "RETREAT"}
    peru, chile = Entity(entity_text="Peru"), Entity(entity_text="Chileans")
    assert _run(gold, _mention("RETREAT", (peru,), (chile,))).full.value == 1
    assert _run(gold, _mention("CONCEDE", (chile,), (peru,))).full.value == 0
    assert _run(gold, _mention("RETREAT", (peru,), ())).full.value == 0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("gold.jsonl", ""),
        ("gold.jsonl", "no json\n"),
        ("gold.jsonl", '{"text": "Peru voted.", "event": "VOTE"}\n'),
        ("gold.jsonl", '{"event": "AID"}\n'),
        ("gold.xml", "<gold/>"),
        ("gold.tsv", "a\tb\n1\t2\n"),
    ],
)
def test_bad_gold_is_an_input_error(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="expected"):
        read_gold(path, LABELS, ONTOLOGY)


def test_absent_gold_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing was evaluated"):
        read_gold(tmp_path / "none.jsonl", LABELS, ONTOLOGY)


def _app(monkeypatch: pytest.MonkeyPatch, *mentions: Mention) -> typer.Typer:
    def code(text: str, _published: str | None, name: str) -> Coded:
        report = Report(id=name, text=text)
        return Coded(report=report, sentences=1, parsed=1, words=1, mentions=mentions, events=())

    monkeypatch.setattr(command, "_own_coder", lambda: code)
    app = typer.Typer()
    app.command()(command.evaluate)
    return app


def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _gold(tmp_path, _record(event="AID", source=_side("PER"), target=_side("CHL")))
    app = _app(monkeypatch, _mention("AID", _entities("PER"), ()))
    gold, misses, numbers = (tmp_path / name for name in ("gold.jsonl", "m.jsonl", "n.json"))
    args = [str(gold), "--misses", str(misses), "--json", str(numbers)]
    result = CliRunner().invoke(app, args)
    assert result.exit_code == 0, result.output
    assert "not in this gold" in result.output
    (miss,) = [json.loads(line) for line in misses.read_text(encoding="utf-8").splitlines()]
    assert miss["kind"] == "not full"
    assert miss["coded"][0]["frame"] == "f.x"
    assert "Peru asked" not in misses.read_text(encoding="utf-8")
    assert json.loads(numbers.read_text(encoding="utf-8"))["measures"]["found"] == 1
    shown = CliRunner().invoke(app, [str(gold), "--misses", "-"])
    assert "Peru asked" in shown.output


@pytest.mark.parametrize(
    ("floors", "code"),
    [
        ("floors: {found: 1.0}\n", 0),
        ("floors: {full: 0.5}\n", 1),
        ("floors: {date.f1: 0.5}\n", 2),
        ("floors: {found: much}\n", 2),
        ("sha256: abc\nfloors: {found: 0.5}\n", 2),
    ],
)
def test_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, floors: str, code: int) -> None:
    _gold(tmp_path, _record(event="AID", source=_side("PER"), target=_side("CHL")))
    app = _app(monkeypatch, _mention("AID", _entities("PER"), ()))
    (tmp_path / "floors.yaml").write_text(floors, encoding="utf-8")
    args = [str(tmp_path / "gold.jsonl"), "--floors", str(tmp_path / "floors.yaml")]
    assert CliRunner().invoke(app, args).exit_code == code


def test_absent_gold_never_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = _app(monkeypatch)
    assert CliRunner().invoke(app, [str(tmp_path / "none.jsonl")]).exit_code == 2


def test_faulty_floors_say_so(tmp_path: Path) -> None:
    path = tmp_path / "floors.yaml"
    path.write_text("floors: [\n", encoding="utf-8")
    with pytest.raises(DataError, match="no valid YAML"):
        command.read_floors(path)
