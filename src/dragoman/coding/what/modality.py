"""Whether an event happened: negated, future, hypothetical or historical (PLOVER 2.3).

Read from the trigger upwards: its own auxiliaries and adverbs first, then each
predicate that governs it, as long as the path does not leave what is said about it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import children
from dragoman.language.forms import verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from spacy.tokens import Token

    from dragoman.record import Aux

VERB_LISTS = (
    "future_verbs",
    "hypothetical_verbs",
    "negating_verbs",
    "occurrence_verbs",
    "refusal_verbs",
)
GOVERNED = frozenset(
    {
        "xcomp",
        "ccomp",
        "obj",
        "obl",
        "nsubj",
        "nsubj:pass",
        "nmod",
        "acl",
        "advcl",
        "conj",
        "compound",
    }
)
FINITE_MARKS = frozenset({"since", "after", "because", "when", "while", "as"})
ARGUMENTS = ("nsubj", "nsubj:pass", "obj")
NEGATING = frozenset({"advmod", "det", "neg", "cc:preconj"})
"""Relations of words that negate what they stand beside."""
MAX_STEPS = 5


@dataclass(frozen=True)
class ModalWords:
    """The word lists of ``modality.yaml``, verbs in every form."""

    lists: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, raw: Mapping[str, Iterable[str]]) -> ModalWords:
        """Expand the verbs of the lists to their forms."""
        expanded = {
            name: frozenset(
                f for w in words for f in (verb_forms(w) if name in VERB_LISTS else (w,))
            )
            for name, words in raw.items()
        }
        return cls(expanded)

    def has(self, name: str, token: Token) -> bool:
        """Whether a token stands in a list."""
        return token.lower_ in self.lists[name]


def modes_of(trigger: Token, words: ModalWords, light: frozenset[str]) -> set[Aux]:
    """Return the auxiliary modes that the sentence gives to the event of a trigger.

    Args:
        trigger: the event's word.
        words: the modal words.
        light: forms of verbs that say that the event of their noun takes place ("hold", "begin").
    """
    found: set[Aux] = set()
    token, previous = trigger, trigger
    for step in range(MAX_STEPS):
        found |= _at(token, words, is_trigger=step == 0, came_from=previous)
        beside = token.dep_ == "advmod" and previous.dep_ in ("advcl", "xcomp", "ccomp")
        if token.head == token or not (token.dep_ in GOVERNED or beside):
            break  # beside: "would not go so far as to blame"
        previous, token = token, token.head
        found |= _governs(token, previous, words)
        if not _carries(previous, words, light):
            break
    return _settled(found)


def _settled(found: set[Aux]) -> set[Aux]:
    """Return what is left of modes that say the same: "were to ask" is no plan."""
    return found - {"future"} if "hypothetical" in found else found


def is_conditional(trigger: Token, words: ModalWords) -> bool:
    """Whether an "unless", "if" or "should X do" clause hangs on a trigger's clause."""
    clauses = [c for t in (trigger, trigger.head) for c in t.children if c.dep_ == "advcl"]
    opening = (t for clause in clauses for t in children(clause, "mark", "aux"))
    return any(words.has("conditions", t) and t.i <= t.head.i for t in opening)


def _carries(token: Token, words: ModalWords, light: frozenset[str]) -> bool:
    """Whether what holds of a word's governor can hold of the word: not across "after", "said"."""
    head = token.head
    if token.dep_ == "conj":
        contrast = any(c.dep_ == "cc" and words.has("contrast", c) for c in token.children)
        return (
            not contrast
            and token.pos_ == head.pos_
            and not any(c.dep_.startswith("nsubj") for c in token.children)
        )
    if token.dep_ == "ccomp":
        return (
            head.lower_
            in words.lists["hypothetical_verbs"]
            | words.lists["negating_verbs"]
            | words.lists["future_verbs"]
        )
    if token.dep_ == "advcl":
        return any(
            c.dep_ == "mark" and c.lower_ in ("to", "of", "from", "for") for c in token.children
        )
    if token.dep_ in ("obj", "obl", "nsubj", "nsubj:pass"):
        return head.lower_ in light or words.has("occurrence_verbs", head)
    return token.dep_ != "nmod"


def _at(token: Token, words: ModalWords, *, is_trigger: bool, came_from: Token) -> set[Aux]:
    """Return what a word's own auxiliaries, adverbs, determiners and conjunctions say."""
    found: set[Aux] = set()
    if not is_trigger and token.pos_ == "VERB" and came_from.dep_ == "advcl":
        return found
    for c in token.children:
        if c.dep_ in ("aux", "aux:pass"):
            found |= _auxiliary(c, token, words)
        elif c.dep_ in NEGATING and c.i < token.i and _negates(c, words):
            found.add("negated")
        elif c.dep_ == "mark" and words.has("conditionals", c):
            found.add("hypothetical")
        elif c.dep_ == "mark" and words.has("future_adjectives", c):
            found.add("future")  # "is due to receive": "due to" is read as a preposition
        elif c.dep_ in ("amod", "advmod") and is_trigger and token.pos_ in ("NOUN", "PROPN"):
            found |= _adjective(c, words)
    if any(_is_nobody(c, words) for c in children(token, "nsubj", "nsubj:pass")):
        found.add("negated")
    return found | _of_trigger(token, words) if is_trigger else found


def _of_trigger(token: Token, words: ModalWords) -> set[Aux]:
    """Return what a trigger's subject and object and its infinitive say."""
    found: set[Aux] = set()
    if any(_is_nobody(c, words) for c in children(token, *ARGUMENTS)):
        found.add("negated")
    if _is_arranged(token, words):
        found.add("future")
    if _purpose_of_noun(token):
        found.add("hypothetical")
    return found


def _negates(token: Token, words: ModalWords) -> bool:
    """Whether an adverb or determiner negates: "not", "no longer"; not "not only"."""
    focus = any(c.dep_ == "fixed" or words.has("focus", c) for c in token.children)
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if words.has("negators", token):
        return not focus and not words.has("focus", after)
    return token.dep_ == "advmod" and any(words.has("negators", c) for c in token.children)


def _is_nobody(token: Token, words: ModalWords) -> bool:
    """Whether a subject or object is nobody: "no soldiers", "not one of them", "none"."""
    if words.has("nobody", token):
        return True
    return any(
        words.has("negators", c) and _negates(c, words)
        for c in children(token, "det", "advmod", "cc:preconj")
    )


def _auxiliary(aux: Token, verb: Token, words: ModalWords) -> set[Aux]:
    """Return what an auxiliary says of its verb."""
    if words.has("hypothetical_aux", aux):
        return {"hypothetical"}
    if not words.has("future_aux", aux):
        return set()
    perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)
    return {"hypothetical"} if aux.lower_ == "would" and perfect else {"future"}


def _adjective(token: Token, words: ModalWords) -> set[Aux]:
    """Return what an adjective says of the event its noun names."""
    found: set[Aux] = set()
    if words.has("future_adjectives", token):
        found.add("future")
    if words.has("hypothetical_adjectives", token):
        found.add("hypothetical")
    if words.has("negating_adjectives", token):
        found.add("negated")
    if words.has("historical_words", token):
        found.add("historical")
    return found


def _is_arranged(token: Token, words: ModalWords) -> bool:
    """Whether an infinitive says what is arranged: "Iran, Russia to increase", "is to visit"."""
    to = any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in token.children)
    arranged = token.dep_ in ("ROOT", "acl") or any(
        c.dep_ in ("cop", "aux") and words.has("arranging", c) for c in token.children
    )
    return to and arranged and any(c.dep_.startswith("nsubj") for c in token.children)


def _purpose_of_noun(token: Token) -> bool:
    """Whether a verb only says what a thing is for: "a truce to evacuate civilians"."""
    to = any(c.lower_ == "to" and c.dep_ == "mark" for c in token.children)
    subject = any(c.dep_.startswith("nsubj") for c in token.children)
    return to and not subject and token.dep_ == "acl" and token.head.pos_ == "NOUN"


def _governs(head: Token, dependent: Token, words: ModalWords) -> set[Aux]:
    """Return what a governing word says of what it governs."""
    found: set[Aux] = set()
    clausal = _is_complement(head, dependent)
    judged = any(c.dep_ == "xcomp" for c in head.children)  # "the visit is considered important"
    nominal = (dependent.dep_ in ("obj", "nsubj:pass") and not judged) or (
        dependent.dep_ in ("obl", "nmod")
        and _case(dependent) in ("for", "of", "from", "to", "against", "on")
    )
    if head.pos_ in ("VERB", "AUX", "ADJ", "ADV") and (clausal or nominal):
        if words.has("negating_verbs", head) or words.has("unable", head):
            found.add("negated")
        elif words.has("hypothetical_verbs", head):
            found.add("hypothetical")
        elif (words.has("future_verbs", head) and clausal) or (
            head.pos_ == "ADJ" and words.has("future_adjectives", head)
        ):
            found.add("future")
    if head.pos_ == "NOUN" and (
        (clausal and dependent.dep_ != "advcl") or dependent.dep_ in ("nmod", "compound")
    ):
        if words.has("negating_nouns", head):
            found.add("negated")
        elif (
            words.has("hypothetical_nouns", head)
            or head.lower_.rstrip("s") in words.lists["hypothetical_nouns"]
        ):
            found.add("hypothetical")
    if dependent.dep_ in ("obl", "obj", "nmod") and any(
        words.has("negators", c) for c in children(dependent, "case", "det")
    ):
        found.add("negated")
    return found


def _is_complement(head: Token, dependent: Token) -> bool:
    """Whether a clause is what a word governs, not told beside it: "a bid, since he left"."""
    if dependent.dep_ not in ("xcomp", "ccomp", "acl", "advcl"):
        return False
    if dependent.dep_ == "ccomp" and dependent.i < head.i:
        return False  # "Mali accused Togo, a charge it denied": the accusation stands
    return not any(c.lower_ in FINITE_MARKS for c in dependent.children)


def _case(token: Token) -> str:
    """Return a phrase's preposition."""
    return next((c.lower_ for c in token.children if c.dep_ == "case"), "")
