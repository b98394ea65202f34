"""Split paragraphs into sentences before anything is parsed.

The splitter is careful: it cuts only where an end is plain, because the parser
can still split what is left whole, but nothing joins what was cut apart.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.language.forms import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator

END = re.compile(
    r"(?<![.!?…])(?P<stop>[.!?…]+)(?P<close>(?:\[\d{1,3}\]|[\"'”’)\]])*)(?P<gap>\s+|(?=[A-Z“\"(]))"
)
"""What may end a sentence, looked for once in a row of stops: a text may be nothing but dots."""
INNER_END = re.compile(r"[.!?:;…]$")
INITIAL = re.compile(r"(?:^|[\s(\"“.])(?:[A-Z]|Al)$")


@cache
def _words(kind: str) -> frozenset[str]:
    """Return one of the word lists of ``sentences.yaml``."""
    return frozenset(str(word) for word in read_data("sentences.yaml")[kind])


def split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the offsets of each sentence of ``text[start:end]``, white space trimmed."""
    begin = start
    for match in END.finditer(text, start, end):
        if match.end() >= end or not _is_end(text, begin, match, end):
            continue
        yield begin, match.end("close")
        begin = match.end()
    if rest := text[begin:end].rstrip():
        yield begin, begin + len(rest)


def _is_end(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    """Whether a full stop, question or exclamation mark ends a sentence."""
    following = text[match.end() : min(end, match.end() + 30)].lstrip("\"'“‘([")
    if not following or not (following[0].isupper() or following[0].isdigit()):
        return False
    before = text[max(begin, match.start() - 12) : match.start()]
    word = re.split(r"[\s(\"“‘\-–—]", before)[-1]
    if not match["gap"]:
        return _glued(word, following, match["close"])
    if match["stop"] != ".":
        return True
    if word in _words("closing"):
        return following.split()[0].strip(",") in _words("openers")
    return not (_stays_open(word, following) or INITIAL.search(before))


def _stays_open(word: str, following: str) -> bool:
    """Whether a word with a full stop is an abbreviation that goes with what follows."""
    if word in _words("abbreviations"):
        return True
    return following[0].isdigit() and word in _words("numbered")


def may_begin(word: str, following: str) -> bool:
    """Whether a sentence may begin after a token, as far as the two tell.

    Asked inside what ``split`` left whole, before the parser decides.

    Args:
        word: the token before, with its full stop if that is part of it.
        following: the token that would begin the sentence.
    """
    if not INNER_END.search(word) or not following or following[0].islower():
        return False
    bare = word.removesuffix(".")
    timed = bare in _words("closing") and following in _words("timed")
    return not timed and (bare == word or not _stays_open(bare, following))


def _glued(word: str, following: str, close: str) -> bool:
    """Whether a stop with no space after it ends a sentence ("deal.The")."""
    opener = following.split(maxsplit=1)[0].strip(",")
    long_enough = len(word) > 2 and word.isalpha() and word.islower()
    return long_enough and (bool(close) or (opener[1:].islower() and opener.isalpha()))
