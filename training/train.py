"""``make model``: from the raw treebanks to the pipeline in the package, in one command.

The parser trains in one process while tagger and names train in another, which
suits two cores. The same treebanks, library versions and settings
(``configs/*.cfg``) give the same weights on one kind of machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
CORPORA = {"parser": "trees", "tagger": "trees", "names": "names"}
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}


def train(part: str, work: Path) -> subprocess.Popen[bytes]:
    """Start training one part; its log goes to ``work/PART.log``."""
    corpus = CORPORA[part]
    command = [sys.executable, "-m", "spacy", "train", str(HERE / "configs" / f"{part}.cfg")]
    command += ["--paths.train", str(work / "corpora" / f"{corpus}-train.spacy")]
    command += ["--paths.dev", str(work / "corpora" / f"{corpus}-dev.spacy")]
    command += ["--output", str(work / "out" / part)]
    log = (work / f"{part}.log").open("wb")
    return subprocess.Popen(command, env={**os.environ, **ONE_THREAD}, stdout=log, stderr=log)


def wait(process: subprocess.Popen[bytes], part: str, work: Path) -> None:
    """Wait for a part and stop with its log's name when it failed."""
    if process.wait() != 0:
        sys.exit(f"training of {part} failed; its log is {work / f'{part}.log'}")
    best = work / "out" / part / "model-best"
    target = work / "parts" / part
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_symlink():
        target.unlink()
    target.symlink_to(best.resolve())
    print(f"{part}: done")


def step(name: str, *arguments: str) -> None:
    """Run one of this folder's scripts."""
    subprocess.run([sys.executable, str(HERE / name), *arguments], check=True)


def main() -> None:
    """Prepare, train, assemble, evaluate."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    work = given.work
    work.mkdir(parents=True, exist_ok=True)
    step("corpora.py", "--shared", str(given.shared), "--out", str(work / "corpora"))
    trees = train("parser", work)
    for part in ("tagger", "names"):
        wait(train(part, work), part, work)
    wait(trees, "parser", work)
    step("assemble.py", "--parts", str(work / "parts"), "--out", str(given.out))
    step("evaluate.py", "--shared", str(given.shared), "--model", str(given.out))


if __name__ == "__main__":
    main()
