"""The best hits of one segment: chosen by approximate scores, rescored exactly as far as these may be off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, smallest_but, where
from indexer.engines.whoosh.found import Docs, Found
from indexer.engines.whoosh.operators import Operator

_BLOCKS = 256
_ROUNDING = 1e-5  # of float32 sums, relative
_MANY, _TRIED = 64, 8
"""Where more than so many times the hits asked for may be among the best, the exact scores of a few are looked at."""


class Ranked(NamedTuple):
    """Documents in order; `keys` are what they are ordered by (the smallest first), then their number."""

    docs: NDArray[np.int64]
    keys: NDArray[np.float64]


def none() -> Ranked:
    return Ranked(np.zeros(0, np.int64), np.zeros(0))


def order(docs: NDArray[Any], keys: NDArray[Any], number: int) -> Ranked:
    """The first of them, by key and then number."""
    if 0 < number < keys.size // 4:
        best = where(keys <= smallest_but(keys, number - 1))
        docs, keys = docs[best], keys[best]
    chosen = np.lexsort((docs, keys))[:number]
    return Ranked(docs[chosen].astype(np.int64), keys[chosen].astype(np.float64))


def join(parts: Sequence[Ranked], number: int) -> Ranked:
    """The first of all parts, each of which is in order."""
    if len(parts) == 1:
        return Ranked(parts[0].docs[:number], parts[0].keys[:number])
    docs = np.concatenate([np.zeros(0, np.int64), *(part.docs for part in parts)])
    keys = np.concatenate([np.zeros(0), *(part.keys for part in parts)])
    return order(docs, keys, number)


class Heights:
    """Scores laid out in columns, so that only the few columns have to be looked through that reach high enough."""

    def __init__(self, scores: Array, number: int) -> None:
        self._scores, self._number = scores, number
        self._width = scores.size // _BLOCKS if scores.size >= _BLOCKS * 4 * number else 0
        self._grid = scores[: self._width * _BLOCKS].reshape(_BLOCKS, self._width)
        self._tops = self._grid.max(axis=0) if self._width else scores

    def reached(self) -> float:
        """A value that at least `number` of the scores reach: the `number`-th largest, or a little less."""
        if self._tops.size <= self._number:
            return float(self._tops.min(initial=0))
        return float(smallest_but(self._tops, self._tops.size - self._number))

    def reaching(self, value: float) -> Array:
        """Where all scores are that reach a value, and maybe some a little less; everywhere for 0 and below."""
        if value <= 0:
            return np.arange(self._scores.size)
        least = self._scores.dtype.type(int(value) if self._scores.dtype == np.uint8 else value * (1 - _ROUNDING))
        columns = where(self._tops >= least)
        if not self._width:
            return columns
        if columns.size * 4 > self._width:
            return where(self._scores >= least)
        row, column = (self._grid[:, columns] >= least).nonzero()
        whole = self._width * _BLOCKS
        found = np.concatenate([row * self._width + columns.take(column), where(self._scores[whole:] >= least) + whole])
        found.sort()
        return found


def by_relevance(
    operator: Operator,
    hits: Found,
    number: int,
    after: tuple[float, int] | None = None,
    factors: NDArray[np.float64] | None = None,
) -> Ranked:
    """The best `number` of the hits (which the operator found), those behind `after` (minus score, document) only.

    `factors`, at most 1, of all documents of the segment are what each score counts.
    """
    if factors is not None:
        hits = _times(hits, factors)
    if isinstance(hits.scores, float):
        return _equal(hits, number, after)
    docs = _candidates(hits, operator, number, after, factors)
    keys = _keys(operator, docs, factors)
    if after is not None:
        docs, keys = _behind(docs, keys, after)
    return order(docs, keys, number)


def _keys(operator: Operator, docs: Docs, factors: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Minus the exact scores of hits."""
    keys = np.zeros(docs.size) - operator.exact(docs)
    return keys if factors is None else keys * factors[docs]


def _behind(docs: Docs, keys: NDArray[np.float64], after: tuple[float, int]) -> tuple[Docs, NDArray[np.float64]]:
    keep = (keys > after[0]) | ((keys == after[0]) & (docs > after[1]))
    return docs[keep], keys[keep]


def _times(hits: Found, factors: NDArray[np.float64]) -> Found:
    """The hits with their scores times the factors of their documents."""
    scores = hits.plain()
    if isinstance(scores, float) and not scores:
        return hits
    mine = factors if hits.docs is None else factors.take(hits.docs)
    return Found(hits.docs, hits.mask, (mine * scores).astype(np.float32), hits.size)


def _candidates(
    hits: Found, operator: Operator, number: int, after: tuple[float, int] | None, factors: NDArray[np.float64] | None
) -> Docs:
    """Hits among which the best are, those behind `after` only.

    Where these are many, the exact scores of a few show what a hit must reach; no other is rescored that cannot.
    """
    scores: Any = hits.scores
    low, high = (side * hits.scale for side in operator.ratio)
    if not 0 < low <= high < np.inf or hits.size <= number:
        return hits.listed()
    at, surely = None, None
    if after is not None:
        at = where(scores <= (operator.slack - after[0]) / low * (1 + _ROUNDING))
        scores = scores.take(at)
        surely = scores < (-after[0] - operator.slack) / high * (1 - _ROUNDING)
    heights = Heights(scores if surely is None else scores * surely, number)
    every = heights if surely is None else Heights(scores, number)
    reached = heights.reached()
    found = every.reaching((low * reached - 2 * operator.slack) / high if reached > 0 else 0.0)
    if found.size > _MANY * number and reached > 0:
        first = heights.reaching(reached)[: _TRIED * number]
        keys = _keys(operator, _documents(hits, at, first), factors)
        worst = float(smallest_but(keys, number - 1))
        found = every.reaching((-worst - operator.slack) / high)
    return _documents(hits, at, found)


def _documents(hits: Found, at: Array | None, places: Array) -> Docs:
    """The hits at some places of their scores, or at some of the places `at`."""
    places = places if at is None else at.take(places)
    if hits.docs is not None:
        return hits.docs.take(places)
    assert hits.mask is not None
    return places[hits.mask[places]]


def _equal(hits: Found, number: int, after: tuple[float, int] | None) -> Ranked:
    """Hits that all score the same are in the order of their numbers."""
    assert isinstance(hits.scores, float)
    key = 0.0 - hits.scores
    if after is None or key > after[0]:
        docs = hits.first(number)
    elif key < after[0]:
        docs = np.zeros(0, np.intp)
    else:
        docs = hits.listed()
        docs = docs[np.searchsorted(docs, after[1], side="right") :][:number]
    docs = docs.astype(np.int64)
    return Ranked(docs, np.full(docs.size, key))


_MINUTES = 1441  # a day's minutes, and one for a minute that is not known
_LAST = 1 << 40


def dates(days: NDArray[np.int32], minutes: NDArray[np.int16], newest: bool) -> NDArray[np.int64]:
    """The keys by which documents are sorted, newest or oldest first; those without a date last."""
    keys = days.astype(np.int64) * _MINUTES + minutes + 1
    if newest:
        keys = -keys
    keys[days == 0] += _LAST
    return keys


def by_date(keys: NDArray[np.int64], docs: Docs, number: int, after: tuple[float, int] | None) -> Ranked:
    """The first `number` of the documents, those behind `after` (key, document) only."""
    if after is not None:
        keep = (keys > after[0]) | ((keys == after[0]) & (docs > after[1]))
        keys, docs = keys[keep], docs[keep]
    return order(docs, keys, number)
