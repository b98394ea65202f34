"""Compile the patterns of ``dates.yaml``, find them in a text and read what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.coding.when.schema import DatesFile, Tenses, check
from dragoman.coding.when.values import Kind, Reading, valid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

DATA = Path(__file__).parent.parent / "data" / "dates.yaml"
MAX_MONTH = 12
NOON = 12
OF_WEEKDAY = frozenset({"weekday", "ofweek", "set"})
"""Kinds that a weekday decides; beside a date of the month it only repeats it."""
COUNTED = frozenset({"window", "duration", "set"})
"""Kinds that speak of one unit when they name no number: "the past week", "every day"."""
WORD = re.compile(r"[^\W\d_]+|\d")
SIGNS = frozenset(
    {
        "month", "weekday", "weekdays", "weekdayshort", "relative", "unit", "clockunit", "season",
        "holiday", "floating", "easter", "often", "now", "ahead", "noon", "half", "daypart",
        "digit", "weekend", "quarter",
    }
)  # fmt: skip
"""Lists and words, one of which every expression needs."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern: what it reads and its source, compiled when a text first asks for it."""

    kind: Kind
    source: str
    needs: tuple[str, ...]
    """Names of lists, words, or "digit"; each must stand in the text."""
    fixed: Mapping[str, int]
    """Values that no word of the text gives."""

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.source)


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything of ``dates.yaml``, made ready."""

    values: Mapping[str, Mapping[str, int | str]]
    """Word list name -> word in lower case -> value."""
    rules: tuple[Rule, ...]
    """In the order of the file."""
    relations: Mapping[str, str]
    """Word before an expression -> how the event stands to it."""
    named_days: frozenset[str]
    """Words that make a name of a weekday ("Bloody Sunday")."""
    tense: Tenses
    """Words that tell the tense of a date."""
    offsets: Mapping[str, int]
    """Word after a duration -> where what it governs lies: -1 before, 1 after the rest."""
    within: frozenset[str]
    """Prepositions that put what a verb tells into what a dated noun names."""
    loose: frozenset[str]
    """Words that open a clause which only lies near the day of the rest."""
    history_days: int
    """Days before the report's own from which an event is history."""
    lists: Mapping[str, frozenset[str]]
    """Last word of an entry, in lower case -> the lists that hold it."""


@dataclass(frozen=True, slots=True)
class Match:
    """One expression in a text: offsets into it and what it says."""

    start: int
    end: int
    reading: Reading
    named: bool
    """Whether the date only names another thing ("the 2015 agreement")."""
    cut: tuple[int, int] | None = None
    """Where the near end of a range stops and the far end begins."""


@cache
def tables() -> Tables:
    """Return the tables; read once.

    Raises:
        DataError: with every fault of the file.
    """
    raw = yaml.load(DATA.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    data = check(raw, DATA.name)
    lists: dict[str, Mapping[str, int | str]] = {**data.proper, **data.plain}
    return Tables(
        values={n: {w.lower(): v for w, v in words.items()} for n, words in lists.items()},
        rules=tuple(_rules(data)),
        relations=dict(data.relations),
        named_days=data.named_days,
        tense=data.tense,
        offsets=dict(data.offsets),
        within=data.within,
        loose=data.loose,
        history_days=data.history_days,
        lists=_last_words(lists),
    )


def _rules(data: DatesFile) -> Iterator[Rule]:
    """Yield the rules of a file, fragments and word lists put into their patterns."""
    choices = {name: _choice(list(words), proper=True) for name, words in data.proper.items()}
    choices |= {name: _choice(list(words), proper=False) for name, words in data.plain.items()}
    for pattern in data.patterns:
        source = _source(pattern.regex, data.fragments, choices)
        fixed = {str(name): value for name, value in pattern.fixed.items()}
        yield Rule(pattern.kind, source, pattern.needs, fixed)


def _choice(words: list[str], *, proper: bool) -> str:
    """Return the alternatives of a word list, longest first."""
    forms = {form for word in words for form in ((word, word.upper()) if proper else (word,))}
    joined = "|".join(
        re.escape(w).replace("\\ ", r"\s+") for w in sorted(forms, key=lambda w: (-len(w), w))
    )
    return joined if proper else f"(?i:{joined})"


def _source(pattern: str, fragments: Mapping[str, str], choices: Mapping[str, str]) -> str:
    """Put fragments and word lists into a pattern."""
    for _ in range(2):  # a fragment may hold another
        for name, fragment in fragments.items():
            pattern = pattern.replace(f"<{name}>", fragment)

    def put(found: re.Match[str]) -> str:
        name, second = found[1], found[2]
        return f"(?P<{name}{second}>{choices[name]})"

    return re.sub(r"\{([a-z]+)(2?)\}", put, pattern)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    """Compile a pattern once; many reports need few of them."""
    return re.compile(source)


def _last_words(lists: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return the lists of each word that ends an entry."""
    found: dict[str, set[str]] = {}
    for name, words in lists.items():
        for word in words:
            found.setdefault(WORD.findall(word.lower())[-1], set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def present(text: str) -> frozenset[str]:
    """Return the words of a text, the lists they are of, and "digit".

    Returns:
        Nothing at all when none of the words is a sign of time.
    """
    lists = tables().lists
    words = set(WORD.findall(text.lower()))
    found = words.union(*[lists[word] for word in words if word in lists])
    if any(map(str.isdigit, words)):
        found.add("digit")
    return frozenset() if SIGNS.isdisjoint(found) else frozenset(found)


def find(text: str) -> list[Match]:
    """Return the time expressions of a text, left to right, none overlapping another."""
    here = present(text)
    rules = [rule for rule in tables().rules if here and here.issuperset(rule.needs)]
    found = [match for rule in rules for match in _matches(rule, text)]
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
        reading = _read(rule, groups)
        if reading is not None and valid(reading):
            cut = found.span("to") if groups.get("to") else None
            yield Match(start, end, reading, inner == "named", cut)


def _read(rule: Rule, groups: Mapping[str, str | None]) -> Reading | None:
    """Return what the groups of a match say."""
    if groups.get("first"):
        return _read_slashes(groups)
    words = {name: word for name, word in groups.items() if word is not None}
    values: dict[str, Any] = {name: _value(name, word) for name, word in words.items()}
    if rule.kind == "span":
        return _read_span(values)
    packed = values.get("holiday") or values.get("floating")
    if packed is not None:
        return _read_holiday(rule.kind, packed, values)
    unit = words.get("unit") or words.get("clockunit") or ""
    return _assemble(rule, values, plural=unit.lower().endswith("s"))


def _value(name: str, word: str) -> int | str:
    """Return the value of a captured word."""
    known = tables().values.get(name.removesuffix("2"))
    plain = " ".join(word.lower().split())
    if known is not None and plain in known:
        return known[plain]
    digits = word.lstrip("'’‘")
    return int(digits) if digits.isdigit() else 0


def _assemble(rule: Rule, values: Mapping[str, Any], *, plural: bool) -> Reading:
    """Return a reading from the values of its words."""

    def first(*names: str) -> int | None:
        return next((values[name] for name in names if name in values), None)

    direction = first("direction", "back", "sooner", "later", "window", "anaphor")
    if rule.kind in COUNTED and _counted(values) is None and not plural:
        values = {**values, "number": 1}
    return Reading(
        kind=rule.kind,
        year=_full_year(first("year", "decade")),
        month=first("month", "plainmonth", "monthno", "season"),
        day=first("day", "day2"),
        weekday=first("weekday", "weekdays") if rule.kind in OF_WEEKDAY else None,
        direction=rule.fixed.get("direction", direction),
        amount=rule.fixed.get("amount", _counted(values)),
        unit=rule.fixed.get("unit", first("unit", "clockunit", "often")),
        part=first("part"),
        vague="some" in values or _counted(values) is None,
        half="half" in values and "hour" not in values,
        time=_time(values),
    )


def _full_year(year: int | None) -> int | None:
    """Return a year written with two digits in full: the last century's."""
    return year if year is None or year >= 100 else 1900 + year


def _counted(values: Mapping[str, Any]) -> int | None:
    """Return the number that was written."""
    names = ("number", "some", "digits", "article", "relative", "ordinal", "century", "easter")
    return next((values[name] for name in names if name in values), None)


def _time(values: Mapping[str, Any]) -> str | None:
    """Return the time of day: ``hh:mm`` or a part of the day."""
    if "hour" in values:
        hour = values["hour"] % NOON + values.get("half", 0)
        return f"{hour:02}:{values.get('minute', 0):02}"
    named = values.get("daypart", values.get("noon"))
    return named if isinstance(named, str) else None


def _read_span(values: Mapping[str, Any]) -> Reading:
    """Return a range; what one end leaves out is taken from the other."""
    lower = {name: value for name, value in values.items() if not name.endswith("2")}
    upper = {name[:-1]: value for name, value in values.items() if name.endswith("2")}
    upper.setdefault("month", lower.get("month", 0))
    if "year" not in upper and "year" in lower:
        upper["year"] = lower["year"]
    kinds: tuple[Kind, ...] = ("weekday", "day", "month", "year")
    kind = next(k for k in kinds if upper.get(k) is not None and k in lower)
    upper = {name: value for name, value in upper.items() if value or name != "month"}
    return Reading(kind="span", **_fields(lower), upper=Reading(kind=kind, **_fields(upper)))


def _fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a range's end."""
    return {name: values[name] for name in ("year", "month", "day", "weekday") if name in values}


def _read_slashes(groups: Mapping[str, str | None]) -> Reading | None:
    """Return a date such as 3/12/2016; month first unless there is no such month."""
    first, second, year = (int(groups[name] or 0) for name in ("first", "second", "year"))
    month, day = (first, second) if first <= MAX_MONTH else (second, first)
    if not (1 <= month <= MAX_MONTH and 1 <= day <= 31):
        return None
    return Reading(kind="day", year=year, month=month, day=day)


def _read_holiday(kind: Kind, packed: int, values: Mapping[str, Any]) -> Reading:
    """Return a feast day, fixed or the nth weekday of its month."""
    year, direction = values.get("year"), values.get("direction")
    month, rest = divmod(packed, 100)
    if kind == "holiday":
        return Reading(kind=kind, year=year, month=month, day=rest, direction=direction)
    weekday, which = divmod(rest, 10)
    return Reading(
        kind=kind, year=year, month=month, weekday=weekday, amount=which, direction=direction
    )
