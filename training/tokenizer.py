"""The tokeniser of the shipped pipeline: spaCy's English rules, cut as UD cuts.

UD treebanks split every hyphenated compound ("U.S.-led", "20-year-old",
"al-Shabaab"); spaCy's own rules keep some of them whole. Cutting alike in training
and at work is worth more than either convention by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.util import compile_infix_regex

if TYPE_CHECKING:
    from spacy.language import Language

INFIXES = [
    r"(?<=[A-Za-z]\.)[-–—](?=[A-Za-z])",  # U.S.-led
    r"(?<=[0-9])-(?=[A-Za-z])",  # 20-year-old
    r"(?<=[a-z]{2})\.(?=[A-Z][a-z])",  # deal.The
    r"(?<=[)\]])(?:--+|[—–])(?=[A-Za-z\"“])",  # (AP)—The
]
NOT_SPLIT = frozenset(
    {"Id", "id", "Ill", "ill", "well", "Well", "were", "Were", "Shell", "shell", "Shed", "shed"}
)
"""Plain words that spaCy's exceptions would cut as contractions ("were" as "we're")."""


TITLES = (
    "Maj.",
    "Brig.",
    "Cmdr.",
    "Cdr.",
    "Cpl.",
    "Pvt.",
    "Insp.",
    "Supt.",
    "Hon.",
    "Amb.",
    "Sgt.",
    "Capt.",
    "Sheikh.",
)
"""Abbreviated titles that spaCy's exceptions do not hold."""


def set_up(nlp: Language) -> None:
    """Give a pipeline this tokeniser."""
    defaults = nlp.Defaults
    tokenizer = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *INFIXES]).finditer
    tokenizer.rules = {
        text: rule for text, rule in tokenizer.rules.items() if text not in NOT_SPLIT
    }
    for title in TITLES:
        tokenizer.add_special_case(title, [{"ORTH": title}])
