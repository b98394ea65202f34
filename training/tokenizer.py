"""The tokeniser of the shipped pipeline: spaCy's English rules, cut as UD cuts.

UD treebanks split most hyphenated compounds ("U.S.-led", "20-year-old", "F-16") and keep
prefixes ("pro-Western", "anti-aircraft"); spaCy's own rules do neither throughout. Cutting
alike in training and at work is worth more than either convention by itself. Every rule here
was kept because it brought the tokens of the training treebanks nearer to gold.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

INFIXES = [
    r"(?<=[A-Za-z]\.)[-–—](?=[A-Za-z])",  # U.S.-led
    r"(?<=[0-9])-(?=[A-Za-z])",  # 20-year-old
    r"(?<=[A-Za-z])-(?=[0-9])",  # F-16
    r"(?<=[A-Za-z0-9])[–—](?=[A-Za-z0-9])",  # 1914–1918, weeks–not days
    r"(?<=[a-z]{2})[.?!]+(?=[A-Z][a-z])",  # deal.The
    r"(?<=[a-z]{2})[?!;]+(?=[a-z]{2})",  # what?they
    r"(?<=[)\]])(?:--+|[—–])(?=[A-Za-z\"“])",  # (AP)—The
    r"(?<=[A-Za-z]{2})/(?=[A-Za-z]{2})",  # and/or
    r"(?<=[A-Za-z]{2})[,:](?=[0-9])",  # age,21
    r"(?<=[A-Za-z0-9])[(\[)\]](?=[A-Za-z0-9.])",  # actor(s
    r"(?<=[\"'A-Za-z0-9])[<>](?=[A-Za-z0-9])",  # "Name"<address
    r"(?<=\b[A-Z])&(?=[A-Z]\b)",  # B&W
]
RUNS = r"([=*_~<>$#])\1+"
"""The same sign again and again is one token."""
SUFFIXES = [
    r"[.:]?[!?]{1,}",  # what?!
    r"(?<=[0-9])(?:[AaPp][Mm])",  # 7:30PM
    r"(?<=[0-9A-Za-z])(?:\*+|=+|_+)",
]
WHOLE = re.compile(
    # anti-aircraft
    r"(?:(?i:e|ex|non|pro|anti|re|co|pre|semi|multi|de|un|cross|inter|counter|sub)-[A-Za-z]{2,}"
    r"|[0-9]+(?:-[0-9]+){2,}"  # 555-0100-22
    r"|([=*_~<>$#])\1+)$"
)
"""What is never cut inside."""
NOT_SPLIT = frozenset(
    {"Id", "id", "Ill", "ill", "well", "Well", "were", "Were", "Shell", "shell", "Shed", "shed"}
)
"""Plain words that spaCy's exceptions would cut as contractions ("were" as "we're")."""
NOT_TOKENS = frozenset({"):", "and/or"})
"""What spaCy keeps whole and UD cuts: a bracket and a colon, two words and a stroke."""
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
    "Ft.",
    "Lt.",
    "Col.",
    "Gen.",
    "Adm.",
    "Prof.",
    "Rev.",
    "Rep.",
    "Sen.",
    "Gov.",
    "Pres.",
    "al.",
)
"""Abbreviations that spaCy's exceptions do not hold."""
FUSED = {
    "wanna": ("wan", "na"),
    "Wanna": ("Wan", "na"),
    "outta": ("out", "ta"),
    "dunno": ("du", "n", "no"),
    "alot": ("a", "lot"),
    "DON'T": ("DO", "N'T"),
    "WON'T": ("WO", "N'T"),
    "CAN'T": ("CA", "N'T"),
    "ISN'T": ("IS", "N'T"),
    "DOESN'T": ("DOES", "N'T"),
    "DIDN'T": ("DID", "N'T"),
}
"""Words that UD cuts though nothing stands between their parts."""


def set_up(nlp: Language) -> None:
    """Give a pipeline this tokeniser."""
    defaults, tokenizer = nlp.Defaults, nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex([RUNS, *defaults.prefixes]).search
    tokenizer.suffix_search = compile_suffix_regex([RUNS, *SUFFIXES, *defaults.suffixes]).search
    tokenizer.infix_finditer = compile_infix_regex([*defaults.infixes, *INFIXES]).finditer
    tokenizer.token_match = WHOLE.match
    dropped = NOT_SPLIT | NOT_TOKENS
    tokenizer.rules = {text: rule for text, rule in tokenizer.rules.items() if text not in dropped}
    for title in TITLES:
        tokenizer.add_special_case(title, [{"ORTH": title}])
    for text, parts in FUSED.items():
        tokenizer.add_special_case(text, [{"ORTH": part} for part in parts])


@registry.tokenizers("dragoman.tokenizer")
def create() -> Callable[[Language], Tokenizer]:
    """Make this tokeniser for a training configuration: learn from tokens as they are at work."""

    def tokenizer(nlp: Language) -> Tokenizer:
        nlp.tokenizer = registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
        set_up(nlp)
        return nlp.tokenizer

    return tokenizer
