"""What else a cue governs: an infinitive, a predicate, a prepositional phrase, an object.

Here somebody has a mind about something ("wants to leave", "called it a mistake", "backs the
plan") or names what happened ("reported an explosion"). Each function returns the tokens of
what is said, none when the cue governs nothing of the kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.said.reach import before_next_act
from dragoman.coding.what.clauses import case_of, child, is_passive

if TYPE_CHECKING:
    from dragoman.coding.said.cues import Cues
    from dragoman.coding.said.reach import Part
    from dragoman.coding.said.statement import Way
    from dragoman.language.tree import Token

AFTER_OBJECT = frozenset({"obl", "advcl", "xcomp", "acl", "nmod"})
PHRASES = ("obl", "advcl", "nmod", "xcomp")
NOUN_CLAUSES = frozenset({"acl", "ccomp", "advcl", "csubj"})
MARKS = ("case", "mark")


def infinitive_of(verb: Token, part: Part) -> list[Token]:
    """Return the infinitive that a verb governs: "refused to leave", "is expected to win"."""
    clause = child(verb, "xcomp", "ccomp", "advcl")
    if clause is None or not has_to(clause) or not part.words.verbs.take("infinitive", verb.lower_):
        return []
    return [*_of_whom(verb), *clause.subtree]


def predicate_of(verb: Token, part: Part) -> list[Token]:
    """Return what somebody or something is called: "called the plan a mistake"."""
    clause = child(verb, "xcomp")
    if clause is None or has_to(clause) or not part.words.verbs.take("predicate", verb.lower_):
        return []
    return [*_of_whom(verb), *clause.subtree]


def phrase_of(verb: Token, part: Part) -> list[Token]:
    """Return what a prepositional phrase holds: "warned of war", "accused X of lying"."""
    for c in verb.children:
        case = case_of(c) if c.i > verb.i and c.dep_.startswith(PHRASES) else ""
        if case and part.words.verbs.take(case, verb.lower_):
            return [*_of_whom(verb), *without_case(c)]
    return []


def object_of(verb: Token, part: Part) -> list[Token]:
    """Return what a verb has as its object: "announced the withdrawal"."""
    obj = _whom(verb)
    if obj is None or not part.words.verbs.take("object", verb.lower_):
        return []
    if complement_of(obj, part.words.nouns)[1]:
        return []  # "expressed the hope that": the noun is the cue
    rest = (c for c in verb.children if c.i > max(obj.i, verb.i) and c.dep_ in AFTER_OBJECT)
    said = [*obj.subtree, *(t for c in rest if not _after_comma(c) for t in c.subtree)]
    return before_next_act(said, part)


def complement_of(word: Token, cues: Cues) -> tuple[Way, list[Token]]:
    """Return the clause, infinitive or phrase that a noun or adjective governs, and which it is."""
    for c in word.children:
        case = case_of(c) if c.i > word.i else ""
        if c.i > word.i and _is_clause(c, case) and cues.take("clause", word.lower_):
            return "noun", list(c.subtree)
        if c.i > word.i and has_to(c) and cues.take("infinitive", word.lower_):
            return "infinitive", list(c.subtree)
        if case and cues.take(case, word.lower_):
            return "event" if case == "of" else "object", without_case(c)
    return "noun", []


def _is_clause(word: Token, case: str) -> bool:
    """Whether a word heads a clause of its own: "that the talks failed"."""
    bare = not case and word.dep_ == "ccomp" and child(word, "nsubj") is not None
    return word.dep_ in NOUN_CLAUSES and (case == "that" or bare)


def _whom(verb: Token) -> Token | None:
    """Return whom or what a verb is about: its object, of a passive its subject."""
    return child(verb, "nsubj:pass") if is_passive(verb) else child(verb, "obj")


def _of_whom(verb: Token) -> list[Token]:
    """Return the words that name whom or what a verb is about."""
    whom = _whom(verb)
    return list(whom.subtree) if whom is not None else []


def without_case(head: Token) -> list[Token]:
    """Return the words of a phrase, its preposition left out."""
    return [t for t in head.subtree if t.dep_ not in MARKS or t.head != head]


def _after_comma(clause: Token) -> bool:
    """Whether a comma stands before a clause."""
    left = clause.left_edge
    return left.text == "," or (left.i > 0 and left.nbor(-1).text == ",")


def has_to(clause: Token) -> bool:
    """Whether a clause is an infinitive with "to"."""
    return any(c.dep_ == "mark" and c.lower_ == "to" for c in clause.children)
