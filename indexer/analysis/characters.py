"""Which characters make a word, and the one regular expression that finds words.

Every code point has at most one class here; the bulk tokeniser (`bulk.py`) reads the same classes from an array.

* LETTER: letters and digits of scripts that put spaces between words (what `str.isalnum` says, less the next two)
* SINGLE: characters of scripts without spaces (Han, kana, Hangul, Thai …): each is a word of its own
* MARK: what belongs to the character before it: combining marks, variation selectors, soft hyphens, joiners
"""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

OTHER, LETTER, SINGLE, MARK = 0, 1, 2, 3

SINGLES = (
    (0x0E01, 0x0E30), (0x0E32, 0x0E33), (0x0E40, 0x0E46),  # Thai
    (0x0E81, 0x0EB0), (0x0EB2, 0x0EB3), (0x0EC0, 0x0EC6), (0x0EDC, 0x0EDF),  # Lao
    (0x1000, 0x102A), (0x103F, 0x103F),  # Myanmar
    (0x1780, 0x17B3),  # Khmer
    (0x3005, 0x3007), (0x3041, 0x3096), (0x309D, 0x309F), (0x30A1, 0x30FA), (0x30FC, 0x30FF),  # kana
    (0x3105, 0x312F), (0x31A0, 0x31BF), (0x31F0, 0x31FF),  # bopomofo, small kana
    (0x3131, 0x318E), (0xAC00, 0xD7A3),  # Hangul
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF),  # Han
    (0xFF66, 0xFF9D), (0xFFA1, 0xFFDC),  # half-width kana and Hangul
)  # fmt: skip
"""Ranges of SINGLE characters, both ends included (Unicode's block charts)."""

EXTRA_MARKS = (0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xFF9E, 0xFF9F)
"""Marks besides general category M: soft hyphen, zero-width space and joiners, half-width voicing marks."""

APOSTROPHES = "'’‘ʼ`´＇ʹ"
HYPHENS = "-‐‑"
LINE_HYPHENS = "-‐"
SMALL = "a-zß-öø-ÿăąćčďēęěğįıłńňőřśşšťūůűźżžа-яѐ-џґў"
"""Letters that may go on after a hyphen at a line's end, as a class of regular expressions."""
CYRILLIC = "\u0400-\u0481\u048a-\u052f"
MAX_WORD = 64
"""Characters of a word that are indexed; what follows in a longer one is not."""

_LAST_MARK = 0xE01EF


@lru_cache(maxsize=2)
def mark_ranges(end: int = _LAST_MARK + 1) -> tuple[tuple[int, int], ...]:
    """All MARK characters below `end` as ranges, both ends included."""
    ranges: list[tuple[int, int]] = []
    for start, stop in ((0, min(end, 0x20000)), (0xE0100, end)):
        # the first letter of each category; whole strings, as a loop would be felt at every start
        kinds = bytearray("".join(map(unicodedata.category, map(chr, range(start, stop))))[::2], "ascii")
        for code in EXTRA_MARKS:
            if start <= code < stop:
                kinds[code - start] = ord("M")
        ranges += [(start + found.start(), start + found.end() - 1) for found in re.finditer(b"M+", kinds)]
    return tuple(ranges)


def _class(ranges: tuple[tuple[int, int], ...]) -> str:
    return "".join(f"\\U{a:08x}-\\U{b:08x}" if a != b else f"\\U{a:08x}" for a, b in ranges)


def single_class() -> str:
    """The SINGLE characters as a class of regular expressions, without brackets."""
    return _class(SINGLES)


_PLAIN_END = 0x0E01
"""First code point that may be SINGLE; all MARKs below it are in `plain_expression`."""
_NOT_PLAIN = re.compile("[\u0e01-\u1fff\u200b-\u200d\u2060-\u206f\u20d0-\u20ff\u2c00-\U0010ffff]")


def is_plain(text: str) -> bool:
    """Whether the text has no SINGLE, and no MARK but those of the first scripts, so that `plain_expression` does."""
    return _NOT_PLAIN.search(text) is None


@lru_cache(maxsize=1)
def word_expression() -> re.Pattern[str]:
    """Finds words; group `single` is set for a SINGLE character with its marks.

    A word is a run of LETTERs and MARKs. It goes on over an apostrophe between Cyrillic letters, over a hyphen and
    line end between a LETTER and a small letter, and ends with a possessive 's.
    """
    single, mark = single_class(), _class(mark_ranges())
    return re.compile(rf"(?P<single>(?=\w)[{single}][{mark}]*)|{_run(single, mark)}")


@lru_cache(maxsize=1)
def plain_expression() -> re.Pattern[str]:
    """Finds the words of a plain text (`is_plain`) as `word_expression` does, five times as fast."""
    return re.compile(_run("", _class(mark_ranges(_PLAIN_END))))


def _run(single: str, mark: str) -> str:
    """A word of LETTERs; possessive repeats, as nothing is gained by going back."""
    letter = rf"[^\W_{single}{mark}]"
    apostrophe = rf"(?<=[{CYRILLIC}])[{APOSTROPHES}](?=[{CYRILLIC}])"
    line_end = rf"(?<={letter})[{LINE_HYPHENS}]\r?\n(?=[{SMALL}])"
    possessive = rf"(?<={letter})[{APOSTROPHES}][sS](?![^\W_]|[{mark}])"
    return rf"{letter}++(?:(?:[{mark}]++|{apostrophe}|{line_end}){letter}*+)*+(?:{possessive})?"


@lru_cache(maxsize=1)
def classes() -> NDArray[np.uint8]:
    """The class of every code point, uint8 (0x110000,)."""
    table = np.zeros(sys.maxunicode + 1, np.uint8)
    table[[code for code in range(0x34000) if chr(code).isalnum()]] = LETTER
    for first, last in SINGLES:
        part = table[first : last + 1]
        part[part == LETTER] = SINGLE
    for first, last in mark_ranges():
        table[first : last + 1] = MARK
    return table


def has_singles(text: str) -> bool:
    """Whether a character of a script without spaces is in the text."""
    return any(first <= ord(c) <= last for c in text for first, last in SINGLES if c > "\u0e00")
