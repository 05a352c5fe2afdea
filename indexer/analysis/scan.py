"""Word breaks of many texts at once: the rules of `characters.py` and `words.py` on arrays of code points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis import characters
from indexer.analysis.characters import LETTER, MARK, SINGLE
from indexer.analysis.folding import plain
from indexer.analysis.hashing import I64, Hashes, Powers, weights
from indexer.analysis.variants import SPACES
from indexer.analysis.words import JOINING, Word, signs

CLASS, APOSTROPHE, LINE_HYPHEN, JOINS, POINT, SPACE, DECIMAL = 3, 4, 8, 16, 32, 64, 128
"""Bits of a character's flags: its class in the lowest two, then what else it can do."""

Bools = NDArray[np.bool_]
BREAK = "\x00"


@lru_cache(maxsize=1)
def flags() -> NDArray[np.uint8]:
    """The flags of every code point."""
    table = characters.classes().copy()
    for letters, bit in (
        (characters.APOSTROPHES, APOSTROPHE), (characters.LINE_HYPHENS, LINE_HYPHEN), ("".join(JOINING), JOINS),
        (".,", POINT), (SPACES, SPACE),
    ):  # fmt: skip
        for c in letters:
            table[ord(c)] |= bit
    table[[code for code in range(0x20000) if chr(code).isdecimal()]] |= DECIMAL
    return table


@lru_cache(maxsize=1)
def small() -> Bools:
    """Letters that may go on after a hyphen at a line's end; indexed by code point up to the last of them."""
    pattern = re.compile(f"[{characters.SMALL}]")
    return np.array([pattern.match(chr(code)) is not None for code in range(0x0500)])


@lru_cache(maxsize=1)
def mixing() -> NDArray[np.uint64]:
    """The weight of every code point in hashes; capital letters have those of small ones where words agree."""
    lowered = np.arange(0x110000, dtype=np.uint32)
    for code in range(0x20000):
        c = chr(code)
        low = c.lower()
        if low != c and len(low) == 1 and plain(c) == plain(low):
            lowered[code] = ord(low)
    return weights(lowered)


@dataclass(frozen=True)
class Scanned:
    """The words of a block of texts.

    Attributes:
        text: the texts one after the other, with `BREAK` before, between and after.
        starts, ends: int64 (w,): offsets of the words in `text`.
        single: bool (w,): characters of scripts without spaces.
        owner: int64 (w,): number of the text that the word stands in.
        position: uint32 (w,): position of the word in its text.
        first, last: int64 (c,): the words that each chain begins and ends with.
        signed: indices of words with signs behind them, and the signs.
        begins: int64 (n,): offset of each text in `text`.
        hashes: of any piece of `text`.
    """

    text: str
    starts: I64
    ends: I64
    single: Bools
    owner: I64
    position: NDArray[np.uint32]
    first: I64
    last: I64
    signed: list[tuple[int, str]]
    begins: I64
    hashes: Hashes

    def surfaces(self, starts: I64, ends: I64) -> list[str]:
        text = self.text
        return [text[a:b] for a, b in zip(starts.tolist(), ends.tolist(), strict=True)]


_POWERS = Powers()


def scan(texts: Sequence[str]) -> Scanned:
    """The words of the texts; the same as `words.split`, `words.chains` and `words.signs` give one by one."""
    text = BREAK + BREAK.join(texts) + BREAK * 4
    units = _units(text)
    flag = flags()[units]
    starts, ends, single = _words(units, flag)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    begins = np.zeros(len(texts), np.int64)
    np.cumsum(lengths[:-1] + 1, out=begins[1:])
    begins += 1
    owner = np.searchsorted(begins, starts, "right") - 1
    first, last = _chains(text, units, flag, starts, ends, single)
    hashes = Hashes(mixing()[units], _POWERS)
    positions = _positions(starts, ends, single, owner, len(texts))
    signed = _signed(text, units, starts, ends, single)
    return Scanned(text, starts, ends, single, owner, positions, first, last, signed, begins, hashes)


def _units(text: str) -> NDArray[Any]:
    """One array item for each code point."""
    data = text.encode("utf-16-le", "surrogatepass")
    if len(data) == 2 * len(text):
        return np.frombuffer(data, np.uint16)
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _words(units: NDArray[Any], flag: NDArray[np.uint8]) -> tuple[I64, I64, Bools]:
    kind: NDArray[np.uint8] = (flag & CLASS).astype(np.uint8)
    _join_inside(units, flag, kind)
    inside = kind != 0
    if not (kind >= SINGLE).any():
        edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
        starts, ends = edges[0::2], edges[1::2]
        return starts, ends, np.zeros(starts.size, bool)
    base = np.where(kind == MARK, 0, np.arange(kind.size, dtype=np.int32))
    np.maximum.accumulate(base, out=base)
    kind = kind[base]  # a mark is of the kind of what it stands on
    own = base == np.arange(kind.size, dtype=np.int32)
    before = np.concatenate((kind[:1], kind[:-1]))
    starts = np.flatnonzero(own & ((kind == SINGLE) | ((kind == LETTER) & (before != LETTER))))
    falls = np.flatnonzero((kind[1:] == 0) & (kind[:-1] != 0)) + 1
    ends = falls[np.searchsorted(falls, starts, "right")]
    ends[:-1] = np.minimum(ends[:-1], starts[1:])
    return starts, ends, kind[starts] == SINGLE


def _join_inside(units: NDArray[Any], flag: NDArray[np.uint8], kind: NDArray[np.uint8]) -> None:
    """Count signs inside a word as letters: apostrophes, possessives, hyphens at a line's end."""
    marked = np.flatnonzero(flag & (APOSTROPHE | LINE_HYPHEN))
    marked = marked[(kind[marked] == 0) & (kind[marked - 1] == LETTER)]
    if not marked.size:
        return
    following = units[marked + 1]
    apostrophe = (flag[marked] & APOSTROPHE) != 0
    between = apostrophe & _cyrillic(units[marked - 1]) & _cyrillic(following)
    possessive = apostrophe & ((following == ord("s")) | (following == ord("S"))) & (kind[marked + 2] == 0)
    kept = _not_behind_each_other(marked[possessive])
    kind[marked[between]] = LETTER
    hyphens = marked[((flag[marked] & LINE_HYPHEN) != 0) & ((following == 10) | (following == 13))]
    hyphens = hyphens[~np.isin(hyphens - 2, kept)]
    kind[kept] = LETTER
    for hyphen in hyphens.tolist():
        after = hyphen + 2 if units[hyphen + 1] == 10 else hyphen + 3 if units[hyphen + 2] == 10 else 0
        if after and units[after] < small().size and small()[units[after]]:
            kind[hyphen:after] = LETTER


def _cyrillic(units: NDArray[Any]) -> Bools:
    return ((units >= 0x0400) & (units <= 0x0481)) | ((units >= 0x048A) & (units <= 0x052F))


def _not_behind_each_other(places: I64) -> I64:
    """Possessives less those whose word is the s of another (a's's): they would begin inside a word that has ended."""
    if not (np.diff(places) == 2).any():
        return places
    kept: list[int] = []
    for place in places.tolist():
        if not kept or kept[-1] != place - 2:
            kept.append(place)
    return np.array(kept, np.int64)


def _positions(starts: I64, ends: I64, single: Bools, owner: I64, texts: int) -> NDArray[np.uint32]:
    count = starts.size
    steps = np.ones(count, np.int64)
    if count > 1:
        apart = single[1:] & single[:-1] & (starts[1:] != ends[:-1])
        steps[1:] += apart
    places = np.cumsum(steps)
    heads = np.searchsorted(owner, np.arange(texts))
    base = np.concatenate((places, [0]))[np.minimum(heads, count)]
    result: NDArray[np.uint32] = (places - base[owner]).astype(np.uint32)
    return result


def _chains(
    text: str, units: NDArray[Any], flag: NDArray[np.uint8], starts: I64, ends: I64, single: Bools
) -> tuple[I64, I64]:
    """First and last word of each chain."""
    near = np.flatnonzero((starts[1:] - ends[:-1] == 1) & ~single[1:] & ~single[:-1]) if starts.size > 1 else starts[:0]
    sign = flag[ends[near]]
    linked = (sign & JOINS) != 0
    a, b = near, near + 1
    digits = (flag[ends[a] - 1] & flag[starts[b]] & DECIMAL) != 0
    pointed = (sign & POINT) != 0
    linked |= pointed & digits
    long_a, long_b = ends[a] - starts[a], ends[b] - starts[b]
    initials = np.flatnonzero(pointed & (units[ends[a]] == ord(".")) & (long_a == 1) & (long_b == 1) & ~linked)
    for i in initials.tolist():
        linked[i] = text[starts[a[i]]].isalpha() and text[starts[b[i]]].isalpha()
    grouped = ((sign & SPACE) != 0) & digits & (long_a <= 3) & (long_b == 3)
    for offset, word in ((0, a), (1, a), (1, b), (2, b)):
        place = np.minimum(starts[word] + offset, ends[word] - 1)
        grouped &= (flag[place] & DECIMAL) != 0
    linked |= grouped
    joins = near[linked]
    if not joins.size:
        return joins, joins
    heads = np.concatenate(([True], np.diff(joins) > 1))
    tails = np.concatenate((heads[1:], [True]))
    return joins[heads], joins[tails] + 1


def _signed(text: str, units: NDArray[Any], starts: I64, ends: I64, single: Bools) -> list[tuple[int, str]]:
    after = units[ends] if ends.size else ends
    found = []
    for i in np.flatnonzero(((after == ord("+")) | (after == ord("#"))) & ~single).tolist():
        sign = signs(text, Word(int(starts[i]), int(ends[i]), False))
        if sign:
            found.append((i, sign))
    return found
