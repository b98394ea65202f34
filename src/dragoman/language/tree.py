"""A parse as plain Python: what the coder asks of spaCy's Doc, Span and Token, and no more.

A spaCy token is a window on an array: every attribute is looked up anew, every child is made anew,
in many times the time that Python takes to read an attribute. The coder asks each word some
hundred times, so a parse is read once, from one array, into words that hold everything. Names and
meanings are spaCy's own; a word is one object, so words are compared by identity.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise, tee
from typing import TYPE_CHECKING, overload

from dragoman.language.pipeline import parse, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import spacy.tokens
    from spacy.language import Language
    from spacy.strings import StringStore

ENT_IOB = ("", "I", "O", "B")
"""spaCy's numbers of a token's place in a name."""


class Token:
    """One word of a parse."""

    __slots__ = (
        "children",
        "dep_",
        "doc",
        "head",
        "i",
        "idx",
        "lower_",
        "pos_",
        "tag_",
        "text",
    )

    children: list[Token]
    """Its dependents, in the order of the text."""
    dep_: str
    """Its relation to its head."""
    doc: Doc
    head: Token
    """What it hangs on; a root is its own head."""
    i: int
    """Index in the Doc."""
    idx: int
    """First code point in the Doc's text."""
    lower_: str
    pos_: str
    """Universal part of speech."""
    tag_: str
    """Part of speech as the pipeline has it: "VBD"."""
    text: str

    def __len__(self) -> int:
        """Return its code points."""
        return len(self.text)

    def __bool__(self) -> bool:
        """Be true: a word is there."""
        return True

    def __repr__(self) -> str:
        """Show the word."""
        return self.text

    @property
    def subtree(self) -> list[Token]:
        """Return the word and all that hangs on it, in the order of the text."""
        left, right, whole = self.doc.reach[self.i]
        return self.doc.tokens[left : right + 1] if whole else self._below()

    def _below(self) -> list[Token]:
        """Return what stands left below it, the word itself, and what stands right below it."""
        left: list[Token] = []
        right = [self]
        for child in self.children:
            (left if child.i < self.i else right).extend(child.subtree)
        return left + right

    @property
    def left_edge(self) -> Token:
        """Return the first word below it."""
        return self.doc.tokens[self.doc.reach[self.i][0]]

    @property
    def right_edge(self) -> Token:
        """Return the last word below it."""
        return self.doc.tokens[self.doc.reach[self.i][1]]

    @property
    def ancestors(self) -> Iterator[Token]:
        """Yield what it hangs on, the nearest first."""
        token = self
        for _ in range(len(self.doc.tokens)):
            if token.head is token:
                return
            token = token.head
            yield token

    @property
    def sent(self) -> Span:
        """Return the sentence that it stands in."""
        sents = self.doc.sents
        return sents[0] if len(sents) == 1 else next(s for s in sents if self.i < s.end)

    @property
    def ent_type_(self) -> str:
        """Return the label of the name that it stands in, "" outside."""
        return self.doc.kinds[self.i]

    @property
    def ent_iob_(self) -> str:
        """Return ``B`` or ``I`` in a name, ``O`` outside, "" when no names were looked for."""
        return ENT_IOB[self.doc.places[self.i]]

    @property
    def is_punct(self) -> bool:
        """Whether it is of marks alone."""
        return self.doc.marks[self.i]

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.doc.whites[self.i]

    @property
    def is_alpha(self) -> bool:
        """Whether it is of letters alone."""
        return self.text.isalpha()

    @property
    def is_stop(self) -> bool:
        """Whether it is among the commonest words of its language."""
        return self.doc.stops[self.i]

    @property
    def whitespace_(self) -> str:
        """Return the space behind it, "" when there is none."""
        return " " if self.doc.spaces[self.i] else ""

    def nbor(self, step: int = 1) -> Token:
        """Return the word so many after it.

        Raises:
            IndexError: there is none.
        """
        at = self.i + step
        if at < 0:
            raise IndexError(at)
        return self.doc.tokens[at]


class Span:
    """Words of a Doc that stand together: a sentence, a name."""

    __slots__ = ("_text", "doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        """Take the first word's index and one past the last."""
        self.doc = doc
        self.start = start
        self.end = end
        self.label_ = label
        self._text: str | None = None

    def __iter__(self) -> Iterator[Token]:
        """Yield its words."""
        return iter(self.doc.tokens[self.start : self.end])

    def __len__(self) -> int:
        """Return how many words it has."""
        return self.end - self.start

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        """Return a word, or some words, counted from its first."""
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self))
            return Span(self.doc, self.start + first, self.start + max(first, last))
        return self.doc.tokens[self.start : self.end][at]

    @property
    def text(self) -> str:
        """Return its text, the white space between its words included."""
        if self._text is None:
            self._text = self.doc.text[self.start_char : self.end_char]
        return self._text

    @property
    def start_char(self) -> int:
        """Return its first code point in the Doc's text."""
        tokens = self.doc.tokens
        return tokens[self.start].idx if self.start < len(tokens) else 0

    @property
    def end_char(self) -> int:
        """Return one past its last code point in the Doc's text."""
        if self.end <= self.start:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def root(self) -> Token:
        """Return the word on which the others hang: the first of those nearest to the root."""
        inside = self.doc.tokens[self.start : self.end]
        roots = [t for t in inside if t.head is t]
        if roots:
            return roots[0]
        outer = [t for t in inside if not self.start <= t.head.i < self.end]
        return min(outer, key=_depth, default=inside[0])

    @property
    def ents(self) -> tuple[Span, ...]:
        """Return the names that stand wholly in it."""
        return tuple(e for e in self.doc.ents if self.start <= e.start and e.end <= self.end)


class Doc:
    """A parsed text."""

    __slots__ = (
        "_reach",
        "ents",
        "has_tree",
        "kinds",
        "marks",
        "places",
        "sents",
        "spaces",
        "stops",
        "text",
        "tokens",
        "whites",
    )

    tokens: list[Token]
    text: str
    ents: tuple[Span, ...]
    """The names that the pipeline found."""
    sents: tuple[Span, ...]
    kinds: list[str]
    """Label of the name that each word stands in."""
    places: list[int]
    """Number of each word's place in a name."""
    spaces: list[bool]
    """Whether a space stands behind each word."""
    stops: list[bool]
    """Whether each word is a stop word."""
    marks: list[bool]
    """Whether each word is of marks alone."""
    whites: list[bool]
    """Whether each word is white space."""
    has_tree: bool
    """Whether it was parsed."""
    _reach: list[tuple[int, int, bool]] | None

    def __iter__(self) -> Iterator[Token]:
        """Yield its words."""
        return iter(self.tokens)

    def __len__(self) -> int:
        """Return how many words it has."""
        return len(self.tokens)

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        """Return a word, or some words."""
        if isinstance(at, slice):
            first, last, _ = at.indices(len(self.tokens))
            return Span(self, first, max(first, last))
        return self.tokens[at]

    def has_annotation(self, kind: str) -> bool:
        """Whether it has a tree (``"DEP"``); of the rest nobody asks."""
        return kind == "DEP" and self.has_tree

    def chars(self, start: int, end: int) -> str:
        """Return the text of the words from one index to before another; there must be one."""
        last = self.tokens[end - 1]
        return self.text[self.tokens[start].idx : last.idx + len(last.text)]

    @property
    def reach(self) -> list[tuple[int, int, bool]]:
        """Return of each word the first and last index below it, and whether all stands together.

        Where it does, as it mostly does, the words below need no search.
        """
        if self._reach is None:
            self._reach = list(_reaches(self.tokens))
        return self._reach

    def within(self, start: int, end: int) -> Span | None:
        """Return the words that stand wholly between two code points, ``None`` for no word."""
        inside = [t.i for t in self.tokens if start <= t.idx and t.idx + len(t.text) <= end]
        return Span(self, inside[0], inside[-1] + 1) if inside else None


def trees(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Parse sentences as ``pipeline.parse`` does and yield each as plain Python."""
    texts, again = tee(texts)
    for parsed, text in zip(parse(nlp, texts), again, strict=True):
        yield tree_of(parsed, plain(text))


def tree_of(parsed: spacy.tokens.Doc, text: str | None = None) -> Doc:
    """Read a spaCy Doc.

    Args:
        parsed: the Doc.
        text: its text where that is at hand; spaCy puts it together from the words.
    """
    doc = Doc()
    doc.text = parsed.text if text is None else text
    doc._reach = None  # noqa: SLF001 - made here
    rows = parsed.to_array(_columns())
    heads = rows[:, 0].view("int64").tolist()
    begins, doc.places, lengths, *labels = rows[:, 1:8].T.tolist()
    flags = rows[:, 8:].astype(bool).T.tolist()
    doc.spaces, doc.stops, doc.marks, doc.whites = flags
    doc.has_tree = any(labels[0])
    *columns, doc.kinds = _names(labels, parsed.vocab.strings)
    doc.tokens = _tokens(doc, lengths, columns)
    for token, step in zip(doc.tokens, heads, strict=True):
        token.head = head = doc.tokens[token.i + step]
        if step:
            head.children.append(token)
    doc.ents = tuple([Span(doc, e.start, e.end, e.label_) for e in parsed.ents])
    starts = [i for i, begin in enumerate(begins) if begin == 1 and i]
    doc.sents = tuple([Span(doc, *ends) for ends in pairwise([0, *starts, len(begins)])])
    return doc


@cache
def _columns() -> list[int | str]:
    """Return the numbers of what is read of each token: numbers first, then flags."""
    from spacy import attrs  # slow to import  # noqa: PLC0415

    numbers = "HEAD SENT_START ENT_IOB LENGTH DEP POS TAG ENT_TYPE"
    return [attrs.IDS[name] for name in f"{numbers} SPACY IS_STOP IS_PUNCT IS_SPACE".split()]


_LABELS: dict[int, str] = {0: ""}
"""Names of relations, tags and kinds of names by spaCy's hash of them: some hundred."""


def _names(columns: list[list[int]], strings: StringStore) -> list[list[str]]:
    """Return the names of labels; what is not known yet is learned."""
    labels = _LABELS
    try:
        return [[labels[number] for number in column] for column in columns]
    except KeyError:
        labels.update((n, strings[n]) for column in columns for n in column if n)
        return [[labels[number] for number in column] for column in columns]


def _tokens(doc: Doc, lengths: list[int], columns: list[list[str]]) -> list[Token]:
    """Return the words of a Doc, not yet hung on each other."""
    text, at = doc.text, 0
    found: list[Token] = []
    rows = zip(lengths, doc.spaces, *columns, strict=True)
    for number, (length, space, dep, pos, tag) in enumerate(rows):
        token = Token()
        token.doc, token.i, token.idx = doc, number, at
        token.text = word = text[at : at + length]
        token.lower_ = word.lower()
        token.dep_, token.pos_, token.tag_ = dep, pos, tag
        token.children = []
        at += length + space
        found.append(token)
    return found


def _reaches(tokens: list[Token]) -> Iterator[tuple[int, int, bool]]:
    """Return of each word the first and last index below it, and whether all stands together."""
    left, right, size = list(range(len(tokens))), list(range(len(tokens))), [1] * len(tokens)
    ordered = [t for t in tokens if t.head is t]
    for token in ordered:  # grows as it goes: heads stand before what hangs on them
        ordered += token.children
    for token in reversed(ordered):
        at, above = token.i, token.head.i
        if right[at] - left[at] >= size[at]:
            size[at] = -len(tokens)  # and so is all that it stands below
        if at != above:
            size[above] += size[at]
            left[above] = min(left[above], left[at])
            right[above] = max(right[above], right[at])
    return zip(left, right, (n > 0 for n in size), strict=True)


def _depth(token: Token) -> int:
    """Return how many words a word hangs below; a lone mark is never the root of others."""
    if (token.is_punct or token.is_space) and not token.children:
        return len(token.doc.tokens) - 1
    return sum(1 for _ in token.ancestors)
