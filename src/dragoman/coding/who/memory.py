"""What a report has said so far: its persons, its bodies and the parties a pronoun may mean."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from dragoman.record import Entity

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

    from dragoman.coding.who.party import Party

    Fits = Callable[[Party], bool]

RECENT = 40
"""Parties remembered; older ones are out of a pronoun's reach."""
SIDES = ("state", "capital", "region", "group", "organisation")
STATES = ("state", "capital", "region")
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Words behind a last name."""
SUBJECT = 2.0
"""What being a subject weighs, in sentences that lie between."""
NAME = 0.5
"""What a name weighs, likewise: news comes back to whom it names."""


@dataclass(frozen=True)
class Recent:
    """A party of a finished sentence."""

    party: Party
    subject: bool


class Means(Protocol):
    """Tells the country that a place's name means in a report."""

    def __call__(self, name: str, usual: frozenset[str | None], *, large: bool) -> str | None:
        """Return its code, ``None`` when it is not known.

        Args:
            name: of a state or a capital.
            usual: codes of what it usually means.
            large: a small town does not count.
        """


def _unknown(name: str, usual: frozenset[str | None], *, large: bool) -> str | None:  # noqa: ARG001
    """Say that a place's name means what it usually does."""
    return None


@dataclass
class Memory:
    """The discourse of one report; made anew for every report."""

    published: str | None = None
    """Publication date, for offices held at that time."""
    states: frozenset[str] = frozenset()
    """Codes of states: others (UNO, MNC) are no country that a report is about."""
    means: Means = _unknown
    sentence: int = 0
    """Sentences finished so far."""
    _persons: dict[str, Entity] = field(default_factory=dict)
    _genders: dict[str, str] = field(default_factory=dict)
    _bodies: dict[str, Party] = field(default_factory=dict)
    _recent: list[Recent] = field(default_factory=list)
    _pair: list[Party] = field(default_factory=list)
    codes: Counter[str] = field(default_factory=Counter)
    """How often each country was named; tells which country a report is about."""

    # -- names -----------------------------------------------------------------

    def person(self, text: str) -> Entity | None:
        """Return the person known in this report under a full name or its last part."""
        return self._persons.get(last_name(text))

    def keep_person(self, entity: Entity) -> None:
        """Remember a person; what is known already is completed, not overwritten."""
        name = entity.identifier_text or entity.entity_text
        known = self._persons.get(last_name(name))
        if known is None:
            self._persons[last_name(name)] = entity
            return
        longer = max(name, known.identifier_text or "", key=len)
        self._persons[last_name(name)] = Entity(
            code=known.code or entity.code,
            sector=known.sector or entity.sector,
            entity_text=known.entity_text,
            identifier_text=longer,
            identifier_id=known.identifier_id or entity.identifier_id,
            office=known.office or entity.office,
        )

    def gender(self, name: str) -> str | None:
        """Return ``he`` or ``she`` for a person the report has called so."""
        return self._genders.get(last_name(name))

    def keep_gender(self, name: str, gender: str) -> None:
        """Remember how the report calls a person; the first time counts."""
        self._genders.setdefault(last_name(name), gender)

    def body(self, text: str) -> Party | None:
        """Return the body known in this report under a name or a short form."""
        return self._bodies.get(text.lower())

    def keep_body(self, names: Sequence[str], party: Party) -> None:
        """Remember a body under its name and its short forms."""
        for name in names:
            self._bodies.setdefault(name.lower(), party)

    # -- parties ----------------------------------------------------------------

    def close_sentence(
        self, parties: Sequence[tuple[bool, Party]], places: AbstractSet[str] = frozenset()
    ) -> None:
        """Remember the parties of a finished sentence.

        Args:
            parties: who was named or meant, in order; ``True`` marks subjects.
            places: countries whose capital only tells where something was: it may be a namesake.
        """
        self.sentence += 1
        self._recent = (self._recent + [Recent(p, s) for s, p in parties])[-RECENT:]
        named = [p for _, p in parties if p.antecedent is None]
        spoken = (
            p.entity.code for p in named if not (p.kind == "capital" and p.entity.code in places)
        )
        self.codes.update(code for code in spoken if code in self.states)
        sides = {p.entity.code: p for p in named if p.kind in SIDES and p.entity.code}
        if len(sides) >= 2:
            self._pair = list(sides.values())[:2]

    def recall(
        self, earlier: Sequence[tuple[bool, Party]], fits: Fits, reach: int = RECENT
    ) -> Party | None:
        """Return the likeliest fitting party: of the sentence, subjects first, then earlier ones.

        Of earlier sentences the nearest counts most; subjects and names reach further.

        Args:
            earlier: parties named before in the same sentence; ``True`` marks subjects.
            fits: whether a party can be meant.
            reach: sentences back in which one is looked for.
        """
        here = [(s, p) for s, p in earlier if fits(p)]
        if here:
            return next((p for s, p in here if s), here[-1][1])
        first = self.sentence - reach
        found = [r for r in reversed(self._recent) if r.party.sentence >= first and fits(r.party)]
        return max(found, key=self._salience).party if found else None

    def _salience(self, recent: Recent) -> float:
        """Weigh a party of an earlier sentence: the higher, the likelier it is meant."""
        back = recent.party.sentence - self.sentence
        return back + SUBJECT * recent.subject + NAME * (recent.party.kind == "person")

    def last(self, fits: Fits) -> Party | None:
        """Return the fitting party of an earlier sentence that was named last."""
        return next((r.party for r in reversed(self._recent) if fits(r.party)), None)

    def last_state(self) -> Party | None:
        """Return the state spoken of last."""
        return self.last(lambda party: party.kind in STATES)

    def last_pair(self) -> list[Party]:
        """Return the two parties last spoken of together; none when there was no pair."""
        return list(self._pair)

    def focus(self) -> str | None:
        """Return the country a report has named most, when it is clear."""
        top = self.codes.most_common(2)
        clear = top and (len(top) == 1 or top[0][1] >= 2 * top[1][1])
        return top[0][0] if clear else None


@lru_cache(maxsize=4096)
def last_name(text: str) -> str:
    """Return the last word of a name in lower case."""
    parts = text.replace("’", "'").removesuffix("'s").lower().replace(",", "").split()
    while len(parts) > 1 and parts[-1].rstrip(".") in SUFFIXES:
        parts.pop()
    return parts[-1] if parts else ""
