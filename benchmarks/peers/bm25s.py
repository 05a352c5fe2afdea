"""bm25s: scores alone, without positions, filters or facets."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.asked import Asked, Kind
from benchmarks.peers.base import Inside, PeerBuilder, Search, not_installed

if TYPE_CHECKING:
    from benchmarks.generate import Chunk


class _Builder:
    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._articles: list[list[str]] = []

    def add(self, chunk: Chunk) -> None:
        self._articles += [text.split(" ") for text in chunk.texts]

    def finish(self) -> None:
        import bm25s

        made = bm25s.BM25(k1=1.2, b=0.75)
        made.index(self._articles, show_progress=False)
        made.save(str(self._directory))


class Bm25s(Inside):
    """See `benchmarks.peers.base.Peer`. Keeps all words in memory while it builds."""

    name = "bm25s"
    most = 200_000

    def missing(self) -> str | None:
        return not_installed("bm25s")

    def builder(self, directory: Path) -> PeerBuilder:
        return _Builder(directory)

    def open(self, directory: Path) -> Mapping[Kind, Search]:
        import bm25s

        loaded: Any = bm25s.BM25.load(str(directory), mmap=True)

        def run(asked: Asked) -> int:
            scores = loaded.get_scores(list(asked.words))
            loaded.retrieve([list(asked.words)], k=10, show_progress=False, sorted=True)
            return int((scores > 0).sum())

        return {"term": run, "or": run}


PEER = Bm25s()
