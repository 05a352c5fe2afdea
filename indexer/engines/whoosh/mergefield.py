"""Merging one field of several segments, in pieces of consecutive terms, so that memory stays small."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array, bounds_of, ranges
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.fieldfile import FieldWriter
from indexer.engines.whoosh.format import ArrayWriter
from indexer.engines.whoosh.invert import pieces_of

PIECE = 3_000_000
"""Terms are taken together until they have this many tokens."""


class FieldPart:
    """A field of one segment on its way into a merge.

    Attributes:
        numbers: new number of each document, -1 for a deleted one.
        ranks: number of each term in the merged dictionary; set by `merge_field`.
    """

    ranks: Array

    def __init__(self, field: Field, numbers: Array) -> None:
        self.field, self.numbers = field, numbers
        self.torn = bool((numbers < 0).any())

    @cached_property
    def tokens(self) -> Array:
        """Tokens of each term, those of deleted documents too."""
        return self.field.all_occurrences(0, len(self.field.terms))

    def holders(self) -> Array:
        """Number of documents that stay, for each term."""
        field, count = self.field, len(self.field.terms)
        if not self.torn:
            return field.all_holders(0, count)
        known = np.zeros(count, np.int64)
        for a, b in pieces_of(self.tokens, PIECE):
            sizes, docs, _ = field.postings(a, b)
            kept = np.repeat(np.arange(a, b), sizes)[self.numbers[docs] >= 0]
            known += np.bincount(kept, minlength=count)
        return known

    def take(self, first: int, last: int) -> tuple[Array, Array, Array, Array]:
        """The postings of the merged terms from first up to last.

        Returns:
            Rank less `first`, new document number and frequency of each posting, and all their positions.
        """
        a, b = (int(x) for x in np.searchsorted(self.ranks, [first, last]))
        sizes, docs, frequencies = self.field.postings(a, b)
        ranks = np.repeat(self.ranks[a:b] - first, sizes)
        numbers = self.numbers[docs]
        positions = self.field.all_positions(a, b)
        if self.torn:
            keep = numbers >= 0
            positions = positions[np.repeat(keep, frequencies)]
            ranks, numbers, frequencies = ranks[keep], numbers[keep], frequencies[keep]
        return ranks, numbers, frequencies, positions


def merge_field(writer: ArrayWriter, name: str, parts: Sequence[FieldPart], count: int) -> dict[str, Any] | None:
    """Write the field; returns what the segment must remember of it, None when no document is left that has terms."""
    terms, holders = _unite(parts)
    if not terms:
        return None
    lengths = np.zeros(count, np.int64)
    for part in parts:
        left = np.flatnonzero(part.numbers >= 0)
        lengths[part.numbers[left]] = part.field.lengths[left]
    field = FieldWriter(writer, name, lengths.astype(np.uint32))
    field.layout(holders, int(lengths.sum()))
    tokens = np.zeros(len(terms), np.int64)
    for part in parts:
        tokens[part.ranks] += part.tokens
    for a, b in pieces_of(tokens, PIECE):
        field.write(*_weave([part.take(a, b) for part in parts], b - a, count))
    return field.close(terms)


def _unite(parts: Sequence[FieldPart]) -> tuple[list[bytes], Array]:
    """The terms that are left, and how many documents hold each; gives the parts their `ranks`.

    A term that only deleted documents hold gets the rank of its neighbour behind; as it has no postings left, nothing
    is written for it.
    """
    holders: dict[bytes, int] = {}
    for part in parts:
        for term, number in zip(part.field.terms, part.holders().tolist(), strict=True):
            if number:
                holders[term] = holders.get(term, 0) + number
    terms = sorted(holders)
    rank = {term: i for i, term in enumerate(terms)}
    for part in parts:
        found = np.fromiter((rank.get(term, -1) for term in part.field.terms), np.int64, len(part.field.terms))
        if part.torn:
            found[::-1] = np.minimum.accumulate(np.where(found < 0, len(terms), found)[::-1])
        part.ranks = np.minimum(found, len(terms) - 1)
    return terms, np.fromiter(map(holders.__getitem__, terms), np.int64, len(terms))


def _weave(taken: Sequence[tuple[Array, Array, Array, Array]], terms: int, count: int) -> tuple[Array, ...]:
    """Bring the postings of all parts into the order of terms and documents (see `FieldWriter.write`)."""
    ranks, docs, frequencies, positions = (np.concatenate(column) for column in zip(*taken, strict=True))
    first = bounds_of(np.bincount(ranks, minlength=terms))
    keys = ranks * count + docs
    if (keys[1:] > keys[:-1]).all():
        return first, docs, frequencies, positions
    order = np.argsort(keys)
    starts = bounds_of(frequencies)[:-1][order]
    frequencies = frequencies[order]
    return first, docs[order], frequencies, positions[ranges(starts, frequencies)]


