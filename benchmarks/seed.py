"""Count the seed report's facts, with a floor, and check that two runs give the same bytes.

Usage: python benchmarks/seed.py SHARED --floor N

Runs ``dragoman code REPORT --published 2021-10-18 --out -`` twice and hands the lines to the
corpus's own checker; exits 1 when fewer facts hold than the floor or the bytes differ.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

PUBLISHED = "2021-10-18"


def coded(report: Path) -> bytes:
    """Return the record of the seed report as JSON lines."""
    command = [sys.executable, "-m", "dragoman", "code", str(report)]
    command += ["--published", PUBLISHED, "--out", "-"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def main() -> None:
    """Code, compare, check."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--floor", type=int, required=True)
    given = parser.parse_args()
    report = next((given.shared / "seeds").glob("*.txt"))
    record = coded(report)
    same = record == coded(report)
    checker = [sys.executable, str(given.shared / "checks" / "seed_facts.py")]
    answer = subprocess.run(checker, input=record, stdout=subprocess.PIPE, check=False).stdout
    lines = answer.decode("utf-8").splitlines()
    print("\n".join(line for line in lines if not line.startswith("yes")))
    print("two runs give the same bytes" if same else "two runs DIFFER")
    facts = int(lines[-1].split()[0])
    sys.exit(0 if same and facts >= given.floor else 1)


if __name__ == "__main__":
    main()
