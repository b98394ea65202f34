"""Loading a pipeline: what is refused, and what the normalised text keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from dragoman.errors import ModelError
from dragoman.language.pipeline import MODEL, load_pipeline, plain
from dragoman.language.relations import scheme_of

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language


def _add(nlp: Language, part: str, *labels: str) -> None:
    """Add a part that knows some labels."""
    pipe = nlp.add_pipe(part)
    for label in labels:
        pipe.add_label(label)  # type: ignore[attr-defined]


def test_unknown_pipeline_is_one_clear_error() -> None:
    with pytest.raises(
        ModelError, match=r"no_such_pipeline.*cannot be loaded.*leave --pipeline out"
    ):
        load_pipeline("no_such_pipeline")


def test_pipeline_without_parser(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="has no parser"):
        load_pipeline(str(tmp_path / "blank"))


def test_pipeline_without_ud_labels(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    _add(nlp, "tagger", "NN")
    _add(nlp, "morphologizer", "POS=NOUN")
    _add(nlp, "parser", "prep")
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(ModelError, match="does not speak Universal Dependencies"):
        load_pipeline(str(tmp_path / "other"))


def _old_scheme(folder: Path, *, own_map: bool = False) -> None:
    """Save a pipeline with labels of UD's first scheme; it need not parse well."""
    nlp = spacy.blank("en")
    _add(nlp, "tagger", "NN")
    _add(nlp, "morphologizer", "POS=NOUN")
    theirs = ["SUBJ", "OBJ"] if own_map else ["nsubj", "dobj", "nsubjpass"]
    same = ["nmod", "nmod:poss", "conj", "case", "acl:relcl", "ccomp", "xcomp"]
    _add(nlp, "parser", *theirs, *same)
    nlp.initialize()
    if own_map:
        relations = {"SUBJ": "nsubj", "OBJ": "obj"}
        nlp.meta["dragoman_relations"] = {"relations": relations, "oblique": ["nmod"]}
    nlp.to_disk(folder)


@pytest.mark.parametrize("own_map", [False, True])
def test_other_labels_are_mapped(tmp_path: Path, *, own_map: bool) -> None:
    _old_scheme(tmp_path / "old", own_map=own_map)
    nlp = load_pipeline(str(tmp_path / "old"))
    assert nlp.pipe_names[-1] == "dragoman_relations"
    scheme = scheme_of(nlp, set(nlp.pipe_labels["parser"]))
    assert scheme is not None
    doc = Doc(
        nlp.vocab,
        words=["Iran", "met", "envoys", "in", "Oslo"],
        heads=[1, 1, 1, 4, 1],
        deps=["SUBJ" if own_map else "nsubj", "ROOT", "OBJ" if own_map else "dobj", "case", "nmod"],
        pos=["PROPN", "VERB", "NOUN", "ADP", "PROPN"],
    )
    assert [t.dep_ for t in scheme.rename(doc)] == ["nsubj", "ROOT", "obj", "case", "obl"]


def test_map_that_cannot_be_read(tmp_path: Path) -> None:
    _old_scheme(tmp_path / "old", own_map=True)
    meta = tmp_path / "old" / "meta.json"
    meta.write_text(meta.read_text().replace('"relations"', '"labels"'))
    with pytest.raises(ModelError, match=r"dragoman_relations.*cannot be read"):
        load_pipeline(str(tmp_path / "old"))


def test_pipeline_without_tags(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    _add(nlp, "parser", "nsubj")
    nlp.initialize()
    nlp.to_disk(tmp_path / "untagged")
    with pytest.raises(ModelError, match=r"does not set token\.pos, token\.tag"):
        load_pipeline(str(tmp_path / "untagged"))


def test_damaged_weights_are_one_clear_error(tmp_path: Path) -> None:
    for file in MODEL.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    weights = tmp_path / "weights.z"
    weights.write_bytes(weights.read_bytes()[:1000])
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_pipeline(str(tmp_path))


def test_own_pipeline_fits_its_budget() -> None:
    nlp = load_pipeline()
    size = sum(p.stat().st_size for p in nlp.path.rglob("*") if p.is_file())  # type: ignore[union-attr]
    assert size < 25_000_000


@given(st.text())
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
