"""Word breaks: where the words of a text are, and which of them are joined to a chain (E-Mail, U.S., 1.234,5)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.analysis.characters import (
    APOSTROPHES,
    HYPHENS,
    is_plain,
    plain_expression,
    single_class,
    word_expression,
)
from indexer.analysis.variants import SPACES

JOINING = frozenset(HYPHENS + APOSTROPHES + "&")
_EAST = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fef\\s·・]{1,64}")
"""Han and kana with nothing but what parts names: to make `word_expression` takes longer than a search."""
_SIGNS = re.compile(rf"(?:\+\+?|#)(?![^\W_{single_class()}])")


class Word(NamedTuple):
    """A word as written: `text[start:end]`; `single` is set for a character of a script without spaces."""

    start: int
    end: int
    single: bool


class Chain(NamedTuple):
    """The words `first` to `last` (both included) joined by single signs."""

    first: int
    last: int


def split(text: str) -> list[Word]:
    """The words of a text in order; offsets in code points."""
    if is_plain(text):
        return [Word(*m.span(), False) for m in plain_expression().finditer(text)]
    if _EAST.fullmatch(text):
        return [Word(i, i + 1, True) for i, c in enumerate(text) if not (c.isspace() or c in "·・")]
    return [Word(m.start(), m.end(), m.lastgroup is not None) for m in word_expression().finditer(text)]


def positions(words: Sequence[Word]) -> list[int]:
    """The position of each word; a break between two SINGLE characters leaves one out, so that no phrase spans it."""
    result, position, before = [], -1, None
    for word in words:
        position += 2 if before and word.single and before.single and word.start != before.end else 1
        result.append(position)
        before = word
    return result


def joined(text: str, a: Word, b: Word) -> bool:
    """Whether the sign between two neighbouring words joins them."""
    if b.start - a.end != 1 or a.single or b.single:
        return False
    sign = text[a.end]
    if sign in JOINING:
        return True
    if sign in ".,":
        if text[a.end - 1].isdecimal() and text[b.start].isdecimal():
            return True
        initials = a.end - a.start == b.end - b.start == 1
        return initials and sign == "." and text[a.start].isalpha() and text[b.start].isalpha()
    if sign in SPACES:
        grouped = a.end - a.start <= 3 and b.end - b.start == 3
        return grouped and (text[a.start : a.end] + text[b.start : b.end]).isdecimal()
    return False


def chains(text: str, words: Sequence[Word]) -> Iterator[Chain]:
    """The longest runs of joined words, in order."""
    first = 0
    for i in range(1, len(words) + 1):
        if i == len(words) or not joined(text, words[i - 1], words[i]):
            if i - 1 > first:
                yield Chain(first, i - 1)
            first = i


def signs(text: str, word: Word) -> str:
    """The signs that belong to a word's name: `++` behind C; empty when there are none."""
    match = _SIGNS.match(text, word.end) if not word.single else None
    return match.group() if match else ""
