"""The embedded engine: columnar segments of our own, searched with arrays; Whoosh's schema and queries in front."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.errors import DamagedArchiveError
from indexer.engines.base import Builder, Searcher
from indexer.engines.whoosh.manifest import Manifest
from indexer.engines.whoosh.searcher import WhooshSearcher


class WhooshEngine:
    """See `indexer.engines.base.Engine`."""

    name = "whoosh"

    def builder(
        self, directory: Path, *, base: Path | None = None, scoring: Mapping[str, float] | None = None
    ) -> Builder:
        from indexer.engines.whoosh.builder import WhooshBuilder  # a search needs none of it

        return WhooshBuilder(directory, base)

    def open(self, directory: Path, *, scoring: Mapping[str, float] | None = None) -> Searcher:
        return WhooshSearcher(directory, scoring or {})

    def verify(self, directory: Path) -> list[str]:
        try:
            return list(Manifest.read(directory).faults(directory))
        except DamagedArchiveError as error:
            return [str(error)]
