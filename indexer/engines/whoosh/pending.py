"""Articles that wait in memory to become a segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.analysis.terms import TermColumns
from indexer.engines.base import Batch

MOST_DOCUMENTS = 1 << 16
MOST_TOKENS = 24_000_000
"""A segment is written when it has this many documents, or tokens in all fields together."""

_MANY_TERMS = 500_000
Piece = tuple[int, NDArray[np.int64], NDArray[np.uint32], NDArray[np.uint32]]
"""Number of the first article, bounds of the articles, terms, positions."""


class Vocabulary:
    """Numbers for the terms of one field, in the order in which they were first seen.

    Batches may share a vocabulary that grows: what has been looked up once is remembered by the list's identity.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self._seen: dict[int, tuple[Sequence[str], NDArray[np.int32]]] = {}

    def translate(self, column: TermColumns) -> NDArray[np.uint32]:
        """The column's ids in our numbers."""
        words = column.vocabulary
        _, known = self._seen.get(id(words), (words, np.zeros(0, np.int32)))
        if len(known) < len(words):
            grown = np.full(len(words), -1, np.int32)
            grown[: len(known)] = known
            known = grown
        used = np.zeros(len(words), bool)
        used[column.ids] = True
        new = np.flatnonzero(used & (known[: len(words)] < 0)).tolist()
        numbers = self.numbers
        known[new] = [numbers.setdefault(words[i], len(numbers)) for i in new]
        if len(self._seen) > 3:
            self._seen.clear()
        self._seen[id(words)] = words, known
        return known[column.ids].astype(np.uint32)


class Pending:
    """Gathers batches until they are worth a segment.

    Attributes:
        alive: for each article that came in, whether it is still wanted.
    """

    def __init__(self) -> None:
        self._vocabularies: dict[str, Vocabulary] = {}
        self.clear()

    def clear(self) -> None:
        self.ids: list[str] = []
        self.rows: dict[str, int] = {}
        self.alive: list[bool] = []
        self.stored: list[bytes] = []
        self.tokens = 0
        self._days: list[NDArray[np.int32]] = []
        self._minutes: list[NDArray[np.int16]] = []
        self._pieces: dict[str, list[Piece]] = {}
        self._facets: dict[str, list[tuple[int, Sequence[Sequence[str]]]]] = {}

    def add(self, batch: Batch) -> None:
        """Take a batch in; an older article of the same id gives way."""
        base = len(self.ids)
        for name, column in batch.fields.items():
            if len(column.ids):
                vocabulary = self._vocabularies.setdefault(name, Vocabulary())
                places = column.positions.astype(np.uint32, copy=False)
                piece = base, column.bounds, vocabulary.translate(column), places
                self._pieces.setdefault(name, []).append(piece)
                self.tokens += len(column.ids)
        for name, lists in batch.facets.items():
            self._facets.setdefault(name, []).append((base, lists))
        self._days.append(np.asarray(batch.days, np.int32))
        self._minutes.append(np.asarray(batch.minutes, np.int16))
        self.stored.extend(batch.stored)
        for row, article in enumerate(batch.ids, base):
            self.remove(article)
            self.rows[article] = row
        self.ids.extend(batch.ids)
        self.alive.extend([True] * len(batch))
        for row in range(base, base + len(batch)):
            self.alive[row] = self.rows.get(self.ids[row]) == row

    def remove(self, article: str) -> None:
        row = self.rows.pop(article, None)
        if row is not None and row < len(self.alive):
            self.alive[row] = False

    @property
    def full(self) -> bool:
        return len(self.rows) >= MOST_DOCUMENTS or self.tokens >= MOST_TOKENS

    def order(self) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.int16]]:
        """The rows that are wanted, by date, and the day and minute of each."""
        days, minutes = np.concatenate(self._days), np.concatenate(self._minutes)
        rows = np.flatnonzero(np.array(self.alive, bool))
        rows = rows[np.lexsort((minutes[rows], days[rows]))]
        return rows, days[rows], minutes[rows]

    def field_names(self) -> list[str]:
        return sorted(self._pieces)

    def tokens_of(self, name: str, numbers: NDArray[np.int32]) -> tuple[Any, ...]:
        """Terms in lexical order; then the rank of its term, the document and the position of each token.

        Args:
            numbers: row → document number, -1 for an article that is not wanted.
        """
        pieces = self._pieces.pop(name)
        docs = np.concatenate([
            np.repeat(numbers[base : base + len(bounds) - 1], np.diff(bounds)) for base, bounds, *_ in pieces
        ])
        ids = np.concatenate([piece[2] for piece in pieces])
        places = np.concatenate([piece[3] for piece in pieces])
        if (docs < 0).any():
            keep = docs >= 0
            docs, ids, places = docs[keep], ids[keep], places[keep]
        numbered = self._vocabularies[name].numbers
        used = np.zeros(len(numbered), bool)
        used[ids] = True
        words = list(numbered)
        order = sorted(np.flatnonzero(used).tolist(), key=words.__getitem__)
        ranks = np.zeros(len(words), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        if len(words) > _MANY_TERMS:
            del self._vocabularies[name]
        return [words[i] for i in order], ranks[ids], docs, places

    def facet_names(self) -> list[str]:
        return sorted(self._facets)

    def values_of(self, name: str, rows: NDArray[np.intp]) -> list[Sequence[str]]:
        """The facet's values of each of these rows."""
        whole: list[Sequence[str]] = [()] * len(self.ids)
        for base, lists in self._facets.pop(name):
            whole[base : base + len(lists)] = lists
        return [whole[row] for row in rows.tolist()]
