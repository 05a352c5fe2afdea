"""From tokens in reading order to postings in the order of terms: one sort of packed 64-bit keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import bounds_of, changes, sizes_of


@dataclass(frozen=True)
class Postings:
    """All postings of one field, terms in lexical order, documents rising within a term.

    Attributes:
        terms: the encoded terms, each held by at least one document.
        first: int64 (terms + 1,): term t has the postings `first[t]:first[t + 1]`.
        docs: uint32 (p,).
        frequencies: uint32 (p,): how often the term stands in the document.
        positions: uint32 (tokens,): of all postings one after the other, rising within each.
        lengths: uint32 (documents,): number of terms a document has.
    """

    terms: Sequence[bytes]
    first: NDArray[np.int64]
    docs: NDArray[np.uint32]
    frequencies: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    lengths: NDArray[np.uint32]


def invert(
    ranks: NDArray[np.integer], docs: NDArray[np.integer], positions: NDArray[np.integer],
    terms: Sequence[bytes], count: int,
) -> Postings:
    """Group tokens, given in any order, by term, document and position.

    Args:
        ranks: number of each token's term in `terms`.
        docs, positions: where each token stands; each place holds one token at most.
        count: number of documents.

    Raises:
        ValueError: the field holds more than 64 bits can tell apart.
    """
    place = int(positions.max(initial=0)).bit_length()
    doc = max(count - 1, 1).bit_length()
    if place + doc + len(terms).bit_length() > 64:
        raise ValueError("too many terms, documents and positions for one segment")
    lengths = np.bincount(docs, minlength=count).astype(np.uint32)
    keys = ranks.astype(np.uint64)
    keys <<= np.uint64(doc)
    keys |= docs.astype(np.uint64)
    keys <<= np.uint64(place)
    keys |= positions.astype(np.uint64)
    keys.sort()
    where = (keys & np.uint64((1 << place) - 1)).astype(np.uint32)
    keys >>= np.uint64(place)
    starts = changes(keys)
    frequencies = sizes_of(np.append(starts, keys.size)).astype(np.uint32)
    keys = keys[starts]
    holders = (keys & np.uint64((1 << doc) - 1)).astype(np.uint32)
    keys >>= np.uint64(doc)
    first = bounds_of(np.bincount(keys.view(np.int64), minlength=len(terms)))
    return Postings(terms, first, holders, frequencies, where, lengths)
