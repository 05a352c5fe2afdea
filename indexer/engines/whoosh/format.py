"""One file of named arrays: written once, memory-mapped, each page checked the first time that it is read.

    magic · arrays, little-endian, each at a multiple of 64 bytes · zeros up to a whole page
    two 64-bit sums a page · table of contents (JSON) · trailer

The two sums of a page (addition and exclusive or of its 64-bit words) find every flipped bit, cut or zeroed stretch at
memory speed, so that no answer is ever given from altered bytes; the manifest holds a sha256 beside them.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import DamagedArchiveError
from indexer.engines.whoosh.arrays import Array

MAGIC = b"NDXARR1\n"
PAGE = 1 << 14
_WORDS = PAGE // 8
_ALIGN = 64
_TRAILER = struct.Struct("<QQQI8s")  # start of the sums, pages, bytes of the table, crc32 of sums and table, magic


def damaged(path: Path, what: str) -> DamagedArchiveError:
    """The error for a file that cannot be trusted, with the way out."""
    return DamagedArchiveError(
        f"{path}: {what}. Run `newsdex repair` to go back to a whole generation, or `newsdex rebuild` to index anew."
    )


def page_sums(pages: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Sums of whole pages: uint64 (pages, words) → (pages, 2)."""
    return np.stack([np.add.reduce(pages, axis=1), np.bitwise_xor.reduce(pages, axis=1)], axis=1)


class ArrayWriter:
    """Writes one file. Arrays are added whole, or reserved and filled piece by piece, several at a time.

    As a context manager it takes the file away again when anything is raised before `close`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("xb+")
        self._file.write(MAGIC)
        self._end = len(MAGIC)
        self._table: dict[str, tuple[int, str, list[int]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        if kind is not None:
            self.abort()

    def add(self, name: str, array: Array) -> None:
        array = np.ascontiguousarray(array)
        self.reserve(name, array.dtype, array.shape).write(array)

    def reserve(self, name: str, dtype: Any, shape: tuple[int, ...]) -> Region:
        """Room for an array; what is never written stays zero."""
        if name in self._table:
            raise ValueError(f"{name} is there already")
        dtype = np.dtype(dtype).newbyteorder("<")
        start = -(-self._end // _ALIGN) * _ALIGN
        self._table[name] = (start, dtype.str, list(shape))
        self._end = start + dtype.itemsize * int(np.prod(shape, dtype=np.int64))
        return Region(self._file.fileno(), start, self._end, dtype)

    def grow(self, name: str) -> Growing:
        """A byte array of unknown size; it must be closed before anything else is added."""
        self.add(name, np.zeros(0, np.uint8))
        return Growing(self, name, self._end)

    def fileno(self) -> int:
        return self._file.fileno()

    def grown(self, name: str, size: int) -> None:
        """A growing array has got its size."""
        start, dtype, _ = self._table[name]
        self._table[name] = (start, dtype, [size])
        self._end = start + size

    def close(self, meta: Mapping[str, Any]) -> None:
        """Write sums, table and trailer; the bytes are on disk when this returns."""
        number = -(-self._end // PAGE)
        os.truncate(self._file.fileno(), number * PAGE)
        self._file.flush()
        with mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            words = np.frombuffer(mapped, np.uint64).reshape(number, _WORDS)
            sums = page_sums(words).tobytes()
            del words
        table = json.dumps({"meta": meta, "arrays": self._table}, ensure_ascii=False).encode()
        trailer = _TRAILER.pack(number * PAGE, number, len(table), zlib.crc32(sums + table), MAGIC)
        self._file.seek(number * PAGE)
        self._file.write(sums + table + trailer)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def abort(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


def put(file: int, data: memoryview, at: int) -> None:
    """Write all of the bytes at a place of the file."""
    while data:
        n = os.pwrite(file, data, at)
        at += n
        data = data[n:]


class Region:
    """Room for one array in a file that is being written."""

    def __init__(self, file: int, start: int, end: int, dtype: Any) -> None:
        self._file, self._at, self._end, self.dtype = file, start, end, dtype

    def write(self, piece: Array) -> None:
        """Append a piece, cast to the array's type."""
        if not piece.size:
            return
        data = np.ascontiguousarray(piece, self.dtype).reshape(-1).data.cast("B")
        if self._at + len(data) > self._end:
            raise ValueError("more than was reserved")
        put(self._file, data, self._at)
        self._at += len(data)


class Growing:
    """A byte array that is being written, of unknown size."""

    def __init__(self, writer: ArrayWriter, name: str, start: int) -> None:
        self._writer, self._name, self._start = writer, name, start
        self._file = writer.fileno()
        self.size = 0

    def write(self, data: bytes) -> None:
        put(self._file, memoryview(data), self._start + self.size)
        self.size += len(data)

    def close(self) -> None:
        self._writer.grown(self._name, self.size)


class Stored:
    """An array in a mapped file. `data` may be touched only where `part` or `all` has been called before."""

    __slots__ = ("_file", "_item", "_start", "data")

    def __init__(self, file: ArrayFile, start: int, data: Array) -> None:
        self._file, self._start, self.data = file, start, data
        self._item = data.itemsize * (data.shape[1] if data.ndim == 2 else 1)

    def __len__(self) -> int:
        return len(self.data)

    def part(self, a: int, b: int) -> Array:
        """Rows a to b, checked."""
        if b > a:
            self._file.check(self._start + a * self._item, self._start + b * self._item)
        return self.data[a:b]

    def all(self) -> Array:
        return self.part(0, len(self.data))

    def view(self) -> memoryview:
        """All of it, for look-ups of single numbers."""
        return self.all().data


class ArrayFile:
    """A mapped file of arrays.

    Raises:
        DamagedArchiveError: the file is missing, cut short or altered; also later, from `check`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError as error:
            raise damaged(path, "the file is missing") from error
        except (ValueError, OSError) as error:
            raise damaged(path, f"the file cannot be read ({error})") from error
        try:
            self._open()
        except (ValueError, KeyError, TypeError, struct.error) as error:
            raise damaged(path, f"the file is cut short or altered ({error})") from error

    def _open(self) -> None:
        size = len(self._map)
        start, pages, length, crc, magic = _TRAILER.unpack(self._map[max(size - _TRAILER.size, 0) :])
        table_at = start + 16 * pages
        if magic != MAGIC or start != pages * PAGE or table_at + length + _TRAILER.size != size:
            raise ValueError("no trailer")
        if zlib.crc32(self._map[start : table_at + length]) != crc:
            raise ValueError("table of contents")
        table = json.loads(self._map[table_at : table_at + length])
        self.meta: dict[str, Any] = table["meta"]
        self._table: dict[str, tuple[int, str, list[int]]] = table["arrays"]
        self._pages = np.frombuffer(self._map, np.uint64, pages * _WORDS).reshape(pages, _WORDS)
        self._sums = np.frombuffer(self._map, np.uint64, pages * 2, start).reshape(pages, 2)
        self._seen = bytearray(pages)

    def __contains__(self, name: str) -> bool:
        return name in self._table

    def names(self) -> list[str]:
        return list(self._table)

    def array(self, name: str) -> Stored:
        """The array of this name.

        Raises:
            KeyError: there is none.
        """
        start, dtype, shape = self._table[name]
        count = int(np.prod(shape, dtype=np.int64))
        return Stored(self, start, np.frombuffer(self._map, dtype, count, start).reshape(shape))

    def check(self, start: int, end: int) -> None:
        """Make sure that the bytes are those that were written."""
        first, last = start // PAGE, -(-end // PAGE)
        if self._seen.find(0, first, last) >= 0:
            if not np.array_equal(page_sums(self._pages[first:last]), self._sums[first:last]):
                raise damaged(self.path, "the file has been altered since it was written")
            self._seen[first:last] = b"\1" * (last - first)

    def buffer(self) -> mmap.mmap:
        """The bytes of the file, for look-ups that need no array."""
        return self._map

    def start(self, name: str) -> int:
        return self._table[name][0]

    def close(self) -> None:
        """Let go of the mapping; it ends when the last array over it does."""
        self.__dict__.pop("_pages", None)
        self.__dict__.pop("_sums", None)
