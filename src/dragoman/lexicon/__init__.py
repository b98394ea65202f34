"""The lexicon: frames as data, their schema, and the index compiled from them."""

from dragoman.lexicon.loader import Compiled, Condition, Lexicon, Trigger

__all__ = ["Compiled", "Condition", "Lexicon", "Trigger"]
