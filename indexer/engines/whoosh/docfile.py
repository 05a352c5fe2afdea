"""What a segment keeps for each document beside terms and facets: id, day, minute, and the article's stored bytes."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.engines.whoosh import strings
from indexer.engines.whoosh.arrays import Array, narrow
from indexer.engines.whoosh.format import ArrayFile, ArrayWriter, damaged
from indexer.engines.whoosh.strings import Strings

BLOCK_BYTES = 1 << 14
"""Stored bytes are compressed together until there are this many."""
LEVEL = 1
"""zlib's fastest: articles come in faster than its best level could pack them."""


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
    """Packs the stored bytes of documents, which come in any order, into compressed blocks.

    Written as `stored` (the blocks) and `stored.at` (their bounds), and for each document `stored.block`,
    `stored.start` and `stored.size`: which block, from which byte on, how many.
    """

    def __init__(self, writer: ArrayWriter, count: int) -> None:
        self._writer, self._region = writer, writer.grow("stored")
        self._at = [0]
        self._block, self._start, self._size = (np.zeros(count, np.int64) for _ in range(3))
        self._open: list[bytes] = []
        self._fill = 0

    def add(self, doc: int, data: bytes) -> None:
        self._block[doc], self._start[doc], self._size[doc] = len(self._at) - 1, self._fill, len(data)
        self._open.append(data)
        self._fill += len(data)
        if self._fill >= BLOCK_BYTES:
            self.seal()

    def seal(self) -> None:
        """End the block."""
        if self._open:
            self.block(zlib.compress(b"".join(self._open), LEVEL))
            self._open, self._fill = [], 0

    def block(self, packed: bytes) -> int:
        """Take over a block as it is; returns its number."""
        self._region.write(packed)
        self._at.append(self._region.size)
        return len(self._at) - 2

    def place(self, docs: Array, block: Array, start: Array, size: Array) -> None:
        """Documents that lie in blocks which were taken over."""
        self._block[docs], self._start[docs], self._size[docs] = block, start, size

    def close(self) -> None:
        self.seal()
        self._region.close()
        self._writer.add("stored.at", np.array(self._at, np.uint64))
        for name, numbers in (("block", self._block), ("start", self._start), ("size", self._size)):
            self._writer.add(f"stored.{name}", numbers.astype(narrow(int(numbers.max(initial=0)))))


@dataclass(frozen=True)
class StoredBlocks:
    """Where the stored bytes of documents lie: in which block, from which byte on, how many.

    Attributes:
        packed: number of a block → the block, compressed.
        count: number of blocks.
        place: for messages, the file.
    """

    packed: Callable[[int], bytes]
    count: int
    block: Array
    start: Array
    size: Array
    place: Path

    def many(self, docs: Iterable[int]) -> list[bytes]:
        """The stored bytes of some documents; each block is unpacked once.

        Raises:
            DamagedArchiveError: a block cannot be unpacked.
        """
        blocks: dict[int, bytes] = {}
        found = []
        for doc in docs:
            block, start, size = (int(numbers[doc]) for numbers in (self.block, self.start, self.size))
            if block not in blocks:
                blocks[block] = self._unpack(block)
            found.append(blocks[block][start : start + size])
        return found

    def _unpack(self, block: int) -> bytes:
        try:
            return zlib.decompress(self.packed(block))
        except zlib.error as error:
            raise damaged(self.place, "stored articles cannot be unpacked") from error

    def share(self, writer: StoredWriter, numbers: Array) -> None:
        """Hand all documents over; blocks that hold a deleted one are packed anew.

        Args:
            numbers: number of each document in the new file, -1 for one that is not wanted.
        """
        blocks = self.block.astype(np.int64)
        torn = np.zeros(self.count, bool)
        torn[blocks[numbers < 0]] = True
        taken = np.zeros(self.count, np.int64)
        taken[~torn] = [writer.block(self.packed(block)) for block in np.flatnonzero(~torn).tolist()]
        whole = np.flatnonzero(~torn[blocks])
        writer.place(numbers[whole], taken[blocks[whole]], self.start[whole], self.size[whole])
        rest = np.flatnonzero(torn[blocks] & (numbers >= 0))
        for some in np.array_split(rest, -(-rest.size // 256) or 1):
            for doc, data in zip(some.tolist(), self.many(some.tolist()), strict=True):
                writer.add(int(numbers[doc]), data)
        writer.seal()


def stored_blocks(file: ArrayFile) -> StoredBlocks:
    """The stored bytes in a segment's file."""
    data, at = file.array("stored"), file.array("stored.at").all()

    def packed(block: int) -> bytes:
        return data.part(int(at[block]), int(at[block + 1])).tobytes()

    block, start, size = (file.array(f"stored.{name}").all() for name in ("block", "start", "size"))
    return StoredBlocks(packed, len(at) - 1, block, start, size, file.path)


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

