"""Rows of different lengths in two arrays, and texts as arrays of bytes: what is kept of an archive between runs."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from corpus.jsonbytes import dumped, loaded

Ints = NDArray[np.int64]


class Ragged:
    """Rows of numbers; row i is `values[first[i]:first[i + 1]]`."""

    def __init__(self, kind: DTypeLike, first: NDArray[Any] | None = None, values: NDArray[Any] | None = None) -> None:
        self.kind = np.dtype(kind)
        self._first = np.zeros(1, np.int64) if first is None else first.astype(np.int64)
        self._values = np.zeros(0, self.kind) if values is None else values.astype(self.kind)
        self._sizes = array("q")
        self._new = array(_CODES[self.kind.str[1:]])
        self._owner: Ints | None = None

    @classmethod
    def of(cls, kind: DTypeLike, rows: Iterable[Iterable[int]]) -> Ragged:
        """These rows."""
        found = cls(kind)
        for row in rows:
            found.append(row)
        return found

    def __len__(self) -> int:
        return len(self._first) - 1 + len(self._sizes)

    def append(self, row: Iterable[int]) -> None:
        """Another row."""
        before = len(self._new)
        self._new.extend(row)
        self._sizes.append(len(self._new) - before)

    def _settle(self) -> None:
        if self._sizes:
            ends = self._first[-1] + np.cumsum(np.array(self._sizes, np.int64))
            self._first = np.concatenate([self._first, ends])
            self._values = np.concatenate([self._values, np.array(self._new, self.kind)])
            self._sizes, self._new, self._owner = array("q"), array(self._new.typecode), None

    @property
    def first(self) -> Ints:
        """Where each row begins, and the end of the last."""
        self._settle()
        return self._first

    @property
    def values(self) -> NDArray[Any]:
        """All rows one behind the other."""
        self._settle()
        return self._values

    @property
    def owner(self) -> Ints:
        """The row of each value."""
        self._settle()
        if self._owner is None:
            self._owner = np.repeat(np.arange(len(self._first) - 1), np.diff(self._first))
        return self._owner

    def chosen(self, rows: Ints) -> Ragged:
        """These rows, in this order."""
        sizes = np.diff(self.first)[rows]
        begins = np.concatenate([[0], np.cumsum(sizes)])
        at = np.repeat(self.first[:-1][rows] - begins[:-1], sizes) + np.arange(begins[-1])
        return Ragged(self.kind, begins, self.values[at])


_CODES = {"i4": "i", "u4": "I", "i8": "q"}


def texts_to(texts: Sequence[str | None]) -> NDArray[np.uint8]:
    """Texts as bytes; lone surrogates survive."""
    return np.frombuffer(dumped(list(texts)), np.uint8)


def texts_of(data: NDArray[np.uint8]) -> list[Any]:
    """What `texts_to` made."""
    return list(loaded(data.tobytes()))
