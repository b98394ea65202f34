"""Base forms to surface forms: how a lexicon word may look in a text.

Triggers are looked up by surface form, so the gate and the coder share one
table and neither depends on a model's guess at a lemma. The rules make a few
forms that no text holds ("visitted"); they cost nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

VOWELS = frozenset("aeiou")
DATA = Path(__file__).parent / "data"


def read_data(name: str) -> dict[str, Any]:
    """Read one of this room's data files."""
    loaded = yaml.load((DATA / name).read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return dict(loaded)


@cache
def _irregular() -> dict[str, tuple[str, ...]]:
    """Return the irregular forms by base form."""
    return {str(base): tuple(forms) for base, forms in read_data("irregular.yaml").items()}


def _plural(word: str) -> set[str]:
    """Return the -s forms of a noun or verb."""
    if word.endswith(("s", "x", "z", "ch", "sh", "o")):
        return {word + "es", word + "s"} if word.endswith("o") else {word + "es"}
    if word.endswith("y") and word[-2:-1] not in VOWELS:
        return {word[:-1] + "ies"}
    return {word + "s"}


def _suffixed(word: str, suffix: str) -> set[str]:
    """Return the -ed or -ing forms of a verb."""
    if word.endswith("ie") and suffix == "ing":
        return {word[:-2] + "ying"}
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return {word[:-1] + suffix}
    if word.endswith("e") and suffix == "ed":
        return {word + "d"}
    if word.endswith("y") and word[-2:-1] not in VOWELS and suffix == "ed":
        return {word[:-1] + "ied"}
    # "qu" sounds as one consonant: "quit" and "acquit" double as "hit" does
    word, restore = word.replace("qu", "qq"), "qu"
    doubled = len(word) > 2 and word[-1] not in VOWELS | {"w", "x", "y"} and word[-2] in VOWELS
    one_syllable = doubled and not VOWELS & set(word[:-2])
    # "spar" must give "sparred" and never "spared"; of "travel" both spellings are right
    found = set() if one_syllable else {word + suffix}
    if doubled and not VOWELS & {word[-3]}:
        found.add(word + word[-1] + suffix)
    if word.endswith("c"):
        found.add(word + "k" + suffix)
    return {form.replace("qq", restore) for form in found or {word + suffix}}


@cache
def verb_forms(base: str) -> frozenset[str]:
    """Return every form of a verb, the base form included, in lower case."""
    irregular = _irregular().get(base, ())
    return frozenset(
        {base, *irregular} | _plural(base) | _suffixed(base, "ed") | _suffixed(base, "ing")
    )


@cache
def noun_forms(base: str) -> frozenset[str]:
    """Return singular and plural of a noun, in lower case."""
    return frozenset({base, *_irregular().get(base, ())} | _plural(base))


@cache
def word_forms(base: str) -> frozenset[str]:
    """Return the forms of a word of any part of speech."""
    return verb_forms(base) | noun_forms(base)
