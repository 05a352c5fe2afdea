"""Folding: the one form in which spellings of a word meet, and the form that stemmers are given.

`fold` takes away case, accents, widths, letter forms and the difference between traditional and simplified Chinese
characters; ё is е, ў is у, ß is ss; й and ї stay letters of their own. `plain` keeps accents, as stemmers need them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

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
_APART = {ord(c): None for c in APOSTROPHES} | {0x0640: None}
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _data(name: str) -> Any:
    text = files("indexer.analysis").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - both are safe loaders


@lru_cache(maxsize=1)
def _letters() -> dict[int, str]:
    return {ord(letter): other for letter, other in _data("letters.yaml")["folded"].items()}


@lru_cache(maxsize=1)
def _simplified() -> dict[int, str]:
    return {ord(a): b for row in _data("han.yaml")["simplified"] for a, b in zip(*row, strict=True)}


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Letters that people also write with two: ü → ue; the letter alone, small."""
    return dict(_data("letters.yaml")["spelled"])


def plain(surface: str) -> str:
    """Small letters, composed, one width; without invisible characters, line ends and a possessive 's."""
    surface = surface[:MAX_WORD]
    if surface.isascii():
        word = surface.lower()
        return word if word.isalnum() else _POSSESSIVE.sub("", _LINE_END.sub("", word)).translate(_APART)
    word = _LINE_END.sub("", surface).translate(_INVISIBLE)
    word = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", word).lower()).replace("ς", "σ")
    return _POSSESSIVE.sub("", word).translate(_APART)


def fold(surface: str) -> str:
    """The folded form of a word; may be empty."""
    word = plain(surface)
    return word if word.isascii() else fold_plain(word)


def fold_plain(word: str) -> str:
    """The folded form of what `plain` gave, or of a stem."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", word.casefold())
    for apart, letter in _KEPT:
        parts = parts.replace(apart, letter)
    word = unicodedata.normalize("NFC", _ACCENTS.sub("", parts)).translate(_letters())
    if word and max(word) >= "\u2e80":
        word = word.translate(_simplified())
    return "".join(c if c.isascii() or not c.isdecimal() else str(unicodedata.decimal(c)) for c in word)


def spelled(surface: str, own: dict[str, str] | None = None) -> str | None:
    """The folded form of a word with its special letters spelled out (Müller → mueller), None when it has none.

    `own` holds spellings of the language, which go before the common ones.
    """
    if surface.isascii():
        return None
    word = plain(surface)
    table = spellings() if own is None else spellings() | own
    written = "".join(table.get(c, c) for c in word)
    return fold_plain(written) if written != word and fold_plain(written) != fold_plain(word) else None
