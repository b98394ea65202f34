"""How far annotators of one text agree on who says what: what a program could reach.

Usage: python benchmarks/annotators.py FOLDER...

Takes the texts of brat folders that several people annotated and counts each pair of them as
`dragoman evaluate` counts the program: contents by shared words, sources of what matched.
"""

from __future__ import annotations

import argparse
from itertools import combinations
from pathlib import Path

from dragoman.evaluation.brat import read_sayings
from dragoman.evaluation.sources import MATCHED, Side, match, sides


def annotations(text: Path) -> list[list[Side]]:
    """Return what each annotator of a text marked."""
    words = text.read_bytes().decode("utf-8")
    files = sorted(text.parent.glob(f"{text.stem}_*.ann"))
    return [sides(words, read_sayings(file)) for file in files]


def main() -> None:
    """Count every pair of annotators and print the means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    texts = [t for f in parser.parse_args().folders for t in sorted(f.glob("*.txt"))]
    several = [marked for t in texts if len(marked := annotations(t)) > 1]
    recalled = precise = first = second = named = right = 0.0
    for marked in several:
        for one, other in combinations(marked, 2):
            pairs = match(one, other)
            recalled += sum(p.shared / len(one[p.gold].content) for p in pairs)
            precise += sum(p.shared / len(other[p.said].content) for p in pairs)
            first, second = first + len(one), second + len(other)
            found = [p for p in pairs if p.overlap >= MATCHED and one[p.gold].source]
            named += len(found)
            right += sum(bool(one[p.gold].source & other[p.said].source) for p in found)
    recall, precision = recalled / first, precise / second
    f1 = 2 * recall * precision / (recall + precision)
    print(f"{len(several)} texts; content F1 {f1:.3f}; source {right / named:.3f}")


if __name__ == "__main__":
    main()
