"""Numbers for written words by their hash, looked up for many words at once.

A word's hash is a polynomial over its characters modulo 2^64 (Karp and Rabin 1987) with a random odd weight for each
character; two of a million words collide with a chance below 10^-7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

U64 = NDArray[np.uint64]
I64 = NDArray[np.int64]
_BASE = 0x9E3779B97F4A7C15
_INVERSE = pow(_BASE, -1, 1 << 64)
_LAST = np.uint64(0xD6E8FEB86659FD93)


def weights(lowered: NDArray[np.uint32]) -> U64:
    """A random weight for each code point; code points of one small letter share theirs."""
    random = np.random.default_rng(20240624).integers(1, 1 << 63, lowered.size, dtype=np.uint64)
    table: U64 = (random << np.uint64(1) | np.uint64(1))[lowered]
    return table


class Powers:
    """Powers of the polynomial's base and of its inverse, as many as were asked for so far."""

    def __init__(self) -> None:
        self._up = self._down = np.zeros(0, np.uint64)

    def upto(self, count: int) -> tuple[U64, U64]:
        if self._up.size < count:
            self._up, self._down = _powers(_BASE, count), _powers(_INVERSE, count)
        return self._up[:count], self._down[:count]


def _powers(base: int, count: int) -> U64:
    steps = np.full(count, base, np.uint64)
    steps[0] = 1
    with np.errstate(over="ignore"):
        return np.cumprod(steps, dtype=np.uint64)


class Hashes:
    """Hashes of any pieces of one text of code units."""

    def __init__(self, mixed: U64, powers: Powers) -> None:
        up, self._down = powers.upto(mixed.size)
        self._sums = np.zeros(mixed.size + 1, np.uint64)
        with np.errstate(over="ignore"):
            np.cumsum(mixed * up, out=self._sums[1:])

    def of(self, starts: I64, ends: I64) -> U64:
        """The hash of each piece `starts[i]:ends[i]`; never 0."""
        with np.errstate(over="ignore"):
            value = (self._sums[ends] - self._sums[starts]) * self._down[starts] * _LAST
        return value | np.uint64(1)


class HashTable:
    """Hash → number, in order of first sight; open addressing with linear probing."""

    def __init__(self, bits: int = 16) -> None:
        self.count = 0
        self._make(bits)

    def _make(self, bits: int) -> None:
        self._bits = bits
        self._keys = np.zeros(1 << bits, np.uint64)
        self._values = np.zeros(1 << bits, np.int32)

    def numbers(self, hashes: U64, added: Callable[[I64], Any]) -> NDArray[np.int32]:
        """The number of each hash; `added` is told at which indices hashes stand that are new, in order of number."""
        numbers, missing = self._lookup(hashes)
        if missing.size:
            _, first, inverse = np.unique(hashes[missing], return_index=True, return_inverse=True)
            rank = np.empty(first.size, np.int32)
            rank[np.argsort(first)] = np.arange(first.size, dtype=np.int32)
            numbers[missing] = self.count + rank[inverse]
            where = missing[np.sort(first)]
            self._insert(hashes[where])
            added(where)
        return numbers

    def _lookup(self, hashes: U64) -> tuple[NDArray[np.int32], I64]:
        mask = np.int64((1 << self._bits) - 1)
        slots = (hashes >> np.uint64(64 - self._bits)).astype(np.int64)
        numbers = self._values[slots]
        rest = np.flatnonzero(self._keys[slots] != hashes)
        missing: list[I64] = []
        slots = slots[rest]
        while rest.size:
            keys = self._keys[slots]
            missing.append(rest[keys == 0])
            found = keys == hashes[rest]
            numbers[rest[found]] = self._values[slots[found]]
            going = (keys != 0) & ~found
            rest, slots = rest[going], (slots[going] + 1) & mask
        return numbers, np.sort(np.concatenate(missing)) if missing else rest

    def _insert(self, hashes: U64) -> None:
        """Put in new hashes, all different, with the next numbers."""
        count = self.count + hashes.size
        if count * 2 > 1 << self._bits:
            keys, values = self._keys, self._values
            kept = np.flatnonzero(keys)
            order = np.argsort(values[kept])
            self._make(max(self._bits + 1, int(count * 2).bit_length()))
            self._place(keys[kept][order], values[kept][order])
        self._place(hashes, np.arange(self.count, count, dtype=np.int32))
        self.count = count

    def _place(self, hashes: U64, values: NDArray[np.int32]) -> None:
        mask = np.int64((1 << self._bits) - 1)
        slots = (hashes >> np.uint64(64 - self._bits)).astype(np.int64)
        left = np.arange(hashes.size)
        while left.size:
            free = left[self._keys[slots[left]] == 0]
            # of those that want one slot, the last written stays; the others find it taken and go on
            self._keys[slots[free]] = hashes[free]
            self._values[slots[free]] = values[free]
            left = left[self._keys[slots[left]] != hashes[left]]
            slots[left] = (slots[left] + 1) & mask


class Growing:
    """An array that grows at its end; `view` is what it holds."""

    def __init__(self, dtype: Any) -> None:
        self._room = np.zeros(1024, dtype)
        self.size = 0

    @property
    def view(self) -> NDArray[Any]:
        return self._room[: self.size]

    def extend(self, values: Sequence[int] | NDArray[Any]) -> None:
        size = self.size + len(values)
        if size > self._room.size:
            room = np.zeros(max(size, 2 * self._room.size), self._room.dtype)
            room[: self.size] = self.view
            self._room = room
        self._room[self.size : size] = values
        self.size = size

    def resize(self, size: int, fill: int) -> None:
        """Make it `size` long, new places filled."""
        if size > self.size:
            self.extend(np.full(size - self.size, fill, self._room.dtype))
