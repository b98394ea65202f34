"""Every frame's own sentences: its examples code to it, its counter examples do not.

The sentences stand in ``src/dragoman/lexicon/data/events/*.yaml``. Each is coded once, with one
coder; a test reads what was coded. There is no list of known failures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.coding.examples import counter_fault, example_fault
from dragoman.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.coding.coder import Coder
    from dragoman.lexicon.schema import Counter, Example, Frame
    from dragoman.record import Mention

    Mentions = Callable[[str], tuple[Mention, ...]]


def _frames() -> Iterator[tuple[str, Frame]]:
    """Yield every frame with its event type."""
    for file in Lexicon.load().files:
        for frame in file.frames:
            yield file.event, frame


EXAMPLES = [
    pytest.param(event, frame, example, id=f"{frame.id}-{number}")
    for event, frame in _frames()
    for number, example in enumerate(frame.examples, 1)
]
COUNTERS = [
    pytest.param(event, counter, id=f"{frame.id}-not-{number}")
    for event, frame in _frames()
    for number, counter in enumerate(frame.counter, 1)
]


@pytest.fixture(scope="module")
def mentions_of(coder: Coder) -> Mentions:
    """Code a sentence, each once."""
    known: dict[str, tuple[Mention, ...]] = {}

    def look(text: str) -> tuple[Mention, ...]:
        if text not in known:
            known[text] = coder.code(text).mentions
        return known[text]

    return look


@pytest.mark.parametrize(("event", "frame", "example"), EXAMPLES)
def test_example(event: str, frame: Frame, example: Example, mentions_of: Mentions) -> None:
    fault = example_fault(event, frame.id, example, mentions_of)
    assert fault is None, f"{example.text!r}: {fault}"


@pytest.mark.parametrize(("event", "counter"), COUNTERS)
def test_counter_example(event: str, counter: Counter, mentions_of: Mentions) -> None:
    fault = counter_fault(event, counter, mentions_of)
    assert fault is None, f"{counter.text!r}: {fault}"
