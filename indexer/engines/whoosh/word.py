"""A term of a field, scored by BM25."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, look_up, where
from indexer.engines.whoosh.field import Codes, Field
from indexer.engines.whoosh.found import Docs, Found
from indexer.engines.whoosh.impact import APART, UNIT
from indexer.engines.whoosh.operators import UNBOUNDED, Operator, Probed
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
        self.slack = abs(weight) * UNIT
        self.ratio = field.ratio(norm.average, norm.k1, norm.b) if weight >= 0 else UNBOUNDED
        self._column: Codes | None = None
        self._docs: Docs | None = None
        self._codes: Codes | None = None

    # lazily by hand: cached_property takes a lock each time that a new object needs it

    @property
    def column(self) -> Codes:
        """A dense term's code in every document."""
        if self._column is None:
            self._column = self.field.column(self.row)
        return self._column

    @property
    def docs(self) -> Docs:
        """All documents that hold the term."""
        if self._docs is None:
            self._docs = where(self.column != 0) if self.row >= 0 else self.field.docs_of(self.term)
        return self._docs

    @property
    def codes(self) -> Codes:
        """The code of each of `docs`."""
        if self._codes is None:
            self._codes = self.column.take(self.docs) if self.row >= 0 else self.field.codes(*self._bounds)
        return self._codes

    def found(self, scored: bool = True) -> Found:
        if self.row >= 0:
            mask: Array = self.column != 0
            if not scored:
                return Found(None, mask, 0.0, self.size)
            apart = self.field.apart_docs(self.row)
            return Found(None, mask, *self._ranked(self.column, apart, apart))
        if not scored:
            return Found(self.docs, None, 0.0, self.size)
        apart = self.field.apart_at(*self._bounds)
        return Found(self.docs, None, *self._ranked(self.codes, apart, self.docs[apart] if apart.size else apart))

    def _ranked(self, codes: Codes, at: Array, docs: Docs) -> tuple[Array, int, float]:
        """Codes as scores, with the exact ones put in where frequencies are kept apart; size; scale."""
        if not at.size:
            return codes, self.size, self.weight / 255
        scores = codes * np.float32(self.weight / 255)
        scores[at] = self._exact(docs, codes[at])
        return scores, self.size, 1.0

    def between(self, first: int, last: int) -> Docs:
        """Those of `docs` with first <= number < last."""
        return self.docs[slice(*self.docs.searchsorted((first, last)).tolist())]

    def tokens_of(self, docs: Docs) -> tuple[Array, Array]:
        """Of documents that hold the term: where their places begin, counted from the term's first, and how many."""
        bounds = self.field.token_bounds(self.term)
        if self.row >= 0:
            starts, ends = bounds.take(docs), bounds.take(docs + 1)
        else:
            at = self._at(docs)
            starts, ends = bounds[:-1][at], bounds[1:][at]
        starts = starts.astype(np.int64)
        return starts, ends - starts

    def _at(self, docs: Docs) -> Docs | slice:
        """Where documents, which all hold the term, stand in `docs`."""
        first, last = (int(self.docs.searchsorted(doc)) for doc in (docs[0], docs[-1]))
        if last - first + 1 == docs.size:
            return slice(first, last + 1)
        if docs.size * _SCATTER < self.size:
            return self.docs.searchsorted(docs)
        mark = np.zeros(self.count, bool)
        mark[docs] = True
        return where(mark.take(self.docs))

    def frequencies(self, docs: Docs, codes: Codes) -> NDArray[np.int64]:
        """How often the term stands in documents that hold it."""
        return self.field.frequencies(docs, codes, lambda: self._bounds[0] + self.docs.searchsorted(docs), self.row)

    def exact(self, docs: Docs) -> Array:
        if docs.size == self.size:
            return self._exact(docs, self.codes)
        codes = self.column.take(docs) if self.row >= 0 else self.codes.take(self.docs.searchsorted(docs))
        return self._exact(docs, codes)

    def _exact(self, docs: Docs, codes: Codes) -> NDArray[np.float64]:
        """Exact scores of documents with these codes."""
        f = self.frequencies(docs, codes)
        return self.weight * (f / (f + self.norm.of(self.field.lengths.take(docs))))

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
            return present, self._scores(docs, codes)
        if present.all():
            return present, self._exact(docs, codes)
        at = where(present)
        whole = np.zeros(docs.size)
        whole[at] = self._exact(docs[at], codes[at])
        return present, whole

    def narrow(self, hits: Found, scored: bool) -> Found:
        assert hits.docs is not None
        codes = self.codes_in(hits.docs)
        at = where(codes != 0)
        kept = hits.at(at)
        if not scored:
            return kept
        assert kept.docs is not None
        return kept.plus(self._scores(kept.docs, codes.take(at)))

    def _scores(self, docs: Docs, codes: Codes) -> Array:
        """Approximate scores of documents with these codes; 0 is that of a document without the term."""
        scores: Array = codes * np.float32(self.weight / 255)
        apart = where(codes == APART)
        if apart.size:
            scores[apart] = self._exact(docs[apart], codes[apart])
        return scores
