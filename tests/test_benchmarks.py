"""Benchmarks name the coder's functions: each must be where they say."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))

from coder import STAGES, target


def test_every_stage_times_functions_that_exist() -> None:
    for names in STAGES.values():
        for name in names:
            holder, function = target(name)
            assert callable(getattr(holder, function)), name
