"""Arrays that grow while articles come in: in memory while they are small, then in a file that vanishes by itself."""

from __future__ import annotations

import mmap
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from indexer.engines.whoosh.arrays import Array

IN_MEMORY = 4 << 20
"""Bytes an array may take up before it goes to disk."""


class Spool:
    """Numbers of one type, appended piece by piece and then read as one array.

    The file has no name, so that nothing is left behind when the process dies.
    """

    def __init__(self, directory: Path, kind: Any) -> None:
        self._directory, self.kind = directory, np.dtype(kind)
        self._pieces: list[Array] = []
        self._bytes = 0
        self._file: Any = None
        self._map: mmap.mmap | None = None
        self.size = 0

    def add(self, piece: Array) -> None:
        piece = np.ascontiguousarray(piece, self.kind)
        self.size += piece.size
        self._pieces.append(piece)
        self._bytes += piece.nbytes
        if self._bytes > IN_MEMORY:
            self._write()

    def _write(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._directory)  # noqa: SIM115 it stays open until `close`
        for piece in self._pieces:
            if piece.size:
                self._file.write(piece.data)
        self._pieces, self._bytes = [], 0

    def array(self) -> Array:
        """All of it; nothing may be added afterwards."""
        if self._file is None:
            return np.concatenate([np.zeros(0, self.kind), *self._pieces])
        self._write()
        self._file.flush()
        self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, self.kind)

    def rest(self) -> None:
        """Give back the memory of what was read so far."""
        if self._map is not None and hasattr(mmap, "MADV_DONTNEED"):
            self._map.madvise(mmap.MADV_DONTNEED)

    def close(self) -> None:
        self._map = None
        self._pieces = []
        if self._file is not None:
            self._file.close()
