"""Scores of several operators, put together."""

from __future__ import annotations

import numpy as np

from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.found import Docs, Scores


class Blend:
    """Adds scores up; or keeps the best of each, and a part `tie` of the others."""

    def __init__(self, size: int, tie: float | None, kind: type = np.float32) -> None:
        self._size, self._tie, self._kind = size, tie, kind
        self._total: Array | None = None
        self._best: Array | None = None

    def lay(self, scores: Scores) -> None:
        """Scores for all."""
        if self._total is None and isinstance(scores, np.ndarray):
            self._total = scores.astype(self._kind)
            self._best = None if self._tie is None else self._total.copy()
            return
        total, best = self._ready()
        total += scores
        if best is not None:
            np.maximum(best, scores, out=best)

    def put(self, at: Docs | None, scores: Scores) -> None:
        """Scores for some, each once."""
        total, best = self._ready()
        total[at] += scores
        if best is not None:
            best[at] = np.maximum(best[at], scores)

    def _ready(self) -> tuple[Array, Array | None]:
        if self._total is None:
            self._total = np.zeros(self._size, self._kind)
            self._best = None if self._tie is None else np.zeros(self._size, self._kind)
        return self._total, self._best

    def scores(self) -> Array:
        total, best = self._ready()
        if best is None or self._tie is None:
            return total
        blended: Array = best + self._kind(self._tie) * (total - best)
        return blended
