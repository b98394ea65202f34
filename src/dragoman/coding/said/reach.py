"""How far what is said reaches: the clause after a reporting verb, the words around a tail.

Both are read off the tree and off the order of the words: a parser often hangs a part of a
long clause elsewhere, or a tail ("..., the agency said on Monday") on the wrong word, but
commas and sentence ends stand where they should.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.what.clauses import FINITE, child, surface_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.coding.said.cues import SpeechWords
    from dragoman.language.tree import Span, Token

FINITE_OR_MODAL = FINITE | {"MD"}
TELLING = FINITE | {"NNS"}
"""Tags of a verb in a tail; "reports" is often taken for a noun."""
BREAKS = frozenset({",", '"', "''", "-", "--", "–", "—", "("})
OPENS_TAIL = BREAKS | {"."}
CLOSES_TAIL = BREAKS | {".", ":", ";", "!", "?", ")"}
OWN = ("nsubj", "aux", "advmod", "obl", "obj", "iobj")
"""Relations, or their beginnings, of what belongs to a reporting clause, not to what is said."""
ADDRESSEE = frozenset({"obj", "iobj"})
CARRIES_UP = frozenset({"conj", "ccomp", "parataxis"})


@dataclass(frozen=True)
class Part:
    """A sentence, or the quoted part of one: what is said inside quotation marks stays inside."""

    span: Span
    words: SpeechWords

    def between(self, start: int, end: int) -> list[Token]:
        """Return the tokens from one index to before another, as far as they stand in it."""
        return list(self.span.doc[max(start, self.span.start) : min(end, self.span.end)])

    def beside(self, index: int, step: int) -> Token | None:
        """Return the token before (-1) or after (1) one, white space left out."""
        index += step
        while self.span.start <= index < self.span.end:
            if not self.span.doc[index].is_space:
                return self.span.doc[index]
            index += step
        return None

    def is_act(self, token: Token) -> bool:
        """Whether a word is a verb that reports."""
        return token.pos_ == "VERB" and token.lower_ in self.words.verbs.kinds


def clause_of(verb: Token, part: Part) -> list[Token]:
    """Return the clause that a verb governs: "said that the talks failed".

    It runs from the end of the reporting words to the end of the sentence, or to where the
    speaker's next act begins.
    """
    if not part.words.verbs.take("clause", verb.lower_):
        return []
    clause = child(verb, "ccomp")
    if clause is not None and clause.i < verb.i:
        return list(clause.subtree)
    last = _last(verb, part)
    if clause is None and not _tells_on(verb, last, part):
        return []
    return _before_next_verb(verb, part.between(_clause_start(verb, clause, part), last + 1), part)


def _last(verb: Token, part: Part) -> int:
    """Return the last word that what is said can reach."""
    top = verb
    while top.dep_ in CARRIES_UP and top.head != top:
        top = top.head
    return part.span.end - 1 if top.head == top else max(verb.right_edge.i, verb.i)


def _tells_on(verb: Token, last: int, part: Part) -> bool:
    """Whether a verb of speech is followed by a clause that the parser joined elsewhere."""
    if verb.tag_ not in FINITE or not part.words.verbs.take("speech", verb.lower_):
        return False
    rest = part.between(verb.i + 1, last + 1)
    return surface_subject(verb) is not None and has_finite(rest) and not rest[0].is_punct


def _clause_start(verb: Token, clause: Token | None, part: Part) -> int:
    """Return where what is said begins: at "that", else after whom or when it is told."""
    for token in part.between(verb.i + 1, part.span.end):
        if token.lower_ == "that" and token.dep_ in ("mark", "ccomp"):
            return token.i
        if token.tag_ in FINITE_OR_MODAL:
            break
    told = (c for c in verb.children if c.i > verb.i and _is_told(verb, c, clause, part))
    return max([verb.i, *(c.right_edge.i for c in told if not has_finite(c.subtree))]) + 1


def _is_told(verb: Token, word: Token, clause: Token | None, part: Part) -> bool:
    """Whether a word names whom it is told to, or stands before the clause: "said on Monday"."""
    if word.dep_ in ADDRESSEE:
        return part.words.verbs.take("told", verb.lower_)
    return clause is not None and word.i < clause.left_edge.i and word.dep_.startswith("obl")


def _before_next_verb(verb: Token, said: list[Token], part: Part) -> list[Token]:
    """Return words up to where the speaker's next act begins: ", adding that", "but said"."""
    for number, token in enumerate(said):
        if token.text == "," or token.dep_ == "cc":
            rest = (t for t in said[number + 1 :] if t.pos_ not in ("ADV", "CCONJ", "PUNCT"))
            following = next(rest, None)
            if following is not None and part.is_act(following) and _resumes(following, verb):
                return said[:number]
    return said


def _resumes(following: Token, verb: Token) -> bool:
    """Whether a verb goes on with the reporting rather than with what is said."""
    return following.tag_ == "VBG" or (following.tag_ == verb.tag_ and following.tag_ in FINITE)


def before_next_act(said: list[Token], part: Part) -> list[Token]:
    """Return words up to a comma and "saying that" or "according to"."""
    for number, token in enumerate(said):
        following = part.beside(token.i, 1) if token.text == "," else None
        if following is not None and (
            following.lower_ in part.words.phrase_starts
            or (following.tag_ == "VBG" and part.is_act(following))
        ):
            return said[:number]
    return said


def tail_of(verb: Token, part: Part) -> list[Token]:
    """Return what stands around a reporting clause: "The talks, he said, failed"."""
    if not part.words.verbs.take("clause", verb.lower_) or verb.tag_ not in TELLING:
        return []
    bounds = _tail(verb, part)
    if bounds is None:
        return []
    before = part.between(part.span.start, bounds[0])
    after = part.between(bounds[1] + 1, part.span.end)
    said = before if _goes_on(before, after) else before + after
    return said if has_finite(said) else []


def _tail(verb: Token, part: Part) -> tuple[int, int] | None:
    """Return first and last index of a reporting clause set off by marks, else ``None``."""
    subject, mark = child(verb, "nsubj", "nsubj:pass"), child(verb, "mark")
    if subject is None or verb.dep_ == "acl:relcl" or (mark is not None and mark.lower_ != "as"):
        return None
    left = min(first_of(subject), verb.i, verb.i if mark is None else mark.i)
    right = max(verb.i, *_ends(verb), 0 if subject.i < verb.i else subject.right_edge.i)
    before, after = part.beside(left, -1), part.beside(right, 1)
    opened = mark is not None if before is None else before.text in OPENS_TAIL
    return (left, right) if opened and (after is None or after.text in CLOSES_TAIL) else None


def first_of(head: Token) -> int:
    """Return where a phrase begins, marks left out."""
    return next((t.i for t in head.subtree if not (t.is_punct or t.is_space)), head.i)


def _ends(verb: Token) -> list[int]:
    """Return the last words of what belongs to a reporting clause after its verb, 0 first."""
    own = (c for c in verb.children if c.i > verb.i and c.dep_.startswith(OWN))
    return [0, *(c.right_edge.i for c in own if not _has_break(c))]


def _has_break(word: Token) -> bool:
    """Whether a comma or another clause stands among a word's own."""
    return any(t.tag_ in FINITE_OR_MODAL or t.text == "," for t in word.subtree)


def _goes_on(before: Sequence[Token], after: Sequence[Token]) -> bool:
    """Whether what follows a tail belongs to it: "he said, adding that", "he said, smiling"."""
    following = next((t for t in after if not t.is_punct), None)
    if following is None or not has_finite(before):
        return False
    return following.tag_ in ("VBG", "WP") or following.dep_ == "mark"


def has_finite(tokens: Iterable[Token]) -> bool:
    """Whether a finite verb stands among some words."""
    return any(t.tag_ in FINITE_OR_MODAL for t in tokens)
