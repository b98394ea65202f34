"""Read actor and agent dictionaries of the TABARI and PETRARCH family.

One entry is a name, its codes in brackets, and synonyms on lines of their own::

    KARI_NORDMANN_ [NORGOV 850101-941231][NORELI >941231]  ; comment
    +FRU_NORDMANN

    POLICE {} [~COP]           # an agent without another plural
    TRIBESMAN {TRIBESMEN} [~CVL]
    !PERSON! = MAN, WOMAN
    CHAIR!PERSON! [~BUS]

Codes may stand on the lines below the name. See ``restrictions`` for their days.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dragoman.actors.agents import Agent, groups_of
from dragoman.actors.converted import Converted
from dragoman.actors.restrictions import reading
from dragoman.actors.schema import Actor, ActorKind, Reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.actors.codes import Codes

_BLOCK = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CONTENT = re.compile(r"(?:[^#;\[]|\[[^\]]*\])*")
_SET = re.compile(r"!(?P<name>[^!\s]+)!\s*=\s*(?P<words>.+)")
_MARK = re.compile(r"!([^!\s]+)!")
_ENTRY = re.compile(r"(?P<name>[^\[{]*?)\s*(?P<plural>\{[^}]*\})?\s*(?P<codes>(?:\[[^\]]*\]\s*)*)")
_CODE = re.compile(r"\[\s*[~A-Z-]*[A-Z]{3}[^\]]*\]")
_YAML = re.compile(r"(- |[a-z_]+:)")
_UNFIT = frozenset('*^~!%{}=<>|"\\@$')


@dataclass
class _Item:
    """An entry as it stands."""

    line: int
    name: str
    names: list[tuple[int, str]] = field(default_factory=list)
    """Synonyms, each with its line."""
    plural: str | None = None
    codes: list[tuple[int, str]] = field(default_factory=list)
    """What stands in brackets, each with its line."""


def looks_like(text: str) -> bool:
    """Tell whether a text is a dictionary of this family: codes in brackets, and no YAML."""
    lines = [line for _, line in _lines(text)]
    return any(map(_CODE.search, lines)) and not any(map(_YAML.match, lines))


def read_dictionary(text: str, codes: Codes, kind: ActorKind | None = None) -> Converted:
    """Return the actors or the agents of a dictionary.

    Args:
        text: the file's content.
        codes: takes codes apart.
        kind: the kind of every actor; without it a bare country code makes a state, a code ELI
            a person, anything else an organisation.
    """
    found = Converted()
    items = list(_items(text, found))
    found.read = len(items)
    if any("~" in code for item in items for _, code in item.codes):
        agents = [agent for item in items for agent in _agents(item, codes, found)]
        found.roles, found.known = groups_of(agents, codes.known)
        return found
    for item in items:
        actor = _actor(item, codes, kind, found)
        if actor is not None and _is_known(actor, codes):
            found.known += 1
        elif actor is not None:
            found.actors.append(actor)
    return found


# -- lines ---------------------------------------------------------------------------------


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines that say something, with their numbers, comments cut off."""
    text = _BLOCK.sub(lambda found: "\n" * found.group().count("\n"), text)
    for number, line in enumerate(text.split("\n"), 1):
        kept = _CONTENT.match(line)
        end = kept.end() if kept else 0
        content = line if line[end : end + 1] == "[" else line[:end]  # an open bracket is a fault
        if content.strip():
            yield number, content.strip()


def _items(text: str, found: Converted) -> Iterator[_Item]:
    """Yield the entries of a dictionary; substitution sets are put in."""
    sets: dict[str, list[str]] = {}
    item: _Item | None = None
    for number, line in _lines(text):
        named = _SET.fullmatch(line)
        if named:
            sets[named["name"]] = [word.strip() for word in named["words"].split(",")]
        elif line[0] in "+[":
            _goes_on(item, number, line, found)
        else:
            if item is not None:
                yield from _spread(item, sets, found)
            item = _begin(number, line, found)
    if item is not None:
        yield from _spread(item, sets, found)


def _begin(number: int, line: str, found: Converted) -> _Item | None:
    """Return the entry that a line begins, ``None`` when the line cannot be read."""
    entry = _ENTRY.fullmatch(line)
    if entry is None or not entry["name"]:
        found.skip(number, line, "expected NAME [CODE]; close every bracket and brace")
        return None
    item = _Item(number, entry["name"])
    item.plural = entry["plural"][1:-1].strip() if entry["plural"] else None
    item.codes = [(number, code) for code in re.findall(r"\[([^\]]*)\]", entry["codes"])]
    return item


def _goes_on(item: _Item | None, number: int, line: str, found: Converted) -> None:
    """Add a line of synonyms or codes to the entry above it."""
    entry = _ENTRY.fullmatch(line.lstrip("+"))
    if item is None:
        found.skip(number, line, "no entry above it that could be read; put a NAME line before it")
    elif entry is None:
        found.skip(number, line, "expected +SYNONYM or [CODE]; close every bracket")
    elif line[0] == "[":
        item.codes += [(number, code) for code in re.findall(r"\[([^\]]*)\]", line)]
    elif entry["codes"]:
        found.skip(number, line, "a synonym with codes of its own; make it an entry")
    else:
        item.names.append((number, entry["name"]))


def _spread(item: _Item, sets: dict[str, list[str]], found: Converted) -> Iterator[_Item]:
    """Yield an entry once for every word of the substitution sets in its name."""
    marks = _MARK.findall(item.name)
    missing = [mark for mark in marks if mark not in sets]
    if missing:
        found.skip(item.line, item.name, f"!{missing[0]}! is no set; write !{missing[0]}! = A, B")
        return
    for words in itertools.product(*(sets[mark] for mark in marks)):
        name = item.name
        for mark, word in zip(marks, words, strict=True):
            name = name.replace(f"!{mark}!", word, 1)
        plural = "" if marks else item.plural  # the words of a set have no further plurals
        yield _Item(item.line, name, item.names, plural, item.codes)


# -- actors --------------------------------------------------------------------------------


def _actor(item: _Item, codes: Codes, kind: ActorKind | None, found: Converted) -> Actor | None:
    """Return an entry as an actor, ``None`` when nothing of it can be read."""
    readings = _readings(item, codes, found)
    forms = _forms(item, codes, found)
    if not forms or not readings:
        return None
    return Actor(
        name=forms[0], names=forms[1:], kind=kind or _kind(forms, readings, codes), codes=readings
    )


def _readings(item: _Item, codes: Codes, found: Converted) -> list[Reading]:
    """Return the codes of an entry: those with days first, as they decide before the others."""
    readings: list[Reading] = []
    if not item.codes:
        found.skip(item.line, item.name, "has no code; write NAME [CODE]")
    for number, text in item.codes:
        try:
            made, unknown = reading(text, codes)
        except ValueError as error:
            found.skip(number, item.name, str(error))
            continue
        readings.append(made)
        if unknown:
            left = ", ".join(unknown)
            found.skip(number, item.name, f"[{text}]: part {left} is unknown; the rest was read")
    dated = [r for r in readings if r.since or r.until]
    return dated + [r for r in readings if not (r.since or r.until)][:1]


def _forms(item: _Item, codes: Codes, found: Converted) -> list[str]:
    """Return the names of an entry, in the base's spelling where it has them; none twice."""
    forms: list[str] = []
    for number, text in [(item.line, item.name), *item.names]:
        plain = " ".join(text.replace("_", " ").split())
        if len(plain) < 2 or _UNFIT & set(plain):
            found.skip(number, text, "no plain name; expected letters, with _ between words")
        else:
            forms.append(spelled(plain, codes))
    return list(dict.fromkeys(forms))


def spelled(name: str, codes: Codes) -> str:
    """Return a name in capitals as it is written in a text: as the base has it, else "Kari"."""
    if not name.isupper():
        return name
    known = codes.known.lookup(name)
    return known[0].form if known else re.sub(r"[^\s-]+", lambda w: w[0].capitalize(), name)


def _kind(forms: list[str], readings: list[Reading], codes: Codes) -> ActorKind:
    """Guess what an actor is: from its codes, and from the base where it has the name."""
    if all(r.code in codes.known.states and not r.sector for r in readings):
        return "state"
    named = any(e.kind == "person" for form in forms for e in codes.known.lookup(form))
    return "person" if named or any("ELI" in r.sector for r in readings) else "organisation"


def _is_known(actor: Actor, codes: Codes) -> bool:
    """Tell whether every name of a bare country is in the base already, as that country's."""
    first = actor.codes[0]
    if len(actor.codes) > 1 or first.sector or first.since or first.until:
        return False
    return all(
        any(e.code == first.code and e.kind in _PLACES for e in codes.known.lookup(name))
        for name in (actor.name, *actor.names)
    )


_PLACES = frozenset({"state", "capital", "adjective", "region"})


# -- agents --------------------------------------------------------------------------------


def _agents(item: _Item, codes: Codes, found: Converted) -> Iterator[Agent]:
    """Yield the agents of an entry: the word and its synonyms."""
    readings = _readings(item, codes, found)
    if not readings or not readings[0].sector:
        return
    for form in _forms(_Item(item.line, item.name.lower(), item.names), codes, found):
        word = form.lower()
        plurals = [p.strip().replace("_", " ").lower() for p in (item.plural or "").split(",")]
        forms = (word, *(p for p in plurals if p))
        yield Agent(tuple(readings[0].sector), forms, regular=item.plural is None)
