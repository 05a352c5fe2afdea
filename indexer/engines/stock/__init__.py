"""The plain engine: Whoosh 2.7.4 with its own storage, and nothing clever.

It is the slow, obvious oracle that faster engines are held against, and what `newsdex export --format whoosh` writes:
an index that `whoosh.index.open_dir` opens in any program, without newsdex. There the terms, facets and stored fields
are the same; only scores may differ by the rounding of field lengths that Whoosh's storage does.

Whoosh reads its index by unpickling, so a crafted one runs code: this engine is never used to open an archive
that came from elsewhere. Its checksums find damage, not malice.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indexer.engines.base import Builder, Searcher
from indexer.engines.stock import files
from indexer.engines.stock.builder import StockBuilder
from indexer.engines.stock.searcher import StockSearcher


class StockEngine:
    """See `indexer.engines.base.Engine`."""

    name = "stock"

    def builder(
        self, directory: Path, *, base: Path | None = None, scoring: Mapping[str, float] | None = None
    ) -> Builder:
        return StockBuilder(directory, base=base)

    def open(self, directory: Path, *, scoring: Mapping[str, float] | None = None) -> Searcher:
        files.require_whole(directory)
        return StockSearcher(directory, scoring or {})

    def verify(self, directory: Path) -> list[str]:
        return files.faults(directory)
