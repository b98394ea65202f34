"""What the places of one report mean, weighed together.

"Alexandria" is in Egypt, in Virginia or in Louisiana: the report tells. Every capitalised name
of the text that the gazetteer knows is looked up once. Each then speaks for the countries and
states of its candidates and for the spots they lie at, and is weighed by what the others say: the
places of a report mostly lie in one country, in one state, and near each other. A name that the
text puts into an area somewhere ("Paris, Texas") means that place everywhere in the report.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.where.gazetteer import as_level, lies_in, prior
from dragoman.coding.where.gazetteer_data import COUNTRY, fold
from dragoman.coding.where.scan import Seen, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.where.country_names import CountryNames
    from dragoman.coding.where.gazetteer import Gazetteer
    from dragoman.coding.where.gazetteer_data import Candidate

ROUNDS = 3
"""How often the names are weighed by each other; then nothing moves any more."""
SHARP = 2.0
"""How much surer a candidate is whose score is one higher, as an exponent."""
OF_COUNTRY, OF_STATE, NEAR = 3.0, 3.0, 3.0
"""What a candidate gains at most when all the rest lies in its country, in its state, near it."""
HALF = 1.5
"""Names near a candidate that give it half of what it can gain."""
DEGREES = 1.2
"""Width of a square of the grid that nearness is reckoned on; a square's neighbours are near."""
PEOPLE = 0.5
"""What an adjective ("Syrian") says of a report's countries, beside a name."""
DOUBTED = 0.25
"""What a name says that may be a part of another name ("Jack London")."""

SMALL = 15_000
"""Inhabitants below which a town is meant only where something else speaks for its country."""
SPOKEN = 0.2
"""What the other names must say for the country of such a town."""

Square = tuple[int, int]
State = tuple[str | None, str | None]


class _Spot(NamedTuple):
    """What of a candidate is weighed, reckoned once."""

    country: str | None
    state: State | None
    """``None`` where the first administrative level is not known."""
    square: Square | None
    """``None`` for what is too large for its point to say where it is."""
    prior: float

    @classmethod
    def of(cls, candidate: Candidate) -> _Spot:
        """Read a candidate."""
        state = None if candidate.admin1 is None else (candidate.iso3, candidate.admin1)
        square = _square(candidate) if _is_spot(candidate) else None
        return cls(candidate.iso3, state, square, prior(candidate))


@dataclass
class _Voice:
    """One name of the report: its candidates, what each scores, how much it says."""

    candidates: tuple[Candidate, ...]
    weight: float
    spots: list[_Spot]
    """Of each candidate."""
    shares: list[float]


@dataclass
class _Votes:
    """What the names of a report say together."""

    total: float = 0.0
    countries: defaultdict[str | None, float] = field(default_factory=lambda: defaultdict(float))
    states: defaultdict[State, float] = field(default_factory=lambda: defaultdict(float))
    squares: defaultdict[Square, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, spot: _Spot, amount: float) -> None:
        """Let a candidate speak for its country, its state and its square."""
        self.total += amount
        self.countries[spot.country] += amount
        if spot.state is not None:
            self.states[spot.state] += amount
        if spot.square is not None:
            self.squares[spot.square] += amount

    def add_country(self, iso3: str, amount: float) -> None:
        """Let something that is no place speak for a country."""
        self.total += amount
        self.countries[iso3] += amount

    def bonus(self, spot: _Spot, own: _Votes) -> float:
        """Return what a candidate gains by what the others say; ``own`` is left out."""
        rest = self.total - own.total
        if rest <= 0:
            return 0.0
        country = self.countries.get(spot.country, 0.0) - own.countries.get(spot.country, 0.0)
        gain = OF_COUNTRY * country / rest if spot.country else 0.0
        if spot.state is not None:
            state = self.states.get(spot.state, 0.0) - own.states.get(spot.state, 0.0)
            gain += OF_STATE * state / rest
        if spot.square is not None:
            near = self._near(spot.square) - own._near(spot.square)
            gain += NEAR * near / (near + HALF)
        return gain

    def _near(self, square: Square) -> float:
        """Return what is said for a square and its neighbours."""
        said, (x, y), found = self.squares, square, 0.0
        if not said:
            return found
        for i in (x - 1, x, x + 1):
            for j in (y - 1, y, y + 1):
                found += said.get((i, j), 0.0)
        return found


class Atlas:
    """Answers what a name means in one report; made once for a report."""

    def __init__(self, gazetteer: Gazetteer, countries: CountryNames) -> None:
        """Start without any report: every name means its likeliest place."""
        self.gazetteer = gazetteer
        self.countries = countries
        self.votes = _Votes()
        self.fixed: dict[str, Candidate] = {}
        self.chosen: dict[str, Candidate] = {}
        self.unheard: set[str] = set()
        """Names that could only be a small town of a country that nothing else speaks of."""

    @classmethod
    def of(
        cls,
        texts: Iterable[str],
        gazetteer: Gazetteer,
        countries: CountryNames,
        home: str | None = None,
    ) -> Atlas:
        """Read the places of a report.

        Args:
            texts: its title and its text; offsets do not matter.
            gazetteer: where names are looked up.
            countries: names and adjectives of countries.
            home: country of the outlet, ISO 3166-1 alpha-3, where known.
        """
        atlas = cls(gazetteer, countries)
        seen = [s for text in texts for s in scan(text, gazetteer, countries)]
        atlas._weigh(seen, home)
        return atlas

    def is_placed(self, name: str) -> bool:
        """Whether the report puts a name into an area somewhere: it is a place."""
        return fold(name) in self.fixed

    def speaks_of(self, countries: Iterable[str | None]) -> bool:
        """Whether at least one word of the report speaks for one of some countries."""
        return any(self.votes.countries.get(code, 0.0) >= PEOPLE for code in countries)

    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Return everything a name may mean: countries, areas, cities."""
        found = self.gazetteer.lookup(name)
        code = self.countries.state(name)
        country = self.gazetteer.country(code) if code else None
        if country is None:
            return found
        return (country, *(c for c in found if c.kind != "country"))

    def best(
        self, name: str, *, within: Candidate | None = None, level: int | None = None
    ) -> Candidate | None:
        """Return what a name means in this report, ``None`` when it is not known.

        Args:
            name: the words of the report.
            within: a country, state or province the words beside put it in ("Paris, Texas").
            level: the level of resolution that a word beside tells ("Kandahar province").
        """
        if within is None and level is None:
            key = fold(name)
            if key in self.unheard:
                return None
            known = self.fixed.get(key) or self.chosen.get(key)
            return known or self._likeliest(self.candidates(name))
        inside = [c for c in self.candidates(name) if within is None or lies_in(c, within)]
        if level is None:
            return self._likeliest(inside)
        fitting = [c for c in inside if c.level == level]
        return as_level(self._likeliest(fitting or inside), level)

    def _likeliest(self, candidates: Sequence[Candidate]) -> Candidate | None:
        """Return the candidate with the highest score in this report."""
        if len(candidates) < 2:
            return next(iter(candidates), None)
        nothing = _Votes()

        def score(candidate: Candidate) -> tuple[float, int]:
            spot = _Spot.of(candidate)
            return spot.prior + self.votes.bonus(spot, nothing), -(candidate.geonameid or 0)

        return max(candidates, key=score)

    def _weigh(self, seen: Sequence[Seen], home: str | None) -> None:
        """Weigh the names of a report by each other until they agree."""
        people = Counter(s.people for s in seen if s.people)
        voices = self._voices([s for s in seen if not s.people])
        steady = _Votes()
        for iso3, count in people.items():
            steady.add_country(iso3, PEOPLE * math.sqrt(count))
        if home:
            steady.add_country(home, 1.0)
        none = _Votes()
        open_ = [voice for voice in voices.values() if len(voice.spots) > 1]
        for _ in range(ROUNDS):
            self.votes = _sum(voices.values(), steady)
            for voice in open_:
                own = _sum([voice], none)
                voice.shares = _shares([s.prior + self.votes.bonus(s, own) for s in voice.spots])
        for key, voice in voices.items():
            best = max(range(len(voice.shares)), key=lambda i: (voice.shares[i], -i))
            self.chosen[key] = voice.candidates[best]
            if key not in self.fixed and self._is_unheard(voice.candidates[best], voice):
                self.unheard.add(key)

    def _is_unheard(self, candidate: Candidate, voice: _Voice) -> bool:
        """Whether a name's likeliest meaning is a small town that nothing else speaks for."""
        if candidate.population >= SMALL or not _is_spot(candidate):
            return False
        own = _sum([voice], _Votes())
        country = self.votes.countries[candidate.iso3] - own.countries[candidate.iso3]
        return country < SPOKEN

    def _voices(self, seen: Sequence[Seen]) -> dict[str, _Voice]:
        """Return the names of a report with their candidates; fix those put into an area."""
        names: dict[str, list[Seen]] = defaultdict(list)
        for one in seen:
            names[fold(one.text)].append(one)
        voices = {}
        for key, places in names.items():
            candidates = self.candidates(places[0].text)
            areas = [s.within for s in places if s.within is not None]
            inside = [c for c in candidates if areas and lies_in(c, areas[0])]
            if inside:
                self.fixed[key] = max(inside, key=prior)
                candidates = (self.fixed[key],)
            sure = sum(DOUBTED if s.doubted else 1.0 for s in places)
            if candidates:
                spots = [_Spot.of(candidate) for candidate in candidates]
                shares = _shares([spot.prior for spot in spots])
                voices[key] = _Voice(candidates, math.sqrt(sure), spots, shares)
        return voices


def _sum(voices: Iterable[_Voice], steady: _Votes) -> _Votes:
    """Add up what some names say, each by the shares of its candidates."""
    votes = _Votes(steady.total)
    votes.countries.update(steady.countries)
    for voice in voices:
        for spot, share in zip(voice.spots, voice.shares, strict=True):
            if share > 0.01:
                votes.add(spot, share * voice.weight)
    return votes


def _shares(scores: list[float]) -> list[float]:
    """Return how likely each candidate of a name is, adding up to 1."""
    top = max(scores)
    raised = [math.exp(SHARP * (score - top)) for score in scores]
    whole = sum(raised)
    return [one / whole for one in raised]


def _is_spot(candidate: Candidate) -> bool:
    """Whether a candidate is small enough for its point to say where it is."""
    return candidate.lat is not None and (candidate.level or COUNTRY) > 2


def _square(candidate: Candidate) -> Square:
    """Return the square of the grid a candidate lies in."""
    lat, lon = candidate.lat or 0.0, candidate.lon or 0.0
    return round(lat / DEGREES), round(lon / DEGREES * math.cos(math.radians(lat)))
