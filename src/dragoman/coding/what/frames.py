"""Which frames fire on a sentence, and why the others did not.

``FrameMatcher`` looks up each word in the lexicon's index, checks the frame's
conditions against the trigger's slots, reads its parties, and keeps the best
frame on each trigger. It decides nothing about time, negation or who says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.what.clauses import case_of, conjuncts, logical_subject, misread, phrase
from dragoman.coding.what.slots import Slots, clause_head, clause_words, own_clause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.coding.who.parties import PartyReader
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Span, Token
    from dragoman.lexicon import Compiled, Condition, Lexicon, Trigger

PLACE_LABELS = frozenset({"LOC", "GPE", "FAC"})
OTHERS = frozenset({"organisation", "group", "person"})
"""Kinds of parties that may be at odds with their own state."""
STATE_KINDS = frozenset({"state", "capital", "seat", "region"})
POLITICAL = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})
ARMED = frozenset({"MIL", "REB", "PRM", "UAF", "COP"})
UNCLAIMED = "ASSAULT"
"""Type whose actor may be somebody unknown: "a car bomb killed ..."."""
NEAR = frozenset(
    {
        "compound",
        "appos",
        "ccomp",
        "nsubj",
        "advcl",
        "obj",
        "obl",
        "nmod",
        "nmod:poss",
        "acl",
        "xcomp",
        "conj",
        "obl:agent",
        "iobj",
    }
)
MAX_SHOWN = 3
"""Words of a condition that its description shows."""
OCCASIONS = frozenset({"when", "as", "after"})
ASIDES = OCCASIONS | {"since", "because", "while", "although", "though", "before"}
"""Words that open a clause in which nobody stands to whom an act is done; "if" is none."""
WHERE = frozenset({"in", "near", "at", "place", "around", "across", "throughout"})
"""Slots that tell where it happened."""
MAX_NEAR = 12
"""Nouns below an object that are asked for a party."""
NAMING_FORMS = frozenset({"VBG", "VB"})
"""Forms that only name an act when nobody does it: "removing the sanctions would be wrong"."""
PARTICLE_REACH = 4
"""Words between a verb and its particle at most: "put the talks off"."""


@dataclass
class Match:
    """A frame that fired on a trigger, with its parties."""

    compiled: Compiled
    trigger: Token
    words: tuple[Token, ...]
    """Every word that is part of the trigger: verb, particle, the object the frame names."""
    slots: Slots
    actors: list[Party] = field(default_factory=list)
    recipients: list[Party] = field(default_factory=list)
    joined: list[Party] = field(default_factory=list)
    """Those of the actors that stand where others would be recipients: "met the king"."""
    score: float = 0.0

    @property
    def event(self) -> str:
        """The frame's event type."""
        return self.compiled.event


class Inner(NamedTuple):
    """The event that another one is about."""

    event: str
    """Its type."""
    mode: tuple[str, ...]
    """Its modes."""
    cameo: str | None
    """The CAMEO code of its frame, if that gives one."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """The words of a trigger's clause."""

    tokens: list[Token]
    words: frozenset[str]
    """The same in lower case."""
    text: str
    """The same as a text."""
    joints: frozenset[str]
    """As of a condition's phrases, of the whole text."""

    @classmethod
    def of(cls, tokens: list[Token]) -> _Clause:
        """Take the words of a clause."""
        lower = [t.lower_ for t in tokens]
        return cls(tokens, frozenset(lower), " ".join(lower), _joints(lower))

    def beside(self, trigger: Token, words: frozenset[str]) -> list[Token]:
        """Return the first of some words beside the trigger, [] when none stands there."""
        if words.isdisjoint(self.words):
            return []
        return [t for t in self.tokens if t is not trigger and t.lower_ in words][:1]

    def has_phrase(self, condition: Condition) -> bool:
        """Whether a phrase of a condition stands in it."""
        if condition.joints.isdisjoint(self.joints):
            return False
        return _holds_any(condition.phrases, self.text)


@dataclass(frozen=True)
class NearMiss:
    """A frame whose trigger stood in the sentence but which did not fire, and why."""

    frame: str
    trigger: str
    reason: str


class FrameMatcher:
    """Matches the lexicon against one sentence."""

    def __init__(self, sentence: Span, lexicon: Lexicon, reader: PartyReader) -> None:
        """Take the sentence, the lexicon and the reader of its parties."""
        self.sentence = sentence
        self.lexicon = lexicon
        self.reader = reader
        self._missed: list[tuple[Compiled, Token, str | tuple[str, Condition]]] = []
        self._events: dict[int, set[str]] = {}
        self._found: dict[int, Match] = {}
        lower = [t.lower_ for t in sentence.doc]
        self._words = frozenset(lower)
        self._text = " ".join(lower)
        self._joints = _joints(lower)
        self._clauses: dict[tuple[int, bool], _Clause] = {}
        self._phrases: dict[int, str] = {}

    @property
    def misses(self) -> list[NearMiss]:
        """Return the frames that did not fire, with the reason of each in words."""
        return [NearMiss(c.id, token.text, _reason(why)) for c, token, why in self._missed]

    def matches(self) -> list[Match]:
        """Return the best frame of every trigger that has one, in the order of the text.

        Words later in the sentence are matched first, so that a frame can ask
        what event its complement reports.
        """
        found: list[Match] = []
        index = self.lexicon.triggers
        for token in reversed(list(self.sentence)):
            triggers = index.get(token.lower_)
            best = self._best(token, triggers) if triggers is not None else None
            if best is not None:
                found.append(best)
                self._events.setdefault(token.i, set()).add(best.event)
                self._found[token.i] = best
        return self._consume(list(reversed(found)))

    def event_types(self, token: Token) -> set[str]:
        """Return the types of the events that a word, or a word coordinated with it, reports."""
        return {event for t in conjuncts(token) for event in self._events.get(t.i, ())}

    def typed(self, index: int) -> Inner | None:
        """Return the event that a token reports, absorbed ones included."""
        match = self._found.get(index)
        if match is None:
            return None
        frame = match.compiled.frame
        return Inner(match.event, tuple(frame.mode), frame.cameo)

    def _best(self, token: Token, triggers: Iterable[Trigger]) -> Match | None:
        """Return the frame that fits a token best."""
        best: Match | None = None
        forms: dict[tuple[str, str | None], tuple[Token, ...] | None] = {}
        filled: dict[tuple[str, str | None], Slots] = {}
        for trigger in triggers:
            form = trigger.pos, trigger.particle
            if form not in forms:  # many frames start from one form of a word
                forms[form] = self._fits_form(token, trigger)
            words = forms[form]
            if words is None or not self._may_fire(token, trigger.compiled):
                continue
            if form not in filled:
                filled[form] = self._slots(token, trigger)
            match = self._try(token, trigger, words, filled[form])
            if match is not None and (best is None or _rank(match) > _rank(best)):
                best = match
        return best

    def _slots(self, token: Token, trigger: Trigger) -> Slots:
        """Return the slots of a trigger, not yet filled."""
        particle = trigger.particle if trigger.pos == "verb" else None
        return Slots(token, trigger.pos, self.lexicon, particle)

    def _may_fire(self, token: Token, compiled: Compiled) -> bool:
        """Whether the sentence holds the words that a frame cannot do without."""
        words = self._words
        for condition in compiled.needed:
            if condition.words.isdisjoint(words) and not self._has_phrase(condition):
                self._miss(compiled, token, ("needs", condition))
                return False
        return True

    def _has_phrase(self, condition: Condition) -> bool:
        """Whether a phrase of a condition stands anywhere in the sentence.

        The words of a clause need not stand together, so of its phrases nothing is known.
        """
        if not condition.phrases:
            return False
        if condition.slot == "clause":
            return True
        if condition.joints.isdisjoint(self._joints):
            return False
        return _holds_any(condition.phrases, self._text)

    def _fits_form(self, token: Token, trigger: Trigger) -> tuple[Token, ...] | None:
        """Return the trigger's words when part of speech and particle are right."""
        if trigger.particle is not None and trigger.particle not in self._text:
            return None
        if not (_right_pos(token, trigger.pos) or _is_hyphened_noun(token, trigger)):
            return None
        if trigger.particle is None:
            return (token,)
        if trigger.pos == "noun":
            size = len(trigger.particle.split())
            before = token.doc[max(self.sentence.start, token.i - size) : token.i]
            return (
                (*before, token) if [t.lower_ for t in before] == trigger.particle.split() else None
            )
        particle = _particle(token, trigger.particle)
        return (token, *particle) if particle else None

    def _try(
        self, token: Token, trigger: Trigger, words: tuple[Token, ...], slots: Slots
    ) -> Match | None:
        """Check a frame's conditions and read its parties."""
        compiled = trigger.compiled
        extra = self._fulfilled(compiled, slots)
        if extra is None:
            return None
        match = Match(compiled, token, tuple(dict.fromkeys((*words, *extra))), slots)
        self._read_parties(match)
        lacking = lacks(match)
        if lacking:
            sought = ", ".join(compiled.frame.actor + compiled.frame.recipient)
            self._miss(compiled, token, f"no {lacking} found in {sought}")
            return None
        if not match.actors and match.event == UNCLAIMED:
            match.actors = self.reader.unknown([*slots.fill("subj"), *slots.fill("in")])
        match.score = _score(match, trigger)
        return match

    def _fulfilled(self, compiled: Compiled, slots: Slots) -> list[Token] | None:
        """Return the words that fulfil a frame's conditions, ``None`` when one is not.

        What words alone decide is asked first: to read parties costs more.
        """
        words: dict[int, list[Token]] = {}
        for when, unless in compiled.steps:
            for number, condition in when:
                held = self._holds(condition, slots)
                if held is None:
                    self._miss(compiled, slots.token, ("needs", condition))
                    return None
                words[number] = held if condition.slot != "gov" else []
            for condition in unless:
                if self._stops(condition, slots):
                    self._miss(compiled, slots.token, ("stopped by", condition))
                    return None
        return [t for number in sorted(words) for t in words[number]]

    def _stops(self, condition: Condition, slots: Slots) -> bool:
        """Whether a condition that a frame must not meet is met."""
        absent = condition.by_words and condition.words.isdisjoint(self._words)
        if absent and not self._has_phrase(condition):
            return False
        return self._holds(condition, slots, stops=True) is not None

    def _miss(self, compiled: Compiled, token: Token, why: str | tuple[str, Condition]) -> None:
        """Note why a frame did not fire."""
        self._missed.append((compiled, token, why))

    # -- conditions --------------------------------------------------------------

    def _holds(
        self, condition: Condition, slots: Slots, *, stops: bool = False
    ) -> list[Token] | None:
        """Return the words that satisfy a condition ([] when it is an absence), else ``None``.

        What stops a frame must stand in the trigger's own clause.
        """
        if condition.slot == "clause":
            clause = self._clause(slots.token, own=stops)
            found = clause.beside(slots.token, condition.words)
            return found if found or clause.has_phrase(condition) else None
        fillers = slots.fill(condition.slot)
        if condition.slot.endswith(".owner"):
            return [] if any(self.reader.owners(f, wide=True) for f in fillers) else None
        if not fillers:
            return [] if "none" in condition.kinds else None
        if "any" in condition.kinds:
            return []
        for filler in fillers:
            for token in conjuncts(filler):
                held = self._filler_holds(condition, token)
                if held is not None:
                    return held
        return None

    def _clause(self, token: Token, *, own: bool) -> _Clause:
        """Return the clause of a trigger; read once, for many frames ask for it."""
        key = (token.i if own else clause_head(token).i), own
        found = self._clauses.get(key)
        if found is None:
            found = self._own_clause(token) if own else _Clause.of(clause_words(token))
            self._clauses[key] = found
        return found

    def _own_clause(self, token: Token) -> _Clause:
        """Return a trigger's clause without others in it: mostly there are none."""
        tokens, whole = own_clause(token), self._clause(token, own=False)
        return whole if len(tokens) == len(whole.tokens) else _Clause.of(tokens)

    def _filler_holds(self, condition: Condition, token: Token) -> list[Token] | None:
        """Test one filler of a slot against a condition."""
        for head in _heads(token, self.reader):
            if head.lower_ in condition.words:
                return [head]
        possible = not condition.joints.isdisjoint(self._joints)
        if possible and _holds_any(condition.phrases, self._phrase(token)):
            return [token]
        if condition.kinds and self._kind_holds(condition, token):
            return []
        return None

    def _phrase(self, token: Token) -> str:
        """Return the words of a phrase in lower case."""
        found = self._phrases.get(token.i)
        if found is None:
            start, end = phrase(token)
            found = " ".join(t.lower_ for t in token.doc.tokens[start:end])
            self._phrases[token.i] = found
        return found

    def _kind_holds(self, condition: Condition, token: Token) -> bool:
        """Test what kind of thing a filler names."""
        kinds = condition.kinds
        types = self.event_types(token) if condition.by_event else set()
        if types and ("event" in kinds or types & kinds):
            return True
        if "infinitive" in kinds and _is_infinitive(token):
            return True
        if "place" in kinds and any(t.ent_type_ in PLACE_LABELS for t in conjuncts(token)):
            return True
        if "person" in kinds and token.ent_type_ == "PERSON":
            return True
        return any(_party_is(p, kinds) for p in self.reader.parties(token))

    # -- parties -----------------------------------------------------------------

    def _read_parties(self, match: Match) -> None:
        """Fill a match's actors and recipients from its frame's slots."""
        frame = match.compiled.frame
        match.actors = self._first(match.slots, frame.actor, exclude=[], wide=False)
        if not match.actors and (author := _author(match.trigger)) is not None:
            match.actors = self.reader.parties(author)
        others = self._first(match.slots, frame.recipient, exclude=match.actors, wide=True)
        if not others and frame.recipient and not frame.joint:
            others = self._deeper(match)
        if frame.joint:
            match.joined = [p for p in others if p.key not in {q.key for q in match.actors}]
            match.actors += match.joined
        else:
            match.recipients = others

    def _deeper(self, match: Match) -> list[Party]:
        """Return another country's party inside the object, or where it happened, as recipient.

        "Prevented a rally staged by students", "eased the curfew in Montenegro", "support for
        efforts to rebuild the Iraqi economy": nobody is named in the frame's slots, but one other
        party stands in what the act was done to or for.
        """
        told = (s for s in match.compiled.frame.recipient if "." not in s and s not in WHERE)
        heads = [
            h for slot in dict.fromkeys(("obj", "comp", *told)) for h in match.slots.fill(slot)
        ]
        inside = dict.fromkeys(t for h in heads for t in _near(h))
        for token in [*inside, *match.slots.fill("in")]:
            if self.reader.is_source(token):
                continue
            found = [
                p
                for p in self.reader.parties(token) or self.reader.inside(token)
                if _is_other(p, token, match.actors) and not self.reader.is_owned(p)
            ]
            if found:
                return found
        return []

    def _first(
        self, slots: Slots, names: Iterable[str], exclude: list[Party], *, wide: bool
    ) -> list[Party]:
        """Return the parties of the first slot that names any new one."""
        taken = {p.key for p in exclude}
        spots = {p.head for p in exclude}
        codes = {p.entity.code for p in exclude}
        for slot in names:
            found: list[Party] = []
            for filler in slots.fill(slot):
                found = [
                    p
                    for p in self._parties_of(filler, slot, wide=wide)
                    if p.key not in taken
                    and p.head not in spots
                    and not (p.entity.code in codes and self.reader.is_owned(p))
                ]
                if found:
                    return found
        return []

    def _parties_of(self, filler: Token, slot: str, *, wide: bool) -> list[Party]:
        """Return the parties a filler names or, unless forbidden, those inside it.

        Who does something must own the phrase ("Israeli helicopters"); to whom it is
        done may also stand in it ("deploy peacekeepers in Iraq"): ``wide``.
        """
        if slot.endswith(".owner"):
            return self.reader.owners(filler, wide=wide)
        found = self.reader.listed(filler)
        if not wide and slot.endswith(".of"):  # nobody acts by a part "of Beirut"
            found = [p for p in found if p.kind != "capital"]
        if found or slot.endswith("!"):
            return found
        return [p for token in conjuncts(filler) for p in self.reader.owners(token, wide=wide)]

    # -- overlaps ----------------------------------------------------------------

    def _consume(self, found: list[Match]) -> list[Match]:
        """Drop matches whose trigger is already a word of another match, or absorbed by it."""
        dropped: set[int] = set()
        for match in found:
            dropped |= {t.i for t in match.words if t != match.trigger}
            if match.compiled.frame.complement == "absorb":
                dropped |= set(_absorbed(match))
        dropped |= {m.trigger.i for m in found if m.compiled.frame.outcome and _joins(m, found)}
        return [m for m in found if m.trigger.i not in dropped]


def _joins(outcome: Match, found: list[Match]) -> bool:
    """Give an outcome's victims to the act that it is the outcome of; whether there is one."""
    for act in found:
        if act.event == outcome.event and not act.compiled.frame.outcome and _led_to(act, outcome):
            named = [p for p in outcome.recipients if p.entity.code]
            act.recipients = named or act.recipients or outcome.recipients
            return True
    return False


def _led_to(act: Match, outcome: Match) -> bool:
    """Whether one clause tells the act of another: "exploded, killing two", "when it shelled"."""
    told, done = outcome.trigger, act.trigger
    clause = done if done.pos_ == "VERB" else done.head
    participle = (
        told.tag_ == "VBG" and told.dep_ in ("advcl", "acl") and told.head in (done, clause)
    )
    temporal = clause.dep_ == "advcl" and clause.head == told and not outcome.actors
    marked = any(c.lower_ in OCCASIONS for c in clause.children)
    return participle or (temporal and marked)


def _is_other(party: Party, token: Token, actors: list[Party]) -> bool:
    """Whether a party that a word in an object names is not the actor's own, nor just anybody."""
    code = party.entity.code
    if party.key in {p.key for p in actors}:
        return False
    if code in {p.entity.code for p in actors}:
        return code is not None and party.kind in OTHERS and party.head == token.i
    return code is not None or party.plural


def _absorbed(match: Match) -> Iterator[int]:
    """Yield the tokens whose events are part of a match: its complement and its objects."""
    heads = [
        *match.slots.fill("comp"),
        *match.slots.fill("obj"),
        *match.slots.fill("to"),
        *match.slots.fill("on"),
        *match.slots.fill("for"),
    ]
    for head in heads:
        for token in conjuncts(head):
            yield token.i
            for inner in token.subtree:
                if inner.dep_ in (
                    "obj",
                    "xcomp",
                    "ccomp",
                    "conj",
                    "nmod",
                    "obl",
                    "acl",
                    "compound",
                ) and not _finite_below(inner, token):
                    yield inner.i


def _author(verb: Token) -> Token | None:
    """Return who issued what a participle speaks of: "sent a letter condemning Iran"."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ != "VBG" or noun.dep_ not in ("obj", "obl"):
        return None
    return logical_subject(noun.head) if noun.head.pos_ == "VERB" else None


def _near(head: Token) -> list[Token]:
    """Return the nouns below a phrase, nearest first, finite clauses left out."""
    found: list[Token] = []
    queue = [head]
    while queue and len(found) < MAX_NEAR:
        token = queue.pop(0)
        if token.pos_ in ("NOUN", "PROPN") and token != head:
            found.append(token)
        queue += [c for c in token.children if c.dep_ in NEAR and not _is_aside(c)]
    return found


def _is_aside(clause: Token) -> bool:
    """Whether a clause tells of something else: "since the army left", "after it fell"."""
    return any(c.dep_ in ("mark", "advmod") and c.lower_ in ASIDES for c in clause.children)


def _finite_below(token: Token, top: Token) -> bool:
    """Whether a token stands in a relative clause below another."""
    while token not in (top, token.head):
        if token.dep_ == "acl:relcl":
            return True
        token = token.head
    return False


def _is_politician(party: Party) -> bool:
    """Whether a party is one person in politics or an office, and no officer."""
    sectors = set(party.entity.sector)
    single = party.kind in ("person", "role") and not party.plural
    return single and bool(POLITICAL & sectors) and not ARMED & sectors


def _is_force(party: Party) -> bool:
    """Whether a party is a force or a band, not one officer: a general may visit."""
    return party.plural or party.kind not in ("person", "role") or party.entity.office is None


KIND_TESTS: dict[str, Callable[[Party], bool]] = {
    "actor": lambda _: True,
    "place": lambda party: party.kind in ("state", "capital", "region"),
    "person": lambda party: party.kind in ("person", "role", "people"),
    "armed": lambda party: not ARMED.isdisjoint(party.entity.sector) and _is_force(party),
    "press": lambda party: "JRN" in party.entity.sector,
    "politician": _is_politician,
    "figure": lambda party: (
        _is_politician(party) and (party.kind == "person" or bool(party.entity.office))
    ),
    "country": lambda party: bool(party.entity.code) and party.kind in STATE_KINDS,
}
"""What a party must be, by the test that a condition names."""


def _party_is(party: Party, kinds: frozenset[str]) -> bool:
    """Whether a party is of one of the kinds that a condition asks for."""
    return any(KIND_TESTS[kind](party) for kind in kinds if kind in KIND_TESTS)


def _is_infinitive(token: Token) -> bool:
    """Whether a verb stands in the infinitive with "to": "told them to leave"."""
    return token.tag_ == "VB" and any(c.lower_ == "to" for c in token.children)


def _is_hyphened_noun(token: Token, trigger: Trigger) -> bool:
    """Whether a token ends a noun written with hyphens, whatever its own tag ("a sit-in")."""
    return (
        trigger.pos == "noun"
        and bool(trigger.particle)
        and token.i > 0
        and (token.nbor(-1).text == "-")
    )


def _is_hyphened_modifier(token: Token) -> bool:
    """Whether a participle ends a compound: "Hungary-supporting", not "re-opened"."""
    if token.i < token.sent.start + 2 or token.nbor(-1).text != "-":
        return False
    return token.nbor(-2).pos_ in ("PROPN", "NOUN") and token.tag_ in ("VBG", "VBN", "NN", "JJ")


def _right_pos(token: Token, pos: str) -> bool:
    """Whether a token can be read as the part of speech a trigger asks for."""
    if pos == "verb":
        if _is_hyphened_modifier(token):
            return False
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound", "case"):
            return True
        if misread(token):
            return True
        gerund = token.tag_ in ("VBG", "VBN", "VBD", "VBZ", "VBP", "VB")
        return gerund and token.dep_ not in ("amod", "compound", "case", "aux", "aux:pass", "cop")
    if pos == "noun":
        return (
            token.pos_ in ("NOUN", "PROPN") and token.dep_ not in ("compound", "flat", "amod")
        ) or (token.tag_ == "VBG" and token.pos_ == "NOUN")
    return token.pos_ in ("ADJ", "VERB", "ADV") and (
        token.dep_ in ("ROOT", "ccomp", "conj", "xcomp", "acl:relcl", "parataxis", "advcl")
    )


def _particle(verb: Token, particle: str) -> tuple[Token, ...]:
    """Return the words of a verb's particle, one or two, when they follow it."""
    parts = particle.split()
    for candidate in verb.children:
        if (
            candidate.i > verb.i
            and candidate.lower_ == parts[0]
            and candidate.dep_ in ("compound:prt", "advmod", "obl", "case", "xcomp", "mark")
        ):
            rest = verb.doc[candidate.i + 1 : candidate.i + len(parts)]
            if [t.lower_ for t in rest] == parts[1:]:
                return (candidate, *rest)
    for index in range(verb.i + 1, min(verb.i + PARTICLE_REACH, len(verb.doc))):
        token = verb.doc[index]
        words = verb.doc[index : index + len(parts)]
        if [t.lower_ for t in words] == parts and (
            index == verb.i + 1 or token.dep_ in ("compound:prt", "advmod")
        ):
            return tuple(words)
    return ()


def _heads(token: Token, reader: PartyReader) -> list[Token]:
    """Return a phrase's head and, behind a word such as "thousands", the counted noun."""
    found = [token]
    if reader.words.has("transparent", token):
        found += [c for c in token.children if c.dep_.startswith("nmod") and case_of(c) == "of"]
    return found


def _joints(words: list[str]) -> frozenset[str]:
    """Return the space behind each word with the letters beside it, as ``Condition.joints``."""
    return frozenset(["", *[f"{a[-2:]} {b[:2]}" for a, b in pairwise(words)]])


def _holds_any(phrases: Iterable[str], text: str) -> bool:
    """Whether one of some phrases stands in a text."""
    for one in phrases:  # noqa: SIM110 - a generator costs more than what it would run
        if one in text:
            return True
    return False


def _reason(why: str | tuple[str, Condition]) -> str:
    """Say why a frame did not fire."""
    if isinstance(why, str):
        return why
    how, condition = why
    return f"{how} {condition.slot}: {_describe(condition)}"


def _describe(condition: Condition) -> str:
    """Say what a condition asks for, shortly."""
    words = sorted(condition.words)[:MAX_SHOWN]
    kinds = [f"<{k}>" for k in sorted(condition.kinds)]
    more = "..." if len(condition.words) > MAX_SHOWN else ""
    return ", ".join([*words, *condition.phrases[:2], *kinds]) + more


def lacks(match: Match) -> str | None:
    """Return what a match's frame needs and does not have."""
    needs = match.compiled.frame.needs
    if match.compiled.frame.joint and needs == "both":
        return None if len(match.actors) > 1 else "second party"  # both stand among the actors
    if needs in ("actor", "both") and not match.actors:
        return "actor"
    if needs in ("recipient", "both") and not match.recipients:
        return "recipient"
    if needs == "either" and not match.actors:
        only_named = match.trigger.tag_ in NAMING_FORMS
        return "party" if only_named or not match.recipients else None
    return None


def _rank(match: Match) -> tuple[bool, float]:
    """Return what decides between frames on one word: a user's own come first."""
    return match.compiled.own, match.score


def _score(match: Match, trigger: Trigger) -> float:
    """Weigh a match: the frame's own weight, how much it asked for, how much it found."""
    frame = match.compiled.frame
    asked = 0.3 * sum(
        1 for c in match.compiled.when if c.words or c.phrases or c.kinds - {"any", "none"}
    )
    found = 0.2 * bool(match.actors) + 0.2 * bool(match.recipients)
    return frame.weight * (1.0 + asked + found + 0.5 * (trigger.particle is not None))
