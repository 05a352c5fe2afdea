"""Regular expressions made of lists of words."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """An expression for any of the words, the longest first; without words, one that matches nothing."""
    some = sorted({word for word in words if word}, key=lambda word: (-len(word), word))
    return "|".join(map(re.escape, some)) or "(?!)"
