"""Strict schema of ``data/who.yaml``: the word lists by which parties are read."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from dragoman.errors import DataError
from dragoman.language.forms import noun_forms


def _once(value: Any) -> Any:
    """Check that a list holds no word twice."""
    if not isinstance(value, list):
        raise ValueError("a list of words expected")  # noqa: TRY004 - pydantic gathers ValueErrors
    twice = sorted({str(word) for word in value if value.count(word) > 1})
    if twice:
        raise ValueError(f"{', '.join(twice)} stands twice; keep one")
    return frozenset(str(word) for word in value)


def _forms(words: frozenset[str]) -> frozenset[str]:
    """Add the plural of every noun."""
    return frozenset(form for word in words for form in noun_forms(word))


Plain = Annotated[frozenset[str], BeforeValidator(_once)]
"""Words as they stand in a text, in lower case; codes as they are."""
Nouns = Annotated[frozenset[str], BeforeValidator(_once), AfterValidator(_forms)]
"""Nouns in the singular; the plural is made."""


class WhoFile(BaseModel):
    """``who.yaml``; what each list is for stands beside it in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    transparent: Nouns
    acts: Nouns
    works: Nouns
    roads: Nouns
    others: Nouns
    kin: Nouns
    weapons: Nouns
    bodies: Nouns
    ours: Nouns
    pairs: Nouns
    body_nouns: Plain
    pair_words: Plain
    determiners: Plain
    definite: Plain
    he: Plain
    she: Plain
    it: Plain
    they: Plain
    he_words: Plain
    she_words: Plain
    former: Plain
    ethnic: Plain
    origin: Plain
    outside: Plain
    home_links: Plain
    posted_links: Plain
    owner_links: Plain
    owner_links_wide: Plain
    source_links: Plain
    locative: Plain
    domestic: Plain
    at_home: Plain
    organs: Plain
    travelling: Plain
    inner: Plain
    official: Plain
    secondary: Plain
    opposable: Plain


def read_lists(raw: Any) -> dict[str, frozenset[str]]:
    """Return the word lists by name, nouns in singular and plural.

    Args:
        raw: the file as YAML gives it.

    Raises:
        DataError: with every fault of the file.
    """
    try:
        return dict(WhoFile.model_validate(raw))
    except ValidationError as error:
        faults = [f"who.yaml: {item['loc'][0]}: {item['msg']}" for item in error.errors()]
        raise DataError(faults) from error
