"""What pages are given that read a text once more, or a reader's own."""

from __future__ import annotations

from dragoman.web.contexts.base import Context, EventLine, Piece, Read, RecordState, row_of


class Word(Context):
    """One word of a parse."""

    text: str
    """As it stands in the report."""
    tag: str
    """Universal part of speech."""
    relation: str
    """Universal Dependencies relation to its head."""
    head: str
    """Its head; empty for the root."""
    depth: int
    """Steps to the root."""


class Fired(Context):
    """A frame that became an event."""

    what: str
    """Type and modes."""
    quad: int
    """Quad class."""
    frame: str
    """Id of the frame."""
    aux: tuple[str, ...]
    """Auxiliary modes."""
    confidence: float
    """0 to 1."""
    weights: str
    """What made the confidence."""
    reads: tuple[Read, ...]
    """How each field was read, parties with the coder's own reason."""


class Nearly(Context):
    """A frame that could have fired and did not."""

    word: str
    """The word that could have set it off."""
    frame: str
    """Id of the frame."""
    reason: str
    """Why it gave no event."""


class SentenceRead(Context):
    """One sentence with everything that was read in it."""

    number: int
    """Its number in the report, from 0."""
    segment: str
    """Part of the report it stands in."""
    pieces: tuple[Piece, ...]
    """The sentence, marked."""
    passed_over: str | None
    """Why the coder does not read it; none when it does."""
    words: tuple[Word, ...]
    """The parse, in the order of the text."""
    found: tuple[Read, ...]
    """Names, dates and places."""
    fired: tuple[Fired, ...]
    """Frames that became events."""
    nearly: tuple[Nearly, ...]
    """Frames that nearly did, the nearest first."""


class ReportRead(Context):
    """A report that a reader gave, read."""

    title: str | None
    """Headline, when it has one."""
    published: str | None
    """Day of publication."""
    pieces: tuple[Piece, ...]
    """Its text, marked."""
    lines: tuple[EventLine, ...]
    """Its events."""
    sentences: tuple[SentenceRead, ...]
    """How each sentence was read; only of the first report."""


class TryPage(Context):
    """A text of the reader's own, and what is read in it."""

    record: RecordState
    """The record; the text does not go into it."""
    title: str
    """Title of the page."""
    text: str
    """The text as it was given; empty for a file."""
    published: str
    """The day given, ``YYYY-MM-DD``."""
    reports: tuple[ReportRead, ...]
    """Every report that was read."""
    problems: tuple[str, ...]
    """What could not be read, and why."""

    def table(self) -> list[dict[str, object]]:
        """Return the events, for CSV."""
        return [row_of(line) for report in self.reports for line in report.lines]


class ExplainPage(Context):
    """Why an event is what it is: its sentences read once more, step by step."""

    record: RecordState
    """The record."""
    title: str
    """Title of the page."""
    id: str
    """Id of the event."""
    same: bool
    """Whether the same program, lexicon and model made the record; else they may differ."""
    sentences: tuple[SentenceRead, ...]
    """The sentences that state it."""

    def table(self) -> list[dict[str, object]]:
        """Return how each field of each event was read, for CSV."""
        return [
            {"sentence": sentence.number, "event": fired.what, "frame": fired.frame, **dict(read)}
            for sentence in self.sentences
            for fired in sentence.fired
            for read in fired.reads
        ]
