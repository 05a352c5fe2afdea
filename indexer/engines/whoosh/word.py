"""A term of a field, scored by BM25."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, look_up
from indexer.engines.whoosh.field import Codes, Field
from indexer.engines.whoosh.found import Docs, Found
from indexer.engines.whoosh.impact import APART
from indexer.engines.whoosh.operators import Operator, Probed
from indexer.engines.whoosh.weights import Norm

_SCATTER = 16  # marking all documents of a term costs less than looking each up, unless these are so many fewer


class Word(Operator):
    """The documents that hold a term.

    Args:
        weight: what f / (f + norm) is multiplied by.
    """

    def __init__(self, field: Field, term: int, weight: float, norm: Norm) -> None:
        self.count = field.count
        self.field, self.term, self.weight, self.norm = field, term, weight, norm
        self.row = field.row(term)
        self.size = field.holders(term)
        self._bounds = field.range(term)
        self.slack = abs(weight) * field.deviation(norm.average, norm.k1, norm.b)

    @cached_property
    def column(self) -> Codes:
        """A dense term's code in every document."""
        return self.field.column(self.row)

    @cached_property
    def docs(self) -> Docs:
        """All documents that hold the term."""
        return np.flatnonzero(self.column) if self.row >= 0 else self.field.docs(*self._bounds)

    @cached_property
    def codes(self) -> Codes:
        """The code of each of `docs`."""
        return self.column[self.docs] if self.row >= 0 else self.field.codes(*self._bounds)

    @cached_property
    def _apart(self) -> NDArray[np.intp]:
        """Documents whose code does not say how often they hold the term."""
        return self.field.apart_docs(self.row) if self.row >= 0 else self.docs[self.field.apart_at(*self._bounds)]

    def found(self, scored: bool = True) -> Found:
        scale = self.weight / 255
        if self.row >= 0:
            mask: Array = self.column != 0
            scores: Array = self.column
            if scored and self._apart.size:
                scores, scale = scores * np.float32(scale), 1.0
                scores[self._apart] = self.exact(self._apart, self.column[self._apart])
            return Found(None, mask, scores if scored else 0.0, self.size, scale)
        scores = self.codes
        if scored and self.field.apart_at(*self._bounds).size:
            at = self.field.apart_at(*self._bounds)
            scores, scale = self.codes * np.float32(scale), 1.0
            scores[at] = self.exact(self.docs[at], self.codes[at])
        return Found(self.docs, None, scores if scored else 0.0, self.size, scale)

    def frequencies(self, docs: Docs, codes: Codes) -> NDArray[np.int64]:
        """How often the term stands in documents that hold it."""
        at: NDArray[np.int64] | int = 0
        if self.row < 0 and (codes == APART).any():
            at = self._bounds[0] + np.searchsorted(self.docs, docs)
        return self.field.frequencies(docs, codes, at, self.row)

    def exact(self, docs: Docs, codes: Codes) -> NDArray[np.float64]:
        """Scores of documents that hold the term."""
        f = self.frequencies(docs, codes)
        return self.weight * (f / (f + self.norm.of(self.field.lengths[docs])))

    def codes_in(self, docs: Docs) -> Array:
        """The term's code in each of these documents, 0 where it is absent."""
        if self.row >= 0:
            return self.column.take(docs)
        if self.size <= _SCATTER * docs.size:
            spread = np.zeros(self.count, np.uint8)
            spread[self.docs] = self.codes
            return spread.take(docs)
        at, there = look_up(docs, self.docs)
        codes: Array = self.codes[at] * there
        return codes

    def probe(self, docs: Docs, *, exact: bool = False, scored: bool = True) -> Probed:
        codes = self.codes_in(docs)
        present = codes != 0
        if not scored:
            return present, 0.0
        if not exact:
            scores = codes * np.float32(self.weight / 255)
            apart = np.flatnonzero(codes == APART)
            if apart.size:
                scores[apart] = self.exact(docs[apart], codes[apart])
            return present, scores
        at = np.flatnonzero(present)
        whole = np.zeros(docs.size)
        whole[at] = self.exact(docs[at], codes[at])
        return present, whole
