"""From what the caller named to the files to read: sorted, without hidden files, without walking in circles."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.article import Rejection
from corpus.readers.base import HEAD_BYTES, Options, Source
from corpus.readers.mets import is_mets, named_pages
from corpus.readers.xmlfile import root_name

SKIPPED_NAMES = frozenset(("__MACOSX", "Thumbs.db", "desktop.ini", "node_modules"))
"""What systems and tools leave beside people's files; skipped like hidden files."""

_BESIDE_PAGE = re.compile(
    r"(?P<page>.+)(?:[_.-](?:files?|dateien|fichiers|archivos|ficheiros|arquivos|bestanden|pliki|soubory|filer|fil)"
    r"|_файл[ыи]|_?(?:文件|ファイル)|_ملفات)",
    re.I,
)
"""The folder that a browser puts beside a page saved "complete": pictures, scripts and advertisements of the page."""

_ARCHIVE = ("generations", "ledger")
"""A directory that has these is an archive of newsdex: made of articles, and no source of them."""


def find(paths: Iterable[str | Path], options: Options) -> Iterator[Source | Rejection]:
    """Every file named, and every file below a directory named, in the order named and sorted below.

    A file or directory named is taken whatever its name; below a directory hidden names are skipped, and symbolic
    links to directories are not followed (a link to a file is), archives of newsdex and the folders that browsers put
    beside a saved page are passed over, and pages that a METS file names are read with it. What cannot be read is a
    rejection.
    """
    for given in paths:
        path = Path(given)
        if path.is_dir():
            yield from _below(path, options)
        else:
            yield _one(path, options, None)


def _below(top: Path, options: Options, named: frozenset[Path] = frozenset()) -> Iterator[Source | Rejection]:
    """`named` are pages that a METS file further up names: they are read with it."""
    try:
        with os.scandir(top) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Rejection(shown(top), "damaged", f"the directory cannot be listed: {error.strerror or error}")
        return
    named |= _pages_named(top, [entry for entry in entries if entry.name.lower().endswith(".xml")], options)
    for entry in entries:
        if entry.name.startswith((".", "~$")) or entry.name.endswith("~") or entry.name in SKIPPED_NAMES:
            continue
        path = top / entry.name
        if entry.is_dir(follow_symlinks=False):
            if not all((path / name).is_dir() for name in _ARCHIVE) and not _is_beside_page(path):
                yield from _below(path, options, named)
        elif path in named and root_name(_head(path)).lower() == "alto":
            continue
        elif entry.is_symlink() and entry.is_dir():
            yield Rejection(
                shown(path), "unknown-format", "a link to a directory; name the directory itself to read it"
            )
        else:
            yield _one(path, options, top)


def _is_beside_page(path: Path) -> bool:
    found = _BESIDE_PAGE.fullmatch(path.name)
    ends = (".html", ".htm", ".xhtml")
    return found is not None and any(path.with_name(found["page"] + end).is_file() for end in ends)


def _pages_named(top: Path, entries: list[os.DirEntry[str]], options: Options) -> frozenset[Path]:
    """The pages that the METS files in a directory name."""
    found: set[Path] = set()
    for entry in entries:
        if is_mets(_head(top / entry.name)) and entry.stat().st_size <= options.max_bytes:
            found.update(top / way for way in named_pages((top / entry.name).read_bytes()))
    return frozenset(found)


def _head(path: Path) -> bytes:
    """The beginning of a file, or nothing of what is none or cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return b""
        with path.open("rb") as stream:
            return stream.read(HEAD_BYTES)
    except (OSError, ValueError):
        return b""


def _one(path: Path, options: Options, pile: Path | None) -> Source | Rejection:
    name = shown(path)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        return Rejection(name, "damaged", f"cannot be read: {error.strerror or error}")
    except ValueError as error:
        return Rejection(name, "damaged", f"not a usable file name: {error}")
    if not stat.S_ISREG(mode):
        return Rejection(name, "unknown-format", "not a file: a pipe, a device or a socket")
    if not os.access(path, os.R_OK):
        return Rejection(name, "damaged", "cannot be read: permission denied")
    return Source(name, path, pile=pile, options=options)


def shown(path: Path) -> str:
    """The path as text that can be written to JSON, even when its bytes are in a broken encoding."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
