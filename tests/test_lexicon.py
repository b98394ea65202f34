"""The lexicon's files load, every fault is said at once, and every type and mode has a frame."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.errors import DataError
from dragoman.lexicon import Lexicon
from dragoman.lexicon.loader import KINDS
from dragoman.lexicon.schema import EventFile, Example, Frame
from dragoman.ontology import Ontology
from dragoman.ontology import load as load_ontology

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Folder = Callable[..., Path]

DOCS = Path(__file__).parent.parent / "docs" / "lexicon.md"
GOOD = """
event: CONSULT
words: {place-names: [capital]}
frames:
  - id: consult.visit.go
    verbs: [visit, call off]
    nouns: [phone call]
    mode: [visit]
    when: {obj: [$place-names, state visit, <country>]}
    unless: {comp: [<ASSAULT>]}
    examples: [{text: Peru visited Chile.}]
"""


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology()


@pytest.fixture(scope="module")
def lexicon(ontology: Ontology) -> Lexicon:
    return Lexicon.load(types=_types(ontology))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write a lexicon of hand-made files."""

    def write(**events: str) -> Path:
        (tmp_path / "events").mkdir()
        (tmp_path / "words.yaml").write_text("forces: [troop, army]\n")
        (tmp_path / "light.yaml").write_text("light_verbs: [hold]\npassive_light_verbs: [face]\n")
        for name, text in events.items():
            (tmp_path / "events" / f"{name}.yaml").write_text(text)
        return tmp_path

    return write


def _types(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    return {event: ontology.modes(event) for event in ontology.types}


def _faults(path: Path, ontology: Ontology) -> tuple[str, ...]:
    with pytest.raises(DataError) as caught:
        Lexicon.load(path, types=_types(ontology))
    return caught.value.faults


def _one(faults: tuple[str, ...], *parts: str) -> None:
    """One fault holds all of some words."""
    assert [f for f in faults if all(p in f for p in parts)], (parts, faults)


# -- faults ------------------------------------------------------------------------------


def test_a_good_file_loads(folder: Folder, ontology: Ontology) -> None:
    frame = Lexicon.load(folder(good=GOOD), types=_types(ontology)).frames[0]
    assert (frame.id, frame.actor, frame.weight) == ("consult.visit.go", ["subj"], 1.0)


def test_schema_faults_of_every_file_are_reported_at_once(
    folder: Folder, ontology: Ontology
) -> None:
    broken = GOOD.replace("mode: [visit]", "modes: [visit]\n    weight: 9")
    path = folder(
        good=GOOD,
        typo=broken.replace("visit.go", "visit.typo"),
        empty=GOOD.replace("examples: [{text: Peru visited Chile.}]", "examples: []"),
        slot=GOOD.replace("when: {obj:", "when: {OBJ:"),
        text=GOOD.replace("event: CONSULT", "event: [CONSULT"),
    )
    faults = _faults(path, ontology)
    _one(faults, "typo.yaml", "consult.visit.typo", "modes")
    _one(faults, "typo.yaml", "consult.visit.typo", "weight")
    _one(faults, "empty.yaml", "consult.visit.go", "examples")
    _one(faults, "slot.yaml", "consult.visit.go", "when")
    _one(faults, "text.yaml", "not valid YAML")


def test_every_word_of_a_file_is_read_as_text(folder: Folder, ontology: Ontology) -> None:
    path = folder(good=GOOD.replace("state visit,", "no, on,"))
    lexicon = Lexicon.load(path, types=_types(ontology))
    sets = [words for frame in lexicon.frames for words in frame.when.values()]
    sets += [words for file in lexicon.files for words in file.words.values()]
    assert {"no", "on"} <= {word for words in sets for word in words}


def test_unknown_sets_tests_and_modes(folder: Folder, ontology: Ontology) -> None:
    bad = GOOD.replace("$place-names", "$nowhere").replace("<country>", "<planet>")
    faults = _faults(folder(bad=bad.replace("[visit]", "[teleport]")), ontology)
    _one(faults, "consult.visit.go", "obj", "$nowhere")
    _one(faults, "consult.visit.go", "obj", "<planet>", *sorted(KINDS))
    _one(faults, "consult.visit.go", "teleport", "third-party")


def test_unknown_types_and_cue_modes(folder: Folder, ontology: Ontology) -> None:
    cue = GOOD.replace("words:", "mode_cues: {telepathy: [mind]}\nwords:")
    faults = _faults(folder(other=GOOD.replace("CONSULT", "GOSSIP"), cue=cue), ontology)
    _one(faults, "GOSSIP", "ASSAULT")
    _one(faults, "mode_cues", "telepathy")


def test_repeated_ids_and_frames_without_a_trigger(folder: Folder, ontology: Ontology) -> None:
    bare = GOOD.replace("verbs: [visit, call off]", "verbs: []").replace("[phone call]", "[]")
    faults = _faults(folder(one=GOOD, two=GOOD, three=bare.replace("visit.go", "bare")), ontology)
    _one(faults, "consult.visit.go", "twice")
    _one(faults, "consult.bare", "no trigger")


def test_missing_word_sets_are_a_fault(folder: Folder, ontology: Ontology) -> None:
    path = folder(good=GOOD)
    (path / "words.yaml").unlink()
    _one(_faults(path, ontology), "words.yaml", "cannot be read")


# -- the index ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "trigger"),
    [
        ("visit", ("verb", "visit", None)),
        ("visiting", ("verb", "visit", None)),
        ("visited", ("verb", "visit", None)),
        ("calls", ("verb", "call off", "off")),
        ("called", ("verb", "call off", "off")),
        ("calls", ("noun", "phone call", "phone")),
    ],
)
def test_the_index_finds_inflected_forms(
    folder: Folder, ontology: Ontology, form: str, trigger: tuple[str, str, str | None]
) -> None:
    index = Lexicon.load(folder(good=GOOD), types=_types(ontology)).triggers
    assert trigger in {(t.pos, t.base, t.particle) for t in index[form]}


@pytest.mark.parametrize(
    ("form", "event"),
    [
        ("withdrew", "RETREAT"),
        ("withdrawn", "RETREAT"),
        ("pullouts", "RETREAT"),
        ("fought", "ASSAULT"),
        ("met", "CONSULT"),
        ("acquitted", "CONCEDE"),
        ("criticised", "ACCUSE"),
        ("criticizing", "ACCUSE"),
        ("vetoes", "REJECT"),
        ("expelled", "SANCTION"),
        ("swore", "THREATEN"),
    ],
)
def test_irregular_forms_of_the_shipped_lexicon(lexicon: Lexicon, form: str, event: str) -> None:
    assert event in {t.compiled.event for t in lexicon.triggers[form]}


def test_conditions_hold_forms_phrases_and_tests(folder: Folder, ontology: Ontology) -> None:
    loaded = Lexicon.load(folder(good=GOOD), types=_types(ontology))
    compiled = loaded.triggers["visit"][0].compiled
    (when,), (unless,) = compiled.when, compiled.unless
    assert {"capital", "capitals"} <= when.words
    assert when.phrases == ("state visit",)
    assert when.kinds == {"country"}
    assert unless.kinds == {"ASSAULT"}


# -- what ships --------------------------------------------------------------------------


def test_every_type_has_frames(lexicon: Lexicon, ontology: Ontology) -> None:
    assert {file.event for file in lexicon.files} == set(ontology.types)


def _reachable(lexicon: Lexicon, ontology: Ontology, event: str) -> Iterator[str]:
    """Yield the modes of a type that a frame, a cue or the ontology can give."""
    for file in lexicon.files:
        if file.event == event:
            yield from (mode for frame in file.frames for mode in frame.mode)
            yield from file.mode_cues
            if any(frame.mode_from for frame in file.frames):
                yield from ontology.plover.mode_of.get(event, {}).values()
                yield from ontology.mode_words(event)


def test_every_mode_can_be_coded(lexicon: Lexicon, ontology: Ontology) -> None:
    missing = {
        f"{event} {mode}"
        for event in ontology.types
        for mode in set(ontology.modes(event)) - set(_reachable(lexicon, ontology, event))
    }
    assert not missing


def test_every_frame_has_an_example_of_its_own(lexicon: Lexicon) -> None:
    texts = [example.text for frame in lexicon.frames for example in frame.examples]
    assert all(frame.examples for frame in lexicon.frames)
    assert not {text for text in texts if texts.count(text) > 1}


def test_examples_name_known_types_modes_and_aux(lexicon: Lexicon, ontology: Ontology) -> None:
    aux = {"historical", "future", "hypothetical", "negated"}
    for file in lexicon.files:
        for frame in file.frames:
            for example in frame.examples:
                event = example.type or file.event
                assert event in ontology.types, frame.id
                assert set(example.mode or ()) <= set(ontology.modes(event)), frame.id
                assert set(example.aux or ()) <= aux, frame.id


def test_no_frame_rejects_its_own_condition(lexicon: Lexicon) -> None:
    """A word that a frame both asks for and forbids in one slot can never fire."""
    for frame in lexicon.frames:
        for slot, words in frame.when.items():
            assert not set(words) & set(frame.unless.get(slot, ())), (frame.id, slot)


def test_cameo_codes_are_known(lexicon: Lexicon, ontology: Ontology) -> None:
    for frame in lexicon.frames:
        if frame.cameo:
            ontology.goldstein(frame.cameo)


# -- the page ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        *(field.alias or name for name, field in Frame.model_fields.items()),
        *EventFile.model_fields,
        *Example.model_fields,
    ],
)
def test_the_page_names_every_field(name: str) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert f"`{name}`" in text or f"{name}:" in text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_page_names_every_test(kind: str) -> None:
    assert f"`<{kind}>`" in DOCS.read_text(encoding="utf-8")
