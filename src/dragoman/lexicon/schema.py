"""Strict schemas of the lexicon's files; see ``docs/lexicon.md`` for what they mean.

Unknown keys, wrong types and names that the ontology lacks are faults. The loader
gathers every fault of every file before it reports.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from dragoman.record import Aux

Word = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Slot = Annotated[str, StringConstraints(pattern=r"^[a-z]+(\.[a-z]+)?!?$")]
Cameo = Annotated[str, StringConstraints(pattern=r"^\d{2,4}$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
FrameId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$")]


class Strict(BaseModel):
    """A mapping that takes no keys but its own."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(Strict):
    """A sentence that must code to its frame."""

    text: str
    type: str | None = None
    mode: list[str] | None = None
    actor: list[Country] | None = None
    recipient: list[Country] | None = None
    aux: list[Aux] | None = None


class Counter(Strict):
    """A sentence that must not code to its frame's type."""

    text: str


class Frame(Strict):
    """One lexicon entry."""

    id: FrameId
    verbs: list[Word] = []
    nouns: list[Word] = []
    adjectives: list[Word] = []
    mode: list[str] = []
    mode_from: Literal["comp"] | None = None
    cameo: Cameo | None = None
    context: list[str] = []
    when: dict[Slot, list[Word]] = {}
    unless: dict[Slot, list[Word]] = {}
    actor: list[Slot] = ["subj"]
    recipient: list[Slot] = []
    joint: bool = False
    needs: Literal["actor", "recipient", "both", "either", "nothing"] = "actor"
    complement: Literal["keep", "absorb", "attribute"] = "keep"
    promise: bool = False
    outcome: bool = False
    weight: float = Field(default=1.0, gt=0, le=3)
    examples: list[Example] = Field(min_length=1)
    counter: list[Counter] = Field(default=[], alias="not")


class EventFile(Strict):
    """One file of frames of one event type."""

    event: str
    instead: bool = False
    """Whether the package's own frames of the type are left out; for a user's file."""
    words: dict[str, list[Word]] = {}
    mode_cues: dict[str, list[Word]] = {}
    frames: list[Frame] = Field(min_length=1)
