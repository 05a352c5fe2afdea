"""Near duplicates: articles whose sketches share enough hashes, found through an inverted list of all hashes.

Time grows with the number of articles and of pairs alike, memory with the number of articles: a hash leads from each of
its articles to the next few only, so that a phrase which half of the archive has, or a report printed a thousand times,
does not give a million pairs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from indexer.knowledge.columns import Ragged
from indexer.knowledge.sketches import NONE, SIZE

Rows = NDArray[np.int64]
SHARED = 0.3
"""Share of the smaller sketch that near duplicates have in common at least: 15 in 100 words changed leave 0.6 of it."""
LEAST_SHARED = 8
"""Hashes in common at least: shorter texts are alike by chance."""
NEXT = 8
"""Following articles with the same hash that an article is compared with."""
RARE, NEXT_OF_MANY = 16, 2
"""A hash that more articles have is a turn of phrase, or a report printed many times: it leads to the next ones."""
TOGETHER = 3
"""Hashes that lead from one article to another at least, before their sketches are compared."""
ENTRIES = 2_000_000
"""Entries of the inverted list that are sorted at once (about 150 bytes each)."""
PAIRS = 65_536
BLOCKS = 24
"""Bits of a hash by which those that are looked for are told from nearly all others."""


def matrix(sketches: Ragged) -> NDArray[np.uint32]:
    """The sketches as rows of 64 hashes, rising, filled up with `NONE`."""
    rows = np.full((len(sketches), SIZE), NONE, np.uint32)
    rows[sketches.owner, np.arange(len(sketches.values)) - sketches.first[sketches.owner]] = sketches.values
    return rows


def twice(hashes: NDArray[np.uint32], known: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which hashes stand in the list twice, when it is known of the first of them, which may have been told from more.

    All others are in one sketch only, and lead nowhere.
    """
    new = np.sort(hashes if not len(known) else hashes[len(known) :])
    several = np.ones(len(new), bool) if len(known) else np.append(new[1:] == new[:-1], False) if len(new) else new > 0
    wanted = new[several]
    wanted = wanted[_firsts(wanted)]
    blocks = np.zeros(1 << BLOCKS, bool)
    blocks[wanted >> np.uint32(32 - BLOCKS)] = True
    at = np.concatenate([np.zeros(0, np.int64), *_held(hashes, blocks)])
    at = at[np.isin(hashes[at], wanted)]
    numbers, times = np.unique(hashes[at], return_counts=True)
    found = np.concatenate([known, np.zeros(len(hashes) - len(known), bool)])
    found[at[np.isin(hashes[at], numbers[times > 1])]] = True
    return found


def _held(hashes: NDArray[np.uint32], blocks: NDArray[np.bool_]) -> Iterator[Rows]:
    """Where hashes of these blocks stand."""
    for begin in range(0, len(hashes), ENTRIES):
        yield np.flatnonzero(blocks[hashes[begin : begin + ENTRIES] >> np.uint32(32 - BLOCKS)]) + begin


def near(
    sketches: Ragged, rows: Rows, chosen: tuple[NDArray[np.uint32], Rows] | None = None, shared: float = SHARED
) -> tuple[Rows, Rows, NDArray[np.float64]]:
    """Pairs of sketches with enough hashes in common: (first, second, containment).

    Containment is the share of the shorter text that the longer one holds too, estimated from the hashes below both
    sketches' greatest.

    Args:
        rows: the sketches in the order in which a hash leads from one to the next; pairs are places in it.
        chosen: hashes and the place of the sketch of each; those that no two sketches have may lack.
    """
    if chosen is None:
        ordered = sketches.chosen(rows)
        chosen = ordered.values, ordered.owner
    first, second, contained = [], [], []
    a, b = _candidates(*chosen, len(rows))
    for begin in range(0, len(a), PAIRS):
        one, two = a[begin : begin + PAIRS], b[begin : begin + PAIRS]
        both, least, below = compared(matrix(sketches.chosen(rows[one])), matrix(sketches.chosen(rows[two])))
        enough = (both >= LEAST_SHARED) & (both >= shared * least)
        first.append(one[enough])
        second.append(two[enough])
        contained.append(both[enough] / below[enough])
    return (
        np.concatenate([np.zeros(0, np.int64), *first]),
        np.concatenate([np.zeros(0, np.int64), *second]),
        np.concatenate([np.zeros(0), *contained]),
    )


def compared(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> tuple[Rows, Rows, Rows]:
    """For each pair of rows: hashes in common, size of the smaller sketch, hashes of the fewer below both greatest."""
    merged = np.sort(np.concatenate([a, b], axis=1), axis=1)
    both = ((merged[:, 1:] == merged[:, :-1]) & (merged[:, 1:] != NONE)).sum(axis=1)
    sizes = [(each != NONE).sum(axis=1) for each in (a, b)]
    # a sketch that is not full holds every shingle of its text
    limit = np.minimum(a[:, -1], b[:, -1])[:, None]
    below = np.minimum(*(((each <= limit) & (each != NONE)).sum(axis=1) for each in (a, b)))
    return both, np.minimum(*sizes), np.maximum(below, 1)


def _candidates(hashes: NDArray[np.uint32], owner: Rows, count: int) -> tuple[Rows, Rows]:
    """Pairs that stand close to each other under at least `TOGETHER` hashes."""
    parts = max(1, -(-hashes.size // ENTRIES))
    counted = [_counted([np.zeros(0, np.uint64)])]
    for part in range(parts):
        waiting: list[NDArray[np.uint64]] = []
        for found in _neighbours(hashes, owner, part, parts):
            waiting.append(found)
            if sum(map(len, waiting)) > ENTRIES:
                counted.append(_counted(waiting))
                waiting = []
        counted.append(_counted(waiting or [np.zeros(0, np.uint64)]))
    ranges = np.linspace(0, count, len(counted) + 1).astype(np.uint64) << np.uint64(32)
    codes = np.concatenate([_often(counted, low, high) for low, high in pairwise(ranges)])
    return (codes >> np.uint64(32)).astype(np.int64), (codes & np.uint64(NONE)).astype(np.int64)


def _often(
    counted: list[tuple[NDArray[np.uint64], NDArray[np.uint8]]], low: np.uint64, high: np.uint64
) -> NDArray[np.uint64]:
    """The codes from low to below high that were found often enough in all parts together."""
    cuts = [np.searchsorted(codes, [low, high]) for codes, _ in counted]
    codes = np.concatenate([one[0][cut[0] : cut[1]] for one, cut in zip(counted, cuts, strict=True)])
    times = np.concatenate([one[1][cut[0] : cut[1]] for one, cut in zip(counted, cuts, strict=True)])
    order = np.argsort(codes, kind="stable")
    first = _firsts(codes[order])
    if not len(first):
        return codes
    return codes[order][first][np.add.reduceat(times[order], first, dtype=np.int64) >= TOGETHER]


def _firsts(values: NDArray[np.uint64] | NDArray[np.uint32]) -> Rows:
    """Where each value of rising ones stands first."""
    return np.flatnonzero(np.append(True, values[1:] != values[:-1])) if len(values) else np.zeros(0, np.int64)


def _counted(found: list[NDArray[np.uint64]]) -> tuple[NDArray[np.uint64], NDArray[np.uint8]]:
    """Codes, rising, and how often each was found (at most under every hash of a sketch)."""
    codes = np.sort(np.concatenate(found))
    first = _firsts(codes)
    return codes[first], np.diff(np.append(first, len(codes))).astype(np.uint8)


def _neighbours(hashes: NDArray[np.uint32], at: Rows, part: int, parts: int) -> Iterator[NDArray[np.uint64]]:
    """Codes (first row · 2³² + second row) of pairs under the hashes of one part, at each distance in their lists."""
    if parts > 1:
        held = hashes % np.uint32(parts) == part
        hashes, at = hashes[held], at[held]
    keys = (hashes.astype(np.uint64) << np.uint64(32)) | at.astype(np.uint64)
    keys.sort()
    hashes = (keys >> np.uint64(32)).astype(np.uint32)
    if len(keys):
        same = hashes[1:] == hashes[:-1]
        shared = np.append(same, False) | np.append(False, same)
        keys, hashes = keys[shared], hashes[shared]
    sizes = np.diff(np.append(_firsts(hashes), len(hashes)))
    reach = np.repeat(np.where(sizes <= RARE, NEXT, NEXT_OF_MANY), sizes)
    for distance in range(1, NEXT + 1):
        same = (hashes[distance:] == hashes[:-distance]) & (reach[:-distance] >= distance)
        if not same.any():
            return
        a, b = keys[:-distance][same] & np.uint64(NONE), keys[distance:][same] & np.uint64(NONE)
        yield (a << np.uint64(32)) | b
