"""The most frequent values of a facet among many hits, without counting all values.

No value can have more hits than documents. Values are taken in the order of how many documents have them: the first
ones as bitmaps, the next as lists, until no other can come near the best that were found.
"""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.arrays import Array, bounds_of, ranges

BITMAPS, LISTS = 64, 8192
"""How many values are kept as bitmaps, and how many as lists."""


def _bits(words: Array) -> Array:
    """Number of set bits in each row of 64-bit words."""
    if hasattr(np, "bitwise_count"):  # since numpy 2
        counted: Array = np.bitwise_count(words).sum(axis=-1, dtype=np.int64)
        return counted
    slow: Array = np.unpackbits(words.view(np.uint8), axis=-1).sum(axis=-1, dtype=np.int64)
    return slow


def pack(mask: Array) -> Array:
    """A mask as 64-bit words, its last axis padded with zeros."""
    packed = np.packbits(mask, axis=-1)
    room = np.zeros((*packed.shape[:-1], -(-packed.shape[-1] // 8) * 8), np.uint8)
    room[..., : packed.shape[-1]] = packed
    return room.view(np.uint64)


class Popular:
    """Made once for a facet of a segment.

    Args:
        held, docs: the documents of value v are `docs[held[v]:held[v + 1]]`.
    """

    def __init__(self, held: Array, docs: Array, count: int) -> None:
        sizes = held[1:].astype(np.int64) - held[:-1]
        order = np.argsort(-sizes, kind="stable")
        self._order, self._sizes = order[: BITMAPS + LISTS], sizes[order[: BITMAPS + LISTS]]
        self._beyond = int(sizes[order[BITMAPS + LISTS]]) if order.size > BITMAPS + LISTS else 0
        masks = np.zeros((min(BITMAPS, order.size), count), bool)
        for row, value in enumerate(self._order[:BITMAPS].tolist()):
            masks[row, docs[held[value] : held[value + 1]]] = True
        self._bitmaps = pack(masks)
        rest = self._order[BITMAPS:]
        self._docs = docs[ranges(held[rest].astype(np.int64), sizes[rest])].astype(np.intp)
        self._bounds = bounds_of(sizes[rest])

    def all(self, mask: Array) -> Array:
        """How many hits have each value, in the order of values; only if all are kept as bitmaps."""
        counts = np.zeros(self._order.size, np.int64)
        counts[self._order] = _bits(self._bitmaps & pack(mask))
        return counts

    def top(self, mask: Array, number: int) -> tuple[Array, Array] | None:
        """Values, among them the `number` most frequent ones, and how many hits have each.

        Returns:
            None when that takes more values than are kept here.
        """
        found = _bits(self._bitmaps & pack(mask))
        least = int(np.sort(found)[-number]) if found.size >= number else 0
        if least <= self._beyond:
            return None
        last = int(np.searchsorted(-self._sizes, -least, side="right"))  # all that at least `least` documents have
        if last <= BITMAPS:
            return self._order[: found.size], found
        bounds = self._bounds[: last - BITMAPS + 1]
        sums = np.zeros(int(bounds[-1]) + 1, np.int32)
        np.cumsum(mask.take(self._docs[: bounds[-1]]), out=sums[1:])
        more = sums[bounds[1:]] - sums[bounds[:-1]]
        return self._order[:last], np.concatenate([found, more])
