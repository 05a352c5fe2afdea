"""Folding: the one form in which spellings of a word meet, and the form that stemmers are given.

`fold` takes away case, accents, widths, letter forms and the difference between traditional and simplified Chinese
characters; ё is е, ў is у, ß is ss; й and ї stay letters of their own. `plain` keeps accents, as stemmers need them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.yamlfile import kept_table
from indexer.analysis.characters import APOSTROPHES, EXTRA_MARKS, MAX_WORD

_POSSESSIVE = re.compile(rf"[{APOSTROPHES}]s$")
_LINE_END = re.compile(r"[-‐]\r?\n")
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe2f]"
)
_KEPT = (("и\u0306", "й"), ("і\u0308", "ї"))
"""Letters that Unicode takes for accented ones and readers do not."""
_INVISIBLE = {code: None for code in EXTRA_MARKS if code < 0xFF00} | {0xFEFF: None}
_COMPLEX = "\uffff"
_APART = {ord(c): None for c in APOSTROPHES} | {0x0640: None}


def _data(name: str) -> Any:
    return kept_table(Path(__file__).with_name(name))


@lru_cache(maxsize=1)
def _letters() -> dict[int, str]:
    return {ord(letter): other for letter, other in _data("letters.yaml")["folded"].items()}


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return {ord(a): b for row in _data("han.yaml")["simplified"] for a, b in zip(*row, strict=True)}


class _Table(dict[int, str]):
    """What each character becomes by itself; `_COMPLEX` for one that its neighbours may change."""

    def __init__(self, rule: Callable[[str], str]) -> None:
        self._rule = rule

    def __missing__(self, code: int) -> str:
        c = chr(code)
        parts = unicodedata.normalize("NFKD", c)
        alone = c.isalnum() and not any(unicodedata.category(p)[0] == "M" for p in parts[:1])
        joining = any(0x1100 <= ord(p) <= 0x11FF for p in unicodedata.normalize("NFKC", c)) or code >= 0xFF9E
        value = self._rule(c) if alone and not joining and c not in APOSTROPHES and code != 0x0640 else _COMPLEX
        self[code] = value
        return value


def _plain(word: str) -> str:
    word = _LINE_END.sub("", word).translate(_INVISIBLE)
    word = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).lower()).replace("ς", "σ")
    return _POSSESSIVE.sub("", word).translate(_APART)


def plain(surface: str) -> str:
    """Small letters, composed, one width; without invisible characters, line ends and a possessive 's."""
    surface = surface[:MAX_WORD]
    word = surface.translate(_PLAIN)
    return word if _COMPLEX not in word else _plain(surface)


def fold(surface: str) -> str:
    """The folded form of a word; may be empty."""
    surface = surface[:MAX_WORD]
    word = surface.translate(_FOLDED)
    return word if _COMPLEX not in word else _fold(_plain(surface))


def fold_plain(word: str) -> str:
    """The folded form of what `plain` gave, or of a stem."""
    if word.isascii():
        return word
    folded = word.translate(_FOLDED)
    return folded if _COMPLEX not in folded else _fold(word)


def _fold(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.casefold())
    for apart, letter in _KEPT:
        parts = parts.replace(apart, letter)
    word = unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).translate(_letters())
    if word and max(word) >= "\u2e80":
        word = word.translate(_simplified())
    return "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in word)


_PLAIN = _Table(_plain)
_FOLDED = _Table(lambda c: _fold(_plain(c)))


class Speller:
    """Writes special letters with two, as people type them: ü as ue. `own` are a language's own ways."""

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        table = dict(_data("letters.yaml")["spelled"]) | {c: two for c, two in (own or {}).items() if len(c) == 1}
        self._table = {ord(c): two for c, two in table.items() if fold(c) != fold(two)}
        self._letters = re.compile("[" + "".join(re.escape(chr(c)) for c in self._table) + "]")

    def __call__(self, surface: str) -> str | None:
        """The folded form of the word with its letters spelled out (Müller → mueller), None when it has none."""
        if surface.isascii():
            return None
        word = plain(surface)
        return fold_plain(word.translate(self._table)) if self._letters.search(word) else None


@lru_cache(maxsize=32)
def speller(own: tuple[tuple[str, str], ...] = ()) -> Speller:
    """The speller of a language's own spellings, as pairs."""
    return Speller(dict(own))
