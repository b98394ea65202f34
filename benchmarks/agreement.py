"""Count how far two readings of the challenge set agree: Krippendorff's alpha of every field.

Usage: python benchmarks/agreement.py

Compares ``gold/challenge/second/reading.yaml`` with ``first.yaml`` beside it, the first reading of
the same items as it was before the two were compared. Events of the two readings are one when
their triggers overlap, the largest overlap first; an event that stands in one reading alone has
the type "none" in the other. All other fields are counted on events that both readers marked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import krippendorff
import numpy as np
import yaml

from dragoman.evaluation.challenge_gold import Item, read_items

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    from dragoman.evaluation.challenge_gold import GoldMention, GoldParty

GOLD = Path(__file__).parent.parent / "gold" / "challenge"
READINGS = ("first.yaml", "reading.yaml")
NONE = "none"
FIELDS: dict[str, Callable[[GoldMention], Hashable]] = {
    "mode": lambda e: frozenset(e.mode),
    "context": lambda e: frozenset(e.context),
    "auxiliary mode": lambda e: frozenset(e.aux),
    "actor's countries": lambda e: _codes(e.actor),
    "recipient's countries": lambda e: _codes(e.recipient),
    "date": lambda e: e.date,
    "country of the place": lambda e: e.place and (e.place.country or "?"),
    "kind of source": lambda e: e.said_by and e.said_by.kind,
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readings agree on a field."""

    units: int
    same: float
    """Share of the units that both readers gave the same value."""
    alpha: float | None
    """Krippendorff's alpha, nominal; None where all values are the same."""


def _codes(parties: list[GoldParty]) -> frozenset[str]:
    """Return the codes of some parties."""
    return frozenset(p.code or "?" for p in parties)


def agreement(pairs: list[tuple[Hashable, Hashable]]) -> Agreement:
    """Count pairs of values, one of each reader."""
    numbers = {value: n for n, value in enumerate(dict.fromkeys(v for p in pairs for v in p))}
    same = sum(a == b for a, b in pairs) / len(pairs) if pairs else 0.0
    if len(numbers) < 2:
        return Agreement(len(pairs), same, None)
    table = np.array([[numbers[p[reader]] for p in pairs] for reader in (0, 1)])
    alpha = krippendorff.alpha(table, level_of_measurement="nominal")
    return Agreement(len(pairs), same, float(alpha))


def offsets(item: Item, event: GoldMention) -> frozenset[int]:
    """Return the code points of an event's trigger; of a further part, where it stands next."""
    start = item.start_of(event)
    found = set(range(start, start + len(event.words[0])))
    at = start + len(event.words[0])
    for word in event.words[1:]:
        start = item.text.find(word, at)
        if start >= 0:
            found |= set(range(start, start + len(word)))
            at = start + len(word)
    return frozenset(found)


def align(first: Item, second: Item) -> Iterator[tuple[GoldMention | None, GoldMention | None]]:
    """Yield the events of two readings of one item in pairs, then those of one reading alone."""
    ours = [offsets(first, e) for e in first.events]
    theirs = [offsets(second, e) for e in second.events]
    common = {
        (i, j): len(ours[i] & theirs[j]) for i, j in product(*map(range, map(len, (ours, theirs))))
    }
    free = (set(range(len(ours))), set(range(len(theirs))))
    for i, j in sorted((p for p, n in common.items() if n), key=lambda p: (-common[p], p)):
        if i in free[0] and j in free[1]:
            free[0].remove(i)
            free[1].remove(j)
            yield first.events[i], second.events[j]
    yield from ((first.events[i], None) for i in sorted(free[0]))
    yield from ((None, second.events[j]) for j in sorted(free[1]))


def types(one: GoldMention | None, other: GoldMention | None) -> tuple[str, str]:
    """Return the types of a pair of events; one that allows several takes the other's of them."""
    ours = one.right_types if one else frozenset({NONE})
    theirs = other.right_types if other else frozenset({NONE})
    shared = sorted(ours & theirs)
    return (shared[0], shared[0]) if shared else (min(ours), min(theirs))


def read() -> list[tuple[Item, Item]]:
    """Return every item of the second reading in both readings."""
    texts = {item.id: item for item in read_items(GOLD)}
    readings = [
        {
            row["id"]: Item.model_validate(
                texts[row["id"]].model_dump() | {"events": row["events"]}
            )
            for row in yaml.safe_load((GOLD / "second" / name).read_text(encoding="utf-8"))
        }
        for name in READINGS
    ]
    return [(readings[0][i], readings[1][i]) for i in readings[1]]


def count(items: list[tuple[Item, Item]]) -> dict[str, Agreement]:
    """Return the agreement on every field."""
    events = [pair for one, two in items for pair in align(one, two)]
    both = [(a, b) for a, b in events if a is not None and b is not None]
    sets = [tuple(tuple(sorted(min(e.right_types) for e in i.events)) for i in p) for p in items]
    counted = {
        "item: an event or none": agreement([(bool(a.events), bool(b.events)) for a, b in items]),
        "item: types of its events": agreement([(a, b) for a, b in sets]),
        "event: type, or none": agreement([types(a, b) for a, b in events]),
        "event: type": agreement([types(a, b) for a, b in both]),
    }
    for name, value in FIELDS.items():
        counted[f"event: {name}"] = agreement([(value(a), value(b)) for a, b in both])
    return counted


def main() -> None:
    """Print the table."""
    items = read()
    events = Counter(
        (a is not None, b is not None) for one, two in items for a, b in align(one, two)
    )
    both, all_ = events[True, True], events.total()
    print(f"{'':36}{'units':>7}{'same':>8}{'alpha':>8}")
    for name, found in count(items).items():
        alpha = "-" if found.alpha is None else f"{found.alpha:.2f}"
        print(f"{name:36}{found.units:7}{found.same:8.1%}{alpha:>8}")
    print(
        f"\n{both} of {all_} events ({both / all_:.1%}) marked by both readers, "
        f"{events[True, False]} by the first alone, {events[False, True]} by the second alone"
    )


if __name__ == "__main__":
    main()
