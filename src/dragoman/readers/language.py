"""Which language a text is in, told from its characters: only to pass over what is not English."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SHORTEST = 100
"""Code points of the shortest text that is judged: in shorter ones names decide too much."""
LOOKED_AT = 1_000
"""Code points from the beginning that are looked at; more of them change no verdict."""
CHANCE = 0.001
"""A text is in another language when the chance of the wanted one is below this. Reports in
English stay above 0.02, sentences of sixty other languages stay below 0.0000001."""


@cache
def _identifier() -> LanguageIdentifier:
    """Load the model that comes with py3langid, once: half a second."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - only when asked

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def other_language(text: str, wanted: str) -> str | None:
    """Return the language a text is in when it is plainly not in the wanted one.

    Args:
        text: a report's text; its beginning decides.
        wanted: ISO 639-1 code of the language that is hoped for.

    Returns:
        Code of the likeliest language, or ``None``: it is in the wanted one, it may be, or
        it is too short to tell.
    """
    beginning = text[:LOOKED_AT]
    if len(beginning) < SHORTEST:
        return None
    ranked = _identifier().rank(beginning)
    found = ranked[0][0]
    if found == wanted or dict(ranked).get(wanted, 0.0) >= CHANCE:
        return None
    return str(found)
