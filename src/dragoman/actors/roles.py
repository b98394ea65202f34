"""Words for offices and groups of people: "foreign minister", "troops", "ex-president"."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.actors.entries import fold
from dragoman.language.forms import noun_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.actors.schema import ActorsFile, RoleGroup

RUN = re.compile(r"[^\W_]+")
"""Letters or digits in a row."""
_LINKS = (" of ", " to ", " for ", " at ", " on ", " in ", "-in-", "-at-", " d'")
_POSTPOSED = frozenset({"general", "designate", "elect", "emeritus", "martial"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a word for an office or a group of people says of whoever bears it."""

    sector: tuple[str, ...]
    """Primary first; empty for words such as "Mr" or "country", which imply none."""
    is_title: bool = False
    """True when it may stand before a name."""
    sends: bool = False
    """True when its bearer belongs to the sending state: ambassador, envoy."""
    name: str = ""
    """The role in the singular, written out: "major general" for "Maj. Gen."."""


@dataclass(frozen=True)
class RoleTable:
    """Every role word in every form, and the words that may come before one."""

    words: Mapping[str, Role]
    former: frozenset[str]
    former_of: frozenset[str]
    plain: frozenset[str]

    @cached_property
    def endings(self) -> frozenset[str]:
        """Return the last letters or digits in a row of every role: no other word ends one."""
        runs = (RUN.findall(word) for word in self.words)
        return frozenset(found[-1] for found in runs if found)

    def find(self, phrase: str) -> Role | None:
        """Return the role a phrase names, or ``None``.

        "senior officials" is found by way of "officials"; "ousted prime minister" and
        "ex-general" are ELI.
        """
        key = phrase if phrase in self.words else fold(phrase)
        if key in self.words:
            return self.words[key]
        if " " not in key and "-" not in key:
            return None
        first, _, rest = key.replace("ex-", "ex ", 1).partition(" ")
        if not rest or (first not in self.former and first not in self.plain):
            return None
        role = self.find(rest)
        if role and first in self.former and self.former_of & set(role.sector):
            return replace(role, sector=("ELI",))
        return role


def role_table(
    own: Iterable[ActorsFile], shipped: Iterable[ActorsFile], faults: list[str]
) -> RoleTable:
    """Compile the role sections of some files.

    Args:
        own: the user's files; a word they hold is theirs, whatever the shipped files say of it.
        shipped: the files of the package.
        faults: takes the words that stand in two sectors.
    """
    own, shipped = list(own), list(shipped)
    words: dict[str, Role] = {}
    _fill(words, own, faults)
    _fill(words, shipped, faults)
    files = [*own, *shipped]
    for file in files:
        _abbreviate(words, file.abbreviations, faults)
    return RoleTable(
        words,
        frozenset(fold(w) for file in files for w in file.former),
        frozenset(code for file in files for code in file.former_of),
        frozenset(fold(w) for file in files for w in file.plain),
    )


def _fill(words: dict[str, Role], files: Iterable[ActorsFile], faults: list[str]) -> None:
    """Add the roles of some files; what is there already stays."""
    kept = frozenset(words)
    for file in files:
        forms = [pair for group in file.roles for pair in _forms(group)]
        forms += [(fold(w), Role((), is_title=True, name=w)) for w in file.honorifics]
        for form, role in forms:
            if form not in kept:
                _add(words, form, role, faults)


def _forms(group: RoleGroup) -> Iterator[tuple[str, Role]]:
    """Yield every form of every word of a group with its role."""
    sector = tuple(group.sector)
    lists = ((group.titles, True, False), (group.agents, False, False), (group.sends, True, True))
    for words, is_title, sends in lists:
        for word in words:
            role = Role(sector, is_title, sends, word)
            for form in {word, *plurals(word)}:
                yield fold(form), role
    for word in group.collective:
        yield fold(word), Role(sector, name=word)


def _add(words: dict[str, Role], form: str, role: Role, faults: list[str]) -> None:
    """Add a form; the same form in another sector is a fault, in the same sector a variant."""
    known = words.setdefault(form, role)
    if known.sector != role.sector:
        faults.append(
            f"roles: {form!r} is in {'+'.join(known.sector) or 'no sector'} and in "
            f"{'+'.join(role.sector) or 'no sector'}; keep it in one"
        )


def _abbreviate(
    words: dict[str, Role], abbreviations: Mapping[str, str], faults: list[str]
) -> None:
    """Add the abbreviations of titles."""
    for short, full in abbreviations.items():
        role = words.get(fold(full))
        if role is None:
            faults.append(f"abbreviations: {short!r} stands for {full!r}, which is no role word")
        else:
            words.setdefault(fold(short), role)


def plurals(phrase: str) -> set[str]:
    """Return the plurals of a role word: "chiefs of staff", "attorneys general".

    The head is the word before a link ("of", "-in-") or before a trailing adjective
    ("general", "designate"); otherwise the last word.
    """
    for link in _LINKS:
        head, found, rest = phrase.partition(link)
        if found:
            return {f"{many}{link}{rest}" for many in plurals(head)}
    cut = max(phrase.rfind(" "), phrase.rfind("-"))
    first, last = phrase[: cut + 1], phrase[cut + 1 :]
    forms = {first + form for form in noun_forms(last) if form != last}
    if last.endswith("man"):
        forms.add(first + last[:-3] + "men")
    if first and last in _POSTPOSED:
        forms |= {many + phrase[cut:] for many in plurals(phrase[:cut])}
    return forms
