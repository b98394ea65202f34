"""Read a dependency tree the way a frame asks for it: subject, object, prepositions.

The functions take tokens of any spaCy ``Doc`` with Universal Dependencies labels
and know nothing of frames or parties. "Logical" means voice undone: the logical
subject of a passive is its by-phrase, its logical object the grammatical subject.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.language.tree import Token

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
OBLIQUE = frozenset({"obl", "obl:agent", "obl:unmarked", "obl:tmod", "nmod", "advcl", "obl:arg"})
CLAUSES = frozenset({"ccomp", "xcomp", "acl", "advcl"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
VERBAL = frozenset({"VERB", "AUX"})
PREDICATES = frozenset({"VERB", "AUX", "ADJ"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
MODIFIERS = frozenset({"amod", "acl", "compound", "nmod", "flat", "advmod"})
"""Relations a finite verb never has; where it has one, the parse is wrong and the tag right."""
OUTSIDE = (
    "acl",
    "conj",
    "cc",
    "punct",
    "parataxis",
    "appos",
    "advcl",
    "ccomp",
    "case",
    "mark",
    "cop",
    "nsubj",
    "aux",
    "obl",
    "advmod",
)
"""Relations, or their beginnings, of what hangs on a phrase and is no part of it."""
MAX_SHARED = 3
"""Words between two verbs that share an object at most."""
MAX_CLIMB = 6
"""Steps a shared subject is looked for upwards; deeper trees are parse errors."""


def child(token: Token, *labels: str) -> Token | None:
    """Return the first child with one of the labels."""
    for one in token.children:  # no generator: nothing is asked more often
        if one.dep_ in labels:
            return one
    return None


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children with one of the labels, in the order of the text."""
    return [c for c in token.children if c.dep_ in labels]


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive: "was seized", "the ship seized by"."""
    if child(verb, "nsubj:pass", "aux:pass") is not None:
        return True
    if verb.tag_ != "VBN" or child(verb, "aux", "nsubj", "obj") is not None:
        return False
    if verb.dep_ in ("acl", "advcl", "amod", "ROOT"):
        return True
    return verb.dep_ == "conj" and verb.head.tag_ == "VBN" and is_passive(verb.head)


def surface_subject(verb: Token, depth: int = 0) -> Token | None:
    """Return the grammatical subject, shared ones included, whatever the voice."""
    own = child(verb, "nsubj", "nsubj:pass", "nsubj:outer")
    if own is not None:
        return antecedent(verb) or own if own.lower_ in RELATIVE else own
    if depth > MAX_CLIMB or verb.head == verb:
        return _fronted(verb)
    if misread(verb):
        return noun_before(verb)
    if (
        verb.dep_ == "acl"
        and verb.tag_ == "VBG"
        and _links_object(verb)
        and verb.head.dep_ == "obj"
    ):
        return verb.head if verb.head.pos_ == "PROPN" else _modified_noun(verb, depth)
    if verb.dep_.startswith("acl"):
        return _modified_noun(verb, depth)
    return _inherited_subject(verb, depth)


def misread(verb: Token) -> bool:
    """Whether the parser took a finite verb for a modifier: "Turkey resumed/amod trade"."""
    return (
        verb.tag_ in FINITE
        and verb.dep_ in MODIFIERS
        and child(verb, "nsubj", "nsubj:pass", "aux") is None
        and noun_before(verb) is not None
    )


def _fronted(verb: Token) -> Token | None:
    """Return a subject that the parser hung on a phrase before it: "Along with X, Y attended"."""
    finite = verb.tag_ in FINITE or child(verb, "obj") is not None
    if not finite or verb.dep_ != "ROOT":
        return None
    phrases = (c for c in verb.children if c.dep_ == "obl" and c.i < verb.i)
    return next((a for p in phrases if (a := child(p, "appos", "conj")) is not None), None)


def noun_before(verb: Token) -> Token | None:
    """Return the noun right before a verb, adverbs between them left out."""
    for index in range(verb.i - 1, max(verb.sent.start, verb.i - 3) - 1, -1):
        token = verb.doc[index]
        if token.pos_ in ("NOUN", "PROPN"):
            return token
        if token.pos_ != "ADV":
            return None
    return None


def _inherited_subject(verb: Token, depth: int) -> Token | None:
    """Return the subject that a verb without one takes from the predicate above it."""
    head = verb.head
    predicate = head.pos_ in PREDICATES
    if (
        head.dep_ in ("advmod", "xcomp")
        and head.pos_ in ("ADJ", "ADV")
        and not _has_finite_mark(verb)
    ):
        return surface_subject(head.head, depth + 1)  # "stopped short of condemning"
    if verb.dep_ == "conj" and (predicate or child(head, "nsubj", "nsubj:pass") is not None):
        return surface_subject(head, depth + 1)
    if verb.dep_ == "xcomp":
        return controller(head, depth)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and _links_object(verb):
        return controller(head, depth)  # "accused X of shelling", "stopped X from entering"
    if verb.dep_ in ("advcl", "ccomp") and predicate and not _has_finite_mark(verb):
        return surface_subject(head, depth + 1)
    return None


def controller(head: Token, depth: int = 0) -> Token | None:
    """Return who does the infinitive that ``head`` governs: "asked B to release"."""
    if head.pos_ == "ADJ" or is_passive(head):
        return surface_subject(head, depth + 1)
    obj = child(head, "obj", "iobj")
    return obj if obj is not None else surface_subject(head, depth + 1)


def _links_object(verb: Token) -> bool:
    """Whether a gerund hangs on "of", "from" or "into", so that the object does it."""
    mark = child(verb, "mark", "case")
    return mark is not None and mark.lower_ in ("of", "from", "into")


def _has_finite_mark(verb: Token) -> bool:
    """Whether a clause opens with a word that asks for a subject of its own."""
    mark = child(verb, "mark")
    return mark is not None and mark.lower_ in ("that", "if", "because")


def _modified_noun(verb: Token, depth: int) -> Token | None:
    """Return the subject of a clause that modifies a noun."""
    noun = verb.head
    infinitive = verb.tag_ == "VB" or child(verb, "mark") is not None  # "a plan for sending"
    if infinitive:
        owner = child(noun, "nmod:poss")
        governor = noun.head
        if owner is not None:
            return owner
        return surface_subject(governor, depth + 1) if governor.pos_ in VERBAL else noun
    if verb.dep_ == "acl:relcl" and child(verb, "nsubj", "nsubj:pass") is not None:
        return None
    return noun


def antecedent(verb: Token) -> Token | None:
    """Return the noun that a relative clause (or a verb joined to one) is about."""
    for _ in range(MAX_CLIMB):
        if verb.dep_ == "acl:relcl":
            return verb.head
        if verb.dep_ not in ("conj", "xcomp", "ccomp") or verb.head == verb:
            return None
        verb = verb.head
    return None


def logical_subject(verb: Token) -> Token | None:
    """Return who does it."""
    if is_passive(verb):
        return child(verb, "obl:agent") or prepositional(verb, "by")
    return surface_subject(verb)


def logical_object(verb: Token) -> Token | None:
    """Return to whom it is done."""
    if is_passive(verb):
        modifies = verb.dep_ in ("acl", "amod") and child(verb, "nsubj:pass") is None
        return retained(verb) or (verb.head if modifies else surface_subject(verb))
    obj = child(verb, "obj") or child(verb, "iobj")
    if obj is not None:
        return antecedent(verb) or obj if obj.lower_ in RELATIVE else obj
    named = child(verb, "xcomp")
    if named is not None and named.pos_ == "PROPN":
        return named  # "called Foreign Minister X": a name is no predicate
    if _is_gap(verb) or (misread(verb) and verb.head.i > verb.i):
        return verb.head
    return _shared_object(verb)


def retained(verb: Token) -> Token | None:
    """Return the object that a passive keeps: "was denied entry", "were given two days"."""
    return child(verb, "obj") if is_passive(verb) and child(verb, "nsubj:pass") else None


def _is_gap(verb: Token) -> bool:
    """Whether a relative clause lacks its object: "the city that rebels seized"."""
    subject = child(verb, "nsubj")
    return verb.dep_ == "acl:relcl" and subject is not None and subject.lower_ not in RELATIVE


def _shared_object(verb: Token) -> Token | None:
    """Return the object of a verb joined right after this one: "attacked and seized the town"."""
    if child(verb, "obl", "ccomp", "xcomp") is not None:
        return None
    near = [c for c in children(verb, "conj") if c.i - verb.i <= MAX_SHARED]
    return next((obj for c in near if (obj := child(c, "obj")) is not None), None)


def case_of(token: Token) -> str:
    """Return the preposition that introduces a phrase, "" when there is none."""
    marker = child(token, "case", "mark")
    if marker is None:
        return ""
    if not marker.children:
        return marker.lower_
    fixed = children(marker, "fixed")
    return " ".join([marker.lower_, *(f.lower_ for f in fixed)])


def prepositional(token: Token, preposition: str) -> Token | None:
    """Return the phrase with this preposition attached to a word."""
    return next(prepositionals(token, preposition), None)


def prepositionals(token: Token, preposition: str) -> Iterator[Token]:
    """Yield the phrases with this preposition attached to a word."""
    for candidate in token.children:
        if candidate.dep_ in OBLIQUE or candidate.dep_.startswith(("obl", "nmod")):
            case = case_of(candidate)
            if case == preposition or (" " in case and case.split(" ", 1)[0] == preposition):
                yield candidate


def complement(token: Token) -> Token | None:
    """Return the head of the clause that a word governs: "agreed to send", "plan to send"."""
    found = child(token, "ccomp", "xcomp")
    if found is not None:
        return found
    for candidate in token.children:
        if candidate.dep_ in ("acl", "advcl") and candidate.i > token.i:
            mark = child(candidate, "mark")
            if mark is not None and mark.lower_ in (
                "to",
                "of",
                "for",
                "from",
                "with",
                "into",
                "that",
                "by",
                "on",
                "in",
                "at",
                "against",
            ):
                return candidate
            if candidate.tag_ == "VB":
                return candidate
    obj = child(token, "obj")
    return complement(obj) if obj is not None and token.pos_ in VERBAL else None


def conjuncts(token: Token) -> list[Token]:
    """Return a word and the words coordinated with it."""
    found = [token]
    for other in token.children:
        if other.dep_ == "conj":
            found += conjuncts(other)
    return found


def phrase(token: Token) -> tuple[int, int]:
    """Return the first and last + 1 token index of a phrase, clauses and lists left out."""
    left, right = token.i, token.i
    stack = [token]
    while stack:
        current = stack.pop()
        left, right = min(left, current.i), max(right, current.i)
        stack += [c for c in current.children if not c.dep_.startswith(OUTSIDE)]
    return left, right + 1


def governor(token: Token) -> Token:
    """Return the predicate whose clause a word stands in."""
    current = token
    for _ in range(12):
        if current.pos_ in VERBAL and current.dep_ not in ("aux", "aux:pass", "cop", "amod"):
            return current
        if current.head == current:
            return current
        current = current.head
    return current
