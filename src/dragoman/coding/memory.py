"""What a report has said so far: its persons and the parties a pronoun may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.record import Entity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.coding.party import Party

RECENT = 40
"""Parties remembered; older ones are out of a pronoun's reach."""


@dataclass
class Memory:
    """The discourse of one report; made anew for every report."""

    published: str | None = None
    """Publication date, for offices held at that time."""
    states: frozenset[str] = frozenset()
    """Codes of states: others (UNO, MNC) are no country that a report is about."""
    sentence: int = 0
    """Sentences finished so far."""
    _persons: dict[str, Entity] = field(default_factory=dict)
    _recent: list[tuple[bool, Party]] = field(default_factory=list)
    _pair: list[Party] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    """How often each country was named; tells which country a report is about."""

    def person(self, text: str) -> Entity | None:
        """Return the person known in this report under a full name or its last part."""
        return self._persons.get(_surname(text))

    def keep_person(self, entity: Entity) -> None:
        """Remember a person; what is known already is completed, not overwritten."""
        name = entity.identifier_text or entity.entity_text
        known = self._persons.get(_surname(name))
        if known is None:
            self._persons[_surname(name)] = entity
            return
        longer = max(name, known.identifier_text or "", key=len)
        self._persons[_surname(name)] = Entity(
            code=known.code or entity.code,
            sector=known.sector or entity.sector,
            entity_text=known.entity_text,
            identifier_text=longer,
            identifier_id=known.identifier_id or entity.identifier_id,
            office=known.office or entity.office,
        )

    def close_sentence(self, parties: Sequence[tuple[bool, Party]]) -> None:
        """Remember the parties of a finished sentence; ``True`` marks its subjects."""
        self.sentence += 1
        self._recent = (self._recent + list(parties))[-RECENT:]
        self.codes.update(p.entity.code for _, p in parties if p.entity.code in self.states)
        states = [
            p
            for _, p in parties
            if p.kind in ("state", "capital", "region", "group", "organisation") and p.entity.code
        ]
        distinct = list({p.entity.code: p for p in states}.values())
        if len(distinct) >= 2:
            self._pair = distinct[:2]
        elif (
            len(distinct) == 1
            and self._pair
            and distinct[0].entity.code not in [p.entity.code for p in self._pair]
        ):
            self._pair = (
                [self._pair[0], distinct[0]] if not self._pair[0].entity.code else self._pair
            )

    def recall(
        self,
        earlier: Sequence[tuple[bool, Party]],
        kinds: Sequence[str],
        *,
        plural: bool | None = None,
    ) -> Party | None:
        """Return the nearest fitting party: of the sentence, subjects first, then earlier ones.

        Args:
            earlier: parties named before in the same sentence; ``True`` marks subjects.
            kinds: kinds of party that fit.
            plural: whether a plural or a singular one fits; either without it.
        """
        for pool in (earlier, self._recent):
            fits = [
                (s, p)
                for s, p in pool
                if p.kind in kinds and (plural is None or p.plural == plural)
            ]
            subjects = [p for s, p in fits if s]
            if subjects:
                return subjects[-1] if pool is not earlier else subjects[0]
            if fits:
                return fits[-1][1]
        return None

    def recall_many(self, earlier: Sequence[tuple[bool, Party]]) -> Party | None:
        """Return what "they" means: the nearest plural party, else the nearest group or body."""
        found = self.recall(earlier, ("role", "people", "group"), plural=True)
        return found or self.recall(
            earlier, ("group", "organisation", "state", "role", "people", "capital")
        )

    def last_state(self) -> Party | None:
        """Return the state spoken of last."""
        return next(
            (p for _, p in reversed(self._recent) if p.kind in ("state", "capital", "region")), None
        )

    def last_pair(self) -> list[Party]:
        """Return the two parties last spoken of together; none when there was no pair."""
        return list(self._pair)

    def focus(self) -> str | None:
        """Return the country a report has named most, when it is clear."""
        top = self.codes.most_common(2)
        clear = top and (len(top) == 1 or top[0][1] >= 2 * top[1][1])
        return top[0][0] if clear else None


def _surname(text: str) -> str:
    """Return the last word of a name in lower case."""
    parts = text.replace("’", "'").removesuffix("'s").split()
    return parts[-1].lower() if parts else ""
