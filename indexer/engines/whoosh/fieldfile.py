"""How the postings of one field are laid out in a segment's file.

A term that more than one document in six holds is *dense*: a column with one code for every document, zero where
the term is absent. All others have a list of documents (the low 16 bits; beyond 65,536 documents *runs* say where the
high bits change) and a list of codes. Frequencies stand in the codes (`impact`), the few that do not are kept apart.
Positions lie in the order of terms and documents (`positions`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import Array, bounds_of, narrow, sizes_of, where
from indexer.engines.whoosh.format import ArrayWriter
from indexer.engines.whoosh.impact import APART, Codebook, codebook, step_of
from indexer.engines.whoosh.positions import PositionWriter

DENSE = 6
"""A term in more than 1 / DENSE of the documents is dense."""
BLOCK = 16
"""Bits of a document number that are written for each posting."""


class FieldWriter:
    """Writes one field; terms come in order, in pieces as large as the caller likes."""

    def __init__(self, writer: ArrayWriter, name: str, lengths: NDArray[np.integer]) -> None:
        self._writer, self.name = writer, name
        self._count = len(lengths)
        total = int(lengths.sum(dtype=np.int64))
        held = lengths[lengths > 0]
        self._book: Codebook = codebook(total / max(held.size, 1))
        self._steps = step_of(lengths)
        kind = np.uint16 if lengths.max(initial=0) < 1 << 16 else np.uint32
        writer.add(f"{name}/lengths", lengths.astype(kind))
        self.meta = {
            "total": total, "average": self._book.average,
            "shortest": int(held.min()) if held.size else 0, "longest": int(held.max(initial=0)),
        }

    def layout(self, holders: NDArray[np.int64], tokens: int) -> None:
        """Make room.

        Args:
            holders: number of documents that hold each term, in the order of terms.
            tokens: number of positions.
        """
        self._dense = holders * DENSE > self._count
        first = bounds_of(np.where(self._dense, 0, holders))
        add = self._writer.add
        add(f"{self.name}/first", first.astype(narrow(int(first[-1]))))
        chosen = np.flatnonzero(self._dense)
        add(f"{self.name}/dense.terms", chosen.astype(np.uint32))
        add(f"{self.name}/dense.holders", holders[chosen].astype(np.uint32))
        reserve = self._writer.reserve
        self._columns = reserve(f"{self.name}/dense.codes", np.uint8, (chosen.size, self._count))
        self._docs = reserve(f"{self.name}/docs", np.uint16, (int(first[-1]),))
        self._codes = reserve(f"{self.name}/codes", np.uint8, (int(first[-1]),))
        self._positions = PositionWriter(self._writer, f"{self.name}/positions", tokens)
        self._term = self._posting = self._column = 0
        self._parts: dict[str, list[NDArray[Any]]] = {name: [] for name in _SMALL}

    def encode(self, docs: Array, frequencies: Array) -> Array:
        """The codes of postings."""
        return self._book.encode(self._steps.take(docs), frequencies)

    def write(self, first: Array, docs: Array, frequencies: Array, positions: Array) -> None:
        """The next terms: term t has the postings `first[t]:first[t + 1]`, positions lie in the order of postings."""
        codes = self.encode(docs, frequencies)
        apart = where(codes == APART)
        self.put(first, bounds_of(frequencies)[first], docs, codes, (apart, frequencies[apart]), positions)

    def put(
        self, first: Array, places: Array, docs: Array, codes: Array, apart: tuple[Array, Array], positions: Array
    ) -> None:
        """The next terms, in codes.

        Args:
            first, places: bounds of each term's postings and positions, counted from zero.
            apart: which postings have the code `APART`, and their frequencies.
        """
        dense = self._dense[self._term : self._term + len(first) - 1]
        self._parts["places"].append(places[:-1] + self._positions.count)
        self._positions.write(positions)
        if dense.any():
            self._write_dense(where(dense), first, docs, codes, apart)
            sizes = sizes_of(first)
            keep = np.repeat(~dense, sizes)
            first = bounds_of(np.where(dense, 0, sizes))
            docs, codes = docs[keep], codes[keep]
            apart = where(codes == APART), apart[1][keep[apart[0]]]
        self._write_sparse(first, docs, codes, apart)
        self._term += len(dense)

    def _write_dense(
        self, terms: Array, first: Array, docs: Array, codes: Array, apart: tuple[Array, Array]
    ) -> None:
        for term in terms.tolist():
            a, b = int(first[term]), int(first[term + 1])
            column = np.zeros(self._count, np.uint8)
            column[docs[a:b]] = codes[a:b]
            self._columns.write(column)
            i, j = np.searchsorted(apart[0], [a, b])
            self._parts["dense.apart.at"].append(docs[apart[0][i:j]].astype(np.int64) + self._column * self._count)
            self._parts["dense.apart"].append(apart[1][i:j])
            self._column += 1

    def _write_sparse(self, first: Array, docs: Array, codes: Array, apart: tuple[Array, Array]) -> None:
        self._docs.write(docs.astype(np.uint16))
        self._codes.write(codes)
        self._parts["apart.at"].append(apart[0] + self._posting)
        self._parts["apart"].append(apart[1])
        if self._count > 1 << BLOCK and docs.size:
            block = docs >> BLOCK
            fresh = np.empty(docs.size, bool)
            np.not_equal(block[1:], block[:-1], out=fresh[1:])
            fresh[first[:-1][np.diff(first) > 0]] = True
            starts = np.flatnonzero(fresh)
            self._parts["runs"].append(starts + self._posting)
            self._parts["runs.block"].append(block[starts])
        self._posting += len(docs)

    def close(self, terms: Any) -> dict[str, Any]:
        """Write the dictionary and the small arrays; returns what the segment must remember of the field."""
        add = self._writer.add
        strings.write(self._writer, f"{self.name}/terms", terms)
        self._parts["places"].append(np.array([self._positions.count]))
        self._positions.close()
        self.meta["furthest"] = self._positions.furthest
        for name, kind in _SMALL.items():
            parts = self._parts[name]
            whole = np.concatenate(parts) if parts else np.zeros(0, np.int64)
            add(f"{self.name}/{name}", whole.astype(kind or narrow(int(whole.max(initial=0)))))
        return self.meta


_SMALL: dict[str, Any] = {
    "places": None, "apart.at": None, "apart": np.uint32,
    "dense.apart.at": None, "dense.apart": np.uint32, "runs": None, "runs.block": np.uint16,
}
"""Arrays that are gathered in memory, and their type; None is the smallest that holds them."""

