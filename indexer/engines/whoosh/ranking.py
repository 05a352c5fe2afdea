"""The best hits of one segment: chosen by approximate scores, within their slack rescored exactly."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

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


def reached_by(scores: NDArray[Any], number: int) -> Any:
    """A value that at least `number` of the scores reach: the `number`-th largest, or a little less."""
    if scores.size <= number:
        return scores.min(initial=0)
    whole = scores.size // _BLOCKS * _BLOCKS
    if whole >= _BLOCKS * 4 * number:
        scores = scores[:whole].reshape(_BLOCKS, -1).max(axis=0)
    return np.partition(scores, scores.size - number)[scores.size - number]


def by_relevance(
    operator: Operator, hits: Found, number: int, after: tuple[float, int] | None = None
) -> Ranked:
    """The best `number` of the hits (which the operator found), those behind `after` (minus score, document) only."""
    if isinstance(hits.scores, float):
        return _equal(hits, number, after)
    assert isinstance(hits.scores, np.ndarray)
    chosen = _candidates(hits, operator.slack, number, None if after is None else -after[0])
    docs = chosen if hits.docs is None else hits.docs.take(chosen)
    if hits.mask is not None:
        docs = docs[hits.mask[docs]]
    keys = -np.asarray(operator.probe(docs, exact=True)[1], np.float64) * np.ones(docs.size)
    if after is not None:
        keep = (keys > after[0]) | ((keys == after[0]) & (docs > after[1]))
        docs, keys = docs[keep], keys[keep]
    return order(docs, keys, number)


def _candidates(hits: Found, slack: float, number: int, below: float | None) -> NDArray[np.intp]:
    """Where in `hits.scores` the best may be."""
    scores: NDArray[Any] = hits.scores  # type: ignore[assignment]
    off = (slack + _ROUNDING * float(scores.max(initial=0)) * hits.scale) / hits.scale
    if below is None:
        least = float(reached_by(scores, number)) - 2 * off
        return _at_least(hits, scores, least)
    at = np.flatnonzero(scores <= below / hits.scale + off)
    surely = scores[at[scores[at] < below / hits.scale - off]]
    if surely.size <= number:
        return at
    return at[scores[at] >= float(reached_by(surely, number)) - 2 * off]


def _at_least(hits: Found, scores: NDArray[Any], least: float) -> NDArray[np.intp]:
    if least <= 0:
        return np.flatnonzero(hits.mask) if hits.mask is not None else np.arange(scores.size)
    if scores.dtype == np.uint8:
        return np.flatnonzero(scores >= np.uint8(min(np.floor(least), 255)))
    return np.flatnonzero(scores >= scores.dtype.type(least))


def _equal(hits: Found, number: int, after: tuple[float, int] | None) -> Ranked:
    """Hits that all score the same are in the order of their numbers."""
    assert isinstance(hits.scores, float)
    docs, key = hits.listed(), 0.0 - hits.scores
    if after is not None and key < after[0]:
        docs = docs[:0]
    elif after is not None and key == after[0]:
        docs = docs[np.searchsorted(docs, after[1], side="right") :]
    docs = docs[:number].astype(np.int64)
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
