"""According to whom: the statement that holds an event, and the party that makes it.

An event belongs to the innermost statement whose content holds its trigger. The party of a
source is read where the source stands: a quotation's speaker may be named sentences before
or after what is quoted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.coding.said.statement import REPORTING, Holders
from dragoman.coding.said.statements import read_statements
from dragoman.coding.what.clauses import conjuncts, phrase
from dragoman.coding.who.parties import PartyReader
from dragoman.record import Attribution, Entity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.coding.coder import Sentence, Tools
    from dragoman.coding.said.statement import Statement
    from dragoman.coding.who.memory import Memory
    from dragoman.coding.who.party import Party
    from dragoman.language.tree import Doc, Token
    from dragoman.record import Report

MODIFIERS = frozenset({"amod", "advmod", "compound"})


@dataclass(frozen=True)
class Said:
    """Who says so, with the offset of the cue's end and the parties that speak."""

    attribution: Attribution
    speakers: tuple[Party, ...]


class Voices:
    """Everybody who says something in one report."""

    def __init__(
        self,
        report: Report,
        sentences: Sequence[Sentence],
        docs: Mapping[int, Doc],
        tools: Tools,
        memory: Memory,
    ) -> None:
        """Read the statements of a report.

        Args:
            report: the report.
            sentences: all of its sentences.
            docs: parses of some of them, by the sentence's number.
            tools: the coder's data.
            memory: what the report has said so far; grows as its sentences are read.
        """
        self.report = report
        self.tools = tools
        self.memory = memory
        self.statements = read_statements(report.text, sentences, docs, tools.speech)
        reporting = [s for s in self.statements if self._reports(s)]
        self._holders = Holders(reporting)
        self._of: dict[int, list[Statement]] = defaultdict(list)
        """Statements by the offset of the Doc that holds their cue."""
        for one in reporting:
            self._of[one.base].append(one)
        self._heard: dict[int, tuple[Party, ...]] = {}

    def _reports(self, statement: Statement) -> bool:
        """Whether a statement tells what happened, in the name of somebody but "I" and "we"."""
        speaker = statement.speaker
        own = speaker is not None and speaker.lower_ in self.tools.speech.speakers
        return statement.way in REPORTING and not statement.negated and not own

    def hear(self, reader: PartyReader, base: int) -> None:
        """Read the sources of statements that go on beyond their sentence, by what is known now.

        Args:
            reader: of the sentence.
            base: offset of its Doc in the report.
        """
        sentence = reader.sentence
        for one in self._of.get(base, ()):
            if sentence.start <= one.cue.i < sentence.end:
                last = one.base + sentence.end_char
                if any(end > last or start < one.base for start, end in one.content):
                    self._speakers(one, reader)

    def over(self, trigger: Token, base: int) -> list[Statement]:
        """Return the statements that an event stands in, innermost first.

        Args:
            trigger: the event's word.
            base: offset in the report of the Doc that holds it.
        """
        at = base + trigger.idx
        found = [s for s in self._holders.at(at) if not _is_own(s, trigger, at)]
        return sorted(found, key=_depth)

    def said(
        self, trigger: Token, words: Iterable[Token], base: int, reader: PartyReader
    ) -> Said | None:
        """Return who says that an event happened; ``None`` when the outlet itself states it.

        Args:
            trigger: the event's word.
            words: all words of the event's frame.
            base: offset in the report of the Doc that holds them.
            reader: reads the parties of the trigger's sentence.
        """
        for statement in self.over(trigger, base):
            if self._names_somebody(statement, reader):
                return self._said(statement, reader)
        return self._judged(words, base)

    def _names_somebody(self, statement: Statement, reader: PartyReader) -> bool:
        """Whether a statement's source can speak; what somebody cites may be a mere number."""
        speaker = statement.speaker
        if speaker is None:
            return statement.way == "adverb"
        return (
            not _is_cited(statement)
            or speaker.pos_ == "PROPN"
            or bool(self._speakers(statement, reader))
        )

    def _said(self, statement: Statement, reader: PartyReader) -> Said:
        """Build the attribution of a statement."""
        speakers = self._speakers(statement, reader)
        start, end = statement.cue_span
        return Said(
            Attribution(
                source=self._source(statement, reader),
                via=self._via(statement, reader),
                cue=self.report.text[start:end],
                kind=statement.kind,
                start=start,
                end=end,
            ),
            speakers,
        )

    def _source(self, statement: Statement, reader: PartyReader) -> Entity | None:
        """Return who makes a statement; ``None`` when nobody is named."""
        speakers = self._speakers(statement, reader)
        if speakers:
            return speakers[0].entity
        names = self._names(statement)
        return Entity(entity_text=names) if names else None

    def _via(self, statement: Statement, reader: PartyReader) -> Entity | None:
        """Return who passes a statement on: the source of the one that it stands in."""
        above = statement.parent
        if above is None or not (self._reports(above) or _quotes(above, statement)):
            return None
        return self._source(above, reader) if self._names_somebody(above, reader) else None

    def _speakers(self, statement: Statement, reader: PartyReader) -> tuple[Party, ...]:
        """Return the parties that make a statement, read once, in their own sentence."""
        speaker = statement.speaker
        if speaker is None:
            return ()
        if id(statement) not in self._heard:
            here = reader.sentence
            if speaker.doc is not here.doc or not here.start <= speaker.i < here.end:
                tools = self.tools
                reader = PartyReader(speaker.sent, tools.knowledge, self.memory, tools.words)
            self._heard[id(statement)] = tuple(reader.parties(speaker))
        return self._heard[id(statement)]

    def _names(self, statement: Statement) -> str:
        """Return the words of a source that is no known party; "" when nobody is named."""
        if statement.speaker is None:
            return ""
        return " and ".join(self._text(statement.base, t) for t in conjuncts(statement.speaker)[:3])

    def _text(self, base: int, head: Token) -> str:
        """Return the report's own characters of a phrase."""
        start, end = phrase(head)
        span = head.doc[start:end]
        return self.report.text[base + span.start_char : base + span.end_char].strip()

    def _judged(self, words: Iterable[Token], base: int) -> Said | None:
        """Return the outlet's own opinion where it judges an event: "the barbaric attack"."""
        for word in (c for w in words for c in w.children if c.dep_ in MODIFIERS):
            if self.tools.speech.judges(word.lower_):
                start = base + word.idx
                end = start + len(word)
                cue = self.report.text[start:end]
                return Said(
                    Attribution(source=None, cue=cue, kind="opinion", start=start, end=end), ()
                )
        return None


def _quotes(above: Statement, statement: Statement) -> bool:
    """Whether a statement stands under another's verb: "X quoted Y as saying"."""
    return statement.way == "clause" and statement.cue.head.i == above.cue.i


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
    return Said(attribution, tuple(speakers))


def _is_own(statement: Statement, trigger: Token, at: int) -> bool:
    """Whether an event is the reporting itself, or stands in the words that name the source."""
    if statement.cue_span[0] == at:
        return True
    source = statement.source_span
    return source is not None and trigger.doc is statement.cue.doc and source[0] <= at < source[1]


def _depth(statement: Statement) -> tuple[bool, int]:
    """Return a key that sorts the innermost first: who is cited, then who says the least."""
    return not _is_cited(statement), statement.size


def _is_cited(statement: Statement) -> bool:
    """Whether a source is named as another's: "Interfax said, citing the ministry"."""
    return statement.way == "phrase" and statement.cue_words == 1
