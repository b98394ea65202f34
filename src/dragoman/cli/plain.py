"""Text of reports on a terminal: shown, never obeyed."""

from __future__ import annotations

import unicodedata

_DROPPED = frozenset(("Cf", "Co", "Cn"))
"""Unicode categories without a shape: direction overrides and other invisible characters."""
_REPLACED = frozenset(("Cc", "Cs"))
"""Controls, of which terminals make escape sequences, and halves of surrogate pairs."""


def plain(text: str) -> str:
    """Return one line that no terminal takes for a command.

    White space becomes single spaces, control characters U+FFFD, invisible characters
    (direction overrides among them) are left out. Markup is not this function's: put the
    result into ``rich.text.Text``, which reads none.
    """
    return "".join(map(_shown, " ".join(text.split())))


def _shown(character: str) -> str:
    """Return what stands for a character on the terminal."""
    category = unicodedata.category(character)
    if category in _REPLACED:
        return "\ufffd"
    return "" if category in _DROPPED else character
