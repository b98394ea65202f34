"""Which frames fire on a sentence, and why the others did not.

``FrameMatcher`` looks up each word in the lexicon's index, checks the frame's
conditions against the trigger's slots, reads its parties, and keeps the best
frame on each trigger. It decides nothing about time, negation or who says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from dragoman.coding.what.clauses import case_of, conjuncts, logical_subject, misread, phrase
from dragoman.coding.what.slots import Slots, clause_words, own_clause

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Span, Token

    from dragoman.coding.who.parties import PartyReader
    from dragoman.coding.who.party import Party
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
        self.misses: list[NearMiss] = []
        self._events: dict[int, set[str]] = {}
        self._found: dict[int, Match] = {}

    def matches(self) -> list[Match]:
        """Return the best frame of every trigger that has one, in the order of the text.

        Words later in the sentence are matched first, so that a frame can ask
        what event its complement reports.
        """
        found: list[Match] = []
        for token in sorted(self.sentence, key=lambda t: -t.i):
            best = self._best(token)
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

    def _best(self, token: Token) -> Match | None:
        """Return the frame that fits a token best."""
        best: Match | None = None
        for trigger in self.lexicon.triggers.get(token.lower_, ()):
            words = self._fits_form(token, trigger)
            if words is None:
                continue
            match = self._try(token, trigger, words)
            if match is not None and (best is None or _rank(match) > _rank(best)):
                best = match
        return best

    def _fits_form(self, token: Token, trigger: Trigger) -> tuple[Token, ...] | None:
        """Return the trigger's words when part of speech and particle are right."""
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

    def _try(self, token: Token, trigger: Trigger, words: tuple[Token, ...]) -> Match | None:
        """Check a frame's conditions and read its parties."""
        compiled = trigger.compiled
        slots = Slots(
            token, trigger.pos, self.lexicon, trigger.particle if trigger.pos == "verb" else None
        )
        extra: list[Token] = []
        for condition in compiled.when:
            held = self._holds(condition, slots)
            if held is None:
                return self._miss(
                    compiled, token, f"needs {condition.slot}: {_describe(condition)}"
                )
            extra += held if condition.slot != "gov" else []
        for condition in compiled.unless:
            if self._holds(condition, slots, stops=True) is not None:
                return self._miss(
                    compiled, token, f"stopped by {condition.slot}: {_describe(condition)}"
                )
        match = Match(compiled, token, tuple(dict.fromkeys((*words, *extra))), slots)
        self._read_parties(match)
        lacking = lacks(match)
        if lacking:
            return self._miss(
                compiled,
                token,
                f"no {lacking} found in "
                + ", ".join(compiled.frame.actor + compiled.frame.recipient),
            )
        if not match.actors and match.event == UNCLAIMED:
            match.actors = self.reader.unknown([*slots.fill("subj"), *slots.fill("in")])
        match.score = _score(match, trigger)
        return match

    def _miss(self, compiled: Compiled, token: Token, reason: str) -> Match | None:
        """Note why a frame did not fire, and return that nothing did."""
        self.misses.append(NearMiss(compiled.id, token.text, reason))
        return None

    # -- conditions --------------------------------------------------------------

    def _holds(
        self, condition: Condition, slots: Slots, *, stops: bool = False
    ) -> list[Token] | None:
        """Return the words that satisfy a condition ([] when it is an absence), else ``None``.

        What stops a frame must stand in the trigger's own clause.
        """
        if condition.slot == "clause":
            clause = own_clause(slots.token) if stops else clause_words(slots.token)
            words = [t for t in clause if t.i != slots.token.i]
            found = [t for t in words if t.lower_ in condition.words][:1]
            text = " ".join(t.lower_ for t in clause)
            return found if found or any(p in text for p in condition.phrases) else None
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

    def _filler_holds(self, condition: Condition, token: Token) -> list[Token] | None:
        """Test one filler of a slot against a condition."""
        for head in _heads(token, self.reader):
            if head.lower_ in condition.words:
                return [head]
        if condition.phrases:
            start, end = phrase(token)
            text = " ".join(t.lower_ for t in token.doc[start:end])
            if any(p in text for p in condition.phrases):
                return [token]
        if condition.kinds and self._kind_holds(condition.kinds, token):
            return []
        return None

    def _kind_holds(self, kinds: frozenset[str], token: Token) -> bool:
        """Test what kind of thing a filler names."""
        types = (
            self.event_types(token)
            if "event" in kinds or any(k.isupper() for k in kinds)
            else set()
        )
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


def _party_is(party: Party, kinds: frozenset[str]) -> bool:
    """Whether a party is of one of the kinds that a condition asks for."""
    tests = {
        "actor": True,
        "place": party.kind in ("state", "capital", "region"),
        "person": party.kind in ("person", "role", "people"),
        "armed": bool(ARMED & set(party.entity.sector)) and _is_force(party),
        "press": "JRN" in party.entity.sector,
        "politician": _is_politician(party),
        "figure": _is_politician(party) and (party.kind == "person" or bool(party.entity.office)),
        "country": bool(party.entity.code) and party.kind in STATE_KINDS,
    }
    return any(tests.get(kind, False) for kind in kinds)


def _is_politician(party: Party) -> bool:
    """Whether a party is one person in politics or an office, and no officer."""
    sectors = set(party.entity.sector)
    single = party.kind in ("person", "role") and not party.plural
    return single and bool(POLITICAL & sectors) and not ARMED & sectors


def _is_force(party: Party) -> bool:
    """Whether a party is a force or a band, not one officer: a general may visit."""
    return party.plural or party.kind not in ("person", "role") or party.entity.office is None


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
