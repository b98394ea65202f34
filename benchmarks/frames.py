"""Code every frame's examples with a pipeline and count those read as the frame says.

Usage: python benchmarks/frames.py [--pipeline NAME] [--floor SHARE]

The same conditions as ``tests/test_frames.py``, which asks for all of them from the pipeline that
ships. Exit code 1 below the floor.
"""

from __future__ import annotations

import argparse
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from test_frames import _frames, test_counter_example, test_example

import dragoman

if TYPE_CHECKING:
    from collections.abc import Callable


def main() -> None:
    """Print the share of examples and of counter examples that hold."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--pipeline")
    parser.add_argument("--floor", type=float, default=0.0)
    given = parser.parse_args()
    coder = dragoman.load(pipeline=given.pipeline)
    look = cache(lambda text: coder.code(text).mentions)
    held: dict[str, list[bool]] = {"examples": [], "counter examples": []}
    for event, frame in _frames():
        for example in frame.examples:
            held["examples"].append(_holds(test_example, event, frame, example, look))
        for counter in frame.counter:
            held["counter examples"].append(_holds(test_counter_example, event, counter, look))
    for name, results in held.items():
        print(f"{name}\t{sum(results)} of {len(results)}\t{sum(results) / len(results):.3f}")
    share = sum(held["examples"]) / len(held["examples"])
    if share < given.floor:
        sys.exit(f"{share:.3f} of the examples hold, {given.floor} expected")


def _holds(check: Callable[..., None], *arguments: object) -> bool:
    """Whether a test of the frames passes."""
    try:
        check(*arguments)
    except AssertionError:
        return False
    return True


if __name__ == "__main__":
    main()
