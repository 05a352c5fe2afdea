"""Sets of documents of one segment, with scores: as a rising list when there are few, as a mask when there are many."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.distinct import distinct
from indexer.engines.whoosh.arrays import Array, look_up, where

Docs = NDArray[np.intp]
Mask = Array
Scores = Array | float

MANY = 8
"""More than 1 / MANY of the documents make a mask."""
_SORTED = 200  # fewer than 1 / this of the documents are united by sorting, more by marking


@dataclass(slots=True)
class Found:
    """Documents that match, and what they score.

    Attributes:
        docs: rising document numbers, or
        mask: bool (documents,); one of the two is None.
        scores: of each of `docs`, or of all documents (zero where the mask is False); a number if all score the same.
            Times `scale`. They are approximate (see `Operator.ratio`).
        size: number of documents.
    """

    docs: Docs | None
    mask: Mask | None
    scores: Scores
    size: int
    scale: float = 1.0

    def listed(self) -> Docs:
        """The document numbers."""
        if self.docs is not None:
            return self.docs
        assert self.mask is not None
        return where(self.mask)

    def masked(self, count: int) -> Mask:
        """The mask."""
        if self.mask is not None:
            return self.mask
        assert self.docs is not None
        mask = np.zeros(count, bool)
        mask[self.docs] = True
        return mask

    def either(self) -> Array:
        """The list or the mask, whichever there is."""
        either = self.mask if self.docs is None else self.docs
        assert either is not None
        return either

    def where(self, keep: Mask) -> Found:
        """Those documents for which `keep` (one for each of `docs`, or for every document) holds."""
        if self.docs is None:
            assert self.mask is not None
            mask = self.mask & keep
            scores = self.scores if isinstance(self.scores, float) else self.scores * mask
            return Found(None, mask, scores, int(np.count_nonzero(mask)), self.scale)
        return self.at(where(keep))

    def at(self, places: Array) -> Found:
        """Those of a list that stand at these places."""
        if places.size == self.size:
            return self
        assert self.docs is not None
        scores = self.scores if isinstance(self.scores, float) else self.scores.take(places)
        return Found(self.docs.take(places), None, scores, places.size, self.scale)

    def plus(self, scores: Scores) -> Found:
        """The same documents, with these scores added to theirs."""
        return Found(self.docs, self.mask, self.plain() + scores, self.size)

    def without(self, barred: Found) -> Found:
        """Those documents that the other set does not hold."""
        if self.docs is not None or barred.docs is None or isinstance(self.scores, float):
            assert self.mask is not None
            return self.where(~barred.masked(self.mask.size))
        assert self.mask is not None
        mask, scores = self.mask.copy(), self.scores.copy()
        mask[barred.docs] = False
        scores[barred.docs] = 0
        return Found(None, mask, scores, int(np.count_nonzero(mask)), self.scale)

    def first(self, number: int) -> Docs:
        """The first document numbers."""
        if self.docs is not None:
            return self.docs[:number]
        assert self.mask is not None
        until = min(max(16 * number, 4096), self.mask.size)
        docs = where(self.mask[:until])
        return docs[:number] if docs.size >= number or until == self.mask.size else self.listed()[:number]

    def last(self, number: int) -> Docs:
        """The last document numbers."""
        if self.docs is not None:
            return self.docs[-number:]
        assert self.mask is not None
        begin = max(0, self.mask.size - max(16 * number, 4096))
        docs = where(self.mask[begin:]) + begin
        return docs[-number:] if docs.size >= number or not begin else self.listed()[-number:]

    def between(self, first: int, last: int) -> Found:
        """Those documents with first <= number < last."""
        if self.docs is not None:
            a, b = self.docs.searchsorted((first, last)).tolist()
            scores = self.scores if isinstance(self.scores, float) else self.scores[a:b]
            return Found(self.docs[a:b], None, scores, b - a, self.scale)
        assert self.mask is not None
        keep = np.zeros(self.mask.size, bool)
        keep[first:last] = True
        return self.where(keep)

    def plain(self) -> Scores:
        """The scores, scaled."""
        if self.scale == 1.0 or isinstance(self.scores, float):
            return self.scores
        return np.multiply(self.scores, np.float32(self.scale))


def nothing() -> Found:
    return Found(np.zeros(0, np.intp), None, 0.0, 0)


def of_docs(docs: Docs, count: int, score: float = 0.0) -> Found:
    """A set of rising document numbers; a mask is made of it when they are many."""
    if docs.size * MANY > count:
        mask = np.zeros(count, bool)
        mask[docs] = True
        return of_mask(mask, score, docs.size)
    return Found(docs, None, score, docs.size)


def of_mask(mask: Mask, score: float = 0.0, size: int | None = None) -> Found:
    return Found(None, mask, score, int(np.count_nonzero(mask)) if size is None else size)


def unite(lists: list[Docs], count: int, score: float = 0.0) -> Found:
    """The documents of any of the lists, which need not rise; all score the same."""
    if sum(map(len, lists)) * _SORTED < count:
        docs = distinct(np.concatenate([np.zeros(0, np.intp), *lists]))
        return Found(docs, None, score, docs.size)
    mark = np.zeros(count, bool)
    for docs in lists:
        mark[docs] = True
    return of_mask(mark, score)


def holds(among: Docs, docs: Docs, count: int) -> Mask:
    """For each of `docs` whether it is one of `among` (both rising)."""
    if not among.size:
        return np.zeros(docs.size, bool)
    if among.size > 16 * docs.size:
        return look_up(docs, among)[1]
    mark = np.zeros(count, bool)
    mark[among] = True
    return mark.take(docs)
