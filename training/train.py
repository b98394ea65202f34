"""``make model``: from the raw corpora to the pipeline in the package, in one command.

The parser learns in one process while tags and names learn in another, which suits two cores.
Each goes through its stages in turn; a run that broke off goes on at the stage it was at. The same
corpora, library versions and settings (``configs/*.cfg``) give the same weights on one kind of
machine.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Stage:
    """One run of ``spacy train``."""

    name: str
    """Of its configuration, its log and its folder."""
    corpus: str
    keeps: str
    """Which step goes on: ``model-best`` on the development sets or ``model-last``."""


PARTS = {
    "parser": (
        Stage("parser-1", "trees-train", "model-best"),
        Stage("parser-2", "trees-first", "model-last"),
        Stage("parser-3", "trees-train", "model-last"),
    ),
    "words": (
        Stage("words-1", "words-first", "model-last"),
        Stage("words-2", "words-train", "model-last"),
    ),
}


def train(part: str, work: Path, brief: int | None) -> Path:
    """Run a part's stages in turn; each log goes to ``work/STAGE.log``."""
    before, inputs = Path(), ""
    for number, stage in enumerate(PARTS[part]):
        came_from = work / "out" / stage.name / stage.keeps
        mark, inputs = work / f"{stage.name}.done", _inputs(stage, work, brief, inputs)
        if came_from.is_dir() and mark.exists() and mark.read_text() == inputs:
            print(f"{stage.name}: was done", flush=True)
            before = came_from
            continue
        log = work / f"{stage.name}.log"
        with log.open("wb") as stream:
            done = subprocess.run(
                [*_command(part, stage, before if number else None, work), *_shortened(brief)],
                env={**os.environ, **ONE_THREAD, "PYTHONPATH": str(HERE)},
                stdout=stream,
                stderr=stream,
                check=False,
            )
        if done.returncode:
            raise RuntimeError(f"training of {stage.name} failed; its log is {log}")
        before = came_from
        mark.write_text(inputs)
        print(f"{stage.name}: done", flush=True)
    return before


def _command(part: str, stage: Stage, before: Path | None, work: Path) -> list[str]:
    """Return the command line of a stage."""
    command = [sys.executable, "-m", "spacy", "train", str(HERE / "configs" / f"{stage.name}.cfg")]
    command += ["--code", str(HERE / "plugins.py")]
    command += ["--paths.train", str(work / "corpora" / f"{stage.corpus}.spacy")]
    dev = "trees" if part == "parser" else "words"
    command += ["--paths.dev", str(work / "corpora" / f"{dev}-dev.spacy")]
    command += ["--paths.vectors", str(work / "vectors")]
    command += ["--paths.before", str(before)] if before else []
    return [*command, "--output", str(work / "out" / stage.name)]


def _inputs(stage: Stage, work: Path, brief: int | None, earlier: str) -> str:
    """Return a hash of what a stage learns from and how, for a run that goes on after a break.

    ``earlier`` is that of the stage before, so that a stage is never taken over from another run.
    """
    digest = hashlib.sha256(f"{brief} {earlier}".encode())
    for path in (
        HERE / "configs" / f"{stage.name}.cfg",
        work / "corpora" / f"{stage.corpus}.spacy",
    ):
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


def _shortened(brief: int | None) -> list[str]:
    """Return what makes a stage end after so many steps."""
    return [] if brief is None else ["--training.max_steps", str(brief)]


def step(name: str, *arguments: str) -> None:
    """Run one of this folder's scripts."""
    subprocess.run([sys.executable, str(HERE / name), *arguments], check=True)


def main() -> None:
    """Prepare, train, assemble, evaluate."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--vectors", type=Path, required=True, help="see training/vectors.py")
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--brief", type=int, help="steps of every stage, to try the whole way")
    given = parser.parse_args()
    work = given.work
    work.mkdir(parents=True, exist_ok=True)
    step("vectors.py", "--json", str(given.vectors), "--out", str(work / "vectors"))
    step("corpora.py", "--shared", str(given.shared), "--out", str(work / "corpora"))
    with ThreadPoolExecutor() as pool:
        trees, words = pool.map(lambda part: train(part, work, given.brief), ("parser", "words"))
    step(
        "assemble.py", "--vectors", str(work / "vectors"), "--parser", str(trees),
        "--words", str(words), "--out", str(given.out),
    )  # fmt: skip
    step("evaluate.py", "--shared", str(given.shared), "--model", str(given.out))


if __name__ == "__main__":
    main()
