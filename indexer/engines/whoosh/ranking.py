"""The best hits of one segment: chosen by approximate scores, within their slack rescored exactly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, where
from indexer.engines.whoosh.found import Docs, Found
from indexer.engines.whoosh.operators import Operator

_BLOCKS = 256
_ROUNDING = 1e-5  # of float32 sums, relative


class Ranked(NamedTuple):
    """Documents in order; `keys` are what they are ordered by (the smallest first), then their number."""

    docs: NDArray[np.int64]
    keys: NDArray[np.float64]


def none() -> Ranked:
    return Ranked(np.zeros(0, np.int64), np.zeros(0))


def order(docs: NDArray[Any], keys: NDArray[Any], number: int) -> Ranked:
    """The first of them, by key and then number."""
    chosen = np.lexsort((docs, keys))[:number]
    return Ranked(docs[chosen].astype(np.int64), keys[chosen].astype(np.float64))


def join(parts: Sequence[Ranked], number: int) -> Ranked:
    """The first of all parts, each of which is in order."""
    if len(parts) == 1:
        return Ranked(parts[0].docs[:number], parts[0].keys[:number])
    docs = np.concatenate([np.zeros(0, np.int64), *(part.docs for part in parts)])
    keys = np.concatenate([np.zeros(0), *(part.keys for part in parts)])
    return order(docs, keys, number)


def reached_by(scores: Array, number: int) -> float:
    """A value that at least `number` of the scores reach: the `number`-th largest, or a little less."""
    if scores.size <= number:
        return float(scores.min(initial=0))
    whole = scores.size // _BLOCKS * _BLOCKS
    if whole >= _BLOCKS * 4 * number:
        scores = scores[:whole].reshape(_BLOCKS, -1).max(axis=0)
    return float(np.partition(scores, scores.size - number)[scores.size - number])


def best_places(scores: Array, number: int, off: float) -> Array | None:
    """Where all scores are that reach the `number`-th largest less `off`; None when that is at or below zero."""
    width = scores.size // _BLOCKS
    if width < 4 * number:
        least = _least(scores, reached_by(scores, number), off)
        return None if least <= 0 else where(scores >= least)
    whole = width * _BLOCKS
    grid = scores[:whole].reshape(_BLOCKS, width)
    tops = grid.max(axis=0)  # the best of each column: only few columns have to be looked through
    least = _least(scores, float(np.partition(tops, width - number)[width - number]), off)
    if least <= 0:
        return None
    columns = where(tops >= least)
    if columns.size * 4 > width:
        return where(scores >= least)
    row, column = (grid[:, columns] >= least).nonzero()
    found = row * width + columns.take(column)
    rest = where(scores[whole:] >= least)
    found = np.concatenate([found, rest + whole])
    found.sort()
    return found


def _least(scores: Array, value: float, off: float) -> Any:
    """The value less `off` and a little for rounding, in the type of the scores; zero if it is below."""
    least = max(value * (1 - _ROUNDING) - off, 0.0)
    return scores.dtype.type(least if scores.dtype != np.uint8 else int(least))


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
    assert isinstance(hits.scores, np.ndarray)
    chosen = _candidates(hits, operator.slack, number, None if after is None else -after[0])
    docs = chosen if hits.docs is None else hits.docs.take(chosen)
    if hits.mask is not None:
        docs = docs[hits.mask[docs]]
    keys = np.zeros(docs.size) - operator.exact(docs)
    if factors is not None:
        keys *= factors[docs]
    if after is not None:
        keep = (keys > after[0]) | ((keys == after[0]) & (docs > after[1]))
        docs, keys = docs[keep], keys[keep]
    return order(docs, keys, number)


def _times(hits: Found, factors: NDArray[np.float64]) -> Found:
    """The hits with their scores times the factors of their documents."""
    scores = hits.plain()
    if isinstance(scores, float) and not scores:
        return hits
    mine = factors if hits.docs is None else factors.take(hits.docs)
    return Found(hits.docs, hits.mask, (mine * scores).astype(np.float32), hits.size)


def _candidates(hits: Found, slack: float, number: int, below: float | None) -> Array:
    """Where in `hits.scores` the best may be."""
    scores: Any = hits.scores
    off = 2 * slack / hits.scale
    if below is None:
        found = best_places(scores, number, off)
        if found is None:
            found = np.arange(scores.size) if hits.mask is None else where(hits.mask)
        return found
    last = below / hits.scale
    off += _ROUNDING * abs(last)
    at = where(scores <= last + off)
    surely = scores.take(at[scores.take(at) < last - off])
    return at if surely.size <= number else at.compress(scores.take(at) >= reached_by(surely, number) - off)


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
    if number and keys.size > 4 * number:
        keep = keys <= np.partition(keys, number - 1)[number - 1]
        keys, docs = keys[keep], docs[keep]
    return order(docs, keys, number)
