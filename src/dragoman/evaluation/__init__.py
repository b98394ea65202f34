"""Counting quality against gold: ``read_gold`` reads it, ``evaluate`` codes and counts."""

from __future__ import annotations

from dragoman.evaluation.counting import FieldScore, Share
from dragoman.evaluation.gold import Gold, GoldEvent, GoldSentence, Labels, load_labels, read_gold
from dragoman.evaluation.score import Miss, Result, evaluate

__all__ = [
    "FieldScore",
    "Gold",
    "GoldEvent",
    "GoldSentence",
    "Labels",
    "Miss",
    "Result",
    "Share",
    "evaluate",
    "load_labels",
    "read_gold",
]
