"""Reading one facet of one segment (`facetfile` says how it lies)."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, ranges, sizes_of
from indexer.engines.whoosh.format import ArrayFile, Stored
from indexer.engines.whoosh.popular import BITMAPS, Popular
from indexer.engines.whoosh.strings import Strings, encode


class FacetColumn:
    """The values of a facet; they are numbered in the order of code points."""

    def __init__(self, file: ArrayFile, name: str, count: int) -> None:
        self._file, self._name, self._count = file, f"facet/{name}", count
        self.values = Strings(file, f"{self._name}/values")
        self._single = f"{self._name}/column" in file

    def _array(self, name: str) -> Stored:
        return self._file.array(f"{self._name}/{name}")

    @cached_property
    def _column(self) -> Array:
        return self._array("column").all()

    @cached_property
    def _first(self) -> Array:
        return self._array("first").all()

    @cached_property
    def _codes(self) -> Array:
        return self._array("codes").all()

    @cached_property
    def held(self) -> Array:
        """Bounds of each value's documents."""
        return self._array("held").all()

    @cached_property
    def _docs(self) -> Stored:
        return self._array("docs")

    def find(self, value: str) -> int:
        """Number of a value, -1 when no document has it."""
        return self.values.find(encode(value))

    def holders(self, code: int) -> int:
        return int(self.held[code + 1]) - int(self.held[code])

    def docs(self, code: int) -> NDArray[np.intp]:
        """The documents that have a value."""
        return self._docs.part(int(self.held[code]), int(self.held[code + 1])).astype(np.intp)

    def totals(self) -> NDArray[np.int64]:
        """How many documents have each value."""
        return sizes_of(self.held)

    def count(self, hits: Array, number: int) -> NDArray[np.int64]:
        """How many of the hits have each value.

        Args:
            hits: bool (documents,), or the numbers of documents.
            number: how many hits there are.
        """
        size = len(self.values)
        if number == self._count:
            return self.totals()
        if hits.dtype == bool and 0 < size <= BITMAPS:
            return self.popular.all(hits)
        if self._single:
            return np.bincount(self._column[hits], minlength=size + 1)[1:]
        docs = np.flatnonzero(hits) if hits.dtype == bool else hits
        starts = self._first[docs].astype(np.int64)
        at = ranges(starts, self._first[docs + 1].astype(np.int64) - starts)
        return np.bincount(self._codes[at], minlength=size)

    @cached_property
    def popular(self) -> Popular:
        """For counting among many hits."""
        return Popular(self.held, self._docs.all(), self._count)

    def of(self, doc: int) -> list[str]:
        """The values of one document."""
        if self._single:
            code = int(self._column[doc])
            return [self.values.text(code - 1)] if code else []
        return self.values.texts(self._codes[int(self._first[doc]) : int(self._first[doc + 1])].tolist())

    def pairs(self) -> tuple[Array, NDArray[np.uint32]]:
        """All (document, number of value) pairs, by value; in small types, as there may be many."""
        return self._docs.all(), np.repeat(np.arange(len(self.values), dtype=np.uint32), self.totals())
