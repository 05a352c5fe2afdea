"""What is kept of an article to find its story: the smallest hashes of its shingles, and the numbers in its text.

A shingle is three words in a row (of scripts without spaces: three characters). Of all shingles the 64 with the
smallest hashes stay, a sample that two texts draw alike: what two sketches share estimates what the texts share
(Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
import zlib
from base64 import b64decode, b64encode
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from indexer.distinct import distinct

SIZE, SHINGLE = 64, 3
NONE = np.uint32(0xFFFFFFFF)
"""No hash; fills the rows of a matrix of sketches."""

_WORD = re.compile(r"\w+")
_SINGLE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
# a letter beside a digit makes it a name (A380), but characters of scripts without spaces stand beside any number
_LETTER = r"[^\W\d\u3040-\u30ff\u3400-\u9fff]"
_NUMBER = re.compile(
    # the digit stands first, so that whatever is none is passed over at once
    rf"\d(?:(?<!{_LETTER}\d)(?<!\d\d)(?:\d{{0,2}}(?:[ \u00a0\u202f]\d{{3}})+|[\d.,]*\d)(?!\d|{_LETTER})|(?=[万萬亿億]))"
)
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
# odd numbers of high entropy, from xxHash and the golden ratio
_MULTIPLIERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)


class Sketch(NamedTuple):
    """Up to 64 hashes (uint32, rising), and the numbers of the text."""

    hashes: NDArray[np.uint32]
    numbers: frozenset[str]

    def as_json(self) -> list[Any]:
        return [b64encode(self.hashes.astype("<u4").tobytes()).decode("ascii"), sorted(self.numbers)]

    @classmethod
    def from_json(cls, given: Sequence[Any]) -> Sketch:
        hashes, found = given
        return cls(np.frombuffer(b64decode(hashes), "<u4"), frozenset(found))


def words(text: str) -> list[str]:
    """The words of a text, in scripts without spaces its characters; the unit of shingles."""
    return (_WORD if is_spaced(text) else _SINGLE).findall(text.lower())


def is_spaced(text: str) -> bool:
    """Whether no character of a script without spaces is in a text."""
    return _UNSPACED.search(text) is None


def hashes_of(found: Collection[str]) -> NDArray[np.uint32]:
    """The CRC-32 of each word."""
    return np.fromiter(map(zlib.crc32, map(str.encode, found)), np.uint32, len(found))


def sketch(article: Article) -> Sketch:
    """The sketch of an article; a pure function of its body (of its title when it has none)."""
    return sketch_of(article.title, article.body)


def sketch_of(title: str, body: str, found: Collection[str] | None = None) -> Sketch:
    """The sketch of an article with this title and body; `found` are the body's words, where they are known."""
    told = found if found and body else words(body or title)
    return Sketch(smallest(hashes_of(told).astype(np.uint64)), numbers(body))


def smallest(values: NDArray[np.uint64]) -> NDArray[np.uint32]:
    """The smallest hashes of the shingles of a row of word hashes."""
    size = min(SHINGLE, len(values))
    if not size:
        return np.zeros(0, np.uint32)
    mixed = np.zeros(len(values) - size + 1, np.uint64)
    for i in range(size):
        mixed += (values[i : len(values) - size + 1 + i] + np.uint64(1)) * _MULTIPLIERS[i]
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MULTIPLIERS[1]
    hashes = np.minimum((mixed >> np.uint64(32)).astype(np.uint32), NONE - np.uint32(1))
    if len(hashes) > 4 * SIZE:
        few = distinct(np.partition(hashes, 2 * SIZE)[: 2 * SIZE])
        if len(few) >= SIZE:  # else the text says one thing over and over
            return few[:SIZE]
    return distinct(hashes)[:SIZE]


def numbers(text: str) -> frozenset[str]:
    """Numbers of at least two digits, without the marks between thousands and without what looks like a year.

    Chinese and Japanese count in ten thousands: 2300万 is 23000000, and 23 as others write it before `million`.
    """
    found: set[int] = set()
    for match in _NUMBER.finditer(text):
        myriad = _MYRIADS.get(text[match.end() : match.end() + 1])
        if myriad:
            found |= _in_myriads(match.group(), myriad)
            continue
        digits = re.sub(r"\D", "", match.group())
        if 2 <= len(digits) <= 12 and not (len(digits) == 4 and digits[:2] in ("19", "20")):
            found.add(int(digits))
    return frozenset(str(number) for number in found - {0})


def _in_myriads(written: str, myriad: int) -> set[int]:
    """A number of ten thousands (or of hundred millions), and how many millions or milliards that is."""
    whole, _, part = re.sub(r"[^\d.]", "", written).partition(".")
    if len(whole) > 8 or "." in part or len(part) > 4:
        return set()
    value = int(whole + part or "0") * myriad // 10 ** len(part)
    return {value, *(value // unit for unit in (10**6, 10**9) if value % unit == 0 and value // unit >= 10)}
