"""Positions on disk: twelve bits each (a byte, and half a byte in a second array), the rest of larger ones apart."""

from __future__ import annotations

from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array, lower, narrow, where
from indexer.engines.whoosh.format import ArrayFile, ArrayWriter

_BITS = 12


class PositionWriter:
    """Writes `count` positions, piece by piece, as `name.low`, `name.half`, `name.above` and `name.above.at`."""

    def __init__(self, writer: ArrayWriter, name: str, count: int) -> None:
        self._writer, self._name = writer, name
        self._low = writer.reserve(f"{name}.low", np.uint8, (count,))
        self._half = writer.reserve(f"{name}.half", np.uint8, ((count + 1) // 2,))
        self._odd = np.zeros(0, np.uint8)  # half a byte that waits for its other half
        self._above: list[tuple[Array, Array]] = []
        self.count = self.furthest = 0

    def write(self, positions: Array) -> None:
        self._low.write(positions.astype(np.uint8))
        halves = np.concatenate([self._odd, (positions >> 8).astype(np.uint8) & 15])
        whole = halves.size // 2 * 2
        self._half.write(halves[:whole:2] | (halves[1:whole:2] << 4))
        self._odd = halves[whole:]
        furthest = int(positions.max(initial=0))
        if furthest >> _BITS:
            at = where(positions >= 1 << _BITS)
            self._above.append((at + self.count, positions[at] >> _BITS))
        self.count += positions.size
        self.furthest = max(self.furthest, furthest)

    def close(self) -> None:
        self._half.write(self._odd)
        none: Any = (np.zeros(0, np.int64), np.zeros(0, np.uint32))
        at, parts = (np.concatenate(column) for column in zip(none, *self._above, strict=True))
        self._writer.add(f"{self._name}.above.at", at.astype(narrow(self.count)))
        self._writer.add(f"{self._name}.above", parts.astype(np.uint32))


class PositionReader:
    """Reads them back: uint16, or uint32 where a field has larger ones."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._low, self._half = file.array(f"{name}.low"), file.array(f"{name}.half")
        self._at, self._above = file.array(f"{name}.above.at").all(), file.array(f"{name}.above").all()

    def all(self, a: int, b: int) -> Array:
        """Positions a to b of the long list."""
        found: Array = self._low.part(a, b).astype(np.uint16)
        half = self._half.part(a >> 1, (b + 1) >> 1)
        both = np.empty((half.size, 2), np.uint16)
        np.bitwise_and(half, 15, out=both[:, 0])
        np.right_shift(half, 4, out=both[:, 1])
        both <<= 8
        found |= both.reshape(-1)[a & 1 : (a & 1) + b - a]
        return self._raised(found, a, b, None)

    def low(self, a: int, b: int, at: Array) -> Array:
        """The low bytes of what `some` gives."""
        return self._low.part(a, b).take(at)

    def some(self, a: int, b: int, at: Array) -> Array:
        """Of positions a to b those at these places, counted from a."""
        found: Array = self._low.part(a, b).take(at).astype(np.uint16)
        places = at + (a & 1)
        half = self._half.part(a >> 1, (b + 1) >> 1).take(places >> 1)
        half >>= ((places & 1) << 2).astype(np.uint8)
        half &= 15
        found |= half.astype(np.uint16) << 8
        return self._raised(found, a, b, at)

    def _raised(self, found: Array, a: int, b: int, at: Array | None) -> Array:
        """The positions, with what is above twelve bits."""
        if not self._at.size:
            return found
        i, j = lower(self._at, a), lower(self._at, b)
        above = np.zeros(b - a, np.uint32)
        above[self._at[i:j].astype(np.int64) - a] = self._above[i:j]
        raised: Array = found + ((above if at is None else above.take(at)) << _BITS)
        return raised
