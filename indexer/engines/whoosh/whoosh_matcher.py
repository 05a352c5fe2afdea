"""Whoosh's view of one list of postings."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.query.spans import Span

from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.whoosh_terms import Lexicon

_BLOCK = 128


class PostingMatcher(LeafMatcher):  # type: ignore[misc]
    """Steps through the documents that hold a term (see `whoosh.matching.Matcher`); deleted ones are left out.

    Args:
        lengths: number of terms of each document in the field; None where lengths are not kept.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        number: int,
        live: Array | None,
        lengths: Array | None,
        kind: Any,
        term: Any,
        scorer: Any,
    ) -> None:
        self.format, self._kind, self._term, self.scorer = kind.format, kind, term, scorer
        self._given = lexicon, number, live, lengths
        docs = lexicon.docs(number)
        weights = lexicon.weights(number, docs)
        self._kept = np.arange(docs.size) if live is None else np.flatnonzero(live[docs])
        self._docs, self._counts = docs[self._kept], weights[self._kept]
        self._ids: list[int] = self._docs.tolist()
        self._weights: list[int] = self._counts.tolist()
        self._i = 0

    def copy(self) -> PostingMatcher:
        lexicon, number, live, lengths = self._given
        other = PostingMatcher(lexicon, number, live, lengths, self._kind, self._term, self.scorer)
        other._i = self._i
        return other

    def is_active(self) -> bool:
        return self._i < len(self._ids)

    def reset(self) -> None:
        self._i = 0

    def id(self) -> int:
        return self._ids[self._i]

    def all_ids(self) -> Iterator[int]:
        return iter(self._ids)

    def next(self) -> bool:
        """Go on; whether a new block of postings was reached."""
        if self._i >= len(self._ids):
            raise ReadTooFar
        self._i += 1
        return self._i % _BLOCK == 0

    def skip_to(self, id: int) -> bool:
        if self._i >= len(self._ids):
            raise ReadTooFar
        before = self._i // _BLOCK
        self._i += int(np.searchsorted(self._docs[self._i :], id))
        return self._i // _BLOCK != before

    def weight(self) -> float:
        return float(self._weights[self._i])

    # positions

    @cached_property
    def _places(self) -> tuple[list[int], list[int], list[int]]:
        lexicon, number, *_ = self._given
        bounds, positions = lexicon.positions(number)
        return self._kept.tolist(), bounds.tolist(), positions.tolist()

    def _here(self) -> list[int]:
        kept, bounds, positions = self._places
        at = kept[self._i]
        return positions[bounds[at] : bounds[at + 1]]

    def value(self) -> bytes:
        """The posting's value, encoded as the field's format has it."""
        if self.format.supports("positions"):
            return bytes(self.format.encode(self._here()))
        return self._weights[self._i].to_bytes(4, "big")

    def value_as(self, astype: str) -> Any:
        if not self.format.supports(astype):
            raise ValueError(f"the field keeps no {astype}")
        if astype == "positions":
            return self._here()
        if astype == "position_boosts":
            return [(position, 1) for position in self._here()]
        return self._weights[self._i] * (self.format.field_boost if astype == "weight" else 1)

    def all_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        return self.items_as(astype)

    def items_as(self, astype: str) -> Iterator[tuple[int, Any]]:
        while self.is_active():
            yield self.id(), self.value_as(astype)
            self.next()

    def spans(self) -> list[Any]:
        return [Span(position) for position in self.value_as("positions")]

    # quality: the best that a block of postings can score

    @cached_property
    def _blocks(self) -> tuple[Array, Array, Array]:
        starts = np.arange(0, max(self._docs.size, 1), _BLOCK)
        lengths = self._given[3]
        sizes = np.ones(self._docs.size, np.int64) if lengths is None else lengths[self._docs]
        if not self._docs.size:
            return starts, starts, starts
        return (
            np.maximum.reduceat(self._counts, starts),
            np.minimum.reduceat(sizes, starts),
            np.maximum.reduceat(sizes, starts),
        )

    def block_max_weight(self) -> float:
        return float(self._blocks[0][self._i // _BLOCK])

    def block_min_length(self) -> int:
        return int(self._blocks[1][self._i // _BLOCK])

    def block_max_length(self) -> int:
        return int(self._blocks[2][self._i // _BLOCK])

    def skip_to_quality(self, minquality: float) -> int:
        """Leave out blocks that cannot score more than this; returns how many."""
        skipped = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._i = (self._i // _BLOCK + 1) * _BLOCK
            skipped += 1
        return skipped
