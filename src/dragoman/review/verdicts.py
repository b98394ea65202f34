"""One line of a ledger: who judged what, when, and how it stood then.

A line's id is the hash of all the rest of it, so a line that was changed afterwards is known.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from dragoman.review.values import FIELDS, FieldName, checked

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEEN = r"[^\s\x00-\x1f\x7f]"
Reviewer = Annotated[
    str, StringConstraints(pattern=rf"^{_SEEN}([^\x00-\x1f\x7f]*{_SEEN})?$", max_length=80)
]
When = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
Own = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
Drawn = Literal["all", "type"]
"""From which sample a mention came: of the whole record, or of its type."""


class _Strict(BaseModel):
    """Knows every field and takes no other."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class About(_Strict):
    """The mention that was judged, as it stood."""

    mention: Id
    """Its id in the record."""
    report: Id
    """Id of the report."""
    trigger: Annotated[int, Field(ge=0)]
    """First code point of its trigger."""
    manifest: str
    """Hash of what read it."""
    saw: dict[FieldName, Any]
    """Every field as the reviewer saw it (``values.values``)."""

    @model_validator(mode="after")
    def _saw_every_field(self) -> About:
        """See that every field is there and is a value of its kind."""
        missing = set(FIELDS) - set(self.saw)
        if missing:
            raise ValueError(f"saw: {', '.join(sorted(missing))} missing")
        if not isinstance(self.saw["event"], str):
            raise ValueError("saw.event: expected a type")  # noqa: TRY004 - pydantic's own
        return self


class _Line(_Strict):
    """What every line has."""

    id: Own
    """Hash of the rest."""
    when: When
    """UTC."""
    reviewer: Reviewer
    """Who."""


class Judgement(_Line):
    """A mention is right, or there is no such event."""

    verdict: Literal["accept", "reject"]
    about: About
    drawn: Drawn | None = None
    """``None``: it was picked, and counts in no precision."""
    settles: bool = False
    """Whether it was given in sight of the others' verdicts and settles what they disagree on."""


class Correction(_Line):
    """A field of a mention is something else."""

    verdict: Literal["correct"]
    about: About
    field: FieldName
    value: Any
    drawn: Drawn | None = None
    settles: bool = False

    @model_validator(mode="after")
    def _value_fits(self) -> Correction:
        """See that the value is one of the field's."""
        checked(self.field, self.value)
        return self


class Joining(_Line):
    """Accounts are of one event with another account, or are not."""

    verdict: Literal["join", "split"]
    accounts: Annotated[list[Id], Field(min_length=1, max_length=10_000)]
    """They go together, into the event of ``of`` or out of it."""
    of: Id
    """An account of the event they are joined to, or split from."""


class Undo(_Line):
    """An earlier line of the same reviewer does not count."""

    verdict: Literal["undo"]
    undoes: Own
    """Its id; an undo can be undone too."""


Judged = Judgement | Correction
Verdict = Judgement | Correction | Joining | Undo
_VERDICT: TypeAdapter[Verdict] = TypeAdapter(Annotated[Verdict, Field(discriminator="verdict")])


def signed(fields: dict[str, Any]) -> Verdict:
    """Return a line with its id.

    Args:
        fields: everything but ``id``.

    Raises:
        ValidationError: they make no verdict.
    """
    verdict = _VERDICT.validate_python({**fields, "id": "0" * 16})
    return verdict.model_copy(update={"id": id_of(verdict)})


def id_of(verdict: Verdict) -> str:
    """Return the id that a line must have."""
    rest = verdict.model_dump(mode="json", exclude={"id"}, exclude_defaults=True)
    text = json.dumps(rest, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def line_of(verdict: Verdict) -> str:
    """Return a line without its end; fields that say nothing are left out."""
    fields = verdict.model_dump(mode="json", exclude_defaults=True)
    head = ("id", "when", "reviewer", "verdict")
    ordered = {n: fields[n] for n in head} | {n: v for n, v in fields.items() if n not in head}
    return json.dumps(ordered, ensure_ascii=True)  # halves of surrogate pairs stay what they are


def read_line(text: str) -> Verdict:
    """Return the verdict of a line.

    Raises:
        ValueError: with every fault, separated by semicolons.
    """
    try:
        found = _VERDICT.validate_json(text)
    except ValidationError as error:
        raise ValueError("; ".join(_faults(error))) from None
    if found.id != id_of(found):
        raise ValueError(
            f"id: {found.id} found, {id_of(found)} expected: the line was changed after it was"
            " written; bring back how it was, or leave it out and judge again"
        )
    return found


def _faults(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong with a line, each with its place."""
    for each in error.errors():
        place = ".".join(str(part) for part in each["loc"]) or "line"
        yield f"{place}: {each['msg']}"
