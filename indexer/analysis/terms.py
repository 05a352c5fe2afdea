"""The shape in which analysed text travels: columns of terms for many texts at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Term(NamedTuple):
    """One term of a text.

    Attributes:
        text: the term as it is indexed.
        position: number of the word in the text, from 0; several terms of one layer never share a position.
        start, end: offsets of the written form in the text, in characters (code points).
    """

    text: str
    position: int
    start: int
    end: int


@dataclass(frozen=True)
class TermColumns:
    """The terms of n texts in one field.

    Attributes:
        vocabulary: id → term text. May hold terms that no text uses, and may be shared between batches.
        ids: uint32 (t,): the terms of all texts one after the other, in reading order.
        positions: uint32 (t,): position of each term in its own text, rising within a text.
        bounds: int64 (n + 1,): text i has the terms `bounds[i]:bounds[i + 1]`.
    """

    vocabulary: Sequence[str]
    ids: NDArray[np.uint32]
    positions: NDArray[np.uint32]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1

    def text(self, i: int) -> Iterator[tuple[str, int]]:
        """(term, position) of text i, for tests and slow paths."""
        a, b = int(self.bounds[i]), int(self.bounds[i + 1])
        for j in range(a, b):
            yield self.vocabulary[int(self.ids[j])], int(self.positions[j])


def columns(texts: Sequence[Sequence[Term]]) -> TermColumns:
    """The columns of terms that were analysed one by one (the reference path)."""
    known: dict[str, int] = {}
    ids = [known.setdefault(term.text, len(known)) for text in texts for term in text]
    positions = [term.position for text in texts for term in text]
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=bounds[1:])
    return TermColumns(list(known), np.array(ids, np.uint32), np.array(positions, np.uint32), bounds)
