"""Which date is an event's when a sentence has several: read from the dependency tree."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.coding.when.patterns import tables
from dragoman.coding.when.tense import AUXILIARY, TOLD, head_of, side_of_that

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.coding.when.dates import DateExpression
    from dragoman.language.tree import Token

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
SHARED = frozenset({"conj", "aux", "aux:pass", "cop", "xcomp"})
"""Dependencies over which a verb shares the date of the verb that governs it."""
OWN_CLAUSE = frozenset({"ccomp", "advcl", "acl", "acl:relcl", "parataxis", "csubj", "conj"})
GOES_ON = frozenset({"advcl", "xcomp"})
"""Clauses that share the time of the clause they hang on."""
GERUND = frozenset({"advcl", "acl", "xcomp", "ccomp"})
RELATIVE = frozenset({"acl:relcl", "acl"})
FRAME = frozenset({"ADP", "DET", "ADV", "PUNCT", "SCONJ", "ADJ"})
"""What may stand between the beginning of a clause and the date that opens it."""
MAX_CLIMB = 40


def choose_date(expressions: Sequence[DateExpression], trigger: Token) -> DateExpression | None:
    """Return the expression that dates the event of a trigger, or ``None``.

    In turn: one attached to the trigger, to the verb that governs it, the nearest in the
    same clause, one of the noun that a relative clause is about, one that opens the
    sentence. In a Doc without a parse, the nearest of the sentence.

    Args:
        expressions: the date expressions of the trigger's sentence.
        trigger: the word that reports the event.
    """
    if not trigger.doc.has_annotation("DEP"):
        return _nearest([e for e in expressions if e.event_date or _named(e, trigger)], trigger)
    hosts = [(e, _host(e, trigger)) for e in expressions if _dates(e) or _named(e, trigger)]
    for step in STEPS:
        wanted = step(trigger)
        found = _nearest([e for e, host in hosts if wanted(e, host)], trigger)
        if found is not None:
            return found
    return None


def _dates(expression: DateExpression) -> bool:
    """Whether an expression can date an event: on it, or from it until now."""
    return expression.event_date or expression.relation in ("since", "of")


def _attached(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what hangs on the trigger itself."""
    return lambda _, host: host == trigger


def _governed(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what hangs on the verb whose date the trigger shares."""
    governor = governor_of(trigger)
    return lambda e, host: host == governor and e.relation != "of"


def _beside(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what stands in the trigger's clause and dates no other noun."""
    clause = _clause(trigger)
    return lambda e, host: e.event_date and host.pos_ not in NOMINAL and _clause(host) == clause


def _inside(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what dates the noun that the trigger's event was part of: "killed in Friday's raid"."""
    verbs, within = (trigger, governor_of(trigger)), tables().within

    def wanted(_: DateExpression, host: Token) -> bool:
        case = {c.lower_ for c in host.children if c.dep_ == "case"}
        near = (host.head, host.head.head if host.head.pos_ in NOMINAL else host.head)
        inside = any(token in verbs for token in near)
        return host.dep_ in ("obl", "nmod") and inside and bool(case & within)

    return wanted


def _joined(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want the date of a verb that goes on where the trigger's stops: "came and met him Monday"."""
    verb = governor_of(trigger)
    return lambda _, host: (
        host.dep_ == "conj"
        and host.head == verb
        and not any(c.dep_.startswith("nsubj") for c in host.children)
    )


def _within(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what hangs on a gerund below the trigger: "cleared him of taking bribes on Monday"."""
    verb = governor_of(trigger)
    return lambda e, host: (
        host.tag_ == "VBG"
        and host.dep_ in GERUND
        and verb in (host.head, governor_of(host.head))
        and e.event_date
        and e.granularity == "day"  # a longer time is the gerund's own: "of plotting in July"
    )


def _antecedent(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want the date of the noun that the trigger's clause is about: "Friday's raid, which ..."."""
    clause = _clause(trigger)
    noun = clause.head if clause.dep_ in RELATIVE else None
    return lambda _, host: noun is not None and host == noun


def _framing(trigger: Token) -> Callable[[DateExpression, Token], bool]:
    """Want what opens the sentence, or the speech, that the trigger stands in."""
    start = _opening(trigger)
    told = _clause(trigger).dep_ in TOLD

    def wanted(expression: DateExpression, host: Token) -> bool:
        between = trigger.doc[start : expression.first]
        opens = start <= expression.first < trigger.i and all(t.pos_ in FRAME for t in between)
        return opens and expression.event_date and not (told and _holds(host, trigger, start))

    return wanted


STEPS = (_attached, _governed, _beside, _inside, _joined, _within, _antecedent, _framing)


def _opening(trigger: Token) -> int:
    """Return where the sentence of a trigger begins, or the "that" clause it stands in."""
    first = trigger.sent.start
    for token in trigger.doc[first : trigger.i]:
        if token.dep_ == "mark" and token.lower_ == "that":
            first = token.i + 1
    return first


def _holds(host: Token, trigger: Token, start: int) -> bool:
    """Whether a date that opens a sentence is of the verb that tells what the trigger reports."""
    return host.i < trigger.i and host in trigger.ancestors and start == trigger.sent.start


def _named(expression: DateExpression, trigger: Token) -> bool:
    """Whether a date that names a thing names the trigger ("the 2006 attack")."""
    if expression.relation != "of":
        return False
    if trigger.doc.has_annotation("DEP"):
        return trigger.doc[expression.last].head == trigger
    return trigger.i == expression.last + 1


def _nearest(expressions: Sequence[DateExpression], trigger: Token) -> DateExpression | None:
    """Return the expression with the fewest tokens between it and the trigger."""

    def distance(e: DateExpression) -> tuple[int, int]:
        return max(e.first - trigger.i, trigger.i - e.last), e.first

    return min(expressions, key=distance, default=None)


def _host(expression: DateExpression, trigger: Token) -> Token:
    """Return what a date is attached to: the trigger, the noun it names, or the verb above it."""
    token = head_of(expression, trigger.doc)
    named = _names(token, expression)
    for step in range(MAX_CLIMB):
        if token.head == token:
            return token
        token = token.head
        if token == trigger or (named and step == 0):
            return token
        if token.pos_ in VERBAL and token.dep_ not in AUXILIARY:
            return side_of_that(token, expression)
    return token


def _names(token: Token, expression: DateExpression) -> bool:
    """Whether a date stands before a noun and tells which one is meant: "the Aug. 7 attacks"."""
    noun = token.head
    return noun.pos_ in NOMINAL and noun.i > expression.last and token.dep_ != "obl"


def governor_of(trigger: Token) -> Token:
    """Return the verb whose date the trigger shares: "held talks", "arrived and attacked"."""
    token = trigger
    for _ in range(MAX_CLIMB):
        if token.head == token:
            return token
        shares = token.dep_ in SHARED or (token.dep_ == "advcl" and token.tag_ == "VBG")
        shares = shares and not _apart(token)
        if token.pos_ in VERBAL and not shares:
            return token
        governed = token.pos_ in VERBAL
        token = token.head
        if token.pos_ in VERBAL and not governed:
            return token
    return token


def _apart(token: Token) -> bool:
    """Whether a verb that goes on has a subject and a perfect of its own: "and they have said"."""
    perfect = any(c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in token.children)
    return token.dep_ == "conj" and perfect and any("nsubj" in c.dep_ for c in token.children)


def _clause(token: Token) -> Token:
    """Return the head of the smallest clause a word stands in."""
    for _ in range(MAX_CLIMB):
        verbal = token.pos_ in VERBAL and token.dep_ not in AUXILIARY
        if token.head == token or (verbal and token.dep_ in OWN_CLAUSE):
            return token
        token = token.head
    return token


def around(trigger: Token, *, told: bool) -> Iterator[tuple[Token, bool]]:
    """Yield the verbs whose date holds for an event that has none, nearest first.

    Args:
        trigger: the word that reports the event.
        told: whether the verb of speech that tells of the event counts too.

    Yields:
        A verb, and whether its date is the event's own ("killed Friday when they fired"), or
        only the nearest to it ("said Friday", "after they fired").
    """
    verb, own = governor_of(trigger), True
    for _ in range(MAX_CLIMB):
        if told:
            tellers = [c for c in verb.children if c.dep_ == "parataxis" and c.i > trigger.i]
            yield from ((c, False) for c in tellers)
        if not (verb.dep_ in GOES_ON or (told and verb.dep_ in TOLD) or _where(verb)):
            return
        own = own and verb.dep_ not in TOLD and not _loose(verb)
        verb = governor_of(verb.head)
        yield verb, own


def _where(verb: Token) -> bool:
    """Whether a clause says what happened at a place: "went to Ur, where elders met him"."""
    return verb.dep_ == "acl:relcl" and any(c.lower_ == "where" for c in verb.children)


def _loose(verb: Token) -> bool:
    """Whether a clause is opened by a word that parts its time from the rest: "having", "after"."""
    return any(c.lower_ in tables().loose for c in verb.children if c.dep_ in ("mark", "aux"))


def offset_of(
    times: Sequence[DateExpression], trigger: Token
) -> tuple[DateExpression, Token | None] | None:
    """Return how far an event lies from what the sentence tells besides.

    In "found three weeks after she was taken", "taken" lies three weeks before "found". The words
    are counted, not the tree, which often goes wrong here.

    Args:
        times: every time expression of the trigger's sentence, durations included.
        trigger: the word that reports the event ("taken").

    Returns:
        The duration, and the word it is counted from ("found"); ``None`` for the report's day.
    """
    for e in times:
        sign = trigger.doc[e.last + 1] if e.last + 1 < trigger.i else None
        direction = tables().offsets.get(sign.lower_) if sign is not None else None
        if direction is None or e.reading.kind != "duration" or not _next_event(e, trigger):
            continue
        reading = replace(e.reading, kind="ago", direction=direction)
        return replace(e, reading=reading, relation="on"), _outside(e, trigger)
    return None


def _next_event(duration: DateExpression, trigger: Token) -> bool:
    """Whether a trigger is the first verb, or a noun before it, after "three weeks after"."""
    between = trigger.doc[duration.last + 2 : trigger.i]
    return not any(t.is_punct or (t.pos_ in VERBAL and t.dep_ not in AUXILIARY) for t in between)


def _outside(duration: DateExpression, trigger: Token) -> Token | None:
    """Return the verb that a duration after or before another is told of."""
    above = [t for t in trigger.ancestors if not duration.first <= t.i <= trigger.i]
    beside = [c for c in trigger.children if c.dep_ == "parataxis"]
    return next((t for t in (*above, *beside) if t.pos_ in VERBAL), None)


def is_open(times: Sequence[DateExpression], trigger: Token) -> bool:
    """Whether an event without a date need not be of the report's day.

    So it is when it comes again and again ("every year"), or was over by then ("had seized",
    outside of what somebody is quoted to say).
    """
    if not trigger.doc.has_annotation("DEP"):
        return False
    governor = governor_of(trigger)
    own = {trigger, governor}
    repeated = any(e.reading.kind == "set" and _host(e, trigger) in own for e in times)
    return repeated or (_over(governor) and not _is_told(governor))


def _over(verb: Token) -> bool:
    """Whether a verb stands in the past of the past: "had seized"."""
    had = tables().tense.had
    return verb.tag_ in ("VBN", "VBD") and any(
        c.dep_ in AUXILIARY and c.lower_ in had for c in verb.children
    )


def _is_told(verb: Token) -> bool:
    """Whether a verb stands in what somebody is quoted to say."""
    return any(t.dep_ in TOLD for t in (verb, *verb.ancestors))
