"""Where words stand: document and position together are one number, so that places are compared as numbers."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array, changes, look_up, lower, ranges, where
from indexer.engines.whoosh.found import Docs
from indexer.engines.whoosh.word import Word

_SHARE = 3  # when fewer than 1 / _SHARE of a word's documents matter, their places are picked out
_SLOTS = 22  # bits of a table of marks: 4 MB
_FEW = 500  # so few keys for each table are rather looked up one by one

_own = threading.local()


class Places:
    """Turns documents and positions into keys.

    Args:
        docs: the documents that matter, at least one; all hold all words.
        margin: how much may be added to a position without reaching the next document.

    Attributes:
        shift: a key is the number of the document times 2 ** shift, plus the position.
    """

    def __init__(self, words: list[Word], docs: Docs, margin: int) -> None:
        self._docs = docs
        self._first, self._last = int(docs[0]), int(docs[-1]) + 1
        self._picked = few_of(words, docs)  # then keys count among `docs`, else from the first of them
        self.shift = (max(word.field.furthest for word in words) + margin + 1).bit_length()
        bits = self.shift + (docs.size if self._picked else self._last - self._first).bit_length()
        self._kind: Any = np.uint32 if bits <= 32 else np.int64

    def of(self, word: Word) -> Array:
        """Where a word stands: in `docs`, and maybe in others between them. Rising keys."""
        if self._picked:
            starts, sizes = word.tokens_of(self._docs)
            keys: Array = word.field.places_at(word.term, ranges(starts, sizes)).astype(self._kind)
            starts = sizes.cumsum() - sizes
            numbers: Array = np.arange(self._docs.size, dtype=self._kind)
        else:
            docs = word.between(self._first, self._last)
            starts, sizes = word.tokens_of(docs)
            first, last = int(starts[0]), int(starts[-1] + sizes[-1])
            keys = word.field.places_between(word.term, first, last).astype(self._kind)
            starts -= first
            numbers = (docs - self._first).astype(self._kind)
        numbers[1:] = numbers[1:] - numbers[:-1]
        steps = np.zeros(keys.size, self._kind)
        steps[starts] = numbers << self._kind(self.shift)
        steps.cumsum(out=steps)
        keys += steps
        return keys

    def docs(self, keys: Array) -> Docs:
        """The documents of rising keys, each once."""
        found: Docs = (keys >> keys.dtype.type(self.shift)).astype(np.intp)
        found = found.take(changes(found))
        return self._docs.take(found) if self._picked else found + self._first


def few_of(words: list[Word], docs: Docs) -> bool:
    """Whether so few of some word's documents matter that their places are better picked out."""
    span = int(docs[-1]) + 1 - int(docs[0])
    return docs.size * _SHARE * words[0].count < max(word.size for word in words) * span


def likely(first: Word, second: Word, gap: int, docs: Docs) -> Docs:
    """The documents in which the words may stand with this gap between them, as far as the low bytes tell.

    Looks at one byte of each position and passes over the rest; one document in twenty stays that should not, when one
    word stands there twice and the other six times.
    """
    rarer, other = sorted((first, second), key=lambda word: word.field.occurrences(word.term))
    step = gap if rarer is first else -gap
    here, there = rarer.tokens_of(docs), other.tokens_of(docs)
    table, found = _table(), []
    together = 1 << (_SLOTS - 8)
    for i in range(0, docs.size, together):
        some = slice(i, i + together)
        marks = _low_keys(rarer, here[0][some], here[1][some], step)
        keys = _low_keys(other, there[0][some], there[1][some], 0)
        table[marks] = True
        held = keys.take(where(table.take(keys))) >> 8
        table[marks] = False
        found.append(docs[some].take(held.take(changes(held))))
    return np.concatenate(found)


def _low_keys(word: Word, starts: Array, sizes: Array, step: int) -> Array:
    """For each place: which of the documents it is in, times 256, plus the low byte of position plus step.

    One running sum gives both, the number of the document above and the number of the place below 32 bits.
    """
    ends = sizes.cumsum()
    keys = np.ones(int(ends[-1]), np.int64)
    keys[0] = starts[0]
    keys[ends[:-1]] = starts[1:] - (starts[:-1] + sizes[:-1]) + (1 + (1 << 32))
    keys.cumsum(out=keys)
    low = word.field.low_places_at(word.term, keys & ((1 << 32) - 1))
    if step:
        low += np.uint8(step & 255)
    keys >>= 24
    keys &= -256
    keys |= low
    return keys


def common(a: Array, b: Array) -> Array:
    """Keys that both hold (both rise).

    Many are compared piece by piece: the keys of one mark a table that has room for all keys of the piece.
    """
    if a.size > b.size:
        a, b = b, a
    if not a.size:
        return a
    kind = a.dtype.type
    first, last = int(a[0]) >> _SLOTS, int(a[-1]) >> _SLOTS
    if a.size < _FEW * (last - first + 1) or a.size * 16 < b.size:
        return a.compress(look_up(a, b)[1])
    table, found = _table(), []
    cuts = np.arange(first, last + 2, dtype=np.int64) << _SLOTS
    starts = cuts[:-1].astype(kind)
    bounds = [np.append(each.searchsorted(starts), lower_or_end(each, int(cuts[-1]))) for each in (a, b)]
    low = kind((1 << _SLOTS) - 1)
    for i, j, k, n in zip(*(x.tolist() for each in bounds for x in (each[:-1], each[1:])), strict=True):
        marks = (a[i:j] & low).astype(np.intp)
        table[marks] = True
        others = b[k:n]
        found.append(others.compress(table.take((others & low).astype(np.intp))))
        table[marks] = False
    return np.concatenate(found)


def lower_or_end(keys: Array, key: int) -> int:
    """`lower`, for keys that may be too large for the type."""
    return keys.size if key > np.iinfo(keys.dtype).max else lower(keys, key)


def _table() -> Array:
    """A table of marks, none of them set, one for each thread."""
    table: Array | None = getattr(_own, "table", None)
    if table is None:
        table = _own.table = np.zeros(1 << _SLOTS, bool)
    return table
