"""Reading the postings of one field of one segment (`fieldfile` says how they lie)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, lower, narrow, sizes_of, where
from indexer.engines.whoosh.cache import Cache
from indexer.engines.whoosh.fieldfile import BLOCK
from indexer.engines.whoosh.format import ArrayFile, Stored
from indexer.engines.whoosh.impact import APART, Codebook, codebook, step_of
from indexer.engines.whoosh.positions import PositionReader
from indexer.engines.whoosh.strings import Strings, encode

Docs = NDArray[np.intp]
Codes = NDArray[np.uint8]

_FEW_RUNS = 24


class Field:
    """The terms of a field; document numbers count within the segment.

    Attributes:
        total: number of tokens in all documents.
        shortest, longest: fewest and most tokens of a document that has any.
        furthest: the highest position.
    """

    def __init__(self, file: ArrayFile, name: str, count: int, meta: dict[str, Any], cache: Cache) -> None:
        self._cache = cache
        self._file, self._name, self.count = file, f"field/{name}", count
        self.total: int = meta["total"]
        self.shortest: int = meta["shortest"]
        self.longest: int = meta["longest"]
        self.furthest: int = meta["furthest"]
        self._average: float = meta["average"]
        self.terms = Strings(file, f"{self._name}/terms")
        self._ratios: dict[tuple[float, float, float], tuple[float, float]] = {}

    def _array(self, name: str) -> Stored:
        return self._file.array(f"{self._name}/{name}")

    # arrays, mapped when first used; the small ones are checked as a whole

    @cached_property
    def _first(self) -> memoryview:
        return self._array("first").view()

    @cached_property
    def _places(self) -> memoryview:
        return self._array("places").view()

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {term: row for row, term in enumerate(self._array("dense.terms").all().tolist())}

    @cached_property
    def dense_terms(self) -> NDArray[np.uint32]:
        """The numbers of the dense terms, rising."""
        return self._array("dense.terms").all()

    @cached_property
    def dense_holders(self) -> NDArray[np.uint32]:
        return self._array("dense.holders").all()

    @cached_property
    def _columns(self) -> Stored:
        return self._array("dense.codes")

    @cached_property
    def _docs(self) -> Stored:
        return self._array("docs")

    @cached_property
    def _codes(self) -> Stored:
        return self._array("codes")

    @cached_property
    def _runs(self) -> tuple[Array, NDArray[np.uint16]]:
        return self._array("runs").all(), self._array("runs.block").all()

    @cached_property
    def _apart(self) -> tuple[Array, NDArray[np.uint32]]:
        return self._array("apart.at").all(), self._array("apart").all()

    @cached_property
    def _dense_apart(self) -> tuple[Array, NDArray[np.uint32]]:
        return self._array("dense.apart.at").all(), self._array("dense.apart").all()

    @cached_property
    def lengths(self) -> Array:
        """Number of tokens of each document."""
        return self._array("lengths").all()

    @cached_property
    def having(self) -> int:
        """Number of documents that have any."""
        return int(np.count_nonzero(self.lengths))

    @cached_property
    def steps(self) -> NDArray[np.uint8]:
        """The step of each document's length (`impact.step_of`)."""
        return step_of(self.lengths)

    @cached_property
    def book(self) -> Codebook:
        return codebook(self._average)

    def ratio(self, average: float, k1: float, b: float) -> tuple[float, float]:
        """See `impact.Codebook.ratio`."""
        key = average, k1, b
        if key not in self._ratios:
            self._ratios[key] = self.book.ratio(average, k1, b, self.shortest, self.longest)
        return self._ratios[key]

    # terms

    def find(self, text: str) -> int:
        """Number of a term, -1 when no document holds it."""
        return self.terms.find(encode(text))

    def row(self, term: int) -> int:
        """Row of a dense term's column, -1 for any other."""
        return self._rows.get(term, -1)

    def range(self, term: int, last: int | None = None) -> tuple[int, int]:
        """The postings, in the lists, of a term (or of terms up to, not with, `last`)."""
        return self._first[term], self._first[term + 1 if last is None else last]

    def holders(self, term: int) -> int:
        """How many documents hold a term, deleted ones too."""
        row = self._rows.get(term)
        return self._first[term + 1] - self._first[term] if row is None else int(self.dense_holders[row])

    def all_holders(self, first: int, last: int) -> NDArray[np.int64]:
        """`holders` of the terms from first up to last."""
        known = sizes_of(np.asarray(self._first[first : last + 1]))
        a, b = lower(self.dense_terms, first), lower(self.dense_terms, last)
        known[self.dense_terms[a:b] - np.uint32(first)] = self.dense_holders[a:b]
        return known

    def dense_between(self, first: int, last: int) -> list[int]:
        """The dense ones among the terms from first up to last."""
        found: list[int] = self.dense_terms[lower(self.dense_terms, first) : lower(self.dense_terms, last)].tolist()
        return found

    def occurrences(self, term: int) -> int:
        """How often a term stands in all documents."""
        return self._places[term + 1] - self._places[term]

    def places(self, term: int) -> tuple[int, int]:
        """The positions, in the long list of them, of a term."""
        return self._places[term], self._places[term + 1]

    # postings

    def column(self, row: int) -> Codes:
        """A dense term's code for every document."""
        column: Codes = self._columns.part(row, row + 1)[0]
        return column

    def docs_of(self, term: int) -> Docs:
        """The documents of a term that is not dense."""
        return self._cache.get((self._name, "docs", term), lambda: self.docs(*self.range(term)))

    def docs(self, a: int, b: int) -> Docs:
        """The documents of postings a to b; a must begin a term."""
        docs = self._docs.part(a, b).astype(np.intp)
        if self.count > 1 << BLOCK and b > a:
            starts, blocks = self._runs
            i, j = lower(starts, a), lower(starts, b)
            if j - i <= _FEW_RUNS:
                cuts = [*(starts[i:j].astype(np.int64) - a).tolist(), b - a]
                for n, block in enumerate(blocks[i:j].tolist()):
                    if block:
                        docs[cuts[n] : cuts[n + 1]] += block << BLOCK
            else:
                sizes = sizes_of(np.append(starts[i:j], b))
                docs += np.repeat(blocks[i:j].astype(np.intp) << BLOCK, sizes)
        return docs

    def codes(self, a: int, b: int) -> Codes:
        return self._codes.part(a, b)

    @cached_property
    def _positions(self) -> PositionReader:
        return PositionReader(self._file, f"{self._name}/positions")

    def places_at(self, term: int, at: Array) -> Array:
        """Those of a term's positions that stand at these places, counted from its first."""
        return self._positions.some(*self.places(term), at)

    def low_places_at(self, term: int, at: Array) -> Array:
        """The low bytes of what `places_at` gives, uint8."""
        return self._positions.low(*self.places(term), at)

    def places_between(self, term: int, a: int, b: int) -> Array:
        """A term's positions from place a up to place b, counted from its first."""
        first, _ = self.places(term)
        return self._positions.all(first + a, first + b)

    def all_occurrences(self, first: int, last: int) -> Array:
        """`occurrences` of the terms from first up to last."""
        return sizes_of(np.asarray(self._places[first : last + 1]))

    def all_positions(self, first: int, last: int) -> Array:
        """The positions of the terms from first up to last."""
        return self._positions.all(self._places[first], self._places[last])

    def postings(self, first: int, last: int) -> tuple[Array, Docs, Array]:
        """All postings of the terms from first up to last: how many each has; their documents and frequencies."""
        sizes = self.all_holders(first, last)
        a, b = self.range(first, last) if last > first else (0, 0)
        sparse_docs = self.docs(a, b)
        sparse = self.frequencies(sparse_docs, self.codes(a, b), a)
        i, j = lower(self.dense_terms, first), lower(self.dense_terms, last)
        if i == j:
            return sizes, sparse_docs, sparse
        docs, known = np.empty(int(sizes.sum()), np.intp), np.empty(int(sizes.sum()), np.int64)
        ends = np.cumsum(sizes)
        dense = np.zeros(len(docs), bool)
        for row in range(i, j):
            term = int(self.dense_terms[row]) - first
            column = self.column(row)
            here = slice(int(ends[term] - sizes[term]), int(ends[term]))
            docs[here] = np.flatnonzero(column != 0)
            known[here] = self.frequencies(docs[here], column[docs[here]], 0, row)
            dense[here] = True
        docs[~dense], known[~dense] = sparse_docs, sparse
        return sizes, docs, known

    # frequencies

    def apart_at(self, a: int, b: int) -> Array:
        """Which of the postings a to b, counted from a, have a frequency that is kept apart."""
        table = self._apart[0]
        if not table.size:
            return table
        i, j = lower(table, a), lower(table, b)
        return table[i:j].astype(np.int64) - a

    def apart_docs(self, row: int) -> Array:
        """The documents in which a dense term's frequency is kept apart."""
        table = self._dense_apart[0]
        if not table.size:
            return table
        i, j = lower(table, row * self.count), lower(table, (row + 1) * self.count)
        return table[i:j].astype(np.int64) - row * self.count

    def token_bounds(self, term: int) -> Array:
        """Where the places of each document begin and end, counted from the first of the term.

        One more than there are documents, for a dense term; for any other, one more than hold it.
        """
        return self._cache.get((self._name, "bounds", term), lambda: self._token_bounds(term))

    def _token_bounds(self, term: int) -> Array:
        row = self.row(term)
        if row >= 0:
            known = self._column_frequencies(row)
        else:
            a, b = self.range(term)
            known = self.frequencies(self.docs_of(term), self.codes(a, b), a)
        bounds = np.zeros(known.size + 1, narrow(self.occurrences(term)))
        known.cumsum(out=bounds[1:])
        return bounds

    def _column_frequencies(self, row: int) -> Array:
        """How often each document holds a dense term, 0 where it does not."""
        known: Array = self.book.frequencies.take(self._steps_high | self.column(row))
        apart = self.apart_docs(row)
        if apart.size:
            known = known.astype(np.int64)
            first = lower(self._dense_apart[0], row * self.count)
            known[apart] = self._dense_apart[1][first : first + apart.size]
        return known

    @cached_property
    def _steps_high(self) -> Array:
        return self.steps.astype(np.uint16) << 8

    def frequencies(
        self, docs: Docs, codes: Codes, at: Callable[[], Array] | int, row: int = -1
    ) -> NDArray[np.int64]:
        """How often a term stands in each document.

        Args:
            docs, codes: the documents, and the term's codes in them.
            at: gives the number of each posting, if it is needed; or that of the first of consecutive ones. Not used
                for dense terms.
            row: the row of a dense term.
        """
        known = self.book.decode(self.steps.take(docs), codes).astype(np.int64)
        apart = where(codes == APART)
        if apart.size:
            if row >= 0:
                keys, table = row * self.count + docs[apart], self._dense_apart
            else:
                keys, table = (at + apart if isinstance(at, int) else at()[apart]), self._apart
            known[apart] = table[1][table[0].searchsorted(keys.astype(table[0].dtype))]
        return known
