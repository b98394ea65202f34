"""The shipped pipeline as two small files: rounded weights and word vectors in single bytes.

``weights.z`` holds spaCy's own bytes of the pipeline, compressed; the weights are rounded to
the precision of half floats, so that they compress to half their size. ``vectors.npz`` holds one
byte a number. ``config.cfg`` and ``meta.json`` are spaCy's, to be read by people.
"""

from __future__ import annotations

import itertools
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from spacy.language import Language
    from spacy.vectors import Vectors

WEIGHTS = "weights.z"
VECTORS = "vectors.npz"
VECTOR_ATTR = "LOWER"
"""Words are looked up in lower case."""
LEFT_OUT = ("vocab",)
"""The words of the training texts, which nothing needs; labels are added when loaded."""


def is_packed(folder: Path) -> bool:
    """Whether a folder holds a packed pipeline."""
    return (folder / WEIGHTS).is_file()


def save(nlp: Language, folder: Path) -> None:
    """Round a pipeline's weights, in place, and write it into a folder that exists.

    Its vectors must be whole multiples of one step between -127 and 127 (``training/vectors.py``).
    """
    for _, pipe in nlp.pipeline:
        _round(pipe)
    nlp.config.to_disk(folder / "config.cfg")
    (folder / WEIGHTS).write_bytes(zlib.compress(nlp.to_bytes(exclude=LEFT_OUT), 9))
    vectors = nlp.vocab.vectors
    step = np.float32(np.min(np.abs(vectors.data[vectors.data != 0])))
    keys = np.zeros(len(vectors.data), dtype="uint64")
    for key, row in vectors.key2row.items():
        keys[row] = key
    data = np.round(vectors.data / step).astype("int8")
    np.savez_compressed(folder / VECTORS, data=data, keys=keys, step=step)


def _round(pipe: object) -> None:
    """Round the weights of a part to half precision."""
    for node in pipe.model.walk() if hasattr(pipe, "model") else ():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, node.get_param(name).astype("float16").astype("float32"))


def load(folder: Path) -> Language:
    """Load a packed pipeline.

    Raises:
        OSError: a file is missing.
        ValueError, zlib.error: a file is damaged.
    """
    from spacy.util import load_config, load_model_from_config  # noqa: PLC0415 - slow to import

    nlp = load_model_from_config(load_config(folder / "config.cfg"), auto_fill=False)
    nlp.vocab.vectors = _vectors(folder / VECTORS)
    nlp.from_bytes(zlib.decompress((folder / WEIGHTS).read_bytes()), exclude=LEFT_OUT)
    for label in itertools.chain.from_iterable(nlp.pipe_labels.values()):
        nlp.vocab.strings.add(label)
    nlp._path = folder  # type: ignore[assignment]  # noqa: SLF001 - as spacy.load does
    return nlp


def _vectors(path: Path) -> Vectors:
    """Read the word vectors."""
    from spacy.vectors import Vectors  # noqa: PLC0415 - slow to import

    with np.load(path, allow_pickle=False) as stored:
        data = stored["data"].astype("float32") * stored["step"]
        return Vectors(data=data, keys=stored["keys"].tolist(), name="words", attr=VECTOR_ATTR)
