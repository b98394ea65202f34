"""The lexicon: frames as data, their schema, and the index compiled from them."""

from dragoman.lexicon.files import EVENTS
from dragoman.lexicon.loader import Compiled, Condition, Lexicon, Trigger

__all__ = ["EVENTS", "Compiled", "Condition", "Lexicon", "Trigger"]
