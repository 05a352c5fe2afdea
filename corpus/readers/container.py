"""Containers: zip and tar archives, and single files packed with gzip, bzip2, xz or Zstandard.

Each member is unpacked to a temporary file and read like any other. Names of members are never used as paths. What
unpacks to far more than it weighs, or nests too deeply, is refused.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO, Any

from corpus.article import Article, Rejection
from corpus.readers.base import Budget, Source
from corpus.readers.walk import SKIPPED_NAMES

READ = Callable[[Source], Iterator[Article | Rejection]]

MAX_DEPTH = 4
MAX_RATIO = 200
FREE_BYTES = 32 * 1024 * 1024
"""Up to so many bytes anything may unpack to; beyond, at most `MAX_RATIO` times what it weighs packed. All members of
one file together, those of archives inside it too, may unpack to twice as much and so many times its weight."""
MAX_MEMBERS = 1_000_000
_BLOCK = 1 << 20
_FAULTS = (OSError, EOFError, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile, RuntimeError,
           NotImplementedError, ValueError, KeyError)  # fmt: skip
_PACKED: dict[bytes, tuple[str, ...]] = {
    b"\x1f\x8b": (".gz", ".tgz"),
    b"BZh": (".bz2", ".tbz2", ".tbz"),
    b"\xfd7zXZ\x00": (".xz", ".txz"),
    b"\x28\xb5\x2f\xfd": (".zst", ".tzst"),
}


class BombError(Exception):
    """A member unpacks to far more than it weighs."""


class ExhaustedError(BombError):
    """All members of one file together unpack to far more than it weighs."""


class Container:
    """Reads what is inside archives and packed files, by the reader each member needs."""

    name = "container"

    def __init__(self, read: READ) -> None:
        self._read = read

    def sniff(self, head: bytes, name: str) -> float:
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            return 0.7
        if any(head.startswith(mark) for mark in _PACKED):
            return 0.7
        return 0.8 if head[257:262] == b"ustar" else 0.0

    def read(self, source: Source) -> Iterator[Article | Rejection]:
        if (source.member or "").count("!/") >= MAX_DEPTH:
            yield source.reject("too-large", f"archives nested more than {MAX_DEPTH} deep are not unpacked")
            return
        if source.budget is None:
            allowed = 2 * FREE_BYTES + MAX_RATIO * source.path.stat().st_size
            source = replace(source, budget=Budget(allowed))
        head = source.head()
        unpack = _zip if head.startswith(b"PK") else _tar if head[257:262] == b"ustar" else _packed
        with tempfile.TemporaryDirectory(prefix="newsdex-") as folder:
            try:
                for item in unpack(source, Path(folder) / "member"):
                    if isinstance(item, Rejection):
                        yield item
                    else:
                        yield from self._read(item)
            except BombError as error:
                yield source.reject("too-large", str(error))
            except _FAULTS as error:
                yield source.reject("damaged", f"cannot be unpacked: {error or type(error).__name__}")


def _zip(source: Source, target: Path) -> Iterator[Source | Rejection]:
    size = source.path.stat().st_size
    with zipfile.ZipFile(source.path) as archive:
        infos = archive.infolist()
        for info in sorted(infos[:MAX_MEMBERS], key=lambda one: one.filename):
            if info.is_dir() or _passed_over(info.filename):
                continue
            if info.flag_bits & 1:
                yield source.reject("damaged", "the member is encrypted", member=_way(source, info.filename))
                continue
            _check(source.budget)
            try:
                with archive.open(info) as packed:
                    _copy(packed, target, min(info.compress_size, size), source.budget)
            except ExhaustedError:
                raise
            except BombError as error:
                yield source.reject("too-large", str(error), member=_way(source, info.filename))
            except _FAULTS as error:
                yield source.reject("damaged", f"cannot be unpacked: {error}", member=_way(source, info.filename))
            else:
                yield _inside(source, info.filename, target)


def _tar(source: Source, target: Path) -> Iterator[Source | Rejection]:
    size = source.path.stat().st_size
    with tarfile.open(source.path, mode="r:") as archive:
        for count, info in enumerate(archive):
            if count >= MAX_MEMBERS:
                yield source.reject("too-large", f"more than {MAX_MEMBERS:,} members; the rest was not read")
                return
            if info.issym() or info.islnk():
                yield source.reject("unknown-format", "a link, which is not followed", member=_way(source, info.name))
                continue
            _check(source.budget)
            packed = archive.extractfile(info) if info.isreg() and not _passed_over(info.name) else None
            if packed is not None:
                with packed:
                    _copy(packed, target, min(info.size, size), source.budget)
                yield _inside(source, info.name, target)


def _packed(source: Source, target: Path) -> Iterator[Source | Rejection]:
    head = source.head()
    size = source.path.stat().st_size
    try:
        with _opened(source.path, head) as packed:
            _copy(packed, target, size, source.budget)
    except gzip.BadGzipFile as error:
        if "Not a gzipped" not in str(error) or not target.exists() or not target.stat().st_size:
            raise
        yield source.reject("damaged", "what follows the gzip data is none; what was before it is read")
    except Exception as error:
        if type(error).__name__ == "ZstdError":  # zstandard may not be installed, so its error has no name here
            raise ValueError(str(error)) from error
        raise
    name = PurePosixPath(source.name).name
    low = name.lower()
    for suffix in (suffix for suffixes in _PACKED.values() for suffix in suffixes):
        if low.endswith(suffix):
            name = name[: -len(suffix)] + (".tar" if suffix.startswith(".t") else "")
            break
    yield _inside(source, name or "content", target)


def _opened(path: Path, head: bytes) -> Any:
    if head.startswith(b"\x1f\x8b"):
        return gzip.open(path)
    if head.startswith(b"BZh"):
        return bz2.open(path)
    if head.startswith(b"\xfd7zXZ"):
        return lzma.open(path)
    try:
        import zstandard
    except ImportError as error:
        raise ValueError("Zstandard needs the package zstandard: pip install 'newsdex[formats]'") from error
    return zstandard.open(path, "rb")


def _check(budget: Budget | None) -> None:
    """Raises `ExhaustedError` when the archives of one file have unpacked to all that they may."""
    if budget is not None and (budget.left <= 0 or budget.bombs <= 0):
        raise ExhaustedError("the archives inside one file unpack to far more than it weighs; the rest was not read")


def _copy(packed: IO[bytes], target: Path, weight: int, budget: Budget | None) -> None:
    """Unpack to a file. Raises `BombError` as soon as the content outgrows what it weighed packed."""
    most = max(FREE_BYTES, MAX_RATIO * weight)
    done = 0
    read = getattr(packed, "read1", packed.read)  # gives what comes before a fault, where `read` gives the fault alone
    with suppress(OSError):
        target.unlink()
    with target.open("wb") as out:
        while block := read(_BLOCK):
            done += len(block)
            if budget is not None:
                budget.left -= len(block)
                _check(budget)
            if done > most:
                if budget is not None:  # one bomb must not cost its neighbours
                    budget.left, budget.bombs = budget.left + done, budget.bombs - 1
                raise BombError(f"unpacks to more than {most:,} bytes from {weight:,}; refused as an archive bomb")
            out.write(block)


def _inside(source: Source, name: str, target: Path) -> Source | Rejection:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if ".." in parts or name.startswith("/"):
        return source.reject("damaged", "its name leads out of the archive; not unpacked", member=_way(source, name))
    return source.inside(name, target)


def _way(source: Source, name: str) -> str:
    safe = name.encode("utf-8", "backslashreplace").decode()
    return f"{source.member}!/{safe}" if source.member else safe


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any((part.startswith(".") and part != "..") or part in SKIPPED_NAMES for part in parts)
