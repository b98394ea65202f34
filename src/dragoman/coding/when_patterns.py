"""Compile the date patterns of ``dates.yaml`` and read their matches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.coding.when_values import Reading, valid

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DATA = Path(__file__).parent / "data" / "dates.yaml"
MAX_MONTH = 12


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: what it reads and its compiled form."""

    kind: str
    regex: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything of ``dates.yaml``, compiled."""

    values: Mapping[str, Mapping[str, int]]
    """Word list name -> word in lower case -> value."""
    rules: tuple[Rule, ...]
    """In the order of the file."""
    relations: Mapping[str, str]
    """Word before an expression -> how the event stands to it."""
    named_days: frozenset[str]
    """Words that make a name of a weekday ("Bloody Sunday")."""
    signs: frozenset[str]
    """Words in lower case one of which every expression without a digit holds."""


@dataclass(frozen=True, slots=True)
class Match:
    """One expression in a text: offsets into it and what it says."""

    start: int
    end: int
    reading: Reading
    named: bool
    """Whether the date only names another thing ("the 2015 agreement")."""


@cache
def tables() -> Tables:
    """Return the compiled tables; read once."""
    raw: dict[str, Any] = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    lists = {**raw["proper"], **raw["plain"]}
    values = {name: {w.lower(): v for w, v in words.items()} for name, words in lists.items()}
    choices = {
        name: _choice(list(words), proper=name in raw["proper"]) for name, words in lists.items()
    }
    rules = (
        Rule(p["kind"], _compile(p["regex"], raw["fragments"], choices)) for p in raw["patterns"]
    )
    signs = ("month", "weekday", "relative", "unit", "season", "holiday", "floating")
    words = {
        part for name in signs for word in values[name] for part in re.split(r"[\s'\u2019]", word)
    }
    return Tables(
        values=values,
        rules=tuple(rules),
        relations=raw["relations"],
        named_days=frozenset(raw["named_days"]),
        signs=frozenset(words | {"weekend"}),
    )


def _choice(words: list[str], *, proper: bool) -> str:
    """Return the alternatives of a word list, longest first."""
    forms = {form for word in words for form in ((word, word.upper()) if proper else (word,))}
    joined = "|".join(
        re.escape(w).replace("\\ ", r"\s+") for w in sorted(forms, key=lambda w: (-len(w), w))
    )
    return joined if proper else f"(?i:{joined})"


def _compile(
    pattern: str, fragments: Mapping[str, str], choices: Mapping[str, str]
) -> re.Pattern[str]:
    """Put fragments and word lists into a pattern and compile it."""
    for _ in range(2):  # a fragment may hold another
        for name, fragment in fragments.items():
            pattern = pattern.replace(f"<{name}>", fragment)

    def put(found: re.Match[str]) -> str:
        name, second = found[1], found[2]
        return f"(?P<{name}{second}>{choices[name]})"

    return re.compile(re.sub(r"\{([a-z]+)(2?)\}", put, pattern))


def find(text: str) -> list[Match]:
    """Return the date expressions of a text, left to right, none overlapping another."""
    found = [m for rule in tables().rules for m in _matches(rule, text)]
    found.sort(key=lambda m: (m.start, -m.end))
    kept: list[Match] = []
    for match in found:
        if not kept or match.start >= kept[-1].end:
            kept.append(match)
    return kept


def _matches(rule: Rule, text: str) -> Iterator[Match]:
    """Yield the matches of one rule that are dates of the calendar."""
    for found in rule.regex.finditer(text):
        groups = found.groupdict()
        inner = next((name for name in ("x", "named") if groups.get(name) is not None), None)
        start, end = found.span(inner) if inner else found.span()
        reading = _read(rule.kind, groups)
        if reading is not None and valid(reading):
            yield Match(start, end, reading, inner == "named")


def _read(kind: str, groups: Mapping[str, str | None]) -> Reading | None:
    """Return what the groups of a match say."""
    if kind == "span":
        return _read_span(groups)
    if groups.get("first"):
        return _read_slashes(groups)
    values = {name: _value(name, word) for name, word in groups.items() if word is not None}
    packed = values.get("holiday") or values.get("floating")
    if packed is not None:
        return _read_holiday(packed, values, floating="floating" in values)
    return _assemble(kind, values)


def _assemble(kind: str, values: Mapping[str, int]) -> Reading:
    """Return a reading from the values of its words."""

    def first(*names: str) -> int | None:
        return next((values[name] for name in names if name in values), None)

    return Reading(
        kind=kind,
        year=first("year", "decade"),
        month=first("month", "plainmonth", "monthno", "season"),
        day=first("day", "day2"),
        weekday=first("weekday") if kind == "weekday" else None,
        direction=first("direction", "back", "later", "window", "anaphor"),
        amount=_amount(kind, values),
        unit=first("unit"),
        part=first("part"),
    )


def _amount(kind: str, values: Mapping[str, int]) -> int | None:
    """Return how many units an expression counts."""
    counted = values.get("number", values.get("digits", values.get("relative")))
    return 3 if kind == "window" and counted is None and values["unit"] == 1 else counted


def _value(name: str, word: str) -> int:
    """Return the value of a captured word."""
    known = tables().values.get(name.removesuffix("2"))
    if known is not None:
        return known[" ".join(word.lower().split())]
    return int(word) if word.isdigit() else 0


def _read_span(groups: Mapping[str, str | None]) -> Reading:
    """Return a range; what one end leaves out is taken from the other."""
    values = {name: _value(name, word) for name, word in groups.items() if word is not None}
    lower = {name: value for name, value in values.items() if not name.endswith("2")}
    upper = {name[:-1]: value for name, value in values.items() if name.endswith("2")}
    upper.setdefault("month", lower.get("month", 0))
    if "year" not in upper and "year" in lower:
        upper["year"] = lower["year"]
    kind = next(
        k for k in ("weekday", "day", "month", "year") if upper.get(k) is not None and k in lower
    )
    upper = {name: value for name, value in upper.items() if value or name != "month"}
    near = _fields(lower)
    return Reading(kind="span", **near, upper=Reading(kind=kind, **_fields(upper)))


def _fields(values: Mapping[str, int]) -> dict[str, Any]:
    """Return the fields of a range's end."""
    return {name: values[name] for name in ("year", "month", "day", "weekday") if name in values}


def _read_slashes(groups: Mapping[str, str | None]) -> Reading | None:
    """Return a date such as 3/12/2016; month first unless there is no such month."""
    first, second, year = (int(groups[name] or 0) for name in ("first", "second", "year"))
    month, day = (first, second) if first <= MAX_MONTH else (second, first)
    if not (1 <= month <= MAX_MONTH and 1 <= day <= 31):
        return None
    return Reading(kind="day", year=year, month=month, day=day)


def _read_holiday(packed: int, values: Mapping[str, int], *, floating: bool) -> Reading:
    """Return a feast day, fixed or the nth weekday of its month."""
    year, direction = values.get("year"), values.get("direction")
    month, rest = divmod(packed, 100)
    if not floating:
        return Reading(kind="holiday", year=year, month=month, day=rest, direction=direction)
    weekday, which = divmod(rest, 10)
    return Reading(
        kind="floating", year=year, month=month, weekday=weekday, amount=which, direction=direction
    )
