"""One segment, open for reading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh.arrays import Array, changes, lower
from indexer.engines.whoosh.cache import Cache
from indexer.engines.whoosh.docfile import IdReader, StoredBlocks, StoredWriter, stored_blocks
from indexer.engines.whoosh.facetcolumn import FacetColumn
from indexer.engines.whoosh.field import Field
from indexer.engines.whoosh.format import ArrayFile, damaged

_CACHE, _CACHE_EACH = 16 << 20, 32
"""Bytes of memory for what was decoded: of a segment, and for each of its documents."""


class Segment:
    """Documents sorted by day and minute, those without a date first; numbered from 0.

    Attributes:
        base: number of the first document in the whole index.
        count: number of documents, deleted ones too.
        undated: number of documents without a date.
        live: bool (count,), None when no document is deleted.

    Raises:
        DamagedArchiveError: the file is missing, cut short or altered; also later, whenever it is read.
    """

    def __init__(self, path: Path, base: int = 0, deleted: NDArray[np.integer] | None = None) -> None:
        self.path = path
        self.file = ArrayFile(path)
        self.base = base
        try:
            self.count: int = self.file.meta["documents"]
            self.undated: int = self.file.meta["undated"]
            cache = Cache(_CACHE + _CACHE_EACH * self.count)
            self.fields = {
                name: Field(self.file, name, self.count, meta, cache) for name, meta in self.file.meta["fields"].items()
            }
            self.facets = {name: FacetColumn(self.file, name, self.count) for name in self.file.meta["facets"]}
        except (KeyError, TypeError) as error:
            raise damaged(path, f"the table of contents lacks {error}") from error
        self.live: NDArray[np.bool_] | None = None
        self.live_count: int = self.count
        if deleted is not None and len(deleted):
            self.live = np.ones(self.count, bool)
            self.live[deleted] = False
            self.live_count = int(np.count_nonzero(self.live))

    @cached_property
    def days(self) -> NDArray[np.int32]:
        return self.file.array("days").all()

    @cached_property
    def minutes(self) -> NDArray[np.int16]:
        return self.file.array("minutes").all()

    @cached_property
    def ids(self) -> IdReader:
        return IdReader(self.file)

    @cached_property
    def _stored(self) -> StoredBlocks:
        return stored_blocks(self.file)

    def stored(self, docs: Iterable[int]) -> list[bytes]:
        return self._stored.many(docs)

    def share_stored(self, writer: StoredWriter, numbers: Array) -> None:
        """See `docfile.StoredBlocks.share`."""
        self._stored.share(writer, numbers)

    def day_range(self, start: int | None, end: int | None) -> tuple[int, int]:
        """The documents from day start to day end, both included, are those from the first number up to the second."""
        if start is None and end is None:
            return 0, self.count
        days = self.days[self.undated :]
        a = 0 if start is None else lower(days, start)
        b = len(days) if end is None else lower(days, end + 1)
        return self.undated + a, self.undated + max(a, b)

    @cached_property
    def day_table(self) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The days on which there are documents, rising (0 first, if it occurs), and the first document of each."""
        first = changes(self.days)
        return self.days[first], first

    def close(self) -> None:
        self.file.close()
