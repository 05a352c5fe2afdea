"""Folding of names: small letters, no accents, one apostrophe; and the script that a name is written in."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ё": "е",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ı": "i",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "‑": "-",
        "–": "-",
        "·": " ",
        "・": " ",
        "•": " ",
        "‧": " ",
        "\xa0": " ",
        "ґ": "г",
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ى": "ي",
    }
)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_MARKS = re.compile("[\u0300-\u036f\u064b-\u0652\u0640]")
_KEPT, _LONGEST_KEPT = 1 << 15, 40


def fold(name: str) -> str:
    """The form under which names are compared: casefolded, accents taken off Latin letters, й and ў left whole."""
    if name.isascii():
        return name.lower().replace("`", "'")
    return _remembered(name) if len(name) <= _LONGEST_KEPT else _folded(name)


def _folded(name: str) -> str:
    small = name.casefold().translate(_LETTERS)
    if small.isascii():
        return small
    if _CYRILLIC.search(small):
        return _MARKS.sub("", unicodedata.normalize("NFC", small))
    return unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFKD", small)))


_remembered = lru_cache(_KEPT)(_folded)  # the same words come again and again


def script_of(name: str) -> str:
    """`Latn`, `Cyrl`, `Hani` (Han and kana), `Arab` or `Zyyy`, by the first letter that tells."""
    for char in name:
        code = ord(char)
        if code < 0x250 and char.isalpha():
            return "Latn"
        if 0x400 <= code < 0x530:
            return "Cyrl"
        if 0x3040 <= code < 0xA000:
            return "Hani"
        if 0x600 <= code < 0x700:
            return "Arab"
    return "Zyyy"
