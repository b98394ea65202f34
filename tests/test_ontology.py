"""The ontology's files load, fit together, and say every fault at once."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import DataError
from dragoman.ontology import Ontology, load

if TYPE_CHECKING:
    from pathlib import Path

FILES = ("plover.yaml", "cameo.yaml", "cameo-depth.yaml")
TYPES = 16
CONTEXTS = 37


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load()


def test_every_type_and_context_of_the_manual(ontology: Ontology) -> None:
    assert len(ontology.types) == TYPES
    assert len(ontology.contexts) == CONTEXTS == len(ontology.context_words)
    assert {"GOV", "MIL", "REB", "CVL", "JRN"} <= set(ontology.sectors)


@pytest.mark.parametrize(
    ("event", "quad"), [("AGREE", 1), ("RETREAT", 2), ("REQUEST", 3), ("SANCTION", 4)]
)
def test_quad(ontology: Ontology, event: str, quad: int) -> None:
    assert ontology.quad(event) == quad


def test_quad_of_sanction_is_configurable() -> None:
    other = load(quads={"SANCTION": 3})
    assert (other.quad("SANCTION"), other.quad("COERCE")) == (3, 4)
    with pytest.raises(DataError, match="give a known type"):
        load(quads={"SANCTION": 9})


@pytest.mark.parametrize(
    ("event", "modes", "score"),
    [
        ("CONSULT", (), 2.5),
        ("CONSULT", ("visit",), 4.0),
        ("CONSULT", ("phone", "visit"), 4.0),
        ("ASSAULT", ("beat", "firearms"), -9.0),
        ("ACCUSE", (), -3.0),
        ("PROTEST", ("vandalize",), -5.0),
        ("REQUEST", ("assist",), 0.5),
    ],
)
def test_score(ontology: Ontology, event: str, modes: tuple[str, ...], score: float) -> None:
    assert ontology.score(event, modes) == score


def test_rules_between_types(ontology: Ontology) -> None:
    assert ontology.future == {
        "CONSULT": "AGREE",
        "SUPPORT": "AGREE",
        "COOPERATE": "AGREE",
        "AID": "AGREE",
        "RETREAT": "CONCEDE",
    }
    assert "RETREAT" in ontology.refused
    assert "ASSAULT" not in ontology.refused
    assert ontology.promised["RETREAT"] == ontology.promised["CONCEDE"] == "AGREE"
    assert ontology.promised["ASSAULT"] == "THREATEN"


@pytest.mark.parametrize(
    ("event", "embedded", "modes", "mode"),
    [
        ("REQUEST", "AID", (), "assist"),
        ("REQUEST", "RETREAT", ("release",), "yield"),
        ("REQUEST", "RETREAT", ("resign",), "change"),
        ("REJECT", "CONSULT", ("visit",), "meet"),
        ("THREATEN", "COERCE", ("arrest",), "arrest"),
        ("THREATEN", "SANCTION", ("expel",), "expel"),
        ("THREATEN", "ASSAULT", ("aerial",), "violence"),
        ("AGREE", "AID", (), None),
    ],
)
def test_mode_of(
    ontology: Ontology, event: str, embedded: str, modes: tuple[str, ...], mode: str | None
) -> None:
    assert ontology.mode_of(event, embedded, modes) == mode


def test_mode_words(ontology: Ontology) -> None:
    assert "ceasefire" in ontology.mode_words("REQUEST")["yield"]
    assert "sanctions" in ontology.mode_words("THREATEN")["restrict"]
    assert ontology.mode_words("AID") == {}


def test_context_words_are_lower_case(ontology: Ontology) -> None:
    for words in ontology.context_words.values():
        assert all(word == word.lower() for word in words)


def test_cameo(ontology: Ontology) -> None:
    assert ontology.root_code("CONSULT") == "040"
    assert ontology.root_code("CONSULT", ("visit",)) == "042"
    assert ontology.goldstein("042") == 1.9
    assert ontology.goldstein("1951") == ontology.goldstein("195") == -10.0
    with pytest.raises(KeyError):
        ontology.goldstein("99")


@pytest.mark.parametrize(
    ("event", "inner", "code"),
    [
        ("AGREE", "072", "0332"),
        ("REQUEST", "0841", "1053"),
        ("REJECT", "040", "125"),
        ("THREATEN", "191", "1381"),
        ("THREATEN", "2041", "1385"),
        ("PROTEST", "040", None),
    ],
)
def test_code_of_what_is_about_something(
    ontology: Ontology, event: str, inner: str, code: str | None
) -> None:
    assert ontology.code_about(event, inner) == code


def test_every_code_falls_back_on_the_code_above_it(ontology: Ontology) -> None:
    for code, entry in ontology.cameo.codes.items():
        assert ontology.goldstein(code) == entry.goldstein
        assert len(code) == 2 or code[:2] in ontology.cameo.codes, code
        assert len(code) < 4 or code[:3] in ontology.cameo.codes, code
        if len(code) == 3 and not any(
            c.startswith(code) for c in ontology.cameo.codes if c != code
        ):
            assert ontology.goldstein(f"{code}9") == entry.goldstein


def test_narrower_codes_are_of_the_type_they_narrow(ontology: Ontology) -> None:
    codes = ontology.cameo.codes
    for old, lines in ontology.narrower.items():
        assert {codes[new].event for new in lines} == {codes[old].event}, old


def test_root_codes_belong_to_their_type(ontology: Ontology) -> None:
    for event in ontology.types:
        for modes in [(), *((mode,) for mode in ontology.modes(event))]:
            code = ontology.root_code(event, modes)
            assert ontology.cameo.codes[code].event == event, (event, modes, code)


def _copy(folder: Path) -> Path:
    data = resources.files("dragoman.ontology") / "data"
    for name in FILES:
        (folder / name).write_text((data / name).read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_all_faults_at_once(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    for name, old, new in [
        ("plover.yaml", "  CONSULT: AGREE\n", "  CONSULT: AGRE\n  CONSULTS: AGREE\n"),
        ("cameo.yaml", "mode: phone", "mode: pigeon"),
    ]:
        text = (folder / name).read_text(encoding="utf-8")
        (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert any("pigeon" in fault for fault in caught.value.faults)
    assert any("AGRE is no event type" in fault for fault in caught.value.faults)
    assert any("CONSULTS" in fault for fault in caught.value.faults)


def test_faults_of_both_files(tmp_path: Path) -> None:
    (tmp_path / "plover.yaml").write_text("types: [", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(tmp_path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == list(FILES)


def test_a_wrong_type_is_a_fault(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    text = (folder / "plover.yaml").read_text(encoding="utf-8")
    text = text.replace("score: 2.5", "score: high", 1).replace("quad: 1", "quad: 7", 1)
    (folder / "plover.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(folder)
    assert len(caught.value.faults) == 2
