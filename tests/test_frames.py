"""Every frame's own sentences: its examples code to it, its counter examples do not.

The sentences stand in ``src/dragoman/lexicon/data/events/*.yaml``. Each is coded once, with one
coder; a test reads what was coded. There is no list of known failures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.coding.coder import Coder
    from dragoman.lexicon.schema import Counter, Example, Frame
    from dragoman.record import Entity, Mention

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


def _codes(entities: tuple[Entity, ...]) -> set[str]:
    return {entity.code for entity in entities if entity.code}


def _differences(mention: Mention, example: Example) -> list[str]:
    """Say where a mention is not what its example asks for; lists are compared as sets."""
    found = {
        "mode": (set(mention.mode), example.mode),
        "actor": (_codes(mention.actor), example.actor),
        "recipient": (_codes(mention.recipient), example.recipient),
        "aux": (set(mention.aux), example.aux),
    }
    return [
        f"{name}: {sorted(got)} coded, {sorted(want)} expected"
        for name, (got, want) in found.items()
        if want is not None and got != set(want)
    ]


def _summary(mentions: tuple[Mention, ...]) -> str:
    """Show what was coded, for the message of a failing test."""
    return "; ".join(
        f"{m.frame}={m.event}{list(m.mode)} {_codes(m.actor)}>{_codes(m.recipient)} {list(m.aux)}"
        for m in mentions
    )


@pytest.mark.parametrize(("event", "frame", "example"), EXAMPLES)
def test_example(event: str, frame: Frame, example: Example, mentions_of: Mentions) -> None:
    mentions = mentions_of(example.text)
    wanted = example.type or event
    right = [m for m in mentions if m.event == wanted]
    assert right, f"{example.text!r}: no {wanted}; coded: {_summary(mentions) or 'nothing'}"
    own = [m for m in right if m.frame == frame.id] or right
    faults = min((_differences(m, example) for m in own), key=len)
    assert not faults, f"{example.text!r}: {faults}; coded: {_summary(mentions)}"


@pytest.mark.parametrize(("event", "counter"), COUNTERS)
def test_counter_example(event: str, counter: Counter, mentions_of: Mentions) -> None:
    wrong = tuple(m for m in mentions_of(counter.text) if m.event == event)
    assert not wrong, f"{counter.text!r}: coded as {event}: {_summary(wrong)}"
