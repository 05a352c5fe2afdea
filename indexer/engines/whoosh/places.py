"""Where words stand: document and position together are one number, so that places are compared as numbers."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array, look_up, lower, ranges
from indexer.engines.whoosh.found import Docs
from indexer.engines.whoosh.word import Word

_SHARE = 3  # when fewer than 1 / _SHARE of a word's documents matter, their places are picked out
_SMALL = 4096  # so few places are looked up one by one
_PIECE = 1 << 16
_SLOTS = 1 << 22

_own = threading.local()


class Places:
    """Turns documents and positions into keys.

    Attributes:
        shift: a key is the number of the document times 2 ** shift, plus the position.
    """

    def __init__(self, words: list[Word], margin: int) -> None:
        """`margin`: how much may be added to a position without reaching the next document."""
        self.shift = (max(word.field.furthest for word in words) + margin + 1).bit_length()
        bits = self.shift + words[0].count.bit_length()
        self._kind: Any = np.uint32 if bits <= 32 else np.int64

    def of(self, word: Word, docs: Docs) -> Array:
        """Where a word stands: in `docs`, all of which hold it, and maybe in others too. Rising keys."""
        at: Array | None
        if docs.size * _SHARE >= word.size:
            sizes = word.all_frequencies()
            docs, at = word.docs, None
        else:
            starts, sizes = word.tokens_of(docs)
            at = ranges(starts, sizes)
        keys: Array = word.field.places_at(word.term, at).astype(self._kind)
        steps = np.zeros(keys.size, self._kind)
        jumps: Array = docs.astype(self._kind)
        jumps[1:] = jumps[1:] - jumps[:-1]
        steps[np.cumsum(sizes, dtype=np.int64) - sizes] = jumps << self._kind(self.shift)
        np.cumsum(steps, out=steps)
        keys += steps
        return keys

    def docs(self, keys: Array) -> Array:
        """The documents of keys, once for each key."""
        found: Array = (keys >> self._kind(self.shift)).astype(np.intp)
        return found


def common(a: Array, b: Array) -> Array:
    """Keys that both hold (both rise).

    Many are compared piece by piece: the keys of one piece mark slots of a table; what the other holds there is
    compared in full.
    """
    if a.size > b.size:
        a, b = b, a
    if not a.size:
        return a
    if a.size < _SMALL or a.size * 16 < b.size:
        return a.compress(look_up(a, b)[1])
    table = _table()
    found = []
    for start in range(0, a.size, _PIECE):
        piece = a[start : start + _PIECE]
        others = b[lower(b, int(piece[0])) : lower(b, int(piece[-1]) + 1)]
        slots = (piece & piece.dtype.type(_SLOTS - 1)).astype(np.intp)
        table[slots] = True
        near = others.compress(table.take((others & others.dtype.type(_SLOTS - 1)).astype(np.intp)))
        table[slots] = False
        if near.size:
            found.append(near.compress(look_up(near, piece)[1]))
    return np.concatenate(found) if found else a[:0]


def _table() -> Array:
    """A table of marks, none of them set, one for each thread."""
    table: Array | None = getattr(_own, "table", None)
    if table is None:
        table = _own.table = np.zeros(_SLOTS, bool)
    return table
