"""Fixtures that many tests share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import dragoman

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder that ships; loading it takes a second, so it is loaded once."""
    return dragoman.load()
