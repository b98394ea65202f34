"""Choose the place of an event among the place names of its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.gazetteer_data import COUNTRY, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc, Token

    from dragoman.record import Location

VERBAL = frozenset({"VERB", "AUX"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "obl:agent", "nmod:poss"})
SHARED = frozenset({"conj", "xcomp", "aux", "aux:pass", "cop"})
MAX_CLIMB = 40


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place name in a sentence."""

    first: int
    """Index of its first token in the Doc."""
    last: int
    """Index of its last token in the Doc."""
    start: int
    """First code point in the report."""
    end: int
    """One past its last code point in the report."""
    text: str
    """Its words, exactly."""
    location: Location
    """What it means."""


def choose_place(mentions: Sequence[PlaceMention], trigger: Token) -> PlaceMention | None:
    """Return the mention that tells where the event of a trigger happened, or ``None``.

    In order: a locative phrase of the trigger, one of the verb that governs it, one of
    a participant, another of the sentence; within these "in" and "at" before "to", and
    the most specific place first. Without a parse, the nearest after such a preposition.
    """
    parsed = trigger.doc.has_annotation("DEP")
    ranked = [
        (_rank_parsed(m, trigger) if parsed else _rank_plain(m, trigger), m) for m in mentions
    ]
    usable = [(rank, m) for rank, m in ranked if rank is not None]
    return min(usable, key=lambda pair: pair[0], default=(None, None))[1]


Rank = tuple[int, int, int, int]
"""Tier, preposition, specificity, distance: smaller is better."""


def _specificity(mention: PlaceMention) -> int:
    """Return how exact a place is, smaller is more exact."""
    return -(mention.location.resolution or 0)


def _distance(mention: PlaceMention, trigger: Token) -> int:
    """Return how many tokens lie between, those before the trigger counted a little farther."""
    after = mention.first - trigger.i
    return 2 * after if after > 0 else 2 * (trigger.i - mention.last) + 1


def _preposition_rank(preposition: str) -> int:
    """Return 0 for "in" and its like, 1 for motion, 2 for origin, 3 for others."""
    for rank, kind in enumerate(("inside", "motion", "origin")):
        if preposition in words(kind):
            return rank
    return 3


def _rank_plain(mention: PlaceMention, trigger: Token) -> Rank | None:
    """Rank a mention by the words before it."""
    doc, index = trigger.doc, mention.first - 1
    first = trigger.sent.start if doc.has_annotation("SENT_START") else 0
    while index >= first and (
        doc[index].lower_ == "the" or doc[index].text.title() in words("directions")
    ):
        index -= 1
    preposition = doc[index].lower_ if index >= first else ""
    if preposition not in words("locative") or preposition in ("and", "for", "of"):
        return None
    return _preposition_rank(preposition), 0, _specificity(mention), _distance(mention, trigger)


def _rank_parsed(mention: PlaceMention, trigger: Token) -> Rank | None:
    """Rank a mention by where it hangs in the tree."""
    head = _head(mention, trigger.doc)
    bearer = _bearer(head, trigger)
    specificity, distance = _specificity(mention), _distance(mention, trigger)
    if bearer is None:
        if _is_taken(head, trigger) and mention.location.resolution != COUNTRY:
            return 0, 1, specificity, distance
        # the tree may be wrong where the words are plain: "in downtown Athens Thursday"
        plain = _rank_plain(mention, trigger)
        return (3, 0, specificity, distance) if plain and plain[0] == 0 else None
    preposition = _case(bearer)
    tier = _tier(bearer, trigger, preposition)
    return None if tier is None else (tier, _preposition_rank(preposition), specificity, distance)


def _is_taken(token: Token, trigger: Token) -> bool:
    """Whether a place is the object of a verb that happens there: "stormed the town of X"."""
    if (trigger.lemma_ or trigger.lower_).lower() not in words("taken"):
        return False
    for _ in range(3):
        if token.head == trigger:
            return token.dep_ in ("obj", "nsubj:pass")
        named_kind = _case(token) == "of" and token.head.lower_ in words("kinds_of")
        if token.dep_ not in ("conj", "appos", "compound", "flat") and not named_kind:
            return False
        token = token.head
    return False


def _head(mention: PlaceMention, doc: Doc) -> Token:
    """Return the token of a mention that hangs on a word outside it."""
    inside = range(mention.first, mention.last + 1)
    tokens = [doc[i] for i in inside]
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _case(token: Token) -> str:
    """Return the preposition of a phrase, "" when it has none."""
    return next((c.lower_ for c in token.children if c.dep_ == "case" and c.lower_ != "'s"), "")


def _bearer(token: Token, trigger: Token) -> Token | None:
    """Return the word whose preposition makes a place a locative: in the [city] of Nablus.

    A place reached over another "of" ("the heart of Sanaa") counts only inside something.
    """
    through = False
    for _ in range(4):
        preposition = _case(token)
        part = preposition == "of" and token.head != trigger
        if preposition in words("inside" if through else "locative") and not part:
            return token
        through = through or (part and token.head.lower_ not in words("kinds_of"))
        if token.head in (token, trigger) or token.pos_ in VERBAL:
            return None
        if token.dep_.startswith(("nsubj", "acl", "advcl", "parataxis")):
            return None
        token = token.head
    return None


def _tier(bearer: Token, trigger: Token, preposition: str) -> int | None:
    """Return 0 at the trigger, 1 at its verb, 2 in a participant, 3 elsewhere in the sentence."""
    governor = _governor(trigger)
    if preposition in words("attached") and bearer.head not in (trigger, governor):
        return None
    token, participant = bearer, False
    for _ in range(MAX_CLIMB):
        participant = participant or token.dep_ in SUBJECTS
        if token.head == token:
            break
        token = token.head
        if token == trigger:
            return 2 if participant else 0
        if token == governor:
            return 2 if participant else 1
        if token.pos_ in VERBAL and token.dep_ not in ("aux", "aux:pass", "cop", *SHARED):
            break
    return 3


def _governor(trigger: Token) -> Token:
    """Return the verb whose place the trigger shares: "held talks", "arrived and met"."""
    token = trigger
    for _ in range(MAX_CLIMB):
        shares = token.pos_ not in VERBAL or token.dep_ in SHARED
        if token.head == token or not shares:
            return token
        token = token.head
        if token.pos_ in VERBAL and token.dep_ not in SHARED:
            return token
    return token
