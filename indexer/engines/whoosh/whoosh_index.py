"""The index as a `whoosh.index.Index`: for whoever knows Whoosh, and for queries that only Whoosh's matchers know."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.index import Index
from whoosh.reading import EmptyReader, MultiReader
from whoosh.scoring import BM25F
from whoosh.searching import Results, Searcher

from corpus.errors import QueryLimitError, UsageError
from indexer.engines.base import EngineRequest
from indexer.engines.whoosh.operators import Operator, Tallied
from indexer.engines.whoosh.plan import Planner
from indexer.engines.whoosh.searcher import WhooshSearcher
from indexer.engines.whoosh.weights import WhooshWeights
from indexer.engines.whoosh.whoosh_compile import NotCompiled, compile_query
from indexer.engines.whoosh.whoosh_reader import SegmentReader
from indexer.engines.whoosh.whoosh_schema import make_schema

SECONDS = 10.0
"""Whoosh's matchers may take so long for one segment."""


def open_index(directory: Path | str, *, scoring: Mapping[str, float] | None = None) -> ArrayIndex:
    """The index in a directory.

    Args:
        scoring: `k1` and `b` of BM25, as `Engine.open` takes them; Whoosh knows no weights of fields.

    Raises:
        DamagedArchiveError: a file is missing, cut short or altered.
    """
    return ArrayIndex(Path(directory), scoring or {})


class ArrayIndex(Index):  # type: ignore[misc]
    """See `whoosh.index.Index`; it cannot be written to by way of Whoosh."""

    def __init__(self, directory: Path, scoring: Mapping[str, float]) -> None:
        self.arrays = WhooshSearcher(directory, scoring, WhooshWeights)
        names = sorted({name for segment in self.arrays.segments for name in segment.fields})
        facets = sorted({name for segment in self.arrays.segments for name in segment.facets})
        self.schema = make_schema(names, facets)
        self._scoring = scoring

    def reader(self, reuse: Any = None) -> Any:
        generation = self.latest_generation()
        readers = [SegmentReader(segment, self.schema, generation) for segment in self.arrays.segments]
        if not readers:
            return EmptyReader(self.schema)
        return readers[0] if len(readers) == 1 else MultiReader(readers, generation)

    def searcher(self, **kwargs: Any) -> ArraySearcher:
        kwargs.setdefault("weighting", BM25F(B=self._scoring.get("b", 0.75), K1=self._scoring.get("k1", 1.2)))
        return ArraySearcher(self.reader(), fromindex=self, **kwargs)

    def latest_generation(self) -> int:
        return self.arrays.manifest.following

    def is_empty(self) -> bool:
        return not self.arrays.segments

    def writer(self, **kwargs: Any) -> Any:
        raise UsageError("An archive is written by `newsdex index`, not by way of Whoosh.")

    def close(self) -> None:
        self.arrays.close()


class ArraySearcher(Searcher):  # type: ignore[misc]
    """Whoosh's searcher; plain searches run on arrays, any other on Whoosh's matchers."""

    def search(self, q: Any, **kwargs: Any) -> Any:
        """See `whoosh.searching.Searcher.search`."""
        if kwargs.keys() <= {"limit"} and self._plain():
            try:
                return self._fast(q, kwargs.get("limit", 10))
            except NotCompiled:
                pass
        return super().search(q, **kwargs)

    def _plain(self) -> bool:
        """Whether scores are those that the arrays are made for."""
        model, arrays = self.weighting, self._ix.arrays
        if type(model) is not BM25F or model._field_B:
            return False
        return arrays.weights.b == model.B and arrays.weights.k1 == model.K1 and not arrays.weights.weighted

    def _fast(self, q: Any, limit: int | None) -> Any:
        began = time.perf_counter()
        node = compile_query(q, self.schema)
        arrays: WhooshSearcher = self._ix.arrays
        if limit is not None and limit < 1:
            raise ValueError("limit must be >= 1")  # as Whoosh has it
        answer = arrays.search(EngineRequest(node, limit=arrays.count if limit is None else limit, dates=False))
        top = list(zip(answer.scores.tolist(), answer.docs.tolist(), strict=True))
        results = Results(self, q, top, runtime=time.perf_counter() - began)
        results.collector = _Counted(answer.total, lambda: self.docs_for_query(q))
        return results


@dataclass(frozen=True, slots=True)
class _Counted:
    """Stands for the collector in results: it knows how many hits there are."""

    total: int
    docs: Any

    def computes_count(self) -> bool:
        return True

    def count(self) -> int:
        return self.total

    def all_ids(self) -> Iterator[int]:
        return iter(self.docs())


@dataclass(frozen=True)
class WhooshQuery:
    """A Whoosh query as a node: `EngineRequest(WhooshQuery(query, index.searcher()))` filters, counts and pages it."""

    query: Any
    searcher: ArraySearcher

    def plan(self, planner: Planner) -> Operator:
        """See `Planner.plan`.

        Raises:
            QueryLimitError: the matchers take too long.
        """
        try:
            return planner.plan(compile_query(self.query, self.searcher.schema))
        except NotCompiled as reason:
            planner.notes.append(f"{self.query} was left to Whoosh's matchers ({reason}); they are slower.")
            return self._match(planner)

    def _match(self, planner: Planner) -> Operator:
        leaf = next(
            leaf for leaf, _ in self.searcher.leaf_searchers() if leaf.reader().segment() is planner.segment
        )
        until = time.monotonic() + SECONDS
        matcher = self.query.matcher(leaf, leaf.context())
        docs, scores = [], []
        while matcher.is_active():
            docs.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
            if len(docs) % 1024 == 0 and time.monotonic() > until:
                raise QueryLimitError(f"{self.query} takes Whoosh's matchers more than {SECONDS:g} seconds.")
        return Tallied(planner.count, np.array(docs, np.intp), np.array(scores, np.float64))


