"""What a segment keeps for each document beside terms and facets: id, day, minute, and the article's stored bytes."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import bounds_of, narrow
from indexer.engines.whoosh.format import ArrayFile, ArrayWriter, damaged
from indexer.engines.whoosh.strings import Strings

BLOCK_BYTES = 1 << 14
"""Stored bytes are compressed together until there are this many."""
_LEVEL = 1


def hashed(article_id: str) -> int:
    """64 bits by which an id is looked up; ids are compared whole afterwards."""
    return int.from_bytes(blake2b(strings.encode(article_id), digest_size=8).digest(), "little")


def write_ids(writer: ArrayWriter, ids: Sequence[str], hashes: NDArray[np.uint64]) -> None:
    strings.write(writer, "ids", [strings.encode(each) for each in ids])
    order = np.argsort(hashes, kind="stable")
    writer.add("ids.hashes", hashes[order])
    writer.add("ids.docs", order.astype(np.uint32))


def write_dates(writer: ArrayWriter, days: NDArray[np.integer], minutes: NDArray[np.integer]) -> None:
    """Days must rise; 0, not known, comes first."""
    writer.add("days", days.astype(np.int32))
    writer.add("minutes", minutes.astype(np.int16))


class StoredWriter:
    """Packs the stored bytes of documents, in order, into compressed blocks."""

    def __init__(self) -> None:
        self._blocks: list[bytes] = []
        self._first = [0]
        self._sizes: list[int] = []
        self._open: list[bytes] = []
        self._fill = 0

    def add(self, data: bytes) -> None:
        self._open.append(data)
        self._sizes.append(len(data))
        self._fill += len(data)
        if self._fill >= BLOCK_BYTES:
            self._seal()

    def _seal(self) -> None:
        if self._open:
            self._blocks.append(zlib.compress(b"".join(self._open), _LEVEL))
            self._first.append(len(self._sizes))
            self._open, self._fill = [], 0

    def write(self, writer: ArrayWriter) -> None:
        self._seal()
        at = bounds_of(np.array([len(block) for block in self._blocks], np.int64))
        region = writer.reserve("stored", np.uint8, (int(at[-1]),))
        for block in self._blocks:
            region.write(np.frombuffer(block, np.uint8))
        writer.add("stored.at", at.astype(np.uint64))
        writer.add("stored.first", np.array(self._first, np.uint32))
        writer.add("stored.sizes", np.array(self._sizes, narrow(max(self._sizes, default=0))))


class StoredReader:
    """Gives the stored bytes back."""

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self._bytes, self._at = file.array("stored"), file.array("stored.at")
        self._first, self._sizes = file.array("stored.first"), file.array("stored.sizes")

    def many(self, docs: Iterable[int]) -> list[bytes]:
        """The stored bytes of some documents; each block is unpacked once.

        Raises:
            DamagedArchiveError: a block cannot be unpacked.
        """
        wanted = list(docs)
        blocks: dict[int, tuple[int, bytes]] = {}
        found = []
        at = np.searchsorted(self._first.all(), wanted, side="right") - 1
        for doc, block in zip(wanted, at.tolist(), strict=True):
            if block not in blocks:
                blocks[block] = int(self._first.data[block]), self._unpack(block)
            first, data = blocks[block]
            start = int(self._sizes.part(first, doc).sum())
            found.append(data[start : start + int(self._sizes.part(doc, doc + 1)[0])])
        return found

    def _unpack(self, block: int) -> bytes:
        a, b = (int(x) for x in self._at.all()[block : block + 2])
        try:
            return zlib.decompress(self._bytes.part(a, b).data)
        except zlib.error as error:
            raise damaged(self._file.path, "stored articles cannot be unpacked") from error

    def __len__(self) -> int:
        return len(self._sizes)


class IdReader:
    """Ids of documents, both ways."""

    def __init__(self, file: ArrayFile) -> None:
        self.names = Strings(file, "ids")
        self._hashes, self._docs = file.array("ids.hashes"), file.array("ids.docs")

    def find(self, ids: Sequence[str], hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Document number of each id, -1 where it is not here."""
        table, docs = self._hashes.all(), self._docs.all()
        found = np.full(len(ids), -1, np.int64)
        at = np.searchsorted(table, hashes)
        for i in np.flatnonzero(at < np.searchsorted(table, hashes, side="right")).tolist():
            j, key = int(at[i]), strings.encode(ids[i])
            while j < len(table) and table[j] == hashes[i]:
                if self.names.raw(int(docs[j])) == key:
                    found[i] = docs[j]
                j += 1
        return found

    def number(self, article_id: str) -> int:
        """Document number of one id, -1 when it is not here."""
        return int(self.find([article_id], np.array([hashed(article_id)], np.uint64))[0])

    def hashes(self) -> NDArray[np.uint64]:
        """The hash of each document's id, in the order of documents."""
        given = np.empty(len(self._hashes), np.uint64)
        given[self._docs.all()] = self._hashes.all()
        return given

