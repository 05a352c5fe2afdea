"""Which segments are merged, and how: documents sorted by date anew, deleted ones left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.docfile import StoredWriter, write_dates, write_ids
from indexer.engines.whoosh.facetfile import write_facet
from indexer.engines.whoosh.format import ArrayWriter
from indexer.engines.whoosh.mergefield import FieldPart, merge_field
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.strings import decode

MOST_SEGMENTS = 8
LARGEST = 1 << 20
"""Segments are merged up to this many documents, beyond it only to keep their number down."""
_WORN = 3  # a segment is rewritten when more than 1 / _WORN of its documents are deleted


def choose(sizes: Sequence[tuple[int, int]]) -> list[int]:
    """Which segments to merge next; empty when all is well.

    Segments are merged when the smaller ones together are as large as the next: each document is rewritten a number of
    times that grows with the logarithm of the archive.

    Args:
        sizes: documents of each segment, with and without the deleted ones.
    """
    order = sorted(range(len(sizes)), key=lambda i: sizes[i][1])
    group: list[int] = []
    total = best = 0
    for i in order:
        left = sizes[i][1]
        if group and total + left > LARGEST:
            break
        if group and left <= total:
            best = len(group) + 1
        group.append(i)
        total += left
    if best:
        return group[:best]
    if len(sizes) > MOST_SEGMENTS:
        return order[: max(2, len(sizes) - MOST_SEGMENTS + 1)]
    worn = [i for i, (count, left) in enumerate(sizes) if (count - left) * _WORN > count]
    return worn[:1]


@dataclass(frozen=True, slots=True)
class Part:
    """A segment that goes into a merge; `numbers` is the new number of each document, -1 for a deleted one."""

    segment: Segment
    numbers: Array

    @property
    def left(self) -> Array:
        """The documents that stay."""
        return np.flatnonzero(self.numbers >= 0)

    def lay(self, whole: Array, values: Array) -> None:
        """Put the values of this part's documents where they belong in the whole."""
        left = self.left
        whole[self.numbers[left]] = values[left]


def merge_segments(path: Path, given: Sequence[tuple[Segment, Array]]) -> None:
    """Write one segment out of several, each with the numbers of its deleted documents."""
    parts, count = _number(given)
    with ArrayWriter(path) as writer:
        days, minutes = np.zeros(count, np.int32), np.zeros(count, np.int16)
        for part in parts:
            part.lay(days, part.segment.days)
            part.lay(minutes, part.segment.minutes)
        meta: dict[str, Any] = {"documents": count, "undated": int(np.count_nonzero(days == 0))}
        write_dates(writer, days, minutes)
        _merge_documents(writer, parts, count)
        meta["facets"] = sorted({name for part in parts for name in part.segment.facets})
        for name in meta["facets"]:
            _merge_facet(writer, name, parts, count)
        meta["fields"] = {}
        for name in sorted({name for part in parts for name in part.segment.fields}):
            held = [FieldPart(part.segment.fields[name], part.numbers) for part in parts if name in part.segment.fields]
            found = merge_field(writer, f"field/{name}", held, count)
            if found is not None:
                meta["fields"][name] = found
        writer.close(meta)


def _number(given: Sequence[tuple[Segment, Array]]) -> tuple[list[Part], int]:
    """Number the documents that stay by date; of one segment they keep their order."""
    days = np.concatenate([segment.days for segment, _ in given])
    minutes = np.concatenate([segment.minutes for segment, _ in given])
    stays = np.ones(days.size, bool)
    bases = np.cumsum([0, *(segment.count for segment, _ in given)])
    for (_, deleted), base in zip(given, bases.tolist(), strict=False):
        stays[deleted + base] = False
    order = np.flatnonzero(stays)
    order = order[np.lexsort((minutes[order], days[order]))]
    numbers = np.full(days.size, -1, np.int64)
    numbers[order] = np.arange(order.size)
    parts = [
        Part(segment, numbers[a:b]) for (segment, _), (a, b) in zip(given, pairwise(bases.tolist()), strict=True)
    ]
    return parts, order.size


def _merge_documents(writer: ArrayWriter, parts: Sequence[Part], count: int) -> None:
    names = np.empty(count, object)
    hashes = np.zeros(count, np.uint64)
    for part in parts:
        part.lay(names, np.array([*part.segment.ids.names, None], object)[:-1])
        part.lay(hashes, part.segment.ids.hashes())
    write_ids(writer, [decode(name) for name in names.tolist()], hashes)
    stored = StoredWriter(writer, count)
    for part in parts:
        part.segment.share_stored(stored, part.numbers)
    stored.close()


def _merge_facet(writer: ArrayWriter, name: str, parts: Sequence[Part], count: int) -> None:
    held = [(part, part.segment.facets[name]) for part in parts if name in part.segment.facets]
    own = [list(facet.values) for _, facet in held]
    values = sorted(set().union(*own))
    rank = {value: i for i, value in enumerate(values)}
    docs, codes = [], []
    for (part, facet), known in zip(held, own, strict=True):
        mine, theirs = facet.pairs()
        number = part.numbers.astype(np.int32)[mine]
        ranks = np.fromiter(map(rank.__getitem__, known), np.uint32, len(known))
        docs.append(number[number >= 0])
        codes.append(ranks[theirs[number >= 0]])
    whole = np.concatenate([np.zeros(0, np.uint32), *codes])
    used = np.zeros(len(values), bool)
    used[whole] = True
    write_facet(
        writer, f"facet/{name}", [values[i] for i in np.flatnonzero(used).tolist()],
        np.concatenate([np.zeros(0, np.int32), *docs]), (np.cumsum(used) - 1).astype(np.uint32)[whole], count,
    )  # fmt: skip
