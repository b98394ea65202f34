"""Read names: GUM's entities, CrossNER, UNER and the silver corpus, as spans of words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from treebanks import Sentence, Word, plain

from dragoman.actors import Knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Span = tuple[int, int, str]
"""First word, last word + 1, label."""
CROSSNER_LABELS = {
    "politician": "PERSON",
    "person": "PERSON",
    "politicalparty": "ORG",
    "organisation": "ORG",
    "country": "LOC",
    "location": "LOC",
    "event": "EVENT",
    "election": "EVENT",
    "misc": "MISC",
}
SILVER_LABELS = {
    "PERSON": "PERSON",
    "ORGANIZATION": "ORG",
    "LOCATION": "LOC",
    "MISC": "MISC",
    "DATE": "DATE",
}
GUM_LABELS = {"person": "PERSON", "organization": "ORG", "place": "LOC", "event": "EVENT"}
UNER_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
TITLES = Knowledge.load().role
"""Offices and honorifics: the other corpora leave them out of a person's name."""

OPEN = re.compile(r"\((\d+(?:\[\d+/\d+\])?)-([a-z]+)[^()]*")
TOKEN = re.compile(r"\(\d+(?:\[\d+/\d+\])?-[^()]*\)?|\d+(?:\[\d+/\d+\])?\)")
NAME_TAGS = frozenset({"PROPN"})
NAME_EDGES = frozenset({"DET", "PUNCT", "ADP", "PART"})


def gum_entities(sentence: Sentence) -> list[tuple[int, int, str]]:
    """Return the named entities of a GUM sentence as (first, last + 1, label).

    GUM marks every mention. Kept here are mentions whose words are all part of
    a name: proper nouns, joined by at most a preposition, a hyphen or an article.
    """
    found: list[tuple[int, int, str]] = []
    opened: list[tuple[str, str, int]] = []
    for index, word in enumerate(sentence.words):
        for mark in TOKEN.findall(word.misc.get("Entity", "")):
            if mark.startswith("("):
                match = OPEN.match(mark)
                if match:
                    opened.append((match[1], match[2], index))
                if not mark.endswith(")"):
                    continue
                number = match[1] if match else ""
            else:
                number = mark[:-1]
            start = next((o for o in reversed(opened) if o[0] == number), None)
            if start:
                opened.remove(start)
                found.append((start[2], index + 1, start[1]))
    return [name for span in found if (name := _as_name(sentence, *span))]


def _as_name(sentence: Sentence, start: int, end: int, kind: str) -> tuple[int, int, str] | None:
    """Trim a mention's edges; return it when what is left is a name of a known kind."""
    words = sentence.words
    while start < end and words[start].upos in NAME_EDGES:
        start += 1
    while end > start and (words[end - 1].upos in NAME_EDGES or words[end - 1].form == "'s"):
        end -= 1
    if kind == "person":
        start = past_titles([word.form for word in words[:end]], start)
    inside = [word.upos for word in words[start:end]]
    label = GUM_LABELS.get(kind)
    if (
        not label
        or not inside
        or inside[-1] not in NAME_TAGS
        or inside[0] not in NAME_TAGS | {"ADJ"}
    ):
        return None
    plain = all(upos in NAME_TAGS | NAME_EDGES | {"ADJ", "NUM"} for upos in inside)
    return (start, end, label) if plain else None


def past_titles(forms: list[str], start: int) -> int:
    """Return where a person's name begins after "Vice President", "Mr." and the like."""
    for stop in range(len(forms) - 1, start, -1):
        role = TITLES(" ".join(forms[start:stop]))
        if role is not None and role.is_title:
            return stop
    return start


def bio_names(tags: list[str], labels: dict[str, str]) -> list[tuple[int, int, str]]:
    """Read (first, last + 1, label) spans off a BIO sequence."""
    spans: list[tuple[int, int, str]] = []
    start, kind = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, name = tag.partition("-")
        if kind and (prefix != "I" or name != kind):
            spans.append((start, index, kind))
            kind = ""
        if prefix == "B" or (prefix == "I" and not kind):
            start, kind = index, name
    return [(s, e, labels[k]) for s, e, k in spans if k in labels]


def crossner(path: Path) -> Iterator[tuple[Sentence, list[tuple[int, int, str]]]]:
    """Yield CrossNER sentences; its two columns hold a word and a BIO tag."""
    words: list[Word] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            form, tag = line.split()[:2]
            words.append(Word(plain(form), form, "", "", "", 0, "", {}))
            tags.append(tag)
        elif words:
            yield Sentence(words=words), bio_names(tags, CROSSNER_LABELS)
            words, tags = [], []


def uner(path: Path) -> Iterator[tuple[Sentence, list[Span]]]:
    """Yield UNER's sentences; its columns hold a number, a word and a BIO tag.

    Spaces are read off the ``# text`` line above each sentence.
    """
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        if rows:
            text = next(line for line in block.splitlines() if line.startswith("# text = "))[9:]
            words = _spaced([plain(row[1]) for row in rows], plain(text))
            yield Sentence(words=words), bio_names([row[2] for row in rows], UNER_LABELS)


def _spaced(forms: list[str], text: str) -> list[Word]:
    """Make words whose spaces are those of the text; a space where they cannot be found."""
    words, at = [], 0
    for form in forms:
        at = text.find(form, at) + len(form) if form in text[at:] else at
        words.append(
            Word(
                form,
                form,
                "",
                "",
                "",
                0,
                "",
                {},
                space_after=text[at : at + 1] != "" and text[at].isspace(),
            )
        )
    return words
