"""Facets and days, counted over the segments."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from indexer.engines.base import DayCounts
from indexer.engines.whoosh.arrays import changes, sizes_of
from indexer.engines.whoosh.found import Found
from indexer.engines.whoosh.popular import BITMAPS
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.strings import decode, encode

Counts = NDArray[np.int64]


class FacetTable:
    """One facet over all segments: its values have one numbering, in the order of code points."""

    def __init__(self, segments: Sequence[Segment], name: str) -> None:
        self._segments, self._name = segments, name
        self._held = [segment for segment in segments if name in segment.facets]

    @cached_property
    def _joined(self) -> tuple[list[bytes], list[NDArray[np.intp]]]:
        """All values, and for each segment that has the facet, the number of each of its values among them."""
        own = [list(segment.facets[self._name].values) for segment in self._held]
        values = sorted(set().union(*own))
        numbers = {value: i for i, value in enumerate(values)}
        return values, [np.fromiter(map(numbers.__getitem__, each), np.intp, len(each)) for each in own]

    def count(self, hits: Sequence[Found]) -> Counts:
        """How many of the hits (for each segment) have each value."""
        parts = [
            segment.facets[self._name].count(found.either(), found.size)
            for segment, found in zip(self._segments, hits, strict=True) if self._name in segment.facets
        ]
        if len(self._held) == 1:
            return parts[0]
        values, numbers = self._joined
        total = np.zeros(len(values), np.int64)
        for part, at in zip(parts, numbers, strict=True):
            total[at] += part
        return total

    def text(self, number: int) -> str:
        if len(self._held) == 1:
            return self._held[0].facets[self._name].values.text(number)
        return decode(self._joined[0][number])

    def find(self, value: str) -> int:
        """Number of a value, -1 when there is none."""
        if len(self._held) == 1:
            return self._held[0].facets[self._name].find(value)
        return self._numbers.get(encode(value), -1)

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {value: i for i, value in enumerate(self._joined[0])}

    def ranked(
        self, hits: Sequence[Found], limit: int, keep: Sequence[str], match: Sequence[str] | None
    ) -> list[tuple[str, int]]:
        """The values asked for, the most frequent first, ties by value (see `EngineRequest`)."""
        kept = {value: self.find(value) for value in keep}
        known = {i for i in kept.values() if i >= 0}
        found = self._top(hits, limit, known) if limit and match is None else None
        if found is None:
            found = self._counted(hits, limit, known, match)
        pairs = [(self.text(i), number) for i, number in found.items()]
        pairs += [(value, 0) for value, i in kept.items() if i < 0]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def _top(self, hits: Sequence[Found], limit: int, known: set[int]) -> dict[int, int] | None:
        """Number of a value → hits, if it can be had without counting all values."""
        if len(self._segments) != 1 or len(self._held) != 1 or hits[0].mask is None:
            return None
        column, mask = self._held[0].facets[self._name], hits[0].mask
        top = column.popular.top(mask, limit) if len(column.values) > BITMAPS else None
        if top is None:
            return None
        values, counts = top
        best = np.lexsort((values, -counts))[:limit]
        found = dict(zip(values[best].tolist(), counts[best].tolist(), strict=True))
        return found | {i: int(np.count_nonzero(mask[column.docs(i)])) for i in known}

    def _counted(
        self, hits: Sequence[Found], limit: int, known: set[int], match: Sequence[str] | None
    ) -> dict[int, int]:
        """Number of a value → hits, from the counts of all values."""
        counts = self.count(hits)
        if match is None:
            chosen = largest(counts, limit)
        else:
            among = np.unique([i for i in map(self.find, match) if i >= 0]).astype(np.intp)
            chosen = among[largest(counts[among], limit)] if among.size else among
        return {i: int(counts[i]) for i in {*chosen.tolist(), *known}}


def largest(counts: Counts, limit: int) -> NDArray[np.intp]:
    """Where the largest counts are, zeros left out; of equal ones the first. 0 is no limit."""
    if not limit or counts.size <= limit:
        at = np.flatnonzero(counts)
        return at[np.argsort(-counts[at], kind="stable")]
    blocks = counts.size // 64
    least = 1
    if blocks > 2 * limit:
        best = counts[: blocks * 64].reshape(64, blocks).max(axis=0)
        least = max(int(np.partition(best, blocks - limit)[blocks - limit]), 1)
    at = np.flatnonzero(counts >= least)
    return at[np.argsort(-counts[at], kind="stable")][:limit]


def days(segment: Segment, hits: Found) -> tuple[NDArray[np.int32], Counts]:
    """The days of the hits, rising, and how many each has; day 0 is those without a date."""
    if not hits.size:
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    if hits.docs is not None:
        of = segment.days[hits.docs]
        cuts = changes(of)
        return of[cuts], sizes_of(np.append(cuts, of.size))
    known, first = segment.day_table
    if hits.size == segment.count:
        return known, sizes_of(np.append(first, segment.count))
    assert hits.mask is not None
    counts = np.add.reduceat(hits.mask, first, dtype=np.int64)
    held = np.flatnonzero(counts)
    return known[held], counts[held]


def join_days(parts: Sequence[tuple[NDArray[np.int32], Counts]]) -> DayCounts:
    """The counts of all segments together."""
    known = np.concatenate([np.zeros(0, np.int32), *(part[0] for part in parts)])
    counts = np.concatenate([np.zeros(0, np.int64), *(part[1] for part in parts)])
    if len(parts) > 1:
        known, at = np.unique(known, return_inverse=True)
        counts = np.bincount(at, weights=counts, minlength=known.size).astype(np.int64)
    undated = int(counts[known == 0].sum())
    return DayCounts(known[known != 0].astype(np.int32), counts[known != 0], undated)
