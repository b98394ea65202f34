"""What ``spacy train`` has to know of this folder: the tokeniser and the arithmetic."""

from __future__ import annotations

import arithmetic  # noqa: F401 - registers itself
import tokenizer  # noqa: F401 - registers itself
