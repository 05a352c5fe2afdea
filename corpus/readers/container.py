"""Containers: zip and tar archives, and single files packed with gzip, bzip2, xz or Zstandard.

Each member is unpacked to a temporary file and read like any other; a METS file is unpacked together with the pages
that it names. Names of members are never used as paths. What unpacks to far more than it weighs, or nests too deeply,
is refused. Of a packed file that is cut or damaged, what comes before the fault is read.
"""

from __future__ import annotations

import lzma
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.article import Article, Rejection
from corpus.readers.base import HEAD_BYTES, Budget, Source
from corpus.readers.mets import is_mets, named_pages
from corpus.readers.packed import inner_name, is_packed, opened
from corpus.readers.walk import SKIPPED_NAMES
from corpus.readers.xmlfile import root_name

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
        if head.startswith((b"PK\x03\x04", b"PK\x05\x06")) or is_packed(head):
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
        infos = sorted(archive.infolist()[:MAX_MEMBERS], key=lambda one: one.filename)
        infos = [info for info in infos if not info.is_dir() and not _passed_over(info.filename)]
        sealed = [info for info in infos if info.flag_bits & 1]
        for info in sealed:
            yield source.reject("damaged", "the member is encrypted", member=_way(source, info.filename))
        members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if not info.flag_bits & 1:
                members[_unused(info.filename, members)] = info

        def unpack(name: str, to: Path) -> None:
            with archive.open(members[name]) as packed:
                copy(packed, to, min(members[name].compress_size, size), source.budget)

        issues = _issues(source, members, lambda name: archive.open(members[name]))
        yield from _members(source, list(members), issues, unpack, target)


def _tar(source: Source, target: Path) -> Iterator[Source | Rejection]:
    size = source.path.stat().st_size
    with tarfile.open(source.path, mode="r:") as archive:
        members: dict[str, tarfile.TarInfo] = {}
        fault: Exception | None = None
        try:
            for number, info in enumerate(archive):
                if number >= MAX_MEMBERS:
                    yield source.reject("too-large", f"more than {MAX_MEMBERS:,} members; the rest was not read")
                    break
                if info.issym() or info.islnk():
                    way = _way(source, info.name)
                    yield source.reject("unknown-format", "a link, which is not followed", member=way)
                elif info.isreg() and not _passed_over(info.name):
                    members[_unused(info.name, members)] = info
        except _FAULTS as error:
            fault = error

        def stream(name: str) -> IO[bytes]:
            packed = archive.extractfile(members[name])
            assert packed is not None  # a regular file has a stream
            return packed

        def unpack(name: str, to: Path) -> None:
            with stream(name) as packed:
                copy(packed, to, min(members[name].size, size), source.budget)

        yield from _members(source, list(members), _issues(source, members, stream), unpack, target)
        if fault is not None:
            raise fault


def _members(
    source: Source, names: list[str], issues: dict[str, list[str]], unpack: Callable[[str, Path], None], target: Path
) -> Iterator[Source | Rejection]:
    """Each member unpacked in turn; an issue with its pages beside it, which are not read once more by themselves."""
    of_issues = {page for pages in issues.values() for page in pages}
    for name in names:
        if name in of_issues:
            continue
        _check(source.budget)
        folder = target.parent / "issue"
        place = folder / _below(name) if name in issues else target
        try:
            for page in (name, *issues.get(name, ())):
                to = folder / _below(page) if name in issues else target
                to.parent.mkdir(parents=True, exist_ok=True)
                unpack(page, to)
        except ExhaustedError:
            raise
        except BombError as error:
            yield source.reject("too-large", str(error), member=_way(source, name))
            continue
        except _FAULTS as error:
            kept = "; what comes before the fault is read" if target.exists() and target.stat().st_size else ""
            yield source.reject("damaged", f"cannot be unpacked: {error}{kept}", member=_way(source, name))
            if name not in issues and not (target.exists() and target.stat().st_size):
                continue
        yield _inside(source, name, place)
        if name in issues:
            shutil.rmtree(folder, ignore_errors=True)


def _unused(name: str, members: Mapping[str, object]) -> str:
    """The name, or with a number before it where an archive holds two members of one name."""
    return name if name not in members else next(f"{n}:{name}" for n in count(2) if f"{n}:{name}" not in members)


def _issues(source: Source, members: Iterable[str], stream: Callable[[str], IO[bytes]]) -> dict[str, list[str]]:
    """METS file → the pages of the archive that it names, for each METS file among the members."""
    found: dict[str, list[str]] = {}
    known = frozenset(members)
    for name in members:
        if name.lower().endswith(".xml"):
            with suppress(*_FAULTS), stream(name) as packed:
                head = packed.read(HEAD_BYTES)
                if not is_mets(head):
                    continue
                rest = packed.read(source.options.max_bytes)
                if source.budget is not None:
                    source.budget.left -= len(rest)
                    _check(source.budget)
                pages = [(PurePosixPath(name).parent / way).as_posix() for way in named_pages(head + rest)]
                pages = [page for page in dict.fromkeys(pages) if page in known and _is_alto(page, stream)]
                if pages:
                    found[name] = pages
    return found


def _is_alto(name: str, stream: Callable[[str], IO[bytes]]) -> bool:
    with stream(name) as packed:
        return root_name(packed.read(HEAD_BYTES)).lower() == "alto"


def _packed(source: Source, target: Path) -> Iterator[Source | Rejection]:
    size = source.path.stat().st_size
    try:
        with opened(source.path, source.head()) as packed:
            copy(packed, target, size, source.budget)
    except _FAULTS as error:
        done = target.stat().st_size if target.exists() else 0
        if not done:
            raise
        if "Not a gzipped" in str(error):
            yield source.reject("damaged", "what follows the gzip data is none; what was before it is read")
        else:
            yield source.reject(
                "damaged",
                f"cut or damaged after {done:,} bytes of what is inside ({error}); these are read, the rest is lost",
            )
    yield _inside(source, inner_name(source.name), target)


def _check(budget: Budget | None) -> None:
    """Raises `ExhaustedError` when the archives of one file have unpacked to all that they may."""
    if budget is not None and (budget.left <= 0 or budget.bombs <= 0):
        raise ExhaustedError("the archives inside one file unpack to far more than it weighs; the rest was not read")


def copy(packed: IO[bytes], target: Path, weight: int, budget: Budget | None) -> None:
    """Unpack to a file. Raises `BombError` as soon as the content outgrows what it weighed packed."""
    most = max(FREE_BYTES, MAX_RATIO * weight)
    done = 0
    read = getattr(packed, "read1", None) or packed.read  # gives what comes before a fault, `read` the fault alone
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
    if ".." in _parts(name) or name.startswith("/"):
        return source.reject("damaged", "its name leads out of the archive; not unpacked", member=_way(source, name))
    return source.inside(name, target)


def _parts(name: str) -> tuple[str, ...]:
    return PurePosixPath(name.replace("\\", "/")).parts


def _below(name: str) -> Path:
    """A way below a folder of our own for a member of an issue; steps out of it are left out."""
    return Path(*[part for part in _parts(name) if part not in ("..", "/")])


def _way(source: Source, name: str) -> str:
    safe = name.encode("utf-8", "backslashreplace").decode()
    return f"{source.member}!/{safe}" if source.member else safe


def _passed_over(name: str) -> bool:
    return any((part.startswith(".") and part != "..") or part in SKIPPED_NAMES for part in _parts(name))
