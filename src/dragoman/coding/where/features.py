"""What speaks for and against a place being the one of an event: named traits of the pair.

A trait is a word such as ``at_trigger`` or ``at_trigger.inside``; ``data/where.yaml`` gives each
its weight. The traits say how the place hangs on the event word in the tree, behind which
preposition, how exact it is, where it stands, and what other places and verbs stand about.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.coding.where.gazetteer_data import verbs, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.coding.where.place import PlaceMention
    from dragoman.language.tree import Token

VERBAL = frozenset({"VERB", "AUX"})
MAX_CLIMB = 40
PREPOSITIONS = ("inside", "motion", "origin")
LEVELS = {None: "unknown", 1: "country", 2: "province", 3: "district", 4: "city", 5: "below"}
CLOSE = 4
"""Tokens between two places that stand in a row."""
STEPS = (2, 5, 9, 15)
"""Bounds of the classes of distance, in tokens."""
SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "obl:agent")
PARTS = frozenset({"nmod", "appos", "compound", "flat", "conj", "list", "nmod:poss", "parataxis"})
"""Relations from one place to another in "a shop in Karrada in central Baghdad"."""


def traits(mention: PlaceMention, trigger: Token, others: Sequence[PlaceMention]) -> list[str]:
    """Return the traits of a place as the place of a trigger.

    Args:
        mention: the place.
        trigger: the event word; its Doc is parsed.
        others: all places of the sentence, in its order, this one included.
    """
    head = head_of(mention, trigger)
    relation, preposition = _relation(head, trigger), _preposition(mention, trigger)
    level = LEVELS[mention.location.resolution]
    found = ["place", relation, f"{relation}.{preposition}", f"level.{level}"]
    found += [f"kind.{mention.kind}", f"word.{_word_class(trigger)}.{relation}"]
    found += [f"{relation}.of.{trigger.dep_.split(':')[0]}", f"level.{level}.{preposition}"]
    found += [f"before_it.{_before(mention, trigger)}"]
    found += _order(mention, trigger)
    found += _among(mention, head, trigger, others)
    if preposition == "bare" and head.dep_ in ("obj", "nsubj:pass") and head.head == trigger:
        found.append("taken" if trigger.lower_ in verbs("taken") else "object")
    if preposition == "motion" and head.head == trigger and trigger.lower_ in verbs("moving"):
        found.append("goal")
    return found


def head_of(mention: PlaceMention, trigger: Token) -> Token:
    """Return the token of a mention that hangs on a word outside it."""
    inside = range(mention.first, mention.last + 1)
    tokens = [trigger.doc[i] for i in inside]
    return next((t for t in tokens if t.head.i not in inside or t.head == t), tokens[-1])


def _word_class(trigger: Token) -> str:
    """Return whether an event word is a verb that takes places, another verb, or a noun."""
    if trigger.lower_ in verbs("taken"):
        return "taking"
    if trigger.lower_ in verbs("spoken"):
        return "speaking"
    return "verb" if trigger.pos_ in VERBAL else "noun"


def _climb(token: Token) -> Iterator[Token]:
    """Yield a token and those it hangs on, up to the root."""
    for _ in range(MAX_CLIMB):
        yield token
        if token.head == token:
            return
        token = token.head


def _relation(head: Token, trigger: Token) -> str:
    """Return how a place hangs on a trigger: on it, on its verb, on a party, in another clause."""
    above = {t.i: steps for steps, t in enumerate(_climb(trigger))}
    below: list[Token] = []
    for token in _climb(head):
        if token.i in above:
            return _by_path(below, token, above[token.i], trigger)
        below.append(token)
    return "apart"


def _by_path(below: list[Token], meeting: Token, steps: int, trigger: Token) -> str:
    """Name the way from the word where place and trigger meet down to the place."""
    if not below:
        return "within"  # the trigger hangs on the place: "Baghdad, where they met"
    last = below[-1]
    clauses = sum(t.pos_ in VERBAL and not t.dep_.startswith("aux") for t in below)
    side = "subject" if last.dep_ in SUBJECTS else "object" if last.dep_ == "obj" else "phrase"
    if clauses:
        side = f"clause.{last.dep_.split(':')[0]}"
    if steps == 0:
        direct = len(below) == 1
        return f"own.{side}" if not direct else f"own.{side}.direct"
    shared = "same" if _shares(trigger, meeting) else "upper"
    return f"{shared}.{side}"


def _shares(trigger: Token, meeting: Token) -> bool:
    """Whether a trigger shares the place of a word above it: "held talks", "arrived and met"."""
    for token in _climb(trigger):
        if token == meeting:
            return True
        if token.dep_.split(":")[0] not in ("conj", "xcomp", "obj", "obl", "nsubj", "nmod", "cop"):
            return False
    return False


def _preposition(mention: PlaceMention, trigger: Token) -> str:
    """Return the class of the preposition nearest before a place, or ``bare``."""
    doc, index = trigger.doc, mention.first - 1
    first = trigger.sent.start
    steps = 0
    while index >= first and steps < 6:
        word = doc[index].lower_
        kind = preposition_class(word)
        if kind is not None and not (word == "of" and _kind_before(doc[index], first)):
            return kind
        passed = doc[index].pos_ in ("DET", "ADJ", "NOUN", "PROPN", "NUM", "ADV") or word in (
            "of", "-", "'s", ",", "and",
        )  # fmt: skip
        if not passed:
            break
        index, steps = index - 1, steps + 1
    return "bare"


def _before(mention: PlaceMention, trigger: Token) -> str:
    """Return the word before a place, articles left out, when it is one that tells of places."""
    index = mention.first - 1
    first = trigger.sent.start
    while index > first and trigger.doc[index].lower_ in ("the", "a"):
        index -= 1
    if index < first:
        return "start"
    word = trigger.doc[index]
    if word.lower_ == "of" and index > first:
        owner = word.nbor(-1).lower_
        bearing = owner.title() in words("directions") or owner in words("measures")
        return "bearing" if bearing else "of.kind" if owner in words("kinds_of") else "of"
    return word.lower_ if word.lower_ in words("locative") else word.pos_


def _kind_before(token: Token, first: int) -> bool:
    """Whether "of" stands behind a word for a kind of place: "the city of Nablus"."""
    return token.i > first and token.nbor(-1).lower_ in words("kinds_of")


@cache
def preposition_class(word: str) -> str | None:
    """Return ``inside``, ``motion`` or ``origin``; ``None`` for words that are no such."""
    return next((kind for kind in PREPOSITIONS if word in words(kind)), None)


def _order(mention: PlaceMention, trigger: Token) -> list[str]:
    """Return where a place stands beside the trigger, and what stands between."""
    after = mention.first > trigger.i
    between = (
        trigger.doc[trigger.i + 1 : mention.first]
        if after
        else trigger.doc[mention.last + 1 : trigger.i]
    )
    side = "after" if after else "before"
    step = sum(len(between) > bound for bound in STEPS)
    found = [f"{side}.{step}"]
    if any(t.pos_ == "VERB" for t in between):
        found.append(f"{side}.verb_between")
    if any(t.text == "," for t in between):
        found.append(f"{side}.comma_between")
    if mention.first - trigger.sent.start <= 2:
        found.append("first_words")
    following = trigger.doc[mention.last + 1 :][:1]
    if following and following.text in ("'s", "’s", "'"):
        found.append("owner")
        if _before(mention, trigger) not in words("sure"):
            found.append("owner.bare")
    return found


def _among(
    mention: PlaceMention, head: Token, trigger: Token, others: Sequence[PlaceMention]
) -> list[str]:
    """Return how a place stands among the others: alone, nearest, around or inside another."""
    if len(others) == 1:
        return ["only"]
    found = _row(mention, trigger, others)
    heads = {head_of(o, trigger).i for o in others if o is not mention}
    chain = []
    for token in _climb(head):
        chain.append(token)
        if token.dep_ not in PARTS:
            break
    if any(t.head.i in heads and t.dep_ != "conj" for t in chain):
        found.append("around_another")
    nearest = min(others, key=lambda o: (distance(o, trigger), o.first))
    found.append("nearest" if nearest is mention else "farther")
    finest = max(_fineness(o) for o in others)
    found.append("finest" if _fineness(mention) == finest else "coarser")
    return found


def _row(mention: PlaceMention, trigger: Token, others: Sequence[PlaceMention]) -> list[str]:
    """Return how a place stands in a row with others: "Wana, South Waziristan"."""
    place = others.index(mention)
    found = []
    if place and (link := _link(others[place - 1], mention, trigger)):
        found.append(f"row.{link}")
    if place + 1 < len(others) and (link := _link(mention, others[place + 1], trigger)):
        found.append(f"leads.{link}")
    after = [o for o in others if o.first > trigger.i]
    before = [o for o in others if o.first < trigger.i]
    if after and after[0] is mention:
        found.append("first_after")
    if before and before[-1] is mention:
        found.append("last_before")
    return found if after else [*found, "none_after"]


def _link(left: PlaceMention, right: PlaceMention, trigger: Token) -> str | None:
    """Return the first word between two places that stand close, ``None`` when they do not."""
    between = trigger.doc[left.last + 1 : right.first]
    if len(between) > CLOSE:
        return None
    if not len(between):
        return "none"
    return "comma" if between[0].text == "," else between[0].lower_


def _fineness(mention: PlaceMention) -> float:
    """Return how exact a place is; one the gazetteer does not know is small."""
    return 4.5 if mention.location.resolution is None else mention.location.resolution


def distance(mention: PlaceMention, trigger: Token) -> int:
    """Return how many tokens lie between a place and a trigger."""
    after = mention.first - trigger.i
    return after if after > 0 else trigger.i - mention.last
