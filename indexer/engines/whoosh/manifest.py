"""The index's table: its segments, what is deleted in each, and the sha256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from indexer.disk import sha256_of, write_synced
from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.format import ArrayFile, ArrayWriter, damaged
from indexer.engines.whoosh.segment import Segment

NAME = "index.json"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file, as it was written."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment, and the file that lists its deleted documents, if there are any."""

    file: FileEntry
    documents: int
    deleted: int = 0
    deletions: FileEntry | None = None


def entry(path: Path) -> FileEntry:
    """A finished file's entry."""
    return FileEntry(path.name, path.stat().st_size, sha256_of(path))


@dataclass(frozen=True)
class Manifest:
    """The segments, in the order of their documents' numbers, and the number for the next segment's name."""

    segments: tuple[SegmentEntry, ...]
    following: int = 1

    def write(self, directory: Path) -> None:
        """Put it in place of the old one, on disk when this returns."""
        body = {"format": FORMAT, "following": self.following, "segments": [asdict(each) for each in self.segments]}
        whole = json.dumps({**body, "check": _check(body)}, indent=1)
        write_synced(directory / NAME, whole.encode())

    @classmethod
    def read(cls, directory: Path) -> Manifest:
        """The manifest of an index.

        Raises:
            DamagedArchiveError: it is missing, altered, or of a format that is not known here.
        """
        path = directory / NAME
        try:
            body = json.loads(path.read_bytes())
            check = body.pop("check")
            if body["format"] != FORMAT:
                raise damaged(path, f"format {body['format']} is not known to this version")
            if check != _check(body):
                raise damaged(path, "the file has been altered")
            return cls(tuple(_segment(each) for each in body["segments"]), body["following"])
        except FileNotFoundError as error:
            raise damaged(path, "the file is missing") from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(path, "the file cannot be read") from error

    def open(self, directory: Path) -> list[Segment]:
        """The segments, open.

        Raises:
            DamagedArchiveError: a file is missing, cut short or altered.
        """
        found, base = [], 0
        for each in self.segments:
            for file in files_of(each):
                _present(directory / file.name, file.bytes)
            deleted = None if each.deletions is None else read_deletions(directory / each.deletions.name)
            segment = Segment(directory / each.file.name, base, deleted)
            if segment.count != each.documents or segment.live_count != each.documents - each.deleted:
                raise damaged(segment.path, "the number of documents is not that of the manifest")
            found.append(segment)
            base += segment.count
        return found

    def faults(self, directory: Path) -> Iterator[str]:
        """What is wrong with the files, byte by byte."""
        for each in self.segments:
            for file in files_of(each):
                path = directory / file.name
                if not path.is_file():
                    yield f"{path}: the file is missing"
                elif path.stat().st_size != file.bytes:
                    yield f"{path}: {path.stat().st_size} bytes instead of {file.bytes}"
                elif sha256_of(path) != file.sha256:
                    yield f"{path}: altered since it was written (sha256 differs)"


def files_of(segment: SegmentEntry) -> list[FileEntry]:
    return [file for file in (segment.file, segment.deletions) if file is not None]


def _present(path: Path, size: int) -> None:
    if not path.is_file():
        raise damaged(path, "the file is missing")
    if path.stat().st_size != size:
        raise damaged(path, f"the file has {path.stat().st_size} bytes instead of {size}")


def _check(body: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def _segment(entry_: dict[str, Any]) -> SegmentEntry:
    deletions = entry_["deletions"]
    return SegmentEntry(
        file=FileEntry(**entry_["file"]),
        documents=entry_["documents"],
        deleted=entry_["deleted"],
        deletions=FileEntry(**deletions) if deletions else None,
    )


def write_deletions(path: Path, deleted: Array) -> None:
    """Write the numbers of a segment's deleted documents."""
    with ArrayWriter(path) as writer:
        writer.add("deleted", np.sort(deleted).astype(np.uint32))
        writer.close({})


def read_deletions(path: Path) -> Array:
    """The numbers of a segment's deleted documents.

    Raises:
        DamagedArchiveError: the file is missing, cut short or altered.
    """
    file = ArrayFile(path)
    try:
        return file.array("deleted").all().copy()
    except KeyError as error:
        raise damaged(path, "it holds no list of deleted documents") from error
