"""The coder: reports in, coded reports out. The way of a report stands in ``Coder.code_report``.

    layout -> sentences -> gate -> parse -> frames -> who/when/where/said-by -> mentions -> events

A coder holds its lexicon, ontology, knowledge base and pipeline; nothing is
shared, so coders with different data live side by side.
"""

from __future__ import annotations

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
from dragoman.language.pipeline import load_pipeline, parse
from dragoman.language.segments import Block, Layout, lay_out, quoted
from dragoman.language.sentences import split
from dragoman.lexicon import EVENTS, Lexicon
from dragoman.manifest import manifest_of
from dragoman.ontology import Ontology
from dragoman.ontology import load as load_ontology
from dragoman.record import Coded, Mention, Report
from dragoman.startup import no_collection
from dragoman.stories.join import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

_Loaded = TypeVar("_Loaded")
DATA = Path(__file__).parent / "data"
CODED = frozenset({"headline", "body", "commentary"})
"""Segments that may hold events; links, captions and datelines never do."""
LONGEST_SENTENCE = 1_500
"""Code points; what is longer is a list or a table and is not parsed."""


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
        self.gate = Gate.of(tools.lexicon.demands(), tools.knowledge.roles.words)
        self.manifest = manifest_of(nlp, own)

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
        """Code one report."""
        layout = lay_out(report.text, report.title)
        sentences = list(find_sentences(report.text, layout))
        chosen = self.choose(report.text, sentences)
        docs = parse(self.nlp, (report.text[s.start : s.end] for s in chosen))
        parsed = {s.number: doc for s, doc in zip(chosen, docs, strict=True)}
        mentions = self.read(report, layout, sentences, parsed)
        return Coded(
            report=report,
            sentences=len(sentences),
            parsed=len(chosen),
            words=len(report.text.split()),
            mentions=mentions,
            events=join(mentions, [report], self.tools.ontology, self.manifest),
        )

    def read(
        self, report: Report, layout: Layout, sentences: Sequence[Sentence], docs: Mapping[int, Doc]
    ) -> tuple[Mention, ...]:
        """Return the mentions of the sentences that were parsed, in the order of the text.

        Args:
            report: the report.
            layout: its parts.
            sentences: all of its sentences.
            docs: parses of some, by the sentence's number.
        """
        reader = MentionReader(report, layout, self.tools, sentences, docs)
        parsed = ((s, docs[s.number]) for s in sentences if s.number in docs)
        return tuple(m for sentence, doc in parsed for m in reader.read(sentence, doc))

    def choose(self, text: str, sentences: Sequence[Sentence]) -> list[Sentence]:
        """Return the sentences to parse: those that may hold an event, and whoever speaks them.

        Args:
            text: the report.
            sentences: all of its sentences.
        """
        chosen = {s.number for s in sentences if self._worth_parsing(text, s)}
        spoken = speakers_of(text, sentences, chosen, self.tools.speech)
        return [s for s in sentences if s.number in chosen or s.number in spoken]

    def _worth_parsing(self, text: str, sentence: Sentence) -> bool:
        """Whether a sentence stands in a coded segment and passes the gate."""
        if sentence.block.kind not in CODED or sentence.end - sentence.start > LONGEST_SENTENCE:
            return False
        return self.gate.passes(text[sentence.start : sentence.end])


def find_sentences(text: str, layout: Layout) -> Iterator[Sentence]:
    """Yield every sentence of a laid-out report, numbered from 0."""
    number = 0
    for block in layout.blocks:
        quotes = tuple(quoted(text, block.start, block.end))
        for start, end in split(text, block.start, block.end):
            yield Sentence(number, block, start, end, quotes)
            number += 1
