"""The coder: reports in, coded reports out. The way of a report stands in ``Coder.code_report``.

    layout -> sentences -> gate -> parse -> frames -> who/when/where/said-by -> mentions -> events

A coder holds its lexicon, ontology, knowledge base and pipeline; nothing is
shared, so coders with different data live side by side.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import yaml

from dragoman.actors import Knowledge
from dragoman.coding.mentions import MentionReader
from dragoman.coding.said.cues import SpeechWords
from dragoman.coding.said.speakers import speakers_of
from dragoman.coding.what.calibration import Calibration
from dragoman.coding.what.modality import ModalWords
from dragoman.coding.what.reading import Interpreter
from dragoman.coding.what.size import SizeWords
from dragoman.coding.what.worth import Worth
from dragoman.coding.where.gazetteer import Gazetteer
from dragoman.coding.who.party import Words
from dragoman.errors import DataError
from dragoman.language.gate import Gate
from dragoman.language.pipeline import load_pipeline, words_of
from dragoman.language.segments import Block, Layout, lay_out, quoted
from dragoman.language.sentences import split
from dragoman.language.tree import trees
from dragoman.lexicon import EVENTS, Lexicon
from dragoman.lexicon.demands import demands
from dragoman.manifest import manifest_of
from dragoman.ontology import Ontology
from dragoman.ontology import load as load_ontology
from dragoman.record import Coded, Mention, Report
from dragoman.startup import no_collection
from dragoman.stories.join import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from spacy.language import Language

    from dragoman.language.tree import Doc

_Loaded = TypeVar("_Loaded")
DATA = Path(__file__).parent / "data"
CODED = frozenset({"headline", "body", "commentary"})
"""Segments that may hold events; links, captions and datelines never do."""
LONGEST_SENTENCE = 1_500
"""Code points; what is longer is a list or a table and is not parsed."""
PART = 100_000
"""Code points of a report that are parsed and read together, to the end of a paragraph."""
KEPT_WORDS = 50_000
"""Words of texts that the pipeline keeps; later ones are forgotten after their report."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a report: its number, block kind and offsets."""

    number: int
    block: Block
    start: int
    end: int
    quotes: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Tools:
    """What every sentence is read with; made once for a coder."""

    lexicon: Lexicon
    ontology: Ontology
    knowledge: Knowledge
    gazetteer: Gazetteer
    interpreter: Interpreter
    words: Words
    modal: ModalWords
    speech: SpeechWords
    sizes: SizeWords
    calibration: Calibration
    worth: Worth


def _data(name: str) -> dict[str, object]:
    """Read one of the coder's data files."""
    return dict(yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))


def make_tools(
    lexicon: Path | None = None, actors: Path | None = None, ontology: Path | None = None
) -> Tools:
    """Load every data file.

    Args:
        lexicon: a user's frames, read beside the package's.
        actors: a user's actors, read on top of the package's.
        ontology: a user's types; their frames are read too where they lie in the same folder.

    Raises:
        DataError: with every fault of the files.
    """
    faults: list[str] = []
    known = _gathered(faults, lambda: load_ontology(own=ontology))
    frames = _gathered(faults, lambda: _frames(known, own_frames(ontology, lexicon)))
    knowledge = _gathered(faults, lambda: Knowledge.load(actors))
    if known is None or frames is None or knowledge is None:
        raise DataError(faults)
    who = _data("who.yaml")
    modal = ModalWords.of(_data("modality.yaml"))  # type: ignore[arg-type]
    return Tools(
        lexicon=frames,
        ontology=known,
        knowledge=knowledge,
        gazetteer=Gazetteer(),
        interpreter=Interpreter(known, frames, modal),
        words=Words.of(who),
        modal=modal,
        speech=SpeechWords.of(_data("attribution.yaml")),
        sizes=SizeWords.of(_data("size.yaml"), frozenset(knowledge.roles.words)),
        calibration=Calibration.of(_data("calibration.yaml")),
        worth=Worth.of(_data("worth.yaml")),
    )


def own_frames(ontology: Path | None, lexicon: Path | None) -> list[Path]:
    """Return where a user's frames lie: beside their ontology, and where they say."""
    beside = ontology is not None and (ontology / EVENTS).is_dir()
    return [path for path in (ontology if beside else None, lexicon) if path is not None]


def load_frames(ontology: Path | None = None, lexicon: Path | None = None) -> Lexicon:
    """Load the frames by themselves, the user's own among them, without a pipeline.

    Raises:
        DataError: with every fault of the files.
    """
    return _frames(load_ontology(own=ontology), own_frames(ontology, lexicon))


def _frames(known: Ontology | None, own: list[Path]) -> Lexicon:
    """Load the frames; an ontology that has faults itself defines no names to check."""
    if known is None:
        return Lexicon.load(own=own)
    return Lexicon.load(
        own=own,
        shipped=not known.instead,
        types={event: known.modes(event) for event in known.types},
        contexts=known.contexts,
        codes=known.cameo.codes,
    )


def _gathered(faults: list[str], load: Callable[[], _Loaded]) -> _Loaded | None:
    """Return what is loaded, or add its faults and return ``None``."""
    try:
        return load()
    except DataError as error:
        faults += error.faults
        return None


class Coder:
    """Reads events out of reports."""

    def __init__(self, nlp: Language, tools: Tools, own: Iterable[Path] = ()) -> None:
        """Take the pipeline and the data; ``dragoman.load`` makes both.

        Args:
            nlp: the pipeline.
            tools: the data.
            own: the user's own data files, for the manifest.
        """
        self.nlp = nlp
        self.tools = tools
        self.gate = Gate.of(demands(tools.lexicon))
        self.manifest = manifest_of(nlp, own)
        self._most_words = len(nlp.vocab.strings) + KEPT_WORDS

    @classmethod
    def load(
        cls,
        *,
        pipeline: str | None = None,
        lexicon: Path | None = None,
        actors: Path | None = None,
        ontology: Path | None = None,
    ) -> Coder:
        """Load the pipeline and every data file.

        Args:
            pipeline: a spaCy package or folder with UD labels; the package's own when ``None``.
            lexicon: the user's own frames, a folder or a file, read beside the package's.
            actors: a file of the user's own actors, read on top of the package's.
            ontology: the user's own types, a file or a folder that may hold their frames too.

        Raises:
            DataError: a data file breaks its schema.
            ModelError: the pipeline cannot be used.
        """
        own = [path for path in (ontology, lexicon, actors) if path]
        with no_collection():
            tools = make_tools(lexicon, actors, ontology)
            return cls(load_pipeline(pipeline), tools, own)

    def code(  # noqa: PLR0913
        self,
        text: str,
        *,
        published: str | None = None,
        outlet: str | None = None,
        title: str | None = None,
        url: str | None = None,
        id: str = "report",  # noqa: A002
    ) -> Coded:
        """Code one text.

        Args:
            text: the report; offsets in the result count its code points.
            published: publication date, ``YYYY-MM-DD``; without it relative dates stay open.
            outlet: publisher.
            title: headline.
            url: address.
            id: the report's id in the record.
        """
        return self.code_report(
            Report(id=id, text=text, published=published, outlet=outlet, title=title, url=url)
        )

    def stream(self, reports: Iterable[Report]) -> Iterator[Coded]:
        """Code many reports, lazily and in order; memory does not grow."""
        for report in reports:
            yield self.code_report(report)

    def code_report(self, report: Report) -> Coded:
        """Code one report; a long one in parts, so that memory does not grow with its parses.

        The parts of a report share its places, dates, persons and numbers; only a quotation
        of several paragraphs ends with the part that it begins in.
        """
        layout = lay_out(report.text, report.title)
        reader = MentionReader(report, layout, self.tools)
        sentences = parsed = 0
        mentions: list[Mention] = []
        with self._words_of_a_report():
            for part in parts(find_sentences(report.text, layout)):
                docs = self._parsed(report.text, part)
                mentions += reader.read_part(part, docs)
                sentences, parsed = sentences + len(part), parsed + len(docs)
        return Coded(
            report=report,
            sentences=sentences,
            parsed=parsed,
            words=len(report.text.split()),
            mentions=tuple(mentions),
            events=join(mentions, [report], self.tools.ontology, self.manifest),
        )

    def _parsed(self, text: str, sentences: Sequence[Sentence]) -> dict[int, Doc]:
        """Parse those sentences that are worth it; return the parses by the sentence's number."""
        chosen = self.choose(text, sentences)
        docs = trees(self.nlp, (text[s.start : s.end] for s in chosen))
        return {s.number: doc for s, doc in zip(chosen, docs, strict=True)}

    def _words_of_a_report(self) -> AbstractContextManager[object]:
        """Let the pipeline forget a report's rare words again, or its memory would grow for ever.

        The words of the first reports stay: they are the frequent ones, and fast to look up.
        """
        if len(self.nlp.vocab.strings) < self._most_words:
            return nullcontext()
        return self.nlp.memory_zone()

    def choose(self, text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences to parse: up to the last that may hold an event, and its speakers.

        What stands before an event tells whom "he" and a last name mean, so it is read too; what
        stands behind the last one tells nothing more. Without any, nothing is parsed.

        Args:
            text: the report.
            sentences: all of its sentences.
        """
        coded = [s for s in sentences if is_coded(s)]
        last = next((s.number for s in reversed(coded) if self._may_hold(text, s)), -1)
        chosen = {s.number for s in coded if s.number <= last}
        spoken = speakers_of(text, sentences, chosen, self.tools.speech)
        return [s for s in sentences if s.number in chosen or s.number in spoken]

    def _may_hold(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence passes the gate."""
        return self.gate.passes(words_of(self.nlp, text[sentence.start : sentence.end]))


def is_coded(sentence: Sentence) -> bool:
    """Whether a sentence stands where events are told, and is no list or table."""
    return sentence.block.kind in CODED and sentence.end - sentence.start <= LONGEST_SENTENCE


def parts(sentences: Iterable[Sentence]) -> Iterator[list[Sentence]]:
    """Cut a report's sentences into parts of whole paragraphs, each of about ``PART`` code points.

    A paragraph that is longer by itself, a table or a text without lines, is cut at sentences.
    """
    part: list[Sentence] = []
    for sentence in sentences:
        if part and _is_full(part, sentence):
            yield part
            part = []
        part.append(sentence)
    if part:
        yield part


def _is_full(part: Sequence[Sentence], following: Sentence) -> bool:
    """Whether a part ends before a sentence."""
    length = following.start - part[0].start
    inside = following.block == part[-1].block
    return length >= (2 * PART if inside else PART)


def find_sentences(text: str, layout: Layout) -> Iterator[Sentence]:
    """Yield every sentence of a laid-out report, numbered from 0."""
    number = 0
    for block in layout.blocks:
        quotes = tuple(quoted(text, block.start, block.end))
        for start, end in split(text, block.start, block.end):
            yield Sentence(number, block, start, end, quotes)
            number += 1
