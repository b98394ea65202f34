"""Loading a pipeline: what is refused, and what the normalised text keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import ModelError
from dragoman.language.pipeline import load_pipeline, plain

if TYPE_CHECKING:
    from pathlib import Path


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
    parser = nlp.add_pipe("parser")
    parser.add_label("dobj")  # type: ignore[attr-defined]
    nlp.initialize()
    nlp.to_disk(tmp_path / "other")
    with pytest.raises(ModelError, match="does not speak Universal Dependencies"):
        load_pipeline(str(tmp_path / "other"))


def test_own_pipeline_fits_its_budget() -> None:
    nlp = load_pipeline()
    size = sum(p.stat().st_size for p in nlp.path.rglob("*") if p.is_file())  # type: ignore[union-attr]
    assert size < 25_000_000


@given(st.text())
def test_plain_text_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
