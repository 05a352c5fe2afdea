"""Single files packed with gzip, bzip2, xz or Zstandard, opened so that what comes before a fault can be read."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

SUFFIXES: dict[bytes, tuple[str, ...]] = {
    b"\x1f\x8b": (".gz", ".tgz"),
    b"BZh": (".bz2", ".tbz2", ".tbz"),
    b"\xfd7zXZ\x00": (".xz", ".txz"),
    b"\x28\xb5\x2f\xfd": (".zst", ".tzst"),
}
"""The first bytes of each kind, and the suffixes it goes by."""
_FED = 2048
"""Bytes given to Zstandard at once: of so few it makes 64 MB at the most."""


def is_packed(head: bytes) -> bool:
    return head.startswith(tuple(SUFFIXES))


def inner_name(name: str) -> str:
    """The name of what is inside: `pile.csv` of `pile.csv.gz`, `pile.tar` of `pile.tgz`."""
    name = PurePosixPath(name).name
    for suffix in (suffix for suffixes in SUFFIXES.values() for suffix in suffixes):
        if name.lower().endswith(suffix):
            return (name[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")) or "content"
    return name or "content"


def opened(path: Path, head: bytes) -> Any:
    """A context manager with `read1`. Raises `ValueError` when the package for the kind is missing."""
    if head.startswith(b"\x1f\x8b"):
        return gzip.open(path)
    if head.startswith(b"BZh"):
        return bz2.open(path)
    if head.startswith(b"\xfd7zXZ"):
        return lzma.open(path)
    return _Zstandard(path)


class _Zstandard:
    """The frames of a file one after the other; the package's own reader takes a file that was cut for a whole one."""

    def __init__(self, path: Path) -> None:
        try:
            import zstandard
        except ImportError as error:
            raise ValueError("Zstandard needs the package zstandard: pip install 'newsdex[formats]'") from error
        self._frames = zstandard.ZstdDecompressor()
        self._fault = zstandard.ZstdError
        self._frame: Any = None
        self._packed = b""
        self._stream: BinaryIO = path.open("rb")

    def __enter__(self) -> _Zstandard:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read1(self, _size: int = -1) -> bytes:
        """Some of what is inside, nothing at its end. Raises `EOFError` where a frame is cut, `ValueError` else."""
        while True:
            self._packed = self._packed or self._stream.read(_FED)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError("the Zstandard data ends before its last frame does")
                return b""
            try:
                self._frame = self._frame or self._frames.decompressobj()
                piece: bytes = self._frame.decompress(self._packed)
            except self._fault as error:
                raise ValueError(str(error)) from error
            self._packed = self._frame.unused_data if self._frame.eof else b""
            if self._frame.eof:
                self._frame = None
            if piece:
                return piece
