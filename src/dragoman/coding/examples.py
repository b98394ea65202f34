"""A frame's own sentences as its tests: examples code to it, counter-examples do not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from dragoman.coding.coder import Coder
    from dragoman.lexicon.schema import Counter, Example, Frame
    from dragoman.record import Entity, Mention

    Mentions = Callable[[str], tuple[Mention, ...]]


@dataclass(frozen=True)
class Failure:
    """A sentence that does not code as its frame says."""

    frame: str
    """Id of the frame."""
    text: str
    """The sentence."""
    reason: str
    """What was expected and what was coded."""


def failures(coder: Coder, frames: Collection[str]) -> Iterator[Failure]:
    """Yield every sentence of some frames that does not code as they say.

    Args:
        coder: with the frames in its lexicon.
        frames: ids.
    """

    def mentions_of(text: str) -> tuple[Mention, ...]:
        return coder.code(text).mentions

    for file in coder.tools.lexicon.files:
        for frame in (frame for frame in file.frames if frame.id in frames):
            yield from _failures(file.event, frame, mentions_of)


def _failures(event: str, frame: Frame, mentions_of: Mentions) -> Iterator[Failure]:
    """Yield the sentences of one frame that fail."""
    for example in frame.examples:
        if reason := example_fault(event, frame.id, example, mentions_of):
            yield Failure(frame.id, example.text, reason)
    for counter in frame.counter:
        if reason := counter_fault(event, counter, mentions_of):
            yield Failure(frame.id, counter.text, reason)


def example_fault(event: str, frame: str, example: Example, mentions_of: Mentions) -> str | None:
    """Return why an example fails; ``None`` when it holds.

    Args:
        event: the type of the frame's file.
        frame: the frame's id.
        example: the sentence and what it must code to.
        mentions_of: codes a sentence.
    """
    mentions, wanted = mentions_of(example.text), example.type or event
    right = [m for m in mentions if m.event == wanted]
    if not right:
        return f"no {wanted}; coded: {summary(mentions)}"
    own = [m for m in right if m.frame == frame] or right
    faults = min((_differences(m, example) for m in own), key=len)
    return f"{'; '.join(faults)}; coded: {summary(mentions)}" if faults else None


def counter_fault(event: str, counter: Counter, mentions_of: Mentions) -> str | None:
    """Return why a counter-example fails; ``None`` when it holds."""
    wrong = tuple(m for m in mentions_of(counter.text) if m.event == event)
    return f"must not be {event}; coded: {summary(wrong)}" if wrong else None


def summary(mentions: tuple[Mention, ...]) -> str:
    """Return what was coded in one line: frame, type, modes, who to whom."""
    return "; ".join(map(_one, mentions)) or "nothing"


def _one(m: Mention) -> str:
    """Return one mention: ``assault.attack ASSAULT IRN → ISR (negated)``."""
    modes = f"/{','.join(m.mode)}" if m.mode else ""
    aux = f" ({', '.join(m.aux)})" if m.aux else ""
    return f"{m.frame} {m.event}{modes} {_side(m.actor)} → {_side(m.recipient)}{aux}"


def _side(entities: tuple[Entity, ...]) -> str:
    """Return the codes of one side, a question mark for a party without, a dash for none."""
    return " ".join(sorted({e.code or "?" for e in entities})) or "-"


def _differences(mention: Mention, example: Example) -> list[str]:
    """Say where a mention is not what its example asks for; lists are compared as sets."""
    found: dict[str, tuple[set[str], Sequence[str] | None]] = {
        "mode": (set(mention.mode), example.mode),
        "actor": (_codes(mention.actor), example.actor),
        "recipient": (_codes(mention.recipient), example.recipient),
        "aux": (set(mention.aux), example.aux),
    }
    return [
        f"{name} is {' '.join(sorted(got)) or 'none'}, {' '.join(want) or 'none'} expected"
        for name, (got, want) in found.items()
        if want is not None and got != set(want)
    ]


def _codes(entities: tuple[Entity, ...]) -> set[str]:
    """Return the country codes of some entities."""
    return {entity.code for entity in entities if entity.code}
