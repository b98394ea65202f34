"""From a frame that fired to what it means: type, modes, CAMEO code, auxiliary modes.

Here the ontology's rules between types apply: a meeting to come is an AGREE, a
refused one a REJECT, an attack that its author announces a THREATEN.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import conjuncts, phrase
from dragoman.coding.what.codes import Codes
from dragoman.coding.what.match import Inner
from dragoman.coding.what.slots import clause_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.coding.what.match import Match
    from dragoman.coding.what.modality import ModalWords
    from dragoman.language.tree import Token
    from dragoman.lexicon import Lexicon
    from dragoman.ontology import Ontology
    from dragoman.record import Aux

ORDER: tuple[Aux, ...] = ("historical", "future", "hypothetical", "negated")
BREAK = re.compile("[ -]")
"""What parts the words of a phrase."""
CONFLICT_QUADS = frozenset({3, 4})


@dataclass(frozen=True)
class Reading:
    """What a match means."""

    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    cameo: str | None
    aux: tuple[Aux, ...]


class Interpreter:
    """Applies the ontology's rules; made once for a coder."""

    def __init__(self, ontology: Ontology, lexicon: Lexicon, modal: ModalWords) -> None:
        """Keep the ontology and compile its context words."""
        self.ontology = ontology
        self.modal = modal
        self.lexicon = lexicon
        self.codes = Codes(ontology)
        self._cues = {event: _cues(modes) for event, modes in lexicon.cues.items()}
        self._words: dict[str, list[str]] = {}
        self._phrases: dict[str, list[tuple[str, str]]] = {}
        """Context phrases with their contexts, by their first word."""
        for name, words in ontology.context_words.items():
            for word in words:
                if " " in word or "-" in word:
                    first = BREAK.split(word, maxsplit=1)[0]
                    self._phrases.setdefault(first, []).append((f" {word}", name))
                else:
                    self._words.setdefault(word, []).append(name)

    def read(
        self,
        match: Match,
        aux: set[Aux],
        inner: Inner | None,
        *,
        own_announcement: bool,
        conditional: bool,
    ) -> Reading:
        """Return what a match means.

        Args:
            match: the frame that fired.
            aux: what the sentence says of its time and truth.
            inner: the event in its complement or object, if any.
            own_announcement: whether the actor itself says so ("X said it would").
            conditional: whether an "unless" or "if" hangs on it.
        """
        frame = match.compiled.frame
        event, modes = match.event, tuple(frame.mode)
        if any(word.dep_ == "aux" for word in match.words):
            aux = aux - {"future", "hypothetical"}  # "would block": the frame asks for it
        if match.compiled.asks_no:
            aux = aux - {"negated"}
        if frame.promise and inner is not None:
            event = self.ontology.promised.get(inner[0], event)
        changed, aux = self._by_aux(
            event, set(aux), own_announcement=own_announcement, conditional=conditional, match=match
        )
        if changed != match.event:
            modes = self._mode_of(changed, match, inner or Inner(match.event, modes, frame.cameo))
            event = changed
        elif frame.mode_from == "comp":
            modes = self._mode_of(event, match, inner)
        modes = modes or self._cued(event, match)
        if event == match.event and frame.mode and event in self.lexicon.cues:
            modes = tuple(dict.fromkeys((*modes, *self._cued(event, match))))
        cameo = self.codes.code(match, event, modes, inner)
        return Reading(
            event,
            modes,
            self._contexts(match, frame.context),
            cameo,
            tuple(a for a in ORDER if a in aux),
        )

    def _by_aux(
        self, event: str, aux: set[Aux], *, own_announcement: bool, conditional: bool, match: Match
    ) -> tuple[str, set[Aux]]:
        """Change a type by what is said of its time and truth."""
        refusing = "negated" in aux and ("future" in aux or self._refused(match.trigger))
        if refusing and event in self.ontology.refused:
            return "REJECT", aux - {"negated", "future"}
        if "future" not in aux or "negated" in aux:
            return event, aux - {"future"}  # what will not happen is not to come
        dire = event != "THREATEN" and self.ontology.promised.get(event) == "THREATEN"
        if conditional and own_announcement and event in ("RETREAT", "CONCEDE", "AID", "COOPERATE"):
            return event, aux
        if dire and (own_announcement or (conditional and match.actors)):
            return "THREATEN", aux - {"future", "hypothetical"}
        if event in self.ontology.future:
            return self.ontology.future[event], aux - {"future"}
        return event, aux

    def _refused(self, trigger: Token) -> bool:
        """Whether a refusing verb governs the trigger."""
        governed = trigger.dep_ in ("xcomp", "ccomp", "obj", "obl", "acl")
        return governed and trigger.head.lower_ in self.modal.lists["refusal_verbs"]

    def _mode_of(self, event: str, match: Match, inner: Inner | None) -> tuple[str, ...]:
        """Return the mode that a wish, refusal or threat takes from what it is about."""
        if inner is not None:
            found = self.ontology.mode_of(event, inner[0], inner[1])
            if found:
                return (found,)
        for mode, words in self.ontology.mode_words(event).items():
            if _any_word(match, frozenset(words)):
                return (mode,)
        return ()

    def _cued(self, event: str, match: Match) -> tuple[str, ...]:
        """Return the modes whose cue words stand in the event's clause."""
        cues = self._cues.get(event)
        if not cues:
            return ()
        lower = [t.lower_ for t in clause_words(match.trigger)]
        words, text = frozenset(lower), f" {' '.join(lower)} "
        return tuple(
            mode
            for mode, forms, phrases in cues
            if not forms.isdisjoint(words) or any(phrase in text for phrase in phrases)
        )

    def _contexts(self, match: Match, own: list[str]) -> tuple[str, ...]:
        """Return the contexts of the frame and of the words of its sentence."""
        found, lower = set(own), [t.lower_ for t in match.trigger.sent]
        for word in lower:
            found.update(self._words.get(word, ()), self._words.get(word.removesuffix("s"), ()))
        text = f" {' '.join(lower)} ".replace(" - ", "-")
        for first in set(BREAK.split(text)):
            found.update(name for said, name in self._phrases.get(first, ()) if said in text)
        return tuple(name for name in self.ontology.contexts if name in found)


def _cues(modes: Mapping[str, frozenset[str]]) -> list[tuple[str, frozenset[str], tuple[str, ...]]]:
    """Return the modes of a type, each with its words and with its phrases, spaces around them."""
    return [
        (mode, forms, tuple(f" {form} " for form in forms if " " in form))
        for mode, forms in modes.items()
    ]


def _any_word(match: Match, words: frozenset[str]) -> bool:
    """Whether one of some words heads the match's complement or object, or stands in it."""
    heads = [
        h
        for slot in ("obj", "comp", "for", "to", "on", "with", "from")
        for h in match.slots.fill(slot)
    ]
    for head in heads:
        for token in conjuncts(head):
            start, end = phrase(token)
            span = [token, *token.doc[start:end]]
            text = " ".join(t.lower_ for t in span)
            if any(t.lower_ in words or t.lower_.removesuffix("s") in words for t in span):
                return True
            if any(" " in w and w in text for w in words):
                return True
            if any(c.lower_ in words for c in token.children):
                return True
    return False
