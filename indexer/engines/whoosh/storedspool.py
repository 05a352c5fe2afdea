"""Stored bytes of articles that wait to become a segment."""

from __future__ import annotations

import zlib
from array import array
from pathlib import Path

import numpy as np

from indexer.engines.whoosh.docfile import BLOCK_BYTES, LEVEL, StoredBlocks
from indexer.engines.whoosh.spool import Spool


class StoredSpool:
    """Packs stored bytes as they come in."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._bytes = Spool(directory, np.uint8)
        self._at = [0]
        self._places = array("q")  # of each article: block, first byte, number of bytes
        self._open: list[bytes] = []
        self._fill = 0

    def add(self, data: bytes) -> None:
        self._places.extend((len(self._at) - 1, self._fill, len(data)))
        self._open.append(data)
        self._fill += len(data)
        if self._fill >= BLOCK_BYTES:
            self._seal()

    def _seal(self) -> None:
        if self._open:
            self._bytes.add(np.frombuffer(zlib.compress(b"".join(self._open), LEVEL), np.uint8))
            self._at.append(self._bytes.size)
            self._open, self._fill = [], 0

    def finish(self) -> StoredBlocks:
        self._seal()
        data, at = self._bytes.array(), self._at
        block, start, size = np.array(self._places, np.int64).reshape(-1, 3).T
        return StoredBlocks(
            lambda i: data[at[i] : at[i + 1]].tobytes(), len(at) - 1, block, start, size, self._directory
        )
