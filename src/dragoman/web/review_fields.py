"""The fields of a mention as forms: names, how a value is written, what may stand in it."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dragoman import ontology
from dragoman.review.values import AUX, FIELDS, KINDS, values
from dragoman.review.words import parsed, text_of
from dragoman.web.contexts import FieldRow
from dragoman.web.errors import WebError
from dragoman.web.review_places import located
from dragoman.web.texts import reads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from dragoman.ontology import Ontology
    from dragoman.record import Mention, Report
    from dragoman.review.fold import Says
    from dragoman.review.values import Value
    from dragoman.web.contexts import Read
    from dragoman.web.labels import Labels

KEYS = "1234567890"
"""The key of each of ``FIELDS``."""
_PARTY = "code, sectors, a colon, the name"
_PARTIES = f"{_PARTY}; a semicolon between parties; - for no country"
TITLES = MappingProxyType(
    {
        "event": ("Type", "one type of PLOVER, such as ASSAULT"),
        "mode": ("Modes", "with commas between; none: leave empty"),
        "context": ("Contexts", "with commas between; none: leave empty"),
        "actor": ("Who", _PARTIES),
        "recipient": ("To whom", _PARTIES),
        "date": ("When", "YYYY-MM-DD, or YYYY-MM-DD to YYYY-MM-DD; not stated: leave empty"),
        "place": (
            "Where",
            "country code, a colon, the name, @ latitude, longitude if known; else leave empty",
        ),
        "aux": ("Whether", f"{', '.join(AUX)}; empty: it happened"),
        "size": ("How many", "dead=3, injured=5-7, arrested=2, crowd=100; not stated: leave empty"),
        "source": ("Who says so", f"{_PARTY}, a comma, {' or '.join(KINDS)}; empty: the outlet"),
    }
)
_EMPTY = MappingProxyType(
    {
        "mode": "none",
        "context": "none",
        "actor": "nobody",
        "recipient": "nobody",
        "aux": "it happened",
        "source": "the outlet itself",
    }
)
"""What a field without a value means, where it is more than that nothing is stated."""
_ROLES = MappingProxyType(
    {
        "event": "trigger",
        "actor": "actor",
        "recipient": "recipient",
        "date": "date",
        "place": "place",
        "source": "said by",
    }
)
"""Field and its role in ``texts.reads``."""


class ValueFault(WebError):  # noqa: N818 - the room's word for it
    """A value that a field cannot have."""

    def __init__(self, field: str, text: str, why: str) -> None:
        """Keep what was given."""
        self.field, self.text = field, text
        super().__init__(422, f"{TITLES[field][0]}: {text[:80]!r} cannot stand here", why)


@cache
def _known() -> Ontology:
    """Return the ontology that ships; reading it takes a moment."""
    return ontology.load()


def rows(mention: Mention, says: Says | None, report: Report, labels: Labels) -> Iterator[FieldRow]:
    """Yield the fields of a mention.

    Args:
        mention: as it was read.
        says: what the reviewer says of it.
        report: its report.
        labels: names of codes.
    """
    read, how = values(mention), _whys(reads(mention, report, labels))
    left = read | (says.corrected if says else {})
    for key, name in zip(KEYS, FIELDS, strict=True):
        yield FieldRow(
            key=key,
            name=name,
            title=TITLES[name][0],
            read=text_of(name, read[name]),
            text=text_of(name, left[name]),
            empty=_EMPTY.get(name, "not stated"),
            corrected=bool(says and name in says.corrected),
            hint=TITLES[name][1],
            choices=tuple(_choices(name, left["event"])),
            why=how.get(_ROLES.get(name, ""), ""),
        )


def _whys(made: Iterable[Read]) -> dict[str, str]:
    """Return how each part of an event was read; of several parties, of each."""
    whys: dict[str, list[str]] = {}
    for read in made:
        whys.setdefault(read.role, []).append(read.why)
    return {role: " · ".join(filter(None, some)) for role, some in whys.items()}


def _choices(name: str, kind: str) -> Sequence[str]:
    """Return what may stand in a field, where it is one of not many."""
    known = _known()
    if name == "event":
        return sorted(known.types)
    if name == "mode":
        return known.modes(kind) if kind in known.types else ()
    return known.contexts if name == "context" else ()


def value_of(field: str, text: str, mention: Mention, types: Mapping[str, int]) -> Value:
    """Return the value that a reviewer gave.

    Args:
        field: which field.
        text: what was written.
        mention: the mention.
        types: types of the record, which may be a user's own.

    Raises:
        ValueFault: the field cannot have it.
    """
    try:
        found = parsed(field, text)
    except ValueError as error:
        why = _plainly(error)
        raise ValueFault(field, text, f"{why}. Write {TITLES[field][1]}.") from error
    if unknown := _unknown(field, found, mention, types):
        raise ValueFault(field, text, unknown)
    return located(found) if field == "place" else found


def _plainly(error: ValueError) -> str:
    """Return what is wrong, in a line."""
    if hasattr(error, "errors"):
        found = (str(each["msg"]).removeprefix("Value error, ") for each in error.errors())
        return "; ".join(each.rstrip(".") for each in found)
    return str(error).rstrip(".")


def _unknown(field: str, value: Value, mention: Mention, types: Mapping[str, int]) -> str:
    """Return what nobody knows of a value; empty when all of it is known."""
    known = _known()
    if field == "event" and value not in {*known.types, *types}:
        return f"There is no such type; expected one of {', '.join(sorted(known.types))}."
    allowed: Any = None
    if field == "mode" and mention.event in known.types:
        allowed = {m for kind in known.types for m in known.modes(kind)} | set(mention.mode)
    if field == "context":
        allowed = {*known.contexts, *mention.context}
    wrong = [word for word in value if word not in allowed] if allowed else []
    if wrong:
        return f"Nobody knows {', '.join(wrong)}; expected some of {', '.join(sorted(allowed))}."
    return _sectors(field, value, {*known.sectors})


def _sectors(field: str, value: Value, known: set[str]) -> str:
    """Return which sectors of parties nobody knows."""
    parties = value if field in {"actor", "recipient"} else [value] if field == "source" else []
    wrong = {s for party in parties if party for s in party["sector"] if s not in known}
    if not wrong:
        return ""
    return f"Nobody knows {', '.join(sorted(wrong))}; expected some of {', '.join(sorted(known))}."
