"""Writes a generation of the index: new segments, and the unchanged ones of the generation before."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.disk import sync_directory
from indexer.engines.base import Batch
from indexer.engines.whoosh import merge
from indexer.engines.whoosh.build import build_segment
from indexer.engines.whoosh.docfile import hashed
from indexer.engines.whoosh.manifest import (
    FileEntry,
    Manifest,
    SegmentEntry,
    entry,
    files_of,
    read_deletions,
    write_deletions,
)
from indexer.engines.whoosh.pending import Pending
from indexer.engines.whoosh.segment import Segment


class _Live:
    """A segment of the generation that is being written."""

    def __init__(self, path: Path, deleted: Iterable[int] = (), kept: SegmentEntry | None = None) -> None:
        self.segment = Segment(path)
        self.deleted = set(deleted)
        self.kept = kept  # its entry in the generation before, if nothing changed

    @property
    def left(self) -> int:
        return self.segment.count - len(self.deleted)


class WhooshBuilder:
    """See `indexer.engines.base.Builder`. One process, one thread."""

    def __init__(self, directory: Path, base: Path | None) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self._directory = directory
        self._pending = Pending(directory)
        self._live: list[_Live] = []
        self._following = 1
        if base is not None:
            self._share(base)

    def _share(self, base: Path) -> None:
        manifest = Manifest.read(base)
        self._following = manifest.following
        for each in manifest.segments:
            for file in files_of(each):
                _link(base / file.name, self._directory / file.name)
            deleted = () if each.deletions is None else read_deletions(base / each.deletions.name).tolist()
            self._live.append(_Live(self._directory / each.file.name, deleted, each))

    def add(self, batch: Batch) -> None:
        self._forget(batch.ids)
        self._pending.add(batch)
        if self._pending.full:
            self._flush()

    def delete(self, ids: Iterable[str]) -> None:
        wanted = list(ids)
        self._forget(wanted)
        for article in wanted:
            self._pending.remove(article)

    def _forget(self, ids: Sequence[str]) -> None:
        """Delete articles from the segments."""
        if not self._live or not ids:
            return
        hashes = np.fromiter(map(hashed, ids), np.uint64, len(ids))
        for each in self._live:
            found = each.segment.ids.find(ids, hashes)
            gone = set(found[found >= 0].tolist()) - each.deleted
            if gone:
                each.deleted |= gone
                each.kept = None

    def _flush(self) -> None:
        if self._pending.rows:
            path = self._next()
            build_segment(path, self._pending)
            self._live.append(_Live(path))
        else:
            self._pending.clear()

    def _next(self) -> Path:
        path = self._directory / f"segment-{self._following:06d}.bin"
        self._following += 1
        return path

    def commit(self) -> Mapping[str, Any]:
        self._flush()
        self._merge()
        entries = tuple(self._entry(each) for each in self._live)
        manifest = Manifest(entries, self._following)
        named = {file.name for each in entries for file in files_of(each)}
        for path in self._directory.iterdir():
            if path.name not in named:
                path.unlink()
        sync_directory(self._directory)
        manifest.write(self._directory)
        count = sum(each.left for each in self._live)
        self._close()
        return {
            "articles": count,
            "segments": len(entries),
            "deleted": sum(each.deleted for each in entries),
            "bytes": sum(file.bytes for each in entries for file in files_of(each)),
        }

    def _merge(self) -> None:
        self._live = [each for each in self._live if each.left]
        while group := merge.choose([(each.segment.count, each.left) for each in self._live]):
            chosen = [self._live[i] for i in group]
            path = self._next()
            merge.merge_segments(path, [(each.segment, np.array(sorted(each.deleted), np.int64)) for each in chosen])
            for each in chosen:
                each.segment.close()
                each.segment.path.unlink()
            self._live = [each for i, each in enumerate(self._live) if i not in group] + [_Live(path)]

    def _entry(self, live: _Live) -> SegmentEntry:
        if live.kept is not None:
            return live.kept
        path = live.segment.path
        deletions: FileEntry | None = None
        if live.deleted:
            written = path.with_name(f"{path.stem}.{self._following:06d}.deleted")
            self._following += 1
            write_deletions(written, np.array(sorted(live.deleted), np.int64))
            deletions = entry(written)
        return SegmentEntry(entry(path), live.segment.count, len(live.deleted), deletions)

    def abort(self) -> None:
        self._close()
        for path in self._directory.iterdir():
            path.unlink()

    def _close(self) -> None:
        for each in self._live:
            each.segment.close()
        self._live = []


def _link(source: Path, target: Path) -> None:
    """Share a file; copy it where the file system cannot."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
        with target.open("rb+") as file:
            os.fsync(file.fileno())
