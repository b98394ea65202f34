"""According to whom: the source that a sentence or a quotation names for an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.clauses import case_of, child, children, conjuncts, phrase, surface_subject
from dragoman.language.forms import noun_forms, verb_forms
from dragoman.record import Attribution, AttributionKind, Entity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from spacy.tokens import Token

    from dragoman.coding.parties import PartyReader
    from dragoman.coding.party import Party

SPEECH_KINDS: tuple[AttributionKind, ...] = ("claim", "fact", "denial", "opinion")


@dataclass(frozen=True)
class SpeechWords:
    """The words of ``attribution.yaml`` by surface form."""

    verbs: Mapping[str, AttributionKind]
    prepositions: Mapping[str, AttributionKind]
    views: Mapping[str, AttributionKind]
    adverbs: Mapping[str, AttributionKind]
    evaluative: frozenset[str]

    @classmethod
    def of(cls, raw: Mapping[str, object]) -> SpeechWords:
        """Expand the data file's base forms."""
        table = {k: v for k, v in raw.items() if isinstance(v, dict)}
        return cls(
            verbs={
                f: k
                for k, ws in reversed(table["verbs"].items())
                for w in ws
                for f in verb_forms(w)
            },
            prepositions={w: k for k, ws in table["prepositions"].items() for w in ws},
            views={f: k for k, ws in table["views"].items() for w in ws for f in noun_forms(w)},
            adverbs={w: k for k, ws in table["adverbs"].items() for w in ws},
            evaluative=frozenset(str(w) for w in raw["evaluative"]),  # type: ignore[attr-defined]
        )


@dataclass(frozen=True)
class Said:
    """Who says so, with the token of the cue and the parties that speak."""

    attribution: Attribution
    cue: Token
    speakers: tuple[Party, ...]


def attribute(trigger: Token, reader: PartyReader, words: SpeechWords, base: int) -> Said | None:
    """Return who says that the event of a trigger happened; ``None`` when nobody is named.

    Args:
        trigger: the event's word.
        reader: reads the parties of the sentence.
        words: the reporting words.
        base: code point offset of the Doc in the report.
    """
    for cue, kind, source in _cues(trigger, words):
        if (
            source is None
            or source.i == trigger.i
            or any(t.i == trigger.i for t in _tokens(source))
        ):
            continue
        return _said(cue, kind, source, reader, words, base, trigger)
    return None


def accused(speakers: Sequence[Party], cue: Token, base: int) -> Said:
    """Return the attribution of what somebody is accused of: the accuser's claim."""
    start = base + cue.idx
    attribution = Attribution(
        source=speakers[0].entity,
        cue=cue.text,
        kind="claim",
        start=start,
        end=start + len(cue.text),
    )
    return Said(attribution, cue, tuple(speakers))


def _tokens(source: Token) -> list[Token]:
    """Return the words of a source's own phrase."""
    start, end = phrase(source)
    return list(source.doc[start:end])


def _cues(trigger: Token, words: SpeechWords) -> list[tuple[Token, AttributionKind, Token | None]]:
    """Return the reporting words over a trigger, nearest first, each with its source."""
    found: list[tuple[Token, AttributionKind, Token | None]] = []
    token = trigger
    for _ in range(10):
        found += _views(token, words)
        found += _beside(token, words)
        head = token.head
        if head == token:
            break
        reports = head.lower_ in words.verbs and head.pos_ == "VERB"
        if reports and (token.dep_ in ("ccomp", "parataxis") or _reported_before(token)):
            found.append((head, words.verbs[head.lower_], surface_subject(head)))
        token = head
    return found


def _reported_before(clause: Token) -> bool:
    """Whether a clause stands before the verb that reports it: "Jets bombed a camp, X reported"."""
    head = clause.head
    plain = child(clause, "mark") is None and clause.i < head.i
    return clause.dep_ == "advcl" and plain and child(clause, "nsubj", "nsubj:pass") is not None


def _tail(clause: Token) -> bool:
    """Whether a joined clause is a reporting tail: "..., the agency said", without "and"."""
    joined = clause.dep_ == "conj" and child(clause, "cc") is None
    return joined and child(clause, "nsubj") is not None and clause.i > clause.head.i


def _beside(token: Token, words: SpeechWords) -> list[tuple[Token, AttributionKind, Token | None]]:
    """Return reporting clauses and "according to" phrases that hang from a word."""
    found: list[tuple[Token, AttributionKind, Token | None]] = []
    for c in token.children:
        if (
            (c.dep_ in ("parataxis", "ccomp") or _tail(c))
            and c.lower_ in words.verbs
            and c.pos_ == "VERB"
            and not children(c, "ccomp", "obj")
        ):
            found.append((c, words.verbs[c.lower_], surface_subject(c)))
        elif c.dep_.startswith(("obl", "nmod")):
            case = case_of(c)
            if case in words.prepositions:
                found.append((child(c, "case", "mark") or c, words.prepositions[case], c))
    return found


def _views(token: Token, words: SpeechWords) -> list[tuple[Token, AttributionKind, Token | None]]:
    """Return "in the view of X" phrases beside a word."""
    found: list[tuple[Token, AttributionKind, Token | None]] = []
    for c in token.children:
        if not c.dep_.startswith("obl"):
            continue
        start, end = phrase(c)
        text = " ".join(t.lower_ for t in token.doc[start:end])
        kind = words.views.get(c.lower_)
        if kind is None and "point of view" in text:
            kind = "opinion"
        if kind is not None:
            owner = next(
                (
                    d
                    for d in c.subtree
                    if d.dep_ in ("nmod", "nmod:poss")
                    and d.i != c.i
                    and d.lower_ not in words.views
                ),
                None,
            )
            found.append((c, kind, owner))
    return found


def _said(  # noqa: PLR0913, PLR0917
    cue: Token,
    kind: AttributionKind,
    source: Token,
    reader: PartyReader,
    words: SpeechWords,
    base: int,
    trigger: Token,
) -> Said:
    """Build the attribution from its cue and source."""
    speakers = tuple(reader.parties(source))
    if speakers:
        entity = speakers[0].entity
    else:
        names = " and ".join(_text(t) for t in conjuncts(source)[:3])
        entity = Entity(entity_text=names)
    if kind == "claim" and any(t.lower_ in words.evaluative for t in trigger.subtree):
        kind = "opinion"
    start = base + cue.idx
    attribution = Attribution(
        source=entity, cue=cue.text, kind=kind, start=start, end=start + len(cue.text)
    )
    return Said(attribution, cue, speakers)


def _text(token: Token) -> str:
    """Return the words of a source that names no party."""
    start, end = phrase(token)
    return token.doc[start:end].text
