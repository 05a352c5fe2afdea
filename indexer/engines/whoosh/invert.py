"""From tokens in reading order to postings in the order of terms, in pieces that fit the processor's cache.

Documents are taken in the order of their numbers, about half a million tokens at a time. Within such a piece the terms
are numbered with 16 bits (if there are not too many) and brought into order by one radix sort; what all pieces hold of
one term is put together at the end. No list of tokens larger than a piece is ever sorted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.arrays import Array, bounds_of, changes, look_up, ranges, sizes_of, where
from indexer.engines.whoosh.fieldfile import BLOCK, FieldWriter
from indexer.engines.whoosh.impact import APART
from indexer.engines.whoosh.pending import PendingField
from indexer.engines.whoosh.spool import Spool

PIECE = 500_000
"""Tokens that are sorted together; terms are written together until they have about so many."""
RUNS = 1_000_000
"""Terms are put together at a time until the pieces hold them about so many times."""


@dataclass
class Piece:
    """What one piece holds, and how much of it has been put together with the others.

    Attributes:
        row, end: its terms are those from `row` up to `end` of all that the pieces hold.
        block: the high bits of its documents' numbers.
        posting, place: where the postings and places of the term at `row` begin; it moves on as terms are put together.
    """

    row: int
    end: int
    block: int
    posting: int
    place: int

    def take(self, terms: Array, postings: Array, tokens: Array, last: int) -> tuple[Array, ...]:
        """The terms below `last` that are left: ranks, numbers of postings and tokens, where they begin; the block.

        Args:
            terms, postings, tokens: of all pieces.
        """
        mine = terms[self.row : self.end]
        there = slice(self.row, self.row + int(mine.searchsorted(mine.dtype.type(last))))
        bounds, places = bounds_of(postings[there]), bounds_of(tokens[there])
        found = terms[there], sizes_of(bounds), sizes_of(places), bounds[:-1] + self.posting
        block = np.full(found[0].size, self.block, np.uint32)
        known = *found, places[:-1] + self.place, block
        self.row, self.posting, self.place = there.stop, self.posting + int(bounds[-1]), self.place + int(places[-1])
        return known


class Inverter:
    """Inverts one field.

    Args:
        rows: number of each document's article, in the order of documents.
        ranks: number of each term → its place in lexical order.
    """

    def __init__(self, directory: Path, pending: PendingField, count: int, rows: Array, ranks: Array) -> None:
        sizes = pending.sizes(count)
        self._starts, self._rows, self._ranks = bounds_of(sizes)[:-1], rows, ranks
        self.sizes = sizes[rows]
        self._pending = pending
        self._numbers, self._positions = pending.numbers.array(), pending.positions.array()
        self._high = pending.high()
        wide = np.uint32 if self._high[0].size else np.uint16
        self._docs, self._codes = Spool(directory, np.uint16), Spool(directory, np.uint8)
        self._places = Spool(directory, wide)
        self._terms, self._postings, self._tokens = (Spool(directory, np.uint32) for _ in range(3))
        self._holders, self._totals, self._runs = (np.zeros(ranks.size, np.int64) for _ in range(3))
        self._parts: list[Piece] = []
        self._apart_at, self._apart = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]

    def run(self, writer: FieldWriter) -> Array:
        """Write all postings; returns the ranks of the terms that are held."""
        for first, last in self._pieces():
            self._invert(writer, first, last)
            self._pending.numbers.rest()
            self._pending.positions.rest()
        return self._join(writer)

    def _pieces(self) -> Iterator[tuple[int, int]]:
        """Ranges of documents; none crosses a block."""
        ends = np.cumsum(self.sizes)
        first = 0
        while first < len(self._rows):
            done = int(ends[first - 1]) if first else 0
            last = int(np.searchsorted(ends, done + PIECE, side="right"))
            last = min(max(last, first + 1), ((first >> BLOCK) + 1) << BLOCK, len(self._rows))
            yield first, last
            first = last

    def _words(self, first: int, last: int) -> tuple[Array, Array]:
        """Numbers of the terms and positions of some documents, in reading order."""
        rows = self._rows[first:last]
        starts, sizes = self._starts[rows], self.sizes[first:last]
        if (rows[1:] == rows[:-1] + 1).all():
            at: Array | slice = slice(int(starts[0]), int(starts[-1] + sizes[-1]))
        else:
            at = ranges(starts, sizes)
        numbers, places = self._numbers[at], self._positions[at]
        if self._high[0].size:
            places = places.astype(np.uint32)
            tokens = np.arange(at.start, at.stop) if isinstance(at, slice) else at
            found, there = look_up(tokens, self._high[0])
            places[there] += self._high[1][found[there]].astype(np.uint32) << 16
        return numbers, places

    def _invert(self, writer: FieldWriter, first: int, last: int) -> None:
        numbers, places = self._words(first, last)
        if not numbers.size:
            return
        used = np.zeros(self._ranks.size, bool)
        used[numbers] = True
        held = where(used)
        held = held[np.argsort(self._ranks[held])]
        local = np.empty(self._ranks.size, np.uint16 if held.size <= 1 << 16 else np.uint32)
        local[held] = np.arange(held.size)
        terms = local.take(numbers)
        order = _ordered(terms)
        docs = np.repeat(np.arange(last - first, dtype=np.uint16), self.sizes[first:last]).take(order)
        terms, places = terms.take(order), places.take(order)
        starts = changes((terms.astype(np.uint64) << np.uint64(16)) | docs)
        frequencies = sizes_of(np.append(starts, terms.size))
        docs = docs.take(starts)
        codes = writer.encode(docs.astype(np.intp) + first, frequencies)
        apart = where(codes == APART)
        self._apart_at.append(apart + self._codes.size)
        self._apart.append(frequencies[apart])
        postings, tokens = np.bincount(terms.take(starts), minlength=held.size), np.bincount(terms, minlength=held.size)
        ranks = self._ranks[held]
        for total, more in ((self._holders, postings), (self._totals, tokens), (self._runs, 1)):
            total[ranks] += more
        row = self._terms.size
        self._parts.append(Piece(row, row + ranks.size, first >> BLOCK, self._codes.size, self._places.size))
        self._terms.add(ranks)
        self._postings.add(postings)
        self._tokens.add(tokens)
        self._docs.add(docs + np.uint16(first & ((1 << BLOCK) - 1)))
        self._codes.add(codes)
        self._places.add(places)

    def _join(self, writer: FieldWriter) -> Array:
        """Put together what the pieces hold of each term, some terms at a time."""
        holders, totals, held = self._holders, self._totals, where(self._runs)
        if not held.size:
            return held
        writer.layout(holders[held], int(totals.sum()))
        docs, codes, places = self._docs.array(), self._codes.array(), self._places.array()
        known = self._terms.array(), self._postings.array(), self._tokens.array()
        apart_at, apart = np.concatenate(self._apart_at), np.concatenate(self._apart)
        for first, last in pieces_of(self._runs[held], RUNS):
            some = held[first:last]
            columns = zip(*[part.take(*known, int(some[-1]) + 1) for part in self._parts], strict=True)
            terms, postings, tokens, posting, place, block = map(np.concatenate, columns)
            terms = terms - terms.dtype.type(some[0])
            order = _ordered(terms.astype(np.uint16) if some[-1] - some[0] < 1 << 16 else terms)
            cuts = np.append(changes(terms[order]), order.size)
            for a, b in pieces_of(totals[some], PIECE):
                now = order[cuts[a] : cuts[b]]
                at = ranges(posting[now], postings[now])
                found = docs.take(at) + np.repeat(block[now] << BLOCK, postings[now])
                coded = codes.take(at)
                rare = where(coded == APART)
                often = apart[np.searchsorted(apart_at, at[rare])] if rare.size else rare
                positions = places.take(ranges(place[now], tokens[now]))
                bounds = bounds_of(holders[some[a:b]]), bounds_of(totals[some[a:b]])
                writer.put(*bounds, found, coded, (rare, often), positions)
                for spool in (self._docs, self._codes, self._places):
                    spool.rest()
            for spool in (self._terms, self._postings, self._tokens):
                spool.rest()
        return held


def _ordered(terms: Array) -> Array:
    """The order of a stable sort, which numpy does by radix for 16 bits: by the low half, then by the high half."""
    if terms.dtype == np.uint16:
        return np.argsort(terms, kind="stable")
    order = np.argsort((terms & 0xFFFF).astype(np.uint16), kind="stable")
    return order[np.argsort((terms >> 16).astype(np.uint16).take(order), kind="stable")]


def pieces_of(tokens: Array, most: int) -> list[tuple[int, int]]:
    """Ranges of terms that hold about `most` tokens each, and at least one term."""
    ends = np.cumsum(tokens)
    found, first, done = [], 0, 0
    while first < len(tokens):
        last = max(int(np.searchsorted(ends, done + most, side="right")), first + 1)
        found.append((first, last))
        first, done = last, int(ends[last - 1])
    return found
