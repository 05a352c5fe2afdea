"""A sorted dictionary of strings: one blob of UTF-8 and offsets into it. Its order is that of the code points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import bounds_of, narrow, sizes_of
from indexer.engines.whoosh.format import ArrayFile, ArrayWriter

HIGHEST = b"\xff"
"""Sorts behind every byte that UTF-8 knows."""


def encode(text: str) -> bytes:
    """UTF-8 that also takes unpaired surrogates."""
    return text.encode("utf-8", "surrogatepass")


def decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def write(writer: ArrayWriter, name: str, strings: Sequence[bytes]) -> None:
    """Write encoded strings, in the order given, as `name.blob` and `name.offsets`."""
    offsets = bounds_of(np.fromiter(map(len, strings), np.int64, len(strings)))
    writer.add(f"{name}.blob", np.frombuffer(b"".join(strings), np.uint8))
    writer.add(f"{name}.offsets", offsets.astype(narrow(int(offsets[-1]))))


class Strings:
    """Strings in a mapped file; checked as a whole when they are first used."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._blob, self._offsets = file.array(f"{name}.blob"), file.array(f"{name}.offsets")
        self._map, self._start = file.buffer(), file.start(f"{name}.blob")
        self._at: memoryview | None = None
        self._found: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def _ready(self) -> memoryview:
        if self._at is None:
            self._blob.all()
            self._at = self._offsets.view()
        return self._at

    def raw(self, i: int) -> bytes:
        at = self._ready() if self._at is None else self._at
        return self._map[self._start + at[i] : self._start + at[i + 1]]

    def text(self, i: int) -> str:
        return decode(self.raw(i))

    def lower(self, key: bytes, first: int = 0, last: int | None = None) -> int:
        """Number of the first string that is not less than the key."""
        at, mapped, start = self._at or self._ready(), self._map, self._start
        low, high = first, len(self) if last is None else last
        while low < high:
            middle = (low + high) >> 1
            if mapped[start + at[middle] : start + at[middle + 1]] < key:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, key: bytes) -> int:
        """Number of a string, -1 when it is not there."""
        known = self._found.get(key)
        if known is None:
            i = self.lower(key)
            known = i if i < len(self) and self.raw(i) == key else -1
            if len(self._found) > 50_000:
                self._found.clear()
            self._found[key] = known
        return known

    def prefix(self, key: bytes) -> tuple[int, int]:
        """The range of strings that begin with the key."""
        if not key:
            return 0, len(self)
        first = self.lower(key)
        return first, self.lower(key + HIGHEST, first)

    def slice(self, a: int, b: int) -> list[bytes]:
        """Strings a to b."""
        if b <= a:
            return []
        at = self._ready() if self._at is None else self._at
        cuts = self._offsets.data[a : b + 1].astype(np.int64) - at[a]
        piece, bounds = self._map[self._start + at[a] : self._start + at[b]], cuts.tolist()
        return [piece[i:j] for i, j in pairwise(bounds)]

    def of_letters(self, a: int, b: int, least: int, most: int) -> tuple[NDArray[np.intp], list[str]]:
        """Those of the strings a to b that have least to most letters: their numbers, and what they are."""
        at = self._ready() if self._at is None else self._at
        if b <= a:
            return np.zeros(0, np.intp), []
        piece = bytes(self._map[self._start + at[a] : self._start + at[b]])
        cuts = self._offsets.data[a : b + 1].astype(np.int64) - at[a]
        # the bytes of UTF-8 that begin a letter; without the others left in, an offset is a number of letters
        letters = np.zeros(len(piece) + 1, np.int64)
        np.cumsum((np.frombuffer(piece, np.uint8) & 0xC0) != 0x80, out=letters[1:])
        sizes = sizes_of(letters[cuts])
        near = np.flatnonzero((sizes >= least) & (sizes <= most))
        return near, [decode(piece[i:j]) for i, j in zip(cuts[near].tolist(), cuts[near + 1].tolist(), strict=True)]

    def holding(self, piece: bytes, a: int, b: int) -> NDArray[np.intp]:
        """Numbers of those of the strings a to b in which a piece stands (and of some into whose neighbour it goes)."""
        at = self._ready() if self._at is None else self._at
        starts = self._offsets.data[a : b + 1].astype(np.int64)
        text = self._map[self._start + at[a] : self._start + at[b]] if b > a else b""
        found = np.fromiter((match.start() for match in re.finditer(re.escape(piece), text)), np.int64)
        return a + np.unique(np.searchsorted(starts - at[a], found, side="right") - 1)

    def texts(self, numbers: Iterable[int]) -> list[str]:
        return [self.text(i) for i in numbers]

    def __iter__(self) -> Iterator[bytes]:
        for a in range(0, len(self), 10_000):
            yield from self.slice(a, min(a + 10_000, len(self)))

    def sizes(self) -> NDArray[np.int64]:
        """Bytes of each string."""
        self._ready()
        return sizes_of(self._offsets.data)
