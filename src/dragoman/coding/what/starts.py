"""Whether a word can start a frame: its part of speech, its particle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import misread

if TYPE_CHECKING:
    from dragoman.language.tree import Token
    from dragoman.lexicon import Trigger

PARTICLE_REACH = 4
"""Words between a verb and its particle at most: "put the talks off"."""


def right_pos(token: Token, pos: str) -> bool:
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


def is_hyphened_noun(token: Token, trigger: Trigger) -> bool:
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


def particle_of(verb: Token, particle: str) -> tuple[Token, ...]:
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
