"""The schema of ``dates.yaml``: every fault of the file at once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dragoman.coding.when.values import Kind  # pydantic reads it
from dragoman.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

Relation = Literal["since", "until", "before", "after", "by", "for", "every"]
Words = dict[str, int]
LISTED = re.compile(r"\{([a-z]+)2?\}")
FRAGMENT = re.compile(r"<([A-Z]+\d?)>")


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Pattern(_Strict):
    """One pattern of the file."""

    kind: Kind
    regex: str
    needs: tuple[str, ...] = ()
    """Lists, words or "digit"; without one of each in a sentence the pattern is not tried."""
    fixed: dict[Literal["direction", "amount", "unit"], int] = {}
    """What the pattern says without a word for it."""
    example: str
    """A text in which it finds its kind."""


class Tenses(_Strict):
    """Words, in lower case, that tell how a bare weekday lies to the day of the report."""

    future: frozenset[str]
    """Auxiliaries of what lies ahead."""
    coming: frozenset[str]
    """Words whose complement lies ahead."""
    had: frozenset[str]
    """Auxiliaries of what was over by then."""


class DatesFile(_Strict):
    """The whole file."""

    proper: dict[str, Words]
    """List name -> word with a capital -> value."""
    plain: dict[str, dict[str, int | str]]
    """List name -> word in any case -> value."""
    fragments: dict[str, str]
    patterns: tuple[Pattern, ...]
    relations: dict[str, Relation]
    named_days: frozenset[str]
    tense: Tenses
    offsets: dict[str, int]
    """Word between a duration and what it counts from -> -1 or 1, the direction of the latter."""
    within: frozenset[str]
    """Prepositions that put what a verb tells into what a dated noun names."""
    loose: frozenset[str]
    """Words that open a clause which only lies near the day of the rest."""
    history_days: int = Field(ge=0)
    """Days before the report's own from which an event is ``historical``."""


def check(raw: Any, name: str) -> DatesFile:
    """Check the content of a file.

    Raises:
        DataError: with every fault, each with its place and remedy.
    """
    try:
        data = DatesFile.model_validate(raw)
    except ValidationError as error:
        raise DataError(
            [
                f"{name}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}, "
                f"found {fault['input']!r:.80}; correct it"
                for fault in error.errors()
            ]
        ) from error
    if faults := [f"{name}: {fault}" for fault in _faults(data)]:
        raise DataError(faults)
    return data


def _faults(data: DatesFile) -> Iterator[str]:
    """Yield what the schema alone cannot see: names of lists and fragments that are not there."""
    lists = {*data.proper, *data.plain}
    sources = {f"fragments.{n}": s for n, s in data.fragments.items()}
    sources |= {f"patterns.{i} ({p.kind})": p.regex for i, p in enumerate(data.patterns)}
    for place, source in sources.items():
        for unknown in sorted(set(LISTED.findall(source)) - lists):
            yield f"{place}: no list {unknown!r}; name one of proper or plain"
        for unknown in sorted(set(FRAGMENT.findall(source)) - set(data.fragments)):
            yield f"{place}: no fragment {unknown!r}; name one of fragments"
