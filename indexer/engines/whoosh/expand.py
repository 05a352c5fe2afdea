"""The terms of a segment's field that a prefix, pattern, misspelling or range stands for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.found import Found, of_mask, unite
from indexer.engines.whoosh.operators import Fixed
from indexer.engines.whoosh.strings import decode, encode

TESTED = 200_000
"""So many terms of a segment, in lexical order, are compared with a pattern or for misspellings; no more."""

Numbers = NDArray[np.intp]


class Expanded(Fixed):
    """The documents that hold any of some terms.

    Args:
        terms: rising numbers of terms.
    """

    def __init__(self, field: Field, terms: Numbers, score: float) -> None:
        self.count, self.score = field.count, score
        self._field, self._terms = field, terms
        self._pieces = _runs(terms)
        self.size = min(sum(int(field.all_holders(a, b).sum()) for a, b in self._pieces), self.count)

    @cached_property
    def members(self) -> Found:
        return self._find()

    def _find(self) -> Found:
        field = self._field
        lists = [docs for a, b in self._pieces if (docs := field.docs(*field.range(a, b))).size]
        dense = [term for a, b in self._pieces for term in field.dense_between(a, b)]
        found = unite(lists, self.count, self.score)
        if not dense:
            return found
        mask = found.masked(self.count)
        for term in dense:
            mask |= field.column(field.row(term)) != 0
        return of_mask(mask, self.score)


def _runs(terms: Numbers) -> list[tuple[int, int]]:
    """Ranges of consecutive numbers."""
    if not terms.size:
        return []
    cuts = np.flatnonzero(np.diff(terms) != 1) + 1
    return list(zip(terms[np.r_[0, cuts]].tolist(), (terms[np.r_[cuts - 1, terms.size - 1]] + 1).tolist(), strict=True))


def between(field: Field, start: str | None, end: str | None) -> Numbers:
    """Terms from start to end, both included."""
    first = 0 if start is None else field.terms.lower(encode(start))
    last = len(field.terms) if end is None else field.terms.lower(encode(end) + b"\0")
    return np.arange(first, max(first, last))


def beginning(field: Field, text: str) -> Numbers:
    return np.arange(*field.terms.prefix(encode(text)))


def like(field: Field, pattern: str) -> tuple[Numbers, bool]:
    """Terms that match a pattern of `*` and `?` as a whole, and whether some were left untested."""
    literal = re.split(r"[*?]", pattern, maxsplit=1)[0]
    first, last = field.terms.prefix(encode(literal))
    if pattern == literal + "*":
        return np.arange(first, last), False
    parts = {"*": ".*", "?": "."}
    simple = re.sub(r"\*+", "*", pattern)
    matches = re.compile("".join(parts.get(c) or re.escape(c) for c in simple), re.DOTALL).fullmatch
    tested = min(last, first + TESTED)
    piece = encode(max(re.split(r"[*?]", pattern), key=len))
    if not piece or first == tested:
        words = field.terms.slice(first, tested)
        return first + np.flatnonzero([matches(decode(word)) is not None for word in words]), tested < last
    some = field.terms.holding(piece, first, tested)
    fitting = [matches(word) is not None for word in field.terms.texts(some.tolist())]
    return some[np.array(fitting, bool)], tested < last


def close_to(field: Field, text: str, distance: int, prefix: int) -> tuple[Numbers, bool]:
    """Terms at most `distance` edits away with the same first characters, and whether some were left untested."""
    first, last = field.terms.prefix(encode(text[:prefix]))
    tested = min(last, first + TESTED)
    near, words = field.terms.of_letters(first, tested, len(text) - distance, len(text) + distance)
    kept = near[edits(text, words) <= distance]
    return first + kept, tested < last


def edits(text: str, words: Sequence[str]) -> NDArray[np.int64]:
    """Levenshtein distance of each word from the text (Wagner and Fischer 1974), all words at once."""
    if not words:
        return np.zeros(0, np.int64)
    sizes = np.fromiter(map(len, words), np.int64, len(words))
    longest = int(sizes.max())
    letters = np.zeros((len(words), longest), np.uint32)
    joined = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), "<u4")
    letters[np.arange(longest) < sizes[:, None]] = joined
    row = np.broadcast_to(np.arange(longest + 1), (len(words), longest + 1)).astype(np.int64)
    steps = np.arange(longest + 1)
    for i, letter in enumerate(text, 1):
        fresh = np.empty_like(row)
        fresh[:, 0] = i
        fresh[:, 1:] = np.minimum(row[:, 1:] + 1, row[:, :-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(fresh - steps, axis=1) + steps  # a letter put in costs one, from the left on
    return row[np.arange(len(words)), sizes]
