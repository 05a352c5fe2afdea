"""Articles that wait to become a segment: what grows with their text is spooled to disk."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from indexer.analysis.terms import TermColumns
from indexer.engines.base import Batch
from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import Array, where
from indexer.engines.whoosh.docfile import StoredBlocks
from indexer.engines.whoosh.spool import Spool
from indexer.engines.whoosh.storedspool import StoredSpool

MOST_ARTICLES = 1 << 20
"""A segment is written when so many articles wait."""


class _Numbers(dict[str, int]):
    """Gives every new key the next number."""

    def __missing__(self, key: str) -> int:
        number = self[key] = len(self)
        return number


class Vocabulary:
    """Numbers for the terms of one field, in the order in which they were first seen.

    Batches may share a vocabulary that grows: what has been looked up once is remembered by the list's identity.
    """

    def __init__(self) -> None:
        self.numbers = _Numbers()
        self._seen: dict[int, tuple[Sequence[str], Array]] = {}

    def translate(self, column: TermColumns) -> Array:
        """The column's ids in our numbers."""
        words = column.vocabulary
        _, known = self._seen.get(id(words), (words, np.zeros(0, np.int32)))
        if len(known) < len(words):
            grown = np.full(len(words), -1, np.int32)
            grown[: len(known)] = known
            known = grown
        used = np.zeros(len(words), bool)
        used[column.ids] = True
        new = where(used & (known[: len(words)] < 0)).tolist()
        numbers = self.numbers
        known[new] = [numbers[words[i]] for i in new]
        if len(self._seen) > 3:
            self._seen.clear()
        self._seen[id(words)] = words, known
        return known.take(column.ids)


class PendingField:
    """The terms of one field: `numbers` and `positions` (low 16 bits) of all articles, one after the other."""

    def __init__(self, directory: Path) -> None:
        self.vocabulary = Vocabulary()
        self.numbers, self.positions = Spool(directory, np.uint32), Spool(directory, np.uint16)
        self._high: list[tuple[Array, Array]] = []
        self._sizes: list[tuple[int, Array]] = []

    def add(self, base: int, column: TermColumns) -> None:
        """Add the texts of the articles from number `base` on."""
        high = where(column.positions >= 1 << 16)
        if high.size:
            self._high.append((high + self.positions.size, column.positions[high] >> 16))
        self.numbers.add(self.vocabulary.translate(column))
        self.positions.add(column.positions.astype(np.uint16))
        self._sizes.append((base, np.diff(column.bounds)))

    def sizes(self, count: int) -> Array:
        """Number of terms of each article."""
        whole = np.zeros(count, np.int64)
        for base, sizes in self._sizes:
            whole[base : base + len(sizes)] = sizes
        return whole

    def high(self) -> tuple[Array, Array]:
        """Which of `positions` are larger than 16 bits, and by how much (times 65,536)."""
        at, part = zip(*self._high, strict=True) if self._high else ([np.zeros(0, np.int64)], [np.zeros(0, np.uint32)])
        return np.concatenate(at), np.concatenate(part)

    def close(self) -> None:
        self.numbers.close()
        self.positions.close()


class PendingFacet:
    """The values of one facet, numbered as they come."""

    def __init__(self, directory: Path) -> None:
        self._known = _Numbers()
        self._codes = Spool(directory, np.uint32)
        self._sizes: list[tuple[int, Array]] = []

    def add(self, base: int, lists: Sequence[Sequence[str]]) -> None:
        sizes = np.fromiter(map(len, lists), np.int64, len(lists))
        codes = map(self._known.__getitem__, chain.from_iterable(lists))
        self._codes.add(np.fromiter(codes, np.uint32, int(sizes.sum())))
        self._sizes.append((base, sizes))

    def pairs(self, numbers: Array) -> tuple[list[bytes], Array, Array]:
        """Values, documents and codes as `facetfile.write_facet` takes them.

        Args:
            numbers: document number of each article, -1 for one that is not wanted.
        """
        docs = np.concatenate([
            np.repeat(numbers[base : base + len(sizes)], sizes) for base, sizes in self._sizes
        ])  # fmt: skip
        codes = self._codes.array()
        if (docs < 0).any():
            codes, docs = codes[docs >= 0], docs[docs >= 0]
        used = np.zeros(len(self._known), bool)
        used[codes] = True
        texts = list(self._known)
        order = sorted(where(used).tolist(), key=texts.__getitem__)
        ranks = np.zeros(len(texts), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        return [strings.encode(texts[i]) for i in order], docs, ranks[codes]

    def close(self) -> None:
        self._codes.close()


class Pending:
    """Gathers batches until they are worth a segment.

    Attributes:
        ids: of all articles that came in. `rows`: id → number of the article that counts.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        for each in (*getattr(self, "fields", {}).values(), *getattr(self, "facets", {}).values()):
            each.close()
        self.ids: list[str] = []
        self.rows: dict[str, int] = {}
        self._days: list[Array] = []
        self._minutes: list[Array] = []
        self.fields: dict[str, PendingField] = {}
        self.facets: dict[str, PendingFacet] = {}
        self._stored = StoredSpool(self._directory)

    def add(self, batch: Batch) -> None:
        """Take a batch in; an older article of the same id gives way."""
        base = len(self.ids)
        for name, column in batch.fields.items():
            if len(column.ids):
                if name not in self.fields:
                    self.fields[name] = PendingField(self._directory)
                self.fields[name].add(base, column)
        for name, lists in batch.facets.items():
            if name not in self.facets:
                self.facets[name] = PendingFacet(self._directory)
            self.facets[name].add(base, lists)
        self._days.append(np.asarray(batch.days, np.int32))
        self._minutes.append(np.asarray(batch.minutes, np.int16))
        for data in batch.stored:
            self._stored.add(data)
        self.ids.extend(batch.ids)
        self.rows.update(zip(batch.ids, range(base, base + len(batch)), strict=True))

    def remove(self, article: str) -> None:
        self.rows.pop(article, None)

    @property
    def full(self) -> bool:
        return len(self.ids) >= MOST_ARTICLES

    def order(self) -> tuple[Array, Array, Array]:
        """The articles that count, by date; day and minute of each."""
        days, minutes = np.concatenate(self._days), np.concatenate(self._minutes)
        rows = np.sort(np.fromiter(self.rows.values(), np.int64, len(self.rows)))
        rows = rows[np.lexsort((minutes[rows], days[rows]))]
        return rows, days[rows], minutes[rows]

    def stored(self) -> StoredBlocks:
        return self._stored.finish()

